"""Seals: a checksum over all rows of a report, made when they are written and compared by `check`."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from typing import Any

import orjson
from sqlalchemy import Connection

from ascribe.store.rows import REPORT_COLUMNS, STATEMENT_COLUMNS
from ascribe.store.writing import put

Row = tuple[Any, ...]


def seal_of(report: Row, statements: Iterable[Row]) -> int:
    """The seal of a row of `reports` and its rows of `statements` in order, values in the order of their columns."""
    return zlib.crc32(orjson.dumps([report, *statements], default=repr))


def seal(connection: Connection, reports: Sequence[Row], statements: Iterable[Row]) -> None:
    """Seal reports that have just been written."""
    by_report: dict[int, list[Row]] = {row[0]: [] for row in reports}
    for row in statements:
        by_report[row[1]].append(row)
    put(connection, "seals", ("report", "seal"), [(row[0], seal_of(row, by_report[row[0]])) for row in reports])


def rows_of_report(connection: Connection, seq: int) -> tuple[Row | None, list[Row]]:
    """A report's rows as they stand in the file."""
    named = (", ".join(f'"{column}"' for column in columns) for columns in (REPORT_COLUMNS, STATEMENT_COLUMNS))
    report, statement = named
    found = connection.exec_driver_sql(f"SELECT {report} FROM reports WHERE seq = {int(seq)}").first()
    rows = connection.exec_driver_sql(f"SELECT {statement} FROM statements WHERE report = {int(seq)} ORDER BY position")
    return None if found is None else tuple(found), [tuple(row) for row in rows]


def reseal(connection: Connection, seq: int) -> None:
    """Seal a report again after what its words mean was written anew."""
    report, statements = rows_of_report(connection, seq)
    assert report is not None
    connection.exec_driver_sql(f"DELETE FROM seals WHERE report = {int(seq)}")
    seal(connection, [report], statements)
