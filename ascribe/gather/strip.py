"""From the raw text of a report to its headline, publisher, date and body.

Not a word is lost: what is no body stands in `dropped`. When in doubt, a paragraph is body:
a text without headline or date comes out whole."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from ascribe.data import rows
from ascribe.gather.dates import Dated, iso, scan, with_year
from ascribe.gather.decoding import sound
from ascribe.gather.paragraphs import is_ended, paragraphs
from ascribe.gather.press import Credit, is_byline, is_person, publisher_of, read_credit, read_dateline, read_post

_HEAD: Final = 10  # paragraphs among which headline, byline and date stand
_LONGEST_BOILERPLATE: Final = 600  # characters
_LONGEST_HEADLINE: Final = 180
_LONGEST_ITEM: Final = 100  # a title in a list of other reports
_CREDITS: Final = ("byline", "date", "credit")
_TWO_SENTENCES: Final = re.compile(r"(?<![\w.])[a-z]{3,}[.!?][\"'”’)]*\s+\S")
_LABELLED: Final = re.compile(r"([A-Za-z][A-Za-z-]{1,25}(?: [A-Za-z]{2,10})?)\s?:\s?(.*)")
_ADDRESS: Final = re.compile(r"https?://[^\s<>\"]+")
_YEAR: Final = re.compile(r"\b(?:19|20)\d\d\b")


@dataclass(frozen=True, slots=True)
class Dropped:
    """A paragraph or line that is no body, and what it was taken for: "byline", "caption", "rights"."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Stripped:
    """A raw text in its parts. `body` holds one paragraph a line; `dateline` is its beginning and stays in it."""

    headline: str | None
    publisher: str | None
    published: str | None
    url: str | None
    dateline: str | None
    body: str
    dropped: tuple[Dropped, ...]

    @property
    def text(self) -> str:
        """The headline, if there is one, a line break and the body."""
        return "\n".join(part for part in (self.headline, self.body) if part)


def strip(text: str, *, headline: str | None = None) -> Stripped:
    """Find headline, publisher, date and body of a plain text. A `headline` that is known already is not looked for."""
    labels, rest = _read_labels(sound(text))
    parts = paragraphs(rest, _begins, _ends)
    headline = headline or _labelled(labels, "title")
    kinds, credits = _classify(parts, headline)
    if headline is None:
        headline = _choose_headline(parts, kinds)
    body = [part for part, kind in zip(parts, kinds, strict=True) if kind is None]
    if not body and headline is None:
        return Stripped(None, None, None, None, None, "\n".join(paragraphs(sound(text), _begins, _ends)), ())
    dateline = read_dateline(body[0]) if body else None
    dropped = _dropped(labels, parts, kinds)
    issuers = [part.text for part in dropped if part.kind == "issuer"]
    named = [
        _labelled(labels, "publisher"),
        *(credit.publisher for credit in credits),
        *issuers,
        dateline and dateline.publisher,
    ]
    return Stripped(
        headline=headline,
        publisher=next((name for name in named if name), None) or _from_rights(dropped),
        published=_published(labels, credits, dateline.dated if dateline else None, dropped),
        url=_labelled(labels, "url") or _address(dropped),
        dateline=dateline.text if dateline else None,
        body="\n".join(body),
        dropped=dropped,
    )


# ---- labels at the top: "Subject: …", "Date: …" ----


@dataclass(frozen=True, slots=True)
class _Label:
    field: str
    value: str
    line: str


def _read_labels(text: str) -> tuple[list[_Label], str]:
    """The labelled lines at the top, as in a mail, and what follows. One alone counts only if it gives the title."""
    lines = text.lstrip("\n \t\ufeff").split("\n")
    labels: list[_Label] = []
    used = 0
    for line in lines:
        match = _LABELLED.fullmatch(line.strip())
        if match and match[1].lower() in _fields():
            labels.append(_Label(_fields()[match[1].lower()], match[2].strip(), line.strip()))
        elif labels and line[:1] in (" ", "\t") and line.strip():  # a long value goes on in the next line
            last = labels[-1]
            labels[-1] = _Label(last.field, f"{last.value} {line.strip()}".strip(), f"{last.line} {line.strip()}")
        else:
            break
        used += 1
    if len(labels) > 1 or any(label.field == "title" for label in labels):
        return labels, "\n".join(lines[used:])
    return [], text


def _labelled(labels: Sequence[_Label], field: str) -> str | None:
    for label in labels:
        if label.field == field and label.value:
            return label.value
        if label.field == "sender" and field == "publisher":
            name = publisher_of(label.value.split("<")[0])
            if name:
                return name
    return None


# ---- what each paragraph is ----


def _classify(parts: Sequence[str], headline: str | None) -> tuple[list[str | None], list[Credit]]:
    """The kind of each paragraph, None for body, and the credits that were found on the way."""
    kinds: list[str | None] = [_boilerplate(part, "any") for part in parts]
    _classify_lists(parts, kinds)
    credits: list[Credit] = []
    begun = len(parts) == 1  # whether the body has begun: then a word like "World" is a heading in it
    for place, part in enumerate(parts[:_HEAD]):
        if kinds[place] is None and not begun:
            kinds[place] = "headline" if part == headline else _boilerplate(part, "head")
        if kinds[place] is None and (credit := _read_credit(parts, kinds, place)):
            kinds[place] = credit.kind
            credits.append(credit)
        begun = begun or (kinds[place] is None and is_ended(part))
    for place in range(1, min(_HEAD, len(parts) - 1)):
        if kinds[place] is None and kinds[place + 1] in _CREDITS and kinds[place - 1] is None and is_person(parts[place]):
            kinds[place] = "byline"
    credits += _classify_end(parts, kinds)
    return kinds, credits


def _read_credit(parts: Sequence[str], kinds: Sequence[str | None], place: int) -> Credit | None:
    """A credit line; right below a byline also "Europe correspondent, BBC News"."""
    after = place > 0 and kinds[place - 1] == "byline"
    return read_credit(parts[place], alone=False) or (read_post(parts[place]) if after else None)


def _classify_lists(parts: Sequence[str], kinds: list[str | None]) -> None:
    """Titles and words below "Related stories" or "Topics", if nothing but such follows up to the end."""
    for place in reversed(range(len(parts))):
        if kinds[place] == "list":
            kinds[place:] = [kind or "list" for kind in kinds[place:]]
        elif kinds[place] is None and (is_ended(parts[place]) or len(parts[place]) > _LONGEST_ITEM):
            break


def _classify_end(parts: Sequence[str], kinds: list[str | None]) -> list[Credit]:
    """From the last paragraph backwards up to the first that is body."""
    credits = []
    for place in reversed(range(1, len(parts))):
        if kinds[place] is None:
            kinds[place] = _boilerplate(parts[place], "tail")
        if kinds[place] is None and (credit := read_credit(parts[place], alone=True)):
            kinds[place] = credit.kind
            credits.append(credit)
        if kinds[place] is None:
            break
    return credits


def _choose_headline(parts: Sequence[str], kinds: list[str | None]) -> str | None:
    """The headline, which is marked as such. "Ministry of Foreign Affairs" is one only where there is no other."""
    place = _find_headline(parts, kinds)
    if place is None and "issuer" in kinds:
        kinds[kinds.index("issuer")] = None
        place = _find_headline(parts, kinds)
    if place is None:
        return None
    kinds[place] = "headline"
    return parts[place]


def _find_headline(parts: Sequence[str], kinds: Sequence[str | None]) -> int | None:
    """The first paragraph that is left, if it reads like a headline and a body follows."""
    left = [place for place, kind in enumerate(kinds) if kind is None]
    if len(left) < 2 or left[0] >= _HEAD or not any(is_ended(parts[place]) for place in left[1:]):
        return None
    first = parts[left[0]]
    credited = kinds[left[0] + 1] in _CREDITS
    if len(first) > _LONGEST_HEADLINE or first.endswith((":", ",", ";", "-", "–", "—")) or read_dateline(first):
        return None
    if _TWO_SENTENCES.search(first) and not credited:
        return None
    return left[0] if not first.rstrip("\"'”’)").endswith(".") or credited else None


def _begins(line: str, second: bool) -> bool:
    """Whether a line begins a paragraph even where it could go on with the one before it.

    A place in capitals and a dash are enough only right below what may be a headline."""
    dateline = read_dateline(line)
    return _ends(line) or bool(dateline and (second or dateline.publisher or dateline.dated))


def _ends(line: str) -> bool:
    """Whether a line is whole: a byline, a credit, a caption."""
    if len(line) > _LONGEST_BOILERPLATE:
        return False
    credit = read_credit(line, alone=False)
    if credit and (credit.publisher or read_credit(line, alone=True)):
        return True
    return is_byline(line) or _boilerplate(line, "any") in ("caption", "link", "rights")


def _boilerplate(part: str, zone: str) -> str | None:
    if len(part) > _LONGEST_BOILERPLATE:
        return None
    match = _pattern(zone).fullmatch(part)
    return _kinds(zone)[int((match.lastgroup or "_0")[1:])] if match else None


# ---- what the dropped lines tell ----


def _dropped(labels: Sequence[_Label], parts: Sequence[str], kinds: Sequence[str | None]) -> tuple[Dropped, ...]:
    kept = [Dropped("label", label.line) for label in labels]
    return (*kept, *(Dropped(kind, part) for part, kind in zip(parts, kinds, strict=True) if kind not in (None, "headline")))


def _published(
    labels: Sequence[_Label], credits: Sequence[Credit], dateline: Dated | None, dropped: Sequence[Dropped]
) -> str | None:
    """The date of a label, a credit, the dateline or an update, in this order; a missing year may stand in the rights."""
    if value := _labelled(labels, "published"):
        found = scan(value)
        if date := iso(value) or next((dated.iso for dated in found if dated.iso), None):
            return date
    first = [credit.dated for credit in credits if credit.dated and not credit.updated]
    last = [credit.dated for credit in credits if credit.dated and credit.updated]
    dates = [dated for dated in (*first, dateline, *last) if dated]
    if date := next((dated.iso for dated in dates if dated.iso), None):
        return date
    years = [int(year) for part in dropped if part.kind in ("rights", "end") for year in _YEAR.findall(part.text)]
    return with_year(dates[0], years[-1]) if dates and years else None


def _from_rights(dropped: Sequence[Dropped]) -> str | None:
    """The holder of the rights: "Copyright 2014 The Harbour Times. All rights reserved." -> "The Harbour Times"."""
    for part in dropped:
        if part.kind == "rights" and re.search(r"(?i)\d{4}|copyright|\(c\)|reserved", part.text):
            for piece in re.split(r"[.,©|]|\(c\)|\b\d{4}\b|(?i:copyright|all rights reserved|by\b)", part.text):
                if name := publisher_of(piece):
                    return name
    return None


def _address(dropped: Sequence[Dropped]) -> str | None:
    found = (
        _ADDRESS.search(part.text) for part in dropped if part.kind == "link" and not part.text.startswith(("http", "<"))
    )
    return next((match[0] for match in found if match), None)


@cache
def _pattern(zone: str) -> re.Pattern[str]:
    """All patterns of a zone in one, each a group "_<number of its line>": a third of the time of one after the other."""
    lines = (row["pattern"] for row in rows("gather_boilerplate") if row["zone"] == zone)
    return re.compile("|".join(f"(?P<_{number}>{line})" for number, line in enumerate(lines)), re.IGNORECASE)


@cache
def _kinds(zone: str) -> tuple[str, ...]:
    return tuple(row["kind"] for row in rows("gather_boilerplate") if row["zone"] == zone)


@cache
def _fields() -> dict[str, str]:
    return {row["label"]: row["field"] for row in rows("gather_labels")}
