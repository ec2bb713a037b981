"""Fit the weights of pairs of statements (thread_weights.csv): `python -m training.threads REPORTS STORIES`.

Pairs of statements of the stories, given by hand and read from the text, the read ones joined to the tellings that their
triggers overlap; one set of weights serves both. Logistic regression drawn towards a prior written by hand, each weight held
to its sign: what speaks for two being one never comes to speak against it. Prints the figures of leave one story out; with
`--write` the table is made from all stories.
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ascribe.pipeline import read
from ascribe.schema import Record, Span
from ascribe.thread import pairs
from ascribe.thread.groups import Groups, worth
from ascribe.thread.pairs import Features, features
from ascribe.thread.printed import kinship, printed_of
from ascribe.thread.telling import Telling, tellings
from evaluation.adapt import Row, read_rows
from evaluation.stories import given, report_of

Labels = dict[str, str]  # statement -> event
Vector = NDArray[np.float64]

_TABLE: Final = Path(__file__).parent.parent / "ascribe" / "data" / "tables" / "thread_weights.csv"
_BIAS: Final = "bias"
_STEPS: Final = 60
_FOREIGN: Final = 0.15  # weight of a pair from two stories: there are many, and they are easy


@dataclass(frozen=True, slots=True)
class Pair:
    """Two statements with what is known of them."""

    found: Features
    same: bool
    stories: frozenset[str]
    weight: float


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("reports", type=Path)
    parser.add_argument("stories", type=Path)
    parser.add_argument("--pull", type=float, default=20.0, help="how strongly weights are drawn to the prior")
    parser.add_argument("--shift", type=float, default=0.5, help="added to the bias: what makes groups best, not pairs")
    parser.add_argument("--write", action="store_true", help="write the table from all stories")
    options = parser.parse_args()
    rows_, stories = list(read_rows(options.reports)), list(read_rows(options.stories))
    reports = [report_of(row) for row in rows_]
    story = {row["id"]: row["story"] for row in rows_}
    heaps = {"given": given(reports, stories), "read": list(read(reports))}
    for line in held_out(heaps, stories, story, options.pull, options.shift):
        print(line)
    if options.write:
        known = [pair for records in heaps.values() for pair in pairs_of(records, labels_of(records, stories), story)]
        write(shifted(fit(known, prior(), options.pull), options.shift))
    return 0


# ---- what is known ----


def labels_of(records: Sequence[Record], stories: Iterable[Row]) -> Labels:
    """The event of each statement whose trigger overlaps the trigger of a telling; the widest overlap first, one to one."""
    by_report = {record.report.id: record for record in records}
    found: list[tuple[int, str, str, str]] = []
    for story in stories:
        for event in story["events"]:
            for telling in event["told_by"]:
                record = by_report[telling["report"]]
                wanted = _trigger(record, telling["trigger"])
                name = f"{event['id']} {telling['report']} {wanted.start}"
                found += [
                    (-shared, name, event["id"], statement.id)
                    for statement in record.statements
                    if (shared := _shared(statement.trigger.span, wanted)) > 0
                ]
    labels: Labels = {}
    taken: set[str] = set()
    for _, name, event_id, statement_id in sorted(found):
        if name not in taken and statement_id not in labels:
            taken.add(name)
            labels[statement_id] = event_id
    return labels


def _trigger(record: Record, words: str) -> Span:
    report = record.report
    start = report.text.index(words, len(report.headline) + 1 if report.headline else 0)
    return Span(start, start + len(words))


def _shared(one: Span, other: Span) -> int:
    return min(one.stop, other.stop) - max(one.start, other.start)


def pairs_of(records: Sequence[Record], labels: Labels, story: dict[str, str]) -> list[Pair]:
    """All pairs of labelled statements that grouping would weigh."""
    told: list[Telling] = [t for record in records for t in tellings(record) if t.id in labels]
    printed = {record.report.id: printed_of(record) for record in records}
    found = []
    for one, other in combinations(told, 2):
        if worth(one, other):
            kin = kinship(printed[one.report], printed[other.report])
            stories = frozenset((story[one.report], story[other.report]))
            weight = 1.0 if len(stories) == 1 else _FOREIGN
            found.append(Pair(features(one, other, kin), labels[one.id] == labels[other.id], stories, weight))
    return found


# ---- fitting ----


def prior() -> dict[str, float]:
    """What each feature is worth by good sense (training/thread_prior.csv)."""
    with (Path(__file__).parent / "thread_prior.csv").open(encoding="utf-8", newline="") as read_from:
        return {row["feature"]: float(row["weight"]) for row in csv.DictReader(read_from)}


def fit(known: Sequence[Pair], drawn_to: dict[str, float], pull: float) -> dict[str, float]:
    """The likeliest weights, drawn towards a prior and held to its signs, by Newton's steps."""
    names = sorted(drawn_to)
    given_ = np.array([[pair.found.get(name, 0.0) for name in names] for pair in known])
    same = np.array([float(pair.same) for pair in known])
    counts = np.array([pair.weight for pair in known])
    start = np.array([drawn_to[name] for name in names])
    pulls = np.array([0.05 if name == _BIAS else pull for name in names])
    held = np.array([0.0 if name == _BIAS else np.sign(drawn_to[name]) for name in names])
    weights = start.copy()
    for _ in range(_STEPS):
        step = _step(weights, given_, same, counts, start, pulls, held)
        weights = weights - step
        weights = np.where(held * weights < 0, 0.0, weights)
        if np.abs(step).max() < 1e-6:
            break
    return dict(zip(names, map(float, weights), strict=True))


def _step(
    weights: Vector, given_: Vector, same: Vector, counts: Vector, start: Vector, pulls: Vector, held: Vector
) -> Vector:
    likely = 1 / (1 + np.exp(-given_ @ weights))
    slope = given_.T @ (counts * (likely - same)) + pulls * (weights - start)
    bend = (given_ * (counts * likely * (1 - likely))[:, None]).T @ given_ + np.diag(pulls)
    free = ~((held != 0) & (weights == 0) & (held * slope > 0))
    step = np.zeros(len(weights))
    step[free] = np.linalg.solve(bend[np.ix_(free, free)], slope[free])
    return step


def shifted(weights: dict[str, float], shift: float) -> dict[str, float]:
    """The same weights, more or less willing to join."""
    return weights | {_BIAS: weights[_BIAS] + shift}


def write(weights: dict[str, float]) -> None:
    """The table, by feature."""
    with _TABLE.open("w", encoding="utf-8", newline="") as written:
        written.write("feature,weight\n")
        written.writelines(f"{name},{weight:.3f}\n" for name, weight in sorted(weights.items()))


# ---- figures ----


def held_out(
    heaps: dict[str, list[Record]], stories: Sequence[Row], story: dict[str, str], pull: float, shift: float
) -> Iterator[str]:
    """B-cubed over the statements of each story, with weights from the others."""
    labels = {name: labels_of(records, stories) for name, records in heaps.items()}
    known = [pair for name, records in heaps.items() for pair in pairs_of(records, labels[name], story)]
    tellings_ = sum(len(event["told_by"]) for one in stories for event in one["events"])
    for name, records in heaps.items():
        found: list[tuple[float, float]] = []
        sizes: dict[str, int] = {}
        for one in stories:
            for event in one["events"]:
                sizes[event["id"]] = len(event["told_by"])
        for left in sorted(set(story.values())):
            weights = shifted(fit([pair for pair in known if left not in pair.stories], prior(), pull), shift)
            own = [record for record in records if story[record.report.id] == left]
            found += _b_cubed(_grouped(own, weights), labels[name], sizes)
        precision = sum(p for p, _ in found) / len(found)
        recall = sum(r for _, r in found) / tellings_
        f1 = 2 * precision * recall / (precision + recall)
        yield f"{name:<6} {len(found)} of {tellings_} found  B3 P {precision:.3f}  R {recall:.3f}  F1 {f1:.3f}"


def _grouped(records: Iterable[Record], weights: dict[str, float]) -> list[list[str]]:
    with pairs.weighed_with(weights):
        groups = Groups()
        for record in records:
            groups.add(record)
        return [[telling.id for telling in group] for group in groups.groups()]


def _b_cubed(groups: Iterable[list[str]], labels: Labels, sizes: dict[str, int]) -> Iterator[tuple[float, float]]:
    for group in groups:
        events = [labels[id] for id in group if id in labels]
        for event in events:
            yield events.count(event) / len(events), events.count(event) / sizes[event]


if __name__ == "__main__":
    raise SystemExit(main())
