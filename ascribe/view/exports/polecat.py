"""POLECAT: 40 columns divided by tabs, with a head; one row an event between an actor and a recipient. There and back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from ascribe import __version__
from ascribe.data import rows
from ascribe.errors import ReadError
from ascribe.schema import EVENTS, Record, Refusal
from ascribe.view.exports.delimited import read_quoted
from ascribe.view.exports.dyadic import quoted
from ascribe.view.exports.events import (
    Dyad,
    Event,
    Side,
    columns_of,
    country_code,
    iso3,
    sector_code,
    sector_of,
    state_names,
    states_by_name,
)
from ascribe.view.exports.format import Format
from ascribe.view.exports.imported import Party, Row, Told, day_of, needed, records_of, where_of
from ascribe.view.record import counted

_STATE: Final = "GOV"


def _row(event: Event, dyad: Dyad) -> dict[str, Any]:
    report, statement = event.record.report, event.statement
    quad, score, _ = counted(statement.type, statement.mode)
    return {
        "Event ID": dyad.id,
        "Event Date": event.earliest,
        "Event Type": statement.type,
        "Event Mode": statement.mode,
        "Intensity": score,
        "Quad Code": quad,
        "Contexts": ";".join(statement.contexts),
        **_party(dyad.actor, "Actor"),
        **_party(dyad.recipient, "Recipient"),
        **_place(event),
        "Source": report.publisher,
        "Publication Date": (report.published or "")[:10],
        "Language": report.language or "en",
        "Version": "polecat" if report.format == "polecat" else f"ascribe {__version__}",
    }


def _party(side: Side | None, role: str) -> dict[str, Any]:
    if side is None:
        return {}
    sector = sector_code("plover", side.sector)
    return {
        f"{role} Name": side.name,
        f"{role} Country": iso3(side.country),
        f"{role} COW": country_code(side.country, "cow"),
        f"Primary {role} Sector": sector,
        f"{role} Sectors": sector,
        f"{role} Name Raw": side.mention.text,
    }


def _place(event: Event) -> dict[str, Any]:
    mention, place = event.statement.place, event.place
    if mention is None:
        return {}
    if place is None:
        return {"Raw Placename": mention.text}
    code = (place.entity or "").removeprefix("geonames:")
    return {
        "Placename": place.name,
        "Country": iso3(place.country or ""),
        "Latitude": place.lat,
        "Longitude": place.lon,
        "GeoNames ID": code if code.isdigit() else "",
        "Raw Placename": mention.text,
    }


# ---- and back ----


def _read(path: str) -> Iterator[Record | Refusal]:
    return records_of(read_quoted(path, columns_of("polecat")), path, _told, "polecat", "POLECAT")


def _told(row: Row) -> Told:
    type = needed(row, "Event Type").upper()
    if type not in EVENTS:
        raise ReadError(f"{type!r} is no type of PLOVER; choose one of {', '.join(EVENTS)}")
    return Told(
        id=needed(row, "Event ID"),
        words=row["Event Type"],
        type=type,
        mode=row["Event Mode"].lower() or None,
        day=day_of(row, "Event Date"),
        actor=_party_of(row, "Actor"),
        recipient=_party_of(row, "Recipient"),
        place=where_of(row["Placename"] or row["Raw Placename"], _country(row["Country"]), row, "Latitude", "Longitude"),
        contexts=tuple(
            dict.fromkeys(c for c in row["Contexts"].replace(",", ";").replace(" ", "").split(";") if c in contexts())
        ),
        publisher=row["Source"] or None,
        published=day_of(row, "Publication Date") if row["Publication Date"] else None,
    )


def _party_of(row: Row, role: str) -> Party | None:
    name = row[f"{role} Name"] or row[f"{role} Name Raw"]
    country = _country(row[f"{role} Country"])
    sector = sector_of("plover", row[f"Primary {role} Sector"].split(";")[0])
    if not name:
        if not country:
            return None
        name = state_names()[country]
    return party(name, country, sector)


def party(name: str, country: str | None, sector: str | None) -> Party:
    """A party; a state as such is known under its code."""
    of_state = states_by_name().get(name.casefold()) if country and sector in (None, _STATE) else None
    return Party(name, country, sector, country if of_state == country else None)


def _country(cell: str) -> str | None:
    return cell if cell in state_names() else states_by_name().get(cell.casefold())


def contexts() -> frozenset[str]:
    """The contexts of PLOVER that we know."""
    return frozenset(row["context"] for row in rows("context_words"))


def _fits(head: bytes) -> bool:
    return b"Event Type\t" in head.split(b"\n")[0] and b"Event Mode\t" in head.split(b"\n")[0]


POLECAT: Final = Format("polecat", "an event a row, 40 columns, tabs", quoted("polecat", _row, delimiter="\t"), _read, _fits)
