"""Statements that tell the same thing, put together as reports arrive.

Invariants: whether two statements are joined depends on them alone (`pairs`); which reports are compared depends on these
alone (`keys_of`); a cluster is worked out anew from all pairs of the neighbourhood that a new report touches. So the groups
depend on which reports there are, never on the order in which they came, and a report costs what its neighbourhood holds,
however large the dossier. What a person joined or parted stands above all of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Final

from ascribe.errors import UsageError
from ascribe.schema import Record
from ascribe.thread.clusters import SURE, Join, averaged, linked
from ascribe.thread.memory import Held, Memory, Sheet, sheet_of
from ascribe.thread.pairs import Kinship, nearness, score
from ascribe.thread.printed import QUARTER, kinship
from ascribe.thread.telling import Telling
from ascribe.thread.words import overlap

_TELLING_WORD: Final = 0.4  # weight from which on a shared word helps to find an event of other weeks
_NEAR: Final = -2.5  # log-odds from which on two statements are neighbours, though not yet one
_CROWD: Final = 120  # statements beyond which a neighbourhood is only joined by sure pairs
_MOST: Final = 400  # statements of a crowd that are looked at
_JUDGED: Final = 1000.0  # log-odds that a person's word counts as
_QUARTERS: Final = 5  # that a vague day is looked for in
_SHARED: Final = 1.0  # weight of shared keys from which on two reports are compared
_RUN: Final = 0.35  # of that for a shared run of words: one is chance, three are a copy
_RETOLD: Final = 0.5  # of that for a shared country, word and quarter of an earlier event
_ALIKE: Final = 0.3  # overlap of words from which on types do not matter


class Groups:
    """Groups of statements; `add` and `remove` reports, `judge` pairs, and ask for the groups at any time."""

    def __init__(self, memory: Memory | None = None) -> None:
        self.memory: Memory = memory or Held()

    # ---- in ----

    def add(self, record: Record) -> None:
        """Take in a report; the groups that it touches are worked out anew."""
        if self.memory.sheet(record.report.id) is not None:
            return
        sheet = sheet_of(record)
        keys = keys_of(sheet)
        beside = self._beside(keys.sought)
        self.memory.put(sheet, keys.own)
        self.memory.expect(telling.id for other in beside for telling in other.tellings)
        for other in beside:
            self._compare(sheet, other)
        self._compare_within(sheet)
        self._regroup([telling.id for telling in sheet.tellings], f"report {sheet.printed.id}")

    def remove(self, report: str, because: str = "taken out") -> None:
        """Take out a report that was withdrawn; what it alone held together falls apart."""
        sheet = self.memory.sheet(report)
        if sheet is None:
            raise UsageError(f"{report}: no such report has been threaded")
        gone = {telling.id for telling in sheet.tellings}
        touched = {other for id in gone for other in self.memory.near(id)}
        touched |= {member for id in gone if (group := self.memory.group_of(id)) for member in self.memory.members(group)}
        self.memory.drop(report)
        self.memory.regroup(gone, (), f"report {report} {because}")
        self._regroup(sorted(touched - gone), f"report {report} {because}")

    def judge(self, one: str, other: str, same: bool, *, who: str = "", why: str = "") -> None:
        """What a person says of two statements: that they tell the same, or that they do not."""
        for id in (one, other):
            if self.memory.report_of(id) is None:
                raise UsageError(f"{id}: there is no such statement; `ascribe origins --format jsonl` shows ids")
        self.memory.judge(one, other, same, who, why)
        self.memory.link(one, other, _JUDGED if same else -_JUDGED)
        self._regroup((one, other), f"{who or 'a person'}: {why}")

    # ---- out ----

    def groups(self) -> list[tuple[Telling, ...]]:
        """All groups, each with its statements in the order in which they were printed, the oldest group first."""
        return self._in_order(self.memory.groups())

    def groups_of(self, statements: Iterable[str]) -> list[tuple[Telling, ...]]:
        """The groups that hold `statements`, in the same order."""
        return self._in_order({group for id in statements if (group := self.memory.group_of(id))})

    def beside(self, groups: Iterable[Sequence[Telling]]) -> list[tuple[Telling, ...]]:
        """The groups that a report of `groups` tells too, these among them."""
        reports = sorted({telling.report for group in groups for telling in group})
        return self.groups_of(telling.id for report in reports for telling in self.sheet(report).tellings)

    def sheet(self, report: str) -> Sheet:
        """A report as it is compared."""
        sheet = self.memory.sheet(report)
        if sheet is None:
            raise UsageError(f"{report}: no such report has been threaded")
        return sheet

    def telling(self, statement: str) -> Telling:
        """A statement as it is compared."""
        sheet = self.sheet(self.memory.report_of(statement) or statement)
        return next(telling for telling in sheet.tellings if telling.id == statement)

    def _in_order(self, groups: Iterable[str]) -> list[tuple[Telling, ...]]:
        found = [self._printed_order(self.memory.members(group)) for group in groups]
        return sorted(found, key=lambda group: self._order(group[0]))

    def _printed_order(self, members: Iterable[str]) -> tuple[Telling, ...]:
        return tuple(sorted((self.telling(id) for id in members), key=self._order))

    def _order(self, telling: Telling) -> tuple[int, str, int]:
        return self.sheet(telling.report).printed.day, telling.report, telling.position

    # ---- who is compared with whom ----

    def _beside(self, keys: dict[int, float]) -> list[Sheet]:
        """Reports that share enough keys with a new one."""
        shared: dict[str, float] = defaultdict(float)
        for key, report in self.memory.sharing(keys):
            shared[report] += keys[key]
        return [self.sheet(report) for report, weight in sorted(shared.items()) if weight >= _SHARED]

    def _compare(self, sheet: Sheet, other: Sheet) -> None:
        kin = None
        for one in sheet.tellings:
            for two in other.tellings:
                if worth(one, two):
                    kin = kin or kinship(sheet.printed, other.printed)
                    self._weigh(one, two, kin)

    def _compare_within(self, sheet: Sheet) -> None:
        kin = kinship(sheet.printed, sheet.printed)
        for at, one in enumerate(sheet.tellings):
            for two in sheet.tellings[at + 1 :]:
                if worth(one, two):
                    self._weigh(one, two, kin)

    def _weigh(self, one: Telling, two: Telling, kin: Kinship) -> None:
        judged = self.memory.judged(one.id, two.id)
        odds = score(one, two, kin) if judged is None else _JUDGED if judged else -_JUDGED
        if odds > _NEAR or judged is not None:
            self.memory.link(one.id, two.id, odds)

    # ---- clusters ----

    def _regroup(self, touched: Iterable[str], because: str) -> None:
        seen: set[str] = set()
        for id in touched:
            if id not in seen:
                near = self._hanging(id, 0.0, _CROWD)
                crowded = len(near) > _CROWD
                together = self._crowd(id) if crowded else near
                seen |= together
                self.memory.regroup(together, self._clusters(together, linked if crowded else averaged), because)

    def _hanging(self, id: str, above: float, most: int) -> set[str]:
        """All that hangs together with a statement by pairs that speak for being one, until there are more than `most`."""
        found, open_ = {id}, [id]
        while open_ and len(found) <= most:
            self.memory.expect(open_)
            near = {other for one in open_ for other, odds in self.memory.near(one).items() if odds > above}
            open_ = sorted(near - found)
            found |= near
        return found

    def _crowd(self, id: str) -> set[str]:
        """In a crowd only sure pairs hold together; those whose groups are touched are looked at too."""
        sure = self._hanging(id, SURE, _MOST)
        groups = {group for one in sure if (group := self.memory.group_of(one))}
        return sure.union(*(self.memory.members(group) for group in groups))

    def _clusters(self, ids: Collection[str], join: Join) -> list[tuple[str, ...]]:
        edges = {(a, b): odds for a in ids for b, odds in self.memory.near(a).items() if a < b and b in ids}
        return [tuple(sorted(cluster)) for cluster in join(sorted(ids), edges)]


def worth(one: Telling, other: Telling) -> bool:
    """Whether a pair is worth weighing: types that can be taken for each other, or one wording."""
    if one.id == other.same_as or other.id == one.same_as:
        return True
    return (
        nearness(one.type, other.type) > 0
        or not one.senses.isdisjoint(other.senses)
        or not one.families.isdisjoint(other.families)
        or overlap(one.heads, other.heads) > _ALIKE
    )


@dataclass(frozen=True, slots=True)
class Keys:
    """Under what a report is put, and under what its like is looked for, each key with what sharing it is worth."""

    own: frozenset[int]
    sought: dict[int, float]


def keys_of(sheet: Sheet) -> Keys:
    """Names in the season of the report (sought in the neighbouring ones too), runs of words, and for earlier events
    a country with a telling word in the event's own quarter. Two reports find each other whichever comes first."""
    printed = sheet.printed
    sought = {_key(0, "run", run): _RUN for run in printed.text.keys}
    own = set(sought)
    for name, weight in printed.names.items():
        own.add(_key(printed.season, "name", name))
        for season in (printed.season - 1, printed.season, printed.season + 1):
            sought[_key(season, "name", name)] = weight
    for telling in sheet.tellings:
        for quarter, where in _when_and_where(telling):
            retold = quarter < printed.quarter - 1
            own.add(_key(quarter, "retold" if retold else "fresh", *where))
            sought[_key(quarter, "retold", *where)] = _RETOLD
            if retold:
                sought[_key(quarter, "fresh", *where)] = _RETOLD
    return Keys(frozenset(own), sought)


def _when_and_where(telling: Telling) -> Iterator[tuple[int, tuple[str, str]]]:
    if telling.days is None or not telling.days.told:
        return
    first, last = telling.days.first // QUARTER, telling.days.last // QUARTER
    words = [word for word, weight in telling.clause.words.items() if weight >= _TELLING_WORD]
    for quarter in range(max(first, last - _QUARTERS + 1), last + 1):
        for country in sorted(telling.countries):
            yield from ((quarter, (country, word)) for word in words)


def _key(when: int, *parts: object) -> int:
    """Keys of one time lie side by side in the table, so that what comes by date touches few of its pages."""
    joined = "\x1f".join(map(str, (when, *parts)))
    hashed = blake2b(joined.encode("utf-8", "surrogatepass"), digest_size=5).digest()
    return (when % 2**16) << 40 | int.from_bytes(hashed, "big")
