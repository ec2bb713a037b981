"""What is known before reading: tables of facts and the weights of the reader. The only place that knows paths."""

from __future__ import annotations

import csv
import json
from functools import cache
from pathlib import Path

_HERE = Path(__file__).parent


@cache
def rows(table: str) -> tuple[dict[str, str], ...]:
    """The lines of tables/<table>.csv, one fact each, as {column: cell}; an empty cell is ""."""
    with (_HERE / "tables" / f"{table}.csv").open(encoding="utf-8", newline="") as lines:
        return tuple(csv.DictReader(lines))


@cache
def closed_class(*kinds: str) -> frozenset[str]:
    """The words of status_words.csv that are of one of these kinds at least: "preposition", "hearsay" …"""
    return frozenset(row["word"] for row in rows("status_words") if not {*kinds}.isdisjoint(row["kinds"].split()))


def weights() -> Path:
    """The folder of the reader's weights."""
    return _HERE / "weights"


def gazetteer_folder() -> Path:
    """The folder of the places of the world (gazetteer/build.py)."""
    return _HERE / "gazetteer"


def weights_version() -> str:
    """The version that the weights carry: a digest of the model."""
    card: dict[str, str] = json.loads((weights() / "reader.json").read_text(encoding="utf-8"))
    return card["version"]
