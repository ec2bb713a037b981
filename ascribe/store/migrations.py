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

from collections.abc import Callable
from typing import Final

from sqlalchemy import Connection, text

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


STEPS: Final[tuple[Step, ...]] = (_corrections,)
NEWEST: Final = 1 + len(STEPS)


def migrate(connection: Connection, version: int) -> None:
    """Lead a dossier of layout `version` to the newest, inside the transaction that `connection` has begun."""
    for step in STEPS[version - 1 :]:
        step(connection)
