"""The stage: one Identity for each mention of each statement."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ascribe.resolve.disputes import dispute_of
from ascribe.resolve.index import Index
from ascribe.resolve.parties import Parties, coarse
from ascribe.resolve.places import Places
from ascribe.resolve.times import when
from ascribe.schema import Identity, Mention, Report, Statement


def resolve(report: Report, statements: Sequence[Statement]) -> list[Identity]:
    """Who, where and when the mentions of `statements` mean, as of the report's date, in the order of the statements."""
    index = Index(report)
    parties = Parties(index)
    parties.learn(statements)
    places = Places(index, [statement.place.span for statement in statements if statement.place is not None])
    identities: list[Identity] = []
    for statement in statements:
        found = list(_who(parties, statement))
        identities += found
        identities += _where_and_when(index, places, statement)
        dispute = dispute_of(index, statement, found)
        if dispute is not None:
            identities.append(dispute)
    return identities


def _who(parties: Parties, statement: Statement) -> Iterator[Identity]:
    for mention in statement.actors:
        yield _identity(parties, statement, "actor", mention)
    for mention in statement.recipients:
        yield _identity(parties, statement, "recipient", mention)
    for source in statement.chain:
        yield _identity(parties, statement, "source", source.mention)


def _identity(parties: Parties, statement: Statement, role: str, mention: Mention) -> Identity:
    party = parties.identify(mention, statement)
    return Identity(
        statement.id,
        role,
        mention.span,
        entity=party.entity,
        name=party.name,
        country=party.country,
        sector=coarse(party.sector),
        score=party.score,
        because=party.because,
    )


def _where_and_when(index: Index, places: Places, statement: Statement) -> Iterator[Identity]:
    if statement.place is not None:
        yield places.locate(statement.id, statement.place)
    if statement.time is not None:
        yield when(index.date, statement.id, statement.time, status=statement.status)
