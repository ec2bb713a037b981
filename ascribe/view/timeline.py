"""What happened when: events in the order of their days, each with its origins."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ascribe.store import Dossier, Question
from ascribe.thread import Group
from ascribe.view.origins import count
from ascribe.view.record import Json
from ascribe.view.told import Told, arrow, counted, group_json, group_schema, told, when, who, words

if TYPE_CHECKING:
    import pyarrow as pa


def timeline(dossier: Dossier, question: Question | None = None) -> pa.Table:
    """Events in the order of their days, one a row, as an Arrow table."""
    return arrow(lines(told(dossier, question)), group_schema())


def lines(found: Told) -> Iterator[Json]:
    """The same, one object an event."""
    return (group_json(group, found) for group in in_order(found))


def in_order(found: Told) -> list[Group]:
    """Events, positions left out, by their first day; those of a whole year stand before its days."""
    events = [group for group in found.view.groups if group.event.kind == "event" and group.event.days]
    return sorted(events, key=lambda group: (_first(group), group.id))


def _first(group: Group) -> int:
    span = group.event.days
    return 0 if span is None else span.first if span.told else span.last


def page(found: Told, *, columns: int) -> str:
    """One line an event."""
    del columns
    return "\n".join(event_line(group, found) for group in in_order(found)) + "\n"


def event_line(group: Group, found: Told) -> str:
    """ "2014-05-12  CHN → JPN  COERCE  “pursued”  3 reports, 2 origins"."""
    of = counted(len(group.event.reports), "report")
    sure = "" if group.event.background else f", {count(group.origins)}"
    return f"{when(group, found):<13} {who(group):<16} {group.event.type:<9} {words(group, found)}  [{of}{sure}]"
