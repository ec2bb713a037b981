"""What answers what, and what is told again, inside one report.

Both are judged by the words alone: whose names are shared, which words trigger and object have in common. The points were set
on the pairs of 275 annotated reports.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
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
_LIKE = 0.5  # share of words that two like objects have in common
_WORD = re.compile(r"\w++")


def link(statements: Sequence[Statement], reading: Reading) -> list[Statement]:
    """The statements with `answers` and `same_as` filled in; both point to statements of the same list."""
    linked: list[Statement] = []
    for index, statement in enumerate(statements):
        first = _first_telling(statement, linked)
        answered = _answered(reading, statements, index)
        linked.append(
            replace(
                statement,
                same_as=first.id if first else None,
                answers=_first_of(answered, linked).id if answered else None,
            )
        )
    return linked


def _first_of(statement: Statement, linked: Sequence[Statement]) -> Statement:
    """The first telling of a statement: itself, or what it is `same_as`."""
    found = next((one for one in linked if one.id == statement.id), statement)
    return next((one for one in linked if one.id == found.same_as), found)


# ---- told again ----


def _first_telling(statement: Statement, earlier: Sequence[Statement]) -> Statement | None:
    best, most = None, _SAME
    for one in earlier:
        points = _likeness(one, statement)
        if points > most or (best is None and points >= most):
            best, most = one, points
    return _first_of(best, earlier) if best else None


def _likeness(a: Statement, b: Statement) -> float:
    """Points for two statements of one type telling the same; below zero where one denies or negates the other."""
    if (
        a.type != b.type
        or (a.status == "negated") != (b.status == "negated")
        or (a.stance == "denies") != (b.stance == "denies")
    ):
        return -1.0
    points = _parties(a.actors, b.actors) + _parties(a.recipients, b.recipients)
    if _stems([a.trigger]) & _stems([b.trigger]):
        points += _SAME_TRIGGER
    if a.time and b.time and not _stems([a.time]) & _stems([b.time]):
        points += _OTHER_TIME
    return points + _objects(a.object, b.object)


def _parties(these: Sequence[Mention], those: Sequence[Mention]) -> float:
    if not these or not those or _vague(these) or _vague(those):
        return _SHARED_PARTY if _shared(these, those) else 0.0
    return _SHARED_PARTY if _shared(these, those) else _OTHER_PARTY


def _objects(a: Mention | None, b: Mention | None) -> float:
    if a is None or b is None:
        return _NO_OBJECT if a is b else 0.0
    mine, other = _stems([a]), _stems([b])
    shared = mine & other
    if shared and len(shared) >= _LIKE * min(len(mine), len(other)):
        return _LIKE_OBJECT
    return 0.0 if shared else _OTHER_OBJECT


# ---- answers ----


def _answered(reading: Reading, statements: Sequence[Statement], index: int) -> Statement | None:
    statement = statements[index]
    candidates = list(_around(reading, statements, index))
    if statement.stance == "denies":
        return _denied(statement, candidates)
    kinds = _ANSWERS.get(statement.type, ())
    able = [one for one in candidates if one.type in kinds]
    named = next((one for one in able if _named_in_object(statement, one)), None)
    return named or next((one for one in able if statement.type != "SUPPORT" and _reversed(statement, one)), None)


def _around(reading: Reading, statements: Sequence[Statement], index: int) -> Iterator[Statement]:
    """The earlier statements, the nearest first, then what the same sentence tells next ("rejected an offer")."""
    yield from reversed(statements[max(index - _REACH, 0) : index])
    here = reading.sentence_at(statements[index].trigger.span.start)
    yield from (one for one in statements[index + 1 : index + 2] if reading.sentence_at(one.trigger.span.start) == here)


def _denied(denial: Statement, candidates: Sequence[Statement]) -> Statement | None:
    """What somebody else asserts of the same, else the accusation against who denies."""
    asserted = [one for one in candidates if one.stance != "denies"]
    for one in asserted:
        if one.type == denial.type and _likeness(one, replace(denial, stance=one.stance, status=one.status)) >= _SAME:
            return one
    who = [*denial.actors, *denial.recipients, *(link.mention for link in denial.chain)]
    return next(
        (one for one in asserted if one.type == "ACCUSE" and (_vague(one.recipients) or _shared(who, one.recipients))), None
    )


def _named_in_object(answer: Statement, one: Statement) -> bool:
    """Whether the answer's object speaks of the other by its noun: "rejected the offer", "agreed to the demand"."""
    if answer.object is None or one.trigger.span == answer.trigger.span:
        return False
    return bool(_stems([one.trigger]) & _stems([answer.object])) and not _clash(answer.actors, one.recipients)


def _reversed(answer: Statement, one: Statement) -> bool:
    """Whether `answer` goes back to who made `one`: the parties are the same the other way round."""
    if not answer.actors or not one.actors or _shared(answer.actors, one.actors):
        return False
    towards, back = _shared(answer.recipients, one.actors), _shared(answer.actors, one.recipients)
    return (towards and (back or not one.recipients)) or (back and (towards or not answer.recipients))


# ---- whose names are shared ----


def _clash(these: Sequence[Mention], those: Sequence[Mention]) -> bool:
    named = these and those and not _vague(these) and not _vague(those)
    return bool(named) and not _shared(these, those)


def _vague(mentions: Sequence[Mention]) -> bool:
    """Whether no name is there to be compared: pronouns and common nouns."""
    return not any(_proper(mention) for mention in mentions)


def _shared(these: Sequence[Mention], those: Sequence[Mention]) -> bool:
    names = [_name(mention) for mention in these]
    return any(_name(mention) & name for mention in those for name in names)


def _name(mention: Mention) -> frozenset[str]:
    """What two mentions of one party have in common: capitalised words cut so that "China" meets "Chinese", else all."""
    words = _proper(mention) or _WORD.findall(mention.text.lower())
    return frozenset(_pronouns().get(word.lower(), word.lower()[:4]) for word in words if len(word) > 1)


def _proper(mention: Mention) -> list[str]:
    return [
        word
        for word in _WORD.findall(mention.text)
        if word[0].isupper() and len(word) > 2 and word.lower() not in _pronouns()
    ]


def _stems(mentions: Iterable[Mention]) -> frozenset[str]:
    words = (word.lower() for mention in mentions for word in _WORD.findall(mention.text))
    return frozenset(word[:5] for word in words if len(word) > 2 and word not in _closed())


@cache
def _pronouns() -> dict[str, str]:
    """Each pronoun with the one whose form it is: "them" and "their" with "they"."""
    return {row["word"]: row["of"] for row in data.rows("pronouns")}


@cache
def _closed() -> frozenset[str]:
    kinds = {"preposition", "determiner", "auxiliary", "be", "modal", "conjunction", "possessive"}
    return frozenset(row["word"] for row in data.rows("status_words") if kinds & set(row["kinds"].split()))
