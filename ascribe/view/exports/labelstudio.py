"""Label Studio: a list of tasks, one report each, what `ascribe` read as predictions. There and back, offset by offset."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO, Final
from xml.sax.saxutils import quoteattr

from ascribe import __version__
from ascribe.errors import AscribeError, ReadError
from ascribe.schema import Record, Refusal, Report, Span
from ascribe.view.exports.annotated import (
    ARCS,
    FLAGS,
    LABELS,
    Flags,
    Link,
    Region,
    meta_of,
    record_from,
    regions_of,
    report_of,
)
from ascribe.view.exports.format import Format, Left

_NAME: Final = "label"  # of the control in the labelling interface
_TEXT: Final = "text"  # of the text it belongs to


def config() -> str:
    """The labelling interface that fits: paste it under Settings, Labeling Interface, Code."""
    labels = "".join(f"\n    <Label value={quoteattr(label)}/>" for label in LABELS)
    arcs = "".join(f"\n    <Relation value={quoteattr(arc)}/>" for arc in ARCS)
    choices = "".join(_choices(flag, values) for flag, values in FLAGS.items())
    written = "".join(
        f'\n  <TextArea name="{flag}" toName="{_TEXT}" perRegion="true" maxSubmissions="9"/>' for flag in _WRITTEN
    )
    return (
        f'<View>\n  <Labels name="{_NAME}" toName="{_TEXT}">{labels}\n  </Labels>\n  <Relations>{arcs}\n  </Relations>'
        f'\n  <Text name="{_TEXT}" value="${_TEXT}" granularity="word"/>{choices}{written}\n</View>\n'
    )


_WRITTEN: Final = ("mode", "contexts")  # flags whose values are typed


def _choices(flag: str, values: Iterable[str]) -> str:
    inside = "".join(f"\n    <Choice value={quoteattr(value)}/>" for value in values)
    return f'\n  <Choices name="{flag}" toName="{_TEXT}" perRegion="true">{inside}\n  </Choices>'


# ---- there ----


def _write(records: Iterable[Record], out: BinaryIO) -> Left:
    before = b"[\n"
    for record in records:
        out.write(before + json.dumps(_task(record), ensure_ascii=False).encode("utf-8", "surrogatepass"))
        before = b",\n"
    out.write(b"\n]\n" if before == b",\n" else b"[]\n")
    return Left()


def _task(record: Record) -> dict[str, Any]:
    regions, links = regions_of(record)
    text = record.report.text
    result = [item for region in regions for item in _items(region, text)] + [_relation(link) for link in links]
    predictions = [{"model_version": f"ascribe {__version__}", "result": result}]
    return {"data": {_TEXT: text, "report": meta_of(record.report)}, "predictions": predictions}


def _items(region: Region, text: str) -> Iterator[dict[str, Any]]:
    where = {"start": region.span.start, "end": region.span.stop, "text": region.span.of(text)}
    common = {"id": region.id, "to_name": _TEXT}
    yield common | {"from_name": _NAME, "type": "labels", "value": where | {"labels": [region.label]}}
    for flag, values in region.flags.items():
        type, key = ("textarea", "text") if flag in _WRITTEN else ("choices", "choices")
        yield common | {"from_name": flag, "type": type, "value": where | {key: list(values)}}


def _relation(link: Link) -> dict[str, Any]:
    return {"type": "relation", "from_id": link.start, "to_id": link.stop, "direction": "right", "labels": [link.label]}


# ---- and back ----


def _read(path: str) -> Iterator[Record | Refusal]:
    try:
        with open(path, encoding="utf-8-sig") as opened:
            tasks = json.load(opened)
    except OSError as error:
        raise AscribeError(f"{path}: cannot be read ({error.strerror})") from error
    except (ValueError, RecursionError) as error:
        yield Refusal(path, None, f"is no JSON ({error}); export as JSON")
        return
    for number, task in enumerate(tasks if isinstance(tasks, list) else [tasks], 1):
        try:
            yield _record(task)
        except ReadError as error:
            yield Refusal(path, f"task {number}", error.reason)
        except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
            yield Refusal(path, f"task {number}", f"is no task of Label Studio ({error!r}); export as JSON")


def _record(task: dict[str, Any]) -> Record:
    data = task["data"]
    report = report_of(data[_TEXT], data.get("report") or {})
    result = _result(task)
    flags: dict[str, Flags] = {}
    for item in result:
        if item.get("from_name") in (*FLAGS, *_WRITTEN):
            value = item["value"]
            written = value["choices"] if "choices" in value else value["text"]
            flags.setdefault(str(item["id"]), {})[item["from_name"]] = tuple(
                [written] if isinstance(written, str) else written
            )
    regions = [
        Region(
            str(item["id"]), str(item["value"]["labels"][0]), _span(report, item["value"]), flags.get(str(item["id"]), {})
        )
        for item in result
        if item["type"] == "labels"
    ]
    return record_from(report, regions, [link for item in result if item["type"] == "relation" for link in _links(item)])


def _result(task: dict[str, Any]) -> list[dict[str, Any]]:
    """The last annotation that was not cancelled; of a task that nobody has touched, the prediction."""
    annotations = [each for each in task.get("annotations") or [] if not each.get("was_cancelled")]
    found = annotations or task.get("predictions") or []
    if not found:
        raise ReadError("has no annotation; annotate it or leave it out")
    result: list[dict[str, Any]] = found[-1]["result"]
    return result


def _links(item: dict[str, Any]) -> Iterator[Link]:
    start, stop = str(item["from_id"]), str(item["to_id"])
    if item.get("direction") == "left":
        start, stop = stop, start
    if not item.get("labels"):
        raise ReadError(f"has a relation without a label; the labels are {', '.join(ARCS)}")
    return (Link(start, stop, str(label)) for label in item["labels"])


def _span(report: Report, value: dict[str, Any]) -> Span:
    """Offsets in characters; a browser may count UTF-16 units instead, which the words themselves tell."""
    span = Span(int(value["start"]), int(value["end"]))
    words = value.get("text")
    if not isinstance(words, str) or span.of(report.text) == words:
        return span
    units = report.text.encode("utf-16-le", "surrogatepass")
    before, inside = units[: 2 * span.start], units[2 * span.start : 2 * span.stop]
    if inside.decode("utf-16-le", "replace") != words:
        raise ReadError(f"has a region from {span.start} to {span.stop} that does not hold its words {words!r}")
    start = len(before.decode("utf-16-le", "replace"))
    return Span(start, start + len(words))


def _fits(head: bytes) -> bool:
    begun = head.lstrip(b"\xef\xbb\xbf \n\r\t")
    return begun.startswith((b"[", b"{")) and b'"data"' in head and (b'"predictions"' in head or b'"annotations"' in head)


LABELSTUDIO: Final = Format("labelstudio", "a list of tasks, one a report", _write, _read, _fits)
