"""What filters look at, as numbers side by side: two million statements are sifted in milliseconds.

Each transaction that stores reports adds one row of `columns`: its statements as an array of `STATEMENT`, its reports as one
of `REPORT`. All of it is made from `statements` and `reports` and can be made again (remaking.py).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final

import numpy as np
from sqlalchemy import Connection, select, update

from ascribe.store import tables
from ascribe.store.writing import put

Array = np.ndarray[Any, np.dtype[Any]]

STATEMENT: Final = np.dtype(
    [
        ("report", "<u4"),
        ("passage", "<u4"),  # the first statement of the same paragraph
        ("earliest", "<i4"),  # 20140206
        ("latest", "<i4"),
        ("type", "u1"),
        ("status", "u1"),
        ("stance", "u1"),
    ]
)
REPORT: Final = np.dtype([("seq", "<u4"), ("order", "<u8")])
_NEVER: Final = 2**31 - 1
_CODES: Final = "codes"
_CHANGES: Final = "changes"


@lru_cache(maxsize=20_000)
def day_number(day: str | None, *, missing: int) -> int:
    """ "2014-02-06" → 20140206."""
    return int(day.replace("-", "")) if day else missing


def days(earliest: str | None, latest: str | None) -> tuple[int, int]:
    """Both days as numbers that answer no question where they are not known."""
    return day_number(earliest, missing=_NEVER), day_number(latest, missing=-1)


def order_of(published: str | None) -> int:
    """The first eight bytes of a date as a number: it sorts as the text does, as far as it goes ("2014-02-")."""
    return int.from_bytes((published or "").encode()[:8].ljust(8, b"\0"), "big")


# ---- writing ----


class Codes:
    """Types, statuses and stances as small numbers, the same for as long as the dossier lives."""

    def __init__(self, connection: Connection) -> None:
        written = connection.scalar(select(tables.meta.c.value).where(tables.meta.c.key == _CODES))
        self._known: dict[str, int] = json.loads(written) if written else {}
        self._stored = len(self._known)

    def __getitem__(self, name: str) -> int:
        known = self._known.get(name)
        if known is None:
            known = self._known[name] = len(self._known) + 1
        return known

    def of(self, names: Iterable[str]) -> list[int]:
        """The numbers of those names that occur at all."""
        return [self._known[name] for name in names if name in self._known]

    def store(self, connection: Connection) -> None:
        """Keep what is new."""
        if len(self._known) > self._stored:
            keep(connection, _CODES, json.dumps(self._known))


def keep(connection: Connection, key: str, value: str) -> None:
    """One entry of `meta`."""
    changed = connection.execute(update(tables.meta).where(tables.meta.c.key == key).values(value=value))
    if not changed.rowcount:
        put(connection, "meta", ("key", "value"), [(key, value)])


def append(
    connection: Connection, first: int, statements: Sequence[tuple[int, ...]], reports: Sequence[tuple[int, int]]
) -> None:
    """The numbers of statements `first`, `first` + 1, ... and of their reports."""
    if statements:
        packed = np.array(statements, STATEMENT).tobytes(), np.array(reports, REPORT).tobytes()
        put(connection, "columns", ("first", "statements", "reports"), [(first, *packed)])


def change(connection: Connection, changed: dict[int, tuple[int, ...]]) -> None:
    """Other days, type, status and stance for statements that are there already."""
    columns = tables.columns
    for seq in sorted(changed):
        found = connection.execute(
            select(columns).where(columns.c.first <= seq).order_by(columns.c.first.desc()).limit(1)
        ).one()
        packed = np.frombuffer(found.statements, STATEMENT).copy()
        packed[seq - found.first] = (*packed[seq - found.first].tolist()[:2], *changed[seq])
        connection.execute(update(columns).where(columns.c.first == found.first).values(statements=packed.tobytes()))
    before = connection.scalar(select(tables.meta.c.value).where(tables.meta.c.key == _CHANGES))
    keep(connection, _CHANGES, str(int(before or 0) + 1))


# ---- reading ----


@dataclass(slots=True)
class Columns:
    """The numbers of all statements (row n is the statement with seq n) and the order of their reports."""

    statements: Array = field(default_factory=lambda: np.zeros(1, STATEMENT))
    order: Array = field(default_factory=lambda: np.zeros(1, np.uint64))
    changes: str | None = None

    def fresh(self, connection: Connection) -> Columns:
        """As this connection sees the dossier now: what is new is added; all is read again where something was changed."""
        changes = connection.scalar(select(tables.meta.c.value).where(tables.meta.c.key == _CHANGES))
        known = self if changes == self.changes else Columns(changes=changes)
        columns = tables.columns
        found = connection.execute(
            select(columns.c.first, columns.c.statements, columns.c.reports)
            .where(columns.c.first >= len(known.statements))
            .order_by(columns.c.first)
        ).all()
        if not found:
            return known
        parts = [(first, np.frombuffer(statements, STATEMENT)) for first, statements, _ in found]
        reports = np.concatenate([np.frombuffer(those, REPORT) for _, _, those in found])
        statements = _longer(known.statements, parts[-1][0] + len(parts[-1][1]))
        for first, part in parts:
            statements[first : first + len(part)] = part
        order = _longer(known.order, int(reports["seq"].max()) + 1)
        order[reports["seq"]] = reports["order"]
        return Columns(statements, order, changes)


def _longer(array: Array, length: int) -> Array:
    longer = np.zeros(max(length, len(array)), array.dtype)
    longer[: len(array)] = array
    return longer
