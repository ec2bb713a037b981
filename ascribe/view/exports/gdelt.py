"""GDELT 2.0 events: 61 columns divided by tabs, no head; one row an event between two actors. There and back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final
from urllib.parse import urlsplit

from ascribe.data import rows
from ascribe.schema import Identity, Record, Refusal, digest
from ascribe.view.exports import cameo
from ascribe.view.exports.delimited import read_bare
from ascribe.view.exports.dyadic import bare
from ascribe.view.exports.events import (
    Dyad,
    Event,
    Side,
    columns_of,
    country_code,
    in_utc,
    iso3,
    sector_code,
    sector_of,
    state_names,
    tellings,
)
from ascribe.view.exports.format import Format
from ascribe.view.exports.imported import Party, Row, Told, day_of, needed, records_of, where_of
from ascribe.view.exports.kinds import kind_of
from ascribe.view.exports.polecat import party

_COLUMNS: Final = 61
_DIGITS: Final = 20  # of a number that is too long


def _row(event: Event, dyad: Dyad) -> dict[str, Any]:
    report, statement = event.record.report, event.statement
    code = cameo.code_of(statement.type, statement.mode, dyad.actor.sector if dyad.actor else "")
    year, month, day = event.earliest.split("-")
    return {
        "GLOBALEVENTID": number_of(dyad.id),
        "SQLDATE": year + month + day,
        "MonthYear": year + month,
        "Year": year,
        "FractionDate": f"{int(year) + ((int(month) - 1) * 30 + int(day)) / 365:.4f}",
        **_party(dyad.actor, "Actor1"),
        **_party(dyad.recipient, "Actor2"),
        "IsRootEvent": int(event.record.report.text[: statement.trigger.span.start].count("\n") <= 1),
        "EventCode": code,
        "EventBaseCode": code[:3],
        "EventRootCode": cameo.root_of(code),
        "QuadClass": cameo.quad_of(code),
        "GoldsteinScale": cameo.goldstein_of(code),
        "NumMentions": len(tellings(event)),
        "NumSources": 1,
        "NumArticles": 1,
        **_place(event),
        "DATEADDED": stamp(report.published),
        "SOURCEURL": report.url,
    }


def number_of(id: str) -> int:
    """GDELT counts its events: an id that is a number is kept, any other becomes the number that its digits make."""
    if id.isascii() and id.isdigit() and len(id) < _DIGITS and (id == "0" or id[0] != "0"):
        return int(id)
    return int(digest(id)[:15], 16)


def stamp(published: str | None) -> str:
    """YYYYMMDDHHMMSS as of UTC, the hours zero where only the day is known."""
    digits = "".join(character for character in (in_utc(published) or "")[:19] if character.isdigit())
    return digits.ljust(14, "0") if len(digits) >= 8 else ""


def code_of_party(side: Side) -> str:
    """CHN, CHNMIL; a sector alone where no country is known. The state as such has no sector."""
    sector = sector_code("cameo", side.sector)
    state = side.entity == side.country and sector == "GOV"
    return country_of(side) + ("" if state and side.country else sector)


def country_of(side: Side) -> str:
    """The country as CAMEO writes it, which is ISO 3166-1 alpha-3 with a few exceptions."""
    return country_code(side.country, "cameo") or iso3(side.country)


def _party(side: Side | None, role: str) -> dict[str, Any]:
    if side is None:
        return {}
    code = code_of_party(side)
    return {
        f"{role}Code": code,
        f"{role}Name": side.name,
        f"{role}CountryCode": country_of(side),
        f"{role}Type1Code": code[len(country_of(side)) :],
    }


def _place(event: Event) -> dict[str, Any]:
    place = event.place
    if place is None or place.lat is None:
        return {}
    return {
        "ActionGeo_Type": _geo_type(place),
        "ActionGeo_FullName": place.name,
        "ActionGeo_CountryCode": country_code(place.country or "", "fips"),
        "ActionGeo_Lat": place.lat,
        "ActionGeo_Long": place.lon,
        "ActionGeo_FeatureID": (place.entity or "").removeprefix("geonames:"),
    }


def _geo_type(place: Identity) -> int:
    """1 a country, 3 a place in the United States, 4 a place elsewhere."""
    if place.entity and place.entity == place.country:
        return 1
    return 3 if place.country == "USA" else 4


# ---- and back ----


def _read(path: str) -> Iterator[Record | Refusal]:
    return records_of(read_bare(path, columns_of("gdelt")), path, _told, "gdelt", "GDELT")


def _told(row: Row) -> Told:
    type, mode, contexts, _ = kind_of(needed(row, "EventCode"))
    place = row["ActionGeo_FullName"]
    return Told(
        id=needed(row, "GLOBALEVENTID"),
        words=row["EventCode"],
        type=type,
        mode=mode,
        day=day_of(row, "SQLDATE"),
        actor=_party_of(row, "Actor1"),
        recipient=_party_of(row, "Actor2"),
        place=where_of(place, _by_fips(row["ActionGeo_CountryCode"]), row, "ActionGeo_Lat", "ActionGeo_Long"),
        contexts=contexts,
        publisher=urlsplit(row["SOURCEURL"]).hostname if "://" in row["SOURCEURL"] else row["SOURCEURL"] or None,
        published=day_of(row, "DATEADDED") if row["DATEADDED"] else None,
        url=row["SOURCEURL"] or None,
    )


def _party_of(row: Row, role: str) -> Party | None:
    country = _by_cameo(row[f"{role}CountryCode"])
    name = row[f"{role}Name"] or state_names().get(country or "", "") or row[f"{role}Code"]
    types = (sector_of("cameo", row[f"{role}Type{number}Code"]) for number in (1, 2, 3))
    sector = next((found for found in types if found), None)
    return party(name, country, sector or ("GOV" if country else None)) if name else None


def _by_cameo(code: str) -> str | None:
    odd = next((row["id"] for row in rows("country_codes") if row["cameo"] and row["cameo"] == code), None)
    return odd or (code if code in state_names() else None)


def _by_fips(code: str) -> str | None:
    found = (row["id"] for row in rows("country_codes") if code and row["fips"] == code)
    return next(found, None)


def _fits(head: bytes) -> bool:
    cells = head.split(b"\n")[0].rstrip(b"\r").split(b"\t")
    return len(cells) == _COLUMNS and cells[0].isdigit()


EVENTS: Final = Format("gdelt", "an event a row, 61 columns, tabs, no head", bare("gdelt", _row), _read, _fits)
