"""Status and stance of a trigger by the words around it: negation, modals, "if" and "whether", the words of long ago."""

from __future__ import annotations

from collections.abc import Sequence

from ascribe.mark.words import Word

_NEAR = 4  # words before a trigger in which a negation or modal can govern it
_YEARS_BACK = 2  # a year this long before the report is history
_CLAUSE = 12  # words before a trigger in which "if", "whether", "believes" can
# A negation inside these belongs to the trigger itself.
_NEGATION_INSIDE = frozenset({"STANCE", "REJECT"})


def status_of(words: Sequence[Word], start: int, type_: str, year: int) -> str:
    """The status the sentence gives to the trigger that begins at word `start`; `year` is that of the report."""
    near = _before(words, start, _NEAR)
    clause = _before(words, start, _CLAUSE)
    if type_ not in _NEGATION_INSIDE and any(word.has("negation") for word in near):
        return "negated"
    if any(_hypothetical(word) for word in near) or any(word.low in ("if", "whether") for word in clause):
        return "hypothetical"
    if any(word.has("future") for word in near) and type_ not in ("AGREE", "STANCE", "THREATEN", "CONCEDE"):
        return "future"
    return "historical" if _long_ago(words, year) else "actual"


def stance_of(words: Sequence[Word], start: int) -> str:
    """Whether somebody only believes it."""
    return "hedges" if any(word.has("hedge") for word in _before(words, start, _CLAUSE)) else "asserts"


def _hypothetical(word: Word) -> bool:
    return word.has("hypothetical")


def _before(words: Sequence[Word], start: int, reach: int) -> Sequence[Word]:
    """The words of the same clause before the trigger, at most `reach`."""
    begin = start
    while begin > 0 and start - begin < reach and not words[begin - 1].mark and words[begin - 1].low != "but":
        begin -= 1
    return words[begin:start]


def _long_ago(words: Sequence[Word], year: int) -> bool:
    years = [
        int(word.text) for word in words if len(word.text) == 4 and word.text.isdigit() and "1500" <= word.text <= "2100"
    ]
    return any(word.has("historical") for word in words) or (bool(years) and max(years) <= year - _YEARS_BACK)
