"""The fields of a statement that a reader may correct, as a form offers them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from ascribe.schema import SECTORS, STANCES, STATUSES, TYPES
from ascribe.view.record import Json

_CHOICES: Final = {"type": TYPES, "status": STATUSES, "stance": STANCES, "quoted": ("yes", "no")}
_PARTY: Final = ("country", "sector", "name", "entity")
_PLACE: Final = ("name", "lat", "lon", "dispute")
_TIME: Final = {"earliest": "from", "latest": "to"}


def fields_of(line: Json) -> list[Json]:
    """Every field with its words, its value and, where only some will do, the choices."""
    return [
        {"field": field, "words": words, "value": _shown(value), "choices": list(_choices(field))}
        for field, words, value in _fields(line)
    ]


def _fields(line: Json) -> Iterator[tuple[str, str | None, Any]]:
    for name in ("type", "status", "stance", "quoted", "dispute"):
        yield name, None, line[name]
    for role, key in (("actor", "actor"), ("recipient", "recipient"), ("source", "sources")):
        for number, mention in enumerate(line[key], 1):
            yield from ((f"{role}.{number}.{part}", mention["text"], mention[part]) for part in _PARTY)
    if line["place"]:
        yield from ((f"place.{part}", line["place"]["text"], line["place"][part]) for part in _PLACE)
    if line["time"]:
        yield from ((f"time.{part}", line["time"]["text"], line["time"][key]) for part, key in _TIME.items())


def _choices(field: str) -> tuple[str, ...]:
    return ("", *SECTORS) if field.endswith(".sector") else _CHOICES.get(field, ())


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)
