"""Words as they are compared across reports: without endings, each with the weight that its rarity gives it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from math import log
from typing import Final

from ascribe.data import rows

Weights = Mapping[str, float]

_WORD: Final = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_ENDINGS: Final = (
    "ations",
    "ation",
    "ingly",
    "ings",
    "ing",
    "edly",
    "ies",
    "ied",
    "ment",
    "ions",
    "ion",
    "ed",
    "es",
    "ly",
    "s",
    "e",
)
_SHORTEST: Final = 3  # letters that an ending must leave
_RAREST: Final = 0.002  # share of reports that a word is taken to stand in when the table lacks it


def stems(text: str) -> list[str]:
    """The words of `text` in small letters without their endings: "Proposals" and "proposed" are "propos"."""
    return [stem(word) for word in _WORD.findall(text.lower())]


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """A word in small letters without its ending."""
    word = re.sub(r"['’](s|re|t|ll|ve|d)?$", "", word)
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST and not word.endswith("ss"):
            bare = word[: -len(ending)]
            return bare[:-1] if len(bare) > _SHORTEST and bare[-1] == bare[-2] and bare[-1] not in "aeiouls" else bare
    return word


def weighed(words: Iterable[str]) -> dict[str, float]:
    """Each of the stems once, with its weight; those that tell nothing fall away."""
    return {word: weight for word in words if (weight := weight_of(word)) > 0}


@lru_cache(maxsize=100_000)
def weight_of(stemmed: str) -> float:
    """0 for a word of nearly every report, 1 for one that the table lacks."""
    share = _shares().get(stemmed, _RAREST)
    return max(0.0, round(log(_COMMON / share) / log(_COMMON / _RAREST), 4)) if share < _COMMON else 0.0


_COMMON: Final = 0.3  # share of reports from which on a word tells nothing


@cache
def _shares() -> dict[str, float]:
    return {row["stem"]: float(row["share"]) for row in rows("thread_words")}


def overlap(one: Weights, other: Weights) -> float:
    """Weight of the shared words over that of all words of both, from 0 to 1."""
    shared = _shared(one, other)
    union = sum(one.values()) + sum(other.values()) - shared
    return shared / union if union else 0.0


def containment(one: Weights, other: Weights) -> float:
    """Weight of the shared words over that of the shorter of the two."""
    least = min(sum(one.values()), sum(other.values()))
    return _shared(one, other) / least if least else 0.0


def _shared(one: Weights, other: Weights) -> float:
    few, many = (one, other) if len(one) <= len(other) else (other, one)
    return sum(weight for word, weight in few.items() if word in many)


def runs(words: list[str], length: int) -> Iterator[tuple[str, ...]]:
    """All rows of `length` neighbouring words."""
    return zip(*(words[start:] for start in range(length)), strict=False)
