"""Phoenix: 26 columns of comma-separated text, with a head; one row an event between a source and a target."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, BinaryIO, Final

from ascribe.schema import Record
from ascribe.view.exports import cameo
from ascribe.view.exports.delimited import with_head, write_quoted
from ascribe.view.exports.events import Dyad, Event, Side, columns_of, dyads, events_of, iso3, state_names
from ascribe.view.exports.format import Format, Left
from ascribe.view.exports.gdelt import code_of_party, country_of
from ascribe.view.exports.icews import sentence_number


def _write(records: Iterable[Record], out: BinaryIO) -> Left:
    left, columns = Left(), columns_of("phoenix")
    filled = (_row(event, dyad) for event in events_of(records, left) for dyad in dyads(event))
    lines = ([row.get(column) for column in columns] for row in filled)
    write_quoted(with_head(columns, lines), out, delimiter=",")
    return left


def _row(event: Event, dyad: Dyad) -> dict[str, Any]:
    report, statement, place = event.record.report, event.statement, event.place
    code = cameo.code_of(statement.type, statement.mode, dyad.actor.sector if dyad.actor else "")
    year, month, day = event.earliest.split("-")
    return {
        "id_version": dyad.id,
        "story_date": f"{int(month)}/{int(day)}/{year}",
        "year": year,
        "month": int(month),
        "day": int(day),
        **_party(dyad.actor, "source"),
        **_party(dyad.recipient, "target"),
        "cameo_code": code,
        "cameo_root": cameo.root_of(code),
        "quad_class": cameo.quad_of_phoenix(code),
        "goldstein": cameo.goldstein_of(code),
        "issues": ";".join(f"{context},1" for context in statement.contexts),
        "latitude": place.lat if place else None,
        "longitude": place.lon if place else None,
        "place_name": (place.name if place else None) or (statement.place.text if statement.place else ""),
        "country_name": state_names().get(iso3(place.country or ""), "") if place else "",
        "sentence_ids": f"{report.id}_{sentence_number(event)}",
        "urls": report.url,
        "news_sources": report.publisher,
    }


def _party(side: Side | None, role: str) -> dict[str, Any]:
    if side is None:
        return {}
    code, root = code_of_party(side), country_of(side)
    return {role: code, f"{role}_root": root, f"{role}_agent": code[len(root) :]}


PHOENIX: Final = Format("phoenix", "an event a row, 26 columns, commas", _write)
