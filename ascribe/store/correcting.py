"""The rows that a correction, or identities made again, touch."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, select, update

from ascribe.errors import UsageError
from ascribe.schema import Identity, Report, Statement
from ascribe.store import tables
from ascribe.store.corrections import Correction, correction_of
from ascribe.store.reading import all_rows, told_in
from ascribe.store.remaking import follow
from ascribe.store.rows import Row, means_written, report_of
from ascribe.store.seals import reseal
from ascribe.store.when import days_of


def find_statement(connection: Connection, id: str) -> tuple[Report, Row]:
    """The report and the row of the statement `id`."""
    rows = all_rows(connection, select(tables.statements).where(tables.statements.c.id == id))
    if not rows:
        raise UsageError(f"there is no statement {id!r}; `ascribe ask --format jsonl` shows ids")
    [report] = all_rows(connection, select(tables.reports).where(tables.reports.c.seq == rows[0]["report"]))
    return report_of(report), rows[0]


def as_corrected(connection: Connection, report: Report, row: Row) -> tuple[Statement, list[Identity]]:
    """A statement as people left it until now."""
    return next(told_in(connection, [row], report.id, corrected=True))


def corrections_of(connection: Connection, seqs: Sequence[int] | None) -> list[Correction]:
    """All corrections of some statements (None: of all), oldest first."""
    columns = tables.corrections.c
    found = select(tables.corrections, tables.statements.c.id).join(
        tables.statements, columns.statement == tables.statements.c.seq
    )
    if seqs is not None:
        found = found.where(columns.statement.in_(seqs))
    return [correction_of(row, row["id"]) for row in all_rows(connection, found.order_by(columns.seq))]


def replace_means(connection: Connection, id: str, believed: dict[str, list[Identity]]) -> None:
    """Write other identities for all statements of a report."""
    found = all_rows(connection, select(tables.reports).where(tables.reports.c.id == id))
    if not found:
        raise UsageError(f"there is no report {id!r}")
    report, seq = report_of(found[0]), found[0]["seq"]
    of_report = select(tables.statements).where(tables.statements.c.report == seq).order_by(tables.statements.c.position)
    rows = all_rows(connection, of_report)
    before = list(told_in(connection, rows, report.id, corrected=True))
    for row, (statement, _) in zip(rows, told_in(connection, rows, report.id, corrected=False), strict=True):
        known = believed.get(statement.id, [])
        earliest, latest = days_of(report, statement, known)
        anew = {"means": means_written(known), "earliest": earliest, "latest": latest}
        connection.execute(update(tables.statements).where(tables.statements.c.seq == row["seq"]).values(**anew))
    now = told_in(connection, all_rows(connection, of_report), report.id, corrected=True)
    pairs = {row["seq"]: pair for row, *pair in zip(rows, before, now, strict=True)}
    follow(connection, report, {number: (was, is_now) for number, (was, is_now) in pairs.items()})
    reseal(connection, seq)
