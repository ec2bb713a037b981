"""Which dispute a statement belongs to: by its own words, else by its parties and the disputes that the report names.

A dispute has no owner here: the name stays as written, and who uses it is said.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from ascribe.data import rows
from ascribe.resolve.index import Index
from ascribe.resolve.lexicon import Entry, Hit, split, within
from ascribe.resolve.meanings import used_by
from ascribe.schema import Identity, Span, Statement

_STATES = ("state", "adjective", "people", "capital", "metonym")


def dispute_of(index: Index, statement: Statement, parties: Sequence[Identity]) -> Identity | None:
    """The dispute of a statement, or None."""
    if not index.disputes:
        return None
    return _by_words(index, statement, parties) or _by_parties(index, statement, parties)


def _by_words(index: Index, statement: Statement, parties: Sequence[Identity]) -> Identity | None:
    spans = [
        mention.span
        for mention in (statement.object, statement.place, *statement.actors, *statement.recipients)
        if mention is not None
    ]
    named = [pair for span in spans for pair in _disputes_in(index, span)]
    if named:
        return _identity(index, statement, *named[0], 0.9, "named by the statement's own words")
    sentence = index.sentence(statement.trigger.span.start)
    named = _disputes_in(index, sentence)
    ids = {entry.id for _, entry in named}
    sides = _sides(index, statement, parties)
    if len(ids) == 1 and not _fits_another(index, sides, named[0][1].id):
        return _identity(index, statement, *named[0], 0.7, "named in the sentence")
    fitting = [pair for pair in named if len(sides & _claimants()[pair[1].id]) > 1]
    if len(ids) > 1 and len({entry.id for _, entry in fitting}) == 1:
        return _identity(
            index,
            statement,
            *fitting[0],
            0.6,
            "of the disputes named in the sentence the one between the statement's parties",
        )
    return None


def _fits_another(index: Index, sides: frozenset[str], dispute: str) -> bool:
    """Whether the statement brings together the sides of another dispute of the report as much as those of this one."""
    own = len(sides & _claimants()[dispute])
    return any(max(own, 2) <= len(sides & _claimants()[other]) for other in index.disputes if other != dispute)


def _by_parties(index: Index, statement: Statement, parties: Sequence[Identity]) -> Identity | None:
    """The only dispute of the report whose claimants the statement brings together."""
    for sides, score in ((_sides(index, statement, parties), 0.5), (_sides_of_sentence(index, statement, parties), 0.4)):
        fitting = sorted(dispute for dispute in index.disputes if len(sides & _claimants()[dispute]) > 1)
        if len(fitting) == 1:
            hit, entry = index.disputes[fitting[0]]
            both = " and ".join(sorted(sides & _claimants()[fitting[0]]))
            return _identity(
                index, statement, hit, entry, score, f"the only dispute in the report between {both}", statement.trigger.span
            )
    return None


def _identity(
    index: Index, statement: Statement, hit: Hit, entry: Entry, score: float, why: str, span: Span | None = None
) -> Identity:
    words = index.text[hit.start : hit.stop]
    return Identity(
        statement.id,
        "dispute",
        span or Span(hit.start, hit.stop),
        entity=entry.id,
        name=words,
        dispute=entry.id,
        score=score,
        because=f'{why}: "{words}", {used_by(entry)}',
    )


def _sides(index: Index, statement: Statement, parties: Sequence[Identity]) -> frozenset[str]:
    """The states that a statement's parties and object name, a dissolved one as the state that continues it."""
    sides = {identity.country for identity in parties if identity.country and identity.role != "source"}
    if statement.object is not None:
        sides |= _states_in(index, statement.object.span)
    return frozenset(_continued(country) for country in sides)


def _sides_of_sentence(index: Index, statement: Statement, parties: Sequence[Identity]) -> frozenset[str]:
    sentence = _states_in(index, index.sentence(statement.trigger.span.start))
    return _sides(index, statement, parties) | {_continued(country) for country in sentence}


def _states_in(index: Index, span: Span) -> set[str]:
    found = within(index.hits, index.hit_starts, span.start, span.stop)
    return {entry.country for hit in found for entry in hit.entries[:1] if entry.kind in _STATES and entry.country}


@cache
def _continuing() -> dict[str, str]:
    return {row["id"]: row["continued_by"] for row in rows("states") if row["continued_by"]}


def _continued(country: str) -> str:
    return _continuing().get(country, country)


@cache
def _claimants() -> dict[str, frozenset[str]]:
    return {row["id"]: frozenset(split(row["claimants"])) for row in rows("disputes")}


def _disputes_in(index: Index, span: Span) -> list[tuple[Hit, Entry]]:
    found = within(index.hits, index.hit_starts, span.start, span.stop)
    return [(hit, entry) for hit in found for entry in hit.entries if entry.kind == "dispute"]
