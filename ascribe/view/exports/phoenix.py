"""Phoenix: 26 columns of comma-separated text, with a head; one row an event between a source and a target."""

from __future__ import annotations

from typing import Any, Final

from ascribe.view.exports import cameo
from ascribe.view.exports.dyadic import quoted
from ascribe.view.exports.events import Dyad, Event, Side, iso3, state_names
from ascribe.view.exports.format import Format
from ascribe.view.exports.gdelt import code_of_party, country_of
from ascribe.view.exports.icews import sentence_number


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


PHOENIX: Final = Format("phoenix", "an event a row, 26 columns, commas", quoted("phoenix", _row, delimiter=","))
