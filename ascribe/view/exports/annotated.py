"""A record as people who annotate see it: regions of the text with a label and flags, and arcs between them. There and back.

A trigger is a region labelled with its type; parties, objects, places, times, sources and cues are regions of their own,
shared by all statements of which they are part. A chain's links are numbered from the outermost: "source 1", "source 2"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from ascribe.errors import ReadError
from ascribe.resolve import resolve
from ascribe.schema import (
    POSITIONS,
    SOURCE_KINDS,
    STANCES,
    STATUSES,
    TYPES,
    Mention,
    Record,
    Report,
    Source,
    Span,
    Statement,
    digest,
)

PARTS: Final = ("party", "object", "place", "time", "source", "cue")
LABELS: Final = (*TYPES, *PARTS)
ARCS: Final = (
    "actor",
    "recipient",
    "object",
    "place",
    "time",
    "source 1",
    "source 2",
    "source 3",
    "cue",
    "answers",
    "same_as",
)
FLAGS: Final = {  # flag → its values; the first is meant where none is set
    "status": STATUSES,
    "stance": STANCES,
    "quoted": ("no", "yes"),
    "kind": SOURCE_KINDS,
    "named": ("yes", "no"),
}
_SOURCE: Final = re.compile(r"source (\d{1,2})")
_META: Final = ("id", "headline", "publisher", "published", "url", "language", "format")

Flags = dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Region:
    """Some words of the text under a label."""

    id: str
    label: str
    span: Span
    flags: Flags


@dataclass(frozen=True, slots=True)
class Link:
    """An arc from one region to another, by their ids."""

    start: str
    stop: str
    label: str


def meta_of(report: Report) -> dict[str, str]:
    """What is known of a report beside its text."""
    return {name: value for name in _META if (value := getattr(report, name)) is not None}


def report_of(text: Any, meta: dict[str, Any]) -> Report:
    """The report of a text and what is known of it; without an id it gets one from its content."""
    known = {name: str(value) for name in _META[1:] if (value := meta.get(name)) is not None}
    if not isinstance(text, str) or not text.strip():
        raise ReadError("holds no text; give the report's text under 'text'")
    id = meta.get("id")
    return Report(str(id) if id else digest(text, *sorted(known.items())), text, **known)


# ---- there ----


def regions_of(record: Record) -> tuple[list[Region], list[Link]]:
    """All regions, each once, and all arcs."""
    made = _Made()
    triggers = {each.id: made.region(each.type, each.trigger, _flags_of(each)) for each in record.statements}
    for statement in record.statements:
        trigger = triggers[statement.id]
        for role, mentions in (("actor", statement.actors), ("recipient", statement.recipients)):
            for mention in mentions:
                made.link(trigger, made.shared("party", mention), role)
        for role in ("object", "place", "time"):
            if mention := getattr(statement, role):
                made.link(trigger, made.shared(role, mention), role)
        for number, source in enumerate(statement.chain, 1):
            made.link(trigger, made.source(source), f"source {number}")
        for role, other in (("answers", statement.answers), ("same_as", statement.same_as)):
            if other in triggers:
                made.link(trigger, triggers[other], role)
    return made.regions, made.links


def _flags_of(statement: Statement) -> Flags:
    flags = {"status": statement.status, "stance": statement.stance, "quoted": "yes" if statement.quoted else "no"}
    set_flags: Flags = {flag: (value,) for flag, value in flags.items() if value != FLAGS[flag][0]}
    if statement.mode:
        set_flags["mode"] = (statement.mode,)
    return set_flags | ({"contexts": statement.contexts} if statement.contexts else {})


class _Made:
    """The regions and arcs so far."""

    def __init__(self) -> None:
        self.regions: list[Region] = []
        self.links: list[Link] = []
        self._there: dict[tuple[Any, ...], str] = {}

    def region(self, label: str, mention: Mention, flags: Flags) -> str:
        id = f"r{len(self.regions) + 1}"
        self.regions.append(Region(id, label, mention.span, flags))
        return id

    def shared(self, label: str, mention: Mention) -> str:
        key = (label, mention.span)
        if key not in self._there:
            self._there[key] = self.region(label, mention, {})
        return self._there[key]

    def source(self, source: Source) -> str:
        """A source is the same region only where its cue is the same too."""
        key = ("source", source.mention.span, source.kind, source.named, source.cue.span if source.cue else None)
        if key not in self._there:
            named: Flags = {} if source.named else {"named": ("no",)}
            self._there[key] = self.region("source", source.mention, {"kind": (source.kind,)} | named)
            if source.cue:
                self.link(self._there[key], self.shared("cue", source.cue), "cue")
        return self._there[key]

    def link(self, start: str, stop: str, label: str) -> None:
        self.links.append(Link(start, stop, label))


# ---- and back ----


def record_from(report: Report, regions: Iterable[Region], links: Sequence[Link]) -> Record:
    """The record that people's regions and arcs make; who, where and when is meant is looked up anew."""
    by_id = {region.id: region for region in regions}
    for region in by_id.values():
        _check(report, region)
    for link in links:
        _check_link(link, by_id)
    triggers = sorted((region for region in by_id.values() if region.label in TYPES), key=_place_in_text)
    ids = {trigger.id: digest(report.id, trigger.label, trigger.span.start, trigger.span.stop) for trigger in triggers}
    if len(set(ids.values())) < len(ids):
        raise ReadError("has two statements of one type on the same words; take one away")
    arcs = _Arcs(report, by_id, links)
    statements = tuple(_statement(report, trigger, arcs, ids) for trigger in triggers)
    return Record(report, statements, tuple(resolve(report, statements)))


def _place_in_text(region: Region) -> tuple[int, int, str]:
    return region.span.start, region.span.stop, region.label


def _check(report: Report, region: Region) -> None:
    if region.label not in LABELS:
        raise ReadError(f"has a label {region.label!r}; the labels are {', '.join(LABELS)}")
    if not 0 <= region.span.start < region.span.stop <= len(report.text):
        raise ReadError(f"has a region from {region.span.start} to {region.span.stop} outside of its text")
    for flag, values in region.flags.items():
        if flag in FLAGS and not set(values) <= set(FLAGS[flag]):
            raise ReadError(f"has a {flag} {values[0]!r}; choose one of {', '.join(FLAGS[flag])}")


def _check_link(link: Link, by_id: dict[str, Region]) -> None:
    if link.label not in ARCS and not _SOURCE.fullmatch(link.label):
        raise ReadError(f"has an arc {link.label!r}; the arcs are {', '.join(ARCS)}")
    if link.start not in by_id or link.stop not in by_id:
        raise ReadError(f"has an arc {link.label!r} to or from a region that is not there")
    start, stop = by_id[link.start].label, by_id[link.stop].label
    if (start, stop) != ("source", "cue") if link.label == "cue" else start not in TYPES:
        raise ReadError(f"has an arc {link.label!r} from {start} to {stop}; arcs start at a trigger, 'cue' at a source")
    if link.label in ("answers", "same_as") and stop not in TYPES:
        raise ReadError(f"has an arc {link.label!r} to {stop}; it goes to another trigger")


class _Arcs:
    """The arcs of a report, as mentions."""

    def __init__(self, report: Report, by_id: dict[str, Region], links: Sequence[Link]) -> None:
        self._report, self._by_id, self._links = report, by_id, links

    def regions(self, start: str, label: str) -> Iterator[Region]:
        return (self._by_id[link.stop] for link in self._links if (link.start, link.label) == (start, label))

    def mentions(self, start: str, label: str) -> tuple[Mention, ...]:
        return tuple(Mention.at(self._report, region.span) for region in self.regions(start, label))

    def one(self, start: str, label: str) -> Mention | None:
        found = self.mentions(start, label)
        if len(found) > 1:
            raise ReadError(f"has {len(found)} arcs {label!r} from one region; leave one")
        return found[0] if found else None

    def chain(self, start: str) -> tuple[Source, ...]:
        numbered = [
            (int(matched[1]), self._by_id[link.stop])
            for link in self._links
            if link.start == start and (matched := _SOURCE.fullmatch(link.label))
        ]
        return tuple(self._source(region) for _, region in sorted(numbered, key=lambda pair: pair[0]))

    def _source(self, region: Region) -> Source:
        kind = region.flags.get("kind", (SOURCE_KINDS[0],))[0]
        named = region.flags.get("named", ("yes",))[0] == "yes"
        return Source(Mention.at(self._report, region.span), self.one(region.id, "cue"), kind, named)


def _statement(report: Report, trigger: Region, arcs: _Arcs, ids: dict[str, str]) -> Statement:
    flags = {flag: values[0] for flag, values in trigger.flags.items() if values}
    answers, same_as = (next(arcs.regions(trigger.id, label), None) for label in ("answers", "same_as"))
    return Statement(
        id=ids[trigger.id],
        report=report.id,
        kind="position" if trigger.label in POSITIONS else "event",
        type=trigger.label,
        trigger=Mention.at(report, trigger.span),
        actors=arcs.mentions(trigger.id, "actor"),
        recipients=arcs.mentions(trigger.id, "recipient"),
        object=arcs.one(trigger.id, "object"),
        place=arcs.one(trigger.id, "place"),
        time=arcs.one(trigger.id, "time"),
        status=flags.get("status", STATUSES[0]),
        quoted=flags.get("quoted", "no") == "yes",
        chain=arcs.chain(trigger.id),
        stance=flags.get("stance", STANCES[0]),
        answers=ids[answers.id] if answers else None,
        same_as=ids[same_as.id] if same_as else None,
        mode=flags.get("mode"),
        contexts=trigger.flags.get("contexts", ()),
    )
