"""From named values (an object of JSON, a row of a table) to a report. Texts are taken as they are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from functools import cache
from typing import Any, Final

from ascribe.data import rows
from ascribe.errors import ReadError, UsageError
from ascribe.gather.dates import iso
from ascribe.gather.decoding import sound
from ascribe.gather.language import only_english
from ascribe.schema import Report, digest

FIELDS: Final = ("id", "text", "title", "publisher", "published", "url", "language")
_EPOCH: Final = re.compile(r"1\d{9}(?:\d{3})?")  # seconds or milliseconds since 1970, from 2001 to 2033
_NOT_IN_A_NAME: Final = re.compile(r"[\W_]+")


def columns_of(said: Iterable[str]) -> dict[str, str]:
    """("text=Body", "title=Head line") -> which column gives which field."""
    chosen = {}
    for pair in said:
        field, sign, name = pair.partition("=")
        if not sign or field.strip() not in FIELDS or not name.strip():
            raise UsageError(f"--column: {pair!r} is no mapping; say FIELD=NAME, where FIELD is {', '.join(FIELDS)}")
        chosen[field.strip()] = name.strip()
    return chosen


def find_columns(names: Iterable[str], given: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """For each field the names under which it may stand, the best first. Raises ReadError where a given one is missing."""
    here = {_plain(name): name for name in reversed(list(names))}
    found: dict[str, list[str]] = {field: [] for field in FIELDS}
    for row in rows("gather_columns"):  # sorted by rank within a field
        if name := here.get(row["name"]):
            found[row["field"]].append(name)
    for field, name in given.items():
        if _plain(name) not in here:
            listed = ", ".join(here.values())[:300]
            raise ReadError(f"has no column {name!r} for the {field}; its columns are {listed}")
        found[field] = [here[_plain(name)]]
    return {field: tuple(columns) for field, columns in found.items()}


def is_text_column(name: str) -> bool:
    """Whether a column of this name is known to hold texts."""
    return _plain(name) in _text_names()


def as_report(value: Mapping[str, Any], place: str, format: str, given: Mapping[str, str]) -> Report | ReadError:
    """The report that named values make, or what is wrong with them."""
    try:
        columns = find_columns((name for name in value if isinstance(name, str)), given)
        fields = {field: _field(value, columns[field], field) for field in FIELDS}
    except ReadError as error:
        return ReadError(error.reason, place)
    text, title = fields["text"], " ".join((fields["title"] or "").split()) or None
    if not text or not text.strip():
        return ReadError('has no text; give it a "text" that is not empty', place)
    text = under(title, text)
    publisher, published, url = fields["publisher"], _date(fields["published"]), fields["url"]
    report = Report(
        id=fields["id"] or digest(text, title, publisher, published, url),
        text=text,
        headline=title,
        publisher=publisher,
        published=published,
        url=url,
        language=fields["language"] or "en",
        format=format,
    )
    return only_english(report, place)


def under(title: str | None, text: str) -> str:
    """`text` beginning with its title and a line break, which is not doubled where it stands already."""
    if title is None:
        return text
    begun = text.lstrip()
    if begun == title or begun.startswith(title + "\n"):
        return begun
    return f"{title}\n{text}"


def kind(value: Any) -> str:
    """What a value of JSON is, in words."""
    names = {dict: "an object", list: "an array", str: "a string", bool: "true or false", type(None): "null"}
    return names.get(type(value), "a number")


def _field(value: Mapping[str, Any], names: tuple[str, ...], field: str) -> str | None:
    """A field as text, None where it is missing, null or blank. Numbers count as text but for the text itself."""
    for name in names:
        found = value[name]
        if isinstance(found, int) and not isinstance(found, bool) and field in ("id", "published"):
            found = str(found)
        elif isinstance(found, date):
            found = found.isoformat()
        elif isinstance(found, dict) and field == "publisher":  # {"id": …, "name": …}, as news services write it
            found = found.get("name")
        if found is not None and not isinstance(found, str):
            raise ReadError(f'"{name}" is {kind(found)}, not a string; put it in quotation marks or leave it out')
        if found and found.strip():
            return sound(found) if field == "text" else sound(found).strip()
    return None


def _date(said: str | None) -> str | None:
    if said and _EPOCH.fullmatch(said):
        return datetime.fromtimestamp(int(said[:10]), UTC).isoformat()
    return iso(said or "")


def _plain(name: str) -> str:
    """ "Article_Body" -> "articlebody"."""
    return _NOT_IN_A_NAME.sub("", name).lower()


@cache
def _text_names() -> frozenset[str]:
    return frozenset(row["name"] for row in rows("gather_columns") if row["field"] == "text")
