"""JSON Lines, one report a line, streamed; also one JSON object or an array of them. Texts are taken as they are.

A bad line is one refusal that names it; the other lines are read."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, BinaryIO, Final

from ascribe.errors import ReadError
from ascribe.gather.dates import iso
from ascribe.gather.decoding import mark, sound
from ascribe.gather.inputs import LIMIT
from ascribe.schema import Report, digest

# Field of a report, and the names under which it may stand, the first one filled counts.
_NAMES: Final = {
    "id": ("id",),
    "text": ("text", "body"),
    "title": ("title", "headline"),
    "publisher": ("publisher", "source"),
    "published": ("published", "date"),
    "url": ("url",),
    "language": ("language",),
}
_DECODER: Final = json.JSONDecoder()
_GAP: Final = re.compile(r"[\s,]*")
_LONE: Final = 'write one JSON object a line, with at least a "text"'


def read_stream(stream: BinaryIO) -> Iterator[Report | ReadError]:
    """A report or an error for each line that is not blank, read one after the other from a stream of any size."""
    for number, line in enumerate(_lines(stream), 1):
        place = f"line {number}"
        if isinstance(line, ReadError):
            yield ReadError(line.reason, place)
        elif line.strip():
            yield read_line(line, place)


def _lines(stream: BinaryIO) -> Iterator[str | ReadError]:
    first = stream.readline(LIMIT + 1)
    length, encoding = mark(first) or (0, "utf-8")
    if encoding == "utf-8":
        yield from _lines_of_bytes(first[length:], stream)
    else:
        yield from _wide_lines(first[length:] + stream.read(LIMIT + 1), encoding)


def _lines_of_bytes(line: bytes, stream: BinaryIO) -> Iterator[str | ReadError]:
    while line:
        if len(line) > LIMIT and not line.endswith(b"\n"):
            while line and not line.endswith(b"\n"):
                line = stream.readline(LIMIT)
            yield ReadError(f"is longer than {LIMIT >> 20} MB; split its text")
        else:
            yield _decode_line(line)
        line = stream.readline(LIMIT + 1)


def _decode_line(line: bytes) -> str | ReadError:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError as error:
        return ReadError(f"is not UTF-8 (byte {error.start} of the line); save the file as UTF-8")


def _wide_lines(data: bytes, encoding: str) -> Iterator[str | ReadError]:
    """The lines of UTF-16 and UTF-32: no standard for JSON Lines, and so read at once, up to the limit of one report."""
    if len(data) > LIMIT:
        yield ReadError(f"the file is {encoding[:6].upper()} and larger than {LIMIT >> 20} MB; save it as UTF-8")
        return
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        yield ReadError(f"the file is not the {encoding[:6].upper()} that it says (byte {error.start}); save it as UTF-8")
        return
    yield from text.split("\n")


def read_line(line: str, place: str) -> Report | ReadError:
    """The report of one line of JSON Lines."""
    try:
        value = json.loads(line)
    except (ValueError, RecursionError) as error:
        return ReadError(f"is not JSON ({_fault(error)}); {_LONE}", place)
    return _as_report(value, place)


def read_document(text: str) -> Iterator[Report | ReadError]:
    """The reports of one JSON object or of an array. What follows a fault in an array cannot be read."""
    text = text.strip()
    if not text.startswith("["):
        yield read_line(text, "object")
        return
    position, number, line, counted = 1, 0, 1, 0
    while True:
        position = _GAP.match(text, position).end()  # type: ignore[union-attr]
        line, counted = line + text.count("\n", counted, position), position
        number += 1
        if text[position : position + 1] == "]":
            break
        place = f"item {number}, line {line}"
        try:
            value, position = _DECODER.raw_decode(text, position)
        except (ValueError, RecursionError) as error:
            yield ReadError(f"is not JSON ({_fault(error)}), and the array is read no further; {_LONE}", place)
            return
        yield _as_report(value, place)
    if number == 1:
        yield ReadError("the array is empty; give at least one report")
    if rest := text[position + 1 :].strip():
        yield ReadError(f"{len(rest)} characters follow the array; {_LONE}", "end")


def _as_report(value: Any, place: str) -> Report | ReadError:
    if not isinstance(value, dict):
        return ReadError(f"is {_kind(value)}, not an object; {_LONE}", place)
    try:
        fields = {field: _field(value, field) for field in _NAMES}
    except ReadError as error:
        return ReadError(error.reason, place)
    text, title = fields["text"], " ".join((fields["title"] or "").split()) or None
    if not text or not text.strip():
        return ReadError('has no text; give it a "text" that is not empty', place)
    text = _under(title, text)
    publisher, published, url = fields["publisher"], iso(fields["published"] or ""), fields["url"]
    return Report(
        id=fields["id"] or digest(text, title, publisher, published, url),
        text=text,
        headline=title,
        publisher=publisher,
        published=published,
        url=url,
        language=fields["language"] or "en",
        format="jsonl",
    )


def _field(value: dict[str, Any], field: str) -> str | None:
    """A field as text, None where it is missing, null or blank. Numbers count as text but for the text itself."""
    for name in _NAMES[field]:
        found = value.get(name)
        if isinstance(found, int) and not isinstance(found, bool) and field in ("id", "published"):
            found = str(found)
        if found is not None and not isinstance(found, str):
            raise ReadError(f'"{name}" is {_kind(found)}, not a string; put it in quotation marks or leave it out')
        if found and found.strip():
            return sound(found) if field == "text" else sound(found).strip()
    return None


def _under(title: str | None, text: str) -> str:
    """`text` beginning with its title and a line break, which is not doubled where it stands already."""
    if title is None:
        return text
    begun = text.lstrip()
    if begun == title or begun.startswith(title + "\n"):
        return begun
    return f"{title}\n{text}"


def _kind(value: Any) -> str:
    names = {dict: "an object", list: "an array", str: "a string", bool: "true or false", type(None): "null"}
    return names.get(type(value), "a number")


def _fault(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"column {error.colno}: {error.msg}"
    return "nested too deep" if isinstance(error, RecursionError) else "a number too long"
