"""Values to rows of the tables and back, in pairs. Nothing here talks to a database."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any, Final, NamedTuple

import orjson

from ascribe.schema import Identity, Mention, Record, Report, Source, Span, Statement
from ascribe.store.columns import Codes, days, order_of
from ascribe.store.search import index_row
from ascribe.store.when import days_of

Row = dict[str, Any]

_REPORT: Final = ("id", "text", "headline", "publisher", "published", "url", "language", "format")
_MEANING: Final = (
    "role", "entity", "name", "country", "sector", "score", "because",
    "lat", "lon", "dispute", "earliest", "latest", "granularity",
)  # fmt: skip
_COMMON: Final = 7  # of them that most identities have; the rest is only written where there is some
_NOTHING: Final = (None,) * (len(_MEANING) - _COMMON)
_SPAN: Final = ("span.start", "span.stop")
_PLAIN: Final = ("id", "kind", "type", "mode", "status", "stance", "answers", "same_as", "confidence")

REPORT_COLUMNS: Final = ("seq", "content", "run", *_REPORT)
STATEMENT_COLUMNS: Final = (
    "seq", "report", "position", "contexts", "start", "stop", "trigger", "earliest", "latest", "words", "means", "quoted",
    *_PLAIN,
)  # fmt: skip

# Fetched by attrgetter: a third of the time of storing is spent here.
_report_fields = attrgetter(*_REPORT)
_plain_fields = attrgetter(*_PLAIN)
_mention = attrgetter(*_SPAN, "text", "confidence")
_cue = attrgetter(*_SPAN, "text")
_common_meaning = attrgetter(*_SPAN, *_MEANING[:_COMMON])
_other_meaning = attrgetter(*_MEANING[_COMMON:])


@dataclass(slots=True)
class Rows:
    """The rows of some records, table by table, each a tuple in the order of its columns."""

    reports: list[tuple[Any, ...]] = field(default_factory=list)
    statements: list[tuple[Any, ...]] = field(default_factory=list)
    said: list[tuple[Any, ...]] = field(default_factory=list)
    passages: list[tuple[int, str]] = field(default_factory=list)
    numbers: list[tuple[int, ...]] = field(default_factory=list)
    orders: list[tuple[int, int]] = field(default_factory=list)


class Numbers(NamedTuple):
    """The next free `seq` of reports and of statements, and the run that writes."""

    report: int
    statement: int
    run: int


# ---- values to rows ----


def rows_of(records: Iterable[Record], numbers: Numbers, codes: Codes) -> Rows:
    """All rows of `records`, numbered from `numbers` on."""
    rows = Rows()
    for record in records:
        report = record.report
        seq = numbers.report + len(rows.reports)
        rows.reports.append((seq, report.content, numbers.run, *_report_fields(report)))
        rows.orders.append((seq, order_of(report.published)))
        _add_statements(rows, record, seq, numbers.statement + len(rows.statements), codes)
    return rows


def _add_statements(rows: Rows, record: Record, report_seq: int, first: int, codes: Codes) -> None:
    believed = beliefs_of(record.identities)
    passages = Passages(record, first)
    for position, statement in enumerate(record.statements):
        seq, means = first + position, believed.get(statement.id, ())
        earliest, latest = days_of(record.report, statement, means)
        rows.statements.append(_statement_row(statement, means, (seq, report_seq, position), (earliest, latest)))
        rows.said.append((seq, *index_row(record.report, statement, means)))
        kinds = codes[statement.type], codes[statement.status], codes[statement.stance]
        rows.numbers.append((report_seq, passages.firsts[position], *days(earliest, latest), *kinds))
    rows.passages += passages.rows(report_seq)


def beliefs_of(identities: Iterable[Identity]) -> dict[str, list[Identity]]:
    """Identities by statement."""
    believed: dict[str, list[Identity]] = {}
    for identity in identities:
        believed.setdefault(identity.statement, []).append(identity)
    return believed


class Passages:
    """The paragraphs of a report, and for each statement the first one that stands in the same paragraph."""

    def __init__(self, record: Record, first: int) -> None:
        self._paragraphs = record.report.text.split("\n")
        starts = [0]
        for paragraph in self._paragraphs[:-1]:
            starts.append(starts[-1] + len(paragraph) + 1)
        self._made: dict[int, int] = {}  # paragraph → its first statement
        self.firsts = [
            self._made.setdefault(bisect_right(starts, statement.trigger.span.start) - 1, first + position)
            for position, statement in enumerate(record.statements)
        ]

    def rows(self, report_seq: int) -> list[tuple[int, str]]:
        """What is put into the index `passages`."""
        made = [(first, self._paragraphs[number]) for number, first in self._made.items()]
        rest = "\n".join(words for number, words in enumerate(self._paragraphs) if number not in self._made)
        return [(-report_seq, rest), *made] if rest.strip() else made


def _statement_row(
    statement: Statement, means: Sequence[Identity], numbers: tuple[int, int, int], days: tuple[str | None, str | None]
) -> tuple[Any, ...]:
    told = words_written(statement), means_written(means), int(statement.quoted)
    return (*numbers, " ".join(statement.contexts), *_cue(statement.trigger), *days, *told, *_plain_fields(statement))


def words_written(statement: Statement) -> str:
    """All that a statement mentions, and its chain, as JSON without keys."""
    object, place, time = statement.object, statement.place, statement.time
    words = (
        [_mention(mention) for mention in statement.actors],
        [_mention(mention) for mention in statement.recipients],
        _mention(object) if object else None,
        _mention(place) if place else None,
        _mention(time) if time else None,
        [_source(source) for source in statement.chain],
    )
    return orjson.dumps(words).decode()


def _source(source: Source) -> tuple[Any, ...]:
    return *_mention(source.mention), source.kind, source.named, None if source.cue is None else _cue(source.cue)


def means_written(identities: Iterable[Identity]) -> str:
    """What a statement's words mean, as JSON without keys."""
    return orjson.dumps([_meaning(identity) for identity in identities]).decode()


def _meaning(identity: Identity) -> tuple[Any, ...]:
    common: tuple[Any, ...] = _common_meaning(identity)
    others = _other_meaning(identity)
    return common if others == _NOTHING else common + others


# ---- rows to values ----


def report_of(row: Row) -> Report:
    """The report of a row of `reports`."""
    return Report(**{name: row[name] for name in _REPORT})


def statement_of(row: Row, report: str) -> Statement:
    """The statement of a row of `statements`."""
    actors, recipients, object, place, time, chain = orjson.loads(row["words"])
    return Statement(
        report=report,
        trigger=Mention(row["trigger"], Span(row["start"], row["stop"])),
        actors=tuple(_mention_of(*words) for words in actors),
        recipients=tuple(_mention_of(*words) for words in recipients),
        object=_mention_of(*object) if object else None,
        place=_mention_of(*place) if place else None,
        time=_mention_of(*time) if time else None,
        chain=tuple(_source_of(*words) for words in chain),
        contexts=tuple(row["contexts"].split()),
        quoted=bool(row["quoted"]),
        **{name: row[name] for name in _PLAIN},
    )


def identities_of(row: Row) -> list[Identity]:
    """The identities of a row of `statements`."""
    return [
        Identity(row["id"], span=Span(start, stop), **dict(zip(_MEANING, fields, strict=False)))
        for start, stop, *fields in orjson.loads(row["means"])
    ]


def _mention_of(start: int, stop: int, text: str, confidence: float = 1.0) -> Mention:
    return Mention(text, Span(start, stop), confidence)


def _source_of(start: int, stop: int, text: str, confidence: float, kind: str, named: bool, cue: list[Any] | None) -> Source:
    return Source(_mention_of(start, stop, text, confidence), _mention_of(*cue) if cue else None, kind, named)
