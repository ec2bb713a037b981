"""Weights of link_weights.csv: which facts about two statements of a report speak for one answering or repeating the other.

    python -m training.links SHARED [--write]

Logistic regression with an L1 penalty on the pairs of annotated statements (the train file and our own annotations), so that
few facts keep a weight. What odds are asked for is chosen on reports that the weights have not seen: five folds, those of
one text together. Prints precision, recall and F1 over the folds. Needs numpy alone.
"""

from __future__ import annotations

import csv
import sys
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

import numpy as np

from ascribe.relate.links import ALWAYS, AT_LEAST, answerable, repeatable
from ascribe.relate.pairs import answered, answering, answers, same, sides
from evaluation.adapt import read_rows
from evaluation.links import Case, case_of
from training.annotations import annotated

HERE = Path(__file__).parent
TABLE = HERE.parent / "ascribe/data/tables/link_weights.csv"
FOLDS = 5
REPORTS = 6  # that must have a fact
LINKS = 4  # of which it must be a fact, or would be if it did not matter
PENALTY = {"answers": 1.0, "same_as": 1.0}
WORDS = ("answer sentence ", "answer trigger ", "answer cue ", "answered trigger ", "then ", "before ")
CHANCE = 2.5  # deviations from what chance would make
ROUNDS = 25  # Newton steps at most
STEPS = 30  # inside each
FLAT = 1e-4  # curvature below which a pair is counted as this
TINY = 0.01  # a weight that moves less stands still
BETA = {"answers": 0.8, "same_as": 0.7}  # of the F measure that is maximised: below 1, precision counts for more
SMALL = 0.02


# ---- what is learnt from ----


def cases(shared: Path) -> Iterator[tuple[str, Case]]:
    """Every annotated report with the name of its corpus; readings of ours keep the places of their sentences."""
    for row in read_rows(shared / "data/statements/train.jsonl"):
        yield "train", case_of(row)
    for row in annotated(shared):
        yield "read" if "sentences" in row else "own", case_of(row)


@dataclass(frozen=True)
class Pairs:
    """The pairs of many reports: which two, whether they are linked, and the facts of each as numbers of `names`."""

    case: np.ndarray  # number of the report
    one: np.ndarray
    other: np.ndarray
    linked: np.ndarray
    facts: np.ndarray  # of all pairs, one after another
    length: np.ndarray  # how many each pair has
    names: tuple[str, ...]

    def some(self, rows: np.ndarray) -> Pairs:
        """These pairs alone; `rows` says yes or no for each."""
        parts = (part[rows] for part in (self.case, self.one, self.other, self.linked))
        return Pairs(*parts, self.facts[np.repeat(rows, self.length)], self.length[rows], self.names)


def pairs_of(given: Sequence[Case], link: str) -> Pairs:
    number: dict[str, int] = {}
    rows, facts, length = [], array("i"), array("i")
    for case, one, other, linked, found in listed(given, link):
        rows.append((case, one, other, linked))
        facts.extend(number.setdefault(fact, len(number)) for fact in found)
        length.append(len(found))
    return Pairs(*np.array(rows).T, np.array(facts), np.array(length), tuple(number))


def listed(given: Sequence[Case], link: str) -> Iterator[tuple[int, int, int, bool, list[str]]]:
    """Each pair: (report, one, other, whether they are linked, its facts)."""
    for number, case in enumerate(given):
        compared = sides(case.statements, case.reading)
        first = first_of(case)
        if link == "same_as":
            for later, earlier, between in repeatable(compared):
                facts = [*same(compared[later], compared[earlier], between)]
                yield number, later, earlier, first[later] == first[earlier], facts
            continue
        mine, theirs = [[*answering(side)] for side in compared], [[*answered(side)] for side in compared]
        for one, other, between in answerable(compared):
            if first[one] != first[other]:
                target = case.answers[one]
                facts = [
                    *mine[one],
                    *theirs[other],
                    *answers(compared[one], compared[other], between, case.reading.report.text),
                ]
                yield number, one, other, target is not None and first[target] == first[other], facts


def first_of(case: Case) -> list[int]:
    """For each statement the first telling of it."""
    return [one if target is None else target for one, target in enumerate(case.same_as)]


# ---- fitting ----


@dataclass(frozen=True)
class Table:
    """Pairs as rows and facts as columns, kept as the columns that are true in each row; column 0 is true in all."""

    column: np.ndarray
    length: np.ndarray
    start: np.ndarray
    width: int

    @classmethod
    def of(cls, pairs: Pairs, columns: Sequence[str]) -> Table:
        place = {fact: at for at, fact in enumerate(columns)}
        lookup = np.array([place.get(fact, -1) for fact in pairs.names])
        column = lookup[pairs.facts]
        row = np.repeat(np.arange(len(pairs.length)), pairs.length)[column >= 0]
        length = np.bincount(row, minlength=len(pairs.length)) + 1
        start = np.cumsum(length) - length
        filled = np.zeros(length.sum(), dtype=np.int64)
        free = np.ones(len(filled), dtype=bool)
        free[start] = False
        filled[free] = column[column >= 0]
        return cls(filled, length, start, len(columns))

    def times(self, weights: np.ndarray) -> np.ndarray:
        return np.add.reduceat(weights[self.column], self.start)

    def back(self, rows: np.ndarray) -> np.ndarray:
        return np.bincount(self.column, weights=np.repeat(rows, self.length), minlength=self.width)


def columns_of(pairs: Pairs) -> list[str]:
    """The facts from which something can be learnt: that several reports have, and of which some links are there or would
    be if the fact did not matter; of those that are single words, the ones with more links than chance makes."""
    reports = reports_with(pairs)
    linked = reports_with(pairs.some(pairs.linked == 1))
    awaited = np.bincount(pairs.facts, minlength=len(pairs.names)) * pairs.linked.mean()
    speaks_for = (linked >= LINKS) & (
        linked - awaited >= CHANCE * np.sqrt(awaited)
    )  # by reports, for one may be full of a word and of links
    structure = np.array([not fact.startswith(WORDS) for fact in pairs.names]) & ((linked >= LINKS) | (awaited >= LINKS))
    kept = (reports >= REPORTS) & (structure | speaks_for)
    return [ALWAYS, *sorted(pairs.names[at] for at in np.flatnonzero(kept))]


def reports_with(pairs: Pairs) -> np.ndarray:
    """In how many reports each fact is true."""
    seen = np.unique(np.repeat(pairs.case, pairs.length).astype(np.int64) * len(pairs.names) + pairs.facts)
    return np.bincount(seen % len(pairs.names), minlength=len(pairs.names))


def fit(table: Table, linked: np.ndarray, penalty: float) -> np.ndarray:
    """Weights by proximal Newton steps (Lee, Sun and Saunders 2014), begun at the rate at which pairs are linked.

    Column 0 is not held small. Ends when no weight moves."""
    held = np.full(table.width, penalty)
    held[0] = 0.0
    rate = linked.mean()
    weights = np.zeros(table.width)
    weights[0] = np.log(rate / (1.0 - rate))
    best = objective(table, linked, weights, held)
    for _ in range(ROUNDS):
        likely = 1.0 / (1.0 + np.exp(-table.times(weights)))
        moved = newton(table, weights, table.back(likely - linked), np.maximum(likely * (1.0 - likely), FLAT), held)
        pace = 1.0
        while (reached := objective(table, linked, weights + pace * moved, held)) > best and pace > TINY:
            pace /= 2.0
        weights = weights + pace * moved
        best = reached
        if np.abs(pace * moved).max() < TINY:
            break
    return weights


def newton(table: Table, weights: np.ndarray, slope: np.ndarray, bend: np.ndarray, held: np.ndarray) -> np.ndarray:
    """The step to the lowest point of the penalised parabola that touches the loss at `weights`."""
    width = table.back(bend * table.length)  # a diagonal above the curvature
    step = ahead = np.zeros(table.width)
    pace = 1.0
    for _ in range(STEPS):
        down = weights + ahead - (slope + table.back(bend * table.times(ahead))) / width
        new = np.sign(down) * np.maximum(np.abs(down) - held / width, 0.0) - weights
        if ((ahead - new) * (new - step)).sum() > 0:
            pace = 1.0  # the momentum leads uphill
        faster = (1.0 + np.sqrt(1.0 + 4.0 * pace * pace)) / 2.0
        ahead = new + (pace - 1.0) / faster * (new - step)
        step, pace = new, faster
    return step


def objective(table: Table, linked: np.ndarray, weights: np.ndarray, held: np.ndarray) -> float:
    odds = table.times(weights)
    return float((np.logaddexp(0.0, odds) - linked * odds).sum() + (held * np.abs(weights)).sum())


# ---- choosing ----


def best(pairs: Pairs, odds: np.ndarray) -> dict[tuple[int, int], tuple[float, int]]:
    """For each statement its likeliest partner: (report, statement) -> (odds, partner)."""
    found: dict[tuple[int, int], tuple[float, int]] = {}
    for case, one, other, value in zip(
        pairs.case.tolist(), pairs.one.tolist(), pairs.other.tolist(), odds.tolist(), strict=True
    ):
        if value > found.get((case, one), (-np.inf, 0))[0]:
            found[case, one] = value, other
    return found


def curve(pairs: Pairs, odds: np.ndarray, gold: dict[tuple[int, int], set[int]]) -> list[tuple[float, int, int]]:
    """At each odds that could be asked for: (odds, links made, right ones)."""
    ranked = sorted(((value, key, other) for key, (value, other) in best(pairs, odds).items()), reverse=True)
    out, right = [], 0
    for made, (value, key, other) in enumerate(ranked, 1):
        right += other in gold.get(key, ())
        out.append((value, made, right))
    return out


def f_measure(made: int, right: int, there: int, beta: float) -> float:
    return (1 + beta**2) * right / (made + beta**2 * there) if made else 0.0


def gold_of(given: Sequence[Case], link: str) -> dict[tuple[int, int], set[int]]:
    """The linked statements with all tellings of their partners."""
    found = {}
    for number, case in enumerate(given):
        first = first_of(case)
        for one, target in enumerate(getattr(case, link)):
            if target is not None:
                found[number, one] = {other for other in range(len(first)) if first[other] == first[target] and other != one}
    return found


def fold_of(case: Case) -> int:
    return crc32(case.reading.report.id.partition("@")[0].encode()) % FOLDS


def held_out(pairs: Pairs, given: Sequence[Case], penalty: float) -> np.ndarray:
    """The odds of each pair by weights that have not seen its report."""
    folds = np.array([fold_of(case) for case in given])[pairs.case]
    odds = np.zeros(len(folds))
    for fold in range(FOLDS):
        seen = pairs.some(folds != fold)
        columns = columns_of(seen)
        weights = fit(Table.of(seen, columns), seen.linked, penalty)
        odds[folds == fold] = Table.of(pairs.some(folds == fold), columns).times(weights)
    return odds


def least(pairs: Pairs, odds: np.ndarray, gold: dict[tuple[int, int], set[int]], beta: float) -> float:
    """The odds to ask for: those at which the F measure is best."""
    return max(curve(pairs, odds, gold), key=lambda point: f_measure(point[1], point[2], len(gold), beta))[0]


def shown(name: str, found: dict, gold: dict, at_least: float, inside: set[int]) -> str:
    made = {key: other for key, (value, other) in found.items() if value >= at_least and key[0] in inside}
    there = {key: others for key, others in gold.items() if key[0] in inside}
    right = sum(other in there.get(key, ()) for key, other in made.items())
    p, r = right / max(len(made), 1), right / max(len(there), 1)
    return f"  {name:6s} {len(there):5d} links  P {p:.3f}  R {r:.3f}  F1 {f_measure(len(made), right, len(there), 1.0):.3f}"


def main(shared: Path, *, write: bool) -> None:
    named = list(cases(shared))
    corpora, given = [name for name, _ in named], [case for _, case in named]
    print(f"{len(given)} reports, {sum(len(case.statements) for case in given)} statements")
    table: dict[str, dict[str, float]] = {}
    for link in ("answers", "same_as"):
        pairs, gold = pairs_of(given, link), gold_of(given, link)
        odds = held_out(pairs, given, PENALTY[link])
        at_least = least(pairs, odds, gold, BETA[link])
        print(f"{link}: {len(pairs.case)} pairs, {int(pairs.linked.sum())} linked; odds asked for {at_least:.2f}")
        found = best(pairs, odds)
        for corpus in sorted(set(corpora)):
            print(shown(corpus, found, gold, at_least, {n for n, name in enumerate(corpora) if name == corpus}))
        print(shown("all", found, gold, at_least, set(range(len(given)))))
        if write:
            columns = columns_of(pairs)
            weights = fit(Table.of(pairs, columns), pairs.linked, PENALTY[link])
            table[link] = {
                fact: float(weight) for fact, weight in zip(columns, weights, strict=True) if abs(weight) >= SMALL
            }
            table[link] |= {AT_LEAST: at_least}
            print(f"  {len(table[link])} weights")
    if write:
        write_table(table)


def write_table(table: dict[str, dict[str, float]]) -> None:
    features = sorted({fact for weights in table.values() for fact in weights})
    cells = ([fact, *(f"{weights[fact]:.2f}" if fact in weights else "" for weights in table.values())] for fact in features)
    with TABLE.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out, lineterminator="\n").writerows([("feature", *table), *cells])


if __name__ == "__main__":
    main(Path(next(each for each in sys.argv[1:] if each != "--write")), write="--write" in sys.argv)
