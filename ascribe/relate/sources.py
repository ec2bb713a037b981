"""What a source is: a person, several, an organisation, a medium or a document; and whether a name tells which."""

from __future__ import annotations

import re
from functools import cache

from ascribe import data
from ascribe.relate.contents import mention_of
from ascribe.schema import Mention, Reading, Source, Span

_WORD = re.compile(r"\w++(?:[-'’.]\w++)*+")


def link_of(reading: Reading, source: Span, cue: Span | None, confidence: float = 1.0) -> Source | None:
    """The link of a chain that the words `source` make, made a source by the words `cue`; None when they name nobody."""
    mention = mention_of(reading.report, source, confidence)
    return source_of(reading, mention, Mention.at(reading.report, cue) if cue else None) if mention else None


def source_of(reading: Reading, mention: Mention, cue: Mention | None, earlier: Source | None = None) -> Source:
    """The link that `mention` makes; a pronoun is of the kind of the `earlier` source it takes up."""
    words = _WORD.findall(mention.text)
    if is_pronoun(mention):
        return _pronoun(mention, cue, words[0].lower(), earlier)
    kind = _kind(reading, mention, words)
    return Source(mention, cue, kind, _named(kind, words))


def is_pronoun(mention: Mention) -> bool:
    """Whether the mention is a pronoun alone."""
    return mention.text.lower() in _pronouns()


def _pronoun(mention: Mention, cue: Mention | None, pronoun: str, earlier: Source | None) -> Source:
    kind = _pronouns()[pronoun] or "person"
    if earlier and (earlier.kind == "person") == (kind == "person"):
        return Source(mention, cue, earlier.kind, earlier.named)
    return Source(mention, cue, kind, kind != "group")


def _kind(reading: Reading, mention: Mention, words: list[str]) -> str:
    """By its head noun, else by the tables of names, else by the label the reader gave it, else by its shape."""
    if " and " in mention.text and words[0][0].isupper() and words[-1][0].isupper() and not _known(mention):
        return "group"  # "Ann Lee and David Roe"
    entry = _entry(words)
    if entry:
        return "organisation" if entry["kind"] == "group" and _is_body(words) else entry["kind"]
    if known := _known(mention):
        return known
    label = next((name.label for name in reading.names if name.span.overlaps(mention.span) and name.label != "time"), None)
    if label:
        return "organisation" if label == "place" else label
    return _by_shape(words)


def _is_body(words: list[str]) -> bool:
    """Whether a plural is the name of one body: "Syrian Democratic Forces"."""
    return len(words) > 1 and all(word[0].isupper() for word in words)


def _known(mention: Mention) -> str | None:
    return _names().get(mention.text.replace("’", "'"))


def _by_shape(words: list[str]) -> str:
    if all(word.isupper() and len(word) > 1 for word in words):
        return "organisation"  # "HRW"
    if words[-1][0].islower():
        return "group" if words[-1].endswith("s") else "person"
    return "organisation" if words[-1].isdigit() else "person"


def _named(kind: str, words: list[str]) -> bool:
    """Whether a name tells who it is. Bodies and holders of one office are named by it: "the ministry", "the president"."""
    entry = _entry(words)
    proper = any(word[0].isupper() and not _common(word) for word in words)
    if kind in ("organisation", "person"):
        return (
            proper and not (entry and entry["generic"] and kind == "person")
            if entry and entry["generic"]
            else proper or bool(entry)
        )
    if kind == "group":
        return entry is None and proper
    return proper or (kind == "media" and len(words) > 1 and words[-1][0].isupper())


def _common(word: str) -> bool:
    """A capital that names nobody by itself: a head noun at the start of a sentence, the adjective of a state."""
    low = word.lower()
    return low in _kinds() or word in _adjectives()


def _entry(words: list[str]) -> dict[str, str] | None:
    """The line of the table for the head: the last word before "of", "in", "by" …"""
    owners = [at for at, word in enumerate(words) if word.endswith(("'s", "’s"))]
    words = words[owners[-1] + 1 :] if owners and owners[-1] + 1 < len(words) else words  # "the Board of Trade's report"
    stop = next((at for at, word in enumerate(words) if at and word.lower() in _after_heads()), len(words))
    two, one = " ".join(words[max(stop - 2, 0) : stop]).lower(), words[stop - 1].lower()
    return _kinds().get(two) or _kinds().get(one)


@cache
def _pronouns() -> dict[str, str]:
    return {row["word"]: row["kind"] for row in data.rows("pronouns")}


@cache
def _kinds() -> dict[str, dict[str, str]]:
    return {row["word"]: row for row in data.rows("source_kinds")}


@cache
def _after_heads() -> frozenset[str]:
    """Words that end the part of a phrase in which its head stands: prepositions, relatives, "released", "familiar"."""
    return data.closed_class("preposition", "relative", "after-head")


@cache
def _adjectives() -> frozenset[str]:
    return frozenset(word for row in data.rows("states") for word in row["adjectives"].split(";") if word)


@cache
def _names() -> dict[str, str]:
    """Names of the tables with the kind of source they are; a state speaks as an organisation."""
    found = {row["name"]: "organisation" for row in data.rows("metonyms")}
    for table, columns, kind in (
        ("states", ("name", "names", "capital"), "organisation"),
        ("organisations", ("name", "names"), "organisation"),
        ("publishers", ("name", "names"), "media"),
    ):
        cells = (row[column] for row in data.rows(table) for column in columns)
        found.update({name: kind for cell in cells for name in cell.split(";") if name})
    return found
