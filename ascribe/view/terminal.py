"""Text made fit for a terminal: nothing in it steers the terminal, and it is as wide as we think it is."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

# Line breaks, tabs and separators become a blank; control characters and those that turn the direction of writing or
# hide themselves become "�", so that they are seen and do nothing.
_BLANK: Final = re.compile(r"[\t\n\v\f\r\x1c-\x1f\x85\u2028\u2029]+")
_STEERING: Final = re.compile(
    "[\x00-\x1b\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff"
    "\U000e0000-\U000e007f]"
)


def safe(text: str) -> str:
    """`text` on one line, with no character that a terminal would obey."""
    return _STEERING.sub("�", _BLANK.sub(" ", text))


def width(text: str) -> int:
    """Columns that `text` takes: two for East Asian wide characters, none for combining ones."""
    return sum(_columns(character) for character in text)


def _columns(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def fit(text: str, columns: int) -> str:
    """`text` cut or padded to exactly `columns`; a cut is shown by "…"."""
    if width(text) <= columns:
        return text + " " * (columns - width(text))
    taken, used = [], 0
    for character in text:
        if used + _columns(character) > columns - 1:
            break
        taken.append(character)
        used += _columns(character)
    return "".join(taken) + "…" + " " * (columns - 1 - used)
