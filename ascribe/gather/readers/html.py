"""A saved page: what it says of itself (schema.org, Open Graph, meta) and its article."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import trafilatura
from lxml import etree, html

from ascribe.data import rows
from ascribe.errors import ReadError
from ascribe.gather.dates import iso
from ascribe.gather.decoding import decode, sound
from ascribe.gather.language import foreign, only_english
from ascribe.gather.markup import in_paragraphs, parts_text
from ascribe.gather.reader import Found, Given
from ascribe.gather.strip import strip
from ascribe.schema import Report, digest

_DEEPEST: Final = 1000  # levels of markup; deeper ones are made to break parsers
_WORD: Final = re.compile(r"\w+")
_NOT_LETTERS: Final = re.compile(r"[\W_]+")
_CAMEL: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_HOST: Final = re.compile(r"^https?://(?:www\.)?([^/?#]*).*", re.DOTALL)
_PARTS: Final = ("div", "section", "aside", "p", "span", "ul", "ol", "figcaption", "small", "footer", "nav")
_KEPT: Final = frozenset({"head"})  # trafilatura's name for a heading
_AGAIN: Final = "\ue0a0"  # private use: stands in no text that is meant for readers
_MARKS: Final = 8  # as many neighbours differ; more would make a page of nothing but repeats grow by their square
_HOLDING: Final = ("div", "td", "section", "article", "main", "blockquote")
_ALIKE: Final = 0.6
_LITTLE: Final = 250  # characters of an article, below which it was perhaps not found
_SHORT: Final = 140
_MOST_OF_PART: Final = 0.25  # of the text of a page: a caption that is longer is none
_NAKED: Final = 60  # characters of text outside of any paragraph, from which on it is one
_MOST_NODES: Final = 20_000  # of a tree; beyond it trafilatura needs more than linear time: 23 s for a page of 10 MB
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
    yield read_page(given.markup(), given.name)


def read_page(data: bytes, name: str) -> Report | ReadError:
    """The report of a page. Raises ReadError where there is no article."""
    declared = _DECLARED.search(data[: 2**16])
    text = sound(decode(data, name, declared[1].decode("ascii", "replace") if declared else None))
    tree = _parse(text)
    page = _facts(tree)
    body = _body(tree, page)
    if not _SENTENCE.search(body):
        if foreign(body):  # languages that are written without blanks have no sentences of words
            return only_english(_report(page.facts, body))
        raise ReadError("the page holds no article; name the page of one report, or save its text")
    return only_english(_report(page.facts, body))


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


def _body(tree: html.HtmlElement, page: _Page) -> str:
    """The article, its paragraphs apart, without the headline above it."""
    headings = {_plain_words(heading.text_content()) for heading in tree.iter("h1")} | {
        _plain_words(page.facts.get("title", ""))
    }
    _drop_parts(tree)
    _clothe(tree)
    _tell_apart(tree)
    found = [part.replace(_AGAIN, "") for part in _extract(tree) if part.strip(_AGAIN + " ")]
    if found and _plain_words(found[0]) in headings:
        found = found[1:]
    return "\n\n".join(_checked(found, page.body))


def _extract(tree: html.HtmlElement) -> list[str]:
    """The paragraphs of the article: the fast way first, the thorough one where it finds little."""
    if sum(1 for _ in tree.iter()) > _MOST_NODES:
        return in_paragraphs(max(tree.iter("article", "main"), key=lambda node: len(node.text_content()), default=tree))
    for fast in (True, False):
        try:
            # Foreign code on foreign input: whatever goes wrong in it is a refusal of this page.
            found: Any = trafilatura.bare_extraction(tree, include_comments=False, with_metadata=False, fast=fast)
        except MemoryError:
            raise
        except Exception as error:
            raise ReadError(f"the page cannot be read ({type(error).__name__}); save its text") from None
        parts = in_paragraphs(found.body, keep=_KEPT) if found is not None and found.body is not None else []
        if sum(map(len, parts)) >= _LITTLE:
            break
    return parts


def _checked(found: list[str], said: str) -> list[str]:
    """The paragraphs without those that the page itself does not count to its article, at both ends and short ones within.

    `said` is the article as the page gives it to machines; many give a part of it only, and then it tells nothing."""
    told = _plain_words(said)
    if not found or len(said) < _LITTLE:
        return found
    inside = [_plain_words(part)[:200] in told for part in found]
    covered = sum(len(part) for part, is_in in zip(found, inside, strict=True) if is_in)
    whole = sum(map(len, found))
    if covered < 0.3 * len(told) and whole < 0.5 * len(said):
        return [line for line in said.split("\n") if line.strip()] if said.count("\n") > 1 else [said]
    if covered < 0.8 * whole:
        return found
    first, last = inside.index(True), len(inside) - inside[::-1].index(True)
    return [part for place, part in enumerate(found) if inside[place] or (first < place < last and len(part) > _SHORT)]


def _drop_parts(tree: html.HtmlElement) -> None:
    """Take away what stands beside the article by its own name: captions, related stories, newsletters, buttons."""
    whole = sum(len(node.text_content()) for node in tree.iter("p")) or 1
    for node in [node for node in tree.iter(*_PARTS) if node.tag == "figcaption" or _is_part(node)]:
        if node.getparent() is None or len(node.text_content()) > 0.25 * whole or next(node.iter("h1"), None) is not None:
            continue
        node.drop_tree()


def _clothe(tree: html.HtmlElement) -> None:
    """Text that stands naked between blocks, or is parted by empty lines alone, is put into paragraphs.

    trafilatura loses what follows the frame of a picture: `<div><div><img></div>The ministers met …<br><br>They …</div>`."""
    for node in list(tree.iter(*_HOLDING)):
        naked = sum(len((text or "").strip()) for text in (node.text, *(child.tail for child in node)))
        if naked >= _NAKED and any(parts_text(child.tag) or _is_empty_line(child) for child in node):
            _put_in_paragraphs(node)


def _tell_apart(tree: html.HtmlElement) -> None:
    """A paragraph that says what the one before it says is marked: trafilatura would drop it without a word."""
    before, times = "", 0
    for node in tree.iter("p"):
        said = node.text_content()
        times = (times + 1) % _MARKS if said == before and said.strip() else 0
        before = said
        if times and len(node):
            node[-1].tail = (node[-1].tail or "") + _AGAIN * times
        elif times:
            node.text = (node.text or "") + _AGAIN * times


def _put_in_paragraphs(node: html.HtmlElement) -> None:
    children = list(node)
    run, node.text = _begin_run(node.text), None
    for child in children:
        parting, tail = parts_text(child.tag) or _is_empty_line(child), child.tail
        node.remove(child)
        if parting:
            _end_run(run, node)
            if child.tag != "br":
                child.tail = None
                node.append(child)
            run = _begin_run(tail)
        else:
            run.append(child)
    _end_run(run, node)


def _begin_run(text: str | None) -> html.HtmlElement:
    run = html.Element("p")
    run.text = text
    return run


def _end_run(run: html.HtmlElement, node: html.HtmlElement) -> None:
    """Put a run of text into its node: as a paragraph, if it is long enough or follows one, and is not mostly links."""
    said = len(run.text_content().strip())
    linked = sum(len(link.text_content()) for link in run.iter("a"))
    if said or len(run):
        long = said >= _NAKED or (len(node) > 0 and node[-1].tag == "p")
        run.tag = "p" if said and long and 2 * linked < said else "span"
        node.append(run)


def _is_empty_line(node: html.HtmlElement) -> bool:
    """Whether a line break is followed by another one right away."""
    after = node.getnext()
    return node.tag == "br" and not (node.tail or "").strip() and after is not None and after.tag == "br"


def _is_part(node: html.HtmlElement) -> bool:
    named = f"{node.get('class', '')} {node.get('id', '')}"
    if not named.strip() or len(named) > 500:
        return False
    tokens = _CAMEL.sub("-", named).lower().replace("_", "-").split()
    return any(pattern.search(token) for pattern in (_part_names(),) for token in tokens)


@cache
def _part_names() -> re.Pattern[str]:
    return re.compile(rf"(?:^|-)(?:{'|'.join(row['token'] for row in rows('gather_page_parts'))})(?:$|-)")


def _plain_words(text: str) -> str:
    """A text by its letters and digits alone, to compare what is written in two places."""
    return "".join(_NOT_LETTERS.sub("", text).split()).casefold()


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


@dataclass(frozen=True, slots=True)
class _Page:
    """What a page says of itself: the facts, and the article as it gives it to machines ("" if it does not)."""

    facts: dict[str, str]
    body: str


def _facts(tree: html.HtmlElement) -> _Page:
    """Title, publisher, date, address and language, each from the best place that has it."""
    facts: dict[str, str] = {}
    schema = list(_from_schema(tree))
    for source in (schema, _from_meta(tree), _from_markup(tree)):
        for field, value in source:
            value = "" if field == "body" else " ".join(sound(value).split())
            if field == "published":
                value = iso(value) or ""
            known = facts.get(field)
            if value and (known is None or (field == "published" and len(known) < len("2014-02-06") <= len(value))):
                facts[field] = value
    facts["language"] = facts.get("language", "en").replace("_", "-")
    if title := _title(tree, facts):
        facts["title"] = title
    return _Page(facts, sound(next((value for field, value in schema if field == "body"), "")))


def _title(tree: html.HtmlElement, facts: dict[str, str]) -> str | None:
    """The title without the name of the site; the heading that says nearly the same is how readers see it."""
    title = facts.get("title")
    if not title:
        return None
    candidates = {title, *(value for field, value in _from_meta(tree) if field == "title")}
    best = max(
        ((_alike(heading, candidate), heading) for heading in _headings(tree) for candidate in candidates), default=(0.0, "")
    )
    return best[1] if best[0] >= _ALIKE else _without_site(title, facts.get("publisher"), facts.get("url"))


def _headings(tree: html.HtmlElement) -> list[str]:
    found = (" ".join(sound(heading.text_content()).split()) for heading in tree.iter("h1"))
    return [heading for heading in found if 10 <= len(heading) <= 250]


def _alike(one: str, other: str) -> float:
    """Which share of the words of the longer of two titles is in both."""
    first, second = set(_WORD.findall(one.casefold())), set(_WORD.findall(other.casefold()))
    return len(first & second) / max(len(first), len(second), 1)


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
        ("body", ("articleBody",)),
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


def _without_site(title: str, publisher: str | None, url: str | None) -> str:
    """ "Talks fail | The Harbour Times" -> "Talks fail"."""
    host = _plain_words(_HOST.sub(r"\1", url or ""))
    for sign in (" | ", " - ", " – ", " — ", " :: ", " » ", " -- ", " · ", " • "):
        front, found, site = title.rpartition(sign)
        name = _plain_words(site)
        if found and front and name and (name == _plain_words(publisher or "") or (len(name) > 2 and host and name in host)):
            return front.strip()
    return title
