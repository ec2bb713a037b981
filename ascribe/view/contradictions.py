"""Where reports contradict each other: both versions side by side, with the words, the sources and the dates."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ascribe.store import Dossier, Question
from ascribe.thread.contradictions import Contradiction, Side
from ascribe.view.record import Json
from ascribe.view.terminal import safe
from ascribe.view.told import Told, arrow, telling_json, telling_type, told, when, who, words, wrapped

if TYPE_CHECKING:
    import pyarrow as pa


def contradictions(dossier: Dossier, question: Question | None = None) -> pa.Table:
    """Contradictions, one a row, as an Arrow table."""
    return arrow(lines(told(dossier, question)), schema())


def lines(found: Told) -> Iterator[Json]:
    """The same, one object each."""
    for contradiction in found.view.contradictions:
        group = found.group(contradiction.groups[0])
        yield {
            "field": contradiction.field,
            "groups": list(contradiction.groups),
            "type": group.event.type if group else None,
            "what": who(group) if group else None,
            "one": _side_json(contradiction.sides[0], found),
            "other": _side_json(contradiction.sides[1], found),
        }


def _side_json(side: Side, found: Told) -> Json:
    return {
        "value": side.value,
        "reports": sorted(side.reports),
        "tellings": [telling_json(id, found) for id in side.statements],
    }


def schema() -> pa.Schema:
    """The columns of `lines`."""
    import pyarrow as pa

    texts = pa.list_(pa.string())
    side = pa.struct([("value", pa.string()), ("reports", texts), ("tellings", pa.list_(telling_type()))])
    return pa.schema(
        [
            ("field", pa.string()),
            ("groups", texts),
            ("type", pa.string()),
            ("what", pa.string()),
            ("one", side),
            ("other", side),
        ]
    )


def page(found: Told, *, columns: int) -> str:
    """All contradictions, event by event."""
    return "\n".join(line for each in found.view.contradictions for line in [*_one(each, found, columns), ""])


def _one(contradiction: Contradiction, found: Told, columns: int) -> Iterator[str]:
    group = found.group(contradiction.groups[0])
    if group is not None:
        yield f"{contradiction.field}: {when(group, found)}  {who(group)}  {group.event.type}  {words(group, found)}"
    for side in contradiction.sides:
        yield f"  {safe(side.value)}"
        for id in side.statements:
            statement = found.statements[id]
            report = found.reports[statement.report]
            chain = " ← ".join(
                [*(source.mention.text for source in reversed(statement.chain)), report.publisher or report.id]
            )
            yield from wrapped(f"{(report.published or '')[:10]} {chain}: “{found.sentence(id)}”", columns, "     ")
