"""Statements for score_statements: `python -m evaluation.statements GOLD.jsonl OUT.jsonl`.

Reads ids and texts of GOLD, never its answers, and writes what the pipeline finds. One line of a text is one sentence."""

from __future__ import annotations

import importlib.util
import json
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from ascribe.mark import mark
from ascribe.relate import relate
from ascribe.schema import Identity, Mention, Report, Span, Statement

Resolve = Callable[[Report, Sequence[Statement]], list[Identity]]


def main(arguments: Sequence[str]) -> int:
    if len(arguments) != 2:
        print(__doc__)
        return 2
    gold, out = map(Path, arguments)
    with gold.open(encoding="utf-8") as lines, out.open("w", encoding="utf-8") as written:
        for line in lines:
            written.write(json.dumps(predict(report_of(json.loads(line))), ensure_ascii=False) + "\n")
    return 0


def report_of(record: dict[str, Any]) -> Report:
    text = record["text"]
    return Report(
        id=record["id"],
        text=text,
        headline=text.partition("\n")[0] if record.get("headline") else None,
        publisher=record.get("publisher"),
        published=record.get("published"),
    )


def predict(report: Report) -> dict[str, Any]:
    statements = relate(mark(report))
    identities = _identities(report, statements)
    order = {statement.id: index for index, statement in enumerate(statements)}
    return {"id": report.id, "statements": [_as_json(one, identities, order) for one in statements]}


def _identities(report: Report, statements: Sequence[Statement]) -> dict[tuple[str, str, Span], Identity]:
    resolve = _resolver()
    found: Iterable[Identity] = resolve(report, statements) if resolve else ()
    return {(one.statement, one.role, one.span): one for one in found}


def _resolver() -> Resolve | None:
    """The stage `resolve`, or None while it is not there."""
    module = importlib.import_module("ascribe.resolve") if importlib.util.find_spec("ascribe.resolve") else None
    return getattr(module, "resolve", None)


def _as_json(
    statement: Statement, identities: dict[tuple[str, str, Span], Identity], order: dict[str, int]
) -> dict[str, Any]:
    def party(role: str, mention: Mention) -> dict[str, Any]:
        identity = identities.get((statement.id, role, mention.span))
        return {
            **_span(mention),
            "country": identity.country if identity else None,
            "sector": identity.sector if identity else None,
        }

    return {
        "kind": statement.kind,
        "type": statement.type,
        "trigger": _span(statement.trigger),
        "actor": [party("actor", mention) for mention in statement.actors],
        "recipient": [party("recipient", mention) for mention in statement.recipients],
        "object": _span(statement.object) if statement.object else None,
        "place": _span(statement.place) if statement.place else None,
        "time": _span(statement.time) if statement.time else None,
        "status": statement.status,
        "stance": statement.stance,
        "quoted": statement.quoted,
        "sources": [
            {
                **party("source", link.mention),
                "kind": link.kind,
                "named": link.named,
                "cue": _span(link.cue) if link.cue else None,
            }
            for link in statement.chain
        ],
        "answers": order[statement.answers] if statement.answers else None,
        "same_as": order[statement.same_as] if statement.same_as else None,
    }


def _span(mention: Mention) -> dict[str, Any]:
    return {"start": mention.span.start, "end": mention.span.stop, "text": mention.text}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
