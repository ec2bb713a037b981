"""Names, times and places of one sentence by their shape: capitals, titles, the words of time."""

from __future__ import annotations

from collections.abc import Sequence

from ascribe.mark import phrases
from ascribe.mark.phrases import Stretch
from ascribe.mark.words import Word
from ascribe.schema import Name

_SCORE = 0.7


def names(words: Sequence[Word]) -> tuple[Name, ...]:
    """Everything that is named, in the order of the text; a time wins over a name in the same words."""
    dated = times(words)
    placed = set(places(words))
    named = [
        Name(phrases.span(words, stretch), "place" if stretch in placed else _label(words, stretch), _SCORE)
        for stretch in _capitalised(words)
        if not any(stretch[0] < stop and start < stretch[1] for start, stop in dated)
    ]
    marks = named + [Name(phrases.span(words, stretch), "time", _SCORE) for stretch in dated]
    return tuple(sorted(marks, key=lambda name: name.span))


def times(words: Sequence[Word]) -> list[Stretch]:
    """Time expressions with the preposition that belongs to them: "Thursday", "since 2010", "two days ago"."""
    found: list[Stretch] = []
    at = 0
    while at < len(words):
        stretch = _time_at(words, at) if _timely(words[at]) else None
        if stretch:
            found.append(stretch)
        at = max(at + 1, stretch[1] if stretch else 0)
    return found


def _timely(word: Word) -> bool:
    return word.has("time") or _year(word)


def _year(word: Word) -> bool:
    return len(word.text) == 4 and word.text.isdigit() and "1500" <= word.text <= "2100"


def _time_at(words: Sequence[Word], at: int) -> Stretch | None:
    start, stop = at, at + 1
    while start > 0 and (words[start - 1].has("before-time", "determiner", "number") or words[start - 1].text.isdigit()):
        start -= 1
    while stop < len(words) and _goes_on(words, stop):
        stop += 1
    bare_period = words[at].has("period") and start == at and words[stop - 1].low != "ago"
    bare_year = _year(words[at]) and start == at and not (start and words[start - 1].has("time-preposition"))
    if bare_period or bare_year:
        return None
    if stop + 1 < len(words) and words[stop].low == "of" and words[stop + 1].capital:  # "the final days of World War II"
        era = phrases.after(words, stop + 1)
        stop = era[1] if era else stop
    since = next(
        (
            back
            for back in range(start - 1, max(start - 10, -1), -1)
            if words[back].low in ("since", "until") or words[back].mark
        ),
        -1,
    )
    if since >= 0 and not words[since].mark:
        return since, stop
    if start > 0 and words[start - 1].has("time-preposition") and words[start - 1].low not in ("on", "at", "by", "from"):
        return start - 1, stop
    while (
        start < at
        and words[start].has("determiner")
        and not words[start].has("number")
        and words[start].low not in ("this", "every")
    ):
        start += 1
    return start, stop


def _goes_on(words: Sequence[Word], at: int) -> bool:
    word = words[at]
    if word.low == "," and at + 1 < len(words):
        return _year(words[at + 1]) and words[at - 1].text.isdigit()
    return word.has("time") or word.text.isdigit() or word.low == "ago"


def places(words: Sequence[Word]) -> list[Stretch]:
    """Names after a preposition of place, with the larger place after a comma: "in Basra, Iraq"."""
    found: list[Stretch] = []
    for at, word in enumerate(words[:-1]):
        stretch = phrases.after(words, at + 1) if word.has("place-preposition") else None
        if stretch and words[stretch[0]].capital and not _timely(words[stretch[0]]) and _local(words, stretch):
            found.append(_with_larger(words, stretch))
    return found


def _local(words: Sequence[Word], stretch: Stretch) -> bool:
    return phrases.kinds().get(words[stretch[1] - 1].low) in (None, "organisation") and not any(
        word.genitive for word in words[stretch[0] : stretch[1]]
    )


def _with_larger(words: Sequence[Word], stretch: Stretch) -> Stretch:
    stop = stretch[1]
    if stop + 1 < len(words) and words[stop].low == "," and words[stop + 1].capital and not _timely(words[stop + 1]):
        larger = phrases.after(words, stop + 1)
        if larger and larger[1] - larger[0] <= 2 and larger[1] < len(words) and words[larger[1]].mark:
            return stretch[0], larger[1]
    return stretch


def _capitalised(words: Sequence[Word]) -> list[Stretch]:
    found: list[Stretch] = []
    start: int | None = None
    for at, word in enumerate(words):
        if word.capital and (at > 0 or not word.kinds) and not word.has("time", "pronoun"):
            start = at if start is None else start
        elif start is not None:
            found.append((start, at))
            start = None
    return [*found, (start, len(words))] if start is not None else found


def _label(words: Sequence[Word], stretch: Stretch) -> str:
    if any(word.has("title") for word in words[max(0, stretch[0] - 1) : stretch[1]]):
        return "person"
    kind = phrases.kinds().get(words[stretch[1] - 1].low)
    return kind if kind in ("person", "group") else "organisation"
