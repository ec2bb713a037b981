"""Dates in every usual writing, as ISO 8601 as precise as they are written; a zone that is given is kept.

A day that can be read in two ways (06/02/2014) gives its year only: we do not guess."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final

from ascribe.data import rows

_LONGEST: Final = 100  # characters of a date by itself


@dataclass(frozen=True, slots=True)
class Dated:
    """A date found in a line: where, and its ISO 8601 form, None where the year is missing."""

    start: int
    stop: int
    iso: str | None
    month: int | None
    day: int | None


def iso(text: str) -> str | None:
    """The ISO 8601 form of a text that is a date and nothing else: "Thursday, Feb. 6, 2014" -> "2014-02-06"."""
    text = " ".join(text.split())
    if not text or len(text) > _LONGEST:
        return None
    if compact := _compact().fullmatch(text):
        text = _spread(compact)
    found = scan(text)
    if len(found) == 1 and not text[: found[0].start].strip(" ,(") and not text[found[0].stop :].strip(" ,.)"):
        return found[0].iso
    return text if re.fullmatch(r"[12]\d{3}(-(0[1-9]|1[0-2]))?", text) else None


def scan(line: str) -> list[Dated]:
    """The dates of a line, each with the weekday and the time that stand beside it."""
    return [dated for match in _pattern().finditer(line) if (dated := _read(match))]


def with_year(dated: Dated, year: int) -> str | None:
    """The ISO 8601 form of a date without a year, in `year`."""
    return _day(year, dated.month, dated.day)


def months() -> dict[str, int]:
    """Number of each name of a month, in lower case and without its full stop."""
    return {row["word"]: int(row["value"]) for row in rows("gather_calendar") if row["kind"] == "month"}


@cache
def _zones() -> dict[str, str]:
    return {row["word"]: row["value"] for row in rows("gather_calendar") if row["kind"] == "zone"}


@cache
def _compact() -> re.Pattern[str]:
    return re.compile(r"([12]\d{3})(\d\d)(\d\d)(?:T?(\d\d)(\d\d)(\d\d)?(Z|[+-]\d{4})?)?")


@cache
def _pattern() -> re.Pattern[str]:
    words = {kind: "|".join(_longest_first(kind)) for kind in ("month", "weekday", "zone")}
    month = rf"(?:{words['month']})\b\.?"
    day = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?"
    year = r"[12]\d{3}"
    zone = rf"(?:[+-]\d\d:?\d\d(?!\d)|(?:UTC|GMT)[+-]\d{{1,2}}(?::?\d\d)?|(?:{words['zone']})\b)"
    minutes = r"[:.h](?P<minute>[0-5]\d)(?:[:.](?P<second>[0-5]\d)(?:[.,]\d{1,9})?)?"
    half = r"\s?(?P<half>[ap])\.?m\b\.?"
    hour = rf"(?P<hour>[01]?\d|2[0-3])(?:{minutes}(?:{half})?|{half.replace('half', 'half2')})"
    military = rf"(?P<hhmm>(?:[01]\d|2[0-3])[0-5]\d)(?:h\b|(?=\s?{zone}))"
    clock = rf"(?:{military}|{hour})(?:\s?(?:hours|hrs)\b)?(?:\s?\(?(?P<zone>{zone})\)?)?"
    weekday = rf"(?:(?:{words['weekday']})\b\.?\s?,?\s?)?"
    forms = (
        rf"(?P<y1>{year})[-/.](?P<m1>0?[1-9]|1[0-2])[-/.](?P<d1>{day})(?!\d)",
        rf"{weekday}(?P<d2>{day})[\s-](?:of\s)?(?P<m2>{month}),?[\s-](?P<y2>{year}|'?\d\d(?=$|[\s,|]))(?!\d)",
        rf"{weekday}(?P<m3>{month})\s?(?P<d3>{day}),?\s?(?P<y3>{year})(?!\d)",
        rf"{weekday}(?P<d4>{day})[\s-](?:of\s)?(?P<m4>{month})(?![\w-])",
        rf"{weekday}(?P<m5>{month})\s(?P<d5>{day})(?![\w:/]|\.\d)",
        rf"(?P<m6>{month})[\s,]{{1,2}}(?P<y6>{year})(?!\d)",
        r"(?P<a7>\d{1,2})(?P<s7>[/.-])(?P<b7>\d{1,2})(?P=s7)(?P<y7>[12]\d{3})(?!\d)",
    )
    after = rf"(?:(?:T|\s?[,|@·–-]?\s?(?:at\s)?){clock})?"
    return re.compile(rf"(?<![\w/.-])(?:{'|'.join(forms)}){after}", re.IGNORECASE)


def _spread(compact: re.Match[str]) -> str:
    """ "20140206T101500Z" -> "2014-02-06 10:15:00Z"."""
    year, month, day, hour, minute, second, zone = compact.groups("")
    return f"{year}-{month}-{day}" + (f" {hour}:{minute}:{second or '00'}{zone}" if hour else "")


def _longest_first(kind: str) -> list[str]:
    words = [re.escape(row["word"]) for row in rows("gather_calendar") if row["kind"] == kind]
    return sorted(words, key=lambda word: (-len(word), word))


def _read(match: re.Match[str]) -> Dated | None:
    part = match.groupdict()
    if part["y7"]:
        day_iso, month, day = _numeric(int(part["a7"]), int(part["b7"]), int(part["y7"]), part["s7"])
        if day_iso is None:
            return None
    else:
        index = next(i for i in "123456" if part.get(f"m{i}"))
        month, year_text, day_text = _month(part[f"m{index}"]), part.get(f"y{index}"), part.get(f"d{index}")
        day = int(re.sub(r"\D", "", day_text)) if day_text else None
        if year_text is None:
            return Dated(match.start(), match.end(), None, month, day)
        day_iso = _day(_year(year_text), month, day)
        if day_iso is None:
            return None
    return Dated(match.start(), match.end(), day_iso + (_time(part) if len(day_iso) == 10 else ""), month, day)


def _numeric(first: int, second: int, year: int, sign: str) -> tuple[str | None, int | None, int | None]:
    """Dotted dates name the day first; with other signs only a number over 12, or two equal ones, tell."""
    ways = {(second, first)} if sign == "." else {(second, first), (first, second)}
    days = {found: (month, day) for month, day in sorted(ways) if (found := _day(year, month, day))}
    if len(days) == 1:
        found, (month, day) = next(iter(days.items()))
        return found, month, day
    return (str(year) if days else None), None, None


def _month(word: str) -> int:
    return int(word) if word.isdigit() else months()[word.lower().rstrip(".")]


def _year(text: str) -> int:
    number = int(text.lstrip("'"))
    if number >= 100:
        return number
    return number + (2000 if number < 70 else 1900)


def _day(year: int, month: int | None, day: int | None) -> str | None:
    if month is None:
        return None
    try:
        return date(year, month, day or 1).isoformat()[: 10 if day else 7]
    except ValueError:
        return None


def _time(part: dict[str, str | None]) -> str:
    """ "T10:15:00+09:00", without the zone where none is known, "" where no time is given."""
    if hhmm := part["hhmm"]:
        hour, minute, second = int(hhmm[:2]), hhmm[2:], "00"
    elif part["hour"]:
        hour, minute, second = int(part["hour"]), part["minute"] or "00", part["second"] or "00"
        half = (part["half"] or part["half2"] or "").lower()
        if half and not 1 <= hour <= 12:
            return ""
        if half:
            hour = hour % 12 + (12 if half == "p" else 0)
    else:
        return ""
    return f"T{hour:02}:{minute}:{second}{_zone(part['zone'])}"


def _zone(text: str | None) -> str:
    if not text:
        return ""
    if text.lower() in _zones():
        return _zones()[text.lower()]
    sign, digits = re.search(r"([+-])([\d:]+)", text).groups()  # type: ignore[union-attr]
    digits = digits.replace(":", "")
    digits = digits.zfill(2).ljust(4, "0") if len(digits) <= 2 else digits.zfill(4)
    return f"{sign}{digits[:2]}:{digits[2:]}" if int(digits[:2]) <= 14 and int(digits[2:]) < 60 else ""
