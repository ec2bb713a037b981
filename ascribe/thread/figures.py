"""What a sentence counts, whose ground it names, what doers it knows, and the words that accept or set a condition."""

from __future__ import annotations

import re
from functools import cache
from typing import Final, NamedTuple

from ascribe.data import rows

_TOKEN: Final = re.compile(r"\d{1,3}(?:,\d{3})+|\d+|[^\W\d_]+(?:['’]s)?")
_NUMBER: Final = re.compile(r"^\d[\d,]*$")
_REACH: Final = 4  # words between a number and what it counts
_LARGEST: Final = 1_000_000
_ABOUT: Final = frozenset(
    {"about", "around", "some", "nearly", "almost", "roughly", "least", "over", "more", "than", "up", "dozens"}
)
_VAGUE: Final = frozenset({"couple", "dozen", "hundred"})
_STOPS: Final = frozenset({"and", "or", "but", "by", "with", "who", "which", "that", "to", "in", "on", "at", "from", "for"})


class Counted(NamedTuple):
    """So many of a kind: Counted("vessel", 3, False); `about` where the report says it is not exact."""

    what: str
    number: int
    about: bool


def counted_in(text: str) -> tuple[Counted, ...]:
    """The numbers of a sentence with what they count: "Three Chinese coast guard ships" is three vessels."""
    words = [word.lower() for word in _TOKEN.findall(text)]
    found = []
    for at, word in enumerate(words):
        number = _number(word)
        if number is not None and (what := _what(words[at + 1 : at + 1 + _REACH])):
            found.append(Counted(what, number, not _ABOUT.isdisjoint(words[max(at - 2, 0) : at])))
    return tuple(dict.fromkeys(found))


def _number(word: str) -> int | None:
    if _NUMBER.match(word):
        value = int(word.replace(",", ""))
        return value if value <= _LARGEST else None
    return _numerals().get(word)


def _what(words: list[str]) -> str | None:
    """The kind of the first thing that stands near enough after a number; "of" is passed: "six of its soldiers"."""
    last = None
    for word in words:
        if _number(word) is not None or word in _STOPS:
            break
        last = _kinds().get(word) or _kinds().get(word.removesuffix("s")) or last
        if last is not None and word not in ("coastguard", "guard", "patrol"):
            return last
    return last


@cache
def _kinds() -> dict[str, str]:
    return {row["word"]: row["what"] for row in rows("thread_counted")}


@cache
def _numerals() -> dict[str, int]:
    return {
        row["word"]: int(row["value"])
        for row in rows("calendar")
        if row["role"] == "number" and int(row["value"]) > 1 and row["word"] not in _VAGUE
    }


def doers_in(text: str) -> frozenset[str]:
    """Kinds of doers that a sentence names: "forces", "gang", "rebels", "civilians"."""
    return frozenset(kind for word in _TOKEN.findall(text.lower()) if (kind := _doers().get(word)))


@cache
def _doers() -> dict[str, str]:
    return {row["word"]: row["doer"] for row in rows("thread_doers")}


def cues_in(text: str) -> frozenset[str]:
    """What the words do: "accept", "insist", "in return" …"""
    words = f" {' '.join(_TOKEN.findall(text.lower()))} "
    return frozenset(role for cue, role in _cues() if f" {cue} " in words)


@cache
def _cues() -> tuple[tuple[str, str], ...]:
    return tuple((row["words"], row["role"]) for row in rows("thread_cues"))
