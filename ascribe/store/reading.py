"""Rows out of the tables and what they are rows of: reports with all their statements, or statements that were found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final, TypeVar

from sqlalchemy import Connection, Select, select

from ascribe.schema import Identity, Record, Report, Statement
from ascribe.store import tables
from ascribe.store.corrections import in_force, lay_over
from ascribe.store.rows import Row, identities_of, report_of, statement_of
from ascribe.store.search import Answer

_T = TypeVar("_T")
CHUNK: Final = 200  # reports or statements fetched at once; far below SQLite's limit of bound values


def pages(connection: Connection, wanted: Sequence[str] | None) -> Iterator[list[Row]]:
    """Rows of reports in the order of their ids, some at a time."""
    some = select(tables.reports).order_by(tables.reports.c.id)
    if wanted is not None:
        for ids in chunks(wanted):
            yield all_rows(connection, some.where(tables.reports.c.id.in_(ids)))
        return
    page = all_rows(connection, some.limit(CHUNK))
    while page:
        yield page
        page = all_rows(connection, some.where(tables.reports.c.id > page[-1]["id"]).limit(CHUNK))


def all_rows(connection: Connection, wanted: Select[Any]) -> list[Row]:
    """What a query finds, each row by the names of its columns."""
    return [dict(row) for row in connection.execute(wanted).mappings()]


def records_of(connection: Connection, reports: list[Row], *, corrected: bool = True) -> Iterator[Record]:
    """The records of some rows of `reports`, in their order, as people left them or as the reader said them."""
    columns = tables.statements.c
    in_reports = columns.report.in_([row["seq"] for row in reports])
    by_report: dict[int, list[Row]] = {row["seq"]: [] for row in reports}
    for row in all_rows(connection, select(tables.statements).where(in_reports).order_by(columns.report, columns.position)):
        by_report[row["report"]].append(row)
    for row in reports:
        told = list(told_in(connection, by_report[row["seq"]], row["id"], corrected=corrected))
        identities = tuple(identity for _, known in told for identity in known)
        yield Record(report_of(row), tuple(statement for statement, _ in told), identities)


def told_in(
    connection: Connection, rows: Sequence[Row], report: str, *, corrected: bool
) -> Iterator[tuple[Statement, list[Identity]]]:
    """What some rows of `statements` of one report say and mean, in their order."""
    held = in_force(connection, [row["seq"] for row in rows]) if corrected else {}
    for row in rows:
        yield lay_over(statement_of(row, report), identities_of(row), held.get(row["seq"], ()))


def answers_of(connection: Connection, seqs: Sequence[int]) -> Iterator[Answer]:
    """The statements `seqs`, each with its identities and its report, in the same order."""
    rows = {
        row["seq"]: row for row in all_rows(connection, select(tables.statements).where(tables.statements.c.seq.in_(seqs)))
    }
    heads = heads_of(connection, {row["report"] for row in rows.values()})
    held = in_force(connection, seqs)
    for seq in seqs:
        row, report = rows[seq], heads[rows[seq]["report"]]
        yield Answer(report, *lay_over(statement_of(row, report.id), identities_of(row), held.get(seq, ())))


def heads_of(connection: Connection, seqs: Iterable[int]) -> dict[int, Report]:
    """Reports by seq without their texts, which a table of statements does not show."""
    columns = [column for column in tables.reports.c if column.name != "text"]
    heads: dict[int, Report] = {}
    for some in chunks(list(seqs)):
        found = connection.execute(select(*columns).where(tables.reports.c.seq.in_(some))).mappings()
        heads |= {row["seq"]: report_of(dict(row) | {"text": ""}) for row in found}
    return heads


def chunks(items: Sequence[_T]) -> Iterator[Sequence[_T]]:
    """So many at once as go into one query."""
    for start in range(0, len(items), CHUNK):
        yield items[start : start + CHUNK]
