"""A saved page: what it says of itself (schema.org, Open Graph, meta) and its article."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, Final

import trafilatura
from lxml import etree, html

from ascribe.data import rows
from ascribe.errors import ReadError
from ascribe.gather.dates import iso
from ascribe.gather.decoding import decode, sound
from ascribe.gather.language import only_english
from ascribe.gather.reader import Found, Given
from ascribe.gather.strip import strip
from ascribe.schema import Report, digest

_DEEPEST: Final = 1000  # levels of markup; deeper ones are made to break parsers
_LONG_TAG: Final = 4000  # characters
_MANY: Final = 500  # attributes
_TAG: Final = re.compile(r"<[A-Za-z][\w:-]{0,100}")
_DECLARED: Final = re.compile(
    rb"""<(?:meta|\?xml)[^>]{0,300}?(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE
)
_DECLARATION: Final = re.compile(r"^\s*<\?xml[^>]*\?>")
_SENTENCE: Final = re.compile(r"\S+(?:\s+\S+){4,}[.!?…][\"'”’»)]?(?:\s|$)")


def read(given: Given) -> Iterator[Found]:
    """The report of a page, or what is wrong with it."""
    yield only_english(read_page(given.markup(), given.name))


def read_page(data: bytes, name: str) -> Report:
    """The report of a page. Raises ReadError where there is no article."""
    declared = _DECLARED.search(data[:4096])
    text = sound(decode(data, name, declared[1].decode("ascii", "replace") if declared else None))
    tree = _parse(text)
    facts = _facts(tree)
    body = _body(tree)
    if not _SENTENCE.search(body):
        raise ReadError("the page holds no article; name the page of one report, or save its text")
    return _report(facts, body)


def _parse(text: str) -> html.HtmlElement:
    try:
        tree = html.document_fromstring(
            without_attributes(_DECLARATION.sub("", text)).encode("utf-8", "replace"),
            parser=html.HTMLParser(huge_tree=True, encoding="utf-8", remove_pis=True),
        )
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise ReadError(f"the page cannot be parsed ({type(error).__name__}); save its text") from None
    if _is_deeper(tree, _DEEPEST):
        raise ReadError(f"the markup is nested more than {_DEEPEST} levels deep; save its text")
    return tree


def without_attributes(text: str) -> str:
    """Tags with thousands of attributes lose them: libxml2 needs the square of their number in time."""
    parts, done, stop = [], 0, -1
    start = text.find("<")
    while start >= 0:
        if stop < start:
            stop = text.find(">", start)
            stop = len(text) if stop < 0 else stop
        if stop - start > _LONG_TAG and (tag := _TAG.match(text, start)) and text.count("=", start, stop) > _MANY:
            parts.append(text[done : tag.end()])
            done = start = stop
        start = text.find("<", start + 1)
    return "".join(parts) + text[done:]


def _is_deeper(tree: html.HtmlElement, limit: int) -> bool:
    depth = 0
    for event, _ in etree.iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > limit:
            return True
    return False


def _body(tree: html.HtmlElement) -> str:
    """The article, its paragraphs apart, without the headline above it."""
    headings = {" ".join(heading.text_content().split()) for heading in tree.iter("h1")}
    try:
        # Foreign code on foreign input: whatever goes wrong in it is a refusal of this page.
        found = trafilatura.extract(tree, output_format="txt", include_comments=False, with_metadata=False)
    except Exception as error:
        raise ReadError(f"the page cannot be read ({type(error).__name__}); save its text") from None
    lines = [line for line in sound(found or "").split("\n") if line.strip()]
    return "\n\n".join(lines[1:] if lines and " ".join(lines[0].split()) in headings else lines)


def _report(facts: dict[str, str], body: str) -> Report:
    title = facts.get("title")
    found = strip(body, headline=title)
    published, publisher, url = (
        facts.get("published") or found.published,
        facts.get("publisher") or found.publisher,
        facts.get("url"),
    )
    return Report(
        id=digest(found.text, found.headline, publisher, published, url),
        text=found.text,
        headline=found.headline,
        publisher=publisher,
        published=published,
        url=url,
        language=facts.get("language", "en"),
        format="html",
    )


# ---- what the page says of itself ----


def _facts(tree: html.HtmlElement) -> dict[str, str]:
    """Title, publisher, date, address and language, each from the best place that has it."""
    facts: dict[str, str] = {}
    for source in (_from_schema(tree), _from_meta(tree), _from_markup(tree)):
        for field, value in source:
            value = " ".join(sound(value).split())
            if field == "published":
                value = iso(value) or ""
            known = facts.get(field)
            if value and (known is None or (field == "published" and len(known) < len("2014-02-06") <= len(value))):
                facts[field] = value
    facts["language"] = facts.get("language", "en").replace("_", "-")
    if title := facts.get("title"):
        facts["title"] = _without_site(title, facts.get("publisher"))
    return facts


def _from_schema(tree: html.HtmlElement) -> Iterator[tuple[str, str]]:
    for script in tree.iterfind(".//script[@type]"):
        if script.get("type", "").split(";")[0].strip().lower() == "application/ld+json":
            try:
                value = json.loads(script.text_content(), strict=False)
            except (ValueError, RecursionError):
                continue
            for thing in _articles(value):
                yield from _of_article(thing)


def _articles(value: Any) -> Iterator[dict[str, Any]]:
    """The objects of a script that are articles, in lists and graphs too."""
    waiting = [value]
    while waiting:
        thing = waiting.pop(0)
        if isinstance(thing, list):
            waiting.extend(thing)
        elif isinstance(thing, dict):
            kinds = thing.get("@type")
            if any(str(kind).endswith(("Article", "Posting")) for kind in (kinds if isinstance(kinds, list) else [kinds])):
                yield thing
            waiting.extend(thing[key] for key in ("@graph", "mainEntity", "itemListElement", "item") if key in thing)


def _of_article(thing: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for field, keys in (
        ("title", ("headline", "name")),
        ("publisher", ("publisher", "sourceOrganization", "provider")),
        ("published", ("datePublished", "dateCreated")),
        ("url", ("url", "mainEntityOfPage")),
        ("language", ("inLanguage",)),
    ):
        for key in keys:
            if found := _plain(thing.get(key)):
                yield field, found


def _plain(value: Any) -> str | None:
    """A value of schema.org as text: of an object its name or address, of a list the first."""
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = value.get("name") or value.get("@id")
    return value if isinstance(value, str) else None


def _from_meta(tree: html.HtmlElement) -> Iterator[tuple[str, str]]:
    said: dict[str, str] = {}
    for meta in tree.iter("meta"):
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            if key := meta.get(attribute):
                said.setdefault(key.strip().lower(), meta.get("content") or "")
    for row in rows("gather_meta"):  # sorted by rank within a field
        if found := said.get(row["name"]):
            yield row["field"], found.lstrip("@")


def _from_markup(tree: html.HtmlElement) -> Iterator[tuple[str, str]]:
    for link in tree.iterfind(".//link[@rel]"):
        if link.get("rel", "").lower() == "canonical" and (link.get("href") or "").startswith("http"):
            yield "url", link.get("href")
    headings = [heading.text_content() for heading in tree.iter("h1")]
    if len(headings) == 1:
        yield "title", headings[0]
    for title in (title.text_content() for title in tree.iterfind(".//head/title")):
        yield "title", title
        yield from (("publisher", site) for heading in headings if (site := _site(title, heading)))
    yield from (("title", heading) for heading in headings)
    yield from (("published", time.get("datetime") or time.text_content()) for time in tree.iter("time"))
    yield from (("language", tag.get("lang")) for tag in tree.iter("html") if tag.get("lang"))


def _site(title: str, heading: str) -> str | None:
    """ "Talks fail | The Harbour Times" above the heading "Talks fail" -> "The Harbour Times"."""
    title, heading = " ".join(title.split()), " ".join(heading.split())
    match = (
        re.fullmatch(r"\s(?:[|–—-]|::|»)\s(.{2,40})", title[len(heading) :])
        if heading and title.startswith(heading)
        else None
    )
    return match[1] if match else None


def _without_site(title: str, publisher: str | None) -> str:
    """ "Talks fail | The Harbour Times" -> "Talks fail"."""
    for sign in (" | ", " - ", " – ", " — ", " :: ", " » "):
        front, found, site = title.rpartition(sign)
        if found and front and publisher and site.casefold().strip() == publisher.casefold():
            return front.strip()
    return title
