"""Which paper, agency or station is meant: by a publisher's name, a source, a dateline or a credit line."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Final

from ascribe.data import rows
from ascribe.schema import Identity, Record, Report

_TOKEN: Final = re.compile(r"[^\W_]+")
_IN_BRACKETS: Final = re.compile(r"\(([^()]{2,60})\)")
_DATELINE: Final = re.compile(
    r"^[^\n]{0,80}?\(([^()\n]{2,40})\)\s*(?:\.?\s*[-–—]+|\s)|^[A-Z][^\n]{0,40}?,\s[^\n]{0,20}?,\s([A-Z][\w ]{1,20}?)\s[-–—]+\s"
)
_HEAD: Final = 100  # characters in which a dateline stands
_TAIL: Final = 80  # characters in which a credit stands
_SMALL: Final = frozenset({"the", "with", "by", "and", "from", "agency", "agencies", "news", "report", "reports"})


def outlet_of(report: Report) -> str | None:
    """Who prints a report, as a key: the id of publishers.csv, else the name without case and articles."""
    return outlet(report.publisher) if report.publisher else None


@lru_cache(maxsize=100_000)
def outlet(name: str) -> str | None:
    """The key of an outlet by its name; None where nothing of a name is left."""
    key = _key(name)
    return _known().get(key, key) or None


@lru_cache(maxsize=100_000)
def known_outlet(name: str) -> str | None:
    """The id of an outlet that publishers.csv has, else None."""
    return _known().get(_key(name))


def credited(report: Report) -> str | None:
    """The agency whose text it is by its dateline or its last line: "SEOUL (AFP) -", "(Kyodo)", "(With AFP)"."""
    body = report.text[len(report.headline) + 1 :] if report.headline else report.text
    for words in _credits(body):
        found = known_outlet(words)
        if found:
            return found
    return None


def _credits(body: str) -> Iterator[str]:
    if found := _DATELINE.match(body[:_HEAD]):
        yield next(filter(None, found.groups()))
    for bracket in _IN_BRACKETS.finditer(body[-_TAIL:]):
        if not body[-_TAIL:][bracket.end() :].strip(" .\n"):
            yield bracket.group(1)


def cited(record: Record) -> frozenset[str]:
    """Outlets that a report names as sources, its credit among them, itself left out."""
    by_span = {(i.statement, i.span): i for i in record.identities if i.role == "source"}
    found = {credited(record.report)}
    for statement in record.statements:
        for source in statement.chain:
            if source.kind == "media":
                found.add(source_outlet(source.mention.text, by_span.get((statement.id, source.mention.span))))
    return frozenset(filter(None, found)) - {outlet_of(record.report) or ""}


def source_outlet(words: str, identity: Identity | None) -> str | None:
    """The outlet that a source names; None where it names none ("a Japanese newspaper")."""
    if identity is not None and identity.entity in _ids():
        return identity.entity
    return known_outlet(words)


def _key(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name.lower())
    words = _TOKEN.findall("".join(letter for letter in plain if not unicodedata.combining(letter)))
    return " ".join(word for word in words if word not in _SMALL)


@cache
def _known() -> dict[str, str]:
    """Names of publishers without case; a name of several belongs to the first line that has it."""
    found: dict[str, str] = {}
    for row in rows("publishers"):
        for name in (row["name"], *row["names"].split(";")):
            if key := _key(name):
                found.setdefault(key, row["id"])
    return found


@cache
def _ids() -> frozenset[str]:
    return frozenset(row["id"] for row in rows("publishers"))


@cache
def standing(outlet: str) -> tuple[str | None, str | None]:
    """Country and kind of an outlet of publishers.csv."""
    row = _rows().get(outlet)
    return (row["country"] or None, row["kind"] or None) if row else (None, None)


@cache
def _rows() -> dict[str, dict[str, str]]:
    return {row["id"]: row for row in rows("publishers")}
