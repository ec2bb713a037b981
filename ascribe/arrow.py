"""The same values as Arrow tables, there and back; the only file that knows both forms.

A report is a row of `REPORTS`; a record is the same row with its statements and identities (`RECORDS`). A span becomes the
two numbers `start` and `end`, as in the JSON form.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pyarrow as pa

from ascribe.schema import Identity, Mention, Record, Report, Source, Span, Statement

_WORDS = [("start", pa.int32()), ("end", pa.int32()), ("text", pa.string())]
_MENTION = [*_WORDS, ("confidence", pa.float64())]
_SOURCE = [*_MENTION, ("cue", pa.struct(_MENTION)), ("kind", pa.string()), ("named", pa.bool_())]
_STATEMENT = [
    ("id", pa.string()),
    ("kind", pa.string()),
    ("type", pa.string()),
    ("mode", pa.string()),
    ("contexts", pa.list_(pa.string())),
    ("trigger", pa.struct(_MENTION)),
    ("actors", pa.list_(pa.struct(_MENTION))),
    ("recipients", pa.list_(pa.struct(_MENTION))),
    ("object", pa.struct(_MENTION)),
    ("place", pa.struct(_MENTION)),
    ("time", pa.struct(_MENTION)),
    ("status", pa.string()),
    ("stance", pa.string()),
    ("quoted", pa.bool_()),
    ("chain", pa.list_(pa.struct(_SOURCE))),
    ("answers", pa.string()),
    ("same_as", pa.string()),
    ("confidence", pa.float64()),
]
_IDENTITY = [
    ("statement", pa.string()),
    ("role", pa.string()),
    ("start", pa.int32()),
    ("end", pa.int32()),
    ("entity", pa.string()),
    ("name", pa.string()),
    ("country", pa.string()),
    ("sector", pa.string()),
    ("lat", pa.float64()),
    ("lon", pa.float64()),
    ("dispute", pa.string()),
    ("earliest", pa.string()),
    ("latest", pa.string()),
    ("granularity", pa.string()),
    ("score", pa.float64()),
    ("because", pa.string()),
]
_REPORT = [(name, pa.string()) for name in ("id", "text", "headline", "publisher", "published", "url", "language", "format")]

_PARTY = [*_MENTION, *((name, pa.string()) for name in ("name", "country", "sector", "entity", "because"))]
_WHERE = [("name", pa.string()), ("lat", pa.float64()), ("lon", pa.float64()), ("dispute", pa.string())]
_WHEN = [("from", pa.string()), ("to", pa.string()), ("granularity", pa.string())]
_TOLD = [*_PARTY, ("kind", pa.string()), ("named", pa.bool_()), ("cue", pa.struct(_WORDS))]

REPORTS = pa.schema(_REPORT)
RECORDS = pa.schema(
    [*_REPORT, ("statements", pa.list_(pa.struct(_STATEMENT))), ("identities", pa.list_(pa.struct(_IDENTITY)))]
)


# A statement that stands alone, as `ask` and `export` give it: the keys of its JSON form, in that order.
ANSWERS = pa.schema(
    [
        *((name, pa.string()) for name in ("report", "title", "publisher", "published", "url", "earliest", "latest")),
        *((name, pa.string()) for name in ("id", "kind", "type", "mode")),
        ("contexts", pa.list_(pa.string())),
        ("trigger", pa.struct(_WORDS)),
        ("actor", pa.list_(pa.struct(_PARTY))),
        ("recipient", pa.list_(pa.struct(_PARTY))),
        ("object", pa.struct(_MENTION)),
        ("place", pa.struct([*_MENTION, *_WHERE])),
        ("time", pa.struct([*_MENTION, *_WHEN])),
        ("status", pa.string()),
        ("stance", pa.string()),
        ("quoted", pa.bool_()),
        ("sources", pa.list_(pa.struct(_TOLD))),
        ("answers", pa.string()),
        ("same_as", pa.string()),
        ("dispute", pa.string()),
        ("quad", pa.int8()),
        ("goldstein", pa.float64()),
        ("cameo", pa.string()),
        ("confidence", pa.float64()),
        ("because", pa.string()),
        ("corrected", pa.list_(pa.string())),
    ]
)


def answers_to_arrow(lines: Iterable[dict[str, Any]]) -> pa.RecordBatch:
    """Statements in the JSON form of `ask`, one row each."""
    return pa.RecordBatch.from_pylist(list(lines), schema=ANSWERS)


def reports_to_arrow(reports: Iterable[Report]) -> pa.RecordBatch:
    """One row a report."""
    return pa.RecordBatch.from_pylist([_report_row(report) for report in reports], schema=REPORTS)


def reports_from_arrow(batch: pa.RecordBatch) -> list[Report]:
    """The reports of a batch; columns that it lacks are None, others are ignored."""
    return [_row_report(row) for row in batch.to_pylist()]


def records_to_arrow(records: Iterable[Record]) -> pa.RecordBatch:
    """One row a record."""
    return pa.RecordBatch.from_pylist([_record_row(record) for record in records], schema=RECORDS)


def records_from_arrow(batch: pa.RecordBatch) -> list[Record]:
    """The records of a batch of schema `RECORDS`."""
    return [_row_record(row) for row in batch.to_pylist()]


# ---- value to row, row to value, pair by pair ----


def _record_row(record: Record) -> dict[str, Any]:
    return _report_row(record.report) | {
        "statements": [_statement_row(statement) for statement in record.statements],
        "identities": [_identity_row(identity) for identity in record.identities],
    }


def _row_record(row: dict[str, Any]) -> Record:
    report = _row_report(row)
    statements = tuple(_row_statement(report.id, statement) for statement in row["statements"])
    return Record(report, statements, tuple(_row_identity(identity) for identity in row["identities"]))


def _report_row(report: Report) -> dict[str, Any]:
    return {name: getattr(report, name) for name in REPORTS.names}


def _row_report(row: dict[str, Any]) -> Report:
    return Report(row["id"], row["text"], **{name: row.get(name) for name in REPORTS.names[2:]})


def _statement_row(statement: Statement) -> dict[str, Any]:
    return {
        "id": statement.id,
        "kind": statement.kind,
        "type": statement.type,
        "mode": statement.mode,
        "contexts": list(statement.contexts),
        "trigger": _mention_row(statement.trigger),
        "actors": [_mention_row(mention) for mention in statement.actors],
        "recipients": [_mention_row(mention) for mention in statement.recipients],
        "object": _optional_row(statement.object),
        "place": _optional_row(statement.place),
        "time": _optional_row(statement.time),
        "status": statement.status,
        "stance": statement.stance,
        "quoted": statement.quoted,
        "chain": [_source_row(source) for source in statement.chain],
        "answers": statement.answers,
        "same_as": statement.same_as,
        "confidence": statement.confidence,
    }


def _row_statement(report: str, row: dict[str, Any]) -> Statement:
    plain = ("id", "kind", "type", "mode", "status", "stance", "quoted", "answers", "same_as", "confidence")
    return Statement(
        report=report,
        contexts=tuple(row["contexts"]),
        trigger=_row_mention(row["trigger"]),
        actors=tuple(_row_mention(mention) for mention in row["actors"]),
        recipients=tuple(_row_mention(mention) for mention in row["recipients"]),
        object=_row_optional(row["object"]),
        place=_row_optional(row["place"]),
        time=_row_optional(row["time"]),
        chain=tuple(_row_source(source) for source in row["chain"]),
        **{name: row[name] for name in plain},
    )


def _source_row(source: Source) -> dict[str, Any]:
    named = {"cue": _optional_row(source.cue), "kind": source.kind, "named": source.named}
    return _mention_row(source.mention) | named


def _row_source(row: dict[str, Any]) -> Source:
    return Source(_row_mention(row), _row_optional(row["cue"]), row["kind"], row["named"])


def _mention_row(mention: Mention) -> dict[str, Any]:
    return {"start": mention.span.start, "end": mention.span.stop, "text": mention.text, "confidence": mention.confidence}


def _row_mention(row: dict[str, Any]) -> Mention:
    return Mention(row["text"], Span(row["start"], row["end"]), row["confidence"])


def _optional_row(mention: Mention | None) -> dict[str, Any] | None:
    return None if mention is None else _mention_row(mention)


def _row_optional(row: dict[str, Any] | None) -> Mention | None:
    return None if row is None else _row_mention(row)


def _identity_row(identity: Identity) -> dict[str, Any]:
    row = {name: getattr(identity, name) for name, _ in _IDENTITY if name not in ("start", "end")}
    return row | {"start": identity.span.start, "end": identity.span.stop}


def _row_identity(row: dict[str, Any]) -> Identity:
    span = Span(row["start"], row["end"])
    return Identity(span=span, **{name: row[name] for name, _ in _IDENTITY if name not in ("start", "end")})
