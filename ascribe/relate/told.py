"""The attributions of a reading, by the sentence in which they name their source and by those that hold what is told."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from ascribe.schema import Reading, Span, Told


@dataclass(frozen=True, slots=True)
class Attributions:
    """`naming` by the index of the sentence that names the source, `telling` by that of each sentence with words told."""

    reading: Reading
    starts: tuple[int, ...]
    naming: Mapping[int, tuple[Told, ...]]
    telling: Mapping[int, tuple[Told, ...]]

    @classmethod
    def of(cls, reading: Reading) -> Attributions:
        """The attributions that name somebody, each group in the order of the reading."""
        starts = tuple(sentence.start for sentence in reading.sentences)
        naming, telling = defaultdict(list), defaultdict(list)
        for told in reading.told:
            if told.source is None:
                continue
            naming[_index(starts, told.source.start)].append(told)
            held = {
                at for span in told.content for at in range(_index(starts, span.start), _index(starts, span.stop - 1) + 1)
            }
            for at in sorted(held):
                telling[at].append(told)
        return cls(reading, starts, {k: tuple(v) for k, v in naming.items()}, {k: tuple(v) for k, v in telling.items()})

    def sentence_of(self, span: Span) -> int:
        """Index of the sentence in which `span` begins."""
        return _index(self.starts, span.start)

    def named_in(self, sentence: int) -> tuple[Told, ...]:
        """Those whose source stands in the sentence."""
        return self.naming.get(sentence, ())

    def told_at(self, span: Span) -> list[Told]:
        """Those whose words told hold all of `span`."""
        return [
            told for told in self.telling.get(self.sentence_of(span), ()) if any(one.covers(span) for one in told.content)
        ]

    def by_source(self, span: Span) -> Told | None:
        """The first whose source shares words with `span`."""
        return next(
            (told for told in self.named_in(self.sentence_of(span)) if told.source and told.source.overlaps(span)), None
        )


def _index(starts: tuple[int, ...], position: int) -> int:
    return max(bisect_right(starts, position) - 1, 0)
