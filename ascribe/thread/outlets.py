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
    r"^[^\n]{0,80}?\(([^()\n]{2,40})\)\s*(?:\.?\s*[-–—]+|\s)"  # "SEOUL, March 2 (AFP) -"
    r"|^[A-Z][^\n]{0,40}?,\s[^\n]{0,20}?,\s([A-Z][\w ]{1,20}?)\s[-–—]+\s"  # "NAHA, May 12, Kyodo -"
)
_HEAD: Final = 100  # characters in which a dateline stands
_TAIL: Final = 80  # characters in which a credit stands
_SMALL: Final = frozenset({"the", "with", "by"})
_GENERIC: Final = re.compile(r"( news agency| agency| newspaper| daily| news)$")


def outlet_of(report: Report) -> str | None:
    """Who prints a report, as a key: the id of publishers.csv, else the name without case and articles."""
    return outlet(report.publisher) if report.publisher else None


@lru_cache(maxsize=100_000)
def outlet(name: str) -> str | None:
    """The key of an outlet by its name; None where nothing of a name is left."""
    key = _key(name)
    return known_outlet(name) or key or None


@lru_cache(maxsize=100_000)
def known_outlet(name: str) -> str | None:
    """The id of an outlet of publishers.csv, else None: "Yonhap news agency" is Yonhap, "Vietnam" not Vietnam News."""
    key = _key(name)
    return _known().get(key) or _known().get(_GENERIC.sub("", key))


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
    found = {credited(record.report), *outlets_in(record.report.text)}
    for statement in record.statements:
        for source in statement.chain:
            if source.kind != "document":
                found.add(source_outlet(source.mention.text, by_span.get((statement.id, source.mention.span))))
            if source.kind == "media" and source.named:
                found.add(outlet(source.mention.text))
    return frozenset(filter(None, found)) - {outlet_of(record.report) or ""}


def outlets_in(text: str) -> frozenset[str]:
    """Outlets that a text names: by a name of several words, or agencies by one; other single words may be anything."""
    words = [_plain(match.group()) if not match.group()[0].islower() else "" for match in _TOKEN.finditer(text)]
    found = {_agencies()[word] for word in words if word in _agencies()}
    for at, word in enumerate(words):
        for length in range(2, _beginnings().get(word, 1) + 1):
            key = " ".join(words[at : at + length])
            if key in _known() and "" not in words[at : at + length]:
                found.add(_known()[key])
    return frozenset(found)


@cache
def _agencies() -> dict[str, str]:
    """Names of agencies of one word."""
    return {key: id for key, id in _known().items() if " " not in key and _rows()[id]["kind"] == "agency" and len(key) > 2}


@cache
def _beginnings() -> dict[str, int]:
    """First words of names of several words, with the length of the longest."""
    found: dict[str, int] = {}
    for key in _known():
        words = key.split()
        if len(words) > 1:
            found[words[0]] = max(found.get(words[0], 0), len(words))
    return found


def source_outlet(words: str, identity: Identity | None) -> str | None:
    """The outlet that a source names; None where it names none ("a Japanese newspaper")."""
    if identity is not None and identity.entity in _ids():
        return identity.entity
    return known_outlet(words)


def _key(name: str) -> str:
    return " ".join(word for word in _TOKEN.findall(_plain(name)) if word not in _SMALL)


def _plain(words: str) -> str:
    if words.isascii():
        return words.lower()
    plain = unicodedata.normalize("NFKD", words.lower())
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


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
