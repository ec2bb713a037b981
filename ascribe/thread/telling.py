"""One statement as it is compared with those of other reports: codes, days and words instead of spans."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from typing import Final, NamedTuple

from ascribe.data import rows
from ascribe.mark.sentences import sentences
from ascribe.schema import Identity, Record, Report, Span, Statement
from ascribe.thread.figures import Counted, counted_in, cues_in, doers_in
from ascribe.thread.lands import ground_in, lands_in
from ascribe.thread.outlets import outlet_of, outlets_in, standing
from ascribe.thread.voices import Voice, voices_of
from ascribe.thread.words import stem, stems, weighed

_ANOTHER: Final = "another"  # role of words that tell one event from an earlier one of its kind
_NEXT: Final = 2  # words before a trigger that may say so
_REACH: Final = 8  # words on each side of a trigger that tell what it is about


class Party(NamedTuple):
    """Who is meant, as far as it is known. A party of which nothing is known is left out."""

    country: str | None
    sector: str | None
    entity: str | None


class Days(NamedTuple):
    """A stretch of days (ordinals); `told` where the report says when, else guessed from its date."""

    first: int
    last: int
    told: bool


@dataclass(frozen=True, slots=True)
class Clause:
    """What the sentence of a statement says beside it. `words` maps a stem to its weight."""

    number: int  # of the sentence, from 0
    words: dict[str, float]
    counted: tuple[Counted, ...]
    ground: frozenset[str]  # states whose waters, air or soil it names
    doers: frozenset[str]  # kinds of doers that it names
    cues: frozenset[str]  # words that accept, insist, set a condition
    outlets: frozenset[str]  # papers and agencies that it names
    lands: frozenset[str]  # states that it names


@dataclass(frozen=True, slots=True)
class Telling:
    """What a statement brings to the comparison."""

    id: str  # of the statement
    report: str
    position: int  # in the report
    type: str
    kind: str
    status: str
    stance: str
    actors: frozenset[Party]
    recipients: frozenset[Party]
    days: Days | None
    dispute: str | None
    place: str | None
    trigger: tuple[str, ...]
    senses: frozenset[str]  # types that its trigger often has (trigger_words.csv)
    families: frozenset[str]  # of words that may tell one deed, as "chased", "drove away" (thread_families.csv)
    heads: dict[str, float]  # words of trigger and object
    objects: dict[str, float]  # words of the object alone
    near: dict[str, float]  # words of its sentence that stand near its trigger
    clause: Clause
    cues: frozenset[str]  # of its trigger
    voices: tuple[Voice, ...]  # on whose word, the outermost first
    same_as: str | None
    answers: str | None  # another statement of the same report
    countries: frozenset[str]  # of its parties
    around: frozenset[str]  # of the parties of all statements of its sentence
    scene: frozenset[str]  # the countries that the whole report speaks of most


def tellings(record: Record) -> list[Telling]:
    """The statements of a record, those in its headline included."""
    report = record.report
    bounds = sentences(report.text) or (Span(0, len(report.text)),)
    starts = [bound.start for bound in bounds]
    clauses: dict[int, Clause] = {}
    known: dict[str, list[Identity]] = {}
    for identity in record.identities:
        known.setdefault(identity.statement, []).append(identity)
    scene = _scene(record.identities)
    home = _home(report, scene)
    published = day_of(report.published)
    made = []
    for position, statement in enumerate(record.statements):
        sentence = max(bisect_right(starts, statement.trigger.span.start) - 1, 0)
        if sentence not in clauses:
            clauses[sentence] = _clause(sentence, bounds[sentence].of(report.text))
        identities = known.get(statement.id, ())
        near = _near(report.text, bounds[sentence], statement.trigger.span)
        beside = _beside(report.text, bounds[sentence], statement.trigger.span)
        clause = clauses[sentence]
        made.append(_telling(statement, position, identities, clause, near, beside, published, scene, home))
    return [replace(telling, around=_around(telling, made)) for telling in made]


def _around(telling: Telling, told: Iterable[Telling]) -> frozenset[str]:
    return frozenset(country for other in told if other.clause is telling.clause for country in other.countries)


def _near(text: str, sentence: Span, trigger: Span) -> dict[str, float]:
    """The words on both sides of a trigger, itself among them, each with its weight."""
    before = stems(text[sentence.start : trigger.start])[-_REACH:]
    after = stems(text[trigger.stop : max(sentence.stop, trigger.stop)])[:_REACH]
    return weighed([*before, *stems(trigger.of(text)), *after])


def _beside(text: str, sentence: Span, trigger: Span) -> frozenset[str]:
    """What the words next to a trigger do: "the second patrol", "fired again"."""
    before, after = text[sentence.start : trigger.start].split(), text[trigger.stop : sentence.stop].split()
    return cues_in(" ".join([*before[-_NEXT:], trigger.of(text), *after[:1]]))


def _clause(number: int, text: str) -> Clause:
    return Clause(
        number,
        weighed(stems(text)),
        counted_in(text),
        ground_in(text),
        doers_in(text),
        cues_in(text),
        outlets_in(text),
        lands_in(text),
    )


def _telling(
    statement: Statement,
    position: int,
    identities: Iterable[Identity],
    clause: Clause,
    near: dict[str, float],
    beside: frozenset[str],
    published: int | None,
    scene: frozenset[str],
    home: str | None,
) -> Telling:
    by_role: dict[str, list[Identity]] = {}
    for identity in identities:
        by_role.setdefault(identity.role, []).append(identity)
    actors, recipients = (_parties(by_role.get(role, ())) for role in ("actor", "recipient"))
    trigger = tuple(stems(statement.trigger.text))
    objects = weighed(stems(statement.object.text) if statement.object else ())
    place = next((identity.name for identity in by_role.get("place", ()) if identity.name), None)
    disputes = [identity.entity or identity.dispute for identity in by_role.get("dispute", ())]
    disputes += [identity.dispute for identity in by_role.get("place", ())]
    return Telling(
        id=statement.id,
        report=statement.report,
        position=position,
        type=statement.type,
        kind=statement.kind,
        status=statement.status,
        stance=statement.stance,
        actors=actors,
        recipients=recipients,
        days=_days(statement, by_role.get("time", ()), published),
        dispute=next(filter(None, disputes), None),
        place=place,
        trigger=trigger,
        senses=frozenset(sense for word in trigger for sense in _senses().get(word, ())),
        families=frozenset(family for word in trigger for family in _families().get(word, ())),
        heads=weighed(trigger) | objects,
        objects=objects,
        near=near,
        clause=clause,
        cues=cues_in(statement.trigger.text) | (beside & {_ANOTHER}),
        voices=voices_of(statement, {(i.role, i.span): i for i in by_role.get("source", ())}, home),
        same_as=statement.same_as,
        answers=statement.answers,
        countries=frozenset(party.country for party in actors | recipients if party.country),
        around=frozenset(),
        scene=scene,
    )


@cache
def _senses() -> dict[str, frozenset[str]]:
    """Stems of single words that express acts, with the types that they have."""
    found: dict[str, set[str]] = {}
    for row in rows("trigger_words"):
        words = stems(row["words"])
        for word in [*words, *stems(row["forms"])] if len(words) == 1 else ():
            found.setdefault(word, set()).add(row["type"])
    return {word: frozenset(types) for word, types in found.items()}


@cache
def _families() -> dict[str, frozenset[str]]:
    """Stems of words with the families they stand in."""
    found: dict[str, set[str]] = {}
    for row in rows("thread_families"):
        found.setdefault(stem(row["word"]), set()).add(row["family"])
    return {word: frozenset(families) for word, families in found.items()}


def _parties(identities: Iterable[Identity]) -> frozenset[Party]:
    found = (Party(identity.country, identity.sector, identity.entity) for identity in identities)
    return frozenset(party for party in found if party.country or party.entity or party.sector not in (None, "UNK"))


def _scene(identities: Iterable[Identity]) -> frozenset[str]:
    counted = Counter(i.country for i in identities if i.country and i.role in ("actor", "recipient"))
    return frozenset(sorted(counted, key=lambda country: (-counted[country], country))[:3])


def _home(report: Report, scene: frozenset[str]) -> str | None:
    """The country of a national paper that writes of its own country: "the government" there is its own."""
    country, kind = standing(outlet_of(report) or "")
    return country if country in scene and kind != "agency" else None


# ---- days ----


_LEAD: Final = 7  # days before its report that an event lies at most when the report does not say when
_YEAR: Final = 365
_WEEK: Final = 7
_WORDS_ABOUT_LATER: Final = frozenset({"AGREE", "REQUEST", "THREATEN"})


def _days(statement: Statement, times: Iterable[Identity], published: int | None) -> Days | None:
    if statement.kind == "position":
        return None
    for time in times:
        first, last = day_of(time.earliest), day_of(time.latest, end=True)
        if first is not None and last is not None and last >= first and not _ahead(statement, first, last, published):
            return Days(first, last, True)
    if published is None:
        return None
    if statement.status == "historical":
        return Days(published - 50 * _YEAR, published - _LEAD, False)
    return Days(published - _LEAD, published, False)


def _ahead(statement: Statement, first: int, last: int, published: int | None) -> bool:
    """Whether the time is that of the meeting offered, not of the offer: after the report, or no day at all."""
    if statement.type in _WORDS_ABOUT_LATER and last - first > _WEEK and statement.status != "historical":
        return True
    return published is not None and first > published and statement.status != "future"


@cache
def day_of(prefix: str | None, *, end: bool = False) -> int | None:
    """The first (or last) day that an ISO 8601 prefix means, as an ordinal; None for what is no date."""
    found = re.match(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", prefix or "")
    if found is None:
        return None
    year, month, day = (int(part) if part else None for part in found.groups())
    try:
        if day is not None and month is not None and year is not None:
            return date(year, month, day).toordinal()
        first = date(year or 1, month or (12 if end else 1), 1)
    except ValueError:
        return None
    return ((first + timedelta(days=31)).replace(day=1) - timedelta(days=1)).toordinal() if end else first.toordinal()
