"""Where a place mention is: name, coordinates and country from the tables, and the dispute where it is contested."""

from __future__ import annotations

from functools import cache

from ascribe.data import rows
from ascribe.resolve.index import Index
from ascribe.resolve.lexicon import Entry, Hit
from ascribe.resolve.phrases import as_of
from ascribe.schema import Identity, Mention

_REGIONAL = ("state", "adjective")


def locate(index: Index, statement: str, mention: Mention) -> Identity:
    """The Identity of a place mention; a place that no table knows has no coordinates."""
    hits = index.names_in(mention.span.start, mention.span.stop)
    found = [(hit, entry) for hit in hits if (entry := _place(index, hit)) is not None]
    if not found:
        return Identity(statement, "place", mention.span, because="no place of this name in the tables")
    hit, entry = min(found, key=lambda pair: (pair[1].kind in _REGIONAL, pair[0].start))
    dispute = next((each.id for each in hit.entries if each.kind == "dispute"), None) or _contested().get(entry.id)
    lat, lon = _coordinates()[entry.table, entry.kind == "capital", entry.id]
    country = as_of(entry, index.date)[0] if entry.table == "states.csv" else entry.country
    whole = hit.start == mention.span.start or entry.kind not in _REGIONAL
    return Identity(
        statement,
        "place",
        mention.span,
        entity=entry.id,
        name=hit_name(index, hit, entry),
        country=country,
        lat=lat,
        lon=lon,
        dispute=dispute,
        score=0.9 if whole else 0.5,
        because=_because(index, hit, entry, dispute),
    )


def hit_name(index: Index, hit: Hit, entry: Entry) -> str:
    """The name of a place; that of a contested place or a capital as the report writes it."""
    return index.text[hit.start : hit.stop] if entry.kind in ("dispute", "capital") else entry.name


def _place(index: Index, hit: Hit) -> Entry | None:
    for kind in ("dispute", "capital", "place", "state", "adjective"):
        for entry in hit.entries:
            if entry.kind == kind and (entry.table, kind == "capital", entry.id) in _coordinates():
                return entry
    return None


def _because(index: Index, hit: Hit, entry: Entry, dispute: str | None) -> str:
    if entry.kind == "dispute":
        return f"contested: {entry.name}; {used_by(entry)}"
    contested = f"; contested: {dispute}, disputes.csv" if dispute else ""
    return f"{entry.kind} {index.text[hit.start : hit.stop]}, {entry.table}{contested}"


def used_by(entry: Entry) -> str:
    """Who uses a name of a contested place."""
    return f"a name used by {entry.sort}, dispute_names.csv" if entry.sort else "a name of no party, dispute_names.csv"


@cache
def _coordinates() -> dict[tuple[str, bool, str], tuple[float, float]]:
    """(table, whether the capital is meant, id) to latitude and longitude."""
    found = {("places.csv", False, row["id"]): _point(row["lat"], row["lon"]) for row in rows("places")}
    found |= {
        ("dispute_names.csv", False, row["id"]): _point(row["lat"], row["lon"]) for row in rows("disputes") if row["lat"]
    }
    for row in rows("states"):
        found["states.csv", False, row["id"]] = _point(row["lat"], row["lon"])
        found["states.csv", True, row["id"]] = _point(row["capital_lat"], row["capital_lon"])
    return found


def _point(lat: str, lon: str) -> tuple[float, float]:
    return float(lat), float(lon)


@cache
def _contested() -> dict[str, str]:
    return {row["id"]: row["dispute"] for row in rows("places") if row["dispute"]}
