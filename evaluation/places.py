"""Places for score_places: `python -m evaluation.places IN.jsonl OUT.jsonl` (LGL: Lieberman et al. 2010).

With `toponyms` in IN their spans are given and only resolved; without, the reader finds them. LGL counts adjectives and
peoples of states ("Georgian", "Russians") as places, which the reader marks as groups. What IN says of the publisher (url,
source) is used as that of any report is."""

from __future__ import annotations

import sys
from functools import cache

from ascribe.data import rows
from ascribe.mark import mark
from ascribe.resolve.index import Index
from ascribe.resolve.places import Places
from ascribe.schema import Mention, Name, Report, Span
from evaluation.adapt import Row, adapt


def places(row: Row) -> Row:
    report = Report(row["id"], row["text"], publisher=row.get("source"), published=row.get("date"), url=row.get("url"))
    given = row.get("toponyms")
    if given is None:
        spans = [name.span for name in mark(report).names if _is_place(report, name)]
    else:
        spans = [Span(one["start"], one["end"]) for one in given]
    found = Places(Index(report), spans)
    return {"id": row["id"], "toponyms": [_toponym(found, span) for span in spans]}


def _is_place(report: Report, name: Name) -> bool:
    return name.label == "place" or (name.label == "group" and name.span.of(report.text) in demonyms())


def _toponym(found: Places, span: Span) -> Row:
    text = found.index.text
    identity = found.locate("", Mention(span.of(text), span))
    row: Row = {"start": span.start, "end": span.stop, "name": span.of(text), "because": identity.because}
    if identity.lat is not None:
        row |= {"lat": identity.lat, "lon": identity.lon, "iso3": identity.country, "score": identity.score}
    if (identity.entity or "").startswith("geonames:"):
        row["geonameid"] = int((identity.entity or "").removeprefix("geonames:"))
    return row


@cache
def demonyms() -> frozenset[str]:
    """Adjectives and peoples of states: "Georgian", "Georgians"."""
    cells = [row[column] for row in rows("states") for column in ("adjectives", "people")]
    words = {word for cell in cells for word in cell.split(";") if word}
    return frozenset(words | {word + "s" for word in words if word.endswith("an")})


if __name__ == "__main__":
    sys.exit(adapt(__doc__, places))
