"""What stands in an address after "?", checked against what the page takes. Anything else is a UsageError that says so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final
from unicodedata import category
from urllib.parse import urlencode

from ascribe.errors import UsageError
from ascribe.schema import STANCES, STATUSES, TYPES
from ascribe.store import Question
from ascribe.view import question

LONGEST: Final = 200  # characters of one value
MOST: Final = 12  # values of one parameter
PAGES: Final = 40  # of statements: a reader who is still not there narrows the question or takes the CSV
REPORT_PAGES: Final = 2_000


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of a page: what it is for, and which values it takes (none given: any text)."""

    about: str
    choices: tuple[str, ...] = ()
    several: bool = False
    needed: bool = False
    most: int | None = None  # a number from 1 to this
    date: bool = False


PAGE: Final = Parameter(f"Which page of the list, 1 to {PAGES}.", most=PAGES)
REPORT_PAGE: Final = Parameter(f"Which page of the list, 1 to {REPORT_PAGES}.", most=REPORT_PAGES)
FILTERS: Final[Mapping[str, Parameter]] = {
    "actor": Parameter("Who did or holds it: JPN, Japan, or any words.", several=True),
    "recipient": Parameter("Whom it is directed at.", several=True),
    "type": Parameter("The type.", TYPES, several=True),
    "about": Parameter("A dispute, or words of object, place or paragraph.", several=True),
    "status": Parameter("The status.", STATUSES, several=True),
    "stance": Parameter("How the innermost source stands to it.", STANCES, several=True),
    "according_to": Parameter("Any source of the chain, or the publisher.", several=True),
    "from": Parameter("Not over before this day: 2014, 2014-02 or 2014-02-06.", date=True),
    "until": Parameter("Begun by this day.", date=True),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """The values that were given, by parameter; empty ones, which forms send, are left out."""

    values: Mapping[str, tuple[str, ...]]

    def one(self, name: str) -> str | None:
        """The value of a parameter that is given once at most."""
        return next(iter(self.values.get(name, ())), None)

    def needed(self, name: str) -> str:
        """A value that `read` has made sure of."""
        return self.values[name][0]

    @property
    def page(self) -> int:
        """Which page of the list; the first if none is named."""
        return int(self.one("page") or 1)

    def question(self, **more: Any) -> Question:
        """The filters as a question to the dossier; `more` are filters that the page itself sets."""
        given = {name: self.values[name] for name in FILTERS if name in self.values and name not in ("from", "until")}
        return question(**given | more, from_=self.one("from"), until=self.one("until"))

    def query(self, **changed: object) -> str:
        """The same as a query string, with some values changed; None takes one away."""
        values: dict[str, object] = {**self.values, **changed}
        kept = {name: value for name, value in sorted(values.items()) if value not in (None, ())}
        return urlencode(kept, doseq=True)


def read(items: Iterable[tuple[str, str]], parameters: Mapping[str, Parameter]) -> Asked:
    """The parameters of an address. UsageError: unknown, too many, too long, or not one of the choices."""
    values: dict[str, list[str]] = {}
    for name, value in items:
        if name not in parameters:
            known = ", ".join(parameters) or "none"
            raise UsageError(f"there is no parameter {name[:40]!r} here; there is {known}")
        if value.strip():
            values.setdefault(name, []).append(_checked(name, value.strip(), parameters[name]))
    for name, parameter in parameters.items():
        given = values.get(name, [])
        if parameter.needed and not given:
            raise UsageError(f"{name}: is missing; {parameter.about}")
        if len(given) > (MOST if parameter.several else 1):
            raise UsageError(f"{name}: is given too often; at most {MOST if parameter.several else 1}")
    return Asked({name: tuple(dict.fromkeys(given)) for name, given in values.items()})


def _checked(name: str, value: str, parameter: Parameter) -> str:
    if len(value) > LONGEST:
        raise UsageError(f"{name}: is longer than {LONGEST} characters; shorten it")
    if any(category(character) in ("Cc", "Cs") for character in value):
        raise UsageError(f"{name}: holds a control character; type it again")
    if parameter.choices:
        value = value.upper() if value.upper() in parameter.choices else value.lower()
        if value not in parameter.choices:
            raise UsageError(f"{name}: there is no {value[:40]!r}; choose one of {', '.join(parameter.choices)}")
    if parameter.most and not (value.isascii() and value.isdigit() and 1 <= int(value) <= parameter.most):
        raise UsageError(
            f"{name}: {value[:20]!r} is not a number from 1 to {parameter.most}; narrow the question or take the CSV"
        )
    return value
