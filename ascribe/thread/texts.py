"""Which reports print the same text: verbatim, lightly edited, or cut, under whatever masthead.

A report is known by the five-word runs of its body. The smallest hashes of them (a MinHash of one permutation) find
candidates; the share of runs of the shorter one that the longer one has decides."""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import blake2b
from typing import Final

from ascribe.schema import Report
from ascribe.thread.words import runs, stem, stems, weighed, weight_of

_RUN: Final = 5  # words
_COPY: Final = 0.5  # share of the shorter one's runs in the longer one from which on it is a copy
_KEPT: Final = 16  # smallest hashes by which a copy is found
_NAME: Final = re.compile(r"(?<=[\w,;:’'-] )[^\W\d_][^\W_]+")
_TELLING: Final = 0.25  # weight from which on a name is worth a look
_FEWEST: Final = 8  # runs; a shorter text tells nothing by being the same


@dataclass(frozen=True, slots=True)
class Text:
    """A report as it is compared with others."""

    report: str
    runs: frozenset[int]
    keys: tuple[int, ...]  # two copies share one of them at least, all but surely
    words: dict[str, float]
    names: tuple[str, ...]  # words with a capital inside a sentence, without those of nearly every report


def text_of(report: Report) -> Text:
    """What of a report tells its copies; the headline is each paper's own and is left out."""
    body = report.text[len(report.headline) + 1 :] if report.headline else report.text
    words = stems(body)
    hashed = frozenset(_hash(" ".join(run)) for run in runs(words, _RUN))
    return Text(report.id, hashed, tuple(sorted(hashed)[:_KEPT]), weighed(words), _names(body))


def is_copy(one: Text, other: Text) -> bool:
    """One prints the other's text, in whole or in part."""
    least = min(len(one.runs), len(other.runs))
    return least >= _FEWEST and len(one.runs & other.runs) >= _COPY * least


def _hash(words: str) -> int:
    return int.from_bytes(blake2b(words.encode(), digest_size=8).digest(), "big")


def _names(body: str) -> tuple[str, ...]:
    found = {stem(word.lower()) for word in _NAME.findall(body) if word[0].isupper()}
    return tuple(sorted(name for name in found if weight_of(name) >= _TELLING))
