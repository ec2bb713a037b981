"""How often the words of a story tell its PLOVER mode: `python -m evaluation.modes NGEC.jsonl` (Halterman et al. 2023).

A line is a machine-written story that goes on from a headline, with the type and mode of the headline; the type is given.
Triggers are not marked, so the headline stands in for the object of a statement. The first sentence of the story, which
need not tell the mode again, stands in for the rest of a sentence and is measured by itself.
The tables were tuned on the even lines. As each headline was written for twelve stories, with other places, and was seen
when the tables were written, the odd lines test no new headlines: only their stories are new.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from ascribe.data import rows
from ascribe.mark.sentences import sentences
from ascribe.relate.modes import mode_of
from evaluation.adapt import Row, read_rows

SPELLED = {"primative": "primitive", "sieze": "seize"}  # as the set spells them, and as the manual does


def gold(row: Row) -> str | None:
    mode = (row["mode"] or "").lower()
    return SPELLED.get(mode, mode) or None


def by_headline(row: Row) -> str | None:
    return mode_of(row["type"], "", row["headline"])


def by_first_sentence(row: Row) -> str | None:
    text = row["text"]
    return mode_of(row["type"], "", "", sentences(text)[0].of(text))


def score(name: str, cases: Sequence[tuple[Row, str | None]]) -> None:
    """Prints, for all and by type: lines with a mode, right, without an answer; and lines without one that got one."""
    count: Counter[tuple[str, str]] = Counter()
    for row, given in cases:
        right = gold(row)
        for group in ("all", row["type"]):
            if right is None:
                count[group, "none"] += 1
                count[group, "invented"] += given is not None
            else:
                count[group, "n"] += 1
                count[group, "right"] += given == right
                count[group, "silent"] += given is None
    print(f"{name}\n{'':10}{'rows':>6}{'right':>8}{'of told':>9}{'silent':>8}{'told though none':>20}")
    for group in sorted({group for group, _ in count}, key=lambda group: (group != "all", group)):
        n, right_, silent = (count[group, key] for key in ("n", "right", "silent"))
        invented = f"{count[group, 'invented']} of {count[group, 'none']}"
        print(f"{group:10}{n:6}{right_ / n:8.3f}{right_ / max(n - silent, 1):9.3f}{silent / n:8.3f}{invented:>20}")


def main() -> int:
    if len(sys.argv) != 2:
        print(__doc__)
        return 2
    with_modes = {row["type"] for row in rows("modes")}
    cases = [row for row in read_rows(Path(sys.argv[1])) if row["type"] in with_modes]
    for half, rest in (("even", 0), ("odd", 1)):
        chosen = [row for at, row in enumerate(cases) if at % 2 == rest]
        for answer in (by_headline, by_first_sentence):
            score(f"{half} lines, {answer.__name__.replace('_', ' ')}", [(row, answer(row)) for row in chosen])
    return 0


if __name__ == "__main__":
    sys.exit(main())
