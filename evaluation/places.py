"""Places for score_places: `python -m evaluation.places IN.jsonl OUT.jsonl` (LGL: Lieberman et al. 2010).

With `toponyms` in IN their spans are given and only resolved; without, the reader finds them. LGL counts adjectives and
peoples of states ("Georgian", "Russians") as places, which the reader marks as groups."""

from __future__ import annotations

import sys
from functools import cache

from ascribe.data import rows
from ascribe.mark import mark
from ascribe.schema import Name, Report, Span
from evaluation.adapt import Row, adapt


def places(row: Row) -> Row:
    report = Report(row["id"], row["text"], published=row.get("date"))
    given = row.get("toponyms")
    if given is None:
        spans = [name.span for name in mark(report).names if _is_place(report, name)]
    else:
        spans = [Span(one["start"], one["end"]) for one in given]
    return {"id": row["id"], "toponyms": [_toponym(report, span) for span in spans]}


def _is_place(report: Report, name: Name) -> bool:
    return name.label == "place" or (name.label == "group" and name.span.of(report.text) in demonyms())


def _toponym(report: Report, span: Span) -> Row:
    return {"start": span.start, "end": span.stop, "name": span.of(report.text)}


@cache
def demonyms() -> frozenset[str]:
    """Adjectives and peoples of states: "Georgian", "Georgians"."""
    cells = [row[column] for row in rows("states") for column in ("adjectives", "people")]
    words = {word for cell in cells for word in cell.split(";") if word}
    return frozenset(words | {word + "s" for word in words if word.endswith("an")})


if __name__ == "__main__":
    sys.exit(adapt(__doc__, places))
