"""What two statements of a report have in common and what sets them apart: the facts that links.py weighs.

Every fact is true or false and has a name that a person can read; link_weights.csv says how much each speaks for a link.
All is asked of the report's own words. "He", "we" and a bare surname are followed to whom the report named before, states
by the table of states, and no further: who is really meant is found out later, by `resolve`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from ascribe import data
from ascribe.schema import Mention, Reading, Span, Statement

_CUT, _STEM = 6, 5  # letters by which names and other words are compared
_NEAR = 2  # sentences back that a pronoun looks for whom it stands for
_LIKE = 0.5  # share of words that two like things have in common
_BETWEEN = 8  # words in between two triggers of one sentence that are looked at
_WORD = re.compile(r"\w++(?:\.\w++)*+")  # "U.S" is one word


@dataclass(frozen=True, slots=True)
class Party:
    """Who is meant by one side: names, with states by their code; if nothing is named, its nouns, and it is `vague`."""

    keys: frozenset[str]
    vague: bool

    def shares(self, other: Party) -> bool:
        """Whether both have something in common."""
        return not self.keys.isdisjoint(other.keys)

    def clashes(self, other: Party) -> bool:
        """Whether both are named, and by nothing in common."""
        return not (self.vague or other.vague or self.shares(other))


@dataclass(frozen=True, slots=True)
class Side:
    """A statement as it is compared: each field as the stems of its words, the parties as who they are."""

    statement: Statement
    number: int  # in the order of the report
    sentence: int
    headline: bool
    actors: Party
    recipients: Party
    speaker: Party  # the innermost source; where there is none, who acts
    trigger: frozenset[str]
    object: frozenset[str]
    definite: bool  # its object is one that was told before: "the offer", "such claims"
    pointing: bool  # its trigger is: "the attack"
    place: frozenset[str]
    time: frozenset[str]
    around: frozenset[str]  # words of its sentence
    cues: frozenset[str]


def sides(statements: Sequence[Statement], reading: Reading) -> list[Side]:
    """The statements of a report as they are compared, in its order."""
    who = _Who(statements, reading)
    around = [_stems(sentence.of(reading.report.text)) for sentence in reading.sentences]
    return [_side(number, statement, reading, who, around) for number, statement in enumerate(statements)]


def _side(number: int, statement: Statement, reading: Reading, who: _Who, around: Sequence[frozenset[str]]) -> Side:
    sentence = reading.sentence_at(statement.trigger.span.start)
    actors = who.of(statement.actors, statement)
    return Side(
        statement,
        number,
        sentence,
        headline=sentence == 0 and reading.report.headline is not None,
        actors=actors,
        recipients=who.of(statement.recipients, statement),
        speaker=who.of([statement.chain[-1].mention], None) if statement.chain else actors,
        trigger=_stems(statement.trigger.text),
        object=_stems(statement.object.text if statement.object else ""),
        definite=statement.object is not None and _is_definite(reading.report.text, statement.object),
        pointing=_is_definite(reading.report.text, statement.trigger),
        place=_stems(statement.place.text if statement.place else ""),
        time=_stems(statement.time.text if statement.time else ""),
        around=around[sentence] if around else frozenset(),
        cues=frozenset(stem for link in statement.chain if link.cue for stem in _stems(link.cue.text)),
    )


def _is_definite(text: str, mention: Mention) -> bool:
    before = text[max(mention.span.start - 8, 0) : mention.span.start].split()
    words = [*before[-1:], *mention.text.split()[:1]]  # a mention can be a blank alone
    return any(word.lower() in _pointing() for word in words)


# ---- told again ----


def same(one: Side, other: Side, between: int) -> Iterator[str]:
    """What speaks for and against `one` telling the `other`, an earlier statement of its type, again;
    `between` statements of the type lie in between."""
    mine, theirs = one.statement, other.statement
    yield f"type {mine.type}"
    yield f"sentences between {_distance(one, other)}"
    yield f"of the type between {min(between, 3)}"
    if other.headline:
        yield "of the headline"
        if one.sentence == 1:
            yield "of the headline, in the first sentence"
    actors, recipients = _agreement(one.actors, other.actors), _agreement(one.recipients, other.recipients)
    objects, triggers = _overlap(one.object, other.object), _overlap(one.trigger, other.trigger)
    yield f"actors {actors}"
    yield f"recipients {recipients}"
    yield f"objects {objects}"
    yield f"triggers {triggers}"
    yield f"actors {actors}, recipients {recipients}"
    yield f"triggers {triggers}, objects {objects}"
    yield f"actors {actors}, triggers {triggers}"
    yield f"places {_overlap(one.place, other.place)}"
    yield f"times {_overlap(one.time, other.time)}"
    yield f"words around {_share(one.around, other.around)}"
    if actors != "alike" and recipients != "alike" and _crossed(one, other):
        yield "parties exchanged"
    if not one.object.isdisjoint(other.trigger) or not one.trigger.isdisjoint(other.object):
        yield "one object is the other trigger"
    if one.pointing:
        yield f"trigger with article, triggers {triggers}"
    yield f"parties in all {_overlap(_parties(one), _parties(other))}"
    if not one.trigger.isdisjoint(other.around):
        yield "trigger in the first sentence told"
    if not other.trigger.isdisjoint(one.around):
        yield "first trigger in this sentence"
    if one.object and not one.object.isdisjoint(other.around):
        yield "object in the first sentence told"
    if other.object and not other.object.isdisjoint(one.around):
        yield "first object in this sentence"
    if one.sentence == other.sentence:
        yield f"same sentence, triggers {triggers}"
    if (mine.status == "historical") != (theirs.status == "historical"):
        yield "one historical"
    if mine.status != theirs.status:
        yield "another status"
    if mine.chain and theirs.chain:
        yield f"speakers {_agreement(one.speaker, other.speaker)}"
    if mine.quoted and theirs.quoted:
        yield "both quoted"


# ---- answers ----


def answering(one: Side) -> Iterator[str]:
    """What speaks for and against a statement answering anything."""
    mine = one.statement
    yield f"answer {_act(one)}"
    yield f"answer {mine.status}"
    yield from (f"answer trigger {stem}" for stem in sorted(one.trigger))
    yield from (f"answer cue {stem}" for stem in sorted(one.cues))
    yield from (f"answer sentence {stem}" for stem in sorted(one.around))
    if one.headline:
        yield "answer headline"
    if mine.quoted:
        yield "answer quoted"


def answered(other: Side) -> Iterator[str]:
    """What speaks for and against a statement being answered."""
    theirs = other.statement
    yield f"answered {_act(other)}"
    yield f"answered {theirs.status}"
    yield from (f"answered trigger {stem}" for stem in sorted(other.trigger))
    if other.headline:
        yield "answered headline"


def answers(one: Side, other: Side, between: int, text: str) -> Iterator[str]:
    """What speaks for and against `one` answering the `other`, beside what speaks for each by itself; `between` statements
    of the type of the other lie in between."""
    acts, apart = f"{_act(one)} of {_act(other)}", _distance(one, other)
    named = not one.object.isdisjoint(other.trigger)
    exchange = _direction(one, other)
    yield acts
    yield f"{acts}, {exchange}"
    yield f"{acts}, {'in its sentence' if apart == 'none' else 'before it' if apart[0] == '-' else 'after it'}"
    yield f"{exchange}, object names it" if named else exchange
    yield f"{exchange}, sentences between {apart}"
    yield f"sentences between {apart}"
    yield f"statements between {_place(one, other)}"
    yield f"of its type between {min(between, 2)}"
    yield from _exchange(one, other)
    yield from _named(one, other)
    if one.sentence == other.sentence:
        order = "then" if one.number > other.number else "before"
        yield from (f"{order} {word}" for word in sorted(_linking(one, other, text)))


def strangers(one: Side, other: Side) -> bool:
    """Whether every party of one is named, and is another than those of the other."""
    mine, theirs = (one.actors, one.recipients), (other.actors, other.recipients)
    return all(a.clashes(b) for a in mine for b in theirs)


def _direction(one: Side, other: Side) -> str:
    """Whether `one` goes back from whom the `other` was directed at to whom it came from."""
    answerer = one.speaker if one.statement.stance == "denies" else one.actors
    if answerer.shares(other.actors) and not answerer.shares(other.recipients):
        return "from the same party"
    back, towards = answerer.shares(other.recipients), one.recipients.shares(other.actors)
    if back and towards:
        return "back and forth"
    if answerer.clashes(other.recipients) or one.recipients.clashes(other.actors):
        return "to and from others" if not (back or towards) else "half back"
    return "back" if back or towards else "parties open"


def _act(side: Side) -> str:
    return "denial" if side.statement.stance == "denies" else side.statement.type


def _exchange(one: Side, other: Side) -> Iterator[str]:
    """How the parties of an answer stand to those of what it answers."""
    back, towards = _agreement(one.actors, other.recipients), _agreement(one.recipients, other.actors)
    yield f"actor was recipient {back}"
    yield f"recipient was actor {towards}"
    yield f"actor was recipient {back}, recipient was actor {towards}"
    yield f"actors {_agreement(one.actors, other.actors)}"
    yield f"recipients {_agreement(one.recipients, other.recipients)}"
    yield f"speaker was recipient {_agreement(one.speaker, other.recipients)}"
    yield f"speakers {_agreement(one.speaker, other.speaker)}"


def _named(one: Side, other: Side) -> Iterator[str]:
    """Whether the answer speaks of what it answers."""
    mine, theirs = one.statement, other.statement
    denies = mine.stance == "denies"
    named = not one.object.isdisjoint(other.trigger)
    objects = _overlap(one.object, other.object)
    if named:
        yield "object names it"
        yield f"object names it, {_act(one)}"
    if mine.object and mine.object.span.overlaps(theirs.trigger.span):
        yield "object holds it"
    if theirs.object and theirs.object.span.overlaps(mine.trigger.span):
        yield "held by its object"
    if mine.trigger.span.overlaps(theirs.trigger.span):
        yield "the same words"
    if one.definite:
        yield f"object with article, sentences between {_distance(one, other)}"
    yield f"objects {objects}"
    yield f"{'denial: ' if denies else ''}triggers {_overlap(one.trigger, other.trigger)}"
    if denies and mine.type == theirs.type:
        yield "denial of its own type"
        yield f"denial of its own type, objects {objects}"
    yield f"words around {_share(one.around, other.around)}"


def _linking(one: Side, other: Side, text: str) -> frozenset[str]:
    """The words that stand between two triggers of one sentence, if they are few."""
    first, second = sorted((one.statement.trigger.span, other.statement.trigger.span))
    words = _WORD.findall(text[first.stop : second.start].lower())
    return frozenset(words if len(words) <= _BETWEEN else [*words[:2], *words[-3:]])


# ---- how two things compare, in words ----


def _distance(one: Side, other: Side) -> str:
    apart = one.sentence - other.sentence
    return (
        "none"
        if not apart
        else f"-{min(-apart, 2)}"
        if apart < 0
        else str(apart)
        if apart < 4
        else "4"
        if apart < 7
        else "7"
    )


def _place(one: Side, other: Side) -> str:
    apart = one.number - other.number
    return f"-{min(-apart, 2)}" if apart < 0 else str(min(apart, 4))


def _agreement(one: Party, other: Party) -> str:
    if not one.keys or not other.keys:
        return "none" if not one.keys and not other.keys else "one"
    if one.shares(other):
        return "alike"
    return "other" if one.clashes(other) else "open"


def _parties(side: Side) -> frozenset[str]:
    return side.actors.keys | side.recipients.keys


def _crossed(one: Side, other: Side) -> bool:
    return one.actors.shares(other.recipients) and one.recipients.shares(other.actors)


def _overlap(mine: frozenset[str], other: frozenset[str]) -> str:
    if not mine or not other:
        return "none" if not mine and not other else "one"
    shared = len(mine & other)
    if shared >= _LIKE * min(len(mine), len(other)):
        return "alike"
    return "near" if shared else "other"


def _share(mine: frozenset[str], other: frozenset[str]) -> str:
    """How much two sentences have in common, in steps of a tenth of all their words."""
    union = len(mine | other)
    return str(min(10 * len(mine & other) // union, 4)) if union else "0"


# ---- who is meant ----


class _Who:
    """Whom the mentions of one report mean, as far as the report itself tells."""

    def __init__(self, statements: Sequence[Statement], reading: Reading) -> None:
        self.reading = reading
        mentions = {mention.span: mention for statement in statements for mention in _mentions(statement)}
        self.named = [mentions[span] for span in sorted(mentions) if not _is_pronoun(mentions[span].text)]
        self.belongs: dict[str, set[str]] = {}  # a name -> the states it stood with: "Macron" -> France
        for mention in self.named:
            names, states = _keys(mention.text)
            for name in names:
                self.belongs.setdefault(name, set()).update(states)

    def of(self, mentions: Iterable[Mention], statement: Statement | None) -> Party:
        """Who one side is; `statement` is the one whose source is meant by "I" and "we"."""
        keys: set[str] = set()
        nouns: set[str] = set()
        for mention in mentions:
            text = self._meant(mention, statement)
            names, states = _keys(text)
            keys |= states
            for name in names:
                keys.add(name)
                keys |= self.belongs.get(name, set())
            nouns |= _stems(text)
        return Party(frozenset(keys or nouns), not keys)

    def _meant(self, mention: Mention, statement: Statement | None) -> str:
        """The words of a mention; of a pronoun, those of whom it stands for."""
        if not _is_pronoun(mention.text):
            return mention.text
        kind = _pronouns()[mention.text.lower()]
        if kind in ("i", "we"):
            return statement.chain[-1].mention.text if statement and statement.chain else ""
        sentence = self.reading.sentence_at(mention.span.start)
        before = self._last_before(mention.span)
        return before.text if before and sentence - self.reading.sentence_at(before.span.start) <= _NEAR else ""

    def _last_before(self, span: Span) -> Mention | None:
        low, high = 0, len(self.named)
        while low < high:
            middle = (low + high) // 2
            low, high = (middle + 1, high) if self.named[middle].span.stop <= span.start else (low, middle)
        return self.named[low - 1] if low else None


def _mentions(statement: Statement) -> Iterator[Mention]:
    yield from statement.actors
    yield from statement.recipients
    yield from (link.mention for link in statement.chain)


def _is_pronoun(text: str) -> bool:
    """Whether it is "us", say; "US" is none."""
    return text.lower() in _pronouns() and not (len(text) > 1 and text.isupper())


@lru_cache(maxsize=4096)
def _keys(text: str) -> tuple[frozenset[str], frozenset[str]]:
    """The names in a mention, and the codes of the states in it."""
    words = [word.replace(".", "") for word in _WORD.findall(text)]
    names, states = set(), set()
    at = 0
    while at < len(words):
        length, code = _state(words, at)
        if code:
            states.add(code)
        elif _is_name(words[at]):
            names.add(words[at].lower()[:_CUT])
        at += length
    return frozenset(names), frozenset(states)


def _state(words: Sequence[str], at: int) -> tuple[int, str | None]:
    for length in (3, 2, 1):
        code = _states().get(" ".join(words[at : at + length]))
        if code and at + length <= len(words):
            return length, code
    return 1, None


def _is_name(word: str) -> bool:
    return word[0].isupper() and len(word) > 1 and word.lower() not in _common()


@lru_cache(maxsize=4096)
def _stems(text: str) -> frozenset[str]:
    """The words that carry meaning, cut so that "rejects" meets "rejection"."""
    return frozenset(
        word[:_STEM] for word in _WORD.findall(text.lower()) if len(word) > 2 and word not in _closed() and word[0].isalpha()
    )


# ---- tables ----


@cache
def _states() -> dict[str, str]:
    """Names, adjectives and capitals of states with their codes; where two share a word the first has it."""
    found: dict[str, str] = {}
    for column in ("name", "names", "adjectives", "people", "capital"):
        for row in data.rows("states"):
            for cell in row[column].split(";"):
                words = " ".join(word.replace(".", "") for word in _WORD.findall(cell))
                found.setdefault(words, row["id"])
    for row in data.rows("metonyms"):
        found.setdefault(" ".join(_WORD.findall(row["name"])), row["country"])
    found.pop("", None)
    return found


@cache
def _common() -> frozenset[str]:
    """Words that name nobody though they are written with a capital: "Minister", "The"."""
    kinds = {word for row in data.rows("source_kinds") for word in row["word"].split()}
    titles = {word for row in data.rows("titles") for cell in row["words"].split(";") for word in cell.lower().split()}
    return frozenset(kinds | titles) | _closed() | _pronouns().keys()


@cache
def _pronouns() -> dict[str, str]:
    """Each pronoun with the one whose form it is: "them" and "their" with "they"."""
    return {row["word"]: row["of"] for row in data.rows("pronouns")}


@cache
def _closed() -> frozenset[str]:
    return data.closed_class("preposition", "determiner", "auxiliary", "be", "modal", "conjunction", "possessive", "article")


@cache
def _pointing() -> frozenset[str]:
    """Words before something that was told before."""
    return (data.closed_class("determiner", "possessive", "article") | {"the"}) - {"a", "an"}
