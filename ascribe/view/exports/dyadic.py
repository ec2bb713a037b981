"""What data sets of events between two parties have in common: one row for each event and pair, in the published columns."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, BinaryIO

from ascribe.schema import Record
from ascribe.view.exports.delimited import with_head, write_bare, write_quoted
from ascribe.view.exports.events import Dyad, Event, columns_of, dyads, events_of
from ascribe.view.exports.format import Left

Row = Callable[[Event, Dyad], Mapping[str, Any]]
Write = Callable[[Iterable[Record], BinaryIO], Left]


def quoted(format: str, row: Row, *, delimiter: str) -> Write:
    """How a format with a head is written; `row` gives cells by their column."""

    def write(records: Iterable[Record], out: BinaryIO) -> Left:
        left = Left()
        write_quoted(with_head(columns_of(format), _lines(format, row, records, left)), out, delimiter=delimiter)
        return left

    return write


def bare(format: str, row: Row) -> Write:
    """The same without a head and without quotes."""

    def write(records: Iterable[Record], out: BinaryIO) -> Left:
        left = Left()
        write_bare(_lines(format, row, records, left), out)
        return left

    return write


def _lines(format: str, row: Row, records: Iterable[Record], left: Left) -> Iterator[list[Any]]:
    columns = columns_of(format)
    for event in events_of(records, left):
        for dyad in dyads(event):
            made = row(event, dyad)
            yield [made.get(column) for column in columns]
