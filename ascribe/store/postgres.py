"""A dossier in PostgreSQL: opening it by its URL, how its transactions begin, and what the server's errors mean in one line.

Every commit is on the disk when it returns. One writer at a time holds an advisory lock, the next waits for it as long as
for a file; readers see one moment and wait for nobody.
"""

from __future__ import annotations

import getpass
import os
import re
import ssl
from contextlib import suppress
from typing import Any, Final

from sqlalchemy import URL, Connection, Engine, ExceptionContext, create_engine, event, insert, make_url, select, update
from sqlalchemy.exc import ArgumentError, DisconnectionError

from ascribe.errors import StoreError
from ascribe.store import fulltext, tables
from ascribe.store.migrations import NEWEST, migrate

_SCHEMES: Final = ("postgresql://", "postgres://")
WRITES: Final = {"ascribe_begin": "BEGIN IMMEDIATE"}


def is_url(path: str) -> bool:
    """Does `path` name a database and no file?"""
    return path.startswith(_SCHEMES)


def without_password(path: str) -> str:
    """What may be shown of a URL."""
    return re.sub(r"^(\w+://[^:/@]*):.*@", r"\1:***@", path) if is_url(path) else path


def open_database(path: str, *, create: bool, patience: float) -> Engine:
    """An engine on the dossier at the URL `path`, which is checked, and made where `create` says so."""
    engine = _engine(path, patience)
    try:
        _prepare(engine, without_password(path), create)
    except BaseException:
        engine.dispose()
        raise
    return engine


def _engine(path: str, patience: float) -> Engine:
    shown = without_password(path)
    try:
        import pg8000  # type: ignore[import-untyped] # noqa: F401
    except ImportError:
        raise StoreError(f"{shown}: PostgreSQL needs one more package; `pip install 'ascribe[postgres]'`") from None
    try:
        url = make_url(path)
    except (ArgumentError, ValueError):
        url = None
    if url is None or not url.database:
        raise StoreError(f"{shown}: is no URL of a database; write postgresql://user@host/database") from None
    given = {"ssl_context": _encrypted(str(url.query.get("sslmode", "disable")), shown)}
    engine = create_engine(_plain(url), connect_args=given)
    _outlive_the_server(engine)

    @event.listens_for(engine, "begin")
    def _on_begin(connection: Connection) -> None:
        if connection.get_execution_options().get("ascribe_begin") == WRITES["ascribe_begin"]:
            _begin_writing(connection, patience)
        else:
            connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")

    return engine


def _outlive_the_server(engine: Engine) -> None:
    """A connection that broke is replaced at its next use. The driver raises OSError, which SQLAlchemy does not expect."""

    broken: tuple[type[BaseException], ...] = (OSError, engine.dialect.loaded_dbapi.Error)

    @event.listens_for(engine, "connect")
    def _on_connect(raw: Any, _: Any) -> None:
        close = raw.close

        def quietly() -> None:
            with suppress(*broken):
                close()

        raw.close = quietly

    @event.listens_for(engine, "checkout")
    def _on_checkout(raw: Any, *_: Any) -> None:
        try:
            raw.cursor().execute("SELECT 1")
            raw.rollback()
        except broken as error:
            raise DisconnectionError from error

    @event.listens_for(engine, "handle_error")
    def _on_error(context: ExceptionContext) -> None:
        raised = context.original_exception
        said: Any = raised.args[0] if raised.args else None
        gone = isinstance(said, dict) and str(said.get("C", "")).startswith("57P")
        if gone or isinstance(raised, OSError) or "network error" in str(raised):
            context.is_disconnect = True


def _plain(url: URL) -> URL:
    password = url.password if url.password is not None else os.environ.get("PGPASSWORD")
    user = url.username or os.environ.get("PGUSER") or getpass.getuser()
    return url.set(drivername="postgresql+pg8000", username=user, password=password, query={})


def _encrypted(mode: str, shown: str) -> ssl.SSLContext | None:
    """How the connection is encrypted: by libpq's names for it."""
    if mode == "disable":
        return None
    if mode not in ("require", "verify-full"):
        raise StoreError(f"{shown}: sslmode is disable, require or verify-full")
    context = ssl.create_default_context()
    if mode == "require":
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context


def _begin_writing(connection: Connection, patience: float) -> None:
    connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL READ COMMITTED")
    connection.exec_driver_sql(
        "SELECT set_config('lock_timeout', %s, true), set_config('synchronous_commit', "
        "coalesce(nullif(current_setting('synchronous_commit'), 'off'), 'on'), true)",
        (f"{int(patience * 1000)}ms",),
    )
    lock = f"SELECT pg_advisory_xact_lock({tables.APPLICATION_ID}, hashtext(current_schema()))"
    connection.exec_driver_sql(lock)


def _prepare(engine: Engine, shown: str, create: bool) -> None:
    with engine.connect() as connection, connection.begin():
        version = _version(connection, shown)
        _check_server(connection, shown)
    if version == NEWEST:
        return
    if version == 0 and not create:
        raise StoreError(f"{shown}: there is no dossier in it; `ascribe read INPUT --dossier {shown}` makes one")
    with engine.connect().execution_options(**WRITES) as writer, writer.begin():
        version = _version(writer, shown)  # somebody else may have been faster
        if version == 0:
            tables.metadata.create_all(writer)
            fulltext.make(writer)
            writer.execute(insert(tables.meta), [{"key": "schema", "value": str(NEWEST)}])
        elif version < NEWEST:
            migrate(writer, version)
            writer.execute(update(tables.meta).where(tables.meta.c.key == "schema").values(value=str(NEWEST)))


def _version(connection: Connection, shown: str) -> int:
    """The layout of a dossier; 0: there is none yet. StoreError: tables of another program have its names."""
    there = set(
        connection.exec_driver_sql(
            "SELECT relname FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p')"
        ).scalars()
    )
    if not there & set(tables.metadata.tables):
        return 0
    if not {"meta", "reports", "statements", "seals", "said", "passages"} <= there:
        raise StoreError(f"{shown}: holds tables of another program, no dossier; name another database")
    version = int(connection.scalar(select(tables.meta.c.value).where(tables.meta.c.key == "schema")) or 0)
    if version > NEWEST:
        raise StoreError(f"{shown}: was written by a newer ascribe (schema {version}); install that one to open it")
    return version


def _check_server(connection: Connection, shown: str) -> None:
    for setting, wanted in (("fsync", "on"), ("full_page_writes", "on"), ("server_encoding", "UTF8")):
        held = connection.exec_driver_sql(f"SHOW {setting}").scalar()
        if held != wanted:
            raise StoreError(f"{shown}: the server has {setting} = {held}; a dossier that loses nothing needs {wanted}")


_REASONS: Final = {
    "55P03": "busy, somebody else is writing to it; try again when they are done",
    "53100": "the server's disk is full; make room and run again, what is stored stays stored",
    "58030": "the server's disk fails (input/output error); what is stored stays stored, run again when it is mended",
    "25006": "cannot be written; the server only lets it be read",
    "28P01": "the server does not take this user and password",
    "28000": "the server does not let this user in",
    "3D000": "the server has no such database; make it with `createdb`",
    "42501": "cannot be written or read; check the rights of its user",
    "57P01": "the server was shut down; what is stored stays stored, run again when it is back",
    "XX001": "is damaged; restore it from a copy, or read the reports again into a new one",
    "XX002": "an index is damaged; REINDEX the database",
}


def reason(error: BaseException | None) -> str | None:
    """What an error of the server means; None if it is not one."""
    said: Any = error.args[0] if error and error.args else None
    if not isinstance(said, dict):
        unreached = str(said).startswith("Can't create a connection")
        return "no server answers at its host and port; start it, or correct the URL" if unreached else None
    return _REASONS.get(said.get("C", ""), " ".join(str(said.get("M", said)).split()))
