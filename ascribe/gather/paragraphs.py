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


def paragraphs(text: str, begins: Callable[[str, bool], bool], ends: Callable[[str], bool]) -> list[str]:
    """The paragraphs of `text`, without blank ones.

    `begins` knows lines that no other goes before (its second argument: whether the line is the second of its block),
    `ends` those that no other follows: a byline, a date."""
    return [paragraph for block in _blocks(text) for paragraph in _join(block, begins, ends)]


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


def _join(block: list[str], begins: Callable[[str, bool], bool], ends: Callable[[str], bool]) -> list[str]:
    if len(block) == 1:
        return [block[0].strip()]
    width = max(len(line) for line in block)
    joined = [block[0].strip()]
    for place, (before, line) in enumerate(pairwise(block)):
        if _continues(before, line, width) and not ends(before.strip()) and not begins(line.strip(), place == 0):
            joined[-1] += ("" if _SPLIT_WORD.search(before) and line.strip()[0].isalpha() else " ") + line.strip()
        else:
            joined.append(line.strip())
    return joined


def _continues(before: str, line: str, width: int) -> bool:
    """Whether `line` goes on with the paragraph of the line before it."""
    words = line.split(maxsplit=1)
    if _BULLET.match(line.lstrip()) or (_INDENT.match(line) and not _INDENT.match(before)):
        return False
    full = len(before) + 1 + len(words[0])
    if is_ended(before):
        return _NARROW <= width <= _WIDE and full > width
    if words[0][0].islower() and len(before) >= _NARROW:
        return True
    return _NARROW <= width <= _WIDE and full > _NEARLY_FULL * width
