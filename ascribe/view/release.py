"""A release: a dossier as Parquet tables with a manifest and a citation file, under a name made from its content.

The same dossier gives the same bytes (with one version of pyarrow), so that a release can be cited and checked.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from ascribe import __version__
from ascribe.errors import AscribeError
from ascribe.schema import Record
from ascribe.store import Dossier
from ascribe.store.when import days_of

if TYPE_CHECKING:
    import pyarrow as pa

Row = dict[str, Any]
_ROWS: Final = 20_000  # in memory, and in one row group
_LICENCE: Final = (
    "The tables state facts and short quotations taken from reports whose rights lie with their publishers. Say under which "
    "licence you publish them; texts of reports are only in it if they were asked for."
)

_SPAN: Final = {"start": "int32", "stop": "int32"}
_SHAPES: Final[dict[str, dict[str, str]]] = {
    "reports": dict.fromkeys(("id", "content", "headline", "publisher", "published", "url", "language", "format"), "string")
    | {"software": "string", "weights": "string"},
    "statements": dict.fromkeys(("id", "report", "kind", "type", "mode"), "string")
    | {"contexts": "list"}
    | dict.fromkeys(("trigger", "status", "stance"), "string")
    | {"quoted": "bool"}
    | dict.fromkeys(("answers", "same_as", "earliest", "latest"), "string")
    | {"confidence": "double", "corrected": "list"}
    | _SPAN,
    "mentions": {"statement": "string", "role": "string", "position": "int32", "text": "string", "confidence": "double"}
    | _SPAN,
    "sources": {"statement": "string", "position": "int32", "text": "string", "confidence": "double", "kind": "string"}
    | {"named": "bool", "cue": "string"}
    | _SPAN,
    "identities": dict.fromkeys(("statement", "role", "entity", "name", "country", "sector"), "string")
    | {"lat": "double", "lon": "double"}
    | dict.fromkeys(("dispute", "earliest", "latest", "granularity", "because"), "string")
    | {"score": "double"}
    | _SPAN,
    "corrections": dict.fromkeys(("statement", "field", "old", "new", "who", "why", "at"), "string")
    | {"number": "int32", "undoes": "int32"},
}
_FRICTIONLESS: Final = {"string": "string", "double": "number", "int32": "integer", "bool": "boolean", "list": "array"}


def release(dossier: Dossier, folder: str, *, with_text: bool = False) -> str:
    """Write a release into `folder` and return its path; one that is there already is left as it is."""
    unfinished = Path(folder) / f".unfinished-{os.getpid()}"
    try:
        unfinished.mkdir(parents=True)
        resources = [_written(unfinished, name, dossier, with_text) for name in _SHAPES]
        named = _manifest(resources, dossier)
        for name, text in {"datapackage.json": _json(named), "CITATION.cff": _citation(named)}.items():
            (unfinished / name).write_text(text, encoding="utf-8")
        final = Path(folder) / str(named["name"])
        if not final.exists():
            _synced(unfinished)
            os.rename(unfinished, final)
        return str(final)
    except OSError as error:
        raise AscribeError(f"{folder}: the release cannot be written ({error.strerror or error})") from error
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)


def _synced(folder: Path) -> None:
    for path in (*folder.iterdir(), folder):
        opened = os.open(path, os.O_RDONLY)
        os.fsync(opened)
        os.close(opened)


# ---- tables ----


def _written(folder: Path, name: str, dossier: Dossier, with_text: bool) -> Row:
    """Write one table and describe it."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    shape = dict(_SHAPES[name]) | ({"text": "string"} if name == "reports" and with_text else {})
    schema = pa.schema([(column, _arrow(type)) for column, type in shape.items()])
    path, count = folder / f"{name}.parquet", 0
    rows = _ROWS_OF[name](dossier)
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        while some := list(islice(rows, _ROWS)):
            writer.write_batch(pa.RecordBatch.from_pylist(some, schema=schema))
            count += len(some)
    fields = [{"name": column, "type": _FRICTIONLESS[type]} for column, type in shape.items()]
    return {
        "name": name,
        "path": path.name,
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
        "rows": count,
        "bytes": path.stat().st_size,
        "hash": f"sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}",
        "schema": {"fields": fields},
    }


def _arrow(type: str) -> pa.DataType:
    import pyarrow as pa

    return pa.list_(pa.string()) if type == "list" else pa.type_for_alias(type)


def _reports(dossier: Dossier) -> Iterator[Row]:
    runs = dossier.runs_of_reports()
    for record in dossier.records():
        report = record.report
        names = ("id", "text", "headline", "publisher", "published", "url", "language", "format", "content")
        software, weights = runs[report.id]
        yield {name: getattr(report, name) for name in names} | {"software": software, "weights": weights}


def _statements(record: Record) -> Iterator[Row]:
    plain = (
        "id", "report", "kind", "type", "mode", "status", "stance", "quoted", "answers", "same_as", "confidence",
    )  # fmt: skip
    for statement in record.statements:
        known = [identity for identity in record.identities if identity.statement == statement.id]
        earliest, latest = days_of(record.report, statement, known)
        span = statement.trigger.span
        yield {name: getattr(statement, name) for name in plain} | {
            "contexts": list(statement.contexts),
            "corrected": list(statement.corrected),
            "trigger": statement.trigger.text,
            "start": span.start,
            "stop": span.stop,
            "earliest": earliest,
            "latest": latest,
        }


def _mentions(record: Record) -> Iterator[Row]:
    for statement in record.statements:
        by_role = {"actor": statement.actors, "recipient": statement.recipients}
        by_role |= {role: (words,) for role in ("object", "place", "time") if (words := getattr(statement, role))}
        for role, mentions in by_role.items():
            for position, mention in enumerate(mentions):
                yield {
                    "statement": statement.id, "role": role, "position": position, "text": mention.text,
                    "confidence": mention.confidence, "start": mention.span.start, "stop": mention.span.stop,
                }  # fmt: skip


def _sources(record: Record) -> Iterator[Row]:
    for statement in record.statements:
        for position, source in enumerate(statement.chain):
            mention = source.mention
            yield {
                "statement": statement.id, "position": position, "text": mention.text, "confidence": mention.confidence,
                "kind": source.kind, "named": source.named, "cue": source.cue.text if source.cue else None,
                "start": mention.span.start, "stop": mention.span.stop,
            }  # fmt: skip


def _identities(record: Record) -> Iterator[Row]:
    for identity in record.identities:
        names = [name for name in _SHAPES["identities"] if name not in _SPAN]
        span = {"start": identity.span.start, "stop": identity.span.stop}
        yield {name: getattr(identity, name) for name in names} | span


def _corrections(dossier: Dossier) -> Iterator[Row]:
    for correction in dossier.corrections():
        row = {name: getattr(correction, name) for name in _SHAPES["corrections"]}
        yield row | {"old": json.dumps(correction.old), "new": json.dumps(correction.new)}


def _each(rows: Callable[[Record], Iterable[Row]]) -> Callable[[Dossier], Iterator[Row]]:
    return lambda dossier: (row for record in dossier.records() for row in rows(record))


_ROWS_OF: Final[dict[str, Callable[[Dossier], Iterator[Row]]]] = {
    "reports": _reports,
    "statements": _each(_statements),
    "mentions": _each(_mentions),
    "sources": _each(_sources),
    "identities": _each(_identities),
    "corrections": _corrections,
}


# ---- manifest and citation ----


def _manifest(resources: list[Row], dossier: Dossier) -> Row:
    """A Frictionless Data Package. Its name is made from the digests of the tables."""
    digest = hashlib.sha256("\n".join(each["hash"] for each in resources).encode()).hexdigest()
    runs = set(dossier.runs_of_reports().values())
    return {
        "profile": "data-package",
        "name": f"ascribe-{digest[:16]}",
        "title": "Statements of news reports with their sources",
        "version": digest[:16],
        "ascribe": {
            "release": __version__,
            "layout": 1,
            "read_with": sorted({f"{software} weights {weights or 'none'}" for software, weights in runs}),
        },
        "licences_note": _LICENCE,
        "resources": resources,
    }


def _json(value: Row) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def _citation(manifest: Row) -> str:
    counts = {each["name"]: each["rows"] for each in manifest["resources"]}
    return "\n".join(
        [
            "cff-version: 1.2.0",
            "message: Please cite the release by its version, and the reports by their publishers.",
            "type: dataset",
            f'title: "{manifest["title"]}: {counts["statements"]:,} statements of {counts["reports"]:,} reports"',
            "authors:",
            "  - name: The makers of this dossier",
            f"version: {manifest['version']}",
            "",
        ]
    )
