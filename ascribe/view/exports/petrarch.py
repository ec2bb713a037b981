"""PETRARCH2: 13 columns divided by tabs, no head; one row an event. A party that is not known is written "---"."""

from __future__ import annotations

from typing import Any, Final

from ascribe.view.exports import cameo
from ascribe.view.exports.dyadic import bare
from ascribe.view.exports.events import Dyad, Event, Side
from ascribe.view.exports.format import Format
from ascribe.view.exports.gdelt import code_of_party, country_of
from ascribe.view.exports.icews import sentence_number

_NOBODY: Final = "---"


def _row(event: Event, dyad: Dyad) -> dict[str, Any]:
    report, statement = event.record.report, event.statement
    return {
        "date": event.earliest.replace("-", ""),
        **_party(dyad.actor, "source"),
        **_party(dyad.recipient, "target"),
        "cameo_code": cameo.code_of(statement.type, statement.mode, dyad.actor.sector if dyad.actor else ""),
        "issues": ";".join(f"{context},1" for context in statement.contexts),
        "sentence_ids": f"{report.id}_{sentence_number(event)}",
        "url": report.url,
        "story_source": report.publisher,
        "event_text": statement.trigger.text,
    }


def _party(side: Side | None, role: str) -> dict[str, Any]:
    return {
        f"{role}_actor": (code_of_party(side) if side else "") or _NOBODY,
        f"actor_text_{role}": side.mention.text if side else "",
        f"actor_root_{role}": (country_of(side) if side else "") or _NOBODY,
    }


PETRARCH: Final = Format("petrarch", "an event a row, 13 columns, tabs, no head", bare("petrarch", _row))
