"""Sources that an earlier sentence named: a quotation, a speech, an interview or hearsay that plainly goes on.

The cue of such a source is None, for it stands elsewhere. In plain narration nothing is carried: of the sentences after one
told by somebody fewer than one in five still are on his word (counted on 275 annotated reports).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from ascribe import data
from ascribe.relate.quotes import quotation_at
from ascribe.relate.sources import is_pronoun, link_of
from ascribe.relate.told import Attributions
from ascribe.schema import Reading, Source, Span, Told

_AROUND_QUOTE = 4  # sentences in which the speaker of a running quotation is looked for
_WORD = re.compile(r"\w++")
_OPENING = "\"“„«‘'"


def carried(
    attributions: Attributions, trigger: Span, chain: tuple[Source, ...], quoted: Sequence[Span], spoken: Mapping[int, Told]
) -> tuple[Source, ...]:
    """The chain of a trigger with what earlier sentences add: all of it where its own sentence names nobody."""
    here = attributions.sentence_of(trigger)
    if here in spoken:
        return _outside(attributions.reading, spoken[here], chain)
    if chain or attributions.named_in(here):
        return chain
    quotation = quotation_at(quoted, trigger)
    told = _speaker_around(attributions, here, quotation, quoted) if quotation else _hearsay_before(attributions, here)
    return _outside(attributions.reading, told, chain) if told else chain


def _outside(reading: Reading, told: Told, chain: tuple[Source, ...]) -> tuple[Source, ...]:
    link = link_of(reading, told.source, None, told.score) if told.source else None
    if link is None or any(link.mention.text == other.mention.text for other in chain):
        return chain
    return (link, *chain)


# ---- a quotation that runs over sentences ----


def _speaker_around(attributions: Attributions, here: int, quotation: Span, quoted: Sequence[Span]) -> Told | None:
    """Who closes the quotation ("…," he said), else the last who spoke before it, but nobody who is quoted himself."""
    closing = attributions.sentence_of(Span(max(quotation.stop - 1, 0), quotation.stop))
    after = range(here + 1, min(closing + 1, here + _AROUND_QUOTE))
    before = range(here - 1, max(here - 1 - _AROUND_QUOTE, -1), -1)
    for index in (*after, *before):
        speakers = [told for told in attributions.named_in(index) if not _is_quoted(told, quoted)]
        if speakers:
            return speakers[0] if index > here else speakers[-1]
    return None


def _is_quoted(told: Told, quoted: Sequence[Span]) -> bool:
    core = told.cue or told.source
    return core is not None and quotation_at(quoted, core) is not None


# ---- a speech without quotation marks ----


def speeches(attributions: Attributions) -> dict[int, Told]:
    """For each sentence of a speech that a colon announces, who gives it: "The minister said:" and then his words.

    It runs until a person, body or medium outside of it is named as a source, or a quotation begins a sentence."""
    reading = attributions.reading
    speaker: Told | None = None
    found: dict[int, Told] = {}
    for index, sentence in enumerate(reading.sentences):
        told, words = attributions.named_in(index), sentence.of(reading.report.text)
        if told and words.rstrip().endswith(":"):
            speaker = told[-1]
        elif speaker and (words[0] in _OPENING or any(_outside_speech(reading, one) for one in told)):
            speaker = None
        elif speaker:
            found[index] = speaker
    return found


def _outside_speech(reading: Reading, told: Told) -> bool:
    link = link_of(reading, told.source, told.cue, told.score) if told.source else None
    return link is not None and link.kind != "document" and link.mention.text.lower() not in ("i", "we", "us", "it")


# ---- hearsay ----


def _hearsay_before(attributions: Attributions, here: int) -> Told | None:
    """Whose report goes on where a sentence says "allegedly" after one on the word of a medium, a document or several."""
    reading = attributions.reading
    words = _WORD.findall(reading.sentences[here].of(reading.report.text).lower())
    told = attributions.named_in(here - 1) if here and not _hearsay().isdisjoint(words) else ()
    link = link_of(reading, told[-1].source, None, told[-1].score) if told and told[-1].source else None
    return told[-1] if link and link.kind in ("media", "document", "group") else None


@cache
def _hearsay() -> frozenset[str]:
    return data.closed_class("hearsay")


# ---- an interview ----


@dataclass(slots=True)
class Heard:
    """Through which medium a person was heard: who spoke in an interview once is heard through it in the whole report."""

    medium: dict[str, Source] = field(default_factory=dict)

    def through(self, chain: tuple[Source, ...]) -> tuple[Source, ...]:
        """The chain, with the medium outermost through which its only link was heard before."""
        if len(chain) == 2 and chain[0].kind == "media" and chain[1].kind == "person":
            self.medium[_surname(chain[1])] = chain[0]
        if len(chain) == 1 and chain[0].kind == "person" and not is_pronoun(chain[0].mention):
            medium = self.medium.get(_surname(chain[0]))
            return (replace(medium, cue=None), *chain) if medium else chain
        return chain


def _surname(link: Source) -> str:
    return link.mention.text.split()[-1]
