"""Our own forms: everything that is kept, nothing left out.

jsonl    one report a line, as `extract` prints it (of `ask`: one statement a line)
csv      one statement a row, lists joined by "; ", for a spreadsheet
parquet  one statement a row, lists kept (arrow.ANSWERS)
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any, BinaryIO, Final

from ascribe.errors import UsageError
from ascribe.schema import Record
from ascribe.store import Answer
from ascribe.store.when import days_of
from ascribe.view.exports.format import Format, Left
from ascribe.view.record import Json, as_json, known_by_statement, statement_json

FORMATS: Final = ("jsonl", "csv", "parquet")
_ROWS: Final = 5_000  # statements in memory, and in one row group of a Parquet file


def _write_reports(records: Iterable[Record], out: BinaryIO) -> Left:
    for record in records:
        out.write(json_line(as_json(record)))
    return Left()


def _written_as(format: str) -> Callable[[Iterable[Record], BinaryIO], Left]:
    def write(records: Iterable[Record], out: BinaryIO) -> Left:
        write_answers((answer for record in records for answer in answers_of(record)), format, out)
        return Left()

    return write


def write_answers(answers: Iterable[Answer], format: str, out: BinaryIO) -> None:
    """Statements one by one, in one of `FORMATS`."""
    writers = {"jsonl": _write_jsonl, "csv": _write_csv, "parquet": _write_parquet}
    if format not in writers:
        raise UsageError(f"there is no format {format!r}; choose one of {', '.join(FORMATS)}")
    writers[format]((answer_json(answer) for answer in answers), out)


def answers_of(record: Record) -> Iterator[Answer]:
    """The statements of a record, each as it stands alone."""
    by_statement = known_by_statement(record.identities)
    for statement in record.statements:
        yield Answer(record.report, statement, list(by_statement.get(statement.id, {}).values()))


def answer_json(answer: Answer) -> Json:
    """A statement that stands alone: its report's id and particulars, the days it may be of, links by id."""
    report, statement, identities = answer
    known = known_by_statement(identities).get(statement.id, {})
    earliest, latest = days_of(report, statement, identities)
    head = {
        "report": report.id,
        "title": report.headline,
        "publisher": report.publisher,
        "published": report.published,
        "url": report.url,
        "earliest": earliest,
        "latest": latest,
    }
    return head | statement_json(statement, known, answers=statement.answers, same_as=statement.same_as)


def json_line(line: Json) -> bytes:
    """One line of JSON Lines in UTF-8."""
    return json.dumps(line, ensure_ascii=False).encode("utf-8", "surrogatepass") + b"\n"


def _write_jsonl(lines: Iterable[Json], out: BinaryIO) -> None:
    for line in lines:
        out.write(json_line(line))


# ---- csv ----

_COLUMNS: Final = (
    "report", "publisher", "published", "earliest", "latest", "kind", "type", "mode", "contexts", "trigger",
    "actor", "actor_country", "actor_sector", "recipient", "recipient_country", "recipient_sector",
    "object", "place", "place_name", "lat", "lon", "time", "status", "stance", "quoted",
    "sources", "source_countries", "source_sectors", "dispute", "quad", "goldstein", "cameo", "confidence", "corrected",
    "answers", "same_as", "start", "end", "id", "title", "url",
)  # fmt: skip
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\0")


def _write_csv(lines: Iterable[Json], out: BinaryIO) -> None:
    written = io.TextIOWrapper(out, encoding="utf-8", errors="backslashreplace", newline="", write_through=True)
    writer = csv.writer(written)
    writer.writerow(_COLUMNS)
    writer.writerows([_cell(flat.get(column)) for column in _COLUMNS] for flat in map(_flat, lines))
    written.detach()


def _flat(line: Json) -> Json:
    """One level deep: texts instead of spans, lists joined. Sources stand outermost first, as in the chain."""
    place, trigger = line["place"] or {}, line["trigger"]
    flat = dict(line) | {
        "contexts": "; ".join(line["contexts"]),
        "corrected": "; ".join(line["corrected"]),
        "trigger": trigger["text"],
        "start": trigger["start"],
        "end": trigger["end"],
        "object": (line["object"] or {}).get("text"),
        "place": place.get("text"),
        "place_name": place.get("name"),
        "lat": place.get("lat"),
        "lon": place.get("lon"),
        "time": (line["time"] or {}).get("text"),
        "quoted": int(line["quoted"]),
        "sources": _joined(line["sources"], "text"),
        "source_countries": _joined(line["sources"], "country"),
        "source_sectors": _joined(line["sources"], "sector"),
    }
    for role in ("actor", "recipient"):
        flat |= {f"{role}_{field}": _joined(line[role], field) for field in ("country", "sector")}
        flat[role] = _joined(line[role], "text")
    return flat


def _joined(mentions: list[Json], field: str) -> str:
    """One entry a mention, empty where nothing is known, so that the columns of one role can be split alike."""
    entries = [mention[field] or "" for mention in mentions]
    return "; ".join(entries) if any(entries) else ""


def _cell(value: Any) -> Any:
    """A spreadsheet takes a text that begins like a formula for one; a quote before it says that it is text."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


# ---- parquet ----


def _write_parquet(lines: Iterable[Json], out: BinaryIO) -> None:
    import pyarrow.parquet as pq  # half a second to load, which a table for the eye should not pay

    from ascribe.arrow import ANSWERS, answers_to_arrow

    left = iter(lines)
    with pq.ParquetWriter(out, ANSWERS, compression="zstd") as writer:
        while some := list(islice(left, _ROWS)):
            writer.write_batch(answers_to_arrow(some))


JSONL: Final = Format("jsonl", "a report a line, as `extract` prints it", _write_reports)
CSV: Final = Format("csv", "a statement a row, lists joined", _written_as("csv"))
PARQUET: Final = Format("parquet", "a statement a row, lists kept", _written_as("parquet"))
