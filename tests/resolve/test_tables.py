"""Every table follows its references: codes exist, dates are ordered, lines are sorted and said once."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

import pytest

from ascribe.data import rows
from ascribe.resolve.lexicon import key_of, split
from ascribe.schema import SECTORS

BY_ID = ("states", "people", "offices", "titles", "organisations", "publishers", "places", "disputes")
BY_WORD = ("sectors", "calendar", "eras")
OTHERS = ("metonyms", "standings", "words", "dispute_names")
DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
SECTORS_OF_TABLES = {*SECTORS, "SPY"}  # SPY: intelligence, COP in an Identity


def column(table: str, name: str) -> set[str]:
    return {row[name] for row in rows(table)}


def cells(table: str, name: str) -> list[str]:
    return [part for row in rows(table) for part in split(row[name])]


@pytest.mark.parametrize("table", BY_ID + BY_WORD + OTHERS)
def test_lines_are_sorted_whole_and_said_once(table: str) -> None:
    lines = [tuple(row.values()) for row in rows(table)]
    assert lines, "an empty table"
    assert all(None not in row.values() and None not in row for row in rows(table)), "a line with too few or too many cells"
    assert [line[0] for line in lines] == sorted(line[0] for line in lines)
    assert len(set(lines)) == len(lines)
    assert all(cell == cell.strip() for line in lines for cell in line)


@pytest.mark.parametrize("table", BY_ID + BY_WORD)
def test_first_column_names_one_line(table: str) -> None:
    first = [next(iter(row.values())) for row in rows(table)]
    assert not [name for name, count in Counter(first).items() if count > 1]


@pytest.mark.parametrize(
    ("table", "name", "empty"),
    [
        ("metonyms", "country", True),
        ("organisations", "country", True),
        ("publishers", "country", True),
        ("places", "country", True),
        ("people", "country", False),
        ("states", "before", True),
        ("states", "continued_by", True),
        ("states", "coded_under", True),
        ("disputes", "administered_by", True),
        ("disputes", "claimants", False),
        ("dispute_names", "party", True),
    ],
)
def test_every_country_is_a_state(table: str, name: str, empty: bool) -> None:
    assert not set(cells(table, name)) - column("states", "id")
    assert empty or all(row[name] for row in rows(table))


@pytest.mark.parametrize(
    ("table", "name", "target"),
    [
        ("offices", "person", "people"),
        ("offices", "office", "titles"),
        ("standings", "organisation", "organisations"),
        ("dispute_names", "dispute", "disputes"),
    ],
)
def test_every_reference_is_there(table: str, name: str, target: str) -> None:
    assert not column(table, name) - column(target, "id")


def test_an_office_is_of_a_state_an_organisation_or_of_neither() -> None:
    assert not column("offices", "country") - {""} - column("states", "id") - column("organisations", "id")


def test_places_and_disputes_belong_together() -> None:
    assert not column("places", "dispute") - {""} - column("disputes", "id")
    assert not column("disputes", "id") - column("dispute_names", "dispute"), "a dispute without a name"


@pytest.mark.parametrize("table", ["sectors", "metonyms", "organisations", "titles", "standings"])
def test_sectors_are_of_the_codebook(table: str) -> None:
    assert not column(table, "sector") - SECTORS_OF_TABLES


@pytest.mark.parametrize("table", ["states", "metonyms", "offices", "standings", "eras"])
def test_dates_are_iso_and_in_order(table: str) -> None:
    for row in rows(table):
        assert all(DATE.fullmatch(row[name]) for name in ("from", "until") if row[name]), row
        assert not (row["from"] and row["until"]) or row["from"] <= row["until"], row


def test_nobody_holds_one_office_twice_at_once() -> None:
    held: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for row in rows("offices"):
        if row["office"] not in ("official", "envoy-igo", "commander"):
            held.setdefault((row["person"], row["office"]), []).append((row["from"], row["until"] or "9999"))
    for key, terms in held.items():
        ordered = sorted(terms)
        assert all(left[1] <= right[0] for left, right in pairwise(ordered)), key


def test_one_head_of_government_at_a_time() -> None:
    terms = sorted(
        (row["country"], row["from"], row["until"] or "9999", row["person"])
        for row in rows("offices")
        if row["office"] == "prime-minister"
    )
    clashes = [
        (left, right)
        for left, right in pairwise(terms)
        if left[0] == right[0] and right[1] < left[2][: len(right[1])] and left[3] != right[3]
    ]
    assert not clashes


@pytest.mark.parametrize(
    ("table", "lat", "lon"),
    [
        ("places", "lat", "lon"),
        ("disputes", "lat", "lon"),
        ("states", "lat", "lon"),
        ("states", "capital_lat", "capital_lon"),
    ],
)
def test_coordinates_are_on_the_globe(table: str, lat: str, lon: str) -> None:
    assert all(-90 <= float(row[lat]) <= 90 and -180 <= float(row[lon]) <= 180 for row in rows(table))
    assert not [row for row in rows(table) if float(row[lat]) == float(row[lon]) == 0], "no island at 0, 0"


def test_no_two_states_share_a_name() -> None:
    shared = Counter(key for row in rows("states") for key in {key_of(name) for name in (row["name"], *split(row["names"]))})
    assert not [name for name, count in shared.items() if count > 1]


def test_a_dispute_has_at_least_two_sides_or_says_why_not() -> None:
    assert not [row["id"] for row in rows("disputes") if len(split(row["claimants"])) < 2]


def test_claimants_use_names_of_their_own_disputes() -> None:
    """A name's party has a stake: it claims or administers, or is the organ of one who does."""
    stakes = {row["id"]: {*split(row["claimants"]), *split(row["administered_by"])} for row in rows("disputes")}
    outside = {
        (row["dispute"], row["party"])
        for row in rows("dispute_names")
        if row["party"] and row["party"] not in stakes[row["dispute"]]
    }
    assert not outside
