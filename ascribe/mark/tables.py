"""Marks from tables: the first reader, to be replaced by a trained one behind the same door."""

from __future__ import annotations

from ascribe.mark.acts import acts
from ascribe.mark.attributions import attributions
from ascribe.mark.names import names
from ascribe.mark.sentences import sentences
from ascribe.mark.words import words
from ascribe.schema import Reading, Report


def mark(report: Report) -> Reading:
    """The sentences of the report and the names, triggers and attributions that the tables find in each."""
    spans = sentences(report.text)
    lines = [words(report.text, span) for span in spans]
    return Reading(
        report,
        spans,
        names=tuple(name for line in lines for name in names(line)),
        triggers=tuple(trigger for line in lines for trigger in acts(line)),
        told=tuple(told for line in lines for told in attributions(line)),
    )
