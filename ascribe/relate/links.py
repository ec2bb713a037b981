"""What answers what, and what is told again, inside one report.

For each pair of statements that stand close enough, the facts of pairs.py are added up with the weights of link_weights.csv
to log-odds; the best partner is taken if it reaches what the table asks for. A wrong link is worse than none: what is asked
for lies above even odds where that is more often right.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Final

from ascribe import data
from ascribe.relate.pairs import Side, answered, answering, answers, same, sides, strangers
from ascribe.schema import Reading, Statement

BACK: Final = 12  # statements back that an answer is looked for: 98 % of 763 annotated ones stand there or
AHEAD: Final = 4  # so many ahead, in the same sentence or the next two
_SENTENCES_AHEAD: Final = 2
SAME_BACK: Final = 30  # statements of one type back that a first telling is looked for
ALWAYS, AT_LEAST = "always", "at least"  # lines of the table that are no facts: the odds to begin with, and those asked for


def link(statements: Sequence[Statement], reading: Reading) -> list[Statement]:
    """The statements with `answers` and `same_as` filled in; both point to first tellings in the same list."""
    compared = sides(statements, reading)
    first = _first_tellings(compared)
    partner = _partners(compared, first, reading.report.text)
    return [
        replace(
            statement,
            same_as=statements[first[index]].id if first[index] != index else None,
            answers=statements[partner[index]].id if index in partner else None,
        )
        for index, statement in enumerate(statements)
    ]


# ---- told again ----


def _first_tellings(compared: Sequence[Side]) -> list[int]:
    """For each statement the index of the first that tells the same, or its own."""
    first = list(range(len(compared)))
    weights = _weights("same_as")
    found: dict[int, tuple[float, int]] = {}
    for later, earlier, between in repeatable(compared):
        odds = _odds(weights, same(compared[later], compared[earlier], between)) + weights[ALWAYS]
        if odds >= weights[AT_LEAST]:
            found[later] = max(found.get(later, (odds, -earlier)), (odds, -earlier))
    for later in sorted(found):
        first[later] = first[-found[later][1]]
    return first


def repeatable(compared: Sequence[Side]) -> Iterator[tuple[int, int, int]]:
    """Which statement could repeat which: (later, earlier, how many of the type stand in between).

    What did not happen never repeats what did, and a denial answers what it denies (codebook, section 8)."""
    of_type: dict[str, list[int]] = {}
    for index, side in enumerate(compared):
        earlier = of_type.setdefault(side.statement.type, [])
        near = earlier[-SAME_BACK:]
        for place, other in enumerate(near):
            if _stand(side) == _stand(compared[other]):
                yield index, other, len(near) - 1 - place
        earlier.append(index)


def _stand(side: Side) -> tuple[bool, bool]:
    return side.statement.status == "negated", side.statement.stance == "denies"


# ---- answers ----


def _partners(compared: Sequence[Side], first: Sequence[int], text: str) -> dict[int, int]:
    """Which statement answers which: the first telling of the likeliest one."""
    weights = _weights("answers")
    mine = [_odds(weights, answering(side)) + weights[ALWAYS] for side in compared]
    theirs = [_odds(weights, answered(side)) for side in compared]
    found: dict[int, tuple[float, int]] = {}
    for index, other, between in answerable(compared):
        if first[index] == first[other]:
            continue
        facts = answers(compared[index], compared[other], between, text)
        odds = round(mine[index] + theirs[other] + _odds(weights, facts), 9)
        if odds >= weights[AT_LEAST] and odds > found.get(index, (odds - 1.0, 0))[0]:
            found[index] = odds, other
    return {index: first[other] for index, (_, other) in found.items()}


def answerable(compared: Sequence[Side]) -> Iterator[tuple[int, int, int]]:
    """Which could answer which: (the answer, the answered, how many of the type of the answered lie in between).

    Never two of whom every party is named, and none the same."""
    for index, side in enumerate(compared):
        ahead = range(index + 1, min(index + 1 + AHEAD, len(compared)))
        near = [other for other in ahead if compared[other].sentence - side.sentence <= _SENTENCES_AHEAD]
        for others in (range(index - 1, max(index - 1 - BACK, -1), -1), near):
            seen: Counter[str] = Counter()
            for other in others:
                type = compared[other].statement.type
                if not strangers(side, compared[other]):
                    yield index, other, seen[type]
                seen[type] += 1


# ---- the table ----


def _odds(weights: Mapping[str, float], facts: Iterable[str]) -> float:
    return sum(weights.get(fact, 0.0) for fact in facts)


@cache
def _weights(link: str) -> Mapping[str, float]:
    return {row["feature"]: float(row[link]) for row in data.rows("link_weights") if row[link]}
