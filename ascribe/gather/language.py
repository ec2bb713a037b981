"""English is read; a text in another language is refused by the name of the language, for read as English it gives garbage.

Small words tell English fast. Only a text that has few of them is shown to py3langid, and a short one is believed
to be English unless nothing speaks for it: headlines full of foreign names are English."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING, Final

from ascribe.data import rows
from ascribe.errors import ReadError
from ascribe.schema import Report

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

_LOOKED_AT: Final = 4000  # characters at the beginning, and as many in the middle
_WORD: Final = re.compile(r"[^\W\d_]+")
_ENGLISH: Final = 0.12  # share of small words; of 1,018 news reports of ours the one with the fewest had .14
_HARDLY: Final = 0.06
_SHORT: Final = 20  # words
_TOO_SHORT: Final = 8
_FEW_LETTERS: Final = 8
_SURE: Final = 0.7


class ForeignError(ReadError):
    """A report that was read and is in another language."""

    def __init__(self, report: Report, language: str, place: str | None) -> None:
        super().__init__(f"is in {language}; only English is read", place)
        self.report = report


def only_english(report: Report, place: str | None = None) -> Report | ForeignError:
    """The report, or an error where its text is in another language."""
    other = foreign(report.text)
    return report if other is None else ForeignError(report, other, place)


def is_surely_english(text: str) -> bool:
    """Whether its small words alone tell that a text is English."""
    return _is_english(_WORD.findall(text[:_LOOKED_AT]))


def foreign(text: str) -> str | None:
    """The name of the language of a text that is not English."""
    middle = max(_LOOKED_AT, len(text) // 2)
    looked = text[:_LOOKED_AT] + " " + text[middle : middle + _LOOKED_AT]
    words = _WORD.findall(looked)
    if not words or _is_english(words):
        return None
    latin = _latin_share(words)
    if latin < 0.5:
        return _guess(looked, 0.0) if sum(map(len, words)) >= _FEW_LETTERS else None
    share = sum(word.lower() in _small_words() for word in words) / len(words)
    if len(words) < _TOO_SHORT or share > (_HARDLY if len(words) >= _SHORT else 0.0):
        return None
    return _guess(looked, 0.0 if len(words) >= 3 * _SHORT else _SURE)


def _is_english(words: list[str]) -> bool:
    return sum(word.lower() in _small_words() for word in words) >= _ENGLISH * len(words)


def _latin_share(words: list[str]) -> float:
    letters = [letter for word in words[:200] for letter in word]
    return sum(letter.isascii() or unicodedata.name(letter, "").startswith("LATIN") for letter in letters) / len(letters)


def _guess(text: str, sure: float) -> str | None:
    code, probability = _identifier().classify(text)
    name = {row["code"]: row["name"] for row in rows("gather_languages")}.get(code)
    return name if name and code != "en" and probability >= sure else None


@cache
def _small_words() -> frozenset[str]:
    return frozenset(row["word"] for row in rows("gather_english"))


@cache
def _identifier() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # half a second, which English texts never pay

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
