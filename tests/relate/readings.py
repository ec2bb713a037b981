"""Readings made by hand, so that relate is tested without any reader: words are looked up in the text."""

from __future__ import annotations

from collections.abc import Sequence

from ascribe.mark.attributions import attributions
from ascribe.mark.sentences import sentences
from ascribe.mark.words import words as cut
from ascribe.schema import Arc, Reading, Report, Source, Span, Statement, Told, Trigger

Words = str | tuple[str, float] | Sequence["str | tuple[str, float]"]


def span(text: str, words: str, nth: int = 0) -> Span:
    """The `nth` place where `words` stand."""
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    return Span(start, start + len(words))


def trigger(text: str, words: str, type: str, *, nth: int = 0, score: float = 0.9, **given: object) -> Trigger:
    """A trigger; its arcs are given by role as words, (words, score) or a list of either, other fields by their name."""
    plain = {name: given.pop(name) for name in ("status", "stance") if name in given}
    arcs = tuple(
        Arc(role, span(text, *((one,) if isinstance(one, str) else one[:1])), 0.9 if isinstance(one, str) else one[1])
        for role, fillers in given.items()
        for one in ([fillers] if isinstance(fillers, str | tuple) else fillers)
    )
    return Trigger(span(text, words, nth), type, score, arcs=arcs, **plain)


def told(text: str, cue: str | None, source: str | None, *content: str, nth: int = 0, source_nth: int = 0) -> Told:
    """An attribution: the cue, whom it makes a source, the words told."""
    return Told(
        span(text, cue, nth) if cue else None,
        span(text, source, source_nth) if source else None,
        tuple(span(text, words) for words in content),
        0.9,
    )


def cued(text: str) -> list[Told]:
    """The attributions that the cues of a text show."""
    return [one for sentence in sentences(text) for one in attributions(cut(text, sentence))]


def reading(text: str, *marks: Trigger | Told, publisher: str | None = "Strelsau Wire") -> Reading:
    """The text with these marks on it."""
    return Reading(
        Report("r", text, publisher=publisher),
        sentences(text),
        triggers=tuple(mark for mark in marks if isinstance(mark, Trigger)),
        told=tuple(mark for mark in marks if isinstance(mark, Told)),
    )


def chain(statement: Statement) -> list[str]:
    """The chain as words: "Evening Courier (reported)", outermost first; "(…)" where the cue stands elsewhere."""
    return [shown(link) for link in statement.chain]


def shown(link: Source) -> str:
    return f"{link.mention.text} ({link.cue.text if link.cue else '…'})"
