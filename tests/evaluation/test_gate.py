"""The part of the gate that is quick enough for every run; `make gate` measures the rest."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from evaluation.gate import FLOORS, MEASURES, corpus_digest, measured

SHARED = Path(os.environ.get("ASCRIBE_SHARED", Path(__file__).parents[3] / "shared"))
FLOOR = json.loads(FLOORS.read_text(encoding="utf-8"))


def test_every_measure_has_floors_for_all_its_figures() -> None:
    assert {name: set(measure.figures) for name, measure in MEASURES.items()} == {
        name: set(entry["floors"]) for name, entry in FLOOR.items()
    }


@pytest.mark.skipif(not SHARED.is_dir(), reason="the benchmarks are not here; set ASCRIBE_SHARED to their folder")
@pytest.mark.parametrize("name", ["first report", "chains", "events, validation"])
def test_no_figure_is_below_its_floor(name: str) -> None:
    measure = MEASURES[name]
    assert corpus_digest(SHARED / measure.gold) == FLOOR[name]["corpus"]
    reached = measured(SHARED, measure)
    assert {figure: value for figure, value in reached.items() if value < FLOOR[name]["floors"][figure]} == {}
