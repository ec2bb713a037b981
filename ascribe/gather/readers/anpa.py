"""ANPA 1312, the wire format of American agencies: control characters around lines of text.

SYN SYN SOH  service and number, US, selector
priority category DCn DCn  slug  month-day words
STX ^headline<  ^By NAME<  text  ETX  ^AP-NY-02-06-14 1015EST<
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ascribe.gather.decoding import decode_wire
from ascribe.gather.markup import text_in_paragraphs
from ascribe.gather.press import read_dateline
from ascribe.gather.reader import Found, Given
from ascribe.gather.strip import strip
from ascribe.gather.wire import Wire, as_report

_HEADER: Final = re.compile(
    r"([a-z])\s+([a-z])\s*(?:[\x11-\x14]\s*)*(?:(am|pm|bc|ap)-)?([^\r\n]*?)\s+(\d{1,2})-(\d{1,2})\s+(\d{3,4})", re.IGNORECASE
)
_NUMBER: Final = re.compile(r"\x16?\x01\s*([a-z])(\d{3,4})", re.IGNORECASE)
_FILED: Final = re.compile(r"\b([A-Z]{2,4})-([A-Z]{2,3})-(\d\d)-(\d\d)-(\d\d)\s+(\d\d)(\d\d)([A-Z]{3})\b", re.IGNORECASE)
_BYLINE: Final = re.compile(r"by\s+\S", re.IGNORECASE)
_EDITORS: Final = re.compile(r"(?:eds|editors?|note)\b\s*[:.]", re.IGNORECASE)
_KILL: Final = re.compile(r"\bkill\b|\bstory (?:removed|withdrawn)\b|\belimination\b", re.IGNORECASE)
_AGAIN: Final = re.compile(r"writethru|\bld\b|corrective|correction|\bcx\b", re.IGNORECASE)
_RAIL: Final = re.compile(r"^\^(.*?)[<=>]?\s*$")
_CONTROLS: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1a\x1c-\x1f\x7f]")
_AT_BEGINNING: Final = re.compile(r"^[\x0e-\x1a\x1c-\x1f]+(?=[A-Z“\"(])", re.MULTILINE)  # the sign of an indent
_BETWEEN_WORDS: Final = re.compile(r"(?<=\w)[\x00-\x08\x0b\x0c\x0e-\x1a\x1c-\x1f]+(?=\w)")
_LEADERS: Final = re.compile(r"[ \t]*[<=>]$")


def read(given: Given) -> Iterator[Found]:
    """The report of a message."""
    yield as_report(wire_of(decode_wire(given.all(), given.name)))


def wire_of(message: str) -> Wire:
    """What a message says."""
    message = message.replace("\r\n", "\n").replace("\r", "\n")
    head, _, rest = message.partition("\x02")
    if not rest:
        head, rest = message[:300], message
    text, _, after = rest.partition("\x03")
    header = _HEADER.search(head)
    number = _NUMBER.search(head)
    rails, body = _taken_apart(text)
    slug = "".join(filter(None, (header and header[3] and f"{header[3]}-", header and header[4]))) if header else None
    slug = " ".join(_CONTROLS.sub("", slug).split()) if slug else None
    titles = [line for line in rails if not _BYLINE.match(line) and not _EDITORS.match(line) and not _is_post(line, rails)]
    headed, body = (titles[0], body) if titles else title_apart(body)
    dateline = read_dateline(body[0]) if body else None
    killed = bool(_KILL.search(slug or "") or (headed and _KILL.search(headed)))
    return Wire(
        format="anpa",
        body=tuple(body),
        title=headed,
        guid=None,
        version=None,
        published=_filed(after) or _filed(text),
        publisher=dateline.publisher if dateline else None,
        byline=next((line for line in rails if _BYLINE.match(line)), None),
        dateline=dateline.text if dateline else None,
        slug=slug or (number[0].strip("\x16\x01") if number else None),
        language="en",
        signal="kill" if killed else "update" if slug and _AGAIN.search(slug) else None,
        note=next((line for line in rails if _EDITORS.match(line)), None),
    )


def _taken_apart(text: str) -> tuple[list[str], list[str]]:
    """The lines on the upper rail (headline, byline, notes), and the paragraphs of the text."""
    rails: list[str] = []
    lines: list[str] = []
    for line in _plain(text).split("\n"):
        if _FILED.search(line) and len(line) < 60:
            continue
        rail = _RAIL.match(line)
        if rail and not any(map(str.strip, lines)):
            rails.append(" ".join(rail[1].split()))
        elif rail:
            lines += ["", rail[1], ""]
        else:
            lines.append(_LEADERS.sub("", line))
    body = text_in_paragraphs("\n".join(lines))
    return [rail for rail in rails if rail], [part for part in body if part.strip("_*- ")]


def _plain(text: str) -> str:
    """Characters for the signs of typesetting: thin spaces, dashes, quotes."""
    text = text.replace("\t", "   ").replace("``", "“").replace("''", "”")
    return _CONTROLS.sub("", _BETWEEN_WORDS.sub(" ", _AT_BEGINNING.sub("   ", text)))


def title_apart(body: list[str]) -> tuple[str | None, list[str]]:
    """The first paragraph as the title, where it reads like one, and the rest."""
    found = strip("\n\n".join(body[:4])).headline if len(body) > 1 else None
    if found and body[0] == found:
        return found.rstrip(" =<"), body[1:]
    return None, body


def _is_post(line: str, rails: list[str]) -> bool:
    """The line below a byline that says what the writer is: "Associated Press Writer"."""
    place = rails.index(line)
    return place > 0 and bool(_BYLINE.match(rails[place - 1]))


def _filed(text: str) -> str | None:
    """ "AP-NY-02-06-14 1015EST" -> "2014-02-06 10:15 EST"."""
    found = list(_FILED.finditer(text))
    if not found:
        return None
    month, day, year, hour, minute, zone = found[-1].groups()[2:]
    return f"20{year}-{month}-{day} {hour}:{minute} {zone.upper()}"
