"""Feeds: RSS 0.9 to 2.0, RDF and Atom. Each entry is a report; what cannot be read of one is named, the others are read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from lxml import etree

from ascribe.errors import ReadError
from ascribe.gather.markup import any_in_paragraphs, child, children, first, in_paragraphs, local, one_line, parse_xml, words
from ascribe.gather.reader import Found, Given
from ascribe.gather.wire import Wire, as_report

_LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"
# In the order in which they are believed to hold the whole text.
_TEXTS: Final = ("encoded", "content", "fulltext", "body", "description", "summary", "subtitle")
_DATES: Final = ("pubdate", "published", "issued", "date", "created", "updated", "modified")


def read(given: Given) -> Iterator[Found]:
    """The reports of a feed."""
    data = given.markup()
    try:
        root = parse_xml(data, given.name)
        fault = None
    except ReadError as error:
        root, fault = parse_xml(data, given.name, recover=True), error
    entries = list(_entries(root))
    about = next((node for node in (root, *root) if local(node) in ("channel", "feed")), root)
    for number, entry in enumerate(entries, 1):
        yield as_report_of(entry, about, f"entry {number}")
    if fault is not None:
        place = fault.place or "somewhere"
        yield ReadError(f"{fault.reason}; {len(entries)} entries were read in spite of it", place)
    elif not entries:
        yield ReadError("the feed is empty; name one that has entries")


def as_report_of(entry: etree._Element, about: etree._Element, place: str) -> Found:
    """The report of an entry of the feed `about`."""
    body, title = _body(entry), one_line(words(child(entry, "title")))
    if not body and not title:
        return ReadError("holds neither text nor title; have the feed corrected", place)
    wire = Wire(
        format="feed",
        body=tuple(body),
        title=title,
        published=first(*(words(child(entry, name)) for name in _DATES)),
        publisher=first(
            one_line(words(child(entry, "source", "title")) or words(child(entry, "source"))),
            one_line(words(child(about, "title"))),
        ),
        byline=first(words(child(entry, "author", "name")), words(child(entry, "creator")), words(child(entry, "author"))),
        language=first(entry.get(_LANG), words(child(entry, "language")), words(child(about, "language")), about.get(_LANG)),
        url=_url(entry),
    )
    return as_report(wire, place)


def _entries(root: etree._Element) -> Iterator[etree._Element]:
    """Items and entries, wherever a kind of feed puts them."""
    for node in root.iterdescendants():
        if local(node) in ("item", "entry") and not any(local(above) in ("item", "entry") for above in node.iterancestors()):
            yield node


def _body(entry: etree._Element) -> list[str]:
    """The fullest text of an entry."""
    best: list[str] = []
    for name in _TEXTS:
        for node in children(entry, name):
            if name == "content" and node.get("url"):  # Media RSS: a picture
                continue
            found = in_paragraphs(node) if len(node) else any_in_paragraphs(node.text or "")
            if sum(map(len, found)) > sum(map(len, best)):
                best = found
        if best and name in ("encoded", "content"):
            break
    return best


def _url(entry: etree._Element) -> str | None:
    links = children(entry, "link")
    atom = [node.get("href") for node in links if node.get("href") and node.get("rel", "alternate") == "alternate"]
    guid = child(entry, "guid")
    lasting = words(guid) if guid is not None and guid.get("isPermaLink", "true").lower() == "true" else None
    return first(
        *(words(node) for node in links),
        *atom,
        lasting if lasting and lasting.startswith("http") else None,
        words(child(entry, "origlink")),
    )
