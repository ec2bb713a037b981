"""Step 4: set the bars of decoding and the calibration of confidence on dev, and write them into reader.json.

    python -m training.tune --shared SHARED [--weights ascribe/data/weights]

A bar is raised or lowered only on what dev says of it: triggers by typed F1, each role by its own F1 inside typed pairs, the
cues and sources of attributions by PolNeAR's dev (exact cues, linked attributions).
Confidence is the probability that a statement is in the gold with its type, a logistic function of the trigger's score
(Platt scaling); its expected calibration error is measured by leaving out each report in turn.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ascribe.mark import reader as marking
from ascribe.relate import relate
from ascribe.schema import Report, Statement
from evaluation.adapt import read_rows
from evaluation.attribution import attributions

# Figures that need no resolving.
SHOWN = (
    "found", "typed", "quad", "actor", "recipient", "object", "place", "time", "source", "status", "stance", "chain",
)  # fmt: skip
GRID = [x / 20 for x in range(4, 15)]


def scorer(shared: Path, name: str) -> Any:
    """The module shared/tools/<name>.py."""
    spec = importlib.util.spec_from_file_location(name, shared / f"tools/{name}.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Remembering:
    """The reader, each window's numbers computed once, so that trying a bar is cheap."""

    def __init__(self) -> None:
        self.run = marking.run
        self.seen: dict[Any, Any] = {}
        marking.run = self  # type: ignore[assignment]

    def __call__(self, reader: Any, laid: Any, window: Any, pairs: Any = ()) -> Any:
        key = (laid.spans, window, laid.pieces)
        if key not in self.seen:
            self.seen[key] = self.run(reader, laid, window, pairs)
        return self.seen[key]


class Dev:
    """The annotated statements of dev."""

    def __init__(self, shared: Path) -> None:
        self.score = scorer(shared, "score_statements")
        self.gold = list(read_rows(shared / "data/statements/dev.jsonl"))

    def predict(self) -> list[list[Statement]]:
        return [relate(marking.mark(Report(r["id"], r["text"]))) for r in self.gold]

    def figures(self) -> dict[str, Any]:
        predicted = [
            {"id": r["id"], "statements": [plain(s) for s in found]}
            for r, found in zip(self.gold, self.predict(), strict=True)
        ]
        return self.score.score(self.gold, predicted)[0]


class Told:
    """The attributions of PolNeAR's dev."""

    def __init__(self, shared: Path) -> None:
        self.score = scorer(shared, "score_attribution")
        self.gold = self.score.read_jsonl(str(shared / "data/attribution/dev.jsonl.gz"))

    def figures(self) -> dict[str, Any]:
        report = self.score.score(self.gold, {id: attributions(row) for id, row in self.gold.items()})
        return {"linked": report["linked"]["lenient"], "cue": report["spans"]["exact"]["cue"]}


def plain(statement: Statement) -> dict[str, Any]:
    def span(mention: Any) -> dict[str, int] | None:
        return {"start": mention.span.start, "end": mention.span.stop} if mention else None

    return {
        "type": statement.type, "trigger": span(statement.trigger), "status": statement.status, "stance": statement.stance,
        "actor": [span(m) for m in statement.actors], "recipient": [span(m) for m in statement.recipients],
        "object": span(statement.object), "place": span(statement.place), "time": span(statement.time),
        "sources": [span(s.mention) for s in statement.chain], "answers": None,
    }  # fmt: skip


def best(dev: Dev | Told, bars: dict[str, float], name: str, measure: str) -> None:
    """Set one bar to the middle of the grid values that are within .002 of the best."""
    tried = {}
    for value in GRID:
        bars[name] = value
        tried[value] = dev.figures()[measure]["f1"]
    top = max(tried.values())
    good = [value for value, figure in tried.items() if figure >= top - 0.002]
    bars[name] = good[len(good) // 2]
    print(f"{name}: {bars[name]:.2f} {measure} {top:.3f}", {k: round(v, 3) for k, v in tried.items()}, flush=True)


def outcomes(dev: Dev) -> list[list[tuple[float, bool]]]:
    """For each report of dev, the raw score of every statement and whether gold has it with its type."""
    out = []
    for report, found in zip(dev.gold, dev.predict(), strict=True):
        predicted = [plain(s) for s in found]
        hits = {
            j
            for _, j in dev.score.pairs(
                report["statements"],
                predicted,
                report["text"],
                lambda g, p, s: g["type"] == p["type"] and s > 0,
                lambda x: x["type"],
            )
        }
        out.append([(s.confidence, j in hits) for j, s in enumerate(found)])
    return out


def fit(pairs: Sequence[tuple[float, bool]], steps: int = 3000, rate: float = 0.5) -> tuple[float, float]:
    """Slope and offset of a logistic function of the log odds of a score."""
    a, b = 1.0, 0.0
    for _ in range(steps):
        ga = gb = 0.0
        for score, right in pairs:
            x = odds(score)
            error = 1 / (1 + math.exp(-(a * x + b))) - right
            ga += error * x
            gb += error
        a -= rate * ga / len(pairs)
        b -= rate * gb / len(pairs)
    return a, b


def odds(score: float) -> float:
    score = min(max(score, 1e-4), 1 - 1e-4)
    return math.log(score / (1 - score))


def calibrated(score: float, a: float, b: float) -> float:
    return 1 / (1 + math.exp(-(a * odds(score) + b)))


def reliability(pairs: Sequence[tuple[float, bool]], bins: int = 10) -> tuple[float, list[dict[str, float]]]:
    """Expected calibration error (Guo et al. 2017) and the numbers of the reliability diagram."""
    rows, error = [], 0.0
    for number in range(bins):
        inside = [(c, r) for c, r in pairs if number / bins <= c < (number + 1) / bins or (number == bins - 1 and c == 1)]
        if inside:
            said, right = sum(c for c, _ in inside) / len(inside), sum(r for _, r in inside) / len(inside)
            rows.append({"from": number / bins, "statements": len(inside), "said": round(said, 3), "right": round(right, 3)})
            error += abs(said - right) * len(inside) / len(pairs)
    return error, rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, required=True)
    parser.add_argument("--weights", type=Path, default=Path("ascribe/data/weights"))
    options = parser.parse_args()
    card = dict(marking.load().card)
    bars = card["bars"]
    card["calibration"] = [1.0, 0.0]
    Remembering()
    dev, told = Dev(options.shared), Told(options.shared)
    marking.load().card.update(card)  # type: ignore[attr-defined]
    best(dev, bars, "trigger", "typed")
    for role in ("actor", "recipient", "object", "place", "time", "source"):
        best(dev, bars, role, role)
    best(told, bars, "cue_of", "cue")
    best(told, bars, "source_of", "linked")
    found = outcomes(dev)
    everything = [pair for report in found for pair in report]
    held_out = []
    for number, report in enumerate(found):
        a, b = fit([pair for other, rest in enumerate(found) if other != number for pair in rest], steps=300)
        held_out += [(calibrated(score, a, b), right) for score, right in report]
    error, rows = reliability(held_out)
    card["calibration"] = [round(x, 4) for x in fit(everything)]
    card["reliability"] = {"expected_calibration_error": round(error, 4), "diagram": rows}
    figures = dev.figures()
    card["scores"] = {name: {k: round(v, 4) for k, v in figure.items()} for name, figure in figures.items() if name in SHOWN}
    (options.weights / "reader.json").write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(card["scores"]), card["calibration"], card["reliability"])


if __name__ == "__main__":
    main()
