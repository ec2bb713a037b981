"""Which states a few words name: "officials in Lisbon", "Ministry of Foreign Affairs of China", "Japanese waters"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from ascribe.data import rows
from ascribe.thread.words import stem

_TOKEN: Final = re.compile(r"[^\W\d_]+(?:\.[^\W\d_]\.?)*")
_LONGEST: Final = 4  # words of a name
_GROUND: Final = ("waters", "sea", "airspace", "territory", "soil", "land", "zone", "side")
_BETWEEN: Final = frozenset({"territorial", "internal", "coastal", "own", "exclusive", "economic", "national", "air"})


def lands_in(text: str) -> frozenset[str]:
    """The states that the words name: by name, adjective, people or capital; EU for the European Union."""
    return frozenset(code for _, _, code in _found(text))


def ground_in(text: str) -> frozenset[str]:
    """Whose waters, air or soil it is said to have been in."""
    words = [match.group().lower() for match in _TOKEN.finditer(text)]
    return frozenset(code for _, after, code in _found(text) if _is_ground(words[after : after + 4]))


def _is_ground(words: list[str]) -> bool:
    while words and words[0] in _BETWEEN:
        words = words[1:]
    return bool(words) and words[0] in _GROUND


def _found(text: str) -> Iterator[tuple[int, int, str]]:
    words = [match.group() for match in _TOKEN.finditer(text)]
    at = 0
    while at < len(words):
        for length in range(min(_LONGEST, len(words) - at), 0, -1):
            code = _names().get(" ".join(words[at : at + length]))
            if code:
                yield at, at + length, code
                at += length - 1
                break
        at += 1


@cache
def _names() -> dict[str, str]:
    found: dict[str, str] = {}
    for row in rows("states"):
        if row["kind"] == "historical":
            continue
        cells = (row["name"], row["names"], row["adjectives"], row["people"], row["capital"])
        for name in filter(None, (name for cell in cells for name in cell.split(";"))):
            found.setdefault(" ".join(_TOKEN.findall(name)), row["id"])
    return found | {"EU": "EU", "European Union": "EU", "European": "EU", "Brussels": "EU"}


@cache
def words_of_states() -> frozenset[str]:
    """Stems of the words of names of states: two reports that share "Republic", "Guinea" share a country at most."""
    return frozenset(stem(word.lower()) for name in _names() for word in name.split())
