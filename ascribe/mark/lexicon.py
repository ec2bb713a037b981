"""The words that can be triggers and cues, found by any of their forms, the longest entry first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from ascribe import data
from ascribe.mark.words import Word

_VOWELS = "aeiou"
_GAP = 2


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a table in one form: "base", "s", "past", "participle", "ing" of verbs, "one" and "many" of nouns."""

    words: tuple[str, ...]
    form: str
    row: tuple[tuple[str, str], ...]

    def get(self, column: str) -> str:
        """The cell in a column of its line."""
        return dict(self.row).get(column, "")


def entries_at(table: str, words: Sequence[Word], at: int) -> list[tuple[Entry, int]]:
    """The entries of `table` that begin at word `at` with the word after their last, longest first."""
    fitting = ((entry, _end(entry, words, at)) for entry in _index(table).get(words[at].low, ()))
    return [(entry, stop) for entry, stop in fitting if stop]


def is_verb_form(word: Word) -> bool:
    """Whether the word can only be a finite form of a verb of the tables ("rejected", "says")."""
    return word.has("verb") or word.low in _finite()


def is_verb(word: Word) -> bool:
    """Whether any verb of the tables has this form."""
    return word.has("verb") or word.low in _verbs()


def is_cue(word: Word) -> bool:
    """Whether the word is a finite verb of saying ("said", "reported")."""
    return any(len(entry.words) == 1 and entry.form != "ing" for entry in _index("cues").get(word.low, ()))


def is_noun(word: Word) -> bool:
    """Whether any noun of the tables has this form."""
    return word.low in _nouns()


def _end(entry: Entry, words: Sequence[Word], at: int) -> int:
    """Where the entry ends if it stands at word `at`, else 0.

    Between a verb and its noun up to two words may stand ("asserting full ownership"), between other words none."""
    stop = at + 1
    for offset, low in enumerate(entry.words[1:], 1):
        gap = _GAP if offset == len(entry.words) - 1 and entry.get("pos") == "verb" and entry.form != "participle" else 0
        step = next((step for step in range(stop, min(stop + gap + 1, len(words))) if words[step].low == low), None)
        if step is None or (step > stop and not _may_part(words, stop, step)):
            return 0
        stop = step + 1
    return stop


def _may_part(words: Sequence[Word], start: int, stop: int) -> bool:
    return not words[stop].has("preposition", "adverb") and not any(
        word.mark or word.has("preposition", "pronoun", "conjunction") for word in words[start:stop]
    )


@cache
def _index(table: str) -> dict[str, tuple[Entry, ...]]:
    found: dict[str, list[Entry]] = {}
    for row in data.rows(table):
        for entry in _entries(row):
            found.setdefault(entry.words[0], []).append(entry)
    return {
        first: tuple(sorted(entries, key=lambda entry: (-len(entry.words), not entry.get("needs"))))
        for first, entries in found.items()
    }


def _entries(row: dict[str, str]) -> Iterator[Entry]:
    first, *rest = row["words"].split()
    items = tuple(row.items())
    pos = row.get("pos", "noun" if row.get("kind") in ("names", "cites", "relays") else "verb")
    if pos == "verb" or (row.get("kind") == "cites" and not first.endswith("ing")):
        yield from (Entry((word, *rest), form, items) for word, form in _conjugated(first, row["forms"].split()))
    elif pos == "noun" and not rest:
        yield Entry((first,), "one", items)
        yield Entry((_plural(first),), "many", items)
    else:
        yield Entry((first, *rest), "one", items)
        if pos == "noun" and row.get("type"):
            yield Entry((first, *rest[:-1], _plural(rest[-1])), "many", items)


def _conjugated(verb: str, irregular: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The forms of a verb; irregular ones are the past, then others: a word in -ing, else the participle."""
    yield verb, "base"
    yield _third_person(verb), "s"
    past = [form for form in irregular if not form.endswith("ing") or form == verb]
    progressive = [form for form in irregular if form.endswith("ing") and form != verb]
    stem = verb[:-1] if verb.endswith("e") and not verb.endswith("ee") else verb
    regular = verb[:-1] + "ied" if verb.endswith("y") and verb[-2] not in _VOWELS else verb.removesuffix("e") + "ed"
    yield (past[0] if past else regular), "past" if len(past) > 1 else "participle"
    if len(past) > 1:
        yield past[1], "participle"
    yield (progressive[0] if progressive else _progressive(verb, stem)), "ing"


def _progressive(verb: str, stem: str) -> str:
    short = len(verb) <= 5 and verb[-1] in "tnmpgbd" and verb[-2] in _VOWELS and verb[-3] not in _VOWELS
    return verb + verb[-1] + "ing" if short and len(verb) > 2 and verb[-1:] != "e" else stem + "ing"


def _third_person(verb: str) -> str:
    if verb.endswith("y") and verb[-2] not in _VOWELS:
        return verb[:-1] + "ies"
    return verb + "es" if verb.endswith(("s", "sh", "ch", "x", "z", "o")) else verb + "s"


def _plural(noun: str) -> str:
    if noun.endswith("s") and not noun.endswith("ss"):
        return noun
    return _third_person(noun)


@cache
def _nouns() -> frozenset[str]:
    entries = (entry for entries in _index("triggers").values() for entry in entries)
    return frozenset(entry.words[0] for entry in entries if entry.get("pos") == "noun" and len(entry.words) == 1)


@cache
def _finite() -> frozenset[str]:
    nouns = _nouns()
    return frozenset(
        entry.words[0]
        for table in ("triggers", "cues")
        for entries in _index(table).values()
        for entry in entries
        if entry.form in ("s", "past", "participle") and entry.words[0] not in nouns
    )


@cache
def _verbs() -> frozenset[str]:
    return frozenset(
        entry.words[0]
        for table in ("triggers", "cues")
        for entries in _index(table).values()
        for entry in entries
        if entry.form in ("base", "s", "past", "participle", "ing")
    )
