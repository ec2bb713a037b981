"""Statements that tell the same thing, put together as reports arrive.

Invariants: whether two statements are joined depends on them alone (`pairs`); who is compared with whom depends on them alone
(`_keys`); a cluster is worked out anew from all pairs of the neighbourhood that a new report touches. So the groups depend on
which reports there are, never on the order in which they came, and a report costs what its neighbourhood holds, however large
the dossier. What a person joined or parted stands above all of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from heapq import heapify, heappop, heappush
from typing import Final

from ascribe.schema import Record
from ascribe.thread.pairs import Kinship, nearness, score
from ascribe.thread.printed import QUARTER, Printed, kinship, printed_of
from ascribe.thread.telling import Telling, tellings
from ascribe.thread.texts import is_copy
from ascribe.thread.words import overlap

_TELLING_WORD: Final = 0.4  # weight from which on a shared word makes two statements worth comparing
_NEAR: Final = -2.5  # log-odds from which on two statements are neighbours, though not yet one
_CROWD: Final = 400  # neighbours beyond which a neighbourhood is only joined pair by pair
_SURE: Final = 2.0  # log-odds that a pair in a crowd needs
_UNLIKELY: Final = -2.0  # log-odds of a pair that was never compared
_QUARTERS: Final = 5  # that a vague day is looked for in
_SHARED: Final = 1.0  # weight of shared names from which on two reports are compared


class Groups:
    """Groups of statements; `add` and `remove` reports, `judge` pairs, and ask for the groups at any time."""

    def __init__(self) -> None:
        self._tellings: dict[str, Telling] = {}
        self._printed: dict[str, Printed] = {}
        self._of_report: dict[str, tuple[str, ...]] = {}
        self._by_key: dict[tuple[str, str, int], list[str]] = defaultdict(list)
        self._by_name: dict[tuple[str, int], list[str]] = defaultdict(list)
        self._by_run: dict[int, list[str]] = defaultdict(list)
        self._near: dict[str, dict[str, float]] = defaultdict(dict)
        self._group: dict[str, str] = {}  # statement -> first of its group
        self._members: dict[str, tuple[str, ...]] = {}
        self._judged: dict[frozenset[str], bool] = {}

    # ---- in ----

    def add(self, record: Record) -> None:
        """Take in a report; the groups that it touches are worked out anew."""
        if record.report.id in self._printed:
            return
        printed = printed_of(record)
        told = tellings(record)
        self._printed[printed.id] = printed
        self._of_report[printed.id] = tuple(telling.id for telling in told)
        kin = _Kin(printed, self._printed)
        beside = [id for report in self._beside(printed) for id in self._of_report[report]]
        for telling in told:
            self._tellings[telling.id] = telling
            retold = {id for key in _keys(telling, printed) for id in self._by_key.get(key, ())}
            self._compare(telling, sorted(retold.union(beside)), kin)
            beside.append(telling.id)
            for key in _keys(telling, printed):
                self._by_key[key].append(telling.id)
        self._post(printed)
        self._regroup(self._of_report[printed.id])

    def _post(self, printed: Printed) -> None:
        for run in printed.text.keys:
            self._by_run[run].append(printed.id)
        for name in printed.names:
            self._by_name[name, printed.quarter].append(printed.id)

    def remove(self, report: str) -> None:
        """Take out a report that was withdrawn; what it alone held together falls apart."""
        printed, gone = self._printed.pop(report), self._of_report.pop(report)
        touched: set[str] = set()
        for id in gone:
            touched.update(self._members[self._group[id]])
            touched.update(self._near[id])
            for key in _keys(self._tellings[id], printed):
                self._by_key[key].remove(id)
            for other in self._near.pop(id, {}):
                self._near[other].pop(id, None)
        for run in printed.text.keys:
            self._by_run[run].remove(report)
        for name in printed.names:
            self._by_name[name, printed.quarter].remove(report)
        for id in gone:
            self._tellings.pop(id)
        for first in {self._group.pop(id) for id in gone}:
            for member in self._members.pop(first):
                self._group.pop(member, None)
        self._regroup(sorted(touched - set(gone)))

    def judge(self, one: str, other: str, same: bool) -> None:
        """What a person says of two statements: that they tell the same, or that they do not."""
        self._judged[frozenset((one, other))] = same
        self._near[one][other] = self._near[other][one] = _JUDGED if same else -_JUDGED
        self._regroup((one, other))

    # ---- out ----

    def groups(self) -> list[tuple[str, ...]]:
        """All groups, each with its statements in the order in which they were printed, the oldest group first."""
        found = (self._sorted(members) for members in self._members.values())
        return sorted(found, key=lambda members: self._order(members[0]))

    def groups_of(self, statements: Iterable[str]) -> list[tuple[str, ...]]:
        """The groups that hold `statements`, in the same order."""
        firsts = {self._group[id] for id in statements if id in self._group}
        found = (self._sorted(self._members[first]) for first in firsts)
        return sorted(found, key=lambda members: self._order(members[0]))

    def telling(self, statement: str) -> Telling:
        """A statement as it is compared."""
        return self._tellings[statement]

    def statements_of(self, report: str) -> tuple[str, ...]:
        """The statements of a report."""
        return self._of_report[report]

    def printed(self, report: str) -> Printed:
        """A report as it is compared."""
        return self._printed[report]

    @property
    def reports(self) -> Mapping[str, Printed]:
        """All reports by id."""
        return self._printed

    def copies_of(self, report: str) -> list[str]:
        """Reports that print the same text, this one left out."""
        text = self._printed[report].text
        found = {other for run in text.keys for other in self._by_run[run]}
        return sorted(other for other in found - {report} if is_copy(text, self._printed[other].text))

    def _sorted(self, members: Iterable[str]) -> tuple[str, ...]:
        return tuple(sorted(members, key=self._order))

    def _order(self, statement: str) -> tuple[int, str, int]:
        telling = self._tellings[statement]
        return self._printed[telling.report].day, telling.report, telling.position

    # ---- who is compared with whom ----

    def _compare(self, telling: Telling, others: Iterable[str], kin: _Kin) -> None:
        for id in others:
            other = self._tellings[id]
            if frozenset((telling.id, id)) in self._judged or not _worth(telling, other):
                continue
            odds = score(telling, other, kin.to(other.report))
            if odds > _NEAR:
                self._near[telling.id][id] = self._near[id][telling.id] = odds

    def _beside(self, printed: Printed) -> list[str]:
        """Reports of the same weeks that share names with this one."""
        shared: dict[str, float] = defaultdict(float)
        for quarter in range(printed.quarter - 1, printed.quarter + 2):
            for name, weight in printed.names.items():
                for other in self._by_name.get((name, quarter), ()):
                    shared[other] += weight
        return sorted(other for other, weight in shared.items() if weight >= _SHARED)

    # ---- clusters ----

    def _regroup(self, touched: Iterable[str]) -> None:
        seen: set[str] = set()
        for id in touched:
            if id in seen:
                continue
            neighbourhood = self._neighbourhood(id)
            seen |= neighbourhood
            self._forget(neighbourhood)
            for cluster in self._clusters(neighbourhood):
                self._keep(cluster)

    def _neighbourhood(self, id: str) -> set[str]:
        found, open_ = {id}, [id]
        while open_:
            for other, odds in self._near[open_.pop()].items():
                if odds > _NEAR and other not in found:
                    found.add(other)
                    open_.append(other)
        return found

    def _forget(self, ids: Collection[str]) -> None:
        for first in {self._group[id] for id in ids if id in self._group}:
            for member in self._members.pop(first):
                self._group.pop(member, None)

    def _keep(self, cluster: Iterable[str]) -> None:
        members = tuple(sorted(cluster))
        self._members[members[0]] = members
        for id in members:
            self._group[id] = members[0]

    def _clusters(self, ids: set[str]) -> list[list[str]]:
        edges = {(a, b): odds for a in ids for b, odds in self._near[a].items() if a < b}
        return linked(sorted(ids), edges) if len(ids) > _CROWD else averaged(sorted(ids), edges)


_JUDGED: Final = 1000.0


def averaged(ids: list[str], edges: dict[tuple[str, str], float]) -> list[list[str]]:
    """Clusters in which two are joined as long as the mean of the log-odds between them speaks for it, the surest first."""
    clusters = {id: [id] for id in ids}
    sums: dict[str, dict[str, float]] = {id: {} for id in ids}
    counts: dict[str, dict[str, int]] = {id: {} for id in ids}
    for (a, b), odds in edges.items():
        sums[a][b] = sums[b][a] = odds
        counts[a][b] = counts[b][a] = 1
    heap = [(-odds, a, b, 1, 1) for (a, b), odds in edges.items() if odds > 0]
    heapify(heap)
    while heap:
        _, a, b, size_a, size_b = heappop(heap)
        if a not in clusters or b not in clusters or len(clusters[a]) != size_a or len(clusters[b]) != size_b:
            continue
        clusters[a] = sorted(clusters[a] + clusters.pop(b))
        for c, total in sums.pop(b).items():
            number = counts[b][c]
            sums[c].pop(b, None)
            counts[c].pop(b, None)
            if c != a:
                sums[a][c] = sums[c][a] = sums[a].get(c, 0.0) + total
                counts[a][c] = counts[c][a] = counts[a].get(c, 0) + number
        counts.pop(b)
        for c, total in sums[a].items():
            pairs = len(clusters[a]) * len(clusters[c])
            mean = round((total + _UNLIKELY * (pairs - counts[a][c])) / pairs, 9)
            if mean > 0:
                one, other = min(a, c), max(a, c)
                heappush(heap, (-mean, one, other, len(clusters[one]), len(clusters[other])))
    return list(clusters.values())


def linked(ids: list[str], edges: dict[tuple[str, str], float]) -> list[list[str]]:
    """Clusters of whatever hangs together by sure pairs."""
    parent = {id: id for id in ids}

    def root(id: str) -> str:
        while parent[id] != id:
            parent[id] = id = parent[parent[id]]
        return id

    for (a, b), odds in edges.items():
        if odds > _SURE:
            one, other = sorted((root(a), root(b)))
            parent[other] = one
    clusters: dict[str, list[str]] = defaultdict(list)
    for id in ids:
        clusters[root(id)].append(id)
    return list(clusters.values())


# ---- reports ----


class _Kin:
    """How a report stands to others, each asked once."""

    def __init__(self, printed: Printed, others: dict[str, Printed]) -> None:
        self._printed = printed
        self._others = others
        self._known: dict[str, Kinship] = {}

    def to(self, report: str) -> Kinship:
        if report not in self._known:
            self._known[report] = kinship(self._printed, self._others[report])
        return self._known[report]


def _worth(one: Telling, other: Telling) -> bool:
    """Whether a pair is worth weighing: types that can be taken for each other, or one wording."""
    if one.report == other.report and (one.same_as == other.id or other.same_as == one.id):
        return True
    return (
        nearness(one.type, other.type) > 0
        or not one.senses.isdisjoint(other.senses)
        or overlap(one.heads, other.heads) > 0.3
    )


def _keys(telling: Telling, printed: Printed) -> Iterator[tuple[str, str, int]]:
    """Where an event of other weeks than its report's is found: by a country, a telling word, a quarter."""
    if telling.days is None or not telling.days.told:
        return
    first, last = telling.days.first // QUARTER, telling.days.last // QUARTER
    words = [word for word, weight in telling.clause.words.items() if weight >= _TELLING_WORD]
    for quarter in range(max(first, last - _QUARTERS + 1), last + 1):
        for country in sorted(telling.countries):
            for word in words:
                yield country, word, quarter
