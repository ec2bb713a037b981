"""The threads of a dossier: groups with their origins, answers and contradictions, kept up as reports come and go."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ascribe.schema import Record
from ascribe.thread.contradictions import Contradiction, contradictions_of
from ascribe.thread.event import Event, claimants_of, event_of, most
from ascribe.thread.groups import Groups
from ascribe.thread.links import answers_of, returns_of
from ascribe.thread.memory import Memory
from ascribe.thread.origins import Origins, origins_of


@dataclass(frozen=True, slots=True)
class Group:
    """Statements that tell one event or position, on whose word, and what it answers."""

    id: str  # of its first statement
    event: Event
    origins: Origins
    answers: str | None  # another group
    asked_in_return: str | None  # the group that tells what is asked for it
    dispute: str | None
    claimants: frozenset[str]

    @property
    def members(self) -> tuple[str, ...]:
        """The statements, in the order in which they were printed."""
        return tuple(telling.id for telling in self.event.tellings)


@dataclass(frozen=True, slots=True)
class View:
    """What is known at one moment: the groups, the oldest first, and where they contradict."""

    groups: tuple[Group, ...]
    contradictions: tuple[Contradiction, ...]


class Threads:
    """Add reports, take them out again, join or part what a person says, and look."""

    def __init__(self, memory: Memory | None = None) -> None:
        self.groups = Groups(memory)

    def add(self, record: Record) -> None:
        """Take in a report: the groups that it touches are worked out anew, no others."""
        self.groups.add(record)

    def remove(self, report: str, *, because: str = "taken out") -> None:
        """Take out a report that was withdrawn, or is to be compared anew."""
        self.groups.remove(report, because)

    def join(self, one: str, other: str, *, who: str = "", why: str = "") -> None:
        """A person says that two statements tell the same."""
        self.groups.judge(one, other, True, who=who, why=why)

    def part(self, one: str, other: str, *, who: str = "", why: str = "") -> None:
        """A person says that two statements do not tell the same."""
        self.groups.judge(one, other, False, who=who, why=why)

    def view(self, statements: Iterable[str] | None = None) -> View:
        """The groups (those of `statements`, or all) with everything that is said of them."""
        if statements is None:
            return self._view([event_of(group) for group in self.groups.groups()])
        wanted = self.groups.groups_of(statements)
        beside = [event_of(group) for group in self.groups.beside(wanted)]
        names = {group[0].id for group in wanted}
        whole = self._view(beside)
        contradictions = tuple(c for c in whole.contradictions if names.intersection(c.groups))
        return View(tuple(group for group in whole.groups if group.id in names), contradictions)

    def _view(self, events: Sequence[Event]) -> View:
        answers, returns, disputes = answers_of(events), returns_of(events), _disputes(events)
        groups = tuple(
            Group(
                id=event.id,
                event=event,
                origins=self.origins(event),
                answers=answers.get(event.id),
                asked_in_return=returns.get(event.id),
                dispute=disputes.get(event.id),
                claimants=claimants_of(disputes[event.id]) if event.id in disputes else frozenset(),
            )
            for event in events
        )
        return View(groups, tuple(c for event in events for c in contradictions_of(event)))

    def origins(self, event: Event) -> Origins:
        """On how many independent roots an event rests."""
        return origins_of(event.tellings, {report: self.groups.sheet(report).printed for report in event.reports})


def _disputes(events: Sequence[Event]) -> dict[str, str]:
    """The dispute of an event: its own, else that of the reports that tell it, if its parties are in it."""
    by_report: dict[str, list[str]] = defaultdict(list)
    for event in events:
        for telling in event.tellings:
            if telling.dispute:
                by_report[telling.report].append(telling.dispute)
    found = {}
    for event in events:
        near = [most(by_report[report]) for report in sorted(event.reports) if by_report[report]]
        dispute = event.dispute or (most(near) if near else None)
        countries = {party.country for party in event.actors | event.recipients if party.country}
        if dispute and (event.dispute or not countries or countries & claimants_of(dispute)):
            found[event.id] = dispute
    return found
