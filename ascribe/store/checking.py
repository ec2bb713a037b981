"""Is a dossier whole? Every row is read against its seal, every index against the rows; what is lost is said.

Damage is a sentence a piece. A flipped byte in room that no row uses loses nothing and is not found.
"""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from ascribe.errors import StoreError
from ascribe.store import tables
from ascribe.store.columns import Codes
from ascribe.store.opening import one_line, open_engine, scratch, sync_folder
from ascribe.store.postgres import WRITES, is_url, without_password
from ascribe.store.remaking import index, remake
from ascribe.store.rows import REPORT_COLUMNS, STATEMENT_COLUMNS, Numbers, rows_of
from ascribe.store.seals import Row, rows_of_report, seal_of
from ascribe.store.writing import put

_AT_ONCE: Final = 500
_MADE_ANEW: Final = {"reports", "statements", "seals", "columns"}  # report by report; all other tables row by row


def check_dossier(path: str) -> Iterator[str]:
    """What is wrong with the dossier at `path`, a line each; nothing if it is whole."""
    try:
        engine = open_engine(path, create=False)
    except StoreError as error:
        yield str(error)
        return
    try:
        with engine.connect() as connection, connection.begin():
            yield from _structure(connection)
            lost = [said for seq in _numbers(connection, "reports", "seq") if (said := _report(connection, seq))]
            yield from lost
            if not lost:
                yield from _indexes(connection)
    except DBAPIError as error:
        yield f"{without_password(path)}: {' '.join(str(error.orig).split())}; `ascribe check --repair` keeps the rest"
    finally:
        engine.dispose()


def _structure(connection: Connection) -> Iterator[str]:
    if connection.dialect.name != "sqlite":
        return  # the server looks after its own files
    for (said,) in connection.exec_driver_sql("PRAGMA integrity_check(20)").fetchall():
        if said != "ok":
            yield f"the file's structure: {' '.join(said.split())}"


def _numbers(connection: Connection, table: str, column: str) -> list[int]:
    """All numbers of a table that can still be read: row by row from both ends if a page between them is gone."""
    try:
        return [int(row[0]) for row in connection.exec_driver_sql(f"SELECT {column} FROM {table} ORDER BY {column}")]
    except DBAPIError:
        found: set[int] = set()
        for order in ("", " DESC"):
            rows = connection.exec_driver_sql(f"SELECT {column} FROM {table} NOT INDEXED ORDER BY {column}{order}")
            try:
                found.update(int(row[0]) for row in iter(rows.fetchone, None))
            except DBAPIError:
                continue
        return sorted(found)


def _report(connection: Connection, seq: int) -> str | None:
    """What is wrong with one report."""
    try:
        report, statements = rows_of_report(connection, seq)
        seal = connection.exec_driver_sql(f"SELECT seal FROM seals WHERE report = {seq}").scalar()
        if report is not None and seal == seal_of(report, statements):
            return None
    except (DBAPIError, UnicodeDecodeError):
        return f"report number {seq}: a part of it cannot be read; it is lost"
    named = f"report {report[3]!r}" if report else f"report number {seq}"
    return f"{named}: its rows are not those that were stored (a byte was changed); it is lost"


def _indexes(connection: Connection) -> Iterator[str]:
    """Compare what questions are looked up in with the same made anew from the rows."""
    if connection.dialect.name != "sqlite":
        yield from _indexes_of_database(connection)
        return
    with tempfile.TemporaryDirectory() as folder, scratch(str(Path(folder) / "anew.dossier")) as other:
        _index_anew(connection, other)
        for name in ("said", "passages"):
            if _terms(connection, name) != _terms(other, name):
                yield f"the index {name} is damaged; no report is lost, `ascribe check --repair` makes it anew"
        if _packed(connection) != _packed(other):
            yield "the packed filters are damaged; no report is lost, `ascribe check --repair` makes them anew"


def _indexes_of_database(connection: Connection) -> Iterator[str]:
    kept = connection.exec_driver_sql("SELECT current_schema()").scalar()
    there = {name: f'"{kept}".{name}' for name in ("said", "passages", "columns")}
    for name, whole in there.items():  # a temporary table stands before the one of the same name
        connection.exec_driver_sql(f"CREATE TEMPORARY TABLE {name} (LIKE {whole}) ON COMMIT DROP")
    _index_anew(connection, connection)
    for name in ("said", "passages"):
        kept_now, anew = f"TABLE {there[name]}", f"TABLE pg_temp.{name}"
        differ = f"SELECT 1 FROM (({kept_now} EXCEPT {anew}) UNION ALL ({anew} EXCEPT {kept_now})) d LIMIT 1"
        if connection.exec_driver_sql(differ).first():
            yield f"the index {name} is damaged; no report is lost, `ascribe check --repair` makes it anew"
    if _packed(connection, there["columns"]) != _packed(connection):
        yield "the packed filters are damaged; no report is lost, `ascribe check --repair` makes them anew"


def _index_anew(connection: Connection, other: Connection) -> None:
    from ascribe.store.reading import pages, records_of

    written = Codes(connection)
    for reports in pages(connection, None):
        for row, record in zip(reports, records_of(connection, reports), strict=True):
            first = connection.exec_driver_sql(f"SELECT min(seq) FROM statements WHERE report = {row['seq']}").scalar()
            index(other, rows_of([record], Numbers(row["seq"], first or 0, 0), written))


def _terms(connection: Connection, index: str) -> list[Row]:
    """Each word of an index with the number of its rows and places."""
    connection.exec_driver_sql(f"CREATE VIRTUAL TABLE IF NOT EXISTS temp.{index}_v USING fts5vocab(main, {index}, col)")
    return list(connection.exec_driver_sql(f"SELECT term, col, doc, cnt FROM temp.{index}_v ORDER BY term, col"))


def _packed(connection: Connection, table: str = "columns") -> list[bytes]:
    """The packed statements in order, however many were packed together."""
    from ascribe.store.columns import STATEMENT

    rows = connection.exec_driver_sql(f"SELECT first, statements FROM {table} ORDER BY first").fetchall()
    size = STATEMENT.itemsize
    by_seq = {first + at // size: data[at : at + size] for first, data in rows for at in range(0, len(data), size)}
    return [by_seq[seq] for seq in sorted(by_seq)]


# ---- repair ----


def repair_dossier(path: str) -> Iterator[str]:
    """Put what is whole in the place of the damaged file, which is kept as `path`.damaged; say what is lost."""
    found = list(check_dossier(path))
    if not found:
        return
    yield from found
    if is_url(path):
        yield _repair_database(path, found)
        return
    if not os.path.exists(path):
        return
    unfinished = f"{path}.repaired"
    for ending in ("", "-wal", "-shm"):
        Path(unfinished + ending).unlink(missing_ok=True)
    with one_line(path):
        kept = _salvage(path, unfinished)
        for ending in ("-wal", "-shm"):
            if os.path.exists(path + ending):
                os.replace(path + ending, f"{path}.damaged{ending}")
        os.replace(path, f"{path}.damaged")
        os.replace(unfinished, path)
        sync_folder(path)
    yield f"{path}: {kept} reports kept; the damaged file is {path}.damaged"


def _repair_database(path: str, found: list[str]) -> str:
    """Make the indexes anew. Rows that were changed are left to a copy of the database: no file can be put beside it."""
    shown = without_password(path)
    if not all("damaged; no report is lost" in said for said in found):
        return f"{shown}: nothing was changed; restore the database from a copy"
    with one_line(path):
        engine = open_engine(path, create=False)
        try:
            with engine.connect().execution_options(**WRITES) as connection, connection.begin():
                remake(connection)
        finally:
            engine.dispose()
    return f"{shown}: the indexes were made anew"


def _salvage(path: str, into: str) -> int:
    damaged = (
        sqlite3.connect(f"file:{path}?mode=ro", uri=True) if "?" not in path and "#" not in path else sqlite3.connect(path)
    )
    damaged.text_factory = lambda raw: raw.decode("utf-8", "replace")
    engine = open_engine(into, create=True)
    try:
        with engine.connect() as new, new.begin():
            new.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
            kept = [seq for seq in _candidates(damaged) if _copy_report(damaged, new, seq)]
            for table in tables.metadata.sorted_tables:
                if table.name not in _MADE_ANEW:
                    _copy_rows(damaged, new, table.name)
            _drop_loose(new)
            remake(new)
    finally:
        damaged.close()
        engine.dispose()
    return len(kept)


def _candidates(damaged: sqlite3.Connection) -> list[int]:
    """Numbers that a report may have: those in any table or index that can still be walked."""
    found: set[int] = set()
    for query in (
        "SELECT seq FROM reports NOT INDEXED ORDER BY seq",
        "SELECT seq FROM reports NOT INDEXED ORDER BY seq DESC",
        "SELECT seq FROM reports ORDER BY id",
        "SELECT report FROM seals ORDER BY report",
        "SELECT report FROM seals ORDER BY report DESC",
    ):
        try:
            for (seq,) in damaged.execute(query):
                if isinstance(seq, int):
                    found.add(seq)
        except sqlite3.Error:
            continue
    return sorted(found)


def _copy_report(damaged: sqlite3.Connection, new: Connection, seq: int) -> bool:
    """Copy a report whose rows fit its seal."""
    try:
        report = _rows(damaged, "reports", REPORT_COLUMNS, "seq", seq)
        statements = _rows(damaged, "statements", STATEMENT_COLUMNS, "report", seq)
        [(sealed,)] = damaged.execute("SELECT seal FROM seals WHERE report = ?", (seq,)).fetchall()
    except (sqlite3.Error, ValueError):
        return False
    if len(report) != 1 or seal_of(report[0], statements) != sealed:
        return False
    put(new, "reports", REPORT_COLUMNS, report)
    put(new, "statements", STATEMENT_COLUMNS, statements)
    return True


def _rows(damaged: sqlite3.Connection, table: str, columns: tuple[str, ...], key: str, value: int) -> list[tuple[Any, ...]]:
    named = ", ".join(f'"{column}"' for column in columns)
    order = "position" if table == "statements" else "seq"
    return damaged.execute(f"SELECT {named} FROM {table} WHERE {key} = ? ORDER BY {order}", (value,)).fetchall()


def _copy_rows(damaged: sqlite3.Connection, new: Connection, table: str) -> None:
    """What can be read of a small table."""
    columns = tuple(column.name for column in tables.metadata.tables[table].columns)
    named = ", ".join(f'"{column}"' for column in columns)
    into = f"INSERT OR REPLACE INTO {table} ({named}) VALUES ({', '.join('?' for _ in columns)})"
    try:
        for row in damaged.execute(f"SELECT {named} FROM {table}"):
            new.exec_driver_sql(into, row)
    except sqlite3.Error:
        return


def _drop_loose(new: Connection) -> None:
    """What hangs on a report or run that was lost."""
    new.exec_driver_sql("DELETE FROM corrections WHERE statement NOT IN (SELECT seq FROM statements)")
    missing = "SELECT DISTINCT run FROM {} WHERE run NOT IN (SELECT seq FROM runs)"
    for table in ("reports", "refusals"):
        for (run,) in new.exec_driver_sql(missing.format(table)).fetchall():
            new.exec_driver_sql("INSERT INTO runs (seq, started, software) VALUES (?, 'lost', 'lost')", (run,))
