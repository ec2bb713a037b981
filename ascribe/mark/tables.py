"""Marks from tables: the first reader, to be replaced by a trained one behind the same door."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ascribe.mark.acts import acts
from ascribe.mark.attributions import attributions
from ascribe.mark.lexicon import entries_at
from ascribe.mark.names import names
from ascribe.mark.sentences import sentences
from ascribe.mark.words import words
from ascribe.schema import Arc, Reading, Report, Told, Trigger

_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")
_SPEAKER = 0.7  # score of an arc to a speaker as actor
_NO_YEAR = 2000  # of a report without a date that names no year


def mark(report: Report) -> Reading:
    """The sentences of the report and the names, triggers and attributions that the tables find in each."""
    spans = sentences(report.text)
    lines = [words(report.text, span) for span in spans]
    year = _year(report)
    triggers = tuple(trigger for line in lines for trigger in acts(line, year))
    told = tuple(one for line in lines for one in attributions(line) if not _part_of_act(one, triggers))
    denied = [one for one in told if _denies(report, one)]
    return Reading(
        report,
        spans,
        names=tuple(name for line in lines for name in names(line)),
        triggers=tuple(
            _judged(report, _as_denied(trigger, denied), told)
            for trigger in triggers
            if not _only_cue(report, trigger, told, triggers)
        ),
        told=told,
    )


def _year(report: Report) -> int:
    """The year the report is of: that of its date, else the latest it names."""
    if report.published:
        return int(report.published[:4])
    return max((int(year) for year in _YEAR.findall(report.text)), default=_NO_YEAR)


def _denies(report: Report, told: Told) -> bool:
    return _stance(report, told) == "denies"


def _judged(report: Report, trigger: Trigger, told: Sequence[Told]) -> Trigger:
    """A demand or judgement that names nobody who makes it ("must leave", "unacceptable") is made by who says so."""
    if any(arc.role == "actor" for arc in trigger.arcs) or not _is_judgement(report, trigger):
        return trigger
    speaker = next(
        (one.source for one in told if one.source and any(span.covers(trigger.span) for span in one.content)), None
    )
    return replace(trigger, arcs=(*trigger.arcs, Arc("actor", speaker, _SPEAKER))) if speaker else trigger


def _is_judgement(report: Report, trigger: Trigger) -> bool:
    found = entries_at("triggers", words(report.text, trigger.span), 0)
    return trigger.type in ("ACCUSE", "REQUEST") and any(entry.get("pos") in ("modal", "adj") for entry, _ in found)


def _only_cue(report: Report, trigger: Trigger, told: Sequence[Told], triggers: Sequence[Trigger]) -> bool:
    """Whether "believes" only makes somebody the source of an act that it tells."""
    cues = [one for one in told if one.cue == trigger.span and _stance(report, one) == "hedges"]
    return any(span.covers(other.span) for one in cues for span in one.content for other in triggers)


def _stance(report: Report, told: Told) -> str:
    cue = words(report.text, told.cue) if told.cue else ()
    return next((entry.get("stance") for entry, _ in entries_at("cues", cue, 0)), "asserts") if cue else "asserts"


def _as_denied(trigger: Trigger, denied: Sequence[Told]) -> Trigger:
    """What is told by "denied that …" is not so: its source denies it."""
    inside = any(span.covers(trigger.span) for told in denied for span in told.content)
    return replace(trigger, stance="denies", status="hypothetical") if inside else trigger


def _part_of_act(told: Told, triggers: Sequence[Trigger]) -> bool:
    """Whether the cue is only a part of a longer trigger: "asserting" of "asserting ownership"."""
    return told.cue is not None and any(trigger.span.covers(told.cue) and trigger.span != told.cue for trigger in triggers)
