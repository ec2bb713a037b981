"""Where sentences begin and end, in time linear in the length of the text.

A line break ends a sentence, so a headline on a line of its own is sentence 0. Inside a line a sentence ends at `.`, `!`,
`?` or `…` with the quotes and brackets that close there, when what follows can begin a sentence. Nothing is cut inside a
quotation or bracket that closes in the same line, nor after an abbreviation. Every pattern takes a whole run and asks
nothing afterwards, so none can go back over it; the questions are asked in code.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache

from ascribe import data
from ascribe.schema import Span

_LINE = re.compile(r"[^\r\n\u2028\u2029]++")
_STOP = re.compile(r"[.!?…]++[\"'”’»)\]]*+")
LONGEST = 3000  # characters of a sentence; work on one sentence is thereby bounded, on a report linear
_WORD_BACK = 24  # no abbreviation is longer
_OPENERS = {"“": "”", "«": "»", "(": ")", "[": "]"}
_LONGEST_HELD = 1500  # characters: a quotation longer than this is cut at its own stops


def sentences(text: str) -> tuple[Span, ...]:
    """The sentences of `text` in order, without the white space around them; blank lines give none."""
    return tuple(span for line in _LINE.finditer(text) for span in _split(text, line.start(), line.end()))


def _split(text: str, start: int, stop: int) -> Iterator[Span]:
    held = _held(text, start, stop)
    starts = [span.start for span in held]
    begin = start
    for mark in _STOP.finditer(text, start, stop):
        at = bisect_right(starts, mark.start()) - 1
        inside = at >= 0 and mark.end() < held[at].stop
        if not inside and _ends(text, begin, mark, stop):
            yield from _trimmed(text, begin, mark.end())
            begin = mark.end()
    yield from _trimmed(text, begin, stop)


def _trimmed(text: str, start: int, stop: int) -> Iterator[Span]:
    """The sentence without white space around it, cut at a space where no sentence is as long."""
    while stop - start > LONGEST:
        space = text.rfind(" ", start + 1, start + LONGEST)
        cut = space if space > 0 else start + LONGEST
        yield from _bare(text, start, cut)
        start = cut
    yield from _bare(text, start, stop)


def _bare(text: str, start: int, stop: int) -> Iterator[Span]:
    part = text[start:stop]
    if part.strip():
        yield Span(start + len(part) - len(part.lstrip()), stop - len(part) + len(part.rstrip()))


def _held(text: str, start: int, stop: int) -> list[Span]:
    """Quotations and brackets that open and close in the line, outermost only, in order."""
    found: list[Span] = []
    opened, closer = -1, ""
    for at in range(start, stop):
        char = text[at]
        if opened >= 0:
            if char == closer:
                if at - opened <= _LONGEST_HELD:
                    found.append(Span(opened, at + 1))
                opened = -1
        elif char in _OPENERS or char == '"':
            closer = _OPENERS.get(char, '"')
            opened = at if text.find(closer, at + 1, min(stop, at + 1 + _LONGEST_HELD)) >= 0 else -1
    return found


def _ends(text: str, begin: int, mark: re.Match[str], stop: int) -> bool:
    """Whether a sentence ends at `mark`: white space follows, then something that can begin a sentence."""
    after = mark.end()
    if after >= stop or not text[after].isspace():
        return False
    following = text[after : after + 8].lstrip()
    if not following or following[0].islower() or following[0] in ",;:)-–—":
        return False
    return not (mark.group() == "." and _abbreviated(text[max(begin, mark.start() - _WORD_BACK) : mark.start()], following))


def _abbreviated(before: str, following: str) -> bool:
    pieces = before.split()
    if not pieces or before[-1].isspace():
        return False
    word = pieces[-1].lstrip("(\"'“‘[")
    kind = _abbreviations().get(word)
    if kind == "either":  # "in the U.S. on Monday" goes on, "in the U.S. The" does not
        return following.split()[0] not in _beginners()
    if kind == "month":
        return following[0].isdigit()
    return kind == "title" or (len(word) == 1 and word.isupper())


@cache
def _abbreviations() -> dict[str, str]:
    return {row["abbreviation"]: row["kind"] for row in data.rows("abbreviations")}


@cache
def _beginners() -> frozenset[str]:
    """Words that open a sentence and no name: determiners, pronouns, prepositions, conjunctions."""
    words = data.closed_class("determiner", "pronoun", "preposition", "conjunction", "subordinator", "adverb")
    return frozenset(word.capitalize() for word in words)
