"""A report's text cut into pieces, each with the roles it fills: what a page underlines and lights up."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from ascribe.relate.quotes import quotation_at, quotations
from ascribe.schema import Span, Statement

ORDER: Final = ("trigger", "cue", "source", "actor", "recipient", "object", "place", "time")  # which colour wins


@dataclass(frozen=True, slots=True)
class Piece:
    """Some characters that are alike in all respects."""

    text: str
    roles: tuple[str, ...] = ()  # of the chosen statement
    begins: tuple[str, ...] = ()  # those of its roles that begin here
    triggers: tuple[int, ...] = ()  # statements whose trigger this is (1 is the first), where it begins
    inside: tuple[int, ...] = ()  # statements whose trigger covers this
    quoted: bool = False


def paragraphs(text: str, statements: Sequence[Statement], chosen: Statement | None) -> list[list[Piece]]:
    """The lines of `text` that are not empty, each in pieces; together with the line breaks they are the text."""
    marks = _Marks(text, statements, chosen)
    found = [list(_pieces(text, line, marks)) for line in _lines(text)]
    return [pieces for pieces in found if any(piece.text.strip() for piece in pieces)]


def fields(statement: Statement) -> Iterator[tuple[str, Span]]:
    """Every word or words that a statement rests on, with their role."""
    yield "trigger", statement.trigger.span
    yield from (("actor", mention.span) for mention in statement.actors)
    yield from (("recipient", mention.span) for mention in statement.recipients)
    for role, mention in (("object", statement.object), ("place", statement.place), ("time", statement.time)):
        if mention:
            yield role, mention.span
    for source in statement.chain:
        yield "source", source.mention.span
        if source.cue:
            yield "cue", source.cue.span


class _Marks:
    def __init__(self, text: str, statements: Sequence[Statement], chosen: Statement | None) -> None:
        self.fields = list(dict.fromkeys(fields(chosen))) if chosen else []
        self.triggers = [(number, statement.trigger.span) for number, statement in enumerate(statements, 1)]
        self.quoted = quotations(text)
        spans = [span for _, span in self.fields] + [span for _, span in self.triggers] + list(self.quoted)
        self.edges = sorted({edge for span in spans for edge in (span.start, span.stop)})


def _lines(text: str) -> Iterator[Span]:
    start = 0
    for line in text.split("\n"):
        yield Span(start, start + len(line))
        start += len(line) + 1


def _pieces(text: str, line: Span, marks: _Marks) -> Iterator[Piece]:
    inner = marks.edges[bisect_right(marks.edges, line.start) : bisect_left(marks.edges, line.stop)]
    edges = [line.start, *inner, line.stop]
    here = [[(key, span) for key, span in group if span.overlaps(line)] for group in (marks.fields, marks.triggers)]
    for start, stop in pairwise(edges):
        piece = Span(start, stop)
        filled = [(role, span) for role, span in here[0] if span.covers(piece)]
        inside = [(number, span) for number, span in here[1] if span.covers(piece)]
        yield Piece(
            piece.of(text),
            tuple(sorted({str(role) for role, _ in filled}, key=ORDER.index)),
            tuple(sorted({str(role) for role, span in filled if span.start == start}, key=ORDER.index)),
            tuple(int(number) for number, span in inside if span.start == start),
            tuple(int(number) for number, _ in inside),
            quotation_at(marks.quoted, piece) is not None,
        )
