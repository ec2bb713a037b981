"""From lines to paragraphs: lines wrapped at a column are joined, lines that are paragraphs of their own are left apart."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Final

_NARROW, _WIDE = 40, 120  # columns between which texts are wrapped by machines
_NEARLY_FULL: Final = 0.75
_INDENT: Final = re.compile(r"[ \t\u00a0\u3000]{2,}|\t")
_BULLET: Final = re.compile(r"(?:[-*•·‣–—]|\d{1,2}[.)]|\([a-z\d]{1,2}\))\s")
_ENDED: Final = re.compile(r"[.!?:;…][\"'”’»)\]]*$")
_SPLIT_WORD: Final = re.compile(r"\w-$")


Begins = Callable[[str, bool], bool]
Ends = Callable[[str], bool]


def paragraphs(text: str, begins: Begins, ends: Ends) -> list[str]:
    """The paragraphs of `text`, without blank ones.

    `begins` knows lines that no other goes before (its second argument: whether the line is the second of its block),
    `ends` those that no other follows: a byline, a date."""
    blocks = list(_blocks(text))
    breaks = [_inner_breaks(block, begins, ends) for block in blocks]
    # Only a text that is wrapped within its sentences is wrapped between them too.
    wrapped = any(any(found) for found in breaks)
    return [part for block, found in zip(blocks, breaks, strict=True) for part in _join(block, found, wrapped, begins, ends)]


def is_ended(line: str) -> bool:
    """Whether a line ends as a sentence does."""
    return bool(_ENDED.search(line))


def _blocks(text: str) -> Iterator[list[str]]:
    block: list[str] = []
    for line in text.split("\n"):
        if line.strip():
            block.append(line.rstrip())
        elif block:
            yield block
            block = []
    if block:
        yield block


def _inner_breaks(block: list[str], begins: Begins, ends: Ends) -> list[bool]:
    """Of each line break of a block, whether it stands within a sentence and is only there for the column."""
    width = max(map(len, block))
    return [
        _is_inner(before, line, width) and not ends(before.strip()) and not begins(line.strip(), place == 0)
        for place, (before, line) in enumerate(pairwise(block))
    ]


def _is_inner(before: str, line: str, width: int) -> bool:
    if is_ended(before) or _is_apart(before, line):
        return False
    if line.lstrip()[0].islower() and len(before) >= _NARROW:
        return True
    return _NARROW <= width <= _WIDE and _with_next_word(before, line) > _NEARLY_FULL * width


def _join(block: list[str], inner: list[bool], wrapped: bool, begins: Begins, ends: Ends) -> list[str]:
    width = max(map(len, block))
    joined = [block[0].strip()]
    for place, (before, line) in enumerate(pairwise(block)):
        line = line.strip()
        if inner[place] or (
            wrapped and _is_full(before, block[place + 1], width) and not ends(before.strip()) and not begins(line, False)
        ):
            joined[-1] += ("" if _SPLIT_WORD.search(before) and line[0].isalpha() else " ") + line
        else:
            joined.append(line)
    return joined


def _is_full(before: str, line: str, width: int) -> bool:
    """Whether a sentence ends where its line does, but the next would not have had room."""
    return (
        _NARROW <= width <= _WIDE
        and is_ended(before)
        and not _is_apart(before, line)
        and _with_next_word(before, line) > width
    )


def _is_apart(before: str, line: str) -> bool:
    return bool(_BULLET.match(line.lstrip()) or (_INDENT.match(line) and not _INDENT.match(before)))


def _with_next_word(before: str, line: str) -> int:
    return len(before) + 1 + len(line.split(maxsplit=1)[0])
