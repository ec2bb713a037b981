"""A dispute, a pair of parties or a matter that a person opens by a question: all that a dossier says of it, on one page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby
from typing import TYPE_CHECKING, Final

from ascribe.data import rows
from ascribe.errors import UsageError
from ascribe.store import Dossier, Question
from ascribe.thread import Group
from ascribe.view import exchanges
from ascribe.view.ask import question as question_of
from ascribe.view.origins import count
from ascribe.view.record import Json, counted
from ascribe.view.timeline import event_line, in_order
from ascribe.view.told import Told, arrow, told, when, who, words

if TYPE_CHECKING:
    import pyarrow as pa

_WEEK: Final = 7
_TALKS: Final = frozenset({"CONSULT"})
_STAND_OFFS: Final = frozenset({"MOBILIZE", "COERCE", "ASSAULT", "THREATEN"})
_BAR: Final = 20  # columns of the longest bar


@dataclass(frozen=True, slots=True)
class Matter:
    """What is asked about: a dispute of the tables, two parties, or whatever answers a question."""

    name: str
    dispute: str | None
    parties: frozenset[str]


def matter(names: Sequence[str], question: Question) -> tuple[Matter, Question]:
    """One name is a dispute of the tables, two are parties, none leaves the question as it is."""
    if len(names) > 2:
        raise UsageError(f"{' '.join(names)}: name one dispute or two parties")
    if len(names) == 2:
        codes = [_party(name) for name in names]
        return Matter(" and ".join(codes), None, frozenset(codes)), question
    if names:
        found = _dispute(names[0])
        row = next(row for row in rows("disputes") if row["id"] == found)
        asked = replace(question, about=(*question.about, found))
        return Matter(row["name"], found, frozenset(row["claimants"].split(";"))), asked
    if question == Question():
        raise UsageError("name a dispute or two parties, or say with --about, --actor … what it is about")
    return Matter("the matter asked for", None, frozenset()), question


def _dispute(name: str) -> str:
    found = question_of(about=[name]).about
    known = {row["id"] for row in rows("disputes")}
    for id in reversed(found):
        if id in known:
            return id
    raise UsageError(f"{name}: there is no such dispute in the tables; ask with --about {name!r}")


def _party(name: str) -> str:
    known = {row["id"] for row in rows("states")}
    for code in reversed(question_of(actor=[name]).actor):
        if code in known:
            return code
    raise UsageError(f"{name}: there is no such state; give a code (JPN) or a name (Japan)")


def about(dossier: Dossier, names: Sequence[str], question: Question) -> tuple[Matter, Told]:
    """The groups that belong to it."""
    asked_for, asked = matter(names, question)
    found = told(dossier, asked)
    if len(names) == 2:
        kept = tuple(group for group in found.view.groups if asked_for.parties <= _countries(group))
        found = replace(found, view=replace(found.view, groups=kept))
    return asked_for, found


def _countries(group: Group) -> frozenset[str]:
    return frozenset(party.country for party in group.event.actors | group.event.recipients if party.country)


def dispute(dossier: Dossier, names: Sequence[str], question: Question | None = None) -> pa.Table:
    """Tension by month, one row each, as an Arrow table; the events are those of `timeline`."""
    return arrow(lines(about(dossier, names, question or Question())[1]), schema())


# ---- tension over time ----


def lines(found: Told) -> Iterator[Json]:
    """By month: events for and against each other, their weight (score of the type on the Goldstein-like scale of PLOVER),
    and on how many origins they rest. An event counts once, however many reports tell it."""
    events = [group for group in in_order(found) if not group.event.background]
    for month, groups in groupby(events, key=_month):
        those = list(groups)
        scores = [_score(group) for group in those]
        yield {
            "month": month,
            "events": len(those),
            "hostile": sum(score < 0 for score in scores),
            "friendly": sum(score > 0 for score in scores),
            "tension": round(-sum(score for score in scores if score < 0), 2),
            "balance": round(sum(scores), 2),
            "reports": len({report for group in those for report in group.event.reports}),
            "origins_least": sum(group.origins.least for group in those),
            "origins_most": sum(group.origins.most for group in those),
        }


def _month(group: Group) -> str:
    span = group.event.days
    return date.fromordinal(max(1, (span.first if span.told else span.last) if span else 1)).isoformat()[:7]


def _score(group: Group) -> float:
    return counted(group.event.type, None)[1] or 0.0


def schema() -> pa.Schema:
    """The columns of `lines`."""
    import pyarrow as pa

    numbers = ("events", "hostile", "friendly")
    return pa.schema(
        [
            ("month", pa.string()),
            *((name, pa.int32()) for name in numbers),
            ("tension", pa.float64()),
            ("balance", pa.float64()),
            *((name, pa.int32()) for name in ("reports", "origins_least", "origins_most")),
        ]
    )


# ---- the page ----


def page(asked_for: Matter, found: Told, *, columns: int) -> str:
    """Names, who administers, claims, offers and answers, meetings, stand-offs, tension, and what is new this week."""
    del columns
    events = in_order(found)
    sections = [
        ("", [asked_for.name, *_standing(asked_for)]),
        ("names and who uses them", _names(asked_for, found)),
        (
            "standing claims and control",
            [_held(g, found) for g in found.view.groups if g.event.type in ("CLAIM", "CONTROL")],
        ),
        ("offers, requests and answers", _exchanged(found)),
        ("meetings", [event_line(group, found) for group in events if group.event.type in _TALKS]),
        ("stand-offs", [event_line(group, found) for group in events if group.event.type in _STAND_OFFS]),
        ("tension by month", _tension(found)),
        ("new in the last week", _new(found)),
    ]
    return "\n".join(_section(head, body) for head, body in sections if body)


def _section(head: str, body: Iterable[str]) -> str:
    return "\n".join([*([head] if head else []), *(f"  {line}" if head else line for line in body), ""])


def _standing(asked_for: Matter) -> list[str]:
    row = next((row for row in rows("disputes") if row["id"] == asked_for.dispute), None)
    if row is None:
        return []
    since = f" since {row['administered_since']}" if row["administered_since"] else ""
    held = f"administered by {row['administered_by'].replace(';', ', ') or 'nobody'}{since}"
    return [f"claimed by {row['claimants'].replace(';', ', ')}; {held}", *filter(None, [row["note"]])]


def _names(asked_for: Matter, found: Told) -> list[str]:
    """Each name of the tables that the reports use, the party whose name it is, and the publishers that use it."""
    used: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in rows("dispute_names"):
        if row["dispute"] == asked_for.dispute:
            for report in found.reports.values():
                if row["name"] in report.text:
                    used[row["name"], row["party"] or "of no party"].add(report.publisher or report.id)
    return [f"{name} ({party}): {', '.join(sorted(outlets))}" for (name, party), outlets in sorted(used.items())]


def _held(group: Group, found: Told) -> str:
    said_by = sorted({found.reports[report].publisher or report for report in group.event.reports})
    return f"{who(group)}  {group.event.type}  {words(group, found)}  told by {', '.join(said_by)}"


def _exchanged(found: Told) -> list[str]:
    return [line for group in exchanges.openings(found) for line in exchanges.exchange_page(group, found)]


def _tension(found: Told) -> list[str]:
    months = list(lines(found))
    most = max((month["tension"] for month in months), default=0.0) or 1.0
    return [
        f"{month['month']}  {'█' * round(_BAR * month['tension'] / most):<{_BAR}} {month['tension']:>5.1f}  "
        f"{month['events']} events ({month['hostile']} hostile, {month['friendly']} friendly), "
        f"{month['reports']} reports, {_range(month)} origins"
        for month in months
    ]


def _range(month: Json) -> str:
    least, most = month["origins_least"], month["origins_most"]
    return str(least) if least == most else f"{least}–{most}"


def _new(found: Told) -> list[str]:
    """Events first told in the seven days up to the last report."""
    dates = [report.published[:10] for report in found.reports.values() if report.published]
    if not dates:
        return []
    since = (_as_day(max(dates)) - timedelta(days=_WEEK)).isoformat()
    fresh = [
        group
        for group in in_order(found)
        if not group.event.background and min((found.reports[r].published or "") for r in group.event.reports)[:10] > since
    ]
    return [
        f"{when(group, found)}  {who(group)}  {group.event.type}  {words(group, found)}  [{count(group.origins)}]"
        for group in fresh
    ]


def _as_day(text: str) -> date:
    """The first day that a date of whatever precision means."""
    year, month, day = (*map(int, text.split("-")), 1, 1)[:3]
    return date(year, month, day)
