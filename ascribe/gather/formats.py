"""What a file is, told by its content (its name helps only where that leaves it open), and the call of its reader."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import BinaryIO, Final

from ascribe.data import rows
from ascribe.errors import ReadError
from ascribe.gather.decoding import decode, is_binary, mark
from ascribe.gather.language import ForeignError
from ascribe.gather.reader import NESTED, Found, Given, Options

_HEAD: Final = 2**16  # bytes by which a format is told
_JSON_NAMES: Final = (".json", ".jsonl", ".ndjson")
_BLANK: Final = "\ufeff\0 \t\r\n\v\f"

_OBJECT: Final = re.compile(r"\s*\{\s*[\"}]")
_ARRAY: Final = re.compile(r"\s*\[\s*[{\]]")
_PROLOG: Final = re.compile(
    r"\s*(?:<\?(?:[^?]|\?(?!>)){0,2000}\?>\s*|<!--(?:[^-]|-(?!->))*-->\s*|<!DOCTYPE\b[^>\[]{0,500}(?:\[[^\]]*\]\s*)?>\s*)*",
    re.IGNORECASE,
)
_ROOT: Final = re.compile(r"<(?:[\w.-]+:)?([A-Za-z][\w.-]*)(?=[\s/>])")
_MARKUP: Final = re.compile(r"<(?:\?xml\b|!DOCTYPE\b|!--|[A-Za-z][\w:.-]*[\s/>])")
_DOCTYPE_OF_PAGE: Final = re.compile(r"<!doctype\s+html", re.IGNORECASE)
_HEADER: Final = re.compile(r"([A-Za-z][A-Za-z0-9-]{1,40}):(?:[ \t]|$)")
_OF_MAIL: Final = frozenset(
    {"received", "return-path", "message-id", "mime-version", "content-type", "delivered-to", "x-mailer"}
)


@dataclass(frozen=True, slots=True)
class _Look:
    """The beginning of an input, as bytes and as text."""

    head: bytes
    text: str
    name: str

    @property
    def root(self) -> str | None:
        """The name of the first tag of markup, in small letters and without its prefix."""
        start = _PROLOG.match(self.text)
        tag = _ROOT.match(self.text, start.end() if start else 0)
        return tag[1].lower() if tag else None


@dataclass(frozen=True, slots=True)
class Format:
    """A format: how it is told, and the function that reads it, loaded when it is needed."""

    name: str
    tells: Callable[[_Look], bool]
    reader: str

    def read(self, given: Given) -> Iterator[Found]:
        """What `given` holds."""
        module, _, function = self.reader.partition(":")
        yield from getattr(import_module(f"ascribe.gather.readers.{module}"), function or "read")(given)


def _rooted(*names: str) -> Callable[[_Look], bool]:
    return lambda look: look.root in names


def _begins(*signs: bytes) -> Callable[[_Look], bool]:
    return lambda look: look.head.startswith(signs)


# The first that tells is the one that reads.
FORMATS: Final = (
    Format("gzip", _begins(b"\x1f\x8b"), "archive:read_gzip"),
    Format("bzip2", lambda look: look.head[:3] == b"BZh" and look.head[4:10] == b"1AY&SY", "archive:read_bzip2"),
    Format("xz", _begins(b"\xfd7zXZ\0"), "archive:read_xz"),
    Format("ZIP", _begins(b"PK\x03\x04", b"PK\x05\x06"), "archive:read_zip"),
    Format("tar", lambda look: look.head[257:262] == b"ustar", "archive:read_tar"),
    Format("Parquet", _begins(b"PAR1"), "columnar:read_parquet"),
    Format("Arrow file", _begins(b"ARROW1\0\0"), "columnar:read_file"),
    Format("Arrow stream", _begins(b"\xff\xff\xff\xff"), "columnar:read_stream"),
    Format("WARC", _begins(b"WARC/"), "warc"),
    Format("ANPA 1312", lambda look: _is_anpa(look.head), "anpa"),
    Format("IPTC 7901", lambda look: _is_7901(look.head), "iptc7901"),
    Format("JSON Lines", lambda look: bool(look.text.strip()) and _are_lines_of_json(look.text, look.name), "jsonl"),
    Format("NewsML-G2", _rooted("newsitem", "newsmessage", "packageitem", "conceptitem", "knowledgeitem", "planningitem",
                                "catalogitem"), "newsml_g2"),
    Format("NewsML 1", _rooted("newsml"), "newsml"),
    Format("NITF", _rooted("nitf"), "nitf"),
    Format("feed", _rooted("rss", "rdf", "feed", "channel"), "feed"),
    Format("page", lambda look: _is_page(look), "html"),
    Format("mail", lambda look: _is_mail(look), "mail"),
)  # fmt: skip


def read_stream(name: str, stream: BinaryIO, options: Options, depth: int = 0, skip: int = 0) -> Iterator[Found]:
    """What a stream holds, whatever it is. Raises ReadError where nothing of it can be read."""
    if depth > NESTED:
        raise ReadError(f"is an archive more than {NESTED} archives deep; unpack it")
    head = _read_head(stream)
    look = _Look(head, _as_text(head), name)

    def again(inner: str, within: BinaryIO, deeper: int) -> Iterator[Found]:
        return read_stream(inner, within, options, deeper)

    again_from_start = Rewound(head, stream)
    given = Given(name, again_from_start, head, options, again, depth, skip)
    if what := _signature(head):
        raise ReadError(f"is {what}")
    for format in FORMATS:
        if format.tells(look):
            yield from _in_languages(format.read(given), options)
            return
    yield from _in_languages(_read_text(given), options)


def is_plain(text: str, name: str, columns: Mapping[str, str]) -> bool:
    """Whether a whole text is of no format that has a sign, and so is read as plain text."""
    from ascribe.gather.readers.table import is_table

    head, start = text.encode("utf-8"), text.lstrip(_BLANK)[:1]
    if not start or start in "<{[" or _signature(head) or name.lower().endswith(_JSON_NAMES):
        return False
    look = _Look(head, text, name)
    return not any(format.tells(look) for format in FORMATS) and not is_table(text, columns)


def _in_languages(found: Iterator[Found], options: Options) -> Iterator[Found]:
    """What was found, with the texts in other languages where they are wanted."""
    for item in found:
        yield item.report if options.any_language and isinstance(item, ForeignError) else item


def _read_text(given: Given) -> Iterator[Found]:
    """What no sign tells: JSON over several lines, a table, or plain text."""
    from ascribe.gather.readers import jsonl, table, text

    if table.is_table(_as_text(given.head), given.options.columns):
        yield from table.read(given)
        return
    data = given.all()
    said = decode(data, given.name)
    if not said.strip(_BLANK):
        raise ReadError("holds nothing but blanks; give it a text" if data else "is empty; give it a text")
    if is_binary(said):
        raise ReadError("is no text, it is full of control characters; save it as UTF-8 text")
    whole = Given(given.name, io.BytesIO(data), given.head, given.options, given.again, given.depth)
    if _OBJECT.match(said) or _ARRAY.match(said) or given.name.lower().endswith(_JSON_NAMES):
        yield from jsonl.read_document(whole)
    elif _MARKUP.match(said.lstrip(_BLANK)):
        root = _Look(given.head, _as_text(given.head), given.name).root
        raise ReadError(f"is markup of a kind that is not read ({(root or 'XML')[:40]}); save it as HTML or plain text")
    else:
        yield text.read_text(said)


# ---- looking at the beginning without losing it ----


def _read_head(stream: BinaryIO) -> bytes:
    """The first line if it is an object, so that a pipe is answered line by line; else as much as is needed to tell."""
    head = b""
    while not head.strip() and len(head) < _HEAD:
        line = stream.readline(_HEAD)
        if not line:
            return head
        head += line
    return head if _is_line_of_json(_as_text(head).strip()) else head + stream.read(max(0, _HEAD - len(head)))


class Rewound(io.BufferedReader):
    """A stream whose beginning was read already and is given once more. `origin` is the stream itself."""

    def __init__(self, head: bytes, stream: BinaryIO) -> None:
        super().__init__(_Again(head, stream))
        self.origin = stream


class _Again(io.RawIOBase):
    def __init__(self, head: bytes, stream: BinaryIO) -> None:
        self._head = head
        self._stream = stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        size = len(buffer)
        read = getattr(self._stream, "read1", self._stream.read)
        part, self._head = (self._head[:size], self._head[size:]) if self._head else (read(size) or b"", b"")
        buffer[: len(part)] = part
        return len(part)


def _as_text(head: bytes) -> str:
    """`head` as text, well enough to tell a format by. Markup in UTF-16 is known by its first sign, marked or not."""
    length, encoding = mark(head) or (0, {b"<\0": "utf-16-le", b"\0<": "utf-16-be"}.get(head[:2], "utf-8"))
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


def _is_anpa(head: bytes) -> bool:
    """A header with its selector, then the start of the text; or, where the controls were lost, the rails of a wire."""
    start = head[:200]
    if start.lstrip(b"\r\n\0").startswith((b"\x16\x16\x01", b"\x16\x01")):
        return True
    return (
        b"\x01" in start[:12]
        and b"\x02" in head
        and (b"\x1f" in start or any(sign in start for sign in b"\x11\x12\x13\x14"))
    )


def _is_7901(head: bytes) -> bool:
    return b"\x01" in head[:12] and b"\x02" in head


def _is_page(look: _Look) -> bool:
    start = look.text.lstrip(_BLANK)
    tags = (
        "html",
        "head",
        "body",
        "article",
        "main",
        "div",
        "p",
        "h1",
        "meta",
        "title",
        "section",
        "base",
        "link",
        "script",
    )
    return look.root in tags or (bool(_DOCTYPE_OF_PAGE.match(start)) or (_DOCTYPE_OF_PAGE.search(start[:1000]) is not None
                                 and start.startswith("<")))  # fmt: skip


def _is_mail(look: _Look) -> bool:
    """Lines of a header up to a blank one, with one that only a mail has; a text may have "Subject:" at its top."""
    names: set[str] = set()
    lines = look.text.lstrip("\n").split("\n")
    if lines[0].startswith("From ") and len(lines) > 1:
        lines = lines[1:]
    for line in lines:
        line = line.rstrip("\r")
        if not line:
            break
        if line[0] in " \t" and names:
            continue
        header = _HEADER.match(line)
        if not header:
            return False
        names.add(header[1].lower())
    return len(names) > 1 and bool(names & _OF_MAIL) and bool(names & {"from", "subject", "date", "to"})


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
