"""On whose word: for each content the whole chain, outermost first. The publisher is the root of all and is in none.

A chain comes from the trigger's own arcs where the reader drew them, else from the attributions whose words told hold the
trigger, else it is carried over from the sentence before where a quotation or a speech plainly goes on.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from ascribe import data
from ascribe.relate.contents import ARC_FLOOR, Content, mention_of
from ascribe.relate.sources import is_pronoun, source_of
from ascribe.schema import Arc, Mention, Reading, Source, Span, Told

Chain = tuple[Source, ...]

# Types whose act is speech: the speaker who performs it is its actor and no source.
_SPOKEN = frozenset({"REQUEST", "ACCUSE", "REJECT", "THREATEN", "AGREE", "SUPPORT", "STANCE", "CONCEDE"})
_PASSES_ON = ("relays", "says", "names", "cites")  # from the outside to the inside
_CARRIED_QUOTE = 4  # sentences that a speaker is looked for around a running quotation
_CARRIED_SPEECH = 8  # sentences that follow "the minister said:"
_FIRST_PERSON = re.compile(r"\b(?:I|we|We|our|Our|my|us)\b")


def find_chains(reading: Reading, contents: Sequence[Content], quoted: Sequence[Span]) -> list[Chain]:
    """The chain of each content, in the same order."""
    earlier: Source | None = None
    chains: list[Chain] = []
    for content in contents:
        chain = _told_here(reading, content) or _carried(reading, content, quoted)
        chain = tuple(source for source in chain if not _is_publisher(reading, source))
        chain, earlier = _known_again(reading, chain, earlier)
        chains.append(_without_speaker(content, chain))
    return chains


# ---- in this sentence ----


def _told_here(reading: Reading, content: Content) -> Chain:
    return _by_arcs(reading, content) or _by_told(reading, content)


def _by_arcs(reading: Reading, content: Content) -> Chain:
    arcs = [arc for arc in content.trigger.arcs if arc.score >= ARC_FLOOR]
    source = max((arc for arc in arcs if arc.role == "source"), key=lambda arc: arc.score, default=None)
    if source is None:
        return ()
    relays = [arc for arc in arcs if arc.role == "relay" and not arc.span.overlaps(source.span)]
    cues = [arc for arc in arcs if arc.role == "cue"]
    ordered = [*sorted(relays, key=lambda arc: _outermost_first(reading, arc)), source]
    return tuple(link for arc in ordered if (link := _link(reading, arc.span, _cue_of(reading, arc, cues))))


def _outermost_first(reading: Reading, relay: Arc) -> tuple[int, int]:
    """Who holds fewer relays' words inside his own comes later; then the order of the text."""
    told = _told_of(reading, relay.span)
    return (-sum(span.stop - span.start for span in told.content) if told else 0, relay.span.start)


def _cue_of(reading: Reading, arc: Arc, cues: Sequence[Arc]) -> Span | None:
    told = _told_of(reading, arc.span)
    if told:
        return told.cue
    sentence = reading.sentences[reading.sentence_at(arc.span.start)] if reading.sentences else arc.span
    near = [cue for cue in cues if sentence.covers(cue.span)]
    best = min(near, key=lambda cue: (_distance(cue.span, arc.span), cue.span), default=None)
    return best.span if best else None


def _told_of(reading: Reading, span: Span) -> Told | None:
    return next((told for told in reading.told if told.source and told.source.overlaps(span)), None)


def _distance(a: Span, b: Span) -> int:
    return max(a.start - b.stop, b.start - a.stop, 0)


def _by_told(reading: Reading, content: Content) -> Chain:
    trigger = content.trigger.span
    holding = [
        told
        for told in reading.told
        if told.source
        and any(span.covers(trigger) for span in told.content)
        and not (told.cue and told.cue.overlaps(trigger))
        and not told.source.covers(trigger)
    ]
    links: list[Source] = []
    for told in _outside_in(reading, holding):
        link = _link(reading, told.source, told.cue) if told.source else None
        if link:  # "X said A, adding B": of two cues of one source the inner one makes it a source of B
            links = [other for other in links if not link.mention.span.overlaps(other.mention.span)] + [link]
    return tuple(links)


def _outside_in(reading: Reading, holding: Sequence[Told]) -> list[Told]:
    """Attributions of one trigger from the outside to the inside.

    Whoever is cited stands innermost. Else he whose words told hold another's cue stands outside of him."""

    def key(told: Told) -> tuple[bool, int, int, int]:
        rank = _rank(reading, told)
        around = sum(other is not told and _holds(reading, other, told) for other in holding)
        return rank == _PASSES_ON.index("cites"), around, rank, told.source.start if told.source else 0

    return sorted(holding, key=key)


def _holds(reading: Reading, outer: Told, inner: Told) -> bool:
    if _rank(reading, outer) == _PASSES_ON.index("cites"):
        return False
    core = inner.cue or inner.source
    return core is not None and any(span.covers(core) for span in outer.content)


def _rank(reading: Reading, told: Told) -> int:
    if told.cue is None:
        return 0
    return _PASSES_ON.index(_cue_kinds().get(told.cue.of(reading.report.text).lower(), "says"))


@cache
def _cue_kinds() -> dict[str, str]:
    return {row["words"]: row["kind"] for row in data.rows("cues")}


def _link(reading: Reading, source: Span, cue: Span | None) -> Source | None:
    mention = mention_of(reading.report, source)
    if mention is None:
        return None
    return source_of(reading, mention, Mention.at(reading.report, cue) if cue else None)


# ---- from an earlier sentence ----


def _carried(reading: Reading, content: Content, quoted: Sequence[Span]) -> Chain:
    """The speaker of a running quotation or of a speech announced by a colon; his cue stands elsewhere."""
    trigger = content.trigger.span
    here = reading.sentence_at(trigger.start)
    quotation = next((span for span in quoted if span.covers(trigger)), None)
    told = None
    if quotation and not _told_in(reading, here):
        told = _speaker_around(reading, here, quotation)
    elif not quotation and not _told_in(reading, here):
        told = _speech_before(reading, here)
    link = _link(reading, told.source, None) if told and told.source else None
    return (link,) if link else ()


def _told_in(reading: Reading, index: int) -> list[Told]:
    sentence = reading.sentences[index]
    return [told for told in reading.told if told.source and sentence.covers(told.source)]


def _speaker_around(reading: Reading, here: int, quotation: Span) -> Told | None:
    """Who closes the quotation ("…," he said), else the last who spoke before it."""
    closing = reading.sentence_at(max(quotation.stop - 1, 0))
    after = [told for index in range(here + 1, min(closing + 1, here + _CARRIED_QUOTE)) for told in _told_in(reading, index)]
    if after:
        return after[0]
    return _last_before(reading, here, _CARRIED_QUOTE)


def _last_before(reading: Reading, here: int, reach: int) -> Told | None:
    for index in range(here - 1, max(here - 1 - reach, -1), -1):
        if told := _told_in(reading, index):
            return told[-1]
    return None


def _speech_before(reading: Reading, here: int) -> Told | None:
    """Who announced by a colon what he says from here on, without quotation marks."""
    for index in range(here - 1, max(here - 1 - _CARRIED_SPEECH, -1), -1):
        told = _told_in(reading, index)
        if told:
            announced = reading.sentences[index].of(reading.report.text).rstrip().endswith(":")
            spoken = _FIRST_PERSON.search(reading.sentences[here].of(reading.report.text)) is not None
            return told[-1] if announced or (spoken and index == here - 1) else None
    return None


# ---- what is no link ----


def _is_publisher(reading: Reading, source: Source) -> bool:
    publisher = reading.report.publisher
    return publisher is not None and source.mention.text.lower() == publisher.lower()


def _known_again(reading: Reading, chain: Chain, earlier: Source | None) -> tuple[Chain, Source | None]:
    """A pronoun takes kind and name from the source before it."""
    known = tuple(
        replace(source_of(reading, link.mention, link.cue, earlier), cue=link.cue) if is_pronoun(link.mention) else link
        for link in chain
    )
    return known, known[-1] if known else earlier


def _without_speaker(content: Content, chain: Chain) -> Chain:
    """The chain without its last link where that is the actor himself, alone, and the act is his speech."""
    if not chain or content.trigger.type not in _SPOKEN:
        return chain
    speaker = chain[-1].mention
    alone = bool(content.actors) and all(_same_person(content, actor, speaker) for actor in content.actors)
    return chain[:-1] if alone else chain


def _same_person(content: Content, actor: Mention, speaker: Mention) -> bool:
    if actor.span.overlaps(speaker.span) or actor.text.lower() == speaker.text.lower():
        return True
    pronoun = actor.text.lower()
    if content.trigger.type == "STANCE":  # a minister's "we" is his state, of which he tells
        return pronoun in ("i", "he", "she", "it")
    return is_pronoun(actor)
