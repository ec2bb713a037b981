"""What answers what, and what is told again, inside one report."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ascribe.schema import Mention, Reading, Statement

# A statement of the first type answers an earlier one of the second.
_ANSWERS = {
    "REJECT": ("AGREE", "REQUEST", "ACCUSE", "CLAIM", "SUPPORT"),
    "AGREE": ("REQUEST",),
    "CONCEDE": ("REQUEST", "THREATEN", "ACCUSE", "PROTEST"),
}
_LIKE = 0.5  # share of words that two tellings of one thing have in common
_WORD = re.compile(r"\w++")


def link(statements: Sequence[Statement], reading: Reading) -> list[Statement]:
    """The statements with `answers` and `same_as` filled in; both point to statements of the same list."""
    linked: list[Statement] = []
    for index, statement in enumerate(statements):
        first = _first_telling(statement, linked)
        answered = _answered(statement, statements, index)
        linked.append(
            replace(statement, same_as=first.id if first else None, answers=_root(answered, linked) if answered else None)
        )
    return linked


def _root(statement: Statement, linked: Sequence[Statement]) -> str:
    """The first telling of what is answered."""
    return next((one.same_as for one in linked if one.id == statement.id and one.same_as), statement.id)


def _answered(statement: Statement, statements: Sequence[Statement], index: int) -> Statement | None:
    candidates = list(_before_then_after(statements, index))
    if statement.stance == "denies":
        return next((one for one in candidates if one.stance != "denies" and _alike(one, statement)), None)
    answers = _ANSWERS.get(statement.type, ())
    return next((one for one in candidates if one.type in answers and _reversed(statement, one)), None)


def _before_then_after(statements: Sequence[Statement], index: int) -> Iterator[Statement]:
    """The nearest earlier ones first, then what the same sentence tells afterwards ("rejected an offer")."""
    yield from reversed(statements[:index])
    yield from statements[index + 1 : index + 2]


def _reversed(answer: Statement, one: Statement) -> bool:
    """Whether `answer` goes back to who made `one`: the parties are the same the other way round."""
    if not answer.actors or not one.actors or _shared(answer.actors, one.actors):
        return False
    towards = _shared(answer.recipients, one.actors)
    back = _shared(answer.actors, one.recipients)
    return (towards and (back or not one.recipients)) or (back and (towards or not answer.recipients))


def _first_telling(statement: Statement, earlier: Sequence[Statement]) -> Statement | None:
    found = next((one for one in earlier if one.type == statement.type and _alike(one, statement)), None)
    if found and found.same_as:
        return next((one for one in earlier if one.id == found.same_as), found)
    return found


def _alike(a: Statement, b: Statement) -> bool:
    """Overlapping parties on both sides and like words in trigger and object."""
    if a.status != b.status and "negated" in (a.status, b.status):
        return False
    actors = _shared(a.actors, b.actors)
    recipients = _shared(a.recipients, b.recipients)
    if (
        not (actors or recipients)
        or (a.actors and b.actors and not actors)
        or (a.recipients and b.recipients and not recipients)
    ):
        return False
    mine, other = _stems(a), _stems(b)
    return len(mine & other) >= _LIKE * min(len(mine), len(other))


def _shared(these: Sequence[Mention], those: Sequence[Mention]) -> bool:
    names = [_name(mention) for mention in these]
    return any(_name(mention) & name for mention in those for name in names)


def _name(mention: Mention) -> frozenset[str]:
    """The capitalised words of a mention, cut so that "China" meets "Chinese"; all words where none has a capital."""
    words = _WORD.findall(mention.text)
    proper = [word for word in words if word[0].isupper()] or words
    return frozenset(word.lower()[:4] for word in proper if len(word) > 2)


def _stems(statement: Statement) -> frozenset[str]:
    words = statement.trigger.text + " " + (statement.object.text if statement.object else "")
    return frozenset(word.lower()[:5] for word in _WORD.findall(words) if len(word) > 3)
