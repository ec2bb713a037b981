"""FollowTheMoney: one entity a line. Reports are Articles, events are Events, parties are what they are taken for.

Actor and recipient are both `involved`; who acted on whom stands in the event's name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, BinaryIO, Final

from ascribe.data import rows
from ascribe.schema import Record, Report, digest
from ascribe.view.exports.events import Event, Side, country_code, events_of, id_of, in_utc
from ascribe.view.exports.format import Format, Left
from ascribe.view.exports.statements import json_line

Entity = dict[str, Any]

_STATE: Final = "GOV"
_COMPANY: Final = "BUS"
_BODIES: Final = ("COP", "IGO", "JUD", "LEG", "MED", "MIL", "NGO", "PTY", "REB")


def _write(records: Iterable[Record], out: BinaryIO) -> Left:
    left = Left()
    seen: set[str] = set()
    for event in events_of(records, left, longest=None):
        for entity in _entities(event):
            if entity["id"] not in seen:
                seen.add(entity["id"])
                out.write(json_line(entity))
    return left


def _entities(event: Event) -> Iterator[Entity]:
    report = event.record.report
    yield _entity(
        f"report-{digest(report.id)}",
        "Article",
        title=report.headline,
        publisher=report.publisher,
        publishedAt=in_utc(report.published),
        sourceUrl=report.url,
        messageId=report.id,
    )
    sides = [*event.actors, *event.recipients]
    parties = [_party(side, event) for side in sides]
    yield from parties
    yield _event(event, report, list(dict.fromkeys(party["id"] for party in parties)))


def _event(event: Event, report: Report, involved: list[str]) -> Entity:
    statement, place = event.statement, event.place
    return _entity(
        f"event-{digest(id_of(event))}",
        "Event",
        name=" ".join(filter(None, (_names(event.actors), statement.type, _names(event.recipients)))),
        summary=statement.trigger.text,
        keywords=[statement.type, statement.mode, *statement.contexts],
        recordId=id_of(event),
        involved=involved,
        location=(place.name if place else None) or (statement.place.text if statement.place else None),
        country=_iso2(place.country) if place else None,
        sourceUrl=report.url,
        publisher=report.publisher,
        proof=f"report-{digest(report.id)}",
        **_days(event),
    )


def _days(event: Event) -> dict[str, str]:
    if event.earliest == event.latest:
        return {"date": event.earliest}
    return {"startDate": event.earliest, "endDate": event.latest}


def _names(sides: list[Side]) -> str:
    return ", ".join(side.name for side in sides)


def _party(side: Side, event: Event) -> Entity:
    """One that the tables know is one entity everywhere; any other belongs to its report alone."""
    id = side.entity or f"{event.record.report.id} {side.mention.text}"
    return _entity(f"party-{digest(id)}", _schema(side), name=side.name, country=_iso2(side.country))


def _schema(side: Side) -> str:
    """What nobody has identified is a LegalEntity: FollowTheMoney's word for a party of whichever kind."""
    if side.entity in _people():
        return "Person"
    if not side.entity:
        return "LegalEntity"
    if side.sector == _STATE:
        return "PublicBody"
    if side.sector == _COMPANY:
        return "Company"
    return "Organization" if side.sector in _BODIES else "LegalEntity"


@cache
def _people() -> frozenset[str]:
    return frozenset(row["id"] for row in rows("people"))


@cache
def _iso2(country: str | None) -> str | None:
    """FollowTheMoney writes countries of today in two small letters."""
    kind = next((row["kind"] for row in rows("states") if row["id"] == country), "historical")
    return None if kind == "historical" else country_code(country or "", "iso2").lower() or None


def _entity(id: str, schema: str, **given: str | list[str | None] | list[str] | None) -> Entity:
    """Every property is a list of texts; empty ones are left out."""
    listed = {
        name: [each for each in (value if isinstance(value, list) else [value]) if each] for name, value in given.items()
    }
    return {"id": id, "schema": schema, "properties": {name: values for name, values in listed.items() if values}}


FTM: Final = Format("ftm", "an entity a line: articles, events, parties", _write)
