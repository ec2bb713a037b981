"""ninjs 1.x to 3.x, the agencies' JSON, and JSON Feed. Keys are compared without their capitals, which changed with 3.0."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from ascribe.errors import ReadError
from ascribe.gather.markup import any_in_paragraphs, first, html_in_paragraphs, joined, one_line, text_in_paragraphs
from ascribe.gather.wire import Wire, as_report
from ascribe.schema import Report

_BODIES: Final = ("body_xhtml", "body_html", "body_nitf", "body_text", "body_sms")
_MARKS: Final = frozenset(
    {
        "versioncreated",
        "pubstatus",
        "bodies",
        "headlines",
        "body_xhtml",
        "body_html",
        "body_text",
        "profile",
        "located",
        "renditions",
        "slugline",
        "urgency",
        "copyrightholder",
        "contenttype",
        "firstcreated",
    }
)
_NO_TEXT: Final = ("picture", "photo", "graphic", "video", "audio", "image", "animation")
_LISTS: Final = ("composite", "package", "planning", "event")


def is_ninjs(value: dict[str, Any]) -> bool:
    """Whether an object is an item of ninjs: a uri or a type, and what only an agency says of a text."""
    keys = {key.lower() for key in value}
    if "text" in keys or "body" in keys:
        return False
    return bool(keys & {"uri", "type", "standard", "guid", "altids"}) and len(keys & _MARKS) > (
        0 if "uri" in keys or "standard" in keys else 1
    )


def read_item(value: dict[str, Any], place: str) -> Iterator[Report | ReadError]:
    """The report of an item; of a package those of the items that it holds itself."""
    item = {key.lower(): found for key, found in value.items()}
    wire = wire_of(item)
    held = list(_held(item)) if not wire.body or wire.kind in _LISTS else []
    if wire.body or not held:
        yield as_report(wire, None if place == "object" else place)
        return
    for number, inner in enumerate(held, 1):
        yield from read_item(inner, f"item {number}")


def wire_of(item: dict[str, Any]) -> Wire:
    """What an item says."""
    kind = _text(item.get("type")) or "text"
    return Wire(
        format="ninjs",
        body=tuple(_body(item, kind)),
        title=one_line(
            first(
                _chosen(item.get("headlines")),
                _text(item.get("headline")),
                _chosen(item.get("titles")),
                _text(item.get("title")),
                _text(item.get("name")),
                _text(item.get("slugline")),
            )
        ),
        guid=first(_text(item.get("uri")), _text(item.get("guid")), _text(item.get("itemid"))),
        version=_text(item.get("version")),
        published=first(
            *(_text(item.get(key)) for key in ("versioncreated", "contentcreated", "firstcreated", "published"))
        ),
        publisher=_publisher(item),
        byline=first(_text(item.get("byline")), _text(item.get("by"))),
        dateline=first(_text(item.get("dateline")), _text(item.get("located"))),
        slug=_text(item.get("slugline")),
        language=_text(item.get("language")),
        url=first(*(_text(item.get(key)) for key in ("link", "webpage", "url"))),
        signal=_signal(item),
        note=_text(item.get("ednote")),
        kind=kind if kind in _NO_TEXT or kind in _LISTS else "text",
    )


def _body(item: dict[str, Any], kind: str) -> list[str]:
    """The best form of the body: markup, which parts its paragraphs, before plain text; a description only for a text."""
    bodies = [entry for entry in _list(item.get("bodies")) if isinstance(entry, dict)]
    lowered = [{key.lower(): found for key, found in entry.items()} for entry in bodies]
    told = [(str(entry.get("contenttype", "")), _text(entry.get("value")), str(entry.get("role", ""))) for entry in lowered]
    told = [entry for entry in told if entry[1]]
    told.sort(
        key=lambda entry: (entry[2] not in ("", "main", "body", "default"), "html" not in entry[0] and "xml" not in entry[0])
    )
    for how, value, _ in told:
        if found := _in_paragraphs(value or "", how):
            return found
    for key in _BODIES:
        if (value := _text(item.get(key))) and (found := _in_paragraphs(value, "text/plain" if key == "body_text" else key)):
            return found
    if kind in _NO_TEXT or kind in _LISTS:
        return []
    said = first(
        _chosen(item.get("descriptions")),
        *(_text(item.get(key)) for key in ("description_xhtml", "description_html", "description_text")),
    )
    return any_in_paragraphs(said) if said else []


def _in_paragraphs(value: str, how: str) -> list[str]:
    if "html" in how or "xml" in how or "nitf" in how:
        return html_in_paragraphs(value)
    return text_in_paragraphs(value) if how.startswith("text/plain") and "</p>" not in value else any_in_paragraphs(value)


def _publisher(item: dict[str, Any]) -> str | None:
    sources = [entry for entry in _list(item.get("infosources")) + _list(item.get("infosource")) if isinstance(entry, dict)]
    named = [_text(entry.get("name")) for entry in sources]
    return first(
        _text(item.get("source")),
        _text(item.get("provider")),
        *named,
        _text(item.get("copyrightholder")),
        _text(item.get("creditline")),
    )


def _signal(item: dict[str, Any]) -> str | None:
    status = (_text(item.get("pubstatus")) or "").lower()
    if status in ("canceled", "cancelled", "killed", "recalled"):
        return "kill"
    if status in ("withheld", "embargoed"):
        return "withheld"
    signals = " ".join(str(entry) for entry in _list(item.get("signal")) + _list(item.get("signals"))).lower()
    return "kill" if "kill" in signals else "correction" if "correct" in signals or status == "corrected" else None


def _held(item: dict[str, Any]) -> Iterator[dict[str, Any]]:
    associations = item.get("associations")
    held = associations.values() if isinstance(associations, dict) else _list(associations)
    for entry in [*held, *_list(item.get("items"))]:
        if (
            isinstance(entry, dict)
            and is_ninjs(entry)
            and wire_of({key.lower(): found for key, found in entry.items()}).body
        ):
            yield entry


def _chosen(values: Any) -> str | None:
    """The main one of several headlines."""
    entries = [entry for entry in _list(values) if isinstance(entry, dict)]
    entries.sort(key=lambda entry: str(entry.get("role", "main")).lower() not in ("main", "headline", "default", ""))
    return first(*(_text(entry.get("value")) for entry in entries), *(_text(entry) for entry in _list(values)))


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _text(value: Any) -> str | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return str(value)
    return value if isinstance(value, str) and value.strip() else None


# ---- JSON Feed ----


def is_feed(value: dict[str, Any]) -> bool:
    """Whether an object is a JSON Feed."""
    return isinstance(value.get("items"), list) and "jsonfeed.org" in str(value.get("version", ""))


def read_feed(feed: dict[str, Any]) -> Iterator[Report | ReadError]:
    """The reports of a JSON Feed."""
    if not feed["items"]:
        yield ReadError("the feed is empty; name one that has items")
    for number, item in enumerate(feed["items"], 1):
        place = f"item {number}"
        if not isinstance(item, dict):
            yield ReadError("is no object; have the feed corrected", place)
            continue
        body = _of_feed(item)
        title = one_line(_text(item.get("title")))
        if not body and not title:
            yield ReadError("holds neither text nor title; have the feed corrected", place)
            continue
        wire = Wire(
            format="feed",
            body=tuple(body),
            title=title,
            published=first(_text(item.get("date_published")), _text(item.get("date_modified"))),
            publisher=one_line(_text(feed.get("title"))),
            language=first(_text(item.get("language")), _text(feed.get("language"))),
            url=first(_text(item.get("url")), _text(item.get("external_url"))),
        )
        yield as_report(wire, place)


def _of_feed(item: dict[str, Any]) -> list[str]:
    if found := html_in_paragraphs(_text(item.get("content_html")) or ""):
        return found
    plain = first(_text(item.get("content_text")), _text(item.get("summary")))
    return joined(text_in_paragraphs(plain)).split("\n") if plain else []
