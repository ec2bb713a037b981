"""A question to the dossier. Words and codes are looked up in the indexes `said` and `passages`, the rest in `columns`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple

import numpy as np
from sqlalchemy import Connection, select

from ascribe.errors import UsageError
from ascribe.schema import Identity, Mention, Report, Statement
from ascribe.store import tables
from ascribe.store.columns import Array, Codes, Columns, day_number
from ascribe.store.fulltext import look_up

_WORDS: Final = re.compile(r"[^\W_]+")
_COLUMN: Final = {"actor": "actor", "recipient": "recipient", "source": "source", "dispute": "about", "place": "about"}
_MANY: Final = 2_000  # reports whose order is not looked up one by one any more


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked for; everything that is given must hold. Words are those of the report or of what they mean.

    Alternatives stand in one field: `actor=("JPN", "Japan")` is Japan under either name."""

    actor: Sequence[str] = ()
    recipient: Sequence[str] = ()
    about: Sequence[str] = ()
    source: Sequence[str] = ()
    types: Sequence[str] = ()
    statuses: Sequence[str] = ()
    stances: Sequence[str] = ()
    earliest: str | None = None  # YYYY-MM-DD
    latest: str | None = None


class Answer(NamedTuple):
    """A statement that was found, its report (without the text) and what its words mean."""

    report: Report
    statement: Statement
    identities: list[Identity]


# ---- what is put into the index ----


def index_row(report: Report, statement: Statement, identities: Iterable[Identity]) -> tuple[str, str, str, str]:
    """Words and codes under which a statement is found: actor, recipient, source, about."""
    known = {"actor": "", "recipient": "", "source": "", "about": ""}
    for identity in identities:
        column = _COLUMN.get(identity.role)
        if column:
            known[column] += _known_as(identity.name, identity.country, identity.entity, identity.dispute)
    chain = " ".join([source.mention.text for source in statement.chain])
    things = " ".join([mention.text for mention in (statement.object, statement.place) if mention])
    publisher = report.publisher or ""
    return (
        _texts(statement.actors) + known["actor"],
        _texts(statement.recipients) + known["recipient"],
        f"{publisher} {code(publisher)} {chain}{known['source']}",
        things + known["about"],
    )


def _texts(mentions: Iterable[Mention]) -> str:
    return " ".join([mention.text for mention in mentions])


@lru_cache(maxsize=20_000)
def _known_as(name: str | None, country: str | None, entity: str | None, dispute: str | None) -> str:
    """Name and codes of an identity, each after a blank."""
    return "".join([f" {each}" for each in (name, code(country), code(entity), code(dispute)) if each])


@lru_cache(maxsize=10_000)
def code(written: str | None) -> str:
    """A country, entity or dispute as one token that no text holds: "mainichi-shimbun" → "¤mainichi¤shimbun"."""
    return "¤" + re.sub(r"[\W_]+", "¤", written.strip().casefold()) if written and written.strip() else ""


# ---- what is asked: the numbers of the statements that fit ----


def matching(connection: Connection, columns: Columns, question: Question) -> Array:
    """The `seq` of the statements that answer `question`, ascending."""
    found = _by_words(connection, columns, question)
    if found is None:
        found = np.flatnonzero(columns.statements["report"])
    codes = Codes(connection)
    for name, given in (("type", question.types), ("status", question.statuses), ("stance", question.stances)):
        if given:
            found = found[np.isin(columns.statements[name][found], codes.of(given))]
    if question.earliest:
        found = found[columns.statements["latest"][found] >= day_number(question.earliest, missing=0)]
    if question.latest:
        found = found[columns.statements["earliest"][found] <= day_number(question.latest, missing=0)]
    return found


def _by_words(connection: Connection, columns: Columns, question: Question) -> Array | None:
    """Those that the words asked for leave; None where no words are."""
    masks = [_about(connection, columns, question.about)] if question.about else []
    asked = {name: getattr(question, name) for name in ("actor", "recipient", "source")}
    spelled = {name: [words for written in given for words in _spelled(written)] for name, given in asked.items() if given}
    if spelled:
        found = look_up(connection, "said", spelled)
        return found if not masks else found[masks[0][found]]
    return np.flatnonzero(masks[0]) if masks else None


def _spelled(written: str) -> tuple[list[str], list[str]]:
    """All words of `written`, or it as a code."""
    return words_of(written), [code(written)]


def words_of(written: str) -> list[str]:
    """The words in what a person typed."""
    words = _WORDS.findall(written)
    if not words:
        raise UsageError(f"{written!r} holds no letter and no digit to look for")
    return words


def _about(connection: Connection, columns: Columns, alternatives: Sequence[str]) -> Array:
    """A mask over all statements: whose object, place, dispute or paragraph holds all words of one of `alternatives`."""
    length = len(columns.statements)
    found = np.zeros(length, bool)
    for written in alternatives:
        words = words_of(written)
        all_words = np.ones(length, bool)
        for word in words:
            all_words &= _with_word(connection, columns, word)
        found |= all_words
        found[look_up(connection, "said", {"about": [[code(written)]]})] = True
    return found


def _with_word(connection: Connection, columns: Columns, word: str) -> Array:
    passages = np.zeros(len(columns.statements), bool)
    rows = look_up(connection, "passages", {"words": [[word]]})
    passages[rows[rows > 0]] = True
    found: Array = passages[columns.statements["passage"]]
    found[look_up(connection, "said", {"about": [[word]]})] = True
    return found


def reports_with(connection: Connection, columns: Columns, words: str) -> list[int]:
    """The `seq` of reports of which one paragraph holds all `words`, the newest first."""
    rows = look_up(connection, "passages", {"words": [words_of(words)]})
    whole = np.concatenate([-rows[rows < 0], columns.statements["report"][rows[rows > 0]]])
    seqs: list[int] = np.unique(whole)[::-1].tolist()
    return seqs


# ---- in the order of the reports' dates ----


def in_order(connection: Connection, columns: Columns, found: Array, limit: int | None) -> Iterator[int]:
    """The first `limit` of `found`: by date of their report, its id, and in the order of the text."""
    found = _earliest(columns, found, limit)
    report = columns.statements["report"][found]
    left = len(found) if limit is None else limit
    by_report = np.argsort(report, kind="stable")
    sorted_reports = report[by_report]
    for seq in _reports_in_order(connection, np.unique(report)):
        start, stop = np.searchsorted(sorted_reports, [seq, seq + 1])
        for row in by_report[start:stop][:left]:
            yield int(found[row])
        left -= min(left, int(stop - start))
        if not left:
            return


def _earliest(columns: Columns, found: Array, limit: int | None) -> Array:
    """Those that can be among the first `limit`: all whose date begins not later than that of the last of them."""
    if limit is None or len(found) <= limit:
        return found
    order = columns.order[columns.statements["report"][found]]
    kept: Array = found[order <= np.partition(order, limit - 1)[limit - 1]]
    return kept


def _reports_in_order(connection: Connection, seqs: Array) -> Iterator[int]:
    reports = tables.reports.c
    by_date = reports.published.asc().nulls_first(), reports.id
    if len(seqs) <= _MANY:
        chunks = [seqs[start : start + 500].tolist() for start in range(0, len(seqs), 500)]
        rows = [
            (row.published or "", row.id, row.seq)
            for some in chunks
            for row in connection.execute(select(reports.seq, reports.published, reports.id).where(reports.seq.in_(some)))
        ]
        yield from (seq for _, _, seq in sorted(rows))
        return
    wanted = np.zeros(int(seqs.max()) + 1, bool)
    wanted[seqs] = True
    for seq in connection.execution_options(yield_per=5_000).scalars(select(reports.seq).order_by(*by_date)):
        if seq < len(wanted) and wanted[seq]:
            yield seq
