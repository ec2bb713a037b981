"""What grouping remembers: sheets of reports, where to look for their like, which statements are near, and the groups.

`Held` keeps it in memory. `ascribe.thread.kept` keeps the same in a dossier; one test body runs over both.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from ascribe.schema import Record
from ascribe.thread.printed import Printed, printed_of
from ascribe.thread.telling import Telling, tellings


@dataclass(frozen=True, slots=True)
class Sheet:
    """A report with its statements, as they are compared."""

    printed: Printed
    tellings: tuple[Telling, ...]


def sheet_of(record: Record) -> Sheet:
    """A record as it is compared."""
    return Sheet(printed_of(record), tuple(tellings(record)))


class Memory(Protocol):
    """What `Groups` asks of its memory."""

    def sheet(self, report: str) -> Sheet | None:
        """A report, None if it is not there."""

    def report_of(self, statement: str) -> str | None:
        """The report that a statement stands in."""

    def put(self, sheet: Sheet, keys: Collection[int]) -> None:
        """Keep a report, to be found by any of `keys` again."""

    def drop(self, report: str) -> None:
        """Forget a report, its statements and what was near to them."""

    def sharing(self, keys: Iterable[int]) -> Iterable[tuple[int, str]]:
        """Each of `keys` with each report that was put under it."""

    def expect(self, statements: Iterable[str]) -> None:
        """These statements will be asked for."""

    def near(self, statement: str) -> Mapping[str, float]:
        """Statements near to one, with their log-odds."""

    def link(self, one: str, other: str, odds: float) -> None:
        """Two statements are near."""

    def group_of(self, statement: str) -> str | None:
        """The name of a statement's group: the least id of its statements."""

    def members(self, group: str) -> tuple[str, ...]:
        """The statements of a group, by id."""

    def regroup(self, ids: Collection[str], clusters: Iterable[tuple[str, ...]], because: str) -> None:
        """`ids` stand in `clusters` from now on; what moves leaves a trace."""

    def groups(self) -> Iterable[str]:
        """The names of all groups."""

    def judged(self, one: str, other: str) -> bool | None:
        """What a person said of two statements."""

    def judge(self, one: str, other: str, same: bool, who: str, why: str) -> None:
        """Keep what a person says of two statements."""


class Held:
    """All of it in memory, for a heap of reports that is looked at once."""

    def __init__(self) -> None:
        self._sheets: dict[str, Sheet] = {}
        self._report: dict[str, str] = {}
        self._keys: dict[str, tuple[int, ...]] = {}
        self._under: dict[int, list[str]] = defaultdict(list)
        self._near: dict[str, dict[str, float]] = defaultdict(dict)
        self._group: dict[str, str] = {}
        self._members: dict[str, tuple[str, ...]] = {}
        self._judged: dict[frozenset[str], bool] = {}
        self.moves: list[tuple[str, str | None, str | None, str]] = []  # statement, from, to, because

    def sheet(self, report: str) -> Sheet | None:
        """A report, None if it is not there."""
        return self._sheets.get(report)

    def report_of(self, statement: str) -> str | None:
        """The report that a statement stands in."""
        return self._report.get(statement)

    def put(self, sheet: Sheet, keys: Collection[int]) -> None:
        """Keep a report, to be found by any of `keys` again."""
        report = sheet.printed.id
        self._sheets[report] = sheet
        self._keys[report] = tuple(keys)
        for telling in sheet.tellings:
            self._report[telling.id] = report
        for key in keys:
            self._under[key].append(report)

    def drop(self, report: str) -> None:
        """Forget a report, its statements and what was near to them."""
        for key in self._keys.pop(report):
            self._under[key].remove(report)
        for telling in self._sheets.pop(report).tellings:
            del self._report[telling.id]
            for other in self._near.pop(telling.id, {}):
                self._near[other].pop(telling.id, None)

    def sharing(self, keys: Iterable[int]) -> Iterable[tuple[int, str]]:
        """Each of `keys` with each report that was put under it."""
        return ((key, report) for key in keys for report in self._under.get(key, ()))

    def expect(self, statements: Iterable[str]) -> None:
        """All is at hand."""

    def near(self, statement: str) -> Mapping[str, float]:
        """Statements near to one, with their log-odds."""
        return self._near.get(statement, {})

    def link(self, one: str, other: str, odds: float) -> None:
        """Two statements are near."""
        self._near[one][other] = self._near[other][one] = odds

    def group_of(self, statement: str) -> str | None:
        """The name of a statement's group: the least id of its statements."""
        return self._group.get(statement)

    def members(self, group: str) -> tuple[str, ...]:
        """The statements of a group, by id."""
        return self._members[group]

    def regroup(self, ids: Collection[str], clusters: Iterable[tuple[str, ...]], because: str) -> None:
        """`ids` stand in `clusters` from now on; what moves leaves a trace."""
        before = {id: self._group.pop(id, None) for id in ids}
        for group in filter(None, set(before.values())):
            self._members.pop(group, None)
        for cluster in clusters:
            self._members[cluster[0]] = cluster
            self._group |= dict.fromkeys(cluster, cluster[0])
        moved = [(id, group, self._group.get(id), because) for id, group in before.items() if group != self._group.get(id)]
        self.moves += [move for move in moved if move[1] is not None]

    def groups(self) -> Iterable[str]:
        """The names of all groups."""
        return list(self._members)

    def judged(self, one: str, other: str) -> bool | None:
        """What a person said of two statements."""
        return self._judged.get(frozenset((one, other)))

    def judge(self, one: str, other: str, same: bool, who: str, why: str) -> None:
        """Keep what a person says of two statements."""
        self._judged[frozenset((one, other))] = same
