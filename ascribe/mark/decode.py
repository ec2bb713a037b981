"""From the numbers of one window to marks: which words begin a span, how far it goes, how sure the reader is.

Every array is over the words of the window. A span begins at a word whose probability of beginning passes the bar of its
kind and goes on as long as the next word is likelier in a span of its label than outside. That the next word may begin one
itself does not count: where two words vie for the beginning ("also said"), the first has it and the second belongs to it;
only a word that as good as surely begins one does ("Norway | Denmark"). Bars are set on dev (training/tune.py) and stand
in reader.json.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float32]

_SURELY = 0.1  # of the probability that a word begins a span; what goes on with less than this share ends
SINGLE = ("object", "place", "time", "source")  # roles that one thing fills


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words `start` up to `stop` of a window, which label, and the probability that a span begins there."""

    start: int
    stop: int
    label: int
    score: float


def stretches(tags: Numbers, bar: float) -> Iterator[Stretch]:
    """Spans of BIO probabilities [words, 1 + 2 * labels]; a span's label is the likeliest at its first word."""
    outside, begins, continues = tags[:, 0], tags[:, 1::2], tags[:, 2::2]
    begin = begins.sum(-1)
    index, long = 0, len(tags)
    while index < long:
        if begin[index] < bar:
            index += 1
            continue
        stop, label = index + 1, int(begins[index].argmax())
        goes_on = continues[:, label]
        while stop < long and goes_on[stop] > outside[stop] and goes_on[stop] > _SURELY * begin[stop]:
            stop += 1
        yield Stretch(index, stop, label, min(round(float(begin[index]), 4), 1.0))
        index = stop


def fillers(
    roles: Numbers, within: range, bars: Mapping[str, float], names: tuple[str, ...]
) -> Iterator[tuple[str, Stretch]]:
    """Spans [words, roles, 3] that fill the roles of one asking word; roles of one filler keep the best."""
    for number, name in enumerate(names):
        tags = roles[within.start : within.stop, number]
        found = [
            Stretch(s.start + within.start, s.stop + within.start, number, s.score) for s in stretches(tags, bars[name])
        ]
        if name in SINGLE and found:
            found = [max(found, key=lambda s: s.score)]
        for stretch in found:
            yield name, stretch
