"""Where a place is, and what is said where it is contested or unknown."""

from __future__ import annotations

import pytest

from ascribe.resolve.index import Index
from ascribe.resolve.places import Places
from ascribe.schema import Identity, Mention, Report, Span

CASES = [
    ("Basra, Iraq", "Basra", "IRQ", 30.5, 47.8, None),
    ("northern Iraq", "Iraq", "IRQ", 33.0, 43.7, None),
    ("Cairo", "Cairo", "EGY", 30.0, 31.2, None),
    ("St. Petersburg", "Saint Petersburg", "RUS", 59.9, 30.3, None),
    ("the Black Sea", "Black Sea", None, 43.4, 34.3, None),
    ("Scarborough Shoal", "Scarborough Shoal", None, 15.2, 117.8, "scarborough"),
    ("Huangyan Island", "Huangyan Island", None, 15.2, 117.8, "scarborough"),
    ("Las Malvinas", "Las Malvinas", None, -51.8, -59.5, "falklands"),
    ("Srinagar", "Srinagar", None, 34.1, 74.8, "kashmir"),
    ("Sevastopol", "Sevastopol", None, 45.3, 34.4, "crimea"),
]


def place(text: str, published: str | None = "2014-02-06") -> Identity:
    return Places(Index(Report("r", text, published=published))).locate("s", Mention(text, Span(0, len(text))))


@pytest.mark.parametrize(("text", "name", "country", "lat", "lon", "dispute"), CASES, ids=[case[0] for case in CASES])
def test_a_place_of_the_tables(
    text: str, name: str, country: str | None, lat: float, lon: float, dispute: str | None
) -> None:
    found = place(text)
    assert (found.name, found.country, found.dispute) == (name, country, dispute)
    assert found.lat == pytest.approx(lat, abs=0.1)
    assert found.lon == pytest.approx(lon, abs=0.1)


def test_who_uses_a_name_is_said() -> None:
    assert "used by CHN" in place("Huangyan Island").because
    assert "used by PHL" in place("Panatag Shoal").because
    assert "no party" in place("Scarborough Shoal").because


def test_a_part_of_a_region_is_less_sure_than_a_city() -> None:
    assert place("northern Iraq").score < place("Mosul").score


def test_an_unknown_place_has_no_coordinates() -> None:
    found = place("Zenda")
    assert (found.entity, found.lat, found.lon) == (None, None, None)
    assert "no place" in found.because


def test_a_place_of_a_dissolved_state() -> None:
    assert place("Tbilisi", "1985-01-01").country == "SUN"
