"""Values to rows of the tables and back, in pairs. Nothing here talks to a database."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from ascribe.schema import Identity, Mention, Record, Report, Source, Span, Statement
from ascribe.store.search import index_row
from ascribe.store.when import days_of

Row = dict[str, Any]

_REPORT = ("id", "text", "headline", "publisher", "published", "url", "language", "format")
_IDENTITY = (
    "role", "entity", "name", "country", "sector", "lat", "lon", "dispute", "earliest", "latest", "granularity", "score",
    "because",
)  # fmt: skip
_STATEMENT = ("id", "kind", "type", "mode", "status", "stance", "quoted", "answers", "same_as", "confidence")


@dataclass(slots=True)
class Rows:
    """The rows of some records, table by table, ready to be written."""

    reports: list[Row] = field(default_factory=list)
    statements: list[Row] = field(default_factory=list)
    mentions: list[Row] = field(default_factory=list)
    sources: list[Row] = field(default_factory=list)
    identities: list[Row] = field(default_factory=list)
    said: list[Row] = field(default_factory=list)


class Numbers(NamedTuple):
    """The next free `seq` of reports and of statements, and the run that writes."""

    report: int
    statement: int
    run: int


# ---- values to rows ----


def rows_of(records: Iterable[Record], numbers: Numbers) -> Rows:
    """All rows of `records`, numbered from `numbers` on."""
    rows = Rows()
    for record in records:
        report = numbers.report + len(rows.reports)
        content = {"seq": report, "content": record.report.content, "run": numbers.run}
        rows.reports.append({name: getattr(record.report, name) for name in _REPORT} | content)
        _add_statements(rows, record, report, numbers.statement)
    return rows


def _add_statements(rows: Rows, record: Record, report: int, first: int) -> None:
    beliefs: dict[str, list[Identity]] = {}
    for identity in record.identities:
        beliefs.setdefault(identity.statement, []).append(identity)
    for position, statement in enumerate(record.statements):
        seq = first + len(rows.statements)
        believed = beliefs.get(statement.id, [])
        rows.statements.append(_statement_row(record.report, statement, believed, seq, report, position))
        rows.mentions += _mention_rows(statement, seq)
        rows.sources += [_source_row(source, seq, n) for n, source in enumerate(statement.chain)]
        rows.identities += [_identity_row(identity, seq, n) for n, identity in enumerate(believed)]
        rows.said.append({"seq": seq} | index_row(record.report, statement, believed))


def _statement_row(
    report: Report, statement: Statement, believed: Sequence[Identity], seq: int, report_seq: int, position: int
) -> Row:
    earliest, latest = days_of(report, statement, believed)
    return {name: getattr(statement, name) for name in _STATEMENT} | {
        "seq": seq,
        "report": report_seq,
        "position": position,
        "contexts": " ".join(statement.contexts),
        "start": statement.trigger.span.start,
        "stop": statement.trigger.span.stop,
        "trigger": statement.trigger.text,
        "earliest": earliest,
        "latest": latest,
    }


def _mention_rows(statement: Statement, seq: int) -> list[Row]:
    by_role: dict[str, Sequence[Mention]] = {
        "actor": statement.actors,
        "recipient": statement.recipients,
        "object": (statement.object,) if statement.object else (),
        "place": (statement.place,) if statement.place else (),
        "time": (statement.time,) if statement.time else (),
    }
    return [
        {"statement": seq, "role": role, "position": position} | _placed(mention)
        for role, mentions in by_role.items()
        for position, mention in enumerate(mentions)
    ]


def _placed(mention: Mention) -> Row:
    return {"start": mention.span.start, "stop": mention.span.stop, "text": mention.text, "confidence": mention.confidence}


def _source_row(source: Source, seq: int, position: int) -> Row:
    cue = source.cue
    return _placed(source.mention) | {
        "statement": seq,
        "position": position,
        "kind": source.kind,
        "named": source.named,
        "cue_start": cue.span.start if cue else None,
        "cue_stop": cue.span.stop if cue else None,
        "cue": cue.text if cue else None,
    }


def _identity_row(identity: Identity, seq: int, position: int) -> Row:
    where = {"statement": seq, "position": position, "start": identity.span.start, "stop": identity.span.stop}
    return {name: getattr(identity, name) for name in _IDENTITY} | where


# ---- rows to values ----


def report_of(row: Row) -> Report:
    """The report of a row of `reports`."""
    return Report(**{name: row[name] for name in _REPORT})


def statement_of(row: Row, report: str, mentions: Iterable[Row], sources: Iterable[Row]) -> Statement:
    """The statement of a row of `statements` with its mentions and sources, both in order of position."""
    by_role: dict[str, list[Mention]] = {}
    for mention in mentions:
        by_role.setdefault(mention["role"], []).append(_mention_of(mention))
    return Statement(
        report=report,
        trigger=Mention(row["trigger"], Span(row["start"], row["stop"])),
        actors=tuple(by_role.get("actor", ())),
        recipients=tuple(by_role.get("recipient", ())),
        object=next(iter(by_role.get("object", ())), None),
        place=next(iter(by_role.get("place", ())), None),
        time=next(iter(by_role.get("time", ())), None),
        chain=tuple(_source_of(source) for source in sources),
        contexts=tuple(row["contexts"].split()),
        **{name: row[name] for name in _STATEMENT},
    )


def identity_of(row: Row, statement: str) -> Identity:
    """The identity of a row of `identities`."""
    return Identity(statement=statement, span=Span(row["start"], row["stop"]), **{name: row[name] for name in _IDENTITY})


def _mention_of(row: Row) -> Mention:
    return Mention(row["text"], Span(row["start"], row["stop"]), row["confidence"])


def _source_of(row: Row) -> Source:
    cue = None if row["cue"] is None else Mention(row["cue"], Span(row["cue_start"], row["cue_stop"]))
    return Source(_mention_of(row), cue, row["kind"], row["named"])
