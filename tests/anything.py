"""Strategies: any record that the values of schema.py allow, whatever its text."""

from __future__ import annotations

from hypothesis import strategies as st

from ascribe.schema import (
    POSITIONS,
    SECTORS,
    SOURCE_KINDS,
    STANCES,
    STATUSES,
    TYPES,
    Identity,
    Mention,
    Record,
    Report,
    Source,
    Span,
    Statement,
)

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40)
WORDS = st.none() | TEXTS
NUMBERS = st.floats(-180, 180)


@st.composite
def spans(draw: st.DrawFn, report: Report) -> Span:
    start = draw(st.integers(0, len(report.text) - 1))
    return Span(start, draw(st.integers(start + 1, len(report.text))))


def mentions(report: Report) -> st.SearchStrategy[Mention]:
    return spans(report).map(lambda span: Mention.at(report, span))


def fillers(report: Report) -> st.SearchStrategy[Mention]:
    """Mentions that fill a field, which the reader may be unsure of; of triggers and cues it says nothing of the kind."""
    return st.builds(lambda span, sure: Mention.at(report, span, sure), spans(report), st.floats(0, 1))


def sources(report: Report) -> st.SearchStrategy[Source]:
    return st.builds(Source, fillers(report), st.none() | mentions(report), st.sampled_from(SOURCE_KINDS), st.booleans())


@st.composite
def statements(draw: st.DrawFn, report: Report, ids: list[str], id: str) -> Statement:
    type = draw(st.sampled_from(TYPES))
    several = st.lists(fillers(report), max_size=3, unique_by=lambda mention: mention.span).map(tuple)
    one = st.none() | fillers(report)
    return Statement(
        id=id,
        report=report.id,
        kind="position" if type in POSITIONS else "event",
        type=type,
        trigger=draw(mentions(report)),
        actors=draw(several),
        recipients=draw(several),
        object=draw(one),
        place=draw(one),
        time=draw(one),
        status=draw(st.sampled_from(STATUSES)),
        quoted=draw(st.booleans()),
        chain=tuple(draw(st.lists(sources(report), max_size=3, unique_by=lambda source: source.mention.span))),
        stance=draw(st.sampled_from(STANCES)),
        answers=draw(st.none() | st.sampled_from(ids)),
        same_as=draw(st.none() | st.sampled_from(ids)),
        mode=draw(st.none() | st.sampled_from(["visit", "seize", "demo"])),
        contexts=tuple(draw(st.lists(st.sampled_from(["military", "territory", "economic"]), unique=True))),
        confidence=draw(st.floats(0, 1)),
    )


def identities(statement: Statement) -> st.SearchStrategy[list[Identity]]:
    """For some of what a statement mentions, whatever may be believed of it."""
    roles = [("actor", m) for m in statement.actors] + [("recipient", m) for m in statement.recipients]
    roles += [("source", source.mention) for source in statement.chain]
    roles += [(role, m) for role, m in (("place", statement.place), ("time", statement.time)) if m]
    roles += [("dispute", statement.trigger)]
    return st.tuples(*(st.none() | _identity(statement, role, mention) for role, mention in roles)).map(
        lambda found: [identity for identity in found if identity]
    )


def _identity(statement: Statement, role: str, mention: Mention) -> st.SearchStrategy[Identity]:
    return st.builds(
        Identity,
        st.just(statement.id),
        st.just(role),
        st.just(mention.span),
        entity=WORDS,
        name=WORDS,
        country=st.none() | st.sampled_from(["JPN", "SUN", "XKX"]),
        sector=st.none() | st.sampled_from(SECTORS),
        lat=st.none() | NUMBERS,
        lon=st.none() | NUMBERS,
        dispute=WORDS,
        earliest=st.none() | st.sampled_from(["2014", "2014-02", "2014-02-06"]),
        latest=st.none() | st.sampled_from(["2014", "2014-02", "2014-02-06"]),
        granularity=st.none() | st.sampled_from(["day", "month", "year", "era"]),
        score=st.floats(0, 1),
        because=st.just("") | TEXTS,
    )


@st.composite
def records(draw: st.DrawFn) -> Record:
    report = Report(draw(TEXTS), draw(TEXTS), *(draw(WORDS) for _ in range(6)))
    ids = [f"{report.id}:{number}" for number in range(draw(st.integers(0, 3)))]
    made = tuple(draw(statements(report, ids, id)) for id in ids)
    return Record(report, made, tuple(identity for each in made for identity in draw(identities(each))))
