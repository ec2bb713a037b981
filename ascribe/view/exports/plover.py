"""PLOVER JSON: one event a line. Its auxiliary modes hold what is future, hypothetical, negated or historical."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO, Final

from ascribe import __version__
from ascribe.schema import Record, Statement
from ascribe.store.when import days_of
from ascribe.view.exports.events import Event, Side, id_of, iso3, sector_code, state_names
from ascribe.view.exports.format import Format, Left
from ascribe.view.exports.statements import json_line
from ascribe.view.record import counted, dispute_of, known_by_statement

_AUXILIARY: Final = {"negated": "negation"}  # PLOVER's word where it is not ours


def _write(records: Iterable[Record], out: BinaryIO) -> Left:
    left = Left()
    for event in _events(records, left):
        out.write(json_line(_line(event)))
    return left


def _events(records: Iterable[Record], left: Left) -> Iterator[Event]:
    for record in records:
        known = known_by_statement(record.identities)
        for statement in record.statements:
            means = known.get(statement.id, {})
            earliest, latest = days_of(record.report, statement, means.values())
            if why := _why_not(statement) or (None if earliest and latest else "of no known day"):
                left[why] += 1
            else:
                yield Event(record, statement, means, earliest or "", latest or "")


def _why_not(statement: Statement) -> str | None:
    if statement.kind != "event":
        return "position"
    if statement.stance != "asserts":
        return "denied" if statement.stance == "denies" else "hedged"
    if statement.same_as:
        return "told again in its report"
    return None if statement.actors else "without an actor"


def _line(event: Event) -> dict[str, Any]:
    """The fields that PLOVER names, those that are empty left out."""
    report, statement = event.record.report, event.statement
    quad, scale, _ = counted(statement.type, statement.mode)
    dispute = dispute_of(event.known)
    auxiliary = [] if statement.status == "actual" else [_AUXILIARY.get(statement.status, statement.status)]
    line = {
        "id": id_of(event),
        "date": event.earliest,
        "enddate": event.latest if event.latest != event.earliest else None,
        "actor": [_entity(side) for side in event.actors],
        "recipient": [_entity(side) for side in event.recipients],
        "event": [statement.type],
        "event_loc": _place(event),
        "event_text": [statement.trigger.text],
        "quad_code": quad,
        "event_scale": scale,
        "mode": [*filter(None, [statement.mode]), *auxiliary],
        "context": list(statement.contexts),
        "link": (dispute.entity or dispute.dispute) if dispute else None,
        "text_info": {"start": statement.trigger.span.start, "end": statement.trigger.span.stop, "text_story": report.id},
        "cite_info": _filled(
            {
                "url": report.url,
                "title": report.headline,
                "language": report.language or "en",
                "publication": report.publisher,
                "coder": "ascribe",
                "codebook": "PLOVER 0.8",
                "version": __version__,
            }
        ),
        "coder": "ascribe",
        "coded_date": None,
    }
    return _filled(line)


def _filled(line: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in line.items() if value not in (None, [], {})}


def _entity(side: Side) -> dict[str, Any]:
    return _filled(
        {
            "code": iso3(side.country) or None,
            "sector": sector_code("plover", side.sector) or None,
            "entity_text": side.mention.text,
            "identifier_id": side.entity or None,
            "identifier_text": side.name if side.identity and side.identity.name else None,
        }
    )


def _place(event: Event) -> dict[str, Any] | None:
    mention, place = event.statement.place, event.place
    if mention is None:
        return None
    found: dict[str, Any] = {"extracted_place": mention.text}
    if place:
        code = (place.entity or "").removeprefix("geonames:")
        found |= {
            "resolved_place": place.name,
            "geonameid": code if code.isdigit() else None,
            "lat": place.lat,
            "lon": place.lon,
            "country": state_names().get(iso3(place.country or "")),
            "country_code": iso3(place.country or "") or None,
        }
    return _filled(found)


PLOVER: Final = Format("plover", "an event a line, in the fields of PLOVER", _write)
