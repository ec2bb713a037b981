"""Counts over statements: by type, party, source, dispute and month. `tally` is pure; `Figures` keeps what was counted.

A count looks at `BOUND` statements or `NEWEST` reports at most, so that a page costs the same in a large dossier, and
whoever shows one says so (`Tally.looked_at`).
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, Final, NamedTuple, TypeVar

from sqlalchemy import func, select

from ascribe.schema import Identity, Record, Statement
from ascribe.store import Answer, Dossier, Question
from ascribe.store import tables as t
from ascribe.store.opening import one_line, open_engine
from ascribe.store.when import days_of
from ascribe.view.record import counted, known_by_statement

BOUND: Final = 2_000  # statements
NEWEST: Final = 250  # reports
_KEPT: Final = 100  # tallies that are remembered
_PATIENCE: Final = 20  # a tally may be so many times as old as it took to make, though more was written meanwhile
_QUICK: Final = 0.1  # seconds: what is faster is made anew at once

Pair = tuple[str, int]
_T = TypeVar("_T")


class Cited(NamedTuple):
    """A source as it is named: how often it is cited, how often as the one who knows (the end of the chain)."""

    name: str
    kind: str
    named: bool
    cited: int
    origin: int


class Month(NamedTuple):
    """Events that are told as having happened in a month: how many cooperate, how many do not, and PLOVER's mean score."""

    month: str
    cooperation: int
    conflict: int
    score: float


@dataclass(slots=True)
class Tally:
    """How statements are spread. Every list has the most frequent first."""

    looked_at: int = 0
    types: Counter[str] = field(default_factory=Counter)
    statuses: Counter[str] = field(default_factory=Counter)
    stances: Counter[str] = field(default_factory=Counter)
    actors: Counter[str] = field(default_factory=Counter)
    recipients: Counter[str] = field(default_factory=Counter)
    pairs: Counter[tuple[str, str]] = field(default_factory=Counter)
    disputes: Counter[str] = field(default_factory=Counter)
    latest: dict[str, str] = field(default_factory=dict)  # dispute -> last day that a statement is of
    publishers: Counter[str] = field(default_factory=Counter)
    sources: Counter[tuple[str, str, bool]] = field(default_factory=Counter)
    origins: Counter[tuple[str, str, bool]] = field(default_factory=Counter)
    scores: dict[str, list[float]] = field(default_factory=dict)  # month -> scores of its events

    def cited(self) -> list[Cited]:
        """The sources, the most cited first."""
        return [
            Cited(name, kind, named, n, self.origins[name, kind, named]) for (name, kind, named), n in ranked(self.sources)
        ]

    def months(self) -> list[Month]:
        """The months in which events lie, in order."""
        return [_month(month, scores) for month, scores in sorted(self.scores.items())]


def _month(month: str, scores: list[float]) -> Month:
    good = sum(score >= 0 for score in scores)
    return Month(month, good, len(scores) - good, round(sum(scores) / len(scores), 2))


def ranked(counts: Counter[Any], most: int | None = None) -> list[tuple[Any, int]]:
    """The most frequent first, those of one count in their own order."""
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:most]


def tally(answers: Iterable[Answer]) -> Tally:
    """Count `answers` in one pass."""
    counts = Tally()
    for answer in answers:
        statement = answer.statement
        counts.looked_at += 1
        counts.types[statement.type] += 1
        counts.statuses[statement.status] += 1
        counts.stances[statement.stance] += 1
        _count_parties(counts, answer)
        _count_sources(counts, answer)
        _count_time(counts, answer)
    return counts


def _count_parties(counts: Tally, answer: Answer) -> None:
    by_role: dict[str, list[str]] = {"actor": [], "recipient": []}
    for identity in answer.identities:
        who = identity.country or identity.name
        if identity.role in by_role and who:
            by_role[identity.role].append(who)
    actors, recipients = sorted(set(by_role["actor"])), sorted(set(by_role["recipient"]))
    counts.actors.update(actors)
    counts.recipients.update(recipients)
    counts.pairs.update((actor, recipient) for actor in actors for recipient in recipients if actor != recipient)


def _count_sources(counts: Tally, answer: Answer) -> None:
    report, statement, identities = answer
    names = {identity.span: identity.name for identity in identities if identity.role == "source" and identity.name}
    chain = [(names.get(s.mention.span, s.mention.text), s.kind, s.named) for s in statement.chain]
    counts.sources.update(dict.fromkeys(chain, 1))
    counts.origins.update(chain[-1:])
    if report.publisher:
        counts.publishers[report.publisher] += 1


def _count_time(counts: Tally, answer: Answer) -> None:
    report, statement, identities = answer
    earliest, latest = days_of(report, statement, identities)
    dispute = dispute_in(identities)
    if dispute:
        counts.disputes[dispute] += 1
        counts.latest[dispute] = max(counts.latest.get(dispute, ""), latest or "")
    score = counted(statement.type, statement.mode)[1]
    if _happened(statement) and score is not None and earliest and latest and earliest[:7] == latest[:7]:
        counts.scores.setdefault(earliest[:7], []).append(score)


def _happened(statement: Statement) -> bool:
    """An event that is told as having happened; told twice in one report it counts once."""
    return statement.kind == "event" and statement.status == "actual" and not statement.same_as


def dispute_in(identities: Iterable[Identity]) -> str | None:
    """The dispute that a statement belongs to."""
    return next((i.entity or i.dispute for i in identities if i.role == "dispute" and (i.entity or i.dispute)), None)


def answers_in(records: Iterable[Record]) -> Iterator[Answer]:
    """The statements of whole records, one by one."""
    for record in records:
        known = known_by_statement(record.identities)
        for statement in record.statements:
            yield Answer(record.report, statement, list(known.get(statement.id, {}).values()))


class Figures:
    """Tallies of a dossier, and which reports came in last; safe to ask from several threads."""

    def __init__(self, dossier: Dossier) -> None:
        self._dossier = dossier
        self._engine = open_engine(dossier.path, create=False)
        self._kept: dict[object, tuple[int, float, float, Any]] = {}  # state, when it was made, how long that took
        self._lock = Lock()

    def close(self) -> None:
        """Let go of the file."""
        self._engine.dispose()

    def of(self, question: Question) -> Tally:
        """The first `BOUND` statements that answer `question`, counted."""
        return self._remembered(question, lambda: tally(self._dossier.find(question, limit=BOUND)))

    def first(self, question: Question) -> tuple[Answer, ...]:
        """The first `BOUND` statements that answer `question` themselves."""
        return self._remembered(("first", question), lambda: tuple(self._dossier.find(question, limit=BOUND)))

    def newest(self) -> Tally:
        """The statements of the `NEWEST` reports that came in last, counted."""
        return self._remembered("newest", lambda: tally(self._newest_answers()))

    def reports(self, *, limit: int, offset: int = 0) -> list[dict[str, Any]]:
        """The reports that came in last, with the number of their statements."""
        columns, held = t.reports.c, func.count(t.statements.c.seq)
        newest = select(columns.seq).order_by(columns.seq.desc()).limit(limit).offset(offset)
        wanted = (
            select(
                columns.id, columns.headline.label("title"), columns.publisher, columns.published, held.label("statements")
            )
            .outerjoin(t.statements, t.statements.c.report == columns.seq)
            .where(columns.seq.in_(newest.scalar_subquery()))
            .group_by(columns.seq)
            .order_by(columns.seq.desc())
        )
        with one_line(self._dossier.path), self._engine.connect() as connection, connection.begin():
            return [dict(row) for row in connection.execute(wanted).mappings()]

    def _newest_answers(self) -> Iterable[Answer]:
        with one_line(self._dossier.path), self._engine.connect() as connection, connection.begin():
            ids = connection.scalars(select(t.reports.c.id).order_by(t.reports.c.seq.desc()).limit(NEWEST)).all()
        return answers_in(self._dossier.records(ids))

    def _state(self) -> int:
        """Grows when a report or a correction is written."""
        with one_line(self._dossier.path), self._engine.connect() as connection, connection.begin():
            newest = (func.max(t.reports.c.seq), func.max(t.corrections.c.seq))
            return sum(int(connection.scalar(select(each)) or 0) for each in newest)

    def _remembered(self, key: object, make: Callable[[], _T]) -> _T:
        state, now = self._state(), time.monotonic()
        kept = self._kept.get(key)
        if kept and (kept[0] == state or (kept[2] > _QUICK and now - kept[1] < _PATIENCE * kept[2])):
            known: _T = kept[3]
            return known
        made = make()
        with self._lock:
            if len(self._kept) >= _KEPT:
                self._kept.clear()
            self._kept[key] = (state, time.monotonic(), time.monotonic() - now, made)
        return made
