"""Places of the world by name: GeoNames as gazetteer/build.py packed it, memory-mapped, so that start-up costs nothing."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, Final

import marisa_trie
import numpy as np

from ascribe.data import gazetteer_folder, rows
from ascribe.resolve.lexicon import key_of

KINDS: Final = ("city", "region", "district")
DTYPE: Final = np.dtype(
    [
        ("lat", "<f4"), ("lon", "<f4"), ("population", "<u4"), ("geonameid", "<u4"), ("title", "<u4"),
        ("region", "<u2"), ("country", "u1"), ("kind", "u1"),
    ]
)  # fmt: skip
_LETTERS: Final = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ı": "i", "ß": "ss", "æ": "ae", "ə": "a", "ð": "d", "þ": "th"}
)
_MOST: Final = 40  # meanings of one name that are weighed, the most populous ones


@dataclass(frozen=True, slots=True)
class Place:
    """A populated place, region (admin1) or district (admin2) of GeoNames."""

    id: str  # "geonames:4647963", of a region its code "US.TN"
    name: str
    kind: str  # KINDS
    country: str  # ISO 3166-1 alpha-3
    region: str  # "US.TN"
    lat: float
    lon: float
    population: int


def spelled(name: str) -> str:
    """The key by which a name is looked up: folded, "St." as "saint", without an apostrophe's gap."""
    key = key_of(name.replace("'", "").replace("’", "").replace("ʼ", "")).translate(_LETTERS)
    short = _short()
    words = key.split(" ")
    return " ".join([short.get(word, word) for word in words]) if len(words) > 1 else key


@cache
def _short() -> dict[str, str]:
    return {row["value"]: row["word"] for row in rows("place_words") if row["role"] == "short"}


@lru_cache(maxsize=20_000)
def places_called(key: str) -> tuple[Place, ...]:
    """All places of a name (a key of `spelled`), the most populous first."""
    keys, first, meanings = _keys(), *_meanings()
    number = keys.get(key)
    if number is None:
        return ()
    start, stop = int(first[number]), int(first[number + 1])
    return tuple(_place(int(index)) for index in meanings[start : min(stop, start + _MOST)])


def is_place(key: str) -> bool:
    """Whether any place has this name."""
    return key in _keys()


def prefixes(key: str) -> list[str]:
    """The names with which a string of letters begins: "dallasnews" -> ["dal", "dallas"]."""
    found: list[str] = _keys().prefixes(key)
    return found


def _place(index: int) -> Place:
    card = _card()
    lat, lon, population, geonameid, title, region, country, kind = _table()[index].item()
    code = card["regions"][region]
    name = _titles().restore_key(title)
    identity = f"geonames:{geonameid}" if geonameid else code if KINDS[kind] == "region" else f"{code}:{key_of(name)}"
    return Place(identity, name, KINDS[kind], card["countries"][country], code, round(lat, 4), round(lon, 4), population)


@cache
def _card() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((gazetteer_folder() / "gazetteer.json").read_text(encoding="utf-8"))
    return found


def summary() -> str:
    """What the gazetteer holds and to whom it is owed."""
    card = _card()
    return f"{card['places']:,} places, {card['names']:,} names, {card['source']}"


def country_of_domain(domain: str) -> str | None:
    """The state of a top-level domain: "ge" is GEO; None of "com"."""
    found: str | None = _card()["domains"].get(domain.lower())
    return found


@cache
def _keys() -> Any:
    return marisa_trie.Trie().mmap(str(gazetteer_folder() / "keys.marisa"))


@cache
def _titles() -> Any:
    return marisa_trie.Trie().mmap(str(gazetteer_folder() / "titles.marisa"))


@cache
def _table() -> Any:
    return np.load(gazetteer_folder() / "places.npy", mmap_mode="r")


@cache
def _meanings() -> tuple[Any, Any]:
    folder = gazetteer_folder()
    return np.load(folder / "first.npy", mmap_mode="r"), np.load(folder / "meanings.npy", mmap_mode="r")
