"""Events for score_events: `python -m evaluation.events IN.jsonl OUT.jsonl`.

Text in, (actor, type, recipient) by country out.

Positions are no events. An act of two sides upon each other is two events, one each way."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import permutations

from ascribe.pipeline import read
from ascribe.schema import EVENTS, Identity, Mention, Record, Report, Span, Statement
from evaluation.adapt import Row, adapt

_BODIES = ("IGO", "NGO")  # parties that stand for themselves where a country would stand
Party = tuple[str | None, str | None]  # country or body, sector


def events(row: Row) -> Row:
    published = row.get("date") or row.get("published")
    if published and len(published) == 8 and published.isdigit():
        published = f"{published[:4]}-{published[4:6]}-{published[6:]}"
    record = next(read([Report(str(row["id"]), row["text"], published=published)]))
    found = list(dict.fromkeys(event for one in record.statements if one.type in EVENTS for event in _events(record, one)))
    names = ("actor", "actor_sector", "type", "recipient", "recipient_sector")
    return {"id": row["id"], "events": [dict(zip(names, event, strict=True)) for event in found]}


def _events(record: Record, statement: Statement) -> Iterator[tuple[str | None, ...]]:
    known = {(one.role, one.span): one for one in record.identities if one.statement == statement.id}
    actors = [_party(known, "actor", mention) for mention in statement.actors] or [(None, None)]
    recipients = [_party(known, "recipient", mention) for mention in statement.recipients]
    if statement.status == "negated":
        return
    if not recipients and len(actors) > 1:
        pairs = list(permutations(actors, 2))
    else:
        pairs = [(actor, recipient) for actor in actors for recipient in recipients or [(None, None)]]
    for actor, recipient in pairs:
        yield (*actor, statement.type, *recipient)


def _party(known: dict[tuple[str, Span], Identity], role: str, mention: Mention) -> Party:
    identity = known.get((role, mention.span))
    if identity is None:
        return None, None
    return identity.country or (identity.sector if identity.sector in _BODIES else None), identity.sector


if __name__ == "__main__":
    sys.exit(adapt(__doc__, events))
