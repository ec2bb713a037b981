"""NewsML 1.0 to 1.2, as AFP and others still send it: items of nested components, with text, NITF or HTML in them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from lxml import etree

from ascribe.errors import ReadError
from ascribe.gather.markup import (
    any_in_paragraphs,
    child,
    children,
    first,
    html_in_paragraphs,
    in_paragraphs,
    local,
    parse_xml,
    within,
    words,
)
from ascribe.gather.reader import Found, Given
from ascribe.gather.readers import nitf
from ascribe.gather.wire import Wire, as_report

_NO_TEXT: Final = ("photo", "picture", "graphic", "video", "audio", "animation", "image", "thumbnail", "quicklook")
_SIDE: Final = ("caption", "photo", "picture", "media", "sidebar", "related", "video", "image")


def read(given: Given) -> Iterator[Found]:
    """The reports of the items of a document."""
    root = parse_xml(given.markup(), given.name)
    items = children(root, "newsitem") or list(within(root, "newsitem"))
    if not items:
        raise ReadError("is a document of NewsML without items; name one that has them")
    wires = [wire for item in items for wire in wires_of(item, root)]
    readable = any(wire.kind == "text" or wire.body for wire in wires)
    for number, wire in enumerate(wires, 1):
        if readable and wire.kind != "text" and not wire.body:
            continue  # the pictures beside a text
        yield as_report(wire, f"item {number}" if len(wires) > 1 else None)


def wires_of(item: etree._Element, root: etree._Element) -> list[Wire]:
    """What a NewsItem says: one text, in its main component or in the parts of it."""
    identity = child(item, "identification", "newsidentifier")
    management = child(item, "newsmanagement")
    components = [node for node in within(item, "newscomponent") if not _is_side(node)]
    lines = [node for component in components for node in children(component, "newslines")] or list(
        within(item, "newslines")
    )
    inner, body = _body(components or [item])
    about = identity if identity is not None else item
    managed = management if management is not None else item
    return [
        Wire(
            format="newsml",
            body=tuple(body),
            title=first(
                *(words(node) for line in lines for node in children(line, "headline")),
                inner.title if inner else None,
                *(words(node) for node in within(item, "headline")),
                words(child(item, "identification", "namelabel")),
            ),
            guid=first(words(child(about, "publicidentifier")), words(child(about, "newsitemid"))),
            version=words(child(about, "revisionid")),
            published=first(
                words(child(managed, "thisrevisioncreated")),
                words(child(managed, "firstcreated")),
                *(words(node) for node in within(root, "datelinedate", "dateandtime")),
                words(child(about, "dateid")),
            ),
            publisher=_publisher(item, about),
            byline=first(
                *(words(node) for line in lines for node in children(line, "byline")), inner.byline if inner else None
            ),
            dateline=first(
                *(words(node) for line in lines for node in children(line, "dateline")), inner.dateline if inner else None
            ),
            slug=first(
                *(words(node) for line in lines for node in children(line, "slugline")),
                words(child(item, "identification", "namelabel")),
            ),
            language=_language(components, item),
            signal=_signal(managed),
            note=None,
            kind=_kind(item, body),
        )
    ]


def _body(components: list[etree._Element]) -> tuple[Wire | None, list[str]]:
    """The paragraphs of all content that is text. A component that was read with its parts is not read again."""
    inner: Wire | None = None
    body: list[str] = []
    for component in components:
        for content in children(component, "contentitem"):
            wire, found = _content(content)
            inner = inner or wire
            body += [part for part in found if part not in body[-1:]]
    return inner, body


def _content(content: etree._Element) -> tuple[Wire | None, list[str]]:
    medium = (_formal(child(content, "mediatype")) or "text").lower()
    data = child(content, "datacontent")
    if data is None or any(kind in medium for kind in _NO_TEXT):
        return None, []
    markup = first(_formal(child(content, "mimetype")), _formal(child(content, "format"))) or ""
    root = next((node for node in data if local(node) == "nitf"), None)
    if root is not None or next(within(data, "body.content"), None) is not None:
        wire = nitf.wire_of(root if root is not None else data)
        return wire, list(wire.body)
    if len(data):
        page = next(within(data, "body"), data)
        return None, in_paragraphs(page)
    text = "".join(data.itertext())
    return None, html_in_paragraphs(text) if "html" in markup.lower() else any_in_paragraphs(text)


def _is_side(component: etree._Element) -> bool:
    """A component, or one that holds it, that belongs to a picture."""
    for node in (component, *component.iterancestors()):
        role = (_formal(child(node, "role")) or "").lower() if local(node) == "newscomponent" else ""
        if any(kind in role for kind in _SIDE):
            return True
    return False


def _publisher(item: etree._Element, about: etree._Element) -> str | None:
    parties = [
        _formal(party) for tag in ("source", "provider") for node in within(item, tag) for party in children(node, "party")
    ]
    provider = words(child(about, "providerid")) or ""
    site = provider.removeprefix("www.").split(".")[0].split(":")[-1]
    return first(
        *parties,
        *(words(node) for node in within(item, "creditline")),
        site.upper() if 0 < len(site) <= 5 else site.title() or None,
    )


def _language(components: list[etree._Element], item: etree._Element) -> str | None:
    for node in (*(found for component in components for found in within(component, "language")), *within(item, "language")):
        if code := _formal(node):
            return code
    return first(*(node.get("{http://www.w3.org/XML/1998/namespace}lang") for node in (*components, item)))


def _signal(managed: etree._Element) -> str | None:
    status = (_formal(child(managed, "status")) or "").lower()
    kind = (_formal(child(managed, "newsitemtype")) or "").lower()
    instructions = {(_formal(node) or "").lower() for node in within(managed, "instruction")}
    if status in ("canceled", "cancelled", "killed", "withdrawn") or "kill" in kind or "delete" in kind:
        return "kill"
    if status in ("withheld", "embargoed"):
        return "withheld"
    return (
        "correction"
        if any("correct" in said for said in instructions | {kind})
        else "update"
        if "update" in instructions
        else None
    )


def _kind(item: etree._Element, body: list[str]) -> str:
    media = [(_formal(node) or "").lower() for node in within(item, "mediatype")]
    return "picture" if not body and media and all(any(kind in medium for kind in _NO_TEXT) for medium in media) else "text"


def _formal(node: etree._Element | None) -> str | None:
    return (node.get("FormalName") or node.get("formalname") or words(node)) if node is not None else None
