"""The gazetteer as it is packed: names are found however spelled, nothing is loaded whole, references hold."""

from __future__ import annotations

import json
from itertools import pairwise

import numpy as np
import pytest

from ascribe.data import gazetteer_folder, rows
from ascribe.resolve import gazetteer
from ascribe.resolve.gazetteer import country_of_domain, places_called, prefixes, spelled

CARD = json.loads((gazetteer_folder() / "gazetteer.json").read_text(encoding="utf-8"))

SPELLINGS = [
    ("St. Louis", "Saint Louis"),
    ("Łódź", "Lodz"),
    ("Malmö", "Malmo"),
    ("Mt. Vernon", "Mount Vernon"),
    ("Ft. Worth", "Fort Worth"),
    ("N’Djamena", "N'Djamena"),
]

KNOWN = [
    ("Kyiv", "UKR", "city"),
    ("Kiev", "UKR", "city"),
    ("Deir ez-Zor", "SYR", "city"),
    ("Kandahar", "AFG", "region"),
    ("Tennessee", "USA", "region"),
    ("Tenn.", "USA", "region"),
    ("Cumberland County", "USA", "district"),
]


@pytest.mark.parametrize(("one", "other"), SPELLINGS)
def test_spellings_of_one_name_are_one(one: str, other: str) -> None:
    assert spelled(one) == spelled(other)
    assert places_called(spelled(one))


@pytest.mark.parametrize(("name", "country", "kind"), KNOWN)
def test_a_place_is_found(name: str, country: str, kind: str) -> None:
    assert any((place.country, place.kind) == (country, kind) for place in places_called(spelled(name)))


def test_the_most_populous_place_comes_first() -> None:
    found = places_called("paris")
    assert len(found) > 10
    assert found[0].country == "FRA"
    assert all(left.population >= right.population for left, right in pairwise(found))


def test_a_name_of_no_place_finds_nothing() -> None:
    assert places_called("zzyzxland") == ()


def test_nothing_is_loaded_whole() -> None:
    places_called("paris")
    assert isinstance(gazetteer._table(), np.memmap)
    assert all(isinstance(part, np.memmap) for part in gazetteer._meanings())


def test_it_is_small_and_says_whence_it_comes() -> None:
    assert sum(path.stat().st_size for path in gazetteer_folder().iterdir()) < 25_000_000
    assert "GeoNames" in CARD["source"]
    assert "CC BY 4.0" in CARD["source"]


def test_every_place_lies_on_earth_and_every_meaning_is_a_place() -> None:
    table, (first, meanings) = gazetteer._table(), gazetteer._meanings()
    assert (np.abs(table["lat"]) <= 90).all()
    assert (np.abs(table["lon"]) <= 180).all()
    assert len(table) == CARD["places"]
    assert int(meanings.max()) == len(table) - 1
    assert len(first) == CARD["names"] + 1
    assert (np.diff(first) > 0).all()


def test_what_web_addresses_begin_with_and_end_in() -> None:
    assert "dallas" in prefixes("dallasnews")
    assert country_of_domain("ge") == "GEO"
    assert country_of_domain("com") is None


@pytest.mark.parametrize("table", ["place_words", "place_short", "place_middles", "place_disputes"])
def test_lines_of_the_place_tables_are_sorted_and_said_once(table: str) -> None:
    lines = [tuple(row.values()) for row in rows(table)]
    assert lines == sorted(set(lines))
    assert all(None not in row and None not in row.values() for row in rows(table))


def test_references_of_the_place_tables_hold() -> None:
    regions, states = set(CARD["regions"]), {row["id"] for row in rows("states")}
    disputes = {row["id"] for row in rows("disputes")}
    assert not [row for row in rows("place_short") if row["means"] not in regions]
    assert not [row for row in rows("place_middles") if row["region"] not in regions]
    for row in rows("place_disputes"):
        assert any(region == row["region"] or region.startswith(row["region"] + ".") for region in regions), row
        assert not row["country"] or row["country"] in states
        assert row["dispute"] in disputes
    roles = {row["role"] for row in rows("place_words")}
    assert roles == {"region", "city", "part", "near", "water", "land", "road", "short"}


def test_short_names_mean_the_region() -> None:
    for row in rows("place_short"):
        assert any(place.region == row["means"] for place in places_called(spelled(row["short"]))), row
