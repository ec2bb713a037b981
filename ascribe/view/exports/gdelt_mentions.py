"""GDELT 2.0 mentions: 16 columns divided by tabs, no head; one row for each time that a report tells an event."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO, Final

from ascribe.schema import Mention, Record, Statement
from ascribe.view.exports.delimited import write_bare
from ascribe.view.exports.events import Dyad, Event, columns_of, dyads, events_of, tellings
from ascribe.view.exports.format import Format, Left
from ascribe.view.exports.gdelt import number_of, stamp

_WEB, _CITATION = 1, 2  # kinds of where a report is found: an address, or a name alone


def _write(records: Iterable[Record], out: BinaryIO) -> Left:
    left, columns = Left(), columns_of("gdelt-mentions")
    filled = (row for event in events_of(records, left) for dyad in dyads(event) for row in _rows(event, dyad))
    write_bare(([row.get(column) for column in columns] for row in filled), out)
    return left


def _rows(event: Event, dyad: Dyad) -> Iterator[dict[str, Any]]:
    first, *again = tellings(event)
    yield _row(event, dyad, first, dyad.actor and dyad.actor.mention, dyad.recipient and dyad.recipient.mention)
    for told in again:
        yield _row(event, dyad, told, next(iter(told.actors), None), next(iter(told.recipients), None))


def _row(event: Event, dyad: Dyad, told: Statement, actor: Mention | None, recipient: Mention | None) -> dict[str, Any]:
    report = event.record.report
    return {
        "GLOBALEVENTID": number_of(dyad.id),
        "EventTimeDate": stamp(event.earliest),
        "MentionTimeDate": stamp(report.published),
        "MentionType": _WEB if report.url else _CITATION,
        "MentionSourceName": report.publisher,
        "MentionIdentifier": report.url or report.id,
        "SentenceID": report.text[: told.trigger.span.start].count("\n") + 1,
        "Actor1CharOffset": actor.span.start if actor else -1,
        "Actor2CharOffset": recipient.span.start if recipient else -1,
        "ActionCharOffset": told.trigger.span.start,
        "InRawText": 1,
        "Confidence": round(100 * told.confidence),
        "MentionDocLen": len(report.text),
    }


MENTIONS: Final = Format("gdelt-mentions", "a telling of an event a row, 16 columns, tabs, no head", _write)
