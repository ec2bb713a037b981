"""Statements in the few words that tables and pages show: parties, sources, dates."""

from __future__ import annotations

from collections.abc import Sequence

from ascribe.schema import Identity, Mention, Report, Statement
from ascribe.store.when import days_of
from ascribe.view.record import Known
from ascribe.view.terminal import safe

NOBODY = "–"


def party(mention: Mention, identity: Identity | None) -> str:
    """A party as a code where it has a country ("RUS", "RUS MIL"), else by name, else as worded."""
    if identity is None:
        return safe(mention.text)
    if identity.country:
        sector = identity.sector if identity.sector not in (None, "GOV", "UNK") else ""
        return f"{identity.country} {sector}".rstrip()
    return safe(identity.name or mention.text)


def parties(mentions: Sequence[Mention], role: str, known: Known) -> str:
    """All parties of one role, each named once."""
    named = [party(mention, known.get((role, mention.span))) for mention in mentions]
    return ", ".join(dict.fromkeys(named)) or NOBODY


def who(statement: Statement, known: Known) -> str:
    """Who → whom; without the arrow where there is no recipient."""
    actors = parties(statement.actors, "actor", known)
    return f"{actors} → {parties(statement.recipients, 'recipient', known)}" if statement.recipients else actors


def chain(statement: Statement, report: Report) -> str:
    """On whose word, innermost first, down to the publisher."""
    publisher = f"(published by {safe(report.publisher)})" if report.publisher else "(publisher not known)"
    return " ← ".join([*(safe(source.mention.text) for source in reversed(statement.chain)), publisher])


def status(statement: Statement) -> str:
    """The status, how the innermost source stands to it where he does more than assert, and whether people corrected it."""
    stance = "" if statement.stance == "asserts" else f", {statement.stance}"
    return f"{statement.status}{stance}{', corrected' if statement.corrected else ''}"


def date(report: Report, statement: Statement, identities: Sequence[Identity]) -> str:
    """The day, or the stretch of time, that the content is of: "2014-02-06", "2014-02", "2010 – 2014"."""
    earliest, latest = days_of(report, statement, identities)
    if not earliest or not latest:
        return earliest or latest or NOBODY
    for length in (10, 7, 4):
        if earliest[:length] == latest[:length]:
            return earliest[:length]
    return f"{earliest[:4]} – {latest[:4]}"
