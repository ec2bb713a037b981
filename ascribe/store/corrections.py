"""What people correct: kept beside what the reader said, laid over it whenever a statement is read, and taken back at will.

The rows of a statement are never changed by a correction. Only what questions are looked up in follows it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import Connection, select

from ascribe.errors import UsageError
from ascribe.schema import POSITIONS, SECTORS, STANCES, STATUSES, TYPES, Identity, Mention, Span, Statement
from ascribe.store import tables
from ascribe.store.writing import put

_OF_STATEMENT: Final[dict[str, tuple[str, ...] | None]] = {
    "type": TYPES,
    "status": STATUSES,
    "stance": STANCES,
    "mode": None,
    "quoted": None,
}
_OF_PARTY: Final = ("country", "sector", "entity", "name")
_OF_PLACE: Final = ("name", "country", "entity", "dispute", "lat", "lon")
_OF_TIME: Final = ("earliest", "latest", "granularity")
_FIELD: Final = re.compile(r"(actor|recipient|source)(?:\.(\d+))?\.(\w+)|(place|time)\.(\w+)")
FIELDS: Final = (
    "type, status, stance, mode, quoted, dispute, actor.N.country (sector, entity, name; recipient and source alike; "
    "N = 1 may be left out), place.name (country, entity, dispute, lat, lon), time.earliest (latest, granularity)"
)


@dataclass(frozen=True, slots=True)
class Correction:
    """One thing that a person said of a statement. `undoes` is the number of the correction that it takes back."""

    number: int
    statement: str
    field: str
    old: Any
    new: Any
    who: str
    why: str
    at: str
    undoes: int | None = None


# ---- what a person typed ----


def field_of(typed: str) -> str:
    """The full name of a field: "actor.country" → "actor.1.country"."""
    if typed in _OF_STATEMENT or typed == "dispute":
        return typed
    matched = _FIELD.fullmatch(typed)
    party, number, part, other, other_part = matched.groups() if matched else (None,) * 5
    if party and part in _OF_PARTY and int(number or 1) > 0:
        return f"{party}.{int(number or 1)}.{part}"
    if other and other_part in (_OF_PLACE if other == "place" else _OF_TIME):
        return f"{other}.{other_part}"
    raise UsageError(f"there is no field {typed!r}; fields are {FIELDS}")


def value_of(field: str, typed: str) -> Any:
    """What `typed` means for a field; an empty text says that nothing is known."""
    last = field.rsplit(".", 1)[-1]
    allowed: tuple[str, ...] | None = _OF_STATEMENT.get(field) or (SECTORS if last == "sector" else None)
    if field == "quoted":
        allowed = ("yes", "no")
    if allowed and not (typed == "" and last == "sector"):
        if typed not in allowed:
            raise UsageError(f"{field}: {typed!r} is none of {', '.join(allowed)}")
        return typed == "yes" if field == "quoted" else typed
    if typed == "":
        return None
    if last in ("lat", "lon"):
        try:
            return float(typed)
        except ValueError:
            raise UsageError(f"{field}: {typed!r} is no number of degrees") from None
    if last in ("earliest", "latest") and not re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", typed, re.ASCII):
        raise UsageError(f"{field}: {typed!r} is no date; write 2014, 2014-02 or 2014-02-06")
    return typed


# ---- laid over what the reader said ----


def lay_over(
    statement: Statement, identities: Sequence[Identity], corrections: Iterable[Correction]
) -> tuple[Statement, list[Identity]]:
    """A statement and its identities as people left them."""
    known = list(identities)
    fields: list[str] = []
    for correction in corrections:
        if correction.field in _OF_STATEMENT:
            statement = replace(statement, **_told(correction.field, correction.new))
        else:
            _believe(statement, known, correction)
        fields.append(correction.field)
    return (replace(statement, corrected=tuple(dict.fromkeys(fields))) if fields else statement), known


def _told(field: str, value: Any) -> dict[str, Any]:
    return {"type": value, "kind": "position" if value in POSITIONS else "event"} if field == "type" else {field: value}


def _believe(statement: Statement, known: list[Identity], correction: Correction) -> None:
    """Put what a person believes into the identity that a field is of; one is made where there is none."""
    role, mention, name = _place_of(statement, correction.field)
    if mention is None:  # the identities were made again from other words: there is nothing to lay this over
        return
    because = f"corrected by {correction.who} on {correction.at[:10]}: {correction.why}"
    for number, identity in enumerate(known):
        if identity.role == role and (role == "dispute" or identity.span == mention.span):
            known[number] = replace(identity, **{name: correction.new}, because=because)
            return
    known.append(Identity(statement.id, role, mention.span, because=because, **{name: correction.new}))


def _place_of(statement: Statement, field: str) -> tuple[str, Mention | None, str]:
    """Role, mention and field of an identity that a field is of."""
    if field == "dispute":
        return "dispute", statement.object or statement.place or statement.trigger, "entity"
    role, *number, name = field.split(".")
    if role in ("place", "time"):
        return role, getattr(statement, role), name
    parties = {
        "actor": statement.actors,
        "recipient": statement.recipients,
        "source": tuple(source.mention for source in statement.chain),
    }[role]
    index = int(number[0]) - 1
    return role, parties[index] if index < len(parties) else None, name


def value_in(statement: Statement, identities: Iterable[Identity], field: str) -> Any:
    """What a field holds."""
    if field in _OF_STATEMENT:
        return getattr(statement, field)
    role, mention, name = _place_of(statement, field)
    if mention is None:
        raise UsageError(f"statement {statement.id} has no {' '.join(field.split('.')[:-1])} to correct")
    spans: tuple[Span, ...] = (mention.span,)
    those = (i for i in identities if i.role == role and (role == "dispute" or i.span in spans))
    return next((getattr(identity, name) for identity in those), None)


# ---- rows ----


def in_force(connection: Connection, seqs: Sequence[int]) -> dict[int, list[Correction]]:
    """The corrections that hold for some statements: the last one of each field that was not taken back."""
    columns = tables.corrections.c
    held: dict[int, dict[str, list[Correction]]] = {}
    found = connection.execute(
        select(tables.corrections).where(columns.statement.in_(seqs)).order_by(columns.seq)
    ).mappings()
    for row in found:
        correction = correction_of(dict(row), "")
        stack = held.setdefault(row["statement"], {}).setdefault(correction.field, [])
        if correction.undoes is None:
            stack.append(correction)
        else:
            stack[:] = [each for each in stack if each.number != correction.undoes]
    return {seq: [stack[-1] for stack in fields.values() if stack] for seq, fields in held.items()}


def correction_of(row: dict[str, Any], statement: str) -> Correction:
    """The correction of a row of `corrections`."""
    old, new = (None if row[name] is None else json.loads(row[name]) for name in ("old", "new"))
    return Correction(row["seq"], statement, row["field"], old, new, row["who"], row["why"], row["at"], row["undoes"])


def write(
    connection: Connection, seq: int, field: str, old: Any, new: Any, who: str, why: str, undoes: int | None = None
) -> None:
    """Keep one correction."""
    at = datetime.now(UTC).isoformat(timespec="seconds")
    row = (seq, field, json.dumps(old), json.dumps(new), who, why, at, undoes)
    put(connection, "corrections", ("statement", "field", "old", "new", "who", "why", "at", "undoes"), [row])
