"""Relayed chains for score_chains: `python -m evaluation.chains IN.jsonl OUT.jsonl`.

Every attribution of the passage gives a chain: who passed it on, outermost first, then its source, around its words told."""

from __future__ import annotations

import sys

from ascribe.mark import mark
from ascribe.relate.sources import source_of
from ascribe.schema import Mention, Reading, Report, Source, Span, Told
from evaluation.adapt import Row, adapt


def chains(row: Row) -> Row:
    reading = mark(Report(row["id"], row["text"], publisher=row.get("publisher")))
    found = []
    for told in reading.attributed:
        links = _links(reading, told)
        if told.content and links:
            found.append(
                {"content_spans": [[s.start, s.stop] for s in told.content], "chain": [_link(reading, s) for s in links]}
            )
    return {"id": row["id"], "chains": _fullest(found)}


def _links(reading: Reading, told: Told) -> list[Span]:
    """Who passed it on, from the outside to the inside, then the source: those who tell of the telling stand outermost."""
    around = [one for one in reading.attributed if told.cue and one is not told and _holds(one, told.cue)]
    outer = [one.source for one in sorted(around, key=lambda one: -_width(one)) if one.source]
    links: list[Span] = []
    for span in [*outer, *sorted(told.relays), *([told.source] if told.source else [])]:
        if not any(span.overlaps(other) for other in links):
            links.append(span)
    return links


def _holds(told: Told, cue: Span) -> bool:
    return any(span.covers(cue) for span in told.content)


def _width(told: Told) -> int:
    return sum(span.stop - span.start for span in told.content)


def _fullest(found: list[Row]) -> list[Row]:
    """Of chains around one content, the one with the most links."""

    def begins(chain: Row) -> int:
        return int(chain["content_spans"][0][0])

    return [
        chain for chain in found
        if not any(begins(chain) == begins(other) and len(chain["chain"]) < len(other["chain"]) for other in found)
    ]  # fmt: skip


def _link(reading: Reading, span: Span) -> Row:
    source = source_of(reading, Mention.at(reading.report, span), None)
    return {"mention_span": [span.start, span.stop], "type": _type(source)}


def _type(source: Source) -> str:
    """Our kinds in the words of the data set."""
    if source.kind == "organisation":
        return "organization"
    if source.kind in ("person", "group") and not source.named:
        return f"unnamed_{source.kind}"
    return "person" if source.kind == "group" else source.kind


if __name__ == "__main__":
    sys.exit(adapt(__doc__, chains))
