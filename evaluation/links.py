"""What answers what and what is told again, against annotated statements.

    python -m evaluation.links GOLD.jsonl …    with the statements given, so that the links alone are measured
    … --read                                   from the text: a link is right if both its statements were found

An `answers` link is right if it leads to a telling of what gold leads to; a `same_as` link likewise.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ascribe.mark.sentences import sentences
from ascribe.pipeline import read
from ascribe.relate.links import link
from ascribe.schema import Mention, Reading, Report, Source, Span, Statement
from evaluation.adapt import Row, read_rows
from evaluation.statements import report_of

LINKS = ("answers", "same_as")


@dataclass(frozen=True)
class Case:
    """An annotated report: its statements as relate knows them, without links, and the links beside them."""

    reading: Reading
    statements: tuple[Statement, ...]
    answers: tuple[int | None, ...]
    same_as: tuple[int | None, ...]


def case_of(row: Row) -> Case:
    """One line of annotated statements."""
    report = report_of(row)
    statements = tuple(_statement(report, number, gold) for number, gold in enumerate(row["statements"]))
    answers, same_as = (tuple(gold.get(name) for gold in row["statements"]) for name in LINKS)
    return Case(Reading(report, sentences(report.text)), statements, answers, same_as)


def _statement(report: Report, number: int, gold: dict[str, Any]) -> Statement:
    def mention(given: dict[str, Any] | None) -> Mention | None:
        return Mention.at(report, Span(given["start"], given["end"])) if given else None

    def parties(name: str) -> tuple[Mention, ...]:
        return tuple(found for each in gold[name] if (found := mention(each)) and found.text)

    chain = tuple(
        Source(found, mention(each.get("cue")), each.get("kind") or "person", bool(each.get("named")))
        for each in gold["sources"]
        if (found := mention(each))
    )
    trigger = mention(gold["trigger"])
    assert trigger
    return Statement(
        f"{report.id}#{number}", report.id, gold["kind"], gold["type"], trigger, parties("actor"), parties("recipient"),
        mention(gold["object"]), mention(gold["place"]), mention(gold["time"]), gold["status"], gold["quoted"], chain,
        gold["stance"],
    )  # fmt: skip


Links = dict[str, dict[int, int]]  # link -> index of a statement -> index of the one it leads to


def links_of(statements: Sequence[Statement]) -> Links:
    number = {statement.id: index for index, statement in enumerate(statements)}
    return {
        name: {i: number[to] for i, one in enumerate(statements) if (to := getattr(one, name)) in number} for name in LINKS
    }


def compare(count: Counter[tuple[str, str]], case: Case, found: Sequence[Statement], at: dict[int, int]) -> None:
    """Count the links of `found`; `at` says which gold statement each found one is."""
    first = [index if target is None else target for index, target in enumerate(case.same_as)]
    for name, links in links_of(found).items():
        gold: tuple[int | None, ...] = getattr(case, name)
        count[name, "made"] += len(links)
        count[name, "there"] += sum(target is not None for target in gold)
        for index, to in links.items():
            one, other = at.get(index), at.get(to)
            target = None if one is None else gold[one]
            count[name, "right"] += (
                target is not None and other is not None and first[target] == first[other] and one != other
            )


def paired(case: Case, found: Sequence[Statement]) -> dict[int, int]:
    """Found statements with the gold ones they are: of the same type, in the same sentence, by the words they share."""
    candidates = sorted(
        (not one.trigger.span.overlaps(gold.trigger.span), abs(one.trigger.span.start - gold.trigger.span.start), i, g)
        for i, one in enumerate(found)
        for g, gold in enumerate(case.statements)
        if one.type == gold.type and _line(case, one) == _line(case, gold)
    )
    at: dict[int, int] = {}
    for *_, i, g in candidates:
        if i not in at and g not in at.values():
            at[i] = g
    return at


def _line(case: Case, statement: Statement) -> int:
    return case.reading.report.text.count("\n", 0, statement.trigger.span.start)


def measure(cases: Iterable[Case], *, reads: bool) -> Counter[tuple[str, str]]:
    """How many links were made, are there, and are right."""
    count: Counter[tuple[str, str]] = Counter()
    for case in cases:
        if reads:
            found: Sequence[Statement] = next(read([case.reading.report])).statements
            compare(count, case, found, paired(case, found))
        else:
            found = link([replace(one, answers=None, same_as=None) for one in case.statements], case.reading)
            compare(count, case, found, {index: index for index in range(len(found))})
    return count


def main(arguments: Sequence[str]) -> int:
    paths = [Path(each) for each in arguments if each != "--read"]
    if not paths:
        print(__doc__)
        return 2
    count = measure((case_of(row) for path in paths for row in read_rows(path)), reads="--read" in arguments)
    for name in LINKS:
        made, there, right = (count[name, what] for what in ("made", "there", "right"))
        p, r, f1 = right / max(made, 1), right / max(there, 1), 2 * right / max(made + there, 1)
        print(f"{name:8s} P {p:.3f}  R {r:.3f}  F1 {f1:.3f}   {right} right of {made} made, {there} there")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
