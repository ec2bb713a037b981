"""From the dossier of an older version to the newest, step by step, in one transaction: it is there whole or not at all.

The version of a dossier is the number of its layout (SQLite: PRAGMA user_version). Layout 1 is that of the first release;
`STEPS[n]` leads from layout n + 1 to n + 2. A new dossier is made at once from tables.py at the newest layout.

To add tables, or change one:

1. Write the new tables into tables.py (or a module of your own, on `tables.metadata`, that tables.py or dossier.py imports).
   Hang them on `reports.seq` and `statements.seq`: a step keeps those numbers.
2. Append a function to STEPS that makes the same from the layout before. Its SQL stands there as it is now and is never
   changed after a release: a step must not read tables.py, which goes on changing. `create(connection, ...)` takes
   statements that SQLite and PostgreSQL both understand. Two that work at once append one after the other.
3. Run tests/store/test_migrations.py: it opens the dossier of every layout that was released and compares what is found
   with a new one, table by table and column by column.

A layout counts as released when a version of the program was; until then its step may still be changed.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, Final

from sqlalchemy import Connection, text

from ascribe.store.remaking import remake

Step = Callable[[Connection], None]


def create(connection: Connection, *statements: str) -> None:
    """Run statements of SQL, one after the other."""
    for statement in statements:
        connection.execute(text(statement))


def _corrections(connection: Connection) -> None:
    """2: what people correct is kept beside what the reader said."""
    create(
        connection,
        """CREATE TABLE corrections (
            seq INTEGER NOT NULL PRIMARY KEY,
            statement INTEGER NOT NULL REFERENCES statements (seq),
            field TEXT NOT NULL,
            old TEXT,
            new TEXT,
            who TEXT NOT NULL,
            why TEXT NOT NULL,
            at TEXT NOT NULL,
            undoes INTEGER REFERENCES corrections (seq)
        )""",
        "CREATE INDEX corrections_by_statement ON corrections (statement)",
    )


def _one_row_a_statement(connection: Connection) -> None:
    """3: a statement is one row with what it mentions and means; filters are packed; each word of a text is indexed once."""
    create(connection, _STATEMENTS_3, *_INDEXES_3)
    columns = (
        "seq, id, report, position, kind, type, mode, contexts, start, stop, trigger, status, stance, quoted, answers, "
        "same_as, confidence, earliest, latest"
    )
    for row in connection.exec_driver_sql("SELECT seq FROM statements ORDER BY seq").fetchall():
        seq = row[0]
        told = _words_3(connection, seq), _means_3(connection, seq)
        copied = f"INSERT INTO statements_3 SELECT {columns}, ?, ? FROM statements WHERE seq = ?"
        connection.exec_driver_sql(copied, (*told, seq))
    dropped = ("said", "mentions", "sources", "identities", "statements")
    create(connection, *(f"DROP TABLE {table}" for table in dropped), "DROP INDEX ix_reports_content")
    create(connection, "ALTER TABLE statements_3 RENAME TO statements", _SAID_3, _PASSAGES_3)


_STATEMENTS_3: Final = """CREATE TABLE statements_3 (
    seq INTEGER NOT NULL PRIMARY KEY, id TEXT NOT NULL UNIQUE, report INTEGER NOT NULL REFERENCES reports (seq),
    position INTEGER NOT NULL, kind TEXT NOT NULL, type TEXT NOT NULL, mode TEXT, contexts TEXT NOT NULL,
    start INTEGER NOT NULL, stop INTEGER NOT NULL, "trigger" TEXT NOT NULL, status TEXT NOT NULL, stance TEXT NOT NULL,
    quoted BOOLEAN NOT NULL, answers TEXT, same_as TEXT, confidence FLOAT NOT NULL, earliest TEXT, latest TEXT,
    words TEXT NOT NULL, means TEXT NOT NULL, UNIQUE (report, position))"""
_INDEXES_3: Final = (
    'CREATE TABLE columns ("first" INTEGER NOT NULL PRIMARY KEY, statements BLOB NOT NULL, reports BLOB NOT NULL)',
    "CREATE INDEX reports_in_order ON reports (published, id)",
)
_TOKENS_3: Final = "tokenize=\"porter unicode61 remove_diacritics 2 tokenchars '¤'\""
_SAID_3: Final = (
    f"CREATE VIRTUAL TABLE said USING fts5(actor, recipient, source, about, content='', columnsize=0, {_TOKENS_3})"
)
_PASSAGES_3: Final = f"CREATE VIRTUAL TABLE passages USING fts5(words, content='', columnsize=0, {_TOKENS_3})"


def _words_3(connection: Connection, seq: int) -> str:
    mentions: dict[str, list[Any]] = {role: [] for role in ("actor", "recipient", "object", "place", "time")}
    found = "SELECT role, start, stop, text, confidence FROM mentions WHERE statement = ? ORDER BY role, position"
    for role, *mention in connection.exec_driver_sql(found, (seq,)):
        mentions[role].append(mention)
    found = (
        "SELECT start, stop, text, confidence, kind, named, cue_start, cue_stop, cue FROM sources "
        "WHERE statement = ? ORDER BY position"
    )
    chain = [
        [*source[:5], bool(source[5]), None if source[8] is None else list(source[6:])]
        for source in connection.exec_driver_sql(found, (seq,))
    ]
    single = (next(iter(mentions[role]), None) for role in ("object", "place", "time"))
    return _json_3([mentions["actor"], mentions["recipient"], *single, chain])


def _means_3(connection: Connection, seq: int) -> str:
    found = (
        "SELECT start, stop, role, entity, name, country, sector, score, because, lat, lon, dispute, earliest, latest, "
        "granularity FROM identities WHERE statement = ? ORDER BY position"
    )
    return _json_3([list(row) for row in connection.exec_driver_sql(found, (seq,))])


def _json_3(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _across_reports(connection: Connection) -> None:
    """4: what is said across reports: groups of statements, what is near, and what people joined or parted."""
    create(
        connection,
        "CREATE TABLE thread_reports (seq INTEGER NOT NULL PRIMARY KEY, id TEXT NOT NULL UNIQUE)",
        "CREATE TABLE thread_keys (key BIGINT NOT NULL, report INTEGER NOT NULL, PRIMARY KEY (key, report)) WITHOUT ROWID",
        "CREATE INDEX thread_keys_by_report ON thread_keys (report)",
        """CREATE TABLE thread_statements (
            id TEXT NOT NULL PRIMARY KEY, report TEXT NOT NULL, "group" TEXT
        ) WITHOUT ROWID""",
        'CREATE INDEX thread_statements_by_group ON thread_statements ("group")',
        "CREATE INDEX thread_statements_by_report ON thread_statements (report)",
        """CREATE TABLE thread_near (
            one TEXT NOT NULL, other TEXT NOT NULL, odds FLOAT NOT NULL, PRIMARY KEY (one, other)
        ) WITHOUT ROWID""",
        """CREATE TABLE thread_judged (
            seq INTEGER NOT NULL PRIMARY KEY, one TEXT NOT NULL, other TEXT NOT NULL, same BOOLEAN NOT NULL,
            who TEXT NOT NULL, why TEXT NOT NULL, at TEXT NOT NULL
        )""",
        "CREATE INDEX thread_judged_by_pair ON thread_judged (one, other)",
        "CREATE TABLE thread_followed (correction INTEGER NOT NULL PRIMARY KEY)",
        """CREATE TABLE thread_moves (
            seq INTEGER NOT NULL PRIMARY KEY, statement TEXT NOT NULL, "from" TEXT, "to" TEXT,
            because TEXT NOT NULL, at TEXT NOT NULL
        )""",
    )


def _seals(connection: Connection) -> None:
    """5: each report's rows have a seal, so that a flipped byte is found."""
    create(
        connection,
        "CREATE TABLE seals (report INTEGER NOT NULL PRIMARY KEY REFERENCES reports (seq), seal INTEGER NOT NULL)",
    )


STEPS: Final[tuple[Step, ...]] = (_corrections, _one_row_a_statement, _across_reports, _seals)
NEWEST: Final = 1 + len(STEPS)
REMADE: Final = 5  # what can be made again is made again in a dossier that comes from a layout before this one


def migrate(connection: Connection, version: int) -> None:
    """Lead a dossier of layout `version` to the newest, inside the transaction that `connection` has begun."""
    for step in STEPS[version - 1 :]:
        step(connection)
    if version < REMADE:
        remake(connection)
