"""What the errors on annotated statements are made of: `python -m evaluation.errors GOLD.jsonl PREDICTED.jsonl`.

Statements are paired by overlapping triggers inside a line. Each gold statement falls under exactly one line of the table:
missed, another type, or the first of its fields that is wrong; what was predicted without a partner is spurious.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from evaluation.adapt import Row, read_rows

_FIELDS = ("actor", "recipient", "status", "stance", "sources", "object", "place", "time")


def table(gold: Sequence[Row], predicted: Sequence[Row]) -> tuple[Counter[str], Counter[tuple[str, str]]]:
    """How often each kind of error stands, and which types are taken for which."""
    kinds: Counter[str] = Counter()
    confused: Counter[tuple[str, str]] = Counter()
    found = {row["id"]: row["statements"] for row in predicted}
    for row in gold:
        left = list(found.get(row["id"], ()))
        for statement in row["statements"]:
            partner = _partner(row["text"], statement, left)
            if partner is None:
                kinds["missed"] += 1
                continue
            left.remove(partner)
            if partner["type"] != statement["type"]:
                kinds["another type"] += 1
                confused[statement["type"], partner["type"]] += 1
            else:
                wrong = next(_wrong(statement, partner), None)
                kinds[f"{wrong} wrong" if wrong else "all right"] += 1
        kinds["spurious"] += len(left)
    return kinds, confused


def _partner(text: str, statement: Row, left: Sequence[Row]) -> Row | None:
    """The predicted statement with the most of the trigger's characters, of the same type where two are level."""

    def closeness(one: Row) -> tuple[int, bool]:
        return _shared(statement["trigger"], one["trigger"]), one["type"] == statement["type"]

    best = max(left, key=closeness, default=None)
    return best if best is not None and closeness(best)[0] > 0 else None


def _shared(a: Row | None, b: Row | None) -> int:
    return max(0, min(a["end"], b["end"]) - max(a["start"], b["start"])) if a and b else 0


def _wrong(gold: Row, predicted: Row) -> Iterator[str]:
    for field in _FIELDS:
        a, b = gold[field], predicted[field]
        if isinstance(a, list):
            same = len(a) == len(b) and all(any(_shared(x, y) for y in b) for x in a)
        elif isinstance(a, dict) or isinstance(b, dict):
            same = bool(_shared(a, b))
        else:
            same = a == b
        if not same:
            yield field


def main(arguments: Sequence[str]) -> int:
    if len(arguments) != 2:
        print(__doc__)
        return 2
    gold, predicted = (list(read_rows(Path(path))) for path in arguments)
    kinds, confused = table(gold, predicted)
    for kind, count in kinds.most_common():
        print(f"{kind:18} {count:4}")
    print("types taken for others:", ", ".join(f"{a} for {b} {n}" for (a, b), n in confused.most_common(12)))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
