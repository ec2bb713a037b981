"""Hints from the table of trigger words: which types the words here often express.

A hint is a number the model weighs, never a rule: it knows from context that a heart attack is no ASSAULT. A line added to
trigger_words.csv is heeded without training anew.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from ascribe import data
from ascribe.mark.lexicon import conjugated, plural
from ascribe.mark.wordpiece import WORD
from ascribe.schema import TYPES

Phrase = tuple[str, ...]


def hints(words: Sequence[str]) -> list[frozenset[int]]:
    """For each word (lower case) the indexes into TYPES that entries over it suggest; the longest entry at a
    word decides."""
    index = _index()
    found: list[set[int]] = [set() for _ in words]
    for at, word in enumerate(words):
        fitting = [(phrase, kind) for phrase, kind in index.get(word, ()) if tuple(words[at : at + len(phrase)]) == phrase]
        longest = max((len(phrase) for phrase, _ in fitting), default=0)
        for phrase, kind in fitting:
            if len(phrase) == longest:
                for inside in range(at, at + longest):
                    found[inside].add(kind)
    return [frozenset(kinds) for kinds in found]


@cache
def _index() -> dict[str, tuple[tuple[Phrase, int], ...]]:
    index: dict[str, dict[tuple[Phrase, int], None]] = {}
    for row in data.rows("trigger_words"):
        for phrase in _forms(row["words"], row["pos"], row["forms"].split()):
            index.setdefault(phrase[0], {})[phrase, TYPES.index(row["type"])] = None
    return {first: tuple(entries) for first, entries in index.items()}


def _forms(lemma: str, pos: str, irregular: Sequence[str]) -> Iterator[Phrase]:
    """Every form of an entry: a verb's first word is conjugated, a noun's last put into the plural."""
    words = lemma.lower().split()
    if pos == "verb":
        for form, _ in conjugated(words[0], irregular):
            yield _cut(" ".join([form, *words[1:]]))
        return
    yield _cut(lemma.lower())
    if pos == "noun":
        yield _cut(" ".join([*words[:-1], plural(words[-1])]))


def _cut(phrase: str) -> Phrase:
    """As the reader cuts a text: "stand-offs" is three words."""
    return tuple(WORD.findall(phrase))
