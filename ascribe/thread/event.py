"""What a group of tellings as a whole tells: the type most of them have, the parties, the first day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from ascribe.data import rows
from ascribe.thread.telling import Days, Party, Telling

_T = TypeVar("_T", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Event:
    """A group seen as one event or position."""

    id: str  # of its first statement
    tellings: tuple[Telling, ...]  # in the order in which they were printed
    type: str
    kind: str
    actors: frozenset[Party]
    recipients: frozenset[Party]
    days: Days | None  # the narrowest that is told, else the first report's
    dispute: str | None
    background: bool

    @property
    def reports(self) -> frozenset[str]:
        """The reports that tell it."""
        return frozenset(telling.report for telling in self.tellings)

    @property
    def cues(self) -> frozenset[str]:
        """What the words of its triggers do: accept, insist …"""
        return frozenset(cue for telling in self.tellings for cue in telling.cues)


def event_of(tellings: Sequence[Telling]) -> Event:
    """What most of the tellings agree on; the first one decides a tie."""
    days = [telling.days for telling in tellings if telling.days]
    told = sorted((day for day in days if day.told), key=lambda day: (day.last - day.first, day.first))
    type = most(telling.type for telling in tellings)
    return Event(
        id=tellings[0].id,
        tellings=tuple(tellings),
        type=type,
        kind=next(telling.kind for telling in tellings if telling.type == type),
        actors=_agreed(telling.actors for telling in tellings),
        recipients=_agreed(telling.recipients for telling in tellings),
        days=told[0] if told else (days[0] if days else None),
        dispute=most(dispute for telling in tellings if (dispute := telling.dispute))
        if any(telling.dispute for telling in tellings)
        else None,
        background=all(telling.status == "historical" or telling.kind == "position" for telling in tellings),
    )


def most(values: Iterable[_T]) -> _T:
    """The most frequent value; of several the first."""
    return Counter(values).most_common(1)[0][0]


def _agreed(named: Iterable[frozenset[Party]]) -> frozenset[Party]:
    """The parties that a third of the tellings that name any have."""
    given = [parties for parties in named if parties]
    counted = Counter(party for parties in given for party in parties)
    return frozenset(party for party, number in counted.items() if 3 * number >= len(given))


def claimants_of(dispute: str) -> frozenset[str]:
    """The states that claim what a dispute of the tables is about."""
    row = next((row for row in rows("disputes") if row["id"] == dispute), None)
    return frozenset(filter(None, row["claimants"].split(";"))) if row else frozenset()
