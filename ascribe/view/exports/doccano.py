"""doccano: JSON Lines with entities and relations, one report a line. There and back, offset by offset.

doccano has no attributes: a flag (negated, denies, unnamed …) is an entity on the same words, with an arc "is" to it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO, Final

from ascribe.errors import AscribeError, ReadError
from ascribe.schema import Record, Refusal, Span
from ascribe.view.exports.annotated import FLAGS, Flags, Link, Region, meta_of, record_from, regions_of, report_of
from ascribe.view.exports.format import Format, Left
from ascribe.view.exports.statements import json_line

_IS: Final = "is"


def _write(records: Iterable[Record], out: BinaryIO) -> Left:
    for record in records:
        out.write(json_line(_line(record)))
    return Left()


def _line(record: Record) -> dict[str, Any]:
    regions, links = regions_of(record)
    numbers = {region.id: number for number, region in enumerate(regions, 1)}
    entities = [_entity(numbers[region.id], region.label, region.span) for region in regions]
    relations = [(numbers[link.start], numbers[link.stop], link.label) for link in links]
    for region in regions:
        for flag, values in region.flags.items():
            for value in values:
                entities.append(_entity(len(entities) + 1, f"{flag}: {value}", region.span))
                relations.append((numbers[region.id], len(entities), _IS))
    listed = [{"id": n, "from_id": one, "to_id": other, "type": type} for n, (one, other, type) in enumerate(relations, 1)]
    return {"text": record.report.text, "entities": entities, "relations": listed, "report": meta_of(record.report)}


def _entity(id: int, label: str, span: Span) -> dict[str, Any]:
    return {"id": id, "label": label, "start_offset": span.start, "end_offset": span.stop}


# ---- and back ----


def _read(path: str) -> Iterator[Record | Refusal]:
    try:
        opened = open(path, encoding="utf-8-sig", errors="surrogateescape", newline="\n")  # noqa: SIM115 - closed below
    except OSError as error:
        raise AscribeError(f"{path}: cannot be read ({error.strerror})") from error
    with opened as lines:
        for number, written in enumerate(lines, 1):
            if written.strip():
                try:
                    yield _record(json.loads(written))
                except (ValueError, RecursionError) as error:
                    yield Refusal(path, f"line {number}", f"is no JSON ({error}); mend the line")
                except (KeyError, TypeError, AttributeError) as error:
                    yield Refusal(path, f"line {number}", f"is no line of doccano ({error!r}); export with relations")
                except ReadError as error:
                    yield Refusal(path, f"line {number}", error.reason)


def _record(line: dict[str, Any]) -> Record:
    meta = line.get("report") or (line.get("meta") or {}).get("report") or {}
    entities = {int(entity["id"]): entity for entity in line["entities"]}
    relations = [(int(r["from_id"]), int(r["to_id"]), str(r["type"])) for r in line.get("relations", [])]
    flags: dict[int, Flags] = {}
    for one, other, type in relations:
        if type == _IS:
            flag, _, value = str(entities[other]["label"]).partition(": ")
            own = flags.setdefault(one, {})
            own[flag] = (*own.get(flag, ()), value)
    regions = [
        Region(str(id), entity["label"], Span(int(entity["start_offset"]), int(entity["end_offset"])), flags.get(id, {}))
        for id, entity in entities.items()
        if not _is_flag(str(entity["label"]))
    ]
    links = [Link(str(one), str(other), type) for one, other, type in relations if type != _IS]
    return record_from(report_of(line["text"], meta), regions, links)


def _is_flag(label: str) -> bool:
    flag, colon, _ = label.partition(": ")
    return bool(colon) and flag in (*FLAGS, "mode", "contexts")


def _fits(head: bytes) -> bool:
    return head.lstrip(b"\xef\xbb\xbf \n").startswith(b"{") and b'"entities"' in head and b'"start_offset"' in head


DOCCANO: Final = Format("doccano", "a report a line, with entities and relations", _write, _read, _fits)
