"""Reading across reports for score_stories: `python -m evaluation.stories IN.jsonl OUT.jsonl`.

IN is a heap of reports without answers, `{"id", "publisher", "published", "title", "text"}`; OUT holds the groups with their
origins and links, then the contradictions. `--given STORIES.jsonl` takes the statements from the answers (type, parties,
trigger, chain, stance, status; what they tell of objects, places and days is read from the text), so that joining is
measured without reading.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from ascribe.pipeline import read, walk
from ascribe.relate.sources import source_of
from ascribe.resolve import resolve
from ascribe.schema import POSITIONS, Identity, Mention, Reading, Record, Report, Source, Span, Statement, digest
from ascribe.thread import Threads
from evaluation.adapt import Row, read_rows

_STATE = 3  # letters of a country code


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("given", metavar="IN", type=Path)
    parser.add_argument("out", metavar="OUT", type=Path)
    parser.add_argument(
        "--given", dest="stories", metavar="STORIES", type=Path, help="take the statements from these answers"
    )
    options = parser.parse_args(arguments)
    reports = [report_of(row) for row in read_rows(options.given)]
    records = given(reports, list(read_rows(options.stories))) if options.stories else list(read(reports))
    with options.out.open("w", encoding="utf-8") as written:
        for line in predict(records):
            written.write(json.dumps(line, ensure_ascii=False) + "\n")
    return 0


def report_of(row: Row) -> Report:
    """A report as `read` takes it: the headline is the first line of its text."""
    title = row.get("title") or ""
    text = f"{title}\n{row['text']}" if title else row["text"]
    return Report(row["id"], text, title or None, row.get("publisher"), row.get("published"), language="en", format="jsonl")


# ---- statements that are given ----


def given(reports: Iterable[Report], stories: Iterable[Row]) -> list[Record]:
    """Records of the tellings of the answers, with what our reader finds at their words."""
    told: dict[str, list[tuple[Row, Row]]] = {}
    for story in stories:
        for event in story["events"]:
            for telling in event["told_by"]:
                told.setdefault(telling["report"], []).append((event, telling))
    return [_given(report, told.get(report.id, ())) for report in reports]


def _given(report: Report, told: Iterable[tuple[Row, Row]]) -> Record:
    reading, found = walk(report)
    statements: list[Statement] = []
    parties: list[Identity] = []
    for event, telling in told:
        statement = _statement(reading, found, event, telling)
        statements.append(statement)
        parties += [_party(statement, role, code) for role in ("actor", "recipient") for code in event[role]]
    ordered = tuple(sorted(statements, key=lambda statement: statement.trigger.span))
    identities = [i for i in resolve(report, ordered) if i.role not in ("actor", "recipient")]
    return Record(report, ordered, (*parties, *identities))


def _statement(reading: Reading, found: Record, event: Row, telling: Row) -> Statement:
    report = reading.report
    start = report.text.index(telling["trigger"], len(report.headline) + 1 if report.headline else 0)
    trigger = Mention.at(report, Span(start, start + len(telling["trigger"])))
    ours = next((s for s in found.statements if s.trigger.span.overlaps(trigger.span)), None)
    sentence = reading.sentence_at(start)
    times = [n.span for n in reading.names if n.label == "time" and reading.sentence_at(n.span.start) == sentence]
    nearest = min(times, key=lambda span: abs(span.start - start), default=None)
    time = ours.time if ours and ours.time else Mention.at(report, nearest) if nearest else None
    return Statement(
        id=digest(report.id, trigger.span, event["type"]),
        report=report.id,
        kind="position" if event["type"] in POSITIONS else "event",
        type=event["type"],
        trigger=trigger,
        object=ours.object if ours else None,
        place=ours.place if ours else None,
        time=time,
        status=telling["status"],
        stance=telling["stance"],
        chain=tuple(_source(reading, words) for words in telling["chain"]),
    )


def _source(reading: Reading, words: str) -> Source:
    start = max(reading.report.text.find(words), 0)
    mention = Mention(words, Span(start, start + len(words)))
    return source_of(reading, mention, None)


def _party(statement: Statement, role: str, code: str) -> Identity:
    state = len(code) == _STATE and code not in _SECTORS_OF_THREE
    return Identity(
        statement.id, role, statement.trigger.span, country=code if state else None, sector=None if state else code
    )


_SECTORS_OF_THREE = frozenset(
    {"GOV", "MIL", "COP", "JUD", "LEG", "PTY", "OPP", "REB", "IGO", "NGO", "BUS", "MED", "CVL", "CRM", "UNK"}
)


# ---- the lines of the answer ----


def predict(records: Iterable[Record]) -> Iterator[Row]:
    """Groups, then contradictions, in the format of the scorer."""
    threads = Threads()
    kept: dict[str, tuple[Report, Statement]] = {}
    for record in records:
        threads.add(record)
        kept |= {statement.id: (record.report, statement) for statement in record.statements}
    view = threads.view()
    index = {group.id: position for position, group in enumerate(view.groups)}
    for group in view.groups:
        yield {
            "members": [_member(*kept[id]) for id in group.members],
            "origins": group.origins.count,
            "origin_groups": [sorted(reports) for reports in group.origins.reports],
            "answers": index.get(group.answers or ""),
            "asked_in_return": index.get(group.asked_in_return or ""),
            "dispute": sorted(group.claimants) or None,
        }
    for contradiction in view.contradictions:
        yield {
            "field": contradiction.field,
            "groups": sorted(index[group] for group in contradiction.groups),
            "reports": [sorted(side.reports) for side in contradiction.sides],
        }


def _member(report: Report, statement: Statement) -> dict[str, Any]:
    """The trigger in characters of the text without its headline."""
    before = len(report.headline) + 1 if report.headline else 0
    span = statement.trigger.span
    if span.start < before:
        return {"report": report.id, "start": span.start, "end": span.stop, "in": "title"}
    return {"report": report.id, "start": span.start - before, "end": span.stop - before}


if __name__ == "__main__":
    sys.exit(main())
