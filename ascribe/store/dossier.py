"""The dossier: records in one SQLite file, each report whole or not at all, and nothing lost that was said to be stored.

WAL with synchronous=FULL: a commit is on the disk when `add` returns, readers see the last commit and wait for nobody. All
writing is done inside BEGIN IMMEDIATE, so that one writer at a time decides what is already there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import islice
from typing import Final

from sqlalchemy import Connection, Engine, Table, func, insert, select

from ascribe import __version__
from ascribe.errors import UsageError
from ascribe.schema import Identity, Record, Refusal, Report
from ascribe.store import tables, threads  # noqa: F401 - threads adds its tables to those of a dossier
from ascribe.store.columns import Array, Codes, Columns
from ascribe.store.correcting import as_corrected, corrections_of, find_statement, replace_means
from ascribe.store.corrections import Correction, field_of, in_force, value_in, value_of, write
from ascribe.store.opening import one_line, open_engine
from ascribe.store.reading import CHUNK, all_rows, answers_of, chunks, heads_of, pages, records_of
from ascribe.store.remaking import follow, index
from ascribe.store.rows import REPORT_COLUMNS, STATEMENT_COLUMNS, Numbers, Row, Rows, beliefs_of, rows_of
from ascribe.store.seals import seal
from ascribe.store.search import Answer, Question, in_order, matching, reports_with
from ascribe.store.writing import put, those_there

_HALF: Final = re.compile("[\ud800-\udfff]")


def open_dossier(path: str, *, create: bool = True, weights: str | None = None) -> Dossier:
    """The dossier at `path`, made if it is missing and `create` says so. `weights`: version of the reader that writes."""
    return Dossier(open_engine(path, create=create), path, weights)


class Dossier:
    """An open dossier. Use it in a `with` block; all methods raise StoreError and nothing else when the file fails."""

    def __init__(self, engine: Engine, path: str, weights: str | None) -> None:
        self.path = path
        self._engine = engine
        self._weights = weights
        self._run: int | None = None
        self._columns = Columns()
        self._last: tuple[Columns, Question, Array] | None = None

    def __enter__(self) -> Dossier:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file. What was acknowledged is on the disk already."""
        with one_line(self.path):
            self._engine.dispose()

    # ---- in ----

    def add(self, records: Sequence[Record]) -> list[bool | Refusal]:
        """Store `records` in one transaction, durable on return. For each: True newly stored, False already there.

        A Refusal stands where the report's id, or a statement's, belongs to other content; the others are stored."""
        with one_line(self.path), self._write() as connection:
            outcomes, new = _sort_out(connection, records)
            if new:
                codes = Codes(connection)
                _insert(connection, rows_of(new, self._numbers(connection), codes))
                codes.store(connection)
        return outcomes

    def refuse(self, *refused: Refusal) -> None:
        """Keep what was not read and why; the same refusal is kept once."""
        if not refused:
            return
        with one_line(self.path), self._write() as connection:
            run = self._run_of(connection)
            lines = [_writable((r.input, r.place or "", r.reason, run)) for r in refused]
            put(connection, "refusals", ("input", "place", "reason", "run"), lines, once=True)

    # ---- what people say of it, and what its words are held to mean ----

    def correct(self, statement: str, field: str, value: str, *, who: str, why: str) -> Correction:
        """Let `value` stand in a field of a statement (by its id); what the reader said there is kept."""
        field = field_of(field)
        with one_line(self.path), self._write() as connection:
            report, row = find_statement(connection, statement)
            before = as_corrected(connection, report, row)
            old, new = value_in(*before, field), value_of(field, value)
            write(connection, row["seq"], field, old, new, who, why)
            follow(connection, report, {row["seq"]: (before, as_corrected(connection, report, row))})
            return corrections_of(connection, [row["seq"]])[-1]

    def undo(self, statement: str, field: str, *, who: str, why: str) -> Correction:
        """Take the last correction of a field back; it stays in the list, as does this."""
        field = field_of(field)
        with one_line(self.path), self._write() as connection:
            report, row = find_statement(connection, statement)
            held = next((c for c in in_force(connection, [row["seq"]]).get(row["seq"], ()) if c.field == field), None)
            if held is None:
                raise UsageError(f"{field} of statement {statement} is as the reader said it; there is nothing to undo")
            before = as_corrected(connection, report, row)
            write(connection, row["seq"], field, held.new, held.old, who, why, undoes=held.number)
            follow(connection, report, {row["seq"]: (before, as_corrected(connection, report, row))})
            return corrections_of(connection, [row["seq"]])[-1]

    def corrections(self) -> list[Correction]:
        """All corrections in the order in which they were made, those that were taken back, too."""
        with one_line(self.path), self._read() as connection:
            return corrections_of(connection, None)

    def replace_identities(self, report: str, identities: Iterable[Identity]) -> None:
        """Other beliefs about the words of a report, made again with newer tables. What people corrected still holds."""
        with one_line(self.path), self._write() as connection:
            replace_means(connection, report, beliefs_of(identities))

    def _numbers(self, connection: Connection) -> Numbers:
        def free(table: Table) -> int:
            return int(connection.scalar(select(func.coalesce(func.max(table.c.seq), 0))) or 0) + 1

        return Numbers(free(tables.reports), free(tables.statements), self._run_of(connection))

    def _run_of(self, connection: Connection) -> int:
        """This run's row, written with the first thing it adds: a run that adds nothing leaves no trace."""
        if self._run is not None and connection.scalar(select(tables.runs.c.seq).where(tables.runs.c.seq == self._run)):
            return self._run
        started = datetime.now(UTC).isoformat(timespec="seconds")
        values = {"started": started, "software": __version__, "weights": self._weights}
        self._run = int(connection.scalar(insert(tables.runs).returning(tables.runs.c.seq), values) or 0)
        return self._run

    # ---- out ----

    def records(self, ids: Iterable[str] | None = None) -> Iterator[Record]:
        """All records (or those of the reports `ids`) by id, as one moment saw them; a few are in memory at a time."""
        with one_line(self.path), self._read() as connection:
            wanted = None if ids is None else sorted(set(ids))
            for reports in pages(connection, wanted):
                yield from records_of(connection, reports)

    def find(self, question: Question, *, limit: int | None = None) -> Iterator[Answer]:
        """The statements that answer `question`, by date of their report; of many, a few are in memory at a time."""
        with one_line(self.path), self._read() as connection:
            columns, all_found = self._matching(connection, question)
            found = in_order(connection, columns, all_found, limit)
            while seqs := list(islice(found, CHUNK)):
                yield from answers_of(connection, seqs)

    def count(self, question: Question) -> int:
        """How many statements answer `question`."""
        with one_line(self.path), self._read() as connection:
            return len(self._matching(connection, question)[1])

    def search(self, words: str, *, limit: int | None = None) -> list[Report]:
        """The reports (without their texts) of which one paragraph holds all `words`; the newest to be stored first."""
        with one_line(self.path), self._read() as connection:
            found = reports_with(connection, self._fresh(connection), words)[:limit]
            heads = heads_of(connection, found)
            return [heads[seq] for seq in found]

    def _matching(self, connection: Connection, question: Question) -> tuple[Columns, Array]:
        """What was found last is kept: a table asks for its rows, then for their number."""
        columns = self._fresh(connection)
        if self._last is None or self._last[0] is not columns or self._last[1] != question:
            self._last = columns, question, matching(connection, columns, question)
        return columns, self._last[2]

    def _fresh(self, connection: Connection) -> Columns:
        self._columns = self._columns.fresh(connection)
        return self._columns

    def counts(self) -> dict[str, int]:
        """How many reports, statements and refusals the dossier holds."""
        with one_line(self.path), self._read() as connection:
            counted = (tables.reports, tables.statements, tables.refusals)
            return {t.name: int(connection.scalar(select(func.count()).select_from(t)) or 0) for t in counted}

    def refusals(self) -> list[Refusal]:
        """What was refused, in the order in which it came."""
        with one_line(self.path), self._read() as connection:
            rows = all_rows(connection, select(tables.refusals).order_by(tables.refusals.c.seq))
            return [Refusal(row["input"], row["place"] or None, row["reason"]) for row in rows]

    def runs(self) -> list[Row]:
        """The runs that wrote: when, with which software and weights."""
        with one_line(self.path), self._read() as connection:
            return all_rows(connection, select(tables.runs).order_by(tables.runs.c.seq))

    def runs_of_reports(self) -> dict[str, tuple[str, str | None]]:
        """For each report the software and the weights that read it."""
        runs, reports = tables.runs.c, tables.reports.c
        with one_line(self.path), self._read() as connection:
            found = select(reports.id, runs.software, runs.weights).join_from(tables.reports, tables.runs)
            return {id: (software, weights) for id, software, weights in connection.execute(found)}

    # ---- transactions ----

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that writes, for what is kept beside the records (ascribe/thread)."""
        with one_line(self.path), self._write() as connection:
            yield connection

    @contextmanager
    def _write(self) -> Iterator[Connection]:
        with self._engine.connect().execution_options(ascribe_begin="BEGIN IMMEDIATE") as connection, connection.begin():
            yield connection

    @contextmanager
    def _read(self) -> Iterator[Connection]:
        with self._engine.connect() as connection, connection.begin():
            yield connection


# ---- writing ----


def _sort_out(connection: Connection, records: Sequence[Record]) -> tuple[list[bool | Refusal], list[Record]]:
    """For each record what becomes of it, and those that are new."""
    known = _known(connection, [record.report.id for record in records])
    taken = those_there(
        connection, "statements", "id", [statement.id for record in records for statement in record.statements]
    )
    outcomes: list[bool | Refusal] = []
    new: list[Record] = []
    for record in records:
        report, ids = record.report, [statement.id for statement in record.statements]
        if report.id in known:
            outcomes.append(False if known[report.id] == report.content else _clash(report))
        elif fault := _not_storable(record, connection.dialect.name):
            outcomes.append(Refusal(report.id, None, fault))
        elif len(set(ids)) < len(ids) or taken.intersection(ids):
            outcomes.append(Refusal(report.id, None, "two statements have one id; give the report an id of its own"))
        else:
            outcomes.append(True)
            new.append(record)
            known[report.id] = report.content
            taken.update(ids)
    return outcomes, new


def _clash(report: Report) -> Refusal:
    reason = "the dossier holds another report under this id; give it another id or use another dossier"
    return Refusal(report.id, None, reason)


def _not_storable(record: Record, store: str) -> str | None:
    """What the store cannot keep of a record."""
    report = record.report
    words = "".join(filter(None, (report.id, report.text, report.headline, report.publisher, report.published, report.url)))
    if not words.isascii() and _HALF.search(words):
        return "holds half a character (a lone surrogate); repair its encoding"
    if store == "postgresql" and "\0" in words:
        return "holds the character NUL, which PostgreSQL cannot keep; take it out, or use a dossier in a file"
    return None


def _writable(line: tuple[str | int, ...]) -> tuple[str | int, ...]:
    """File names may hold bytes that are no text; they are kept as a person would see them escaped."""
    return tuple(v.encode("utf-8", "backslashreplace").decode() if isinstance(v, str) else v for v in line)


def _known(connection: Connection, ids: Sequence[str]) -> dict[str, str]:
    columns = tables.reports.c
    found: dict[str, str] = {}
    for some in chunks(ids):
        rows = connection.execute(select(columns.id, columns.content).where(columns.id.in_(some)))
        found |= {row.id: row.content for row in rows}
    return found


def _insert(connection: Connection, rows: Rows) -> None:
    put(connection, "reports", REPORT_COLUMNS, rows.reports)
    put(connection, "statements", STATEMENT_COLUMNS, rows.statements)
    seal(connection, rows.reports, rows.statements)
    index(connection, rows)
