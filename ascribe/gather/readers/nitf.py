"""NITF, the News Industry Text Format: by itself, and as the body within NewsML."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from lxml import etree

from ascribe.errors import ReadError
from ascribe.gather.markup import child, children, first, in_paragraphs, local, parse_xml, within, words
from ascribe.gather.reader import Found, Given
from ascribe.gather.wire import Wire, as_report
from ascribe.schema import Report

_LEFT_OUT: Final = frozenset(
    {"body.end", "body.head", "tagline", "media", "byline", "dateline", "hedline", "distributor", "abstract"}
)
_KILLED: Final = re.compile(r"kill|cancel|delete|withdraw", re.IGNORECASE)
_LEAD: Final = re.compile(r"correct", re.IGNORECASE)


def read(given: Given) -> Iterator[Found]:
    """The report of a document of NITF."""
    yield read_root(parse_xml(given.markup(), given.name))


def read_root(root: etree._Element) -> Report | ReadError:
    """The report of a parsed document."""
    return as_report(wire_of(root))


def wire_of(root: etree._Element) -> Wire:
    """What a document, or an element that holds a head or a body, says."""
    docdata = child(root, "head", "docdata")
    head = child(root, "body", "body.head")
    if head is None:
        head = next(within(root, "body.head"), None)
    said = docdata if docdata is not None else root
    top = head if head is not None else root
    doc_id = next(within(said, "doc-id"), None)
    return Wire(
        format="nitf",
        body=tuple(body_of(root)),
        title=_title(root, top),
        guid=_attribute(doc_id, "id-string"),
        version=_attribute(next(within(said, "du-key"), None), "version"),
        published=_date(root, said, top),
        publisher=_publisher(root, said, top),
        byline=words(next(within(top, "byline"), None)),
        dateline=words(next(within(top, "dateline"), None)),
        slug=first(_attribute(next(within(said, "fixture"), None), "fix-id"), _keyword(said)),
        language=_language(root),
        signal=_signal(said),
        note=words(next(within(said, "ed-msg"), None)) or _attribute(next(within(said, "ed-msg"), None), "info"),
    )


def body_of(root: etree._Element) -> list[str]:
    """The paragraphs of the body, without head, end and what belongs to pictures."""
    contents = [root] if local(root) == "body.content" else list(within(root, "body.content"))
    if contents:
        return [part for content in contents for part in in_paragraphs(content, _LEFT_OUT)]
    body = child(root, "body")
    return in_paragraphs(body, _LEFT_OUT) if body is not None else []


def _title(root: etree._Element, top: etree._Element) -> str | None:
    hedline = next(within(top, "hedline"), None)
    heads = [words(node) for node in within(hedline if hedline is not None else top, "hl1")]
    return first(*heads, words(hedline), words(child(root, "head", "title")))


def _date(root: etree._Element, said: etree._Element, top: etree._Element) -> str | None:
    """Issued, released, the day of the story or of the publication: the first that is said."""
    dates = [
        *(node.get("norm") or words(node) for tag in ("date.issue", "date.release") for node in within(said, tag)),
        *(node.get("norm") or words(node) for node in within(top, "story.date")),
        *(node.get("date.publication") for node in within(root, "pubdata")),
        *(node.get("change.date") for node in [root] if node.get("change.date")),
    ]
    return first(*dates)


def _publisher(root: etree._Element, said: etree._Element, top: etree._Element) -> str | None:
    holder = next(within(said, "doc.copyright"), None)
    return first(
        *(words(node) for node in within(top, "distributor")),
        *(node.get("name") for node in within(root, "pubdata")),
        _attribute(holder, "holder"),
        *(node.get("regsrc") for node in within(said, "doc-id")),
    )


def _keyword(said: etree._Element) -> str | None:
    return first(*(node.get("key") for node in within(said, "keyword")))


def _language(root: etree._Element) -> str | None:
    for node in (root, *children(root, "body"), *within(root, "body.content")):
        found = node.get("{http://www.w3.org/XML/1998/namespace}lang") or node.get("lang")
        if found:
            return str(found)
    return None


def _signal(said: etree._Element) -> str | None:
    status = " ".join(
        filter(None, (said.get("management-status"), *(node.get("management-status") for node in within(said, "docdata"))))
    )
    if _KILLED.search(status):
        return "kill"
    if status.lower() in ("withheld", "embargoed"):
        return "withheld"
    notes = " ".join(filter(None, (node.get("info") or words(node) for node in within(said, "ed-msg", "correction"))))
    return "correction" if _LEAD.search(notes) or next(within(said, "correction"), None) is not None else None


def _attribute(node: etree._Element | None, name: str) -> str | None:
    return (node.get(name) or None) if node is not None else None
