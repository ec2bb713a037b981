"""What things are called on a page: countries by name, parties as the report words them, disputes by all their names."""

from __future__ import annotations

from functools import cache
from typing import Any

from ascribe.data import rows
from ascribe.view.record import Json


@cache
def countries() -> dict[str, str]:
    """Code to name."""
    return {row["id"]: row["name"] for row in rows("states")}


def country(code: str | None) -> str:
    """The name of a country; the code itself where no table knows it."""
    return countries().get(code or "", code or "")


def party(mention: Json) -> str:
    """A party by the name it is known under, else as the report words it."""
    return str(mention["name"] or mention["text"])


def parties(mentions: list[Json]) -> str:
    """Several parties, each named once."""
    return ", ".join(dict.fromkeys(party(mention) for mention in mentions))


def key(mention: Json) -> str:
    """Under what a party is asked for: its country where it is the state itself, else its name or words."""
    is_state = mention["country"] and mention["sector"] in (None, "GOV") and mention["name"] == country(mention["country"])
    return str(mention["country"] if is_state else mention["name"] or mention["text"])


def day(line: Json) -> str:
    """The day or the stretch that a statement is of: "2014-02-06", "2014-02", "2010 to 2014"; empty if not known."""
    earliest, latest = line["earliest"], line["latest"]
    if not earliest or not latest:
        return str(earliest or latest or "")
    for length in (10, 7, 4):
        if earliest[:length] == latest[:length]:
            return str(earliest[:length])
    return f"{earliest[:4]} to {latest[:4]}"


@cache
def disputes() -> dict[str, Json]:
    """Every dispute of the tables with its names by party; claimants and administrators as lists of codes."""
    found: dict[str, Any] = {}
    for row in rows("disputes"):
        found[row["id"]] = {
            "id": row["id"],
            "name": row["name"],
            "kind": row["kind"],
            "status": row["status"],
            "since": row["status_since"] or None,
            "administered_by": _codes(row["administered_by"]),
            "administered_since": row["administered_since"] or None,
            "claimants": _codes(row["claimants"]),
            "lat": float(row["lat"]) if row["lat"] else None,
            "lon": float(row["lon"]) if row["lon"] else None,
            "note": row["note"] or None,
            "names": [],
        }
    for row in rows("dispute_names"):
        name = {"name": row["name"], "party": row["party"] or None, "language": row["language"] or None}
        found[row["dispute"]]["names"].append(name)
    return found


def dispute(id: str | None) -> str:
    """The name of a dispute for a link."""
    return str(disputes()[id]["name"]) if id in disputes() else (id or "")


def by_party(names: list[Json]) -> list[tuple[str | None, list[Json]]]:
    """Names in groups: those that nobody claims as his own come last."""
    grouped: dict[str | None, list[Json]] = {}
    for name in names:
        grouped.setdefault(name["party"], []).append(name)
    return sorted(grouped.items(), key=lambda item: (item[0] is None, country(item[0])))


def _codes(written: str) -> list[str]:
    return [code for code in written.split(";") if code]
