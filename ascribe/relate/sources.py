"""What a source is: a person, several, an organisation, a medium or a document; and whether a name tells which."""

from __future__ import annotations

import re
from functools import cache

from ascribe import data
from ascribe.relate.contents import mention_of
from ascribe.schema import Mention, Reading, Source, Span

_WORD = re.compile(r"\w++(?:[-'’.]\w++)*+")
_POSTMODIFIERS = frozenset(
    {"of", "in", "from", "for", "by", "on", "with", "at", "to", "who", "near", "familiar", "close", "released"}
)
_SINGULAR_PRONOUNS = frozenset({"he", "she", "him", "her", "his", "i", "himself", "herself"})
_PRONOUNS = _SINGULAR_PRONOUNS | {"they", "it", "we", "them", "their", "its", "us", "our"}


def link_of(reading: Reading, source: Span, cue: Span | None) -> Source | None:
    """The link of a chain that the words `source` make, made a source by the words `cue`; None when they name nobody."""
    mention = mention_of(reading.report, source)
    return source_of(reading, mention, Mention.at(reading.report, cue) if cue else None) if mention else None


def source_of(reading: Reading, mention: Mention, cue: Mention | None, earlier: Source | None = None) -> Source:
    """The link that `mention` makes; a pronoun is of the kind of the `earlier` source it takes up."""
    words = _WORD.findall(mention.text)
    if len(words) == 1 and words[0].lower() in _PRONOUNS:
        return _pronoun(mention, cue, words[0].lower(), earlier)
    kind = _kind(reading, mention, words)
    return Source(mention, cue, kind, _named(kind, words))


def is_pronoun(mention: Mention) -> bool:
    """Whether the mention is a pronoun alone."""
    return mention.text.lower() in _PRONOUNS


def _pronoun(mention: Mention, cue: Mention | None, pronoun: str, earlier: Source | None) -> Source:
    kind = "person" if pronoun in _SINGULAR_PRONOUNS else "organisation" if pronoun in ("it", "its") else "group"
    if earlier and (earlier.kind == "person") == (kind == "person"):
        return Source(mention, cue, earlier.kind, earlier.named)
    return Source(mention, cue, kind, kind != "group")


def _kind(reading: Reading, mention: Mention, words: list[str]) -> str:
    entry = _entry(words)
    if entry:
        return entry["kind"]
    label = next((name.label for name in reading.names if name.span.overlaps(mention.span) and name.label != "time"), None)
    if label == "place":
        return "organisation"
    if label in ("person", "organisation", "group"):
        return label
    return "person"


def _named(kind: str, words: list[str]) -> bool:
    entry = _entry(words)
    proper = any(word[0].isupper() and not _common(word) for word in words)
    if kind == "organisation":
        return proper or not (entry and entry["generic"])
    if kind == "person":
        return entry is None or not entry["generic"] if words[-1:] != words[:1] or entry else True
    return proper and not (kind == "group" and entry is not None)


def _common(word: str) -> bool:
    """A capital that names nobody by itself: a head noun at the start of a sentence, the adjective of a state."""
    low = word.lower()
    return low in _kinds() or word in _adjectives()


def _entry(words: list[str]) -> dict[str, str] | None:
    """The line of the table for the head: the last word before "of", "in", "by" …"""
    owners = [at for at, word in enumerate(words) if word.endswith(("'s", "’s"))]
    words = words[owners[-1] + 1 :] if owners and owners[-1] + 1 < len(words) else words  # "the Board of Trade's report"
    head = words[:1]
    for word in words:
        if word.lower() in _POSTMODIFIERS:
            break
        head = [word]
    return _kinds().get(head[0].lower()) if head else None


@cache
def _kinds() -> dict[str, dict[str, str]]:
    return {row["word"]: row for row in data.rows("source_kinds")}


@cache
def _adjectives() -> frozenset[str]:
    return frozenset(word for row in data.rows("states") for word in row["adjectives"].split(";") if word)
