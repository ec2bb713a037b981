"""Text made fit for a terminal: nothing in it steers the terminal, and it is as wide as we think it is."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

# Both replace one character by one, so that offsets hold. Line breaks, tabs and separators become a blank; control
# characters and those that turn the direction of writing or hide themselves become "�": seen, and without effect.
_BLANK: Final = re.compile(r"[\t\n\v\f\r\x1c-\x1f\x85\u2028\u2029]")
_STEERING: Final = re.compile(
    "[\x00-\x1b\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff"
    "\U000e0000-\U000e007f]"
)


def safe(text: str) -> str:
    """`text` on one line and of the same length, with no character that a terminal would obey."""
    return _STEERING.sub("�", _BLANK.sub(" ", text))


def width(text: str) -> int:
    """Columns that `text` takes: two for East Asian wide characters, none for combining ones."""
    return len(text) if text.isascii() else sum(_columns(character) for character in text)


def _columns(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def fit(text: str, columns: int) -> str:
    """`text` cut or padded to exactly `columns`; a cut is shown by "…"."""
    if width(text) <= columns:
        return text + " " * (columns - width(text))
    head = cut(text, columns - 1).rstrip()
    return head + "…" + " " * (columns - 1 - width(head))


def cut(text: str, columns: int) -> str:
    """As much of the beginning of `text` as `columns` hold."""
    used = 0
    for position, character in enumerate(text):
        used += _columns(character)
        if used > columns:
            return text[:position]
    return text


# ---- styles, which take no columns ----


class Piece(NamedTuple):
    """Some text in one style: "" plain, else a key of `_CODES`."""

    text: str
    style: str = ""


_CODES: Final = {"strong": "1", "faint": "2", "type": "36", "source": "35", "trigger": "33"}


def painted(pieces: Iterable[Piece], *, colour: bool) -> str:
    """The pieces one after the other, with colours where a terminal is there to show them."""
    return "".join(
        f"\x1b[{_CODES[piece.style]}m{piece.text}\x1b[0m" if colour and piece.style and piece.text.strip() else piece.text
        for piece in pieces
    )


def lines_of(fields: Iterable[Sequence[Piece]], columns: int, indent: str, gap: str = "   ") -> Iterator[list[Piece]]:
    """Fields set one after the other, each kept whole if a line can hold it; lines after the first begin with `indent`."""
    line: list[Piece] = []
    used = 0
    room = columns - width(indent)
    for field in fields:
        long = sum(width(piece.text) for piece in field)
        if line and used + len(gap) + long > room:
            yield line
            line, used = [Piece(indent)], 0
        elif line:
            line.append(Piece(gap))
            used += len(gap)
        for word in _words(field, room):
            if used and used + width(word.text.rstrip()) > room:
                yield line
                line, used = [Piece(indent)], 0
            line.append(word)
            used += width(word.text)
    if line:
        yield line


def _words(field: Iterable[Piece], room: int) -> Iterator[Piece]:
    """A field in pieces that hold one word each, with the blanks after it; a word too long for a line is broken."""
    for piece in field:
        for word in re.findall(r"\S+\s*|\s+", piece.text):
            while width(word.rstrip()) > room > 1:
                head = cut(word, room)
                yield Piece(head, piece.style)
                word = word[len(head) :]
            yield Piece(word, piece.style)
