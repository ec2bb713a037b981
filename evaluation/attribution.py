"""Attributions for score_attribution: `python -m evaluation.attribution IN.jsonl OUT.jsonl` (PolNeAR: Newell et al. 2018).

PolNeAR marks the outermost attribution only, so one whose cue stands in the words told of another is left out."""

from __future__ import annotations

import sys

from ascribe.mark import mark
from ascribe.schema import Report, Span, Told
from evaluation.adapt import Row, adapt


def attributions(row: Row) -> Row:
    told = mark(Report(row["id"], row["text"])).attributed
    outer = [one for one in told if one.content and not any(_inside(one, other) for other in told if other is not one)]
    return {"id": row["id"], "attributions": [_spans(one) for one in outer]}


def _inside(one: Told, other: Told) -> bool:
    return one.cue is not None and any(span.covers(one.cue) for span in other.content)


def _spans(one: Told) -> dict[str, list[list[int]]]:
    def listed(*spans: Span | None) -> list[list[int]]:
        return [[span.start, span.stop] for span in spans if span]

    return {"source": listed(one.source), "cue": listed(one.cue), "content": listed(*one.content)}


if __name__ == "__main__":
    sys.exit(adapt(__doc__, attributions))
