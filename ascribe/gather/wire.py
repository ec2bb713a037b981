"""What an agency sends: one item with its headline, body and the facts about it, and the report that it makes.

A later version keeps the agency's id and counts its version up; both are in the id of the report ("…;version=2"), so that
both are kept and which one supersedes which can be told. A kill notice makes no report: it is refused by name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from ascribe.errors import ReadError
from ascribe.gather.dates import iso
from ascribe.gather.fields import under
from ascribe.gather.language import only_english
from ascribe.gather.markup import joined
from ascribe.schema import Report, digest

_BLANKS: Final = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Wire:
    """An item of an agency, in the agency's words. What it does not say is None."""

    format: str  # "newsml-g2", "newsml", "nitf", "ninjs", "anpa", "iptc7901"
    body: tuple[str, ...] = ()  # paragraphs
    title: str | None = None
    guid: str | None = None
    version: str | None = None
    published: str | None = None  # as written
    publisher: str | None = None
    byline: str | None = None
    dateline: str | None = None
    slug: str | None = None
    language: str | None = None
    url: str | None = None
    signal: str | None = None  # "correction", "update", "kill", "withheld"
    note: str | None = None  # to editors
    kind: str = "text"  # "picture", "video" …

    @property
    def id(self) -> str | None:
        """The agency's id with the version."""
        if not self.guid:
            return None
        version = self.version or iso(self.published or "")
        return _BLANKS.sub("_", f"{self.guid};version={version}" if version else self.guid)


def as_report(wire: Wire, place: str | None = None) -> Report | ReadError:
    """The report of an item, or why it makes none."""
    called = " ".join(filter(None, (wire.guid, f"“{wire.title or wire.slug}”" if wire.title or wire.slug else None)))
    if wire.signal == "kill":
        return ReadError(f"is a kill notice: {called or 'an item'} was withdrawn; take that report out", place)
    if wire.signal == "withheld":
        return ReadError(f"is withheld by its agency until it is released: {called}; have it sent again then", place)
    if wire.kind != "text" and not wire.body:
        return ReadError(f"is a {wire.kind} without text ({called or 'no id'}); name an item of text", place)
    title = " ".join((wire.title or "").split()) or None
    body = list(wire.body[1:] if title and wire.body and " ".join(wire.body[0].split()) == title else wire.body)
    if not body and not title:
        return ReadError(f"holds no text ({called or 'no id'}); name an item of text", place)
    text = under(title, joined(body)) if body else title or ""
    published = iso(wire.published or "")
    report = Report(
        id=wire.id or digest(text, title, wire.publisher, published, wire.url),
        text=text,
        headline=title,
        publisher=wire.publisher,
        published=published,
        url=wire.url,
        language=(wire.language or "en").replace("_", "-"),
        format=wire.format,
    )
    return only_english(report, place)
