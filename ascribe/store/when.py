"""ISO 8601 prefixes ("2014", "2014-02") to whole days, so that a question can ask for a stretch of time."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable
from functools import lru_cache

from ascribe.errors import UsageError
from ascribe.schema import Identity, Report, Statement

_PREFIX = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:[T ].*)?)?)?", re.ASCII)


def first_day(prefix: str | None) -> str | None:
    """The first day that a prefix covers: "2014-02" → "2014-02-01"; None where it is no date."""
    return _day(prefix, last=False)


def last_day(prefix: str | None) -> str | None:
    """The last day that a prefix covers: "2014-02" → "2014-02-28"; None where it is no date."""
    return _day(prefix, last=True)


@lru_cache(maxsize=20_000)
def _day(prefix: str | None, *, last: bool) -> str | None:
    matched = _PREFIX.fullmatch(prefix or "")
    if not matched:
        return None
    year, month, day = matched.groups()
    month = month or ("12" if last else "01")
    if not 1 <= int(month) <= 12 or int(year) == 0:
        return None
    days = monthrange(int(year), int(month))[1]
    day = day or (str(days) if last else "01")
    return f"{year}-{month}-{day:>02}" if 1 <= int(day) <= days else None


def day_asked(prefix: str, option: str, *, last: bool) -> str:
    """The day meant by a person who typed `prefix` for `option`."""
    day = _day(prefix, last=last)
    if day is None:
        raise UsageError(f"{option}: {prefix!r} is no date; write 2014, 2014-02 or 2014-02-06")
    return day


def days_of(report: Report, statement: Statement, identities: Iterable[Identity]) -> tuple[str | None, str | None]:
    """First and last day that the content of a statement may be of.

    Its own time if that is known, open ends closed by the report's date; else the report's date, unless the content is
    told as history or its time is named but not understood: then nothing is known."""
    when = None
    for identity in identities:
        if identity.role == "time":
            when = identity
            break
    if when and (when.earliest or when.latest):
        known = first_day(when.earliest), last_day(when.latest)
        told = last_day(report.published)
        latest = known[1] or max(filter(None, (known[0], told)), default=None)
        return known[0], latest
    if statement.status == "historical" or statement.time is not None:
        return None, None
    return first_day(report.published), last_day(report.published)
