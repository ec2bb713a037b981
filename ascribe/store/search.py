"""A question to the dossier as SQL. Words and codes are looked up in the index `said`, the rest in columns."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from sqlalchemy import ColumnElement, Integer, Select, Text, column, func, select, table

from ascribe.errors import UsageError
from ascribe.schema import Identity, Mention, Report, Statement
from ascribe.store.tables import reports, statements

_SAID: Final = table(
    "said", column("rowid", Integer), column("said", Text)
)  # FTS5: the column named as the table is all of it
COLUMNS: Final = ("actor", "recipient", "source", "about")


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


def index_row(report: Report, statement: Statement, identities: Iterable[Identity]) -> dict[str, str]:
    """Words and codes under which a statement is found, column by column of `said`."""
    by_role: dict[str, list[Identity]] = {}
    for identity in identities:
        by_role.setdefault(identity.role, []).append(identity)
    chain = [source.mention for source in statement.chain]
    things = [mention for mention in (statement.object, statement.place) if mention]
    beliefs = by_role.get("dispute", []) + by_role.get("place", [])
    return {
        "actor": _entry(statement.actors, by_role.get("actor", [])),
        "recipient": _entry(statement.recipients, by_role.get("recipient", [])),
        "source": " ".join([report.publisher or "", code(report.publisher), _entry(chain, by_role.get("source", []))]),
        "about": " ".join([_entry(things, beliefs), *_disputes(beliefs), _paragraph(report, statement)]),
    }


def _entry(mentions: Iterable[Mention], identities: Iterable[Identity]) -> str:
    """Mentions as worded, then name, country and entity of each."""
    words = [mention.text for mention in mentions]
    for identity in identities:
        words += [identity.name or "", code(identity.country), code(identity.entity)]
    return " ".join(words)


def _disputes(identities: Iterable[Identity]) -> list[str]:
    return [code(identity.dispute) for identity in identities]


def _paragraph(report: Report, statement: Statement) -> str:
    start, stop = statement.trigger.span.start, statement.trigger.span.stop
    end = report.text.find("\n", stop)
    return report.text[report.text.rfind("\n", 0, start) + 1 : end if end >= 0 else None]


def code(written: str | None) -> str:
    """A country, entity or dispute as one token that no text holds: "mainichi-shimbun" → "¤mainichi¤shimbun"."""
    return "¤" + re.sub(r"[\W_]+", "¤", written.strip().casefold()) if written and written.strip() else ""


# ---- what is asked ----


def matching(question: Question) -> Select[Any]:
    """The statements that answer `question`, by date of their report, in the order of the text."""
    found = select(statements, reports.c.id.label("report_id")).join(reports, statements.c.report == reports.c.seq)
    found = found.where(*_conditions(question))
    return found.order_by(reports.c.published, reports.c.id, statements.c.position)


def counting(question: Question) -> Select[Any]:
    """How many those are."""
    return select(func.count()).select_from(statements).where(*_conditions(question))


def _conditions(question: Question) -> list[ColumnElement[bool]]:
    columns = {
        statements.c.type: question.types,
        statements.c.status: question.statuses,
        statements.c.stance: question.stances,
    }
    conditions: list[ColumnElement[bool]] = [column.in_(given) for column, given in columns.items() if given]
    words = _words_asked(question)
    if words:
        conditions.append(statements.c.seq.in_(select(_SAID.c.rowid).where(_SAID.c.said.op("MATCH")(words))))
    if question.earliest:
        conditions.append(statements.c.latest >= question.earliest)
    if question.latest:
        conditions.append(statements.c.earliest <= question.latest)
    return conditions


def _words_asked(question: Question) -> str:
    """In the language of FTS5: every column that is asked for, each as any of its alternatives."""
    asked = {name: getattr(question, name) for name in COLUMNS}
    return " AND ".join(
        f"{{{name}}} : ({' OR '.join(_alternative(written) for written in given)})" for name, given in asked.items() if given
    )


def _alternative(written: str) -> str:
    """All words of `written`, or it as a code. Only letters and digits pass: nothing typed is read as a query."""
    words = re.findall(r"[^\W_]+", written)
    if not words:
        raise UsageError(f"{written!r} holds no letter and no digit to look for")
    spelled = " AND ".join(f'"{word}"' for word in words)
    return f'(({spelled}) OR "{code(written)}")'
