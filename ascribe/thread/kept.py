"""The memory of grouping in a dossier (store/threads.py).

Sheets are not kept but made from the record when a report is compared; some are held ready, so that memory stays the same
however large the dossier grows.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import Connection

from ascribe.schema import Record
from ascribe.store import Dossier
from ascribe.thread.memory import Sheet, sheet_of
from ascribe.thread.threads import Threads

_READY: Final = 4000  # sheets held ready
_NEAR_READY: Final = 50_000  # statements whose neighbours are held ready
_CHUNK: Final = 300  # values bound at once; reports threaded in one transaction


@contextmanager
def threads_of(dossier: Dossier) -> Iterator[Threads]:
    """The threads of a dossier with all its reports in them: those that came since the last time are threaded first."""
    keep = keeping(dossier)
    while new := _not_yet(dossier):
        keep(dossier.records(new))
    with dossier.writing() as connection:
        yield Threads(Kept(connection, dossier.records))


def keeping(dossier: Dossier) -> Callable[[Iterable[Record]], None]:
    """What threads reports that are stored, some at a time, each time in one transaction."""
    ready: OrderedDict[str, Sheet] = OrderedDict()

    def keep(records: Iterable[Record]) -> None:
        with dossier.writing() as connection:
            threads = Threads(Kept(connection, dossier.records, ready))
            for record in records:
                threads.add(record)

    return keep


def _not_yet(dossier: Dossier) -> list[str]:
    """Some of the reports that are stored but not threaded, in the order in which they were stored."""
    found = "SELECT id FROM reports WHERE id NOT IN (SELECT id FROM thread_reports) ORDER BY seq LIMIT ?"
    with dossier.writing() as connection:
        return [id for (id,) in connection.exec_driver_sql(found, (_CHUNK,))]


class Kept:
    """The memory of grouping in the tables of a dossier, inside one transaction."""

    def __init__(
        self,
        connection: Connection,
        records: Callable[[Iterable[str]], Iterable[Record]],
        ready: OrderedDict[str, Sheet] | None = None,
    ) -> None:
        self._connection = connection
        self._records = records
        self._ready: OrderedDict[str, Sheet] = OrderedDict() if ready is None else ready
        self._linked: OrderedDict[str, dict[str, float]] = OrderedDict()
        self._seqs: dict[str, int] = {}

    def sheet(self, report: str) -> Sheet | None:
        """A report, None if it is not there."""
        if report in self._ready:
            self._ready.move_to_end(report)
            return self._ready[report]
        if not self._rows("SELECT 1 FROM thread_reports WHERE id = ?", report):
            return None
        for record in self._records([report]):
            return self._hold(sheet_of(record))
        return None

    def _hold(self, sheet: Sheet) -> Sheet:
        self._ready[sheet.printed.id] = sheet
        if len(self._ready) > _READY:
            self._ready.popitem(last=False)
        return sheet

    def report_of(self, statement: str) -> str | None:
        """The report that a statement stands in."""
        found = self._rows("SELECT report FROM thread_statements WHERE id = ?", statement)
        return str(found[0][0]) if found else None

    def put(self, sheet: Sheet, keys: Collection[int]) -> None:
        """Keep a report, to be found by any of `keys` again."""
        report = sheet.printed.id
        self._connection.exec_driver_sql("INSERT INTO thread_reports (id) VALUES (?)", (report,))
        seq = int(self._rows("SELECT seq FROM thread_reports WHERE id = ?", report)[0][0])
        self._many("INSERT INTO thread_keys VALUES (?, ?)", [(key, seq) for key in sorted(keys)])
        self._many("INSERT INTO thread_statements VALUES (?, ?, NULL)", [(t.id, report) for t in sheet.tellings])
        self._hold(sheet)

    def drop(self, report: str) -> None:
        """Forget a report, its statements and what was near to them."""
        for (id,) in self._rows("SELECT id FROM thread_statements WHERE report = ?", report):
            for one, other in self._rows("SELECT one, other FROM thread_near WHERE one = ?", id):
                self._linked.pop(str(other), None)
                self._many("DELETE FROM thread_near WHERE one = ? AND other = ?", [(one, other), (other, one)])
            self._linked.pop(str(id), None)
        self._many("DELETE FROM thread_statements WHERE report = ?", [(report,)])
        self._many("DELETE FROM thread_keys WHERE report = (SELECT seq FROM thread_reports WHERE id = ?)", [(report,)])
        self._many("DELETE FROM thread_reports WHERE id = ?", [(report,)])
        self._ready.pop(report, None)

    def sharing(self, keys: Iterable[int]) -> Iterable[tuple[int, str]]:
        """Each of `keys` with each report that was put under it."""
        wanted = list(keys)
        for start in range(0, len(wanted), _CHUNK):
            some = wanted[start : start + _CHUNK]
            asked = (
                "SELECT key, id FROM thread_keys CROSS JOIN thread_reports ON seq = report "
                f"WHERE key IN ({', '.join('?' * len(some))})"
            )
            yield from ((int(key), str(id)) for key, id in self._rows(asked, *some))

    def near(self, statement: str) -> Mapping[str, float]:
        """Statements near to one, with their log-odds."""
        if statement not in self._linked:
            found = self._rows("SELECT other, odds FROM thread_near WHERE one = ?", statement)
            self._linked[statement] = {str(other): float(odds) for other, odds in found}
            if len(self._linked) > _NEAR_READY:
                self._linked.popitem(last=False)
        return self._linked[statement]

    def link(self, one: str, other: str, odds: float) -> None:
        """Two statements are near."""
        for a, b in ((one, other), (other, one)):
            if a in self._linked:
                self._linked[a][b] = odds
        self._many("INSERT OR REPLACE INTO thread_near VALUES (?, ?, ?)", [(one, other, odds), (other, one, odds)])

    def group_of(self, statement: str) -> str | None:
        """The name of a statement's group: the least id of its statements."""
        found = self._rows('SELECT "group" FROM thread_statements WHERE id = ?', statement)
        return found[0][0] if found else None

    def members(self, group: str) -> tuple[str, ...]:
        """The statements of a group, by id."""
        found = self._rows('SELECT id FROM thread_statements WHERE "group" = ? ORDER BY id', group)
        return tuple(str(id) for (id,) in found)

    def regroup(self, ids: Collection[str], clusters: Iterable[tuple[str, ...]], because: str) -> None:
        """`ids` stand in `clusters` from now on; what moves leaves a trace."""
        before = {id: self.group_of(id) for id in sorted(ids)}
        after = {id: cluster[0] for cluster in clusters for id in cluster}
        moved = [id for id, group in before.items() if group != after.get(id)]
        self._many('UPDATE thread_statements SET "group" = ? WHERE id = ?', [(after.get(id), id) for id in moved])
        at = _now()
        traced = [(id, before[id], after.get(id), because, at) for id in moved if before[id] is not None]
        self._many('INSERT INTO thread_moves (statement, "from", "to", because, at) VALUES (?, ?, ?, ?, ?)', traced)

    def groups(self) -> Iterable[str]:
        """The names of all groups."""
        return [
            str(group) for (group,) in self._rows('SELECT DISTINCT "group" FROM thread_statements WHERE "group" NOT NULL')
        ]

    def judged(self, one: str, other: str) -> bool | None:
        """What a person said of two statements; the last word counts."""
        asked = "SELECT same FROM thread_judged WHERE one = ? AND other = ? ORDER BY seq DESC LIMIT 1"
        found = self._rows(asked, *sorted((one, other)))
        return bool(found[0][0]) if found else None

    def judge(self, one: str, other: str, same: bool, who: str, why: str) -> None:
        """Keep what a person says of two statements."""
        self._many(
            "INSERT INTO thread_judged (one, other, same, who, why, at) VALUES (?, ?, ?, ?, ?, ?)",
            [(*sorted((one, other)), int(same), who, why, _now())],
        )

    def moves(self) -> list[tuple[str, str | None, str | None, str]]:
        """What moved from group to group, and why, in the order in which it did."""
        found = self._rows('SELECT statement, "from", "to", because FROM thread_moves ORDER BY seq')
        return [(statement, before, after, because) for statement, before, after, because in found]

    def _rows(self, asked: str, *values: object) -> list[tuple[Any, ...]]:
        return [tuple(row) for row in self._connection.exec_driver_sql(asked, values)]

    def _many(self, done: str, rows: Sequence[tuple[object, ...]]) -> None:
        if rows:
            self._connection.exec_driver_sql(done, list(rows))


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
