"""The memory of grouping in a dossier (store/threads.py).

Sheets are not kept but made from the record when a report is compared; some are held ready, so that memory stays the same
however large the dossier grows. What is written waits until the end of a transaction, or until somebody asks the tables.
"""

from __future__ import annotations

from collections import OrderedDict, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import Connection, Select, bindparam, delete, func, insert, select, update

from ascribe.schema import Record
from ascribe.store import Dossier, tables
from ascribe.store.threads import (
    thread_followed,
    thread_judged,
    thread_keys,
    thread_moves,
    thread_near,
    thread_reports,
    thread_statements,
)
from ascribe.thread.memory import Sheet, sheet_of
from ascribe.thread.threads import Threads

_READY: Final = 6000  # sheets held ready
_LINKED: Final = 50_000  # statements whose neighbours are held ready
_CHUNK: Final = 300  # values bound at once; reports threaded in one transaction

Records = Callable[[Iterable[str]], Iterable[Record]]


@contextmanager
def threads_of(dossier: Dossier) -> Iterator[Threads]:
    """The threads of a dossier with all its reports in them: those that came or were corrected since the last time are
    threaded first."""
    _follow(dossier)
    keep = keeping(dossier)
    while new := _not_yet(dossier):
        keep(dossier.records(new))
    with _threads(dossier) as threads:
        yield threads


def keeping(dossier: Dossier) -> Callable[[Iterable[Record]], None]:
    """What threads reports that are stored, some at a time, each time in one transaction."""
    ready: OrderedDict[str, Sheet] = OrderedDict()

    def keep(records: Iterable[Record]) -> None:
        with _threads(dossier, ready) as threads:
            for record in records:
                threads.add(record)

    return keep


def unthread(dossier: Dossier, report: str) -> None:
    """Take a report whose statements change out of the threads; they take it in again when they are next asked for."""
    with _threads(dossier) as threads:
        if threads.groups.memory.sheet(report) is not None:
            threads.remove(report)


@contextmanager
def _threads(dossier: Dossier, ready: OrderedDict[str, Sheet] | None = None) -> Iterator[Threads]:
    with dossier.writing() as connection:
        memory = Kept(connection, dossier.records, ready)
        yield Threads(memory)
        memory.flush()


def _follow(dossier: Dossier) -> None:
    """Take out the reports in which a person corrected something since the last time."""
    with dossier.writing() as connection:
        last = connection.scalar(select(func.max(thread_followed.c.correction))) or 0
    new = [correction for correction in dossier.corrections() if correction.number > last]
    if not new:
        return
    with _threads(dossier) as threads:
        memory = threads.groups.memory
        reports = {report for one in new if (report := memory.report_of(one.statement)) is not None}
        for report in sorted(reports):
            threads.remove(report, because="corrected")
    with dossier.writing() as connection:
        connection.execute(insert(thread_followed), [{"correction": correction.number} for correction in new])


def _not_yet(dossier: Dossier) -> list[str]:
    """Some of the reports that are stored but not threaded, in the order in which they were stored."""
    reports = tables.reports.c
    threaded = select(thread_reports.c.id)
    found = select(reports.id).where(reports.id.not_in(threaded)).order_by(reports.seq).limit(_CHUNK)
    with dossier.writing() as connection:
        return [id for (id,) in connection.execute(found)]


class Kept:
    """The memory of grouping in the tables of a dossier, inside one transaction; `flush` at its end."""

    def __init__(self, connection: Connection, records: Records, ready: OrderedDict[str, Sheet] | None = None) -> None:
        self._connection = connection
        self._records = records
        self._ready: OrderedDict[str, Sheet] = OrderedDict() if ready is None else ready
        self._near: dict[str, dict[str, float]] = {}
        self._groups: dict[str, str | None] = {}
        self._put: dict[str, tuple[Sheet, list[int]]] = {}  # reports that are not in the tables yet
        self._under: dict[int, list[str]] = defaultdict(list)  # where to find these
        self._links: dict[tuple[str, str], float] = {}
        self._relinked: list[dict[str, str]] = []  # pairs that stand in the table with other odds
        self._moved: dict[str, str | None] = {}
        self._traces: list[dict[str, object]] = []
        self._said: dict[tuple[str, str], bool] | None = None

    # ---- reports ----

    def sheet(self, report: str) -> Sheet | None:
        """A report, None if it is not there."""
        if report in self._ready:
            self._ready.move_to_end(report)
            return self._ready[report]
        if report in self._put:
            return self._put[report][0]
        if self._rows(select(thread_reports.c.seq).where(thread_reports.c.id == report)):
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
        self.flush()
        found = self._rows(select(thread_statements.c.report).where(thread_statements.c.id == statement))
        return str(found[0][0]) if found else None

    def put(self, sheet: Sheet, keys: Collection[int]) -> None:
        """Keep a report, to be found by any of `keys` again."""
        report = sheet.printed.id
        self._put[report] = sheet, sorted(keys)
        for key in keys:
            self._under[key].append(report)
        for telling in sheet.tellings:
            self._near.setdefault(telling.id, {})
            self._groups[telling.id] = None
        self._hold(sheet)

    def drop(self, report: str) -> None:
        """Forget a report, its statements and what was near to them."""
        self.flush()
        own = select(thread_statements.c.id).where(thread_statements.c.report == report)
        seq = select(thread_reports.c.seq).where(thread_reports.c.id == report)
        for side in (thread_near.c.one, thread_near.c.other):
            self._connection.execute(delete(thread_near).where(side.in_(own)))
        self._connection.execute(delete(thread_statements).where(thread_statements.c.report == report))
        self._connection.execute(delete(thread_keys).where(thread_keys.c.report.in_(seq)))
        self._connection.execute(delete(thread_reports).where(thread_reports.c.id == report))
        self._ready.pop(report, None)
        self._near.clear()
        self._groups.clear()

    def sharing(self, keys: Iterable[int]) -> Iterable[tuple[int, str]]:
        """Each of `keys` with each report that was put under it."""
        wanted = list(keys)
        yield from ((key, report) for key in wanted for report in self._under.get(key, ()))
        joined = select(thread_keys.c.key, thread_reports.c.id).where(thread_reports.c.seq == thread_keys.c.report)
        for some in _chunks(wanted):
            yield from ((int(key), str(id)) for key, id in self._rows(joined.where(thread_keys.c.key.in_(some))))

    # ---- what is near ----

    def expect(self, statements: Iterable[str]) -> None:
        """These statements will be asked for: what is near to them, and their groups, is read at once."""
        wanted = list(statements)
        if len(self._near) > _LINKED:
            self.flush()
            self._near.clear()
        table = thread_near.c
        unknown = [id for id in wanted if id not in self._near]
        for some in _chunks(unknown):
            self._near |= {id: {} for id in some}
            for one, other, odds in self._rows(select(table.one, table.other, table.odds).where(table.one.in_(some))):
                self._near[str(one)][str(other)] = float(odds)
        self._learn(wanted)

    def near(self, statement: str) -> Mapping[str, float]:
        """Statements near to one, with their log-odds."""
        if statement not in self._near:
            self.expect([statement])
        return self._near[statement]

    def link(self, one: str, other: str, odds: float) -> None:
        """Two statements are near."""
        for a, b in ((one, other), (other, one)):
            if b in self.near(a) and (a, b) not in self._links:
                self._relinked.append({"a": a, "b": b})
            self._near[a][b] = odds
            self._links[a, b] = odds

    # ---- groups ----

    def group_of(self, statement: str) -> str | None:
        """The name of a statement's group: the least id of its statements."""
        if statement not in self._groups:
            self._learn([statement])
        return self._groups[statement]

    def _learn(self, statements: Iterable[str]) -> None:
        """The groups of statements that are not known yet, asked for together."""
        unknown = [id for id in statements if id not in self._groups]
        table = thread_statements.c
        for some in _chunks(unknown):
            self._groups |= dict.fromkeys(some)
            self._groups |= {
                str(id): group for id, group in self._rows(select(table.id, table.group).where(table.id.in_(some)))
            }

    def members(self, group: str) -> tuple[str, ...]:
        """The statements of a group, by id."""
        self.flush()
        table = thread_statements.c
        return tuple(str(id) for (id,) in self._rows(select(table.id).where(table.group == group).order_by(table.id)))

    def regroup(self, ids: Collection[str], clusters: Iterable[tuple[str, ...]], because: str) -> None:
        """`ids` stand in `clusters` from now on; what moves leaves a trace."""
        self._learn(sorted(ids))
        after = {id: cluster[0] for cluster in clusters for id in cluster}
        at = _now()
        for id in sorted(ids):
            was, now = self._groups[id], after.get(id)
            if was != now:
                self._groups[id] = self._moved[id] = now
                if was is not None:
                    self._traces.append({"statement": id, "from": was, "to": now, "because": because, "at": at})

    def groups(self) -> Iterable[str]:
        """The names of all groups."""
        self.flush()
        table = thread_statements.c
        return [str(group) for (group,) in self._rows(select(table.group).where(table.group.is_not(None)).distinct())]

    # ---- what people say, and what moved ----

    def judged(self, one: str, other: str) -> bool | None:
        """What a person said of two statements; the last word counts."""
        return self._judgements.get((min(one, other), max(one, other)))

    @property
    def _judgements(self) -> dict[tuple[str, str], bool]:
        """All that people said: few enough to be held."""
        if self._said is None:
            table = thread_judged.c
            found = self._rows(select(table.one, table.other, table.same).order_by(table.seq))
            self._said = {(str(one), str(other)): bool(same) for one, other, same in found}
        return self._said

    def judge(self, one: str, other: str, same: bool, who: str, why: str) -> None:
        """Keep what a person says of two statements."""
        said = {"one": min(one, other), "other": max(one, other), "same": same, "who": who, "why": why, "at": _now()}
        self._connection.execute(insert(thread_judged), [said])
        self._said = None

    def moves(self) -> list[tuple[str, str | None, str | None, str]]:
        """What moved from group to group, and why, in the order in which it did."""
        self.flush()
        table = thread_moves.c
        found = self._rows(select(table.statement, table["from"], table.to, table.because).order_by(table.seq))
        return [(statement, before, after, because) for statement, before, after, because in found]

    # ---- the tables ----

    def flush(self) -> None:
        """Write what waits."""
        self._write_reports()
        if self._links:
            pair = (thread_near.c.one == bindparam("a")) & (thread_near.c.other == bindparam("b"))
            self._many(delete(thread_near).where(pair), self._relinked)
            self._relinked = []
            self._many(
                insert(thread_near),
                [{"one": one, "other": other, "odds": odds} for (one, other), odds in self._links.items()],
            )
            self._links.clear()
        moved = [{"which": id, "group": group} for id, group in self._moved.items()]
        self._many(update(thread_statements).where(thread_statements.c.id == bindparam("which")), moved)
        self._moved.clear()
        self._many(insert(thread_moves), self._traces)
        self._traces = []

    def _write_reports(self) -> None:
        if not self._put:
            return
        last = self._connection.scalar(select(func.max(thread_reports.c.seq))) or 0
        seqs = {report: last + at for at, report in enumerate(self._put, start=1)}
        self._many(insert(thread_reports), [{"seq": seq, "id": report} for report, seq in seqs.items()])
        found = sorted((key, seqs[report]) for report, (_, keys) in self._put.items() for key in keys)
        self._many(insert(thread_keys), [{"key": key, "report": seq} for key, seq in found])
        told = [
            {"id": telling.id, "report": report, "group": self._moved.pop(telling.id, None)}
            for report, (sheet, _) in self._put.items()
            for telling in sheet.tellings
        ]
        self._many(insert(thread_statements), told)
        self._put.clear()
        self._under.clear()

    def _rows(self, asked: Select[Any]) -> list[tuple[Any, ...]]:
        return [tuple(row) for row in self._connection.execute(asked)]

    def _many(self, done: Any, rows: Sequence[Mapping[str, object]]) -> None:
        if rows:
            self._connection.execute(done, list(rows))


def _chunks(values: Sequence[Any]) -> Iterator[Sequence[Any]]:
    return (values[start : start + _CHUNK] for start in range(0, len(values), _CHUNK))


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
