"""From bytes to text. Strict UTF-8 is believed before any declaration: files that declare latin-1 and are UTF-8 abound."""

from __future__ import annotations

import codecs
import logging
import re
from typing import Final

from ascribe.errors import ReadError

LOG: Final = logging.getLogger("ascribe.gather")

# Longer marks first: the mark of UTF-32 begins with that of UTF-16.
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_UNSOUND: Final = re.compile("[\0\ud800-\udfff]")
_NEWLINES: Final = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_CONTROLS: Final = re.compile("[\0-\x08\x0e-\x1a\x1c-\x1f\x7f]")

# More stray bytes than this among the characters and the text is in another encoding, not in cp1252.
_STRAYS: Final = 0.15
_CONTROL_SHARE: Final = 0.01
_CONTROL_FEW: Final = 8


def mark(data: bytes) -> tuple[int, str] | None:
    """Length and encoding of a byte order mark, if there is one."""
    return next(((len(sign), encoding) for sign, encoding in _MARKS if data.startswith(sign)), None)


def decode(data: bytes, name: str, declared: str | None = None) -> str:
    """The text of `data`: by its mark, as strict UTF-8, as declared, or as UTF-8 with stray cp1252 bytes (logged)."""
    if found := mark(data):
        return _decode_marked(data, *found)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _decode_declared(data, declared) or _guess(data, name)


def decode_wire(data: bytes, name: str) -> str:
    """The text of a wire, whose controls make it known: in an encoding that cannot be told it is read as latin-1."""
    try:
        return decode(data, name)
    except ReadError:
        return data.decode("latin-1")


def sound(text: str) -> str:
    """`text` with one kind of line break; NUL and lone surrogates, which no store keeps, become U+FFFD."""
    return _UNSOUND.sub("\ufffd", _NEWLINES.sub("\n", text))


def is_binary(text: str) -> bool:
    """Whether so many control characters stand in `text` that it is none."""
    count = len(_CONTROLS.findall(text))
    return count > max(_CONTROL_SHARE * len(text), min(_CONTROL_FEW, len(text) / 10))


def _decode_marked(data: bytes, length: int, encoding: str) -> str:
    try:
        return data[length:].decode(encoding)
    except UnicodeDecodeError as error:
        reason = f"the byte order mark says {encoding[:6].upper()} but the bytes are not; save the file as UTF-8"
        raise ReadError(reason, f"byte {length + error.start}") from None


def _decode_declared(data: bytes, declared: str | None) -> str | None:
    try:
        text = data.decode(declared) if declared else None
    except (UnicodeError, LookupError, ValueError):
        return None
    return text if isinstance(text, str) else None


def _guess(data: bytes, name: str) -> str:
    strays = _Strays()
    codecs.register_error("ascribe.strays", strays)
    text = data.decode("utf-8", "ascribe.strays")
    if strays.unknown is not None:
        raise ReadError("is neither UTF-8 nor cp1252; save it as UTF-8", f"byte {strays.unknown}")
    if strays.count > _STRAYS * len(text):
        raise ReadError("is in an encoding that cannot be told; save it as UTF-8")
    LOG.warning(
        "%s: not all of it is UTF-8; %d bytes were read as cp1252", name.encode("unicode_escape").decode(), strays.count
    )
    return text


class _Strays:
    """Reads a byte that is no UTF-8 as cp1252 and counts; `unknown` is the first that cp1252 does not know."""

    def __init__(self) -> None:
        self.count = 0
        self.unknown: int | None = None

    def __call__(self, error: UnicodeError) -> tuple[str, int]:
        assert isinstance(error, UnicodeDecodeError)
        if error.reason == "unexpected end of data":  # the file was cut within a character
            return "\ufffd", error.end
        self.count += 1
        byte = error.object[error.start : error.start + 1]
        try:
            return byte.decode("cp1252"), error.start + 1
        except UnicodeDecodeError:
            self.unknown = error.start if self.unknown is None else self.unknown
            return "\ufffd", error.start + 1
