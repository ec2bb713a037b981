"""Rows in the manner of ACLED: 31 columns of comma-separated text, with a head, for what acled_kinds.csv has a kind for.

The rows look like ACLED's; they are not coded by ACLED's rules, and no number of dead is filled in."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, BinaryIO, Final

from ascribe.data import rows
from ascribe.schema import Record, Statement
from ascribe.view.exports.delimited import with_head, write_quoted
from ascribe.view.exports.events import (
    Dyad,
    Event,
    Side,
    columns_of,
    country_code,
    dyads,
    events_of,
    iso3,
    sector_code,
    state_names,
)
from ascribe.view.exports.format import Format, Left
from ascribe.view.exports.gdelt import stamp

_CROWDS: Final = {"Protests": "Protesters", "Riots": "Rioters"}
_CIVILIANS: Final = "Civilians"


def _write(records: Iterable[Record], out: BinaryIO) -> Left:
    left, columns = Left(), columns_of("acled")
    lines = []
    for event in events_of(records, left):
        made = [(dyad, kind) for dyad in _once(dyads(event)) if (kind := _kind(event.statement, dyad))]
        left["of no kind that ACLED has"] += not made
        lines += [[row.get(column) for column in columns] for row in (_row(event, dyad, kind) for dyad, kind in made)]
    write_quoted(with_head(columns, lines), out, delimiter=",")
    return +left


def _once(pairs: list[Dyad]) -> list[Dyad]:
    """ACLED writes a fight once, not both ways."""
    seen: set[frozenset[str]] = set()
    kept = []
    for dyad in pairs:
        sides = frozenset(side.mention.text for side in (dyad.actor, dyad.recipient) if side)
        if sides not in seen:
            seen.add(sides)
            kept.append(dyad)
    return kept


def _kind(statement: Statement, dyad: Dyad) -> dict[str, str] | None:
    """The line of acled_kinds.csv: by mode, else by whom it is against, else by the type alone."""
    against = dyad.recipient.sector if dyad.recipient else ""
    of_type = [row for row in rows("acled_kinds") if row["type"] == statement.type]
    for mode, sector in ((statement.mode or "", ""), ("", against), ("", "")):
        for row in of_type:
            if (row["mode"], row["against"]) == (mode, sector):
                return row
    return None


def _row(event: Event, dyad: Dyad, kind: dict[str, str]) -> dict[str, Any]:
    report, statement, place = event.record.report, event.statement, event.place
    one, other = _inter(dyad.actor, kind), _inter(dyad.recipient, None)
    country = (place.country if place else None) or ""
    return {
        "event_id_cnty": dyad.id,
        "event_date": event.earliest,
        "year": event.earliest[:4],
        "time_precision": _precision(event),
        "disorder_type": kind["disorder"],
        "event_type": kind["event"],
        "sub_event_type": kind["sub_event"],
        "actor1": dyad.actor.name if dyad.actor else "",
        "inter1": one,
        "actor2": dyad.recipient.name if dyad.recipient else "",
        "inter2": other,
        "interaction": "-".join(filter(None, (one, other))) if other else f"{one} only" if one else "",
        "civilian_targeting": "Civilian targeting" if other == _CIVILIANS else "",
        "iso": country_code(country, "number"),
        "country": state_names().get(iso3(country), ""),
        "location": (place.name if place else None) or (statement.place.text if statement.place else ""),
        "latitude": place.lat if place else None,
        "longitude": place.lon if place else None,
        "source": report.publisher,
        "timestamp": stamp(report.published)[:8],
    }


def _inter(side: Side | None, kind: dict[str, str] | None) -> str:
    if side is None:
        return ""
    if kind and kind["event"] in _CROWDS and side.sector in ("CVL", "UNK", ""):
        return _CROWDS[kind["event"]]
    return sector_code("acled", side.sector)


def _precision(event: Event) -> int:
    """1 a day, 2 a week, 3 a month."""
    if event.earliest == event.latest:
        return 1
    same_month = event.earliest[:7] == event.latest[:7]
    return 2 if same_month and int(event.latest[8:]) - int(event.earliest[8:]) < 7 else 3


ACLED: Final = Format("acled", "an event of violence, protest or force a row, 31 columns, commas", _write)
