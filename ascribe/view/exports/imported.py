"""A row of an event data set as a record: a report of the row's own words, and one statement on the word of its publisher.

There is no text, so the row's words, each on a line, stand for it: every field has its span, and nothing is made up. The
report's `format` names the data set; its id is the data set's name and the row's own id."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Final, NamedTuple

from ascribe.errors import ReadError
from ascribe.schema import Identity, Mention, Record, Refusal, Report, Span, Statement, digest

DATA_SETS: Final = frozenset({"gdelt", "icews", "polecat"})  # formats of reports whose codes are those of their data set
Row = dict[str, str]


class Party(NamedTuple):
    """A party of a row: its name, country and sector, as far as they stand there."""

    name: str
    country: str | None
    sector: str | None
    entity: str | None = None


class Where(NamedTuple):
    """The place of a row."""

    name: str
    country: str | None
    lat: float | None
    lon: float | None


class Told(NamedTuple):
    """What a row says, in our terms."""

    id: str
    words: str  # what the data set calls the event
    type: str
    mode: str | None
    day: str
    actor: Party | None
    recipient: Party | None
    place: Where | None = None
    contexts: tuple[str, ...] = ()
    publisher: str | None = None
    published: str | None = None
    url: str | None = None


def record_of(told: Told, format: str, name: str) -> Record:
    """The record of a row; `name` is what people call the data set."""
    parts = {
        "actor": told.actor.name if told.actor else "",
        "trigger": told.words,
        "recipient": told.recipient.name if told.recipient else "",
        "place": told.place.name if told.place else "",
        "time": told.day,
    }
    text, words = _lines(parts)
    report = Report(f"{format}:{told.id}", text, None, told.publisher, told.published or told.day, told.url, None, format)
    trigger = words["trigger"].span
    statement = Statement(
        id=digest(report.id, told.type, trigger.start, trigger.stop),
        report=report.id,
        kind="event",
        type=told.type,
        trigger=words["trigger"],
        actors=(words["actor"],) if "actor" in words else (),
        recipients=(words["recipient"],) if "recipient" in words else (),
        place=words.get("place"),
        time=words["time"],
        mode=told.mode,
        contexts=told.contexts,
    )
    return Record(report, (statement,), tuple(_meanings(told, statement, words, f"so in the row of {name}")))


def _lines(parts: dict[str, str]) -> tuple[str, dict[str, Mention]]:
    """The parts that hold words, one a line, and where each stands."""
    text, words = "", {}
    for role, part in parts.items():
        if part:
            start = len(text) + 1 if text else 0
            text = f"{text}\n{part}" if text else part
            words[role] = Mention(part, Span(start, start + len(part)))
    return text, words


def _meanings(told: Told, statement: Statement, words: dict[str, Mention], because: str) -> Iterator[Identity]:
    for role, party in (("actor", told.actor), ("recipient", told.recipient)):
        if party and role in words:
            yield Identity(
                statement.id, role, words[role].span, party.entity, party.name, party.country, party.sector,
                score=1.0, because=because,
            )  # fmt: skip
    if told.place and "place" in words:
        where = told.place
        yield Identity(
            statement.id, "place", words["place"].span, None, where.name, where.country, None, where.lat, where.lon,
            score=1.0, because=because,
        )  # fmt: skip
    yield Identity(
        statement.id, "time", words["time"].span, earliest=told.day, latest=told.day, granularity="day",
        score=1.0, because=because,
    )  # fmt: skip


def records_of(
    rows: Iterable[tuple[int, Row | Refusal]], path: str, adapt: Callable[[Row], Told], format: str, name: str
) -> Iterator[Record | Refusal]:
    """A record for each row, or a Refusal that names its line."""
    for line, row in rows:
        if isinstance(row, Refusal):
            yield row
            continue
        try:
            told = adapt(row)
        except ReadError as error:
            yield Refusal(path, f"line {line}", error.reason)
        else:
            yield record_of(told, format, name)


# ---- cells to values ----


def needed(row: Row, column: str) -> str:
    """A cell that must not be empty."""
    if not row[column]:
        raise ReadError(f"has nothing under {column!r}; mend the line")
    return row[column]


def day_of(row: Row, column: str) -> str:
    """A day as YYYY-MM-DD, from that or YYYYMMDD."""
    cell = needed(row, column)[:10]
    try:
        return date.fromisoformat(cell if "-" in cell else cell[:8]).isoformat()
    except ValueError as error:
        raise ReadError(f"{cell!r} under {column!r} is no day; write 2014-02-06") from error


def number_of(row: Row, column: str, most: float) -> float | None:
    """A number of degrees, None where the cell is empty."""
    cell = row[column]
    if not cell:
        return None
    try:
        number = float(cell)
    except ValueError as error:
        raise ReadError(f"{cell!r} under {column!r} is no number; mend the line") from error
    if not math.isfinite(number) or abs(number) > most:
        raise ReadError(f"{cell} under {column!r} is no number of degrees; mend the line")
    return number


def where_of(name: str, country: str | None, row: Row, lat: str, lon: str) -> Where | None:
    """A place, if the row names one."""
    return Where(name, country, number_of(row, lat, 90), number_of(row, lon, 180)) if name else None
