"""Markup of others, made harmless: XML without DTD and entities, and any tree as its paragraphs."""

from __future__ import annotations

import html as names_of
import re
from collections.abc import Iterable, Iterator
from functools import cache
from html.entities import html5
from typing import Final

from lxml import etree, html

from ascribe.data import rows
from ascribe.errors import ReadError
from ascribe.gather.decoding import decode, sound
from ascribe.gather.paragraphs import is_ended, paragraphs

DEEPEST: Final = 256  # levels of XML; deeper ones are made to break parsers

_DECLARED: Final = re.compile(rb"""^\s*<\?xml[^>]{0,300}?encoding\s*=\s*["']\s*([\w.:-]{2,40})""")
_DECLARATION: Final = re.compile(r"^\s*<\?xml[^>]*\?>")
_DOCTYPE: Final = re.compile(r"(?:\s|<!--.*?-->|<\?.*?\?>)*<!DOCTYPE\b[^>\[]*(\[)?", re.IGNORECASE | re.DOTALL)
_CDATA_OR_AND: Final = re.compile(
    r"<!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z)|&(?:#(\d{1,9})|#[xX]([0-9a-fA-F]{1,8})|([A-Za-z][A-Za-z0-9]{1,31}));|&",
    re.DOTALL,
)
_NOT_XML: Final = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_OF_XML: Final = frozenset({"amp", "lt", "gt", "quot", "apos"})

_MAYBE_MARKUP: Final = re.compile(r"<(?:/?[A-Za-z][^<>]{0,500}|!--.{0,500}?--)>", re.DOTALL)
_LINES: Final = re.compile(r"\n+")


def parse_xml(data: bytes, name: str, *, recover: bool = False) -> etree._Element:
    """The root of XML, strict UTF-8 believed before what it declares. Raises ReadError, one line, for what is broken.

    No DTD is read and no entity but characters is expanded: one that the file defines itself stays as written."""
    declared = _DECLARED.search(data[:1000])
    text = decode(data, name, declared[1].decode("ascii") if declared else None)
    text = _without_doctype(_DECLARATION.sub("", text.lstrip("\ufeff\0 \t\r\n")))
    text = _NOT_XML.sub("\ufffd", _CDATA_OR_AND.sub(_character, text))
    parser = etree.XMLParser(
        encoding="utf-8", resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False,
        remove_comments=True, remove_pis=True, huge_tree=False, recover=recover, strip_cdata=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(text.encode("utf-8"), parser)
    except etree.XMLSyntaxError as error:
        if not recover and all(entry.domain_name == "NAMESPACE" for entry in parser.error_log):  # nothing is lost by these
            return parse_xml(data, name, recover=True)
        raise ReadError(f"is broken XML ({_said(error.msg)}); have it sent again", f"line {error.lineno}") from None
    if root is None:
        raise ReadError("is broken XML (it has no root); have it sent again")
    cut = next((entry for entry in parser.error_log if entry.type_name in ("ERR_INTERNAL_ERROR", "ERR_NO_MEMORY")), None)
    if recover and (cut or _is_too_deep(parser)):
        raise ReadError(f"is nested more than {DEEPEST} levels deep or holds a text too long; have it sent in parts")
    return root


def local(node: etree._Element) -> str:
    """The name of a tag without its namespace, in small letters."""
    tag = node.tag
    return tag.rpartition("}")[2].rpartition(":")[2].lower() if isinstance(tag, str) else ""


def children(node: etree._Element, *path: str) -> list[etree._Element]:
    """The nodes that a path of names leads to from `node`, whatever their namespace."""
    nodes = [node]
    for step in path:
        nodes = [child for parent in nodes for child in parent if local(child) == step]
    return nodes


def child(node: etree._Element, *path: str) -> etree._Element | None:
    """The first of `children`."""
    return next(iter(children(node, *path)), None)


def within(node: etree._Element, *tags: str) -> Iterator[etree._Element]:
    """All nodes of these names below `node`, in the order of the document."""
    return (found for found in node.iterdescendants() if local(found) in tags)


def words(node: etree._Element | None) -> str | None:
    """The text of a node and all below it in one line; None where it is blank."""
    if node is None:
        return None
    return " ".join(sound("".join(node.itertext())).split()) or None


def first(*candidates: str | None) -> str | None:
    """The first that is there."""
    return next((candidate for candidate in candidates if candidate), None)


def in_paragraphs(
    root: etree._Element, leave_out: frozenset[str] = frozenset(), *, keep: frozenset[str] = frozenset()
) -> list[str]:
    """The text below a node, a paragraph each item. `leave_out`: tags whose text is none of it; `keep`: blocks that are."""
    blocks, without = _tags("block") | keep, (_tags("none") | leave_out) - keep
    done: list[str] = []
    said: list[str] = []
    walk = etree.iterwalk(root, events=("start", "end"))
    preformatted = 0
    for event, node in walk:
        name = local(node)
        if event == "start":
            if name in blocks:
                _end(said, done, preformatted > 0)
            preformatted += name == "pre"
            if name in without and node is not root:
                walk.skip_subtree()
            elif name in ("br", "hr", "lb"):
                said.append("\n")
            elif node.text and name:
                said.append(node.text if preformatted else node.text.replace("\n", " "))
        else:
            if name in blocks:
                _end(said, done, preformatted > 0)
            preformatted -= name == "pre"
            if node is not root and node.tail:
                said.append(node.tail if preformatted else node.tail.replace("\n", " "))
    _end(said, done, False)
    return done


def text_in_paragraphs(text: str) -> list[str]:
    """The paragraphs of plain text: blank lines and indents part them, lines wrapped at a column are joined."""
    return paragraphs(sound(text), lambda line, second: False, lambda line: False)


def any_in_paragraphs(text: str) -> list[str]:
    """The paragraphs of a text that may be HTML or not, as feeds and agencies write it without saying."""
    return html_in_paragraphs(text) if _MAYBE_MARKUP.search(text) else text_in_paragraphs(names_of.unescape(text))


def html_in_paragraphs(text: str) -> list[str]:
    """The paragraphs of a piece of HTML."""
    try:
        root = html.fragment_fromstring(
            _NOT_XML.sub("\ufffd", _DECLARATION.sub("", text)), create_parent="div",
            parser=html.HTMLParser(huge_tree=True, remove_comments=True, remove_pis=True, encoding="utf-8"),
        )  # fmt: skip
    except (etree.LxmlError, ValueError, AssertionError):
        return text_in_paragraphs(re.sub(r"<[^<>]*>", " ", text))
    return in_paragraphs(root)


def one_line(text: str | None) -> str | None:
    """A title that may hold tags or entities, as one line of text."""
    return " ".join(" ".join(any_in_paragraphs(text)).split()) or None if text else None


def parts_text(tag: object) -> bool:
    """Whether text before and after a tag belongs to two paragraphs, as around a block or a picture's frame."""
    return tag in _tags("block") or tag in _tags("none")


@cache
def _tags(kind: str) -> frozenset[str]:
    """Tags at which a paragraph ends ("block"), and tags in which nothing is text ("none"): pictures, menus, scripts."""
    return frozenset(row["tag"] for row in rows("gather_tags") if row["kind"] == kind)


def _end(said: list[str], done: list[str], preformatted: bool) -> None:
    """Close the paragraph that is being said. Two line breaks part paragraphs, one does so after a sentence."""
    text = sound("".join(said))
    said.clear()
    if preformatted:
        done += text_in_paragraphs(text)
        return
    lines = [" ".join(line.split()) for line in _LINES.split(re.sub(r"\n[ \t]*\n", "\n\n", text))]
    joined: list[str] = []
    for line in filter(None, lines):
        if joined and not is_ended(joined[-1]) and line[0].islower():
            joined[-1] += f" {line}"
        else:
            joined.append(line)
    done += joined


def _without_doctype(text: str) -> str:
    """The DTD goes, and with it every entity that it defines."""
    start = _DOCTYPE.match(text)
    if not start:
        return text
    stop = text.find(">", text.find("]", start.end())) if start[1] else text.find(">", start.end() - 1)
    return text[stop + 1 :] if stop >= 0 else ""


def _character(match: re.Match[str]) -> str:
    """A reference as its character, where it is one of HTML; one that nobody knows and a bare & stay as written."""
    whole, decimal, hexadecimal, name = match[0], match[1], match[2], match[3]
    if whole.startswith("<"):
        return whole
    if name:
        if name in _OF_XML:  # as a number: libxml2 loses the names once it has met a fault
            return f"&#{ord(html5[f'{name};'])};"
        known = html5.get(f"{name};")
        return f"&#38;{whole[1:]}" if known is None else known
    if decimal or hexadecimal:
        number = int(decimal) if decimal else int(hexadecimal, 16)
        return (
            whole if number in (9, 10, 13) or 32 <= number < 127 else names_of.escape(names_of.unescape(whole)) or "\ufffd"
        )
    return "&#38;"


def _is_too_deep(parser: etree.XMLParser) -> bool:
    return any("depth" in entry.message.lower() or "huge" in entry.message.lower() for entry in parser.error_log)


def _said(message: str | None) -> str:
    return " ".join((message or "no reason given").split())[:160]


def joined(parts: Iterable[str]) -> str:
    """Paragraphs as the text of a report has them: one a line."""
    return "\n".join(" ".join(part.split()) for part in parts if part.strip())
