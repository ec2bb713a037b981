"""Weights of sector_hints.csv: which sector the words in and around an unexplained party, and its acts, speak for.

    python -m evaluation.hints STATEMENTS.jsonl … [--write]

Measured on annotated statements: logistic regression, one sector against the rest, with an L1 penalty that leaves few
weights; hints from fewer than six reports, which are mostly names, are left out. Prints how often the guess is right where
nothing else explains the party, each report guessed by weights that have not seen it (four folds).
"""

from __future__ import annotations

import csv
import sys
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

import numpy as np

from ascribe.resolve.hints import ALWAYS, hints_of
from ascribe.resolve.index import Index
from ascribe.resolve.parties import UNEXPLAINED, Parties, parts_of
from ascribe.schema import Span
from evaluation.parties import load

_TABLE = Path(__file__).parent.parent / "ascribe/data/tables/sector_hints.csv"
_REPORTS = 6  # that must have a hint
_PENALTY = 10.0
_ROUNDS = 200
_SMALL = 0.05
_FOLDS = 4
_SECTORS = ("BUS", "COP", "CRM", "CVL", "GOV", "IGO", "JUD", "LEG", "MED", "MIL", "NGO", "OPP", "PTY", "REB", "UNK")


@dataclass(frozen=True)
class Case:
    """A mention that no table names, its gold sector and the hints at it."""

    report: str
    sector: str
    hints: dict[str, float]
    explained: bool  # by the words of sectors.csv or by an introduction


def cases_of(path: str) -> list[Case]:
    """The mentions of annotated statements that are no entity of the tables."""
    cases = []
    for report, statements, golds in load(path):
        parties = Parties(Index(report))
        parties.learn(statements)
        sectors: dict[Span, str] = {}
        for statement, gold in zip(statements, golds, strict=True):
            for role, mentions in parts_of(statement):
                wanted = gold["sources" if role == "source" else role]
                sectors |= {mention.span: each["sector"] for mention, each in zip(mentions, wanted, strict=True)}
        for seen in parties.seen.values():
            party, span = parties.understood(seen), seen.span
            if party is not None and party.entity is None and span.stop > span.start:
                hints = hints_of(parties.index, span, seen.acts, parties.sectors)
                cases.append(Case(report.id.partition("@")[0], sectors[span], hints, party.score > UNEXPLAINED))
    return cases


def frequent(cases: list[Case]) -> list[str]:
    """The hints that several reports have."""
    reports: dict[str, set[str]] = {}
    for case in cases:
        for hint in case.hints:
            reports.setdefault(hint, set()).add(case.report)
    return sorted(hint for hint, found in reports.items() if len(found) >= _REPORTS)


def table_of(cases: list[Case], hints: list[str]) -> np.ndarray:
    """The cases as rows, the hints as columns."""
    column = {hint: number for number, hint in enumerate(hints)}
    table = np.zeros((len(cases), len(hints)), dtype=np.float32)
    for row, case in enumerate(cases):
        for hint, strength in case.hints.items():
            if hint in column:
                table[row, column[hint]] = strength
    return table


def fit(table: np.ndarray, sectors: list[str], free: int) -> np.ndarray:
    """Weights by proximal gradient steps with momentum; the column `free` is not held small."""
    gold = np.array([[sector == each for each in _SECTORS] for sector in sectors], dtype=np.float32)
    step = 4.0 / _largest(table)
    held = np.full((table.shape[1], 1), _PENALTY * step, dtype=np.float32)
    held[free] = 0.0
    weights = ahead = np.zeros((table.shape[1], len(_SECTORS)), dtype=np.float32)
    pace = 1.0
    for _ in range(_ROUNDS):
        slope = table.T @ (1.0 / (1.0 + np.exp(-(table @ ahead))) - gold)
        moved = ahead - step * slope
        new = np.sign(moved) * np.maximum(np.abs(moved) - held, 0.0)
        faster = (1.0 + np.sqrt(1.0 + 4.0 * pace * pace)) / 2.0
        ahead = new + (pace - 1.0) / faster * (new - weights)
        weights, pace = new, faster
    return weights


def _largest(table: np.ndarray) -> float:
    """The largest eigenvalue of the table's square, by repeated multiplication."""
    vector = np.ones(table.shape[1], dtype=np.float32)
    for _ in range(30):
        vector = table.T @ (table @ vector)
        vector /= np.linalg.norm(vector)
    return float(np.linalg.norm(table.T @ (table @ vector)))


def right(cases: list[Case], hints: list[str]) -> tuple[int, int]:
    """How many unexplained cases there are, and how many are guessed right by weights that have not seen their report."""
    n = hit = 0
    for fold in range(_FOLDS):
        inside = [crc32(case.report.encode()) % _FOLDS == fold for case in cases]
        seen = [case for case, is_inside in zip(cases, inside, strict=True) if not is_inside]
        asked = [case for case, is_inside in zip(cases, inside, strict=True) if is_inside and not case.explained]
        weights = fit(table_of(seen, hints), [case.sector for case in seen], hints.index(ALWAYS))
        best = (table_of(asked, hints) @ weights).argmax(axis=1)
        n += len(asked)
        hit += sum(_SECTORS[number] == case.sector for number, case in zip(best, asked, strict=True))
    return n, hit


def main(paths: list[str], *, write: bool) -> None:
    cases = [case for path in paths for case in cases_of(path)]
    hints = frequent(cases)
    n, hit = right(cases, hints)
    print(f"{len(cases)} cases, {len(hints)} hints; {n} unexplained, guessed right {hit / n:.3f}")
    if write:
        weights = fit(table_of(cases, hints), [case.sector for case in cases], hints.index(ALWAYS))
        lines = [
            (hint, sector, f"{weight:.2f}")
            for hint, row in zip(hints, weights, strict=True)
            for sector, weight in zip(_SECTORS, row, strict=True)
            if abs(weight) >= _SMALL or hint == ALWAYS
        ]
        with _TABLE.open("w", encoding="utf-8", newline="") as out:
            csv.writer(out, lineterminator="\n").writerows([("hint", "sector", "weight"), *lines])
        print(f"{len(lines)} weights written")


if __name__ == "__main__":
    main([each for each in sys.argv[1:] if each != "--write"], write="--write" in sys.argv)
