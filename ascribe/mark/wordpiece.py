"""Words of a text with their places, and the word pieces of each (WordPiece, Wu et al. 2016; BERT's uncased vocabulary).

Leaves out what BERT's own tokenizer does for scripts we do not read: a character that is neither letter, digit nor space
is a word of its own."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from ascribe.schema import Span

WORD = re.compile(r"[^\W_]+|\S")
_LONGEST = 100  # characters; a longer word is unknown, so that time stays linear
SHAPES = ("lower", "title", "upper", "mixed", "digit", "other")


def words(text: str, within: Span) -> list[Span]:
    """The words of one stretch of text, in order."""
    return [Span(*match.span()) for match in WORD.finditer(text, within.start, within.stop)]


def shape(word: str) -> int:
    """Index into SHAPES: what an uncased vocabulary cannot see."""
    if not word[0].isalnum():
        return 5
    if any(character.isdigit() for character in word):
        return 4
    if word.islower():
        return 0
    if word.isupper():
        return 1 if len(word) == 1 else 2
    return 1 if word[0].isupper() and word[1:].islower() else 3


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Piece to number, with the pieces of every word met so far."""

    numbers: dict[str, int]
    known: dict[str, tuple[int, ...]]

    @classmethod
    def of(cls, pieces: Iterable[str]) -> Vocabulary:
        """The vocabulary in which each piece has the number of its place."""
        return cls({piece: number for number, piece in enumerate(pieces)}, {})

    @classmethod
    def load(cls, path: Path) -> Vocabulary:
        """The vocabulary of a vocab.txt, a piece a line."""
        return cls.of(path.read_text(encoding="utf-8").splitlines())

    def pieces(self, word: str) -> tuple[int, ...]:
        """Numbers of the longest pieces, from the left, that make up the word; [UNK] alone if some part is unknown."""
        found = self.known.get(word)
        if found is None:
            found = self._cut(word)
            if len(self.known) < 200_000:  # enough for any newspaper; keeps long runs flat
                self.known[word] = found
        return found

    def _cut(self, word: str) -> tuple[int, ...]:
        unknown = (self.numbers["[UNK]"],)
        if len(word) > _LONGEST:
            return unknown
        plain = unicodedata.normalize("NFD", word.lower())
        plain = "".join(character for character in plain if unicodedata.category(character) != "Mn")
        start, out = 0, []
        while start < len(plain):
            mark = "##" if start else ""
            for stop in range(len(plain), start, -1):
                number = self.numbers.get(mark + plain[start:stop])
                if number is not None:
                    out.append(number)
                    start = stop
                    break
            else:
                return unknown
        return tuple(out) or unknown
