"""Who published: names of agencies and papers in credit lines, bylines and datelines, and the dates beside them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from ascribe.data import rows
from ascribe.gather.dates import Dated, scan

_LONGEST_CREDIT: Final = 160
_LONGEST_DATELINE: Final = 120
_LONGEST_NAME: Final = 5  # words

_APART: Final = re.compile(r"[|·•,;:/()\[\]<>–—]+|\s-+\s|^-+\s|\s-+$")
_BYLINE: Final = re.compile(r"(?:(?:written|story|report|reported|words|analysis) )?by:?\s+(\S.*)", re.IGNORECASE)
_WITHIN_BYLINE: Final = re.compile(r"[,|/;()–—]| - | for | of ")
_DASH: Final = re.compile(r"\.?\s?(?:--+|–|—)\s?|\.?\s[-_]\s|\.-\s?|:\s|(?<=/)\.?\s|(?<=\))\s")
_BRACKET: Final = re.compile(r"[(/]([^()/]{2,40}(?:/[^()/]{2,20})?)[)/]\.?$")
_PLACE: Final = re.compile(
    r"[A-Z][\w.'’-]*(?:[ /\[\](-]+(?:(?:of|the|and|de|al|el|la|on|in|du|am) )?[A-Z][\w.'’\])-]*){0,4}"
)
_INITIAL: Final = re.compile(r"[^\W\d_a-zà-ÿ]")


@dataclass(frozen=True, slots=True)
class Credit:
    """A line that only says who published, who wrote or when."""

    kind: str  # "credit", "byline" or "date"
    publisher: str | None = None
    dated: Dated | None = None
    updated: bool = False


@dataclass(frozen=True, slots=True)
class Dateline:
    """The beginning of a body that says where, when and through whom: "SEOUL, Nov 3 (Yonhap) --"."""

    text: str
    publisher: str | None
    dated: Dated | None


def publisher_of(text: str) -> str | None:
    """`text` without its brackets and dashes, if that is the name of a publisher: "(AFP)" -> "AFP"."""
    name = text.strip(' \t-–—_|•·*()[]<>,:;/="“”')
    return name if _is_press(name) or _is_press(name := name.rstrip(".")) else None


def read_credit(line: str, *, alone: bool) -> Credit | None:
    """What a line credits, None if it says anything else. `alone`: a place or person beside a date is not enough."""
    if len(line) > _LONGEST_CREDIT:
        return None
    found = scan(line)
    if line.endswith(".") and not (found and found[-1].stop == len(line)) and not publisher_of(line):
        return None  # the end of a sentence: "Tokyo, Feb. 4, 1956."
    pieces = _without(line, found)
    publishers = [name for piece in pieces if (name := publisher_of(piece) or _byline_publisher(piece))]
    strange = [piece for piece in pieces if not publisher_of(piece) and not is_byline(piece)]
    if not found and (strange or not pieces):
        return None
    if strange and (alone or len(strange) > 2 or not all(_could_be_name(piece) for piece in strange)):
        return None
    dated = found[0] if found else None
    kind = "credit" if publishers else "date" if found else "byline"
    return Credit(
        kind, publishers[0] if publishers else None, dated, bool(dated) and _is_update(line[: dated.start if dated else 0])
    )


def read_post(line: str) -> Credit | None:
    """What stands below a writer's name: "Europe correspondent, BBC News"."""
    pieces = _without(line, [])
    if not pieces or len(pieces) > 3 or is_sentence(line) or not all(_could_be_name(piece) for piece in pieces):
        return None
    publisher = next((name for piece in pieces if (name := publisher_of(piece))), None)
    post = any(word.casefold() in _small_words() and len(word) > 3 for piece in pieces for word in piece.split())
    return Credit("byline", publisher) if publisher or post else None


def is_sentence(line: str) -> bool:
    """Whether a line ends like a sentence or like what leads to another."""
    return line.endswith((".", "!", "?", ":"))


def is_byline(line: str) -> bool:
    """Whether a line is "By Jane Roe" and the like: names, and nothing that a sentence needs."""
    match = _BYLINE.fullmatch(line)
    if not match or len(line) > _LONGEST_CREDIT or is_sentence(line):
        return False
    words = match[1].replace("|", " ").split()
    return len(words) <= 16 and all(_is_of_name(word) for word in words) and bool(_INITIAL.match(words[0]))


def is_person(line: str) -> bool:
    """Whether a line could be a writer's name, as "Jane Roe" or "Jane Roe in Tokyo"."""
    words = line.split()
    return 2 <= len(words) <= 6 and not is_sentence(line) and all(_is_of_name(word) for word in words)


def read_dateline(paragraph: str) -> Dateline | None:
    """The dateline at the beginning of a paragraph, if there is one."""
    start = paragraph[: _LONGEST_DATELINE + 3]
    for match in _DASH.finditer(start):
        if dateline := _as_dateline(paragraph[: match.start()], paragraph[: match.end()].rstrip(), ":" in match[0]):
            return dateline
    return None


# ---- the parts ----


def _as_dateline(head: str, whole: str, colon: bool) -> Dateline | None:
    bracket = _BRACKET.search(head)
    named = bracket[1] if bracket else None
    front = head[: bracket.start()] if bracket else head
    found = scan(front)
    pieces = _without(front, found, re.compile(r"[,.;]\s|[,.;]$"))
    agency = next((piece for piece in pieces if _is_press(piece)), None)
    places = [piece for piece in pieces if piece != agency]
    if len(places) > 3 or not all(_PLACE.fullmatch(place) for place in places):
        return None
    publisher = _bracketed(named, places) if named else None if colon else agency
    in_capitals = any(len(place) > 2 and place.isupper() for place in places)
    if publisher or (places and found and not colon) or (in_capitals and not colon and not named):
        return Dateline(whole, publisher, found[0] if found else None)
    return None


def _bracketed(named: str, places: list[str]) -> str | None:
    """The agency in the brackets of a dateline: a known one, or any name where the place is in capitals."""
    known = next((part for part in (named, *named.split("/")) if _is_press(part)), None)
    unknown = all(_is_of_name(word) for word in named.split()) and any(place.isupper() for place in places)
    return known or (named if unknown else None)


def _without(line: str, found: list[Dated], apart: re.Pattern[str] = _APART) -> list[str]:
    """The pieces of a line that are neither dates nor the labels of dates."""
    position, parts = 0, []
    for dated in found:
        parts.append(line[position : dated.start])
        position = dated.stop
    parts.append(line[position:])
    pieces = (_labels().sub("", piece).strip(" \t-–—_*") for part in parts for piece in apart.split(part))
    return [piece for piece in pieces if piece]


def _is_update(before: str) -> bool:
    return bool(re.search(r"(?i)\b(?:updat|modif|edit)", before))


def _byline_publisher(line: str) -> str | None:
    match = _BYLINE.fullmatch(line)
    parts = _WITHIN_BYLINE.split(match[1]) if match else []
    return next((name for part in parts if (name := publisher_of(part))), None)


def _is_press(name: str) -> bool:
    """A publisher of the table, or a name in capitals that ends or begins like that of a paper: "The Harbour Times"."""
    if name in _known() or (len(name) > 4 and name.casefold() in _known()):
        return True
    words = name.split()
    if not 2 <= len(words) <= _LONGEST_NAME or not all(_is_of_name(word) for word in words):
        return False
    return words[-1].casefold() in _press_words() and bool(_INITIAL.match(words[0]))


def _could_be_name(piece: str) -> bool:
    return bool(_PLACE.fullmatch(piece)) or (len(piece.split()) <= _LONGEST_NAME and all(map(_is_of_name, piece.split())))


def _is_of_name(word: str) -> bool:
    return bool(_INITIAL.match(word.lstrip("(\"“‘'&"))) or word.casefold().strip(",()") in _small_words()


@cache
def _known() -> frozenset[str]:
    names = [row["name"] for row in rows("gather_press") if row["kind"] in ("agency", "broadcaster", "newspaper")]
    return frozenset(names) | {name.casefold() for name in names if len(name) > 4}


@cache
def _press_words() -> frozenset[str]:
    return frozenset(row["name"] for row in rows("gather_press") if row["kind"] == "word")


@cache
def _small_words() -> frozenset[str]:
    return frozenset(row["name"] for row in rows("gather_press") if row["kind"] == "byline")


@cache
def _labels() -> re.Pattern[str]:
    """Words beside a date: "Last updated on"."""
    words = sorted(
        (row["word"] for row in rows("gather_calendar") if row["kind"] == "label"), key=lambda word: (-len(word), word)
    )
    return re.compile(rf"\b(?:{'|'.join(words)})\b", re.IGNORECASE)
