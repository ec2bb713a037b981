"""In which way a thing was done and in what field of politics: the PLOVER mode and contexts of an event, by its words.

Words nearer to the act count more: those of its trigger, then of its object, then of the rest of the sentence. Where they
tell nothing, nothing is said. A text is looked up word by word, so the time grows with its length alone.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import NamedTuple

from ascribe import data

# What a word counts in the trigger, in the object and in the rest of the sentence, and how much makes a mode (weights of
# modes are 1 to 3): of single words in the rest of the sentence only the sure ones do. A context (1 to 2) needs one sure
# word or two weak ones. Tuned on half of the synthetic stories of NGEC (evaluation/modes.py).
_NEARNESS = (4, 2, 1)
_ENOUGH_FOR_MODE, _ENOUGH_FOR_CONTEXT = 3, 2
_WORD = re.compile(r"[^\W_]+")
_WORDS_KEPT, _TEXTS_KEPT = 1 << 14, 1 << 10  # remembered: the statements of one sentence share it


def mode_of(type_: str, trigger: str, object_: str = "", sentence: str = "") -> str | None:
    """The PLOVER mode of an event of this type, from the words of its trigger, its object and its sentence.

    Of equals the nearest and first. None where the words tell no mode, for types without modes and for positions."""
    lexicon = _modes().get(type_)
    if lexicon is None:
        return None
    told: Counter[str] = Counter()
    for text, nearness in zip((trigger, object_, sentence), _NEARNESS, strict=True):
        for one in dict.fromkeys(_told(lexicon, text)):
            told[one.meaning] += one.weight * nearness
    mode, score = max(told.items(), key=lambda item: item[1], default=(None, 0))
    return mode if score >= _ENOUGH_FOR_MODE else None


@lru_cache(_TEXTS_KEPT)
def contexts_of(sentence: str) -> tuple[str, ...]:
    """The PLOVER contexts that a sentence tells of, the strongest first. A weak word needs another beside it.

    All that the sentence states has them: PLOVER's contexts are of the story rather than of the event."""
    told: Counter[str] = Counter()
    for one in set(_told(_contexts(), sentence)):
        told[one.meaning] += one.weight
    enough = [(-score, context) for context, score in told.items() if score >= _ENOUGH_FOR_CONTEXT]
    return tuple(context for _, context in sorted(enough))


# ---- words that tell something ----


class Entry(NamedTuple):
    """Words that tell a mode or a context. "shell*" stands for all words that begin so; weight 0 tells nothing."""

    words: str
    meaning: str
    weight: int


@dataclass(slots=True)
class Node:
    """A place in the tree of entries: those that end here, and how others go on."""

    ending: list[Entry] = field(default_factory=list)
    then: dict[str, Node] = field(default_factory=dict)


class Lexicon:
    """Entries by their words."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._root = Node()
        for entry in entries:
            node = self._root
            for word in entry.words.split():
                node = node.then.setdefault(word, Node())
            node.ending.append(entry)

    def found(self, words: Sequence[tuple[str, ...]]) -> Iterator[Entry]:
        """The entries in `words`, from the left. Of those that share words the first, then the longest, holds."""
        begins, free = self._root.then.keys(), 0
        for at, keys in enumerate(words):
            if at >= free and keys and not begins.isdisjoint(keys):
                length, entries = self._longest(words, at)
                free = at + length
                yield from entries

    def _longest(self, words: Sequence[tuple[str, ...]], start: int) -> tuple[int, tuple[Entry, ...]]:
        """How many words the longest entry has that begins at `start`, and what it tells (several things, perhaps)."""
        nodes, length, found = [self._root], 0, tuple[Entry, ...]()
        for at in range(start, len(words)):
            nodes = [node.then[key] for key in words[at] for node in nodes if key in node.then]
            if not nodes:
                break
            ending = {entry.meaning: entry for node in reversed(nodes) for entry in node.ending}  # the most exact holds
            if ending:
                length, found = at - start + 1, tuple(ending.values())
        return length, found


@lru_cache(_TEXTS_KEPT)
def _told(lexicon: Lexicon, text: str) -> tuple[Entry, ...]:
    return tuple(entry for entry in lexicon.found(_words(text)) if entry.weight)


@cache
def _modes() -> dict[str, Lexicon]:
    rows = data.rows("mode_words")
    return {
        type_: Lexicon(Entry(row["words"], row["mode"], int(row["weight"])) for row in rows if row["type"] == type_)
        for type_ in sorted({row["type"] for row in rows})
    }


@cache
def _contexts() -> Lexicon:
    return Lexicon(Entry(row["words"], row["context"], int(row["weight"])) for row in data.rows("context_words"))


# ---- texts as words ----


@lru_cache(_TEXTS_KEPT)
def _words(text: str) -> tuple[tuple[str, ...], ...]:
    """The keys of each word, without articles and possessives: "laid down their arms" is "laid down arms"."""
    return tuple(_keys(word) for word in _WORD.findall(text.lower()) if word not in _unheard())


@lru_cache(_WORDS_KEPT)
def _keys(word: str) -> tuple[str, ...]:
    """The forms of a word that stand in an entry, the most exact first: "raids", "raid", then what it begins with."""
    singular = word[:-1] if word.endswith("s") else word
    begins = (f"{word[:stop]}*" for stop in range(min(len(word), _longest_key()), 1, -1))
    return tuple(dict.fromkeys(key for key in (word, singular, *begins) if key in _in_entries()))


@cache
def _in_entries() -> frozenset[str]:
    return frozenset(
        word for table in ("mode_words", "context_words") for row in data.rows(table) for word in row["words"].split()
    )


@cache
def _longest_key() -> int:
    return max(map(len, _in_entries()))


@cache
def _unheard() -> frozenset[str]:
    return data.closed_class("article", "possessive") | {"s"}
