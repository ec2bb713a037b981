"""Where reports contradict each other: two versions of one event that cannot both be right, side by side."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from ascribe.thread.event import Event
from ascribe.thread.telling import Telling

_DEEDS: Final = frozenset({"ASSAULT", "COERCE", "MOBILIZE"})  # that leave a trace: who denies them denies having done them
_TOLD: Final = frozenset({"actual", "historical"})  # what may come, or might, contradicts no denial
_FORCE: Final = frozenset({"ASSAULT", "COERCE"})


@dataclass(frozen=True, slots=True)
class Side:
    """One version: what it says, who says it, in which statements."""

    value: str
    reports: frozenset[str]
    statements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Contradiction:
    """`field`: "occurrence", "number", "actor", "place", "date" or "responsibility"."""

    field: str
    groups: tuple[str, ...]
    sides: tuple[Side, Side]


def contradictions_of(event: Event) -> Iterator[Contradiction]:
    """What the tellings of one event contradict each other in."""
    yield from _denied(event)
    if event.background:
        return
    told = [telling for telling in event.tellings if telling.stance == "asserts" and telling.status != "hypothetical"]
    yield from _versions(event, "number", _numbers(told))
    yield from _versions(event, "place", _grounds(told))
    if event.type in _FORCE:
        yield from _versions(event, "actor", _doers(told))


def _denied(event: Event) -> Iterator[Contradiction]:
    """One asserts what another denies. Who denies a deed of violence of his own denies that it was he."""
    denied = [telling for telling in event.tellings if _denies(telling)]
    asserted = [telling for telling in event.tellings if telling.stance == "asserts" and telling.status in _TOLD]
    if not denied or not asserted:
        return
    field = (
        "responsibility"
        if event.type in _DEEDS and any(_by_the_doer(event, telling) for telling in denied)
        else "occurrence"
    )
    yield Contradiction(field, (event.id,), (_side("told", asserted), _side("denied", denied)))


def _denies(telling: Telling) -> bool:
    """Somebody denies it, or an event is told not to have been."""
    return telling.stance == "denies" or (telling.status == "negated" and telling.kind == "event")


def _by_the_doer(event: Event, telling: Telling) -> bool:
    """Whether the one who denies is the one said to have done it."""
    doers = {party.country for party in event.actors | telling.actors if party.country}
    sources = {voice.key for voice in telling.voices}
    return not sources or not doers.isdisjoint(sources)


def _versions(event: Event, field: str, found: Mapping[str, Mapping[str, list[Telling]]]) -> Iterator[Contradiction]:
    """Each pair of values of one thing: three versions make three contradictions."""
    for values in found.values():
        for one, other in combinations(sorted(values), 2):
            sides = _side(one, values[one]), _side(other, values[other])
            if sides[0].reports != sides[1].reports:
                yield Contradiction(field, (event.id,), sides)


def _side(value: str, tellings: Iterable[Telling]) -> Side:
    given = list(tellings)
    return Side(value, frozenset(telling.report for telling in given), tuple(telling.id for telling in given))


# ---- numbers ----


def _numbers(told: Iterable[Telling]) -> dict[str, dict[str, list[Telling]]]:
    """Exact numbers by what they count, as far as each report has one number for it."""
    by_report: dict[tuple[str, str], dict[int, list[Telling]]] = defaultdict(lambda: defaultdict(list))
    for telling in told:
        for counted in telling.clause.counted:
            if not counted.about:
                by_report[telling.report, counted.what][counted.number].append(telling)
    found: dict[str, dict[str, list[Telling]]] = defaultdict(lambda: defaultdict(list))
    for (_, what), numbers in by_report.items():
        if len(numbers) == 1:
            for number, tellings in numbers.items():
                found[what][f"{number} {what}"] += tellings
    return {what: dict(values) for what, values in found.items() if len(values) > 1}


# ---- places and doers ----


def _grounds(told: Iterable[Telling]) -> dict[str, dict[str, list[Telling]]]:
    """Whose waters or soil it was in."""
    found: dict[str, list[Telling]] = defaultdict(list)
    for telling in told:
        if len(telling.clause.ground) == 1:
            found[min(telling.clause.ground)].append(telling)
    return {"ground": dict(found)}


def _doers(told: Iterable[Telling]) -> dict[str, dict[str, list[Telling]]]:
    """Soldiers or a gang, as far as a report names one kind of doer."""
    by_report: dict[str, set[str]] = defaultdict(set)
    tellings: dict[str, list[Telling]] = defaultdict(list)
    for telling in told:
        by_report[telling.report] |= telling.clause.doers
        tellings[telling.report].append(telling)
    found: dict[str, list[Telling]] = defaultdict(list)
    for report, doers in by_report.items():
        if len(doers) == 1:
            found[min(doers)] += tellings[report]
    return {"doer": dict(found)}
