"""What a time expression means: "two years ago" by the report's date, "since 2010" with an open end, "soon" not at all.

Each word of an expression has a role (calendar.csv) and each role a letter; a rule is a pattern over these letters, so that
"Thursday, Feb. 6, 2014" is "WMDY". The report's date is needed for everything that is counted from it, and is never guessed.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from ascribe.data import rows
from ascribe.resolve.lexicon import key_of
from ascribe.schema import Identity, Mention

_LONGEST = 160  # characters of an expression that are read
_WORD = re.compile(r"\d+|[^\W\d_]+|[–—/-]")
_LETTERS = {
    "month": "M",
    "weekday": "W",
    "number": "N",
    "ordinal": "O",
    "unit": "U",
    "season": "S",
    "day": "T",
    "last": "l",
    "next": "n",
    "this": "t",
    "ago": "A",
    "since": "s",
    "until": "u",
    "before": "b",
    "after": "f",
    "between": "w",
    "from": "F",
    "to": "o",
    "for": "R",
    "in": "I",
    "part": "",
    "vague": "v",
    "refused": "x",
    "daypart": "",
}
_DAYS = {"day": 1, "week": 7, "fortnight": 14, "weekend": 7}
_MONTHS = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}


@dataclass(frozen=True, slots=True)
class Period:
    """From `earliest` to `latest`, ISO 8601 prefixes; None is an open end."""

    earliest: str | None
    latest: str | None
    granularity: str
    score: float
    because: str


@dataclass(frozen=True, slots=True)
class Part:
    """A word of an expression: the letter of its role and its value."""

    letter: str
    value: str


def when(published: str | None, statement: str, mention: Mention, *, status: str = "actual") -> Identity:
    """The Identity of a time mention."""
    found = period(mention.text, published, future=status == "future")
    if isinstance(found, str):
        return Identity(statement, "time", mention.span, because=found)
    return Identity(
        statement,
        "time",
        mention.span,
        earliest=found.earliest,
        latest=found.latest,
        granularity=found.granularity,
        score=found.score,
        because=found.because,
    )


def period(text: str, published: str | None, *, future: bool = False) -> Period | str:
    """The period that an expression means, or the reason why none can be named."""
    parts = _parts(text[:_LONGEST])
    letters = "".join(part.letter for part in parts)
    if "x" in letters:
        return "a fiscal, lunar or academic calendar, which is not converted"
    today, whole = _today(published)
    clock = _Clock(today, future)
    try:
        found = _bounded(letters, parts, clock) or _era(text) or _inside(letters, parts, clock)
    except _NoDateError:
        return (
            "counted from the report's date, which is unknown"
            if published is None
            else f"counted from a day, but the report's date is only {published}"
        )
    except (ValueError, OverflowError):
        return "no such date in the calendar"
    if found is None:
        return "names no date"
    return (
        found
        if whole or "report" not in found.because
        else Period(found.earliest, found.latest, found.granularity, found.score / 2, found.because)
    )


class _NoDateError(Exception):
    """The report's date is needed and is not known."""


@dataclass(frozen=True, slots=True)
class _Clock:
    """The day from which an expression is counted."""

    day: date | None
    future: bool

    @property
    def today(self) -> date:
        if self.day is None:
            raise _NoDateError
        return self.day


def _today(published: str | None) -> tuple[date | None, bool]:
    if published is None or len(published) < 10:
        return None, False
    try:
        return date.fromisoformat(published[:10]), True
    except ValueError:
        return None, False


# ---- words to letters ----


@cache
def _calendar() -> dict[str, tuple[str, str]]:
    return {row["word"]: (row["role"], row["value"]) for row in rows("calendar")}


def _parts(text: str) -> list[Part]:
    parts: list[Part] = []
    words = _WORD.findall(text.lower().replace("'", " ").replace("’", " "))
    for index, word in enumerate(words):
        after = words[index + 1] if index + 1 < len(words) else ""
        if word == "-" and parts and parts[-1].letter == "N" and _role(after) in ("number", "ordinal"):
            continue  # "twenty-three"
        before = _role(words[index - 1]) if index else ""
        if word == "-" and before == "part":
            continue  # "mid-May"
        if _role(word) == "daypart":
            _of_day(parts)
        else:
            parts.extend(_part(word, after))
    return parts


def _role(word: str) -> str:
    return _calendar().get(word, ("", ""))[0]


def _of_day(parts: list[Part]) -> None:
    """Make "this morning" today and "last night" yesterday; beside a day the part of the day says nothing."""
    shift = {"t": "0", "l": "-1"}.get(parts[-1].letter) if parts else None
    if shift is not None:
        parts[-1] = Part("T", shift)


def _part(word: str, after: str) -> list[Part]:
    if word.isdecimal():
        return [_number(word, after)]
    if word in ("-", "–", "—", "/"):
        return [Part("o", "")]
    if word in ("st", "nd", "rd", "th", "s"):
        return []
    role, value = _calendar().get(word, ("?", word))
    letter = _LETTERS.get(role, "?")
    return [Part(letter, value)] if letter else []


def _number(word: str, after: str) -> Part:
    if len(word) == 4 and 1000 <= int(word) <= 2200:
        return Part("X" if after == "s" else "Y", word)
    if after == "s" and len(word) == 2 and word.endswith("0"):
        return Part("X", f"19{word}")
    if after in ("st", "nd", "rd", "th") and len(word) <= 2:
        return Part("D", word)
    return Part("D" if len(word) <= 2 and 1 <= int(word) <= 31 else "N", word)


# ---- periods with bounds: since, until, between ----

_Rule = Callable[[Sequence[Part], _Clock], Period | None]


def _bounded(letters: str, parts: Sequence[Part], clock: _Clock) -> Period | None:
    """The whole expression as a plain period or one with a word that opens or closes it."""
    plain = _plain(letters, parts, clock)
    if plain is not None or not parts:
        return plain
    first = letters[0]
    if first in "sFI" and len(parts) > 1:
        inner = _bounded(letters[1:], parts[1:], clock)
        if first == "I" or inner is None:
            return inner
        if first == "F" and inner.earliest != inner.latest:
            return inner
        return Period(inner.earliest, None, inner.granularity, inner.score, f"open end; {inner.because}")
    if first in "ubf" and len(parts) > 1:
        inner = _bounded(letters[1:], parts[1:], clock)
        if inner is None:
            return None
        if first == "f":
            return Period(inner.latest, None, inner.granularity, inner.score, f"open end; {inner.because}")
        return Period(
            None,
            inner.latest if first == "u" else inner.earliest,
            inner.granularity,
            inner.score,
            f"open beginning; {inner.because}",
        )
    if "o" in letters:
        return _from_to(letters.lstrip("wF"), parts[len(letters) - len(letters.lstrip("wF")) :], clock)
    return None


def _from_to(letters: str, parts: Sequence[Part], clock: _Clock) -> Period | None:
    cut = letters.index("o")
    left, right = parts[:cut], parts[cut + 1 :]
    left_letters, right_letters = letters[:cut], letters[cut + 1 :].lstrip("o")
    right = right[len(letters[cut + 1 :]) - len(right_letters) :]
    if left_letters == "Y" and right_letters in ("D", "N") and len(right[0].value) <= 2:
        right, right_letters = [Part("Y", left[0].value[:2] + right[0].value.zfill(2))], "Y"
    elif left_letters in ("MD", "WMD") and right_letters in ("D", "DY"):
        right, right_letters = [Part("M", left[-2].value), *right], "M" + right_letters
    elif left_letters == "D" and "M" in right_letters:
        left, left_letters = [*left, *right[1:]], "D" + right_letters[1:]
    if right_letters.endswith("Y") and left_letters in ("M", "MD", "DM"):
        left, left_letters = [*left, right[-1]], left_letters + "Y"
    begin, end = _plain(left_letters, left, clock), _plain(right_letters, right, clock)
    if begin is None or end is None:
        return None
    granularity = begin.granularity
    return Period(
        begin.earliest,
        end.latest,
        granularity,
        min(begin.score, end.score),
        f"from {begin.earliest} to {end.latest}: {begin.because}",
    )


def _inside(letters: str, parts: Sequence[Part], clock: _Clock) -> Period | None:
    """A dated stretch inside words that say nothing of the calendar: "since Syria's civil war began in 2011"."""
    found = re.search(r"WMDY|WDMY|MDY|DMY|MY|WMD|WDM|MD(?!Y)|DM|Y|X|[DN]{1,2}UA|lU|lM", letters)
    if found is None:
        return None
    inner = _plain(found.group(), parts[found.start() : found.end()], clock)
    if inner is None:
        return None
    opened = letters[0] in "sf"
    return Period(
        inner.earliest,
        None if opened else inner.latest,
        inner.granularity,
        inner.score * 0.7,
        f"the date among other words; {inner.because}",
    )


def _era(text: str) -> Period | None:
    words = f" {key_of(text)} "
    found = [(len(key), row) for key, row in _eras() if f" {key} " in words]
    if not found:
        return None
    row = max(found, key=lambda item: item[0])[1]
    opened = words.startswith((" since ", " after "))
    earliest = row["until"] if words.startswith(" after ") else row["from"]
    return Period(earliest, None if opened else row["until"], "era", 0.8, f'"{row["name"]}", eras.csv')


@cache
def _eras() -> tuple[tuple[str, dict[str, str]], ...]:
    return tuple((key_of(row["name"]), row) for row in rows("eras"))


# ---- plain periods ----


def _plain(letters: str, parts: Sequence[Part], clock: _Clock) -> Period | None:
    for pattern, rule in _RULES:
        if pattern.fullmatch(letters):
            return rule(parts, clock)
    return None


def _one(parts: Sequence[Part], letter: str) -> str:
    return next(part.value for part in parts if part.letter == letter)


def _period(first: date, last: date, because: str, score: float = 0.9) -> Period:
    return Period(first.isoformat(), last.isoformat(), "day", score, because)


def _as_day(day: date, because: str, score: float = 0.9) -> Period:
    return _period(day, day, because, score)


def _as_month(year: int, month: int, because: str, score: float = 0.9) -> Period:
    prefix = f"{year:04d}-{month:02d}"
    return Period(prefix, prefix, "month", score, because)


def _as_year(year: int, because: str, score: float = 0.9) -> Period:
    return Period(f"{year:04d}", f"{year:04d}", "year", score, because)


def _full_date(parts: Sequence[Part], clock: _Clock) -> Period:
    day = date(int(_one(parts, "Y")), int(_one(parts, "M")), int(_one(parts, "D")))
    return _as_day(day, "a full date", 1.0)


def _month_year(parts: Sequence[Part], clock: _Clock) -> Period:
    return _as_month(int(_one(parts, "Y")), int(_one(parts, "M")), "a month with its year", 1.0)


def _year(parts: Sequence[Part], clock: _Clock) -> Period:
    return _as_year(int(_one(parts, "Y")), "a year", 1.0)


def _decade(parts: Sequence[Part], clock: _Clock) -> Period:
    year = int(_one(parts, "X"))
    return Period(str(year), str(year + (99 if year % 100 == 0 and year < 2000 else 9)), "decade", 1.0, "a decade")


def _century(parts: Sequence[Part], clock: _Clock) -> Period | None:
    if _one(parts, "U") != "century":
        return None
    number = int(next(part.value for part in parts if part.letter in "DON"))
    return Period(f"{number * 100 - 99:04d}", f"{number * 100:04d}", "era", 1.0, "a century")


def _month_day(parts: Sequence[Part], clock: _Clock) -> Period:
    """The nearest such day before the report, or after it where the statement looks ahead or the day is just to come."""
    month, day, today = int(_one(parts, "M")), int(_one(parts, "D")), clock.today
    candidates = [_safe(year, month, day) for year in (today.year - 1, today.year, today.year + 1)]
    if clock.future:
        chosen = min(each for each in candidates if each >= today)
    else:
        chosen = max(each for each in candidates if each <= today + timedelta(days=10))
    return _as_day(chosen, f"the {'next' if clock.future else 'nearest'} such day by the report of {today}")


def _safe(year: int, month: int, day: int) -> date:
    return date(year, month, min(day, monthrange(year, month)[1])) if day <= 31 else date(year, month, day)


def _month(parts: Sequence[Part], clock: _Clock) -> Period:
    month, today = int(_one(parts, "M")), clock.today
    back = month > today.month
    year = today.year + (0 if month >= today.month else 1) if clock.future else today.year - back
    return _as_month(year, month, f"the {'next' if clock.future else 'last'} such month by the report of {today}", 0.8)


def _weekday(parts: Sequence[Part], clock: _Clock) -> Period:
    today = clock.today
    ahead = (int(_one(parts, "W")) - today.weekday()) % 7
    day = today + timedelta(days=ahead if clock.future or ahead == 0 else ahead - 7)
    return _as_day(day, f"the {'next' if clock.future else 'last'} such day by the report of {today}")


def _last_weekday(parts: Sequence[Part], clock: _Clock) -> Period:
    today = clock.today
    back = (today.weekday() - int(_one(parts, "W"))) % 7 or 7
    return _as_day(today - timedelta(days=back), f"the last such day before the report of {today}")


def _next_weekday(parts: Sequence[Part], clock: _Clock) -> Period:
    today = clock.today
    ahead = (int(_one(parts, "W")) - today.weekday()) % 7 or 7
    return _as_day(today + timedelta(days=ahead), f"the next such day after the report of {today}")


def _day(parts: Sequence[Part], clock: _Clock) -> Period:
    offset = int(_one(parts, "T"))
    return _as_day(clock.today + timedelta(days=offset), f"by the report of {clock.today}")


def _unit_at(unit: str, today: date, steps: int) -> Period:
    because = f"by the report of {today}"
    if unit in ("week", "weekend", "fortnight"):
        monday = today - timedelta(days=today.weekday()) + timedelta(days=7 * steps)
        if unit == "weekend" and steps < 0 and today.weekday() < 5:
            monday = today - timedelta(days=today.weekday() + 7)
        return _period(monday + timedelta(days=5 if unit == "weekend" else 0), monday + timedelta(days=6), because)
    if unit == "day":
        return _as_day(today + timedelta(days=steps), because)
    if unit == "month":
        moved = _shift(today, steps)
        return _as_month(moved.year, moved.month, because)
    if unit == "quarter":
        first = _shift(date(today.year, (today.month - 1) // 3 * 3 + 1, 1), 3 * steps)
        return Period(first.isoformat()[:7], _shift(first, 2).isoformat()[:7], "month", 0.9, because)
    if unit == "decade":
        year = today.year // 10 * 10 + 10 * steps
        return Period(str(year), str(year + 9), "decade", 0.8, because)
    if unit == "century":
        year = (today.year - 1) // 100 * 100 + 1 + 100 * steps
        return Period(str(year), str(year + 99), "era", 0.8, because)
    return _as_year(today.year + steps, because)


def _shift(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 + months, 12)
    return _safe(day.year + years, month + 1, day.day)


def _relative_unit(parts: Sequence[Part], clock: _Clock) -> Period:
    return _unit_at(_one(parts, "U"), clock.today, _steps(parts))


def _steps(parts: Sequence[Part]) -> int:
    return {"l": -1, "t": 0, "n": 1}[next(part.letter for part in parts if part.letter in "ltn")]


def _relative_month(parts: Sequence[Part], clock: _Clock) -> Period:
    month, today, step = int(_one(parts, "M")), clock.today, _steps(parts)
    year = today.year
    if step < 0:
        year -= month >= today.month
    elif step > 0:
        year += month <= today.month
    days = [part for part in parts if part.letter == "D"]
    if days:
        return _as_day(_safe(year, month, int(days[0].value)), f"by the report of {today}")
    return _as_month(year, month, f"by the report of {today}")


def _day_of_this_year(parts: Sequence[Part], clock: _Clock) -> Period | None:
    if _one(parts, "U") != "year":
        return None
    year, month = clock.today.year + _steps(parts), int(_one(parts, "M"))
    days = [part for part in parts if part.letter == "D"]
    because = f"by the report of {clock.today}"
    return _as_day(date(year, month, int(days[0].value)), because) if days else _as_month(year, month, because)


def _weekday_of_week(parts: Sequence[Part], clock: _Clock) -> Period | None:
    if _one(parts, "U") != "week":
        return None
    monday = clock.today - timedelta(days=clock.today.weekday()) + timedelta(days=7 * _steps(parts))
    return _as_day(monday + timedelta(days=int(_one(parts, "W"))), f"by the report of {clock.today}")


def _season(parts: Sequence[Part], clock: _Clock) -> Period:
    month = int(_one(parts, "S"))
    years = [part.value for part in parts if part.letter == "Y"]
    if years:
        year, because, score = int(years[0]), "a season with its year, northern half", 0.7
    else:
        today = clock.today
        steps = _steps(parts) if any(part.letter in "ltn" for part in parts) else 0
        year = today.year + steps if steps else today.year - (not clock.future and month > today.month)
        because, score = f"a season by the report of {today}, northern half", 0.6
    first = date(year, month, 1)
    return Period(first.isoformat()[:7], _shift(first, 2).isoformat()[:7], "month", score, because)


def _quarter(parts: Sequence[Part], clock: _Clock) -> Period | None:
    if _one(parts, "U") != "quarter":
        return None
    number = int(next(part.value for part in parts if part.letter in "DO"))
    first = date(int(_one(parts, "Y")), 3 * number - 2, 1)
    return Period(first.isoformat()[:7], _shift(first, 2).isoformat()[:7], "month", 1.0, "a quarter of a year")


def _count(parts: Sequence[Part]) -> int:
    numbers = [int(part.value) for part in parts if part.letter in "DN"]
    return max(numbers) if len(numbers) > 1 and 1 in numbers else sum(numbers)


def _moved(today: date, unit: str, count: int) -> date:
    return today + timedelta(days=_DAYS[unit] * count) if unit in _DAYS else _shift(today, _MONTHS[unit] * count)


def _at_distance(today: date, unit: str, count: int, because: str) -> Period:
    moved = _moved(today, unit, count)
    if unit == "day":
        return _as_day(moved, because)
    if unit in ("week", "fortnight", "weekend"):
        return _period(moved - timedelta(days=3), moved + timedelta(days=3), because, 0.7)
    if unit in ("month", "quarter"):
        return _as_month(moved.year, moved.month, because, 0.8)
    if unit == "year":
        return _as_year(moved.year, because, 0.8)
    begin = moved.year // 10 * 10
    return Period(str(begin), str(begin + 9), "decade", 0.5, because)


def _ago(parts: Sequence[Part], clock: _Clock) -> Period:
    return _at_distance(clock.today, _one(parts, "U"), -_count(parts), f"counted back from the report of {clock.today}")


def _past_units(parts: Sequence[Part], clock: _Clock) -> Period:
    today = clock.today
    begin = _moved(today, _one(parts, "U"), -_count(parts))
    return _period(begin, today, f"counted back from the report of {today}", 0.7)


def _coming_units(parts: Sequence[Part], clock: _Clock) -> Period:
    today = clock.today
    return _period(today, _moved(today, _one(parts, "U"), _count(parts)), f"counted from the report of {today}", 0.7)


def _in_units(parts: Sequence[Part], clock: _Clock) -> Period:
    if clock.future:
        return _at_distance(clock.today, _one(parts, "U"), _count(parts), f"counted from the report of {clock.today}")
    return _past_units(parts, clock)


_RULES: tuple[tuple[re.Pattern[str], _Rule], ...] = tuple(
    (re.compile(pattern), rule)
    for pattern, rule in (
        (r"W?(MDY|DMY)", _full_date),
        (r"MY", _month_year),
        (r"Y", _year),
        (r"X", _decade),
        (r"[DON]U", _century),
        (r"[DO]UY", _quarter),
        (r"W?(MD|DM)", _month_day),
        (r"W?(MD|DM|M)tU|W?(MD|DM|M)[ln]U", _day_of_this_year),
        (r"M", _month),
        (r"tW|W", _weekday),
        (r"T|TW", _day),
        (r"lW|Wl", _last_weekday),
        (r"nW", _next_weekday),
        (r"W[ltn]U", _weekday_of_week),
        (r"[ltn]U", _relative_unit),
        (r"[ltn](M|MD)", _relative_month),
        (r"S|SY|[ltn]S", _season),
        (r"[DN]{1,2}UA", _ago),
        (r"R*l[DN]{1,2}U|R+[DN]{1,2}U", _past_units),
        (r"R*n[DN]{1,2}U", _coming_units),
        (r"I[DN]{1,2}U", _in_units),
    )
)
