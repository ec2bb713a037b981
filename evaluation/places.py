"""Places for score_places: `python -m evaluation.places IN.jsonl OUT.jsonl` (LGL: Lieberman et al. 2010).

With `toponyms` in IN their spans are given and only resolved; without, the reader finds them."""

from __future__ import annotations

import sys

from ascribe.mark import mark
from ascribe.schema import Report, Span
from evaluation.adapt import Row, adapt


def places(row: Row) -> Row:
    report = Report(row["id"], row["text"], published=row.get("date"))
    given = row.get("toponyms")
    if given is None:
        spans = [name.span for name in mark(report).names if name.label == "place"]
    else:
        spans = [Span(one["start"], one["end"]) for one in given]
    return {"id": row["id"], "toponyms": [{"start": span.start, "end": span.stop, "name": span.of(report.text)} for span in spans]}


if __name__ == "__main__":
    sys.exit(adapt(__doc__, places))
