"""What a file is, told by its content (its name helps only where that leaves it open), and the call of its reader."""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from functools import cache
from typing import BinaryIO, Final

from ascribe.data import rows
from ascribe.errors import ReadError
from ascribe.gather.decoding import decode, is_binary, mark
from ascribe.gather.inputs import LIMIT, STANDARD_INPUT, because
from ascribe.gather.jsonl import read_document, read_stream
from ascribe.gather.text import read_text
from ascribe.schema import Refusal, Report

_HEAD: Final = 2**16  # bytes by which a format is told
_JSON_NAMES: Final = (".json", ".jsonl", ".ndjson")

_OBJECT: Final = re.compile(r"\s*\{\s*[\"}]")
_ARRAY: Final = re.compile(r"\s*\[\s*[{\]]")
_PAGE: Final = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}>\s*|<!--(?:[^-]|-(?!->))*-->\s*)*"
    r"<(?:!doctype\s+html|html|head|body|article|main|div|p|h1|meta|title|section)\b",
    re.IGNORECASE,
)
_MARKUP: Final = re.compile(r"\s*<(?:\?xml\b|!DOCTYPE\b|!--|[A-Za-z][\w:.-]*[\s/>])")
_ROOT: Final = re.compile(r"<([A-Za-z][\w:.-]*)")
_TABLE: Final = re.compile(r"\"?[A-Za-z_ ]{1,20}\"?(?:([,;\t])\"?[A-Za-z_ ]{1,20}\"?)(?:\1\"?[A-Za-z_ ]{1,20}\"?)*")


def read(path: str) -> Iterator[Report | Refusal]:
    """The reports of one file, or of standard input, and what of it was refused."""
    try:
        with _open(path) as stream:
            for found in _read_stream(stream, path):
                yield Refusal(path, found.place, found.reason) if isinstance(found, ReadError) else found
    except OSError as error:
        yield Refusal(path, None, because(error))
    except ReadError as error:
        yield Refusal(path, error.place, error.reason)


def _open(path: str) -> AbstractContextManager[BinaryIO]:
    if path != STANDARD_INPUT:
        return open(path, "rb")
    if sys.stdin is None:
        raise ReadError("there is no standard input; name a file")
    bytes_in = getattr(sys.stdin, "buffer", None)
    return nullcontext(bytes_in or io.BytesIO(sys.stdin.read().encode("utf-8", "surrogatepass")))


def _read_stream(stream: BinaryIO, name: str) -> Iterator[Report | ReadError]:
    head = _read_head(stream)
    whole = io.BufferedReader(_Again(head, stream))
    start = _look(head)
    if what := _signature(head):
        raise ReadError(f"is {what}")
    if start.strip() and _are_lines_of_json(start, name):
        yield from read_stream(whole)
        return
    data = whole.read(LIMIT + 1)
    if len(data) > LIMIT:
        raise ReadError(f"is larger than {LIMIT >> 20} MB; split it, or write its reports as JSON Lines")
    yield from _read_whole(data, name)


def _read_whole(data: bytes, name: str) -> Iterator[Report | ReadError]:
    if _PAGE.match(_look(data[:_HEAD])):
        from ascribe.gather.html import read_page  # trafilatura takes half a second to import

        yield read_page(data, name)
        return
    text = decode(data, name)
    if not text.strip("\ufeff\0 \t\r\n\v\f"):
        raise ReadError("holds nothing but blanks; give it a text" if data else "is empty; give it a text")
    if is_binary(text):
        raise ReadError("is no text, it is full of control characters; save it as UTF-8 text")
    if _OBJECT.match(text) or _ARRAY.match(text) or name.lower().endswith(_JSON_NAMES):
        yield from read_document(text)
    elif _MARKUP.match(text):
        root = _ROOT.search(text)
        raise ReadError(
            f"is markup of a kind that is not read ({root[1][:40] if root else 'XML'}); save it as HTML or plain text"
        )
    elif _is_table(text):
        raise ReadError("is a table with columns; write its rows as JSON Lines")
    else:
        yield read_text(text)


# ---- looking at the beginning without losing it ----


def _read_head(stream: BinaryIO) -> bytes:
    """The first line if it is an object, so that a pipe is answered line by line; else as much as is needed to tell."""
    head = b""
    while not head.strip() and len(head) < _HEAD:
        line = stream.readline(_HEAD)
        if not line:
            return head
        head += line
    return head if _is_line_of_json(_look(head).strip()) else head + stream.read(max(0, _HEAD - len(head)))


class _Again(io.RawIOBase):
    """A stream whose beginning was read already and is given once more."""

    def __init__(self, head: bytes, stream: BinaryIO) -> None:
        self._head = head
        self._stream = stream

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """The beginning first, then what the stream has at hand."""
        size = len(buffer)
        read = getattr(self._stream, "read1", self._stream.read)
        part, self._head = (self._head[:size], self._head[size:]) if self._head else (read(size) or b"", b"")
        buffer[: len(part)] = part
        return len(part)


def _look(head: bytes) -> str:
    """`head` as text, well enough to tell a format by."""
    length, encoding = mark(head) or (0, "utf-8")
    return head[length:].decode(encoding, "replace")


# ---- telling one format from the other ----


def _signature(head: bytes) -> str | None:
    """What a file that is no text begins with. Letters alone are not believed: a text may begin with them."""
    for offset, sign, what in _signatures():
        if head[offset : offset + len(sign)] == sign and (not sign.isalnum() or b"\0" in head):
            return what
    return None


@cache
def _signatures() -> tuple[tuple[int, bytes, str], ...]:
    lines = rows("gather_signatures")
    return tuple((int(row["offset"]), bytes.fromhex(row["bytes"]), f"{row['what']}; {row['remedy']}") for row in lines)


def _is_line_of_json(line: str) -> bool:
    return bool(_OBJECT.match(line)) and line.endswith("}") and "\n" not in line


def _are_lines_of_json(start: str, name: str) -> bool:
    """Whether a file is JSON Lines, one bad line or another notwithstanding, and not one object over several lines."""
    lines = [stripped for line in start.split("\n") if (stripped := line.strip())]
    if _ARRAY.match(lines[0]) and not (lines[0].endswith("]") and len(lines) > 1 and _OBJECT.match(lines[1])):
        return False
    objects = sum(bool(_OBJECT.match(line)) for line in lines)
    if _is_line_of_json(lines[0]) or (objects > 1 and 2 * objects >= len(lines)):
        return True
    if _OBJECT.match(lines[0]):
        return len(lines) == 1 and len(start) > _HEAD // 4  # one line so long that its end is not seen
    if objects and 2 * objects >= len(lines) and lines[0][0] not in "{[":
        return True
    return name.lower().endswith(_JSON_NAMES[1:])


def _is_table(text: str) -> bool:
    first = text.lstrip("\ufeff\n").split("\n", 1)[0].strip()
    cells = re.split(r"[,;\t]", first.replace('"', "").lower())
    return bool(_TABLE.fullmatch(first)) and not {"text", "body", "content"}.isdisjoint(cell.strip() for cell in cells)
