"""IPTC NewsML-G2: a newsItem by itself, or a newsMessage that carries several. Packages only list what stands elsewhere."""

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

_XML: Final = "{http://www.w3.org/XML/1998/namespace}lang"
_LIST: Final = {
    "packageitem": "a package, a list of other items",
    "conceptitem": "a concept",
    "knowledgeitem": "a list of concepts",
    "planningitem": "a plan of coverage",
    "catalogitem": "a catalogue",
}
_DOUBTFUL: Final = frozenset({"figure", "figcaption", "header", "footer", "h1"})


def read(given: Given) -> Iterator[Found]:
    """The reports of an item or a message."""
    root = parse_xml(given.markup(), given.name)
    items = [root] if local(root) != "newsmessage" else [item for item_set in children(root, "itemset") for item in item_set]
    texts = [item for item in items if local(item) == "newsitem"]
    if not texts:
        kind = _LIST.get(local(items[0]) if items else "", "a message without items")
        raise ReadError(f"is {kind} of NewsML-G2; name an item of text")
    wires = [wire_of(item) for item in texts]
    readable = any(wire.kind == "text" or wire.body for wire in wires)
    for number, wire in enumerate(wires, 1):
        if readable and wire.kind != "text" and not wire.body:
            continue  # the pictures beside a text
        yield as_report(wire, f"item {number}" if len(wires) > 1 else None)


def wire_of(item: etree._Element) -> Wire:
    """What a newsItem says."""
    about, content = _or_empty(child(item, "itemmeta")), _or_empty(child(item, "contentmeta"))
    inner, body = _body(item)
    headlines = children(content, "headline")
    dateline = words(child(content, "dateline"))
    return Wire(
        format="newsml-g2",
        body=tuple(body),
        title=first(
            _best(headlines), inner.title if inner else None, words(child(about, "title")), words(child(content, "slugline"))
        ),
        guid=item.get("guid"),
        version=item.get("version"),
        published=first(
            *(words(child(about, name)) for name in ("versioncreated", "firstcreated")),
            words(child(content, "contentmodified")),
            words(child(content, "contentcreated")),
            inner.published if inner else None,
        ),
        publisher=first(
            _named(child(about, "provider")),
            _named(child(content, "infosource")),
            words(child(content, "creditline")),
            inner.publisher if inner else None,
        ),
        byline=first(
            words(child(content, "by")),
            *(_named(node) for node in children(content, "creator")),
            inner.byline if inner else None,
        ),
        dateline=first(dateline, inner.dateline if inner else None),
        slug=words(child(content, "slugline")),
        language=first(
            *(node.get("tag") for node in children(content, "language")), inner.language if inner else None, item.get(_XML)
        ),
        signal=_signal(about),
        note=words(child(about, "ednote")),
        kind=_kind(about, item),
    )


def _body(item: etree._Element) -> tuple[Wire | None, list[str]]:
    """The best of the renditions in which the content is given: NITF, XHTML or other markup, plain text, a summary."""
    renditions = [node for content in children(item, "contentset") for node in content]
    for inline in (node for node in renditions if local(node) == "inlinexml"):
        root = inline if len(inline) > 1 else next(iter(inline), None)
        if root is None:
            continue
        if local(root) == "nitf" or next(within(inline, "body.content"), None) is not None:
            wire = nitf.wire_of(root)
            if wire.body:
                return wire, list(wire.body)
        elif body := in_paragraphs(_article(root), _DOUBTFUL):
            return None, body
    for inline in (node for node in renditions if local(node) == "inlinedata"):
        if (inline.get("encoding") or "").lower().endswith("base64"):
            continue
        text = "".join(inline.itertext())
        body = html_in_paragraphs(text) if "html" in (inline.get("contenttype") or "") else any_in_paragraphs(text)
        if body:
            return None, body
    return None, _summary(item)


def _article(root: etree._Element) -> etree._Element:
    """Of a page of XHTML its body."""
    return next(within(root, "body"), root) if local(root) == "html" else root


def _summary(item: etree._Element) -> list[str]:
    """A description stands for the text where there is none, unless it is the caption of a picture."""
    about = _or_empty(child(item, "itemmeta"))
    if _kind(about, item) != "text":
        return []
    return [
        part
        for node in within(item, "description")
        if "caption" not in (node.get("role") or "")
        for part in in_paragraphs(node)
    ]


def _best(headlines: list[etree._Element]) -> str | None:
    """The main headline where there are several: without a role, or with one that says so."""
    plain = [node for node in headlines if not node.get("role") or "main" in node.get("role", "").lower()]
    return first(*(words(node) for node in (*plain, *headlines)))


def _named(node: etree._Element | None) -> str | None:
    """Whom a node with a name, a literal or a code means: "nprov:AFP" -> "AFP"."""
    if node is None:
        return None
    code = first(node.get("literal"), node.get("qcode"), node.get("uri"))
    return first(*(words(name) for name in children(node, "name")), words(node), code.rpartition(":")[2] if code else None)


def _signal(about: etree._Element) -> str | None:
    status = _code(child(about, "pubstatus"))
    signals = {_code(node) for node in children(about, "signal")}
    if status in ("canceled", "cancelled", "killed") or signals & {"kill", "canceled", "cancelled", "withdrawal"}:
        return "kill"
    if status == "withheld":
        return "withheld"
    return "correction" if any("corr" in signal for signal in signals) else "update" if "update" in signals else None


def _kind(about: etree._Element, item: etree._Element) -> str:
    """ "ninat:picture" -> "picture"."""
    code = _code(child(about, "itemclass"))
    return (
        code
        if code in ("picture", "photo", "graphic", "video", "audio", "animation")
        and not next(within(item, "inlinexml"), None)
        else "text"
    )


def _code(node: etree._Element | None) -> str:
    if node is None:
        return ""
    return (node.get("qcode") or node.get("uri") or node.get("literal") or "").replace("/", ":").rpartition(":")[2].lower()


def _or_empty(node: etree._Element | None) -> etree._Element:
    return etree.Element("nothing") if node is None else node
