"""What answers what, and what is told again, inside one report.

Both are judged by the words alone: whose names are shared, which words trigger and object have in common. The points were
set on the pairs of 275 annotated reports.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from ascribe import data
from ascribe.schema import Mention, Reading, Statement

# A statement of the first type can answer one of the others.
_ANSWERS = {
    "REJECT": ("AGREE", "REQUEST", "ACCUSE", "CLAIM"),
    "AGREE": ("REQUEST",),
    "CONCEDE": ("REQUEST", "THREATEN", "PROTEST"),
    "SUPPORT": ("REQUEST",),
}
_REACH = 15  # statements back that an answer is looked for
_SAME_TRIGGER, _LIKE_OBJECT, _NO_OBJECT, _OTHER_OBJECT = 2.0, 1.5, 0.5, -1.0
_SHARED_PARTY, _OTHER_PARTY, _OTHER_TIME = 1.0, -1.0, -1.0
_SAME = 1.5  # points that make a second telling
_REACH_SAME = 60  # statements of one type back that a first telling is looked for
_CUT, _STEM = 4, 5  # letters by which names and words are compared
_LIKE = 0.5  # share of words that two like objects have in common
_WORD = re.compile(r"\w++")


def link(statements: Sequence[Statement], reading: Reading) -> list[Statement]:
    """The statements with `answers` and `same_as` filled in; both point to statements of the same list."""
    words = [Words.of(statement) for statement in statements]
    first = _first_tellings(words)
    linked = []
    for index, statement in enumerate(statements):
        answered = _answered(reading, words, index)
        linked.append(
            replace(
                statement,
                same_as=statements[first[index]].id if first[index] != index else None,
                answers=statements[first[answered]].id if answered is not None else None,
            )
        )
    return linked


@dataclass(frozen=True, slots=True)
class Words:
    """A statement with the words of its fields as they are compared."""

    statement: Statement
    actors: Party
    recipients: Party
    trigger: frozenset[str]
    object: frozenset[str]
    time: frozenset[str]

    @classmethod
    def of(cls, statement: Statement) -> Words:
        """The words of one statement, each field by itself."""
        return cls(
            statement,
            Party.of(statement.actors),
            Party.of(statement.recipients),
            _stems(statement.trigger),
            _stems(statement.object),
            _stems(statement.time),
        )


@dataclass(frozen=True, slots=True)
class Party:
    """The names of one side: its capitalised words, cut so that "China" meets "Chinese"; all its words if it is `vague`."""

    names: frozenset[str]
    vague: bool

    @classmethod
    def of(cls, mentions: Sequence[Mention]) -> Party:
        """What is known of the mentions of one side."""
        proper = [word for mention in mentions for word in _proper(mention)]
        words = proper or [word for mention in mentions for word in _WORD.findall(mention.text.lower())]
        return cls(frozenset(_pronouns().get(word.lower(), word.lower()[:_CUT]) for word in words), not proper)

    def shares(self, other: Party) -> bool:
        """Whether both have a name in common."""
        return not self.names.isdisjoint(other.names)

    def clashes(self, other: Party) -> bool:
        """Whether both are named and by no common name."""
        return not (self.vague or other.vague or self.shares(other))


# ---- told again ----


def _first_tellings(words: Sequence[Words]) -> list[int]:
    """For each statement the index of the first that tells the same, or its own."""
    first: list[int] = []
    by_type: dict[str, list[int]] = {}
    for index, one in enumerate(words):
        earlier = by_type.setdefault(one.statement.type, [])
        points = {other: _likeness(words[other], one) for other in earlier[-_REACH_SAME:]}
        best = max(points, key=lambda other: (points[other], -other), default=index)
        first.append(first[best] if best != index and points[best] >= _SAME else index)
        earlier.append(index)
    return first


def _likeness(a: Words, b: Words) -> float:
    """Points for two statements of one type telling the same; below zero where one denies or negates the other."""
    one, other = a.statement, b.statement
    if (one.status == "negated") != (other.status == "negated") or (one.stance == "denies") != (other.stance == "denies"):
        return -1.0
    return _alike(a, b)


def _alike(a: Words, b: Words) -> float:
    points = _parties(a.actors, b.actors) + _parties(a.recipients, b.recipients) + _objects(a.object, b.object)
    points += _SAME_TRIGGER if not a.trigger.isdisjoint(b.trigger) else 0.0
    return points + (_OTHER_TIME if a.time and b.time and a.time.isdisjoint(b.time) else 0.0)


def _parties(these: Party, those: Party) -> float:
    if these.shares(those):
        return _SHARED_PARTY
    return _OTHER_PARTY if these.clashes(those) else 0.0


def _objects(mine: frozenset[str], other: frozenset[str]) -> float:
    if not mine or not other:
        return _NO_OBJECT if not mine and not other else 0.0
    shared = mine & other
    if len(shared) >= _LIKE * min(len(mine), len(other)):
        return _LIKE_OBJECT
    return 0.0 if shared else _OTHER_OBJECT


# ---- answers ----


def _answered(reading: Reading, words: Sequence[Words], index: int) -> int | None:
    one = words[index]
    candidates = list(_around(reading, words, index))
    if one.statement.stance == "denies":
        return _denied(words, one, candidates)
    kinds = _ANSWERS.get(one.statement.type, ())
    able = [at for at in candidates if words[at].statement.type in kinds]
    named = next((at for at in able if _named_in_object(one, words[at])), None)
    if named is not None or one.statement.type == "SUPPORT":
        return named
    return next((at for at in able if _reversed(one, words[at])), None)


def _around(reading: Reading, words: Sequence[Words], index: int) -> Iterator[int]:
    """The earlier statements, the nearest first, then what the same sentence tells next ("rejected an offer")."""
    yield from range(index - 1, max(index - 1 - _REACH, -1), -1)
    here = reading.sentence_at(words[index].statement.trigger.span.start)
    if index + 1 < len(words) and reading.sentence_at(words[index + 1].statement.trigger.span.start) == here:
        yield index + 1


def _denied(words: Sequence[Words], denial: Words, candidates: Sequence[int]) -> int | None:
    """What somebody else asserts of the same, else the accusation against who denies."""
    asserted = [at for at in candidates if words[at].statement.stance != "denies"]
    for at in asserted:
        if words[at].statement.type == denial.statement.type and _alike(words[at], denial) >= _SAME:
            return at
    who = [*denial.statement.actors, *denial.statement.recipients, *(link.mention for link in denial.statement.chain)]
    denier = Party.of(who)
    return next(
        (at for at in asserted if words[at].statement.type == "ACCUSE" and not denier.clashes(words[at].recipients)), None
    )


def _named_in_object(answer: Words, one: Words) -> bool:
    """Whether the answer's object speaks of the other by its noun: "rejected the offer", "agreed to the demand"."""
    named = one.trigger & answer.object
    return (
        bool(named)
        and one.statement.trigger.span != answer.statement.trigger.span
        and not answer.actors.clashes(one.recipients)
    )


def _reversed(answer: Words, one: Words) -> bool:
    """Whether `answer` goes back to who made `one`: the parties are the same the other way round."""
    if not answer.actors.names or not one.actors.names or answer.actors.shares(one.actors):
        return False
    towards, back = answer.recipients.shares(one.actors), answer.actors.shares(one.recipients)
    return (towards and (back or not one.recipients.names)) or (back and (towards or not answer.recipients.names))


# ---- words that are compared ----


def _proper(mention: Mention) -> list[str]:
    return [
        word
        for word in _WORD.findall(mention.text)
        if word[0].isupper() and len(word) > 2 and word.lower() not in _pronouns()
    ]


def _stems(mention: Mention | None) -> frozenset[str]:
    words = _WORD.findall(mention.text.lower()) if mention else ()
    return frozenset(word[:_STEM] for word in words if len(word) > 2 and word not in _closed())


@cache
def _pronouns() -> dict[str, str]:
    """Each pronoun with the one whose form it is: "them" and "their" with "they"."""
    return {row["word"]: row["of"] for row in data.rows("pronouns")}


@cache
def _closed() -> frozenset[str]:
    return data.closed_class("preposition", "determiner", "auxiliary", "be", "modal", "conjunction", "possessive")
