"""A Reading goes in, Statements come out, in its own words: who does or holds what, on whose word, answering what."""

from __future__ import annotations

from ascribe.relate.chains import find_chains
from ascribe.relate.contents import Content, find_contents
from ascribe.relate.links import link
from ascribe.relate.modes import contexts_of, mode_of
from ascribe.relate.quotes import quotation_at, quotations
from ascribe.relate.status import settled
from ascribe.schema import EVENTS, Mention, Reading, Source, Span, Statement, digest

__all__ = ["relate"]


def relate(reading: Reading) -> list[Statement]:
    """The statements of a report in the order of its text: contents, their chains, then what answers or repeats what."""
    quoted = quotations(reading.report.text)
    contents = find_contents(reading)
    chains = find_chains(reading, contents, quoted)
    return link([_state(reading, content, chain, quoted) for content, chain in zip(contents, chains, strict=True)], reading)


def _state(reading: Reading, content: Content, chain: tuple[Source, ...], quoted: tuple[Span, ...]) -> Statement:
    trigger, report = content.trigger, reading.report
    status, stance = settled(trigger, chain)
    sentence = reading.sentences[reading.sentence_at(trigger.span.start)].of(report.text) if reading.sentences else ""
    return Statement(
        id=digest(report.id, trigger.type, trigger.span.start, trigger.span.stop),
        report=report.id,
        kind="event" if trigger.type in EVENTS else "position",
        type=trigger.type,
        trigger=Mention.at(report, trigger.span),
        actors=content.actors,
        recipients=content.recipients,
        object=content.object,
        place=content.place,
        time=content.time,
        status=status,
        quoted=quotation_at(quoted, trigger.span) is not None,
        chain=chain,
        stance=stance,
        mode=mode_of(trigger.type, trigger.span.of(report.text), content.object.text if content.object else "", sentence),
        contexts=contexts_of(sentence),
        confidence=trigger.score,
    )
