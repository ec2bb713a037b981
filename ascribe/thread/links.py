"""Which event answers which offer, request, accusation or measure, and what was asked in return."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Final

from ascribe.data import rows
from ascribe.thread.event import Event
from ascribe.thread.pairs import agreement
from ascribe.thread.words import Weights

_ENOUGH: Final = 1.0  # what speaks for an answer until it is taken for one
_ENOUGH_ASKED: Final = 1.2
_LATER: Final = 60  # days after which nothing is an answer any more


def answers_of(events: Sequence[Event]) -> dict[str, str]:
    """For events that answer another the one that they answer, both by id."""
    return {
        event.id: best
        for event, others in _beside(events)
        if (best := _best([(answer_score(event, other), other) for other in others], _ENOUGH)) is not None
    }


def returns_of(events: Sequence[Event]) -> dict[str, str]:
    """For offers and refusals the request that tells what is asked in return."""
    return {
        event.id: best
        for event, others in _beside(events)
        if event.type in _WITH_A_PRICE
        and (best := _best([(return_score(event, other), other) for other in others], _ENOUGH_ASKED)) is not None
    }


_WITH_A_PRICE: Final = frozenset({"AGREE", "REJECT", "CONCEDE", "SUPPORT"})


def _beside(events: Sequence[Event]) -> Iterable[tuple[Event, list[Event]]]:
    """Each event with those that a report tells together with it."""
    by_report: dict[str, list[Event]] = defaultdict(list)
    for event in events:
        for report in sorted(event.reports):
            by_report[report].append(event)
    for event in events:
        others = {other.id: other for report in event.reports for other in by_report[report] if other.id != event.id}
        yield event, [others[id] for id in sorted(others)]


def _best(scored: Iterable[tuple[float, Event]], enough: float) -> str | None:
    good = [(score, other.id) for score, other in scored if score >= enough]
    return min(good, key=lambda pair: (-pair[0], pair[1]))[1] if good else None


# ---- answers ----


def answer_score(event: Event, other: Event) -> float:
    """What speaks for `event` answering `other`: its type and words, who does it to whom, the day, what the reports say."""
    row = _answers().get((event.type, other.type))
    if row is None or not _in_time(event, other):
        return 0.0
    weight, cue = row
    if cue and cue not in event.cues:
        return 0.0
    direction = _turned(event, other)
    if direction < 0:
        return 0.0
    told = _told_so(event, other)
    if not told and direction == 0:
        return 0.0
    return weight + 0.8 * direction + 1.0 * _named_in(event, other) + 1.0 * told + 0.3 * _together(event, other) - 0.8


def _turned(event: Event, other: Event) -> float:
    """From -1 to 1: whether the doer of the answer is the one to whom the other was directed, and the other way round."""
    forth = agreement(event.actors, other.recipients)
    back = agreement(event.recipients, other.actors)
    if forth < 0 or (event.recipients and back < 0) or (agreement(event.actors, other.actors) > 0.5 and forth <= 0):
        return -1.0
    return max(forth, 0.0) * 0.6 + max(back, 0.0) * 0.4


def _in_time(event: Event, other: Event) -> bool:
    if event.days is None or other.days is None:
        return True
    return other.days.first <= event.days.last and event.days.first - other.days.last <= _LATER


def _named_in(event: Event, other: Event) -> float:
    """How much of what it answers the answer names: "rejected a proposal" names what was proposed."""
    own: Weights = {word: weight for telling in event.tellings for word, weight in telling.heads.items()}
    theirs: Weights = {word: weight for telling in other.tellings for word, weight in telling.heads.items()}
    shared = sum(weight for word, weight in own.items() if word in theirs)
    return min(shared, 1.0)


def _together(event: Event, other: Event) -> float:
    """1 where a sentence tells both."""
    mine = {(telling.report, telling.clause.number) for telling in event.tellings}
    return float(any((telling.report, telling.clause.number) in mine for telling in other.tellings))


def _told_so(event: Event, other: Event) -> float:
    ids = {telling.id for telling in other.tellings}
    return float(any(telling.answers in ids for telling in event.tellings))


@cache
def _answers() -> dict[tuple[str, str], tuple[float, str]]:
    return {(row["type"], row["to"]): (float(row["weight"]), row["cue"]) for row in rows("thread_answers")}


# ---- what is asked in return ----


def return_score(event: Event, other: Event) -> float:
    """What speaks for `other` being the price of `event`: one doer, one sentence, words that set a condition."""
    if (
        other.type != "REQUEST"
        or agreement(event.actors, other.actors) < 0
        or agreement(event.recipients, other.recipients) < 0
    ):
        return 0.0
    same = (
        max(agreement(event.actors, other.actors), 0.0) * 0.6 + max(agreement(event.recipients, other.recipients), 0.0) * 0.4
    )
    nearest = min(
        (
            abs(one.clause.number - two.clause.number)
            for one in event.tellings
            for two in other.tellings
            if one.report == two.report
        ),
        default=9,
    )
    if nearest > 1:
        return 0.0
    return same + (0.4 if nearest == 0 else 0.0) + 0.6 * _conditional(event, other)


def _conditional(event: Event, other: Event) -> float:
    """How surely the words set a condition: in the trigger of what is asked, or in the sentence that tells both."""
    if any({"in return", "maybe in return"} & telling.cues for telling in other.tellings):
        return 1.0
    mine = {(telling.report, telling.clause.number) for telling in event.tellings}
    shared = [telling for telling in other.tellings if (telling.report, telling.clause.number) in mine]
    return float(any("in return" in telling.clause.cues for telling in shared)) or 0.7 * float(
        any("in return" in telling.clause.cues for telling in other.tellings)
    )
