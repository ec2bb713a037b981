"""Offers, requests, accusations and threats with what became of them: one record joins all tellings and answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from ascribe.store import Dossier, Question
from ascribe.thread import Group
from ascribe.thread.pairs import agreement
from ascribe.view.origins import count
from ascribe.view.record import Json
from ascribe.view.told import Told, arrow, group_json, group_schema, told, when, who, words

if TYPE_CHECKING:
    import pyarrow as pa

_KINDS: Final = {
    "AGREE": "offer", "REQUEST": "request", "ACCUSE": "accusation", "PROTEST": "protest", "THREATEN": "threat",
    "SANCTION": "measure", "CLAIM": "claim",
}  # fmt: skip
_ALWAYS: Final = ("AGREE", "REQUEST", "THREATEN")  # shown without an answer too
_REFUSED: Final = frozenset({"REJECT"})
_TAKEN: Final = frozenset({"AGREE", "SUPPORT", "CONCEDE", "RETREAT", "AID", "COOPERATE", "CONSULT"})
_ACTS: Final = frozenset({"MOBILIZE", "COERCE", "ASSAULT", "SANCTION"})
_SOON: Final = 90  # days in which an act may make a threat good


def exchanges(dossier: Dossier, question: Question | None = None) -> pa.Table:
    """Exchanges, one a row, as an Arrow table."""
    return arrow(lines(told(dossier, question)), schema())


def lines(found: Told) -> Iterator[Json]:
    """The same, one object each: what was offered or said, what is asked in return, the answers over time, the state."""
    for group in openings(found):
        asked = found.group(group.asked_in_return or "")
        answers = answers_to(group, found)
        yield {
            "kind": _KINDS[group.event.type],
            "state": state(group, answers, found),
            "opening": group_json(group, found),
            "asked_in_return": group_json(asked, found) if asked else None,
            "answers": [group_json(answer, found) for answer in answers],
            "denied_by": denied_by(group, found),
        }


def openings(found: Told) -> list[Group]:
    """Groups that something answers, and offers, requests and threats that nothing answers yet."""
    answered = {group.answers for group in found.view.groups}
    prices = {group.asked_in_return for group in found.view.groups}
    return [
        group
        for group in found.view.groups
        if group.event.type in _KINDS
        and not group.event.background
        and (
            group.id in answered
            or (group.event.type in _ALWAYS and group.id not in prices and group.answers is None)
            or (group.event.type == "ACCUSE" and denied_by(group, found))
        )
    ]


def answers_to(group: Group, found: Told) -> list[Group]:
    """What answers it, and what answers its price; of a threat, the acts that followed; in the order of days."""
    wanted = {group.id, group.asked_in_return}
    answers = [other for other in found.view.groups if other.answers is not None and other.answers in wanted]
    if group.event.type == "THREATEN":
        answers += [other for other in found.view.groups if other not in answers and _makes_good(other, group)]
    return sorted(answers, key=_first)


def _first(group: Group) -> tuple[int, str]:
    return (group.event.days.first if group.event.days else 0), group.id


def _makes_good(act: Group, threat: Group) -> bool:
    a, t = act.event, threat.event
    if a.type not in _ACTS or a.days is None or t.days is None or not 0 <= a.days.first - t.days.first <= _SOON:
        return False
    return agreement(a.actors, t.actors) > 0 and agreement(a.recipients, t.recipients) > 0


def denied_by(group: Group, found: Told) -> list[str]:
    """The reports in which somebody denies that it is so."""
    sides = [c.sides[1] for c in found.view.contradictions if c.groups == (group.id,) and c.sides[1].value == "denied"]
    return sorted({report for side in sides for report in side.reports})


def state(group: Group, answers: Sequence[Group], found: Told) -> str:
    """ "accepted", "refused", "accepted by some, refused by others", "carried out", "answered" or "no answer so far"."""
    types = {answer.event.type for answer in answers}
    if group.event.type == "THREATEN" and types & _ACTS:
        return "carried out"
    if types & _REFUSED:
        return "accepted by some, refused by others" if types & _TAKEN else "refused"
    if types & _TAKEN:
        return "accepted"
    if types:
        return "answered"
    return "denied" if denied_by(group, found) else "no answer so far"


def schema() -> pa.Schema:
    """The columns of `lines`."""
    import pyarrow as pa

    group = pa.struct(list(group_schema()))
    return pa.schema(
        [
            ("kind", pa.string()),
            ("state", pa.string()),
            ("opening", group),
            ("asked_in_return", group),
            ("answers", pa.list_(group)),
            ("denied_by", pa.list_(pa.string())),
        ]
    )


def page(found: Told, *, columns: int) -> str:
    """All exchanges, the oldest first."""
    del columns  # each line is short
    return "\n".join(line for group in openings(found) for line in [*exchange_page(group, found), ""])


def exchange_page(group: Group, found: Told) -> Iterator[str]:
    """One exchange: opening, price, answers."""
    answers = answers_to(group, found)
    yield f"{_KINDS[group.event.type]}, {state(group, answers, found)}"
    yield _line("", group, found)
    asked = found.group(group.asked_in_return or "")
    if asked is not None:
        yield _line("in return ", asked, found)
    for answer in answers:
        yield _line("answer    ", answer, found)
    if denied := denied_by(group, found):
        yield f"  denied in {', '.join(found.reports[report].publisher or report for report in denied)}"


def _line(role: str, group: Group, found: Told) -> str:
    of = "background" if group.event.background else count(group.origins)
    return f"  {role}{when(group, found)}  {who(group)}  {group.event.type}  {words(group, found)}  [{of}]"
