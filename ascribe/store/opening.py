"""Opening the file of a dossier: what it must be, how SQLite is set, and what its errors mean in one line."""

from __future__ import annotations

import os
import sqlite3
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Engine, QueuePool, create_engine, event, insert, update
from sqlalchemy.exc import DBAPIError

from ascribe.errors import StoreError
from ascribe.store import fulltext, postgres, tables
from ascribe.store.migrations import NEWEST, migrate
from ascribe.store.postgres import is_url, open_database, without_password

BUSY_SECONDS: Final = 4.0  # a second writer waits so long, then is told: within five seconds in all


def open_engine(path: str, *, create: bool) -> Engine:
    """An engine on the dossier at `path` (a file, or the URL of a database), checked, and made where `create` says so."""
    if is_url(path):
        with one_line(path):
            return open_database(path, create=create, patience=BUSY_SECONDS)
    _check_path(path, create)
    fresh = not os.path.exists(path)
    engine = _engine(path)
    with one_line(path):
        try:
            _prepare(engine, path)
            if fresh:
                sync_folder(path)
        except BaseException:
            engine.dispose()
            raise
    return engine


def _check_path(path: str, create: bool) -> None:
    if not path or "\0" in path:
        raise StoreError(f"{path!r} is no path; name a file")
    folder = os.path.dirname(path) or "."
    if os.path.isdir(path):
        raise StoreError(f"{path}: is a folder; name a file in it")
    if not os.path.exists(path):
        if not create:
            raise StoreError(f"{path}: there is no such dossier; `ascribe read INPUT --dossier {path}` makes one")
        if not os.path.isdir(folder):
            raise StoreError(f"{path}: there is no folder {folder}; make it first")
    elif not stat.S_ISREG(os.stat(path).st_mode):
        raise StoreError(f"{path}: is no regular file; name another")


def _engine(path: str) -> Engine:
    # A path with "?" or "#" in it must not be read as a URI, so SQLAlchemy is handed the connection itself.
    def connect() -> sqlite3.Connection:
        return sqlite3.connect(path, timeout=BUSY_SECONDS, check_same_thread=False, isolation_level=None)

    engine = create_engine("sqlite://", creator=connect, poolclass=QueuePool)

    @event.listens_for(engine, "connect")
    def _on_connect(connection: Any, _: Any) -> None:
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("PRAGMA cache_size=-65536")  # 64 MB: ids come in no order, their index is written all over

    @event.listens_for(engine, "begin")
    def _on_begin(connection: Connection) -> None:
        options = connection.get_execution_options()
        connection.exec_driver_sql(f"PRAGMA foreign_keys={options.get('ascribe_foreign_keys', 'ON')}")
        connection.exec_driver_sql(options.get("ascribe_begin", "BEGIN"))

    return engine


def _prepare(engine: Engine, path: str) -> None:
    """Check that the file is a dossier of a version we know; make the tables where there is nothing yet."""
    until = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            with engine.connect() as connection:
                version = _version(connection, path)
                if version == NEWEST:
                    return
                _create(engine, connection) if version == 0 else _migrate(engine, version)
                return
        except DBAPIError as error:
            # Changing to WAL does not wait for others by itself: two that make the same dossier at once meet here.
            if not _is_busy(error) or time.monotonic() > until:
                raise
            time.sleep(0.05)


def _version(connection: Connection, path: str) -> int:
    """The layout of a dossier; 0: still empty (new, or its maker was killed). StoreError: it is something else."""
    raw = connection.connection.driver_connection
    assert isinstance(raw, sqlite3.Connection)
    application = raw.execute("PRAGMA application_id").fetchone()[0]
    version = int(raw.execute("PRAGMA user_version").fetchone()[0])
    if application == tables.APPLICATION_ID:
        if version > NEWEST:
            raise StoreError(f"{path}: was written by a newer ascribe (schema {version}); install that one to open it")
        return version
    if application or version or raw.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
        raise StoreError(f"{path}: is an SQLite file of another program, no dossier; name another file")
    return 0


def _create(engine: Engine, connection: Connection) -> None:
    raw = connection.connection.driver_connection
    assert isinstance(raw, sqlite3.Connection)
    raw.execute("PRAGMA journal_mode=WAL")
    with engine.connect().execution_options(ascribe_begin="BEGIN IMMEDIATE") as writer, writer.begin():
        if writer.exec_driver_sql("PRAGMA application_id").scalar() == tables.APPLICATION_ID:
            return  # somebody else was faster
        _make_tables(writer)
        writer.execute(insert(tables.meta), [{"key": "schema", "value": str(NEWEST)}])
        writer.exec_driver_sql(f"PRAGMA user_version={NEWEST}")
        writer.exec_driver_sql(f"PRAGMA application_id={tables.APPLICATION_ID}")


def _make_tables(writer: Connection) -> None:
    tables.metadata.create_all(writer)
    fulltext.make(writer)


@contextmanager
def scratch(path: str) -> Iterator[Connection]:
    """The same tables in a file that is thrown away: nothing is waited for."""
    engine = create_engine("sqlite://", creator=lambda: sqlite3.connect(path, isolation_level=None), poolclass=QueuePool)
    try:
        with engine.connect() as connection:
            for setting in ("journal_mode=OFF", "synchronous=OFF"):
                connection.exec_driver_sql(f"PRAGMA {setting}")
            _make_tables(connection)
            connection.exec_driver_sql("BEGIN")
            yield connection
    finally:
        engine.dispose()


def _migrate(engine: Engine, version: int) -> None:
    """Lead an older dossier to the newest layout. Whoever comes second finds it done."""
    options = {"ascribe_begin": "BEGIN IMMEDIATE", "ascribe_foreign_keys": "OFF"}  # tables may be made anew
    with engine.connect().execution_options(**options) as writer, writer.begin():
        version = int(writer.exec_driver_sql("PRAGMA user_version").scalar() or version)
        migrate(writer, version)
        if writer.exec_driver_sql("PRAGMA foreign_key_check").first():
            raise StoreError("a row hangs on one that is not there; run `ascribe check` with the version that wrote it")
        writer.execute(update(tables.meta).where(tables.meta.c.key == "schema").values(value=str(NEWEST)))
        writer.exec_driver_sql(f"PRAGMA user_version={NEWEST}")


def sync_folder(path: str) -> None:
    """A new file is only there after a power cut if its folder's entry was written, too."""
    if os.name != "posix":
        return
    folder = os.open(Path(path).resolve().parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


# ---- what the file system says, in one line ----


@contextmanager
def one_line(path: str) -> Iterator[None]:
    """Whatever goes wrong with the file inside becomes a StoreError that names it, the reason and what to do."""
    path = without_password(path)
    try:
        yield
    except DBAPIError as error:
        raise StoreError(f"{path}: {_reason(error.orig)}") from error
    except sqlite3.Error as error:
        raise StoreError(f"{path}: {_reason(error)}") from error
    except OSError as error:
        remedy = "; what is stored stays stored, run again when the server is back" if is_url(path) else ""
        raise StoreError(f"{path}: {error.strerror or error}{remedy}") from error


def _is_busy(error: DBAPIError) -> bool:
    return getattr(error.orig, "sqlite_errorcode", 0) & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


_REASONS: Final = {
    sqlite3.SQLITE_BUSY: "busy, somebody else is writing to it; try again when they are done",
    sqlite3.SQLITE_LOCKED: "busy, somebody else is writing to it; try again when they are done",
    sqlite3.SQLITE_NOTADB: "is no dossier; name another file",
    sqlite3.SQLITE_FULL: "the disk is full; make room and run again, what is stored stays stored",
    sqlite3.SQLITE_IOERR: "the disk fails (input/output error); what is stored stays stored, run again when it is mended",
    sqlite3.SQLITE_READONLY: "cannot be written; check its permissions and those of its folder",
    sqlite3.SQLITE_PERM: "cannot be opened; check its permissions and those of its folder",
    sqlite3.SQLITE_CANTOPEN: "cannot be opened; check its permissions and those of its folder",
    sqlite3.SQLITE_CORRUPT: "is damaged; restore it from a copy, or read the reports again into a new one",
}


def _reason(error: BaseException | None) -> str:
    said = postgres.reason(error) or " ".join(str(error).split())
    return _REASONS.get(getattr(error, "sqlite_errorcode", 0) & 0xFF, said)
