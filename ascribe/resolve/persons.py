"""Persons and offices by date: who held which office when a report appeared."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from ascribe.data import rows
from ascribe.resolve.lexicon import key_of, split

_LEADS = ("monarch", "supreme-leader", "president", "prime-minister", "chancellor", "secretary-general")


@dataclass(frozen=True, slots=True)
class Term:
    """One person in one office: a line of offices.csv."""

    person: str
    name: str
    office: str
    title: str  # "Prime Minister"
    sector: str
    country: str | None
    organisation: str | None
    since: str
    until: str

    def on(self, date: str) -> bool:
        """Whether the office was held on that day; a date of a month or year is compared as far as it goes."""
        return self.since[: len(date)] <= date and (not self.until or date <= self.until[: len(date)])

    def __str__(self) -> str:
        where = self.country or self.organisation or ""
        return f"{self.title} of {where} {self.since} – {self.until or 'today'}, offices.csv"


@cache
def _titles() -> dict[str, dict[str, str]]:
    return {row["id"]: row for row in rows("titles")}


@cache
def _organisations() -> dict[str, str]:
    return {row["id"]: row["name"] for row in rows("organisations")}


@cache
def _terms() -> tuple[dict[str, list[Term]], dict[tuple[str, str], list[Term]]]:
    people = {row["id"]: row["name"] for row in rows("people")}
    by_person: dict[str, list[Term]] = defaultdict(list)
    by_office: dict[tuple[str, str], list[Term]] = defaultdict(list)
    for row in rows("offices"):
        title = _titles()[row["office"]]
        body = row["country"] if row["country"] in _organisations() else None
        term = Term(
            row["person"],
            people[row["person"]],
            row["office"],
            split(title["words"])[0].title(),
            title["sector"],
            None if body else row["country"] or None,
            body,
            row["from"],
            row["until"],
        )
        by_person[term.person].append(term)
        by_office[row["country"], term.office].append(term)
    return by_person, by_office


@cache
def offices_called() -> dict[str, str]:
    """Titles as they are written, to the office they mean: "premier" -> "prime-minister"."""
    return {key_of(word): row["id"] for row in rows("titles") for word in split(row["words"])}


def terms(person: str) -> list[Term]:
    """All terms of a person, in the order of the table."""
    return _terms()[0].get(person, [])


def holder(office: str, place: str, date: str) -> Term | None:
    """Who held an office of a state or organisation on a day; the later one on the day of a change.

    Of an office that several hold at once ("a British minister") the title alone names nobody."""
    if _titles()[office]["holders"] == "many":
        return None
    held = [term for term in _terms()[1].get((place, office), []) if term.on(date)]
    return max(held, key=lambda term: term.since) if held else None


def term_on(person: str, date: str | None, office: str | None = None) -> Term | None:
    """The office of a person on a day: the asked one, else the highest; without a day the last one."""
    every = [term for term in terms(person) if office is None or term.office == office]
    held = [term for term in every if date is None or term.on(date)]
    return min(held, key=lambda term: (_rank(term), _backwards(term.since))) if held else None


def last_term(person: str, date: str | None) -> Term | None:
    """The office that a person held last before a day."""
    past = [term for term in terms(person) if date is None or term.since <= date]
    return max(past, key=lambda term: term.since) if past else None


def best(people: Iterable[str], date: str | None, office: str | None, country: str | None) -> Term | None:
    """Of several persons with one name the one in office on that day, of that country where it is named."""
    found = [term for person in people if (term := term_on(person, date, office)) is not None]
    fitting = [term for term in found if country is None or term.country in (country, None)]
    return min(fitting, key=lambda term: (_rank(term), _backwards(term.since), term.person)) if fitting else None


def _rank(term: Term) -> int:
    if term.office in _LEADS:
        return _LEADS.index(term.office)
    return len(_LEADS) + (term.sector not in ("GOV", "IGO"))


def _backwards(date: str) -> str:
    return "".join(chr(ord("9") - ord(letter) + ord("0")) if letter.isdigit() else letter for letter in date)
