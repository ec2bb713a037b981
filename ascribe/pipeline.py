"""The stages chained: a report in, a record out. Who calls this, and in how many processes, is the business of `engines`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from ascribe.mark import mark
from ascribe.relate import relate
from ascribe.resolve import resolve
from ascribe.schema import Reading, Record, Report

if TYPE_CHECKING:
    import pyarrow as pa


def walk(report: Report) -> tuple[Reading, Record]:
    """One report through all stages, with what was marked on the way."""
    reading = mark(report)
    statements = relate(reading)
    return reading, Record(report, tuple(statements), tuple(resolve(report, statements)))


def read(reports: Iterable[Report]) -> Iterator[Record]:
    """Each report with its statements and what their words mean, in the order of `reports`."""
    return (walk(report)[1] for report in reports)


def read_batch(batch: pa.RecordBatch) -> pa.RecordBatch:
    """The same from Arrow to Arrow: rows of `arrow.REPORTS` in, as many rows of `arrow.RECORDS` out."""
    from ascribe import arrow  # pyarrow takes half a second to load, which reading a single report should not pay

    return arrow.records_to_arrow(read(arrow.reports_from_arrow(batch)))
