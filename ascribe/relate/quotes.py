"""Which words stand inside quotation marks, also where the marks opened in an earlier sentence."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from ascribe.schema import Span

_MARK = re.compile(r"[\"“”„«»‘’]|''")  # one mark, nothing around it: linear
_LONGEST = 4000  # characters: a mark that is never closed quotes no further than this


def quotations(text: str) -> tuple[Span, ...]:
    """The stretches of `text` in quotation marks, in order, in one pass over the marks.

    A quotation that runs over paragraphs opens anew at each and closes once. One that never closes runs to the end of the
    line in which it last opened."""
    found: list[Span] = []
    opened = reopened = -1  # where the quotation began, and where it last opened anew
    single = False
    for mark in _MARK.finditer(text):
        if opened >= 0 and mark.start() - reopened > _LONGEST:
            found.append(Span(opened, _end_of_line(text, reopened)))
            opened = -1
        side = _side(text, mark, opened >= 0)
        if side == "opens" and opened < 0:
            opened = reopened = mark.end()
            single = _is_single(mark)
        elif side == "opens" and _is_single(mark) == single:
            reopened = mark.end()
        elif side == "closes" and opened >= 0 and _is_single(mark) == single:
            found.append(Span(opened, mark.start()))
            opened = -1
    if opened >= 0 and not single:
        found.append(Span(opened, _end_of_line(text, reopened)))
    return tuple(found)


def quotation_at(quoted: Sequence[Span], span: Span) -> Span | None:
    """The quotation that holds all of `span`; quotations stand in order and apart."""
    at = bisect_right(quoted, span.start, key=lambda one: one.start) - 1
    return quoted[at] if at >= 0 and quoted[at].covers(span) else None


def _is_single(mark: re.Match[str]) -> bool:
    return mark.group() in "‘’"


def _side(text: str, mark: re.Match[str], is_open: bool) -> str | None:
    """Whether the mark opens or closes; None for an apostrophe."""
    before = text[mark.start() - 1 : mark.start()]
    after = text[mark.end() : mark.end() + 1]
    if mark.group() in "“„«‘":
        return "opens"
    if mark.group() in ("”", "»", "''"):
        return "closes"
    if mark.group() == "’":
        return None if after.isalnum() else "closes"
    if before.strip("([—–-") == "" or before.isspace():
        return "opens" if after and not after.isspace() else ("closes" if is_open else None)
    if not after or not after.isalnum():
        return "closes"
    return "closes" if is_open else "opens"


def _end_of_line(text: str, start: int) -> int:
    end = text.find("\n", start)
    return len(text) if end < 0 else end
