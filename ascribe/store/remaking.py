"""What can be made again from reports and statements: the indexes `said` and `passages`, and `columns`."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, delete, select

from ascribe.schema import Identity, Report, Statement
from ascribe.store import fulltext, tables
from ascribe.store.columns import Codes, append, change, days
from ascribe.store.reading import pages, records_of
from ascribe.store.rows import Numbers, Rows, rows_of
from ascribe.store.seals import reseal
from ascribe.store.search import index_row
from ascribe.store.when import days_of

Told = tuple[Statement, Sequence[Identity]]


def index(connection: Connection, rows: Rows) -> None:
    """Put rows into everything that questions are looked up in."""
    fulltext.add(connection, "said", rows.said)
    fulltext.add(connection, "passages", rows.passages)
    if rows.numbers:
        append(connection, rows.said[0][0], rows.numbers, rows.orders)


def remake(connection: Connection) -> None:
    """Make all of it again, report by report."""
    fulltext.clear(connection)
    connection.execute(delete(tables.columns))
    codes = Codes(connection)
    first = select(tables.statements.c.report, tables.statements.c.seq).where(tables.statements.c.position == 0)
    firsts = {row.report: row.seq for row in connection.execute(first)}
    for reports in pages(connection, None):
        for row, record in zip(reports, records_of(connection, reports), strict=True):
            index(connection, rows_of([record], Numbers(row["seq"], firsts.get(row["seq"], 0), 0), codes))
            reseal(connection, row["seq"])
    codes.store(connection)


def follow(connection: Connection, report: Report, changed: dict[int, tuple[Told, Told]]) -> None:
    """Let the indexes follow statements (by seq: as they were, as they are now) that a person or a table changed."""
    codes = Codes(connection)
    numbers: dict[int, tuple[int, ...]] = {}
    for seq, (before, now) in changed.items():
        fulltext.forget(connection, "said", (seq, *index_row(report, *before)))
        fulltext.add(connection, "said", [(seq, *index_row(report, *now))])
        statement, identities = now
        kinds = codes[statement.type], codes[statement.status], codes[statement.stance]
        numbers[seq] = (*days(*days_of(report, statement, identities)), *kinds)
    codes.store(connection)
    change(connection, numbers)
