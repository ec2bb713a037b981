"""Which statements are events as event data sets mean them, and the pairs of parties that one makes.

An event is what a report gives as having happened, on nobody's denial or doubt, once a report. What is left out is
counted by its reason and never becomes an event: a position, a future, negated, hypothetical or historical content, one
that its source denies or is not sure of, one told a second time, one without a party, one of no known day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from functools import cache
from itertools import permutations, product
from typing import Final, NamedTuple

from ascribe.data import rows
from ascribe.schema import Identity, Mention, Record, Statement
from ascribe.store.when import days_of
from ascribe.view.exports.format import Left
from ascribe.view.record import Known, known_by_statement

_LONGEST: Final = 31  # days over which an event may be spread to be given as one of its first day


class Side(NamedTuple):
    """A party of an event: its words and what they mean."""

    mention: Mention
    identity: Identity | None

    @property
    def name(self) -> str:
        """By which it is known, else as worded."""
        return (self.identity.name if self.identity else None) or self.mention.text

    @property
    def country(self) -> str:
        """ISO 3166-1 alpha-3, historical codes and ours for de facto entities allowed; see `iso3`."""
        return (self.identity.country if self.identity else None) or ""

    @property
    def sector(self) -> str:
        """As in the codebook."""
        return (self.identity.sector if self.identity else None) or ""

    @property
    def entity(self) -> str:
        """Its id in the tables."""
        return (self.identity.entity if self.identity else None) or ""


class Event(NamedTuple):
    """One statement as an event, of the days `earliest` to `latest` (YYYY-MM-DD)."""

    record: Record
    statement: Statement
    known: Known
    earliest: str
    latest: str

    @property
    def actors(self) -> list[Side]:
        """Who did it."""
        return [Side(mention, self.known.get(("actor", mention.span))) for mention in self.statement.actors]

    @property
    def recipients(self) -> list[Side]:
        """Whom it is directed at."""
        return [Side(mention, self.known.get(("recipient", mention.span))) for mention in self.statement.recipients]

    @property
    def place(self) -> Identity | None:
        """Where, if that is known."""
        mention = self.statement.place
        return self.known.get(("place", mention.span)) if mention else None


class Dyad(NamedTuple):
    """An event between one party and one other; `id` is that of the event, numbered where it makes several."""

    id: str
    actor: Side | None
    recipient: Side | None


def events_of(records: Iterable[Record], left: Left, *, longest: int | None = _LONGEST) -> Iterator[Event]:
    """The events of `records`; why a statement is none is counted in `left`."""
    for record in records:
        known = known_by_statement(record.identities)
        for statement in record.statements:
            means = known.get(statement.id, {})
            earliest, latest = days_of(record.report, statement, means.values())
            if why := why_not(statement) or _nobody(statement) or _no_day(earliest, latest, longest):
                left[why] += 1
            else:
                yield Event(record, statement, means, earliest or "", latest or "")


def why_not(statement: Statement) -> str | None:
    """Why a statement is no event of its own; None where it is one."""
    if statement.kind != "event":
        return "position"
    if statement.stance != "asserts":
        return "denied" if statement.stance == "denies" else "hedged"
    if statement.status != "actual":
        return statement.status
    return "told again in its report" if statement.same_as else None


def _nobody(statement: Statement) -> str | None:
    return None if statement.actors or statement.recipients else "without a party"


def _no_day(earliest: str | None, latest: str | None, longest: int | None) -> str | None:
    if not earliest or not latest:
        return "of no known day"
    spread = (date.fromisoformat(latest) - date.fromisoformat(earliest)).days
    return "of no known day" if longest is not None and spread >= longest else None


def dyads(event: Event) -> list[Dyad]:
    """Each actor with each recipient. Of several actors and no recipient, each with each, both ways: they met, or fought."""
    actors, recipients = event.actors, event.recipients
    pairs: list[tuple[Side | None, Side | None]]
    if not recipients and len(actors) > 1:
        pairs = list(permutations(actors, 2))
    else:
        nobody: list[Side | None] = [None]
        pairs = list(product(actors or nobody, recipients or nobody))
    own = id_of(event)
    return [Dyad(own if len(pairs) == 1 else f"{own}-{n}", *pair) for n, pair in enumerate(pairs, 1)]


def tellings(event: Event) -> list[Statement]:
    """The first telling, and those of the same report that repeat it as something that happened."""
    again = [told for told in event.record.statements if told.same_as == event.statement.id]
    return [event.statement, *(told for told in again if (told.status, told.stance) == ("actual", "asserts"))]


def id_of(event: Event) -> str:
    """The statement's id; of an imported row the id that it had."""
    report = event.record.report
    if len(event.record.statements) == 1 and report.id.startswith(f"{report.format}:"):
        return report.id.partition(":")[2]
    return event.statement.id


def in_utc(published: str | None) -> str | None:
    """A date with a time as of UTC and without its zone, as GDELT and FollowTheMoney keep it; any other as it is."""
    try:
        told = datetime.fromisoformat(published or "")
    except ValueError:
        return published
    if not published or "T" not in published:
        return published
    return (told.astimezone(UTC) if told.tzinfo else told).strftime("%Y-%m-%dT%H:%M:%S")


# ---- codes ----


@cache
def sector_code(scheme: str, sector: str) -> str:
    """What a scheme calls one of our sectors; empty where it has no word for it."""
    found = (
        row["code"] for row in rows("sector_codes") if (row["scheme"], row["sector"], row["out"]) == (scheme, sector, "yes")
    )
    return next(found, "")


@cache
def sector_of(scheme: str, code: str) -> str | None:
    """Our sector for a code or word of a scheme."""
    found = (row["sector"] for row in rows("sector_codes") if (row["scheme"], row["code"]) == (scheme, code))
    return next(found, None)


@cache
def countries() -> dict[str, dict[str, str]]:
    """The codes of states in other lists, by ours. De facto entities have those of the state they are coded under."""
    codes = {row["id"]: row for row in rows("country_codes")}
    for row in rows("states"):
        if row["id"] not in codes and (under := codes.get(row["coded_under"])):
            codes[row["id"]] = under
    return codes


def country_code(country: str, scheme: str) -> str:
    """A country in another list: "iso2", "number", "cow", "fips"; empty where it has none."""
    return countries().get(country, {}).get(scheme, "")


@cache
def state_names() -> dict[str, str]:
    """Code → name of states."""
    return {row["id"]: row["name"] for row in rows("states")}


@cache
def states_by_name() -> dict[str, str]:
    """Any name of a state, in small letters, → code. Of states that follow each other under one name, the one of today."""
    named = sorted(rows("states"), key=lambda row: row["kind"] != "historical")
    return {
        name.casefold(): row["id"]
        for row in named
        for column in ("names", "name")
        for name in row[column].split(";")
        if name
    }


def iso3(country: str) -> str:
    """The code under which event data know a country: that of the state under which it is coded, if there is one."""
    return countries().get(country, {}).get("id", country)


@cache
def columns_of(format: str) -> tuple[str, ...]:
    """The published columns of a format, in their order."""
    found = [row for row in rows("export_columns") if row["format"] == format]
    return tuple(row["column"] for row in sorted(found, key=lambda row: int(row["position"])))
