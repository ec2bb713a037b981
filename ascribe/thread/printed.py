"""A report as grouping sees it, and how two reports stand to each other."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from ascribe.schema import Record
from ascribe.thread.lands import lands_in, words_of_states
from ascribe.thread.outlets import cited, credited, outlet_of
from ascribe.thread.pairs import Kinship
from ascribe.thread.telling import day_of
from ascribe.thread.texts import Text, is_copy, text_of
from ascribe.thread.words import containment, weight_of

QUARTER: Final = 91  # days
_SEASON: Final = 45  # days: reports further apart than two of them share no season
_DISPUTE: Final = 0.8  # weights of a shared dispute and of a shared country beside those of words
_COUNTRY: Final = 0.5


@dataclass(frozen=True, slots=True)
class Printed:
    """A report as grouping sees it."""

    id: str
    text: Text
    names: dict[str, float]  # what it names: words, disputes, countries, with the weight of each
    outlet: str | None  # who prints it
    credit: str | None  # whose text it is by its dateline or last line, if another's
    publisher: str | None  # as printed
    cited: frozenset[str]  # outlets that it names as sources
    day: int

    @property
    def quarter(self) -> int:
        """The quarter of a year, counted from the beginning of the calendar."""
        return self.day // QUARTER

    @property
    def season(self) -> int:
        """The stretch of days in which its names are looked for."""
        return self.day // _SEASON


def kinship(one: Printed, other: Printed) -> Kinship:
    """How two reports stand to each other."""
    if one.id == other.id:
        return Kinship(True, 1.0, False, 0)
    same = is_copy(one.text, other.text)
    topic = 1.0 if same else containment(one.text.words, other.text.words)
    return Kinship(same, topic, one.outlet in other.cited or other.outlet in one.cited, abs(one.day - other.day))


def printed_of(record: Record) -> Printed:
    """What of a report is looked at when it is compared."""
    report = record.report
    day = day_of(report.published) or date.min.toordinal()
    text = text_of(report)
    outlet, credit = outlet_of(report), credited(report)
    return Printed(
        id=report.id,
        text=text,
        names=_names(record, text),
        outlet=outlet,
        credit=credit if credit != outlet else None,
        publisher=report.publisher,
        cited=cited(record),
        day=day,
    )


def _names(record: Record, text: Text) -> dict[str, float]:
    found = {name: weight_of(name) for name in text.names if name not in words_of_states()}
    found |= {f"country {country}": _COUNTRY for country in lands_in(record.report.text)}
    for identity in record.identities:
        if identity.role == "dispute" or identity.dispute:
            found[f"dispute {identity.dispute or identity.entity}"] = _DISPUTE
        elif identity.country and identity.role in ("actor", "recipient"):
            found[f"country {identity.country}"] = _COUNTRY
    return found
