"""Words with their places in the text and what the table of closed classes says of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from ascribe import data
from ascribe.schema import Span

# Each alternative takes a whole run and never fails after it has begun: linear on any text.
_WORD = re.compile(r"(?:[A-Z]\.){2,}+|\w++(?:[-'’./]\w++|,\d++)*+|[^\w\s]")
_GENITIVES = ("'s", "’s")


@dataclass(frozen=True, slots=True)
class Word:
    """One word or mark; `kinds` are the closed classes it belongs to ("preposition", "modal", "time")."""

    span: Span
    text: str
    low: str
    kinds: frozenset[str]

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.text[0].isupper()

    @property
    def mark(self) -> bool:
        """Punctuation, not a word; the genitive 's is neither."""
        return not (self.text[0].isalnum() or self.low in _GENITIVES)

    @property
    def genitive(self) -> bool:
        """Whether it is the 's of a genitive."""
        return self.low in _GENITIVES

    def has(self, *kinds: str) -> bool:
        """Whether it belongs to any of these closed classes."""
        return not self.kinds.isdisjoint(kinds)


def words(text: str, sentence: Span) -> tuple[Word, ...]:
    """The words of one sentence; a genitive 's is a word of its own."""
    found: list[Word] = []
    for match in _WORD.finditer(text, sentence.start, sentence.stop):
        if match.group() == "." and found and found[-1].span.stop == match.start() and found[-1].text in _shortened():
            found[-1] = _word(found[-1].text + ".", found[-1].span.start)
        else:
            found.extend(_parts(match))
    return tuple(found)


def _parts(match: re.Match[str]) -> Iterator[Word]:
    text, start = match.group(), match.start()
    if text[-2:].lower() in _GENITIVES and len(text) > 2 and not _kinds(text.lower()):
        yield _word(text[:-2], start)
        yield _word(text[-2:], start + len(text) - 2)
    elif text[0].isupper() and (cut := text.rfind("-")) > 0 and text[cut + 1 :] in _participles():
        yield _word(text[:cut], start)  # "Russia-controlled" is a doer and what he does
        yield _word("-", start + cut)
        yield _word(text[cut + 1 :], start + cut + 1)
    else:
        yield _word(text, start)


def _word(text: str, start: int) -> Word:
    low = text.lower()
    kinds = _kinds(low) or _kinds(low.removesuffix("."))
    if "month" in kinds and not text[0].isupper():  # "May" is a month, "may" is not
        kinds -= {"month", "time"}
    elif "month" in kinds:
        kinds -= {"modal"}
    if "month" in kinds and text in _shortened():  # "Jan." is a month, "Jan" may be a man
        kinds = frozenset()
    if len(text) > 1 and text.isupper():  # "US" is a state, "us" is not
        kinds -= {"pronoun", "first", "possessive"}
    if "period" in kinds and text[0].isupper():  # "Evening Courier" is no time
        kinds = frozenset()
    if low.endswith("ly") and text[0].islower() and "noun-ly" not in kinds:
        kinds |= {"adverb"}
    return Word(Span(start, start + len(text)), text, low, kinds)


def _kinds(low: str) -> frozenset[str]:
    return _classes().get(low, frozenset())


@cache
def _shortened() -> frozenset[str]:
    """Abbreviations whose full stop belongs to them: "Gen.", "Mar."."""
    return frozenset(row["abbreviation"] for row in data.rows("abbreviations") if row["kind"] in ("title", "month"))


@cache
def _participles() -> frozenset[str]:
    return data.closed_class("compound")


@cache
def _classes() -> dict[str, frozenset[str]]:
    return {row["word"]: frozenset(row["kinds"].split()) for row in data.rows("status_words")}
