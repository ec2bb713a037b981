"""Words of the tables in all their forms: cues, found in a text with the longest entry first, and the verbs there are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from ascribe import data
from ascribe.mark.words import Word

_VOWELS = "aeiou"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of cues.csv in one form: "base", "s", "past", "participle", "ing" of verbs, "one" and "many" of nouns."""

    words: tuple[str, ...]
    form: str
    row: tuple[tuple[str, str], ...]

    def get(self, column: str) -> str:
        """The cell in a column of its line."""
        return dict(self.row).get(column, "")


def cues_at(words: Sequence[Word], at: int) -> list[tuple[Entry, int]]:
    """The cues that begin at word `at` with the word after their last, longest first."""
    found = []
    for entry in _cues().get(words[at].low, ()):
        stop = at + len(entry.words)
        if tuple(word.low for word in words[at:stop]) == entry.words:
            found.append((entry, stop))
    return found


def is_verb_form(word: Word) -> bool:
    """Whether the word can only be a finite form of a verb of the tables ("rejected", "says")."""
    return word.has("verb") or word.low in _verbs().finite


def is_verb(word: Word) -> bool:
    """Whether any verb of the tables has this form."""
    return word.has("verb") or word.low in _verbs().any


def is_cue(word: Word) -> bool:
    """Whether the word is a finite verb of saying ("said", "reported")."""
    return any(len(entry.words) == 1 and entry.form != "ing" for entry in _cues().get(word.low, ()))


# ---- forms ----


def conjugated(verb: str, irregular: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The forms of a verb; irregular ones are the past, then others: a word in -ing, else the participle."""
    yield verb, "base"
    yield plural(verb), "s"
    past = [form for form in irregular if not form.endswith("ing") or form == verb]
    progressive = [form for form in irregular if form.endswith("ing") and form != verb]
    stem = verb[:-1] if verb.endswith("e") and not verb.endswith("ee") else verb
    regular = verb[:-1] + "ied" if verb.endswith("y") and verb[-2:-1] not in _VOWELS else verb.removesuffix("e") + "ed"
    yield (past[0] if past else regular), "past" if len(past) > 1 else "participle"
    if len(past) > 1:
        yield past[1], "participle"
    yield (progressive[0] if progressive else _progressive(verb, stem)), "ing"


def _progressive(verb: str, stem: str) -> str:
    short = 2 < len(verb) <= 5 and verb[-1] in "tnmpgbd" and verb[-2] in _VOWELS and verb[-3] not in _VOWELS
    return verb + verb[-1] + "ing" if short else stem + "ing"


def plural(word: str) -> str:
    """The plural of a noun, which is made as the third person of a verb is: "treaties", "clashes"."""
    if word.endswith("y") and word[-2:-1] not in _VOWELS:
        return word[:-1] + "ies"
    return word + ("es" if word.endswith(("s", "sh", "ch", "x", "z")) else "s")


# ---- tables ----


@cache
def _cues() -> dict[str, tuple[Entry, ...]]:
    found: dict[str, list[Entry]] = {}
    for row in data.rows("cues"):
        for entry in _entries(row):
            found.setdefault(entry.words[0], []).append(entry)
    return {first: tuple(sorted(entries, key=lambda entry: -len(entry.words))) for first, entries in found.items()}


def _entries(row: dict[str, str]) -> Iterator[Entry]:
    first, *rest = row["words"].split()
    items = tuple(row.items())
    if row["kind"] == "says" or (row["kind"] == "cites" and not first.endswith("ing")):
        yield from (Entry((word, *rest), form, items) for word, form in conjugated(first, row["forms"].split()))
    elif rest:
        yield Entry((first, *rest), "one", items)
    else:
        yield Entry((first,), "one", items)
        yield Entry((plural(first),), "many", items)


@dataclass(frozen=True, slots=True)
class _Verbs:
    finite: frozenset[str]
    any: frozenset[str]


@cache
def _verbs() -> _Verbs:
    """Forms of every single verb among triggers and cues; those that a noun shares are not counted as finite."""
    cues = [row for row in data.rows("cues") if row["kind"] == "says"]
    verbs = [row for row in data.rows("trigger_words") if row["pos"] == "verb" and " " not in row["words"]] + cues
    nouns = {row["words"] for row in data.rows("trigger_words") if row["pos"] == "noun"}
    nouns |= {plural(noun) for noun in nouns}
    forms = [form for row in verbs for form in conjugated(row["words"].split()[0], row["forms"].split())]
    finite = frozenset(word for word, form in forms if form in ("s", "past", "participle") and word not in nouns)
    return _Verbs(finite, frozenset(word for word, _ in forms))
