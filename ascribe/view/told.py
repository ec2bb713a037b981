"""Groups of statements with the words of their reports: what the pages and files across reports are made of."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from ascribe.errors import UsageError
from ascribe.mark.sentences import sentences
from ascribe.schema import Report, Statement
from ascribe.store import Dossier, Question
from ascribe.thread import Group, View
from ascribe.thread.kept import threads_of
from ascribe.view.record import Json
from ascribe.view.terminal import safe

if TYPE_CHECKING:
    import pyarrow as pa

FORMATS: Final = ("jsonl", "csv", "parquet")
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\0")


@dataclass(frozen=True, slots=True)
class Told:
    """What a dossier says across reports on a question, with the reports and statements that say it."""

    view: View
    reports: dict[str, Report]
    statements: dict[str, Statement]

    def group(self, id: str) -> Group | None:
        """The group of that id, if it is among those asked for."""
        return next((group for group in self.view.groups if group.id == id), None)

    def sentence(self, statement: str) -> str:
        """The sentence in which a statement stands."""
        told = self.statements[statement]
        text = self.reports[told.report].text
        spans = [span for span in sentences(text) if span.start <= told.trigger.span.start]
        return spans[-1].of(text) if spans else told.trigger.text


def told(dossier: Dossier, question: Question | None = None) -> Told:
    """The groups that hold a statement which answers `question` (all without one); new reports are threaded first."""
    with threads_of(dossier) as threads:
        wanted = None if question in (None, Question()) else [a.statement.id for a in dossier.find(question or Question())]
        view = threads.view(wanted)
    ids = sorted({report for group in view.groups for report in group.event.reports})
    records = list(dossier.records(ids))
    statements = {statement.id: statement for record in records for statement in record.statements}
    return Told(view, {record.report.id: record.report for record in records}, statements)


# ---- the same words everywhere ----


def who(group: Group) -> str:
    """Who → whom, in codes: "CHN → JPN, TWN"."""
    actors, recipients = _codes(group.event.actors), _codes(group.event.recipients)
    return f"{', '.join(actors) or '–'} → {', '.join(recipients)}" if recipients else ", ".join(actors) or "–"


def _codes(parties: Iterable[Any]) -> list[str]:
    named = {_code(party) for party in parties}
    return sorted(named)


def _code(party: Any) -> str:
    sector = party.sector if party.sector not in (None, "GOV", "UNK") else ""
    return " ".join(filter(None, (party.country, sector if party.country else party.entity or sector))) or "?"


def days(group: Group) -> tuple[str | None, str | None]:
    """First and last day that the event may be of."""
    span = group.event.days
    return (None, None) if span is None else (_day(span.first), _day(span.last))


def _day(ordinal: int) -> str | None:
    return date.fromordinal(ordinal).isoformat() if ordinal > 0 else None


def when(group: Group, told: Told) -> str:
    """The day as the page shows it: told by a report, else "by" the day of the first report."""
    first, last = days(group)
    span = group.event.days
    if span is None or not span.told:
        published = min((told.reports[r].published or "" for r in group.event.reports), default="")
        return f"by {published[:10]}" if published else "–"
    for length in (10, 7, 4):
        if first and last and first[:length] == last[:length]:
            return first[:length]
    return f"{first} – {last}"


def words(group: Group, told: Told) -> str:
    """The trigger of the first telling and what it is about."""
    statement = told.statements[group.members[0]]
    about = f" {safe(statement.object.text)}" if statement.object else ""
    return f"“{safe(statement.trigger.text)}{about}”"


def group_json(group: Group, told: Told) -> Json:
    """A group as one line: what, who, when, every telling, the origins and the links."""
    first, last = days(group)
    outlets = {told.reports[report].publisher or report for report in group.event.reports}
    return {
        "group": group.id,
        "type": group.event.type,
        "actor": _codes(group.event.actors),
        "recipient": _codes(group.event.recipients),
        "from": first,
        "to": last,
        "dispute": group.dispute,
        "background": group.event.background,
        "reports": len(group.event.reports),
        "outlets": len(outlets),
        "origins": group.origins.count,
        "origins_least": group.origins.least,
        "origins_most": group.origins.most,
        "roots": [
            {"kind": root.kind, "who": root.key, "words": root.words, "reports": sorted(reports)}
            for root, reports in zip(group.origins.roots, group.origins.reports, strict=True)
        ],
        "paths": [
            {"report": path.report, "steps": list(path.steps), "because": path.because} for path in group.origins.paths
        ],
        "circles": [" cites ".join(circle) for circle in group.origins.circles],
        "answers": group.answers,
        "asked_in_return": group.asked_in_return,
        "tellings": [telling_json(id, told) for id in group.members],
    }


def telling_json(id: str, told: Told) -> Json:
    """One telling: the report, the words, on whose word."""
    statement = told.statements[id]
    report = told.reports[statement.report]
    return {
        "statement": id,
        "report": report.id,
        "publisher": report.publisher,
        "published": report.published,
        "start": statement.trigger.span.start,
        "end": statement.trigger.span.stop,
        "trigger": statement.trigger.text,
        "sentence": told.sentence(id),
        "status": statement.status,
        "stance": statement.stance,
        "sources": [source.mention.text for source in statement.chain],
    }


# ---- files ----


def arrow(lines: Iterable[Json], schema: pa.Schema) -> pa.Table:
    """Lines as an Arrow table."""
    import pyarrow as pa

    return pa.Table.from_pylist(list(lines), schema=schema)


def write(lines: Iterable[Json], schema: pa.Schema, format: str, out: BinaryIO) -> None:
    """Lines as jsonl, csv (lists joined by "; ") or parquet."""
    if format == "jsonl":
        out.writelines(json.dumps(line, ensure_ascii=False).encode("utf-8", "surrogatepass") + b"\n" for line in lines)
    elif format == "csv":
        _write_csv(list(lines), schema.names, out)
    elif format == "parquet":
        import pyarrow.parquet as pq

        pq.write_table(arrow(lines, schema), out, compression="zstd")
    else:
        raise UsageError(f"there is no format {format!r}; choose one of {', '.join(FORMATS)}")


def _write_csv(lines: Sequence[Json], columns: Sequence[str], out: BinaryIO) -> None:
    written = io.TextIOWrapper(out, encoding="utf-8", errors="backslashreplace", newline="", write_through=True)
    writer = csv.writer(written)
    writer.writerow(columns)
    writer.writerows([_cell(line.get(column)) for column in columns] for line in lines)
    written.detach()


def _cell(value: Any) -> Any:
    """Lists are joined; what is nested deeper is JSON. A text that a spreadsheet would take for a formula gets a quote."""
    if isinstance(value, list):
        value = "; ".join(v if isinstance(v, str) else json.dumps(v, ensure_ascii=False) for v in value)
    elif isinstance(value, dict):
        value = json.dumps(value, ensure_ascii=False)
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def group_schema() -> pa.Schema:
    """The columns of `group_json`."""
    import pyarrow as pa

    texts = pa.list_(pa.string())
    root = [("kind", pa.string()), ("who", pa.string()), ("words", pa.string()), ("reports", texts)]
    path = [("report", pa.string()), ("steps", texts), ("because", pa.string())]
    return pa.schema(
        [
            ("group", pa.string()),
            ("type", pa.string()),
            ("actor", texts),
            ("recipient", texts),
            *((name, pa.string()) for name in ("from", "to", "dispute")),
            ("background", pa.bool_()),
            *((name, pa.int32()) for name in ("reports", "outlets", "origins", "origins_least", "origins_most")),
            ("roots", pa.list_(pa.struct(root))),
            ("paths", pa.list_(pa.struct(path))),
            ("circles", texts),
            ("answers", pa.string()),
            ("asked_in_return", pa.string()),
            ("tellings", pa.list_(telling_type())),
        ]
    )


def telling_type() -> pa.DataType:
    """The Arrow type of `telling_json`."""
    import pyarrow as pa

    names = ("statement", "report", "publisher", "published")
    return pa.struct(
        [
            *((name, pa.string()) for name in names),
            ("start", pa.int32()),
            ("end", pa.int32()),
            *((name, pa.string()) for name in ("trigger", "sentence", "status", "stance")),
            ("sources", pa.list_(pa.string())),
        ]
    )


def counted(number: int, one: str) -> str:
    """ "1 report", "2 reports"."""
    return f"{number:,} {one}" if number == 1 else f"{number:,} {one}s"


def wrapped(text: str, columns: int, indent: str) -> Iterator[str]:
    """A text on lines of at most `columns`, each begun by `indent`."""
    line = indent
    for word in safe(text).split():
        if len(line) + len(word) > columns and line.strip():
            yield line.rstrip()
            line = indent
        line += f"{word} "
    if line.strip():
        yield line.rstrip()
