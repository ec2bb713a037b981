"""The meanings of a place name: each line of the tables and each place of the gazetteer that the words can be."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Final

from ascribe.data import rows
from ascribe.resolve.gazetteer import Place, places_called, spelled
from ascribe.resolve.index import Index
from ascribe.resolve.lexicon import Entry
from ascribe.resolve.phrases import as_of

KINDS: Final = ("dispute", "capital", "place", "state", "adjective", "people")
STATES: Final = ("state", "adjective", "people")
LOCAL: Final = ("city", "region", "district")
_SAME: Final = 60.0  # km within which a place of the tables and one of the gazetteer are one
_CITY: Final = 12.0  # prior of a city of 160,000, which another of its state does not share its name with

# How much better known one meaning is than another, in natural logarithms; of the gazetteer it is that of its inhabitants.
_KNOWN: Final = {"dispute": 17.0, "capital": 16.0, "place": 12.5, "state": 18.5, "adjective": 19.0, "people": 19.0}
_SMALLER: Final = {"city": 0.0, "region": -1.0, "district": -1.5}
_ALIAS: Final = 3.0  # less for a name that is not the main one


@dataclass(frozen=True, slots=True)
class Candidate:
    """One meaning of a place name."""

    id: str
    name: str
    kind: str  # "city", "region", "district" of the gazetteer, or the kind of a table's entry
    country: str | None
    region: str
    lat: float
    lon: float
    prior: float
    table: str
    dispute: str | None = None
    said: str = ""  # what an answer says of it
    sort: str = ""  # of an entry of places.csv its kind there
    alias: bool = False  # the name looked up is not the main one

    @property
    def is_state(self) -> bool:
        """Whether a whole state is meant."""
        return self.kind in STATES


def meanings(index: Index, start: int, stop: int, short: bool = False) -> tuple[Candidate, ...]:
    """Every place that the words from `start` to `stop` can mean; `short` allows "AL" and "Pa"."""
    surface = index.text[start:stop]
    entries = next((hit.entries for hit in index.names_in(start, stop) if hit.start == start and hit.stop == stop), ())
    return meanings_of(surface, entries, index.date, short)


@lru_cache(maxsize=20_000)
def meanings_of(surface: str, entries: tuple[Entry, ...], date: str | None, short: bool) -> tuple[Candidate, ...]:
    """The same of words whose entries in the tables are known."""
    tables = list(_from_tables(entries, surface, date))
    if tables and tables[0].kind in ("adjective", "people"):
        return (tables[0],)
    is_code = surface.isalpha() and surface.isupper() and len(surface) < 4
    others = [] if is_code and not short else [_then(one, date) for one in of_gazetteer(spelled(surface))]
    for at, known in enumerate(tables):
        same = [one for one in others if _is_same(known, one)]
        if same:
            tables[at] = _joined_with(known, max(same, key=lambda one: one.prior))
            others = [one for one in others if one not in same]
    return (*tables, *others)


def _joined_with(known: Candidate, other: Candidate) -> Candidate:
    """A place of the tables with what the gazetteer has of it; a former capital lies where the gazetteer says."""
    point = (other.lat, other.lon) if known.kind == "capital" else (known.lat, known.lon)
    prior, dispute = max(known.prior, other.prior), known.dispute or other.dispute
    return replace(known, lat=point[0], lon=point[1], region=other.region, prior=prior, dispute=dispute)


def _then(candidate: Candidate, date: str | None) -> Candidate:
    """A place in the state that it lay in on a day: Gori in 1985 is in SUN."""
    if date is None or candidate.country is None:
        return candidate
    state = Entry(candidate.country, candidate.country, "state", candidate.country, None, "states.csv")
    country = as_of(state, date)[0]
    return candidate if country == candidate.country else replace(candidate, country=country)


def _is_same(known: Candidate, other: Candidate) -> bool:
    if known.is_state:
        return False
    if known.kind == "capital" and other.kind == "city" and other.prior > _CITY:
        return known.country == other.country
    if known.sort == other.kind == "region" and not other.alias:
        return known.country in (None, other.country)
    return kilometres(known, other) < _SAME and (known.country == other.country or None in (known.country, other.country))


def kilometres(one: Candidate, other: Candidate) -> float:
    """The distance of two places."""
    a, b = math.radians(one.lat), math.radians(other.lat)
    half = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(math.radians(other.lon - one.lon) / 2) ** 2
    return 2 * 6371.0 * math.asin(min(1.0, math.sqrt(half)))


def lies_in(place: Candidate, other: Candidate) -> bool:
    """Whether a place is inside another, as "Paris" in "Texas"."""
    if other.is_state:
        return place.country == other.country and not place.is_state
    if "region" in (other.kind, other.sort) and other.region:
        return place.region == other.region and place.kind != "region"
    if other.kind == "district":
        return place.region == other.region and kilometres(place, other) < 150
    return kilometres(place, other) < 300 and place.country in (None, other.country)


def _from_tables(entries: tuple[Entry, ...], surface: str, date: str | None) -> Iterator[Candidate]:
    for kind in KINDS:
        for entry in dict.fromkeys(entries):
            point = _coordinates().get((entry.table, kind == "capital", entry.id)) if entry.kind == kind else None
            if point is None:
                continue
            country = as_of(entry, date)[0] if entry.table == "states.csv" else entry.country
            shown = surface if kind in ("dispute", "capital") else entry.name
            dispute = entry.id if kind == "dispute" else _contested().get(entry.id)
            yield Candidate(
                entry.id,
                shown,
                kind,
                country,
                "",
                *point,
                _KNOWN[kind],
                entry.table,
                dispute,
                _said(surface, entry),
                entry.sort,
            )


def of_gazetteer(key: str) -> Iterator[Candidate]:
    """The places of the gazetteer that a key of `spelled` names."""
    for place in places_called(key):
        country, dispute = _claimed().get(place.region) or _claimed().get(place.region[:2]) or (place.country, None)
        alias = spelled(place.name) != key
        prior = math.log(place.population + 300) + _SMALLER[place.kind] - _ALIAS * alias
        yield Candidate(
            place.id, place.name, place.kind, country, place.region, place.lat, place.lon, prior, "GeoNames", dispute,
            _described(place), alias=alias,
        )  # fmt: skip


def _described(place: Place) -> str:
    people = f" of {place.population:,} inhabitants" if place.population and place.kind == "city" else ""
    return f"{place.kind}{people} in {place.country} ({place.region}), GeoNames"


def _said(surface: str, entry: Entry) -> str:
    if entry.kind == "dispute":
        return f"contested: {entry.name}; {used_by(entry)}"
    return f"{entry.kind} {surface}, {entry.table}"


def used_by(entry: Entry) -> str:
    """Who uses a name of a contested place."""
    return f"a name used by {entry.sort}, dispute_names.csv" if entry.sort else "a name of no party, dispute_names.csv"


@cache
def _claimed() -> dict[str, tuple[str | None, str]]:
    return {row["region"]: (row["country"] or None, row["dispute"]) for row in rows("place_disputes")}


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


def middle_of(state: str) -> tuple[float, float] | None:
    """Where a state has its middle."""
    return _coordinates().get(("states.csv", False, state))
