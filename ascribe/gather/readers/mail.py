"""E-mail: a message, or a mailbox of several. The text is read; attachments are read where they are texts or pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parseaddr, parsedate_to_datetime
from typing import Final

from ascribe.errors import ReadError
from ascribe.gather.decoding import decode, sound
from ascribe.gather.language import only_english
from ascribe.gather.markup import html_in_paragraphs
from ascribe.gather.press import publisher_of
from ascribe.gather.reader import Found, Given
from ascribe.gather.strip import strip
from ascribe.schema import Report, digest

_NEXT: Final = re.compile(rb"^From \S+.*\d{4}.*$", re.MULTILINE)
_MOST_PARTS: Final = 1000


def read(given: Given) -> Iterator[Found]:
    """The report of a message, or of each of a mailbox."""
    data = given.all(given.limits.page)
    if not data.lstrip().startswith(b"From "):
        yield read_message(data, given.name)
        return
    starts = [
        match.start()
        for match in _NEXT.finditer(data)
        if match.start() == 0 or data[match.start() - 2 : match.start()] in (b"\n\n", b"\r\n")
    ]
    if not starts:
        raise ReadError("is a mailbox without messages; save a message by itself")
    for number, (start, stop) in enumerate(zip(starts, [*starts[1:], len(data)], strict=True), 1):
        message = data[start:stop].split(b"\n", 1)[-1]
        found = read_message(message, given.name)
        yield ReadError(found.reason, f"message {number}") if isinstance(found, ReadError) else found


def read_message(data: bytes, name: str) -> Report | ReadError:
    """The report of one message."""
    if len(data) > (limit := 64 * 2**20):
        return ReadError(f"is larger than {limit >> 20} MB; save its text")
    message = message_from_bytes(data, policy=policy.default)
    text = _text(message, name)
    if not text or not text.strip():
        return ReadError("the mail holds no text; save what is attached to it")
    title = " ".join(sound(_header(message, "subject") or "").split()) or None
    found = strip(text, headline=title)
    sender, address = parseaddr(_header(message, "from") or "")
    publisher = found.publisher or publisher_of(sender) or " ".join(sound(sender).split()) or address or None
    published = _date(_header(message, "date")) or found.published
    report = Report(
        id=digest(found.text, found.headline, publisher, published, found.url),
        text=found.text,
        headline=found.headline,
        publisher=publisher,
        published=published,
        url=found.url,
        language="en",
        format="mail",
    )
    return only_english(report)


def _text(message: EmailMessage, name: str) -> str | None:
    """The plain text of a message, else its HTML as text."""
    plain: str | None = None
    page: str | None = None
    for number, part in enumerate(message.walk()):
        if number > _MOST_PARTS:
            break
        kind = part.get_content_type()
        if part.is_multipart() or part.get_content_disposition() == "attachment" or kind not in ("text/plain", "text/html"):
            continue
        content = part.get_payload(decode=True)
        said = decode(content, name, part.get_content_charset()) if isinstance(content, bytes) else ""
        if kind == "text/plain":
            plain = plain or (said if said.strip() else None)
        else:
            page = page or ("\n\n".join(html_in_paragraphs(said)) or None)
    return plain or page


def _header(message: EmailMessage, name: str) -> str | None:
    """A header as text. The parser of the standard library raises many things on what is no header."""
    try:
        value = message[name]
        return str(value) if value is not None else None
    except Exception:
        return dict(message.raw_items()).get(name)


def _date(said: str | None) -> str | None:
    try:
        return parsedate_to_datetime(said).isoformat() if said else None
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
