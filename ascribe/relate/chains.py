"""On whose word: for each content the whole chain, outermost first. The publisher is the root of all and is in none.

A chain comes from the trigger's own arcs where the reader drew them, else from the attributions whose words told hold the
trigger, else from an earlier sentence whose quotation, speech or interview plainly goes on (carried.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache

from ascribe import data
from ascribe.relate.carried import Heard, carried, speeches
from ascribe.relate.contents import Content
from ascribe.relate.quotes import quotation_at
from ascribe.relate.sources import is_pronoun, link_of, source_of
from ascribe.relate.told import Attributions
from ascribe.schema import Arc, Reading, Source, Span, Told

Chain = tuple[Source, ...]

# Types whose act is speech: the speaker who performs it is its actor and no source.
_SPOKEN = frozenset({"REQUEST", "ACCUSE", "REJECT", "THREATEN", "AGREE", "SUPPORT", "CONCEDE", "STANCE"})
_FROM_OUTSIDE = ("relays", "says", "names", "cites")  # kinds of cues: who "quoted" stands outside, who is "cited" inside
_CLOSE = 12  # characters between a cue and a pronoun that takes up the speaker: "said that they"


def find_chains(reading: Reading, contents: Sequence[Content], quoted: Sequence[Span]) -> list[Chain]:
    """The chain of each content, in the same order."""
    attributions = Attributions.of(reading)
    spoken, heard = speeches(attributions), Heard()
    earlier: Source | None = None
    chains: list[Chain] = []
    for content in contents:
        chain = _fuller(_by_arcs(attributions, content), _by_told(attributions, content))
        chain = carried(attributions, content.trigger.span, chain, quoted, spoken)
        chain = tuple(link for link in chain if not _is_publisher(reading, link))
        chain = _known_again(reading, chain, earlier)
        chain = heard.through(chain)
        earlier = chain[-1] if chain else earlier
        chains.append(_without_speaker(content, chain, quoted))
    return chains


# ---- in this sentence ----


def _fuller(by_arcs: Chain, by_told: Chain) -> Chain:
    """The chain of the arcs, unless the attributions tell all of its links and more: "the paper said, citing diplomats"."""
    told = all(any(link.mention.span.overlaps(other.mention.span) for other in by_told) for link in by_arcs)
    return by_told if told and len(by_told) > len(by_arcs) else by_arcs


def _by_arcs(attributions: Attributions, content: Content) -> Chain:
    arcs = content.trigger.arcs
    source = max((arc for arc in arcs if arc.role == "source"), key=lambda arc: arc.score, default=None)
    if source is None:
        return ()
    relays = _apart([arc for arc in arcs if arc.role == "relay" and not arc.span.overlaps(source.span)])
    cues = [arc for arc in arcs if arc.role == "cue"]
    ordered = [*sorted(relays, key=lambda arc: _place_of_relay(attributions, arc)), source]
    return tuple(
        link
        for arc in ordered
        if (link := link_of(attributions.reading, arc.span, _cue_of(attributions, arc, cues), arc.score))
    )


def _apart(arcs: Iterable[Arc]) -> list[Arc]:
    """Arcs that share no words; the best has them."""
    kept: list[Arc] = []
    for arc in sorted(arcs, key=lambda arc: (-arc.score, arc.span)):
        if not any(arc.span.overlaps(other.span) for other in kept):
            kept.append(arc)
    return kept


def _place_of_relay(attributions: Attributions, relay: Arc) -> tuple[int, int, int]:
    """Relays from the outside to the inside: who quotes before who says, who tells of more before who tells of less."""
    told = attributions.by_source(relay.span)
    width = sum(span.stop - span.start for span in told.content) if told else 0
    return _rank(attributions.reading, told) if told else _FROM_OUTSIDE.index("says"), -width, relay.span.start


def _cue_of(attributions: Attributions, arc: Arc, cues: Sequence[Arc]) -> Span | None:
    told = attributions.by_source(arc.span)
    if told:
        return told.cue
    here = attributions.sentence_of(arc.span)
    near = [cue for cue in cues if attributions.sentence_of(cue.span) == here]
    best = min(near, key=lambda cue: (_distance(cue.span, arc.span), cue.span), default=None)
    return best.span if best else None


def _distance(a: Span, b: Span) -> int:
    return max(a.start - b.stop, b.start - a.stop, 0)


def _by_told(attributions: Attributions, content: Content) -> Chain:
    reading, trigger = attributions.reading, content.trigger.span
    holding = [
        told
        for told in attributions.told_at(trigger)
        if not (told.cue and told.cue.overlaps(trigger)) and not (told.source and told.source.covers(trigger))
    ]
    links: list[Source] = []
    for told in _outside_in(reading, holding):
        link = link_of(reading, told.source, told.cue, told.score) if told.source else None
        if link:  # "X said A, adding B": of two cues of one source the inner one makes it a source of B
            links = [other for other in links if not link.mention.span.overlaps(other.mention.span)] + [link]
    return tuple(links)


def _outside_in(reading: Reading, holding: Sequence[Told]) -> list[Told]:
    """Attributions of one trigger from the outside to the inside.

    Whoever is cited stands innermost. Else he whose words told hold another's cue stands outside of him, and a medium
    outside of a person who told it."""

    def key(told: Told) -> tuple[bool, int, int, bool, int]:
        rank = _rank(reading, told)
        around = sum(other is not told and _holds(reading, other, told) for other in holding)
        link = link_of(reading, told.source, None) if told.source else None
        person = link is None or link.kind != "media"
        return rank == _FROM_OUTSIDE.index("cites"), around, rank, person, told.source.start if told.source else 0

    return sorted(holding, key=key)


def _holds(reading: Reading, outer: Told, inner: Told) -> bool:
    if _rank(reading, outer) == _FROM_OUTSIDE.index("cites"):
        return False
    core = inner.cue or inner.source
    return core is not None and any(span.covers(core) for span in outer.content)


def _rank(reading: Reading, told: Told) -> int:
    words = told.cue.of(reading.report.text).lower() if told.cue else ""
    return _FROM_OUTSIDE.index(_cue_kinds().get(words, "says"))


@cache
def _cue_kinds() -> dict[str, str]:
    return {row["words"]: row["kind"] for row in data.rows("cues")}


# ---- what is no link, and who is meant ----


def _is_publisher(reading: Reading, link: Source) -> bool:
    publisher = reading.report.publisher
    return publisher is not None and link.mention.text.lower() == publisher.lower()


def _known_again(reading: Reading, chain: Chain, earlier: Source | None) -> Chain:
    """A pronoun takes kind and name from the source before it."""
    return tuple(source_of(reading, link.mention, link.cue, earlier) if is_pronoun(link.mention) else link for link in chain)


def _without_speaker(content: Content, chain: Chain, quoted: Sequence[Span]) -> Chain:
    """The chain without its last link where that is the actor himself, alone, and the act is his speech."""
    is_spoken = content.trigger.type in _SPOKEN and content.trigger.stance != "denies"
    if not chain or not is_spoken or not content.actors:
        return chain
    is_quoted = quotation_at(quoted, content.trigger.span) is not None
    alone = all(_is_speaker(content, index, chain[-1], is_quoted) for index in range(len(content.actors)))
    return chain[:-1] if alone else chain


def _is_speaker(content: Content, index: int, link: Source, is_quoted: bool) -> bool:
    actor, speaker = content.actors[index], link.mention
    if actor.span.overlaps(speaker.span) or actor.text.lower() == speaker.text.lower():
        return True
    pronoun = actor.text.lower()
    if pronoun == "i" or (pronoun in ("we", "us", "our") and content.trigger.type != "STANCE"):
        return True  # but a minister's "we" is his state, of whose policy he tells
    if pronoun not in ("he", "she", "they", "it") or is_quoted or link.cue is None:
        return False
    return 0 <= actor.span.start - link.cue.span.stop <= _CLOSE
