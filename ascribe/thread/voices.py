"""Whose word a link of a chain is: an outlet's, one side's, a witness's, or that of people who are not named."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from ascribe.data import rows
from ascribe.schema import Identity, Source, Span, Statement
from ascribe.thread.lands import lands_in
from ascribe.thread.outlets import outlet as outlet_key
from ascribe.thread.outlets import source_outlet

_WORD: Final = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_NO_HEAD_AFTER: Final = frozenset(
    {"of", "in", "at", "from", "for", "to", "with", "on", "who", "that", "familiar", "close", "near"}
)
_BODIES: Final = frozenset({"GOV", "MIL", "COP", "JUD", "LEG", "IGO"})
_ONE_SIDE: Final = frozenset({"OPP", "REB", "PTY", "NGO", "BUS", "CRM"})


@dataclass(frozen=True, slots=True)
class Voice:
    """A link of a chain. `kind`: "outlet", "side", "witness", "insider" (may be anybody), "judge" (knows no more than
    others) or "paper" (a document or a pronoun that tells nobody)."""

    words: str
    kind: str
    key: str | None  # outlet, or side: "CHN", "EU", "BDI OPP"
    lands: frozenset[str]  # states that the words themselves name


def voices_of(
    statement: Statement, known: Mapping[tuple[str, Span], Identity], home: str | None = None
) -> tuple[Voice, ...]:
    """The chain of a statement as voices, the outermost first."""
    return tuple(voice_of(source, known.get(("source", source.mention.span)), home) for source in statement.chain)


def voice_of(source: Source, identity: Identity | None, home: str | None = None) -> Voice:
    """What a source is for counting origins; `home` is the country of the paper that names it."""
    words = source.mention.text
    lands = lands_in(words)
    named = outlet_key(words) if source.kind == "media" and source.named else None
    outlet = source_outlet(words, identity) or named
    if outlet or source.kind == "media" or (identity is not None and identity.sector == "MED"):
        return Voice(words, "outlet", outlet, lands)
    head, kind = _head(words), "paper"
    listed = _kinds().get(head)
    if listed in ("speaker", "body") and home and not lands and words.islower():
        return Voice(words, "side", home, lands)  # "the vice minister" of a national paper is its country's
    side = side_of(identity, lands)
    if source.kind == "document" and listed is None and outlet is None:
        return Voice(words, "paper", side, lands)
    if listed == "insider" or (listed == "official" and not _of_an_office(words)):
        kind = "insider"
    elif listed in ("witness", "judge"):
        kind = listed
    elif side is not None:
        kind = "side"
    elif identity is not None and identity.sector == "CVL":
        kind = "witness"
    elif listed is not None or source.named:
        kind = "side" if listed in ("body", "speaker") else "witness"
    return Voice(words, kind, side, lands)


def side_of(identity: Identity | None, lands: frozenset[str]) -> str | None:
    """A government with its ministries and forces is one side; so is a movement, a company, an organisation of states."""
    if identity is None:
        return min(lands, default=None)
    if identity.sector == "IGO":
        return "EU" if "EU" in lands else (identity.entity or "IGO").upper()
    if identity.sector in _ONE_SIDE:
        return f"{identity.country or ''} {identity.entity or identity.sector}".strip()
    if identity.sector in _BODIES or identity.entity == identity.country:
        return min(lands) if len(lands) == 1 else identity.country
    return None


def _head(words: str) -> str:
    """The head noun, in small letters: the last word before a preposition."""
    found = [word.lower() for word in _WORD.findall(words)]
    stop = next((at for at, word in enumerate(found) if at and word in _NO_HEAD_AFTER), len(found))
    own = found[:stop]
    return next((word for word in reversed(own) if word in _kinds()), own[-1] if own else "")


def _of_an_office(words: str) -> bool:
    """A "foreign ministry official" speaks for the ministry, however unnamed."""
    found = [word.lower() for word in _WORD.findall(words)]
    return any(_kinds().get(word) == "body" for word in found)


@cache
def _kinds() -> dict[str, str]:
    return {row["word"]: row["voice"] for row in rows("thread_voices")}


def kind_of_word(word: str) -> str | None:
    """What thread_voices.csv says of a head noun."""
    return _kinds().get(word)
