"""The gate: every figure of quality on the public benchmarks, against the floors that a release may not fall below.

    python -m evaluation.gate SHARED [--only NAME] [--write]

SHARED holds data/ and tools/. Runs each adapter on its gold file without the answers, scores it with the benchmark's own
scorer, and compares with evaluation/floors.json, which also holds the digest of each corpus: figures on another corpus are
no figures. Exit code 1 when a figure is below its floor or a corpus is another one. `--write` sets the floors to what was
reached (less a hundredth) and is the explicit word that lowering one takes.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evaluation.actors import right
from evaluation.adapt import Row, read_rows

FLOORS = Path(__file__).parent / "floors.json"


@dataclass(frozen=True, slots=True)
class Measure:
    """One benchmark: its gold file, our adapter, keys of the gold that an adapter may not see, its scorer,
    and the figures."""

    gold: str
    adapter: str
    answers: tuple[str, ...]
    score: Callable[[Path, Path, Path], dict[str, Any]]  # tools, gold, predicted -> the scorer's report
    figures: dict[str, tuple[str, ...]]  # name -> where it stands in the report
    only_spans: str = ""  # a key of the gold whose items the adapter gets with nothing but their start and end


def _run(*command: object) -> str:
    done = subprocess.run([sys.executable, *map(str, command)], check=True, capture_output=True, text=True)
    return done.stdout


def _statements(tools: Path, gold: Path, predicted: Path) -> dict[str, Any]:
    return _json(_run(tools / "score_statements.py", gold, predicted, "--json"))


def _attribution(tools: Path, gold: Path, predicted: Path) -> dict[str, Any]:
    return _json(_run(tools / "score_attribution.py", gold, predicted, "--json"))


def _chains(tools: Path, gold: Path, predicted: Path) -> dict[str, Any]:
    return _json(_run(tools / "score_chains.py", gold, predicted, "--json"))


def _events(tools: Path, gold: Path, predicted: Path) -> dict[str, Any]:
    return _json(_run(tools / "score_events.py", "--gold", gold, "--pred", predicted, "--json"))


def _places(tools: Path, gold: Path, predicted: Path) -> dict[str, Any]:
    out = predicted.with_suffix(".json")
    _run(tools / "score_places.py", gold, predicted, "--match", "exact", "--boot", "0", "--json", out)
    return _json(out.read_text(encoding="utf-8"))


def _stories(tools: Path, gold: Path, predicted: Path) -> dict[str, Any]:
    return _json(_run(tools / "score_stories.py", gold, gold.with_name("stories.jsonl"), predicted, "--json"))


def _actors(_: Path, gold: Path, predicted: Path) -> dict[str, Any]:
    cases, found = read_csv(gold), read_csv(predicted)
    return {
        "country": share(
            right(one["country"], case["iso3"], case["iso3_alt"]) for case, one in zip(cases, found, strict=True)
        ),
        "sector": share(
            right(one["sector"], case["sector"], case["sector_alt"]) for case, one in zip(cases, found, strict=True)
        ),
    }


def read_csv(path: Path) -> list[Row]:
    """The lines of a csv file."""
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def share(hits: Iterable[bool]) -> float:
    """How many of so many."""
    counted = list(hits)
    return sum(counted) / len(counted)


def _json(text: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(text)
    return found


def _f1(*names: str) -> dict[str, tuple[str, ...]]:
    return {f"{name} F1": (name, "f1") for name in names}


MEASURES = {
    "statements": Measure(
        "data/statements/dev.jsonl", "statements", ("statements",), _statements,
        _f1("found", "typed", "coded", "strict", "actor", "recipient", "object", "place", "time", "source", "answers")
        | {f"{name} accuracy": (name, "accuracy") for name in ("status", "stance", "chain")},
    ),
    "first report": Measure(
        "data/first_report/statements.jsonl", "statements", ("statements",), _statements, _f1("typed", "source"),
    ),
    "attribution": Measure(
        "data/attribution/dev.jsonl.gz", "attribution", ("attributions", "discard"), _attribution,
        {f"{role} exact F1": ("spans", "exact", role, "f1") for role in ("source", "cue", "content")}
        | {"linked lenient F1": ("linked", "lenient", "f1"), "communication F1": ("linked", "communication", "f1")},
    ),
    "chains": Measure(
        "data/attribution/chains_dev.jsonl", "chains", ("chain", "content"), _chains,
        {"link F1": ("link", "f1"), "exact": ("exact",)},
    ),
    "events, silver": Measure(
        "data/events/plv_train_triples_silver.jsonl", "events", ("events",), _events,
        {"triple recall": ("triple", "recall")},
    ),
    "events, validation": Measure(
        "data/events/petr_validation_dev.jsonl", "events", ("events",), _events, {"triple F1": ("triple", "f1")},
    ),
    "places": Measure(
        "data/places/lgl.jsonl", "places", ("toponyms",), _places,
        {"exact F1": ("recognition_exact", "f1"), "end to end F1": ("end_to_end", "f1")},
    ),
    "places, given": Measure(
        "data/places/lgl.jsonl", "places", (), _places,
        {"within 161 km": ("resolution", "acc_found")}, only_spans="toponyms",
    ),
    "actors": Measure(
        "data/actors/actors_dev.csv", "actors",
        ("iso3", "iso3_alt", "sector", "sector_alt", "entity", "category", "ambiguous_by_date", "group", "source"),
        _actors, {"country": ("country",), "sector": ("sector",)},
    ),
    "stories": Measure(
        "data/stories/reports.jsonl", "stories", ("story",), _stories,
        {
            "found": ("found",), "grouping B3 F1": ("grouping", "b3", "f1"), "origins": ("origins", "accuracy"),
            "origins balanced": ("origins", "balanced"), "same origin F1": ("same_origin", "f1"),
            "answers F1": ("answers", "f1"), "returns F1": ("asked_in_return", "f1"),
            "contradictions F1": ("contradictions", "f1"),
        },
    ),
}  # fmt: skip


def measured(shared: Path, measure: Measure) -> dict[str, float]:
    """The figures that the adapter reaches."""
    gold = shared / measure.gold
    with tempfile.TemporaryDirectory() as folder:
        kind = ".csv" if gold.suffix == ".csv" else ".jsonl"
        given, predicted = Path(folder) / f"in{kind}", Path(folder) / f"out{kind}"
        rows = [_without(row, measure) for row in (read_csv if kind == ".csv" else read_rows)(gold)]
        with given.open("w", encoding="utf-8", newline="") as lines:
            if kind == ".csv":
                written = csv.DictWriter(lines, list(rows[0]))
                written.writeheader()
                written.writerows(rows)
            else:
                lines.writelines(json.dumps(row) + "\n" for row in rows)
        _run("-m", f"evaluation.{measure.adapter}", given, predicted)
        report = measure.score(shared / "tools", gold, predicted)
    return {name: round(float(_at(report, path)), 4) for name, path in measure.figures.items()}


def _without(row: Row, measure: Measure) -> Row:
    left = {key: value for key, value in row.items() if key not in measure.answers}
    if measure.only_spans:
        left[measure.only_spans] = [{"start": one["start"], "end": one["end"]} for one in row[measure.only_spans]]
    return left


def _at(report: Any, path: tuple[str, ...]) -> Any:
    for key in path:
        report = report[key]
    return report


def corpus_digest(path: Path) -> str:
    """Digest of a gold file, so that a figure says what it is of."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:16]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--only", choices=list(MEASURES))
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    floors = _json(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else {}
    wrong = 0
    for name, measure in MEASURES.items():
        if options.only not in (None, name):
            continue
        digest = corpus_digest(options.shared / measure.gold)
        figures = measured(options.shared, measure)
        known = floors.get(name, {})
        if options.write:
            floors[name] = {
                "corpus": digest,
                "reached": figures,
                "floors": {k: max(round(v - 0.01, 4), 0.0) for k, v in figures.items()},
            }
        elif known.get("corpus") != digest:
            wrong += 1
            print(f"{name}: {measure.gold} is another corpus than the floors were set on ({digest})")
        for figure, value in figures.items():
            floor = floors.get(name, {}).get("floors", {}).get(figure)
            below = floor is not None and value < floor
            wrong += below
            print(
                f"{name:20} {figure:22} {value:.3f}   floor {'–' if floor is None else floor}",
                "  BELOW" if below else "",
                flush=True,
            )
    if options.write:
        FLOORS.write_text(json.dumps(floors, indent=1) + "\n", encoding="utf-8")
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
