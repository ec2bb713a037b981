"""IPTC 7901, the wire format of European agencies.

SOH abc1234 4 a 246 …      source and number, priority, category, words
Slug/ keywords/
STX Headline
   Text
ETX 061015 FEB 14          day, hour and minute (GMT), month, year
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ascribe.gather.dates import months
from ascribe.gather.decoding import decode_wire
from ascribe.gather.markup import text_in_paragraphs
from ascribe.gather.paragraphs import is_ended
from ascribe.gather.press import is_byline, read_dateline
from ascribe.gather.reader import Found, Given
from ascribe.gather.readers.anpa import title_apart
from ascribe.gather.wire import Wire, as_report

_HEADER: Final = re.compile(r"\x01\s*([A-Za-z]{1,8})\s?(\d{1,6})?\s+(\S{1,3})\s+(\S{1,4})\s+(\d{1,6})?")
_FILED: Final = re.compile(
    r"\b([0-3]\d)([0-2]\d)([0-5]\d)\s*(?:gmt|utc|z)?\s*([A-Za-z]{3,9})\.?\s+((?:20)?\d\d)\b", re.IGNORECASE
)
_KILL: Final = re.compile(r"\b(?:mandatory )?kill\b|\bannul|\bstory withdrawn\b", re.IGNORECASE)
_NOT_FOR_PRINT: Final = re.compile(r"^.*not intended for publication.*$", re.IGNORECASE | re.MULTILINE)
_CONTROLS: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_LONGEST: Final = 240  # characters of a headline
_LONGEST_TRAILER: Final = 80


def read(given: Given) -> Iterator[Found]:
    """The report of a message."""
    yield as_report(wire_of(decode_wire(given.all(), given.name)))


def wire_of(message: str) -> Wire:
    """What a message says."""
    message = message.replace("\r\n", "\n").replace("\r", "\n")
    head, _, rest = message.partition("\x02")
    text, _, after = rest.partition("\x03")
    text = _NOT_FOR_PRINT.split(text)[0]
    header = _HEADER.search(head)
    title, body = _title(text)
    byline = body[0] if body and is_byline(body[0].rstrip(" =")) else None
    if byline:
        body = body[1:]
    published = _filed(after)
    while body and len(body[-1]) < _LONGEST_TRAILER and (filed := _filed(body[-1])):
        published, body = published or filed, body[:-1]
    dateline = read_dateline(body[0]) if body else None
    slug = " ".join(_CONTROLS.sub("", "\n".join(head.split("\n")[1:])).split()).strip("/ ") or None
    killed = _KILL.search(f"{slug or ''} {title or ''}")
    return Wire(
        format="iptc7901",
        body=tuple(body),
        title=title,
        published=published,
        publisher=(dateline and dateline.publisher) or (header[1].upper() if header and len(header[1]) <= 4 else None),
        byline=byline,
        dateline=dateline.text if dateline else None,
        slug=slug,
        signal="kill" if killed else None,
    )


def _title(text: str) -> tuple[str | None, list[str]]:
    """The headline, on the line of the sign that opens the text or as its first block, and the paragraphs after it."""
    text = _CONTROLS.sub("", text)
    first, _, rest = text.partition("\n")
    block = [first.strip()]
    following = rest.split("\n")
    if not first.strip():
        return title_apart(_body(rest))
    while (
        following and following[0].strip() and not following[0].startswith((" ", "\t")) and len(" ".join(block)) < _LONGEST
    ):
        block.append(following.pop(0).strip())
    title = " ".join(block).rstrip(" =")
    if len(title) > _LONGEST or read_dateline(title) or (is_ended(title) and title.endswith(".")):
        return title_apart(_body(text))
    if len(block) > 2 or not "\n".join(following).strip():  # no blank line between headline and text
        title, following = first.strip().rstrip(" ="), rest.split("\n")
    return title, _body("\n".join(following))


def _body(text: str) -> list[str]:
    return [part.rstrip(" =") if part.endswith("=") else part for part in text_in_paragraphs(text) if part.strip("-_*= ")]


def _filed(text: str) -> str | None:
    """ "061015 FEB 14" -> "2014-02-06 10:15 GMT", the last of them."""
    for day, hour, minute, month, year in reversed(_FILED.findall(text)):
        if number := months().get(month.lower()):
            return f"{2000 + int(year) % 100}-{number:02}-{day} {hour}:{minute} GMT"
    return None
