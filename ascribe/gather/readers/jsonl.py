"""JSON Lines, one report a line, streamed; also one JSON object or an array of them, ninjs and JSON Feed among them.

A bad line is one refusal that names it; the other lines are read."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO, Final

from ascribe.errors import ReadError
from ascribe.gather.decoding import decode, mark
from ascribe.gather.fields import as_report, kind
from ascribe.gather.reader import MB, Found, Given, megabytes
from ascribe.gather.readers import ninjs
from ascribe.schema import Report

_DECODER: Final = json.JSONDecoder()
_GAP: Final = re.compile(r"[\s,]*")
_LONE: Final = 'write one JSON object a line, with at least a "text"'
_LONGEST_SKIP: Final = 256 * MB  # of a line that is too long, after which the rest of the file is given up


def read(given: Given) -> Iterator[Found]:
    """A report or an error for each line that is not blank, read one after the other from a stream of any size."""
    for number, line in enumerate(_lines(given.stream, given.limits.report), 1):
        place = f"line {number}"
        if isinstance(line, ReadError):
            yield ReadError(line.reason, place)
        elif line.strip():
            yield from read_line(line, place, given.options.columns)


def read_document(given: Given) -> Iterator[Found]:
    """The reports of one JSON object or of an array. What follows a fault in an array cannot be read."""
    text = decode(given.all(), given.name).strip()
    if not text.startswith("["):
        yield from read_line(text, "object", given.options.columns)
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
        yield from _reports(value, place, given.options.columns)
    if number == 1:
        yield ReadError("the array is empty; give at least one report")
    if rest := text[position + 1 :].strip():
        yield ReadError(f"{len(rest)} characters follow the array; {_LONE}", "end")


def read_line(line: str, place: str, columns: Mapping[str, str]) -> Iterator[Report | ReadError]:
    """What one line of JSON Lines holds: one report, or those of a feed."""
    try:
        value = json.loads(line)
    except (ValueError, RecursionError) as error:
        yield ReadError(f"is not JSON ({_fault(error)}); {_LONE}", place)
        return
    yield from _reports(value, place, columns)


def _reports(value: Any, place: str, columns: Mapping[str, str]) -> Iterator[Report | ReadError]:
    if not isinstance(value, dict):
        yield ReadError(f"is {kind(value)}, not an object; {_LONE}", place)
    elif ninjs.is_feed(value):
        yield from ninjs.read_feed(value)
    elif ninjs.is_ninjs(value):
        yield from ninjs.read_item(value, place)
    else:
        yield as_report(value, place, "jsonl", columns)


def _lines(stream: BinaryIO, limit: int) -> Iterator[str | ReadError]:
    first = stream.readline(limit + 1)
    length, encoding = mark(first) or (0, "utf-8")
    if encoding == "utf-8":
        yield from _lines_of_bytes(first[length:], stream, limit)
    else:
        yield from _wide_lines(first[length:] + stream.read(limit + 1), encoding, limit)


def _lines_of_bytes(line: bytes, stream: BinaryIO, limit: int) -> Iterator[str | ReadError]:
    while line:
        if len(line) > limit and not line.endswith(b"\n"):
            skipped = len(line)
            while line and not line.endswith(b"\n") and skipped < _LONGEST_SKIP:
                line = stream.readline(MB)
                skipped += len(line)
            if skipped >= _LONGEST_SKIP:
                yield ReadError(f"is longer than {megabytes(_LONGEST_SKIP)}, and nothing after it is read; split the file")
                return
            yield ReadError(f"is longer than {megabytes(limit)}; split its text")
        else:
            yield _decode_line(line)
        line = stream.readline(limit + 1)


def _decode_line(line: bytes) -> str | ReadError:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError as error:
        return ReadError(f"is not UTF-8 (byte {error.start} of the line); save the file as UTF-8")


def _wide_lines(data: bytes, encoding: str, limit: int) -> Iterator[str | ReadError]:
    """The lines of UTF-16 and UTF-32: no standard for JSON Lines, and so read at once, up to the limit of one report."""
    if len(data) > limit:
        yield ReadError(f"the file is {encoding[:6].upper()} and larger than {megabytes(limit)}; save it as UTF-8")
        return
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        yield ReadError(f"the file is not the {encoding[:6].upper()} that it says (byte {error.start}); save it as UTF-8")
        return
    yield from text.split("\n")


def _fault(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"column {error.colno}: {error.msg}"
    return "nested too deep" if isinstance(error, RecursionError) else "a number too long"
