"""ICEWS: 20 columns divided by tabs, with a head; one row an event between a source and a target. There and back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from ascribe.schema import Record, Refusal
from ascribe.view.exports import cameo
from ascribe.view.exports.delimited import read_quoted
from ascribe.view.exports.dyadic import quoted
from ascribe.view.exports.events import (
    Dyad,
    Event,
    Side,
    columns_of,
    iso3,
    sector_code,
    sector_of,
    state_names,
    states_by_name,
)
from ascribe.view.exports.format import Format
from ascribe.view.exports.imported import Party, Row, Told, day_of, needed, records_of, where_of
from ascribe.view.exports.kinds import kind_of
from ascribe.view.exports.polecat import party


def _row(event: Event, dyad: Dyad) -> dict[str, Any]:
    report, statement, place = event.record.report, event.statement, event.place
    code = cameo.code_of(statement.type, statement.mode, dyad.actor.sector if dyad.actor else "")
    return {
        "Event ID": dyad.id,
        "Event Date": event.earliest,
        **_party(dyad.actor, "Source"),
        "Event Text": cameo.label_of(code),
        "CAMEO Code": code,
        "Intensity": cameo.goldstein_of(code),
        **_party(dyad.recipient, "Target"),
        "Story ID": report.id,
        "Sentence Number": sentence_number(event),
        "Publisher": report.publisher,
        "City": statement.place.text if statement.place else "",
        "Country": _country_name(place.country) if place else "",
        "Latitude": place.lat if place else None,
        "Longitude": place.lon if place else None,
    }


def _party(side: Side | None, role: str) -> dict[str, Any]:
    if side is None:
        return {}
    return {
        f"{role} Name": side.name,
        f"{role} Sectors": sector_code("icews", side.sector),
        f"{role} Country": _country_name(side.country),
    }


def _country_name(country: str | None) -> str:
    return state_names().get(iso3(country or ""), "")


def sentence_number(event: Event) -> int:
    """In which paragraph of the report the words stand, from 1 (the headline, if there is one)."""
    return event.record.report.text[: event.statement.trigger.span.start].count("\n") + 1


# ---- and back ----


def _read(path: str) -> Iterator[Record | Refusal]:
    return records_of(read_quoted(path, columns_of("icews")), path, _told, "icews", "ICEWS")


def _told(row: Row) -> Told:
    type, mode, contexts, label = kind_of(needed(row, "CAMEO Code"))
    place = next((row[column] for column in ("City", "District", "Province", "Country") if row[column]), "")
    return Told(
        id=needed(row, "Event ID"),
        words=row["Event Text"] or label,
        type=type,
        mode=mode,
        day=day_of(row, "Event Date"),
        actor=_party_of(row, "Source"),
        recipient=_party_of(row, "Target"),
        place=where_of(place, states_by_name().get(row["Country"].casefold()), row, "Latitude", "Longitude"),
        contexts=contexts,
        publisher=row["Publisher"] or None,
    )


def _party_of(row: Row, role: str) -> Party | None:
    country = states_by_name().get(row[f"{role} Country"].casefold())
    name = row[f"{role} Name"] or row[f"{role} Country"]
    sectors = (sector_of("icews", part.strip()) for part in row[f"{role} Sectors"].split(","))
    sector = next((found for found in sectors if found), None)
    is_state = states_by_name().get(name.casefold()) == country
    return party(name, country, sector or ("GOV" if country and is_state else None)) if name else None


def _fits(head: bytes) -> bool:
    return b"CAMEO Code" in head.split(b"\n")[0] and b"Source Sectors" in head.split(b"\n")[0]


ICEWS: Final = Format("icews", "an event a row, 20 columns, tabs", quoted("icews", _row, delimiter="\t"), _read, _fits)
