"""The trained reader: one pass of one small model over each window gives every mark (weights: docs/model-card.md).

Runs on onnxruntime, one thread a process (scale by processes), arena and memory pattern off so that memory stays flat.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from ascribe import data
from ascribe.errors import AscribeError
from ascribe.mark.attributions import attributions
from ascribe.mark.decode import Stretch, fillers, stretches
from ascribe.mark.sentences import sentences
from ascribe.mark.window import LONGEST, Window, Words, lay_out, windows
from ascribe.mark.wordpiece import Vocabulary
from ascribe.mark.words import words
from ascribe.schema import Arc, Name, Reading, Report, Span, Told, Trigger

PROTOCOL = 2
_CLS, _SEP, _NO_SHAPE = 101, 102, 6
_END_OF_NAME = re.compile(r"(?:['’]s|['’,;:])$")
_INITIALS = re.compile(r"\.\w{1,3}$")
_IN_SENTENCE = ("actor", "recipient", "object", "place", "time")
_ANYWHERE = ("source", "relay", "cue")

Output = Mapping[str, NDArray[Any]]


@dataclass(frozen=True, slots=True)
class Reader:
    """A loaded model: the session, its vocabulary, and the card that says what its numbers mean."""

    session: onnxruntime.InferenceSession
    vocabulary: Vocabulary
    card: Mapping[str, Any]


@cache
def load() -> Reader:
    """The reader of this installation; kept for the life of the process."""
    folder = data.weights()
    card = json.loads((folder / "reader.json").read_text(encoding="utf-8"))
    if card["protocol"] != PROTOCOL:
        raise AscribeError(
            f"{folder / 'reader.json'}: protocol {card['protocol']}, this version reads {PROTOCOL}; install matching weights"
        )
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = options.enable_mem_pattern = False
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    session = onnxruntime.InferenceSession(str(folder / "reader.onnx"), options, providers=["CPUExecutionProvider"])
    return Reader(session, Vocabulary.load(folder / "vocab.txt"), card)


def mark(report: Report) -> Reading:
    """Mark one report: sentences, names, triggers with their arcs, attributions."""
    reader = load()
    cut = sentences(report.text)
    laid = lay_out(report.text, cut, reader.vocabulary)
    names: list[Name] = []
    triggers: list[Trigger] = []
    attributed: list[Told] = []
    for window in windows(laid):  # one after the other: the numbers of all windows of a long report would fill the memory
        seen = Seen(reader, report.text, laid, window, run(reader, laid, window))
        names += seen.names()
        triggers += seen.triggers()
        attributed += seen.attributed()
    told = tuple(one for sentence in cut for one in attributions(words(report.text, sentence)))
    return Reading(report, cut, tuple(names), tuple(triggers), told, tuple(attributed))


def run(reader: Reader, laid: Words, window: Window, pairs: Sequence[tuple[range, range]] = ()) -> dict[str, NDArray[Any]]:
    """Every number that the model has to say of one window; a batch of one, so that company never changes it.

    `pairs` are words of the window between which a relation is asked for."""
    pieces, shapes, quoted, firsts = [_CLS], [_NO_SHAPE], [0], []
    for index in range(window.start, window.stop):
        own = laid.pieces[index]
        firsts.append(len(pieces))
        pieces.extend(own)
        shapes.extend([laid.shapes[index]] * len(own))
        quoted.extend([laid.quoted[index]] * len(own))
    rows = {"pieces": [[*pieces, _SEP]], "shapes": [[*shapes, _NO_SHAPE]], "quoted": [[*quoted, 0]], "firsts": firsts}
    rows["sentence"] = list(laid.sentence[window.start : window.stop])
    given: dict[str, NDArray[Any]] = {name: np.asarray(values, np.int64) for name, values in rows.items()}
    given["hints"] = np.zeros((len(firsts), len(reader.card["types"])), np.float32)
    for row, kinds in enumerate(laid.hints[window.start : window.stop]):
        given["hints"][row, list(kinds)] = 1
    given["main"] = np.asarray([window.main - window.start], np.int64)
    given["here"], given["there"] = (_weights([pair[side] for pair in pairs], len(firsts)) for side in (0, 1))
    names = [output.name for output in reader.session.get_outputs()]
    return dict(zip(names, reader.session.run(names, given), strict=True))


def _weights(stretches: Sequence[range], long: int) -> NDArray[np.float32]:
    """For each stretch its share on each word; one row at least, since the graph wants one."""
    weights = np.zeros((max(len(stretches), 1), long), np.float32)
    for row, stretch in enumerate(stretches):
        weights[row, stretch.start : stretch.stop] = 1 / len(stretch)
    return weights


def relations(text: str, pairs: Sequence[tuple[Span, Span]]) -> list[str]:
    """The PLV type (Hu et al. 2024) of what the first span of each pair does to the second; the text is
    read as one sentence."""
    reader = load()
    laid = lay_out(text, [Span(0, len(text))], reader.vocabulary)
    found = []
    for here, there in pairs:
        a, b = (_words_of(laid, span) for span in (here, there))
        window = _window_around(laid, min(a.start, b.start), max(a.stop, b.stop))
        shifted = [
            (range(a.start - window.start, a.stop - window.start), range(b.start - window.start, b.stop - window.start))
        ]
        found.append(reader.card["relations"][int(run(reader, laid, window, shifted)["relation"][0].argmax())])
    return found


def _words_of(laid: Words, span: Span) -> range:
    inside = [index for index, word in enumerate(laid.spans) if word.overlaps(span)]
    return range(inside[0], inside[-1] + 1) if inside else range(1)


def _window_around(laid: Words, start: int, stop: int) -> Window:
    """The whole text where it fits, else what fits around the two spans."""
    room = LONGEST - sum(len(pieces) for pieces in laid.pieces[start:stop])
    while room > 0 and (start > 0 or stop < len(laid.spans)):
        if start > 0:
            start -= 1
            room -= len(laid.pieces[start])
        if stop < len(laid.spans):
            room -= len(laid.pieces[stop])
            stop += 1
    return Window(start, start, stop)


@dataclass(frozen=True, slots=True)
class Seen:
    """One window with what the model says of it; its methods put numbers into marks."""

    reader: Reader
    text: str
    laid: Words
    window: Window
    output: Output

    def names(self) -> Iterator[Name]:
        """Persons, organisations, groups, places and times that are named."""
        labels = self.reader.card["names"]
        for stretch in self._decoded(stretches(self.output["names"], self._bar("name"))):
            yield Name(self._named(stretch), labels[stretch.label], stretch.score)

    def triggers(self) -> Iterator[Trigger]:
        """Events and positions with their arcs."""
        card = self.reader.card
        statuses, stances = card["statuses"], card["stances"]
        for stretch in self._decoded(stretches(self.output["kinds"], self._bar("trigger"))):
            ask = self._ask(stretch.start, 0)
            state = self.output["states"][ask]
            yield Trigger(
                span=self._span(stretch),
                type=card["types"][stretch.label],
                score=self._sure(stretch.score),
                status=statuses[int(state[: len(statuses)].argmax())],
                stance=stances[int(state[len(statuses) :].argmax())],
                arcs=tuple(self._arcs(stretch, self.output["roles"][ask])),
            )

    def attributed(self) -> Iterator[Told]:
        """Attributions with their sources, relays and words told."""
        bars = {**self.reader.card["bars"], "source": self._bar("source_of")}
        for stretch in self._decoded(stretches(self.output["cues"], self._bar("cue_of"))):
            numbers = self.output["roles"][self._ask(stretch.start, 1)]
            found = self._filled(numbers, ("source", "relay", "content"), bars, self._all())
            spans = {
                role: tuple(self._span(s) for name, s in found if name == role) for role in ("source", "relay", "content")
            }
            source = spans["source"][0] if spans["source"] else None
            yield Told(self._span(stretch), source, spans["content"], stretch.score, spans["relay"])

    def _arcs(self, trigger: Stretch, numbers: NDArray[Any]) -> Iterator[Arc]:
        for names, within in ((_IN_SENTENCE, self._sentence_of(trigger.start)), (_ANYWHERE, self._all())):
            for role, stretch in self._filled(numbers, names, self.reader.card["bars"], within):
                yield Arc(role, self._span(stretch), stretch.score)

    def _filled(
        self, numbers: NDArray[Any], wanted: tuple[str, ...], bars: Mapping[str, float], within: range
    ) -> list[tuple[str, Stretch]]:
        columns = [self.reader.card["roles"].index(role) for role in wanted]
        return list(fillers(numbers[:, columns], within, bars, wanted))

    def _decoded(self, found: Iterator[Stretch]) -> Iterator[Stretch]:
        """Only what begins in the decoded part of the window; the context before it was decoded in its own window."""
        context = self.window.main - self.window.start
        return (stretch for stretch in found if stretch.start >= context)

    def _ask(self, word: int, asker: int) -> int:
        """Row of the word that asks, the dummy in front left out."""
        same = (self.output["asking"] == word) & (self.output["asker"] == asker)
        same[0] = False
        return int(same.argmax())

    def _sentence_of(self, word: int) -> range:
        own = self.laid.sentence[self.window.start : self.window.stop]
        start = own.index(own[word])
        return range(start, start + own.count(own[word]))

    def _all(self) -> range:
        return range(self.window.stop - self.window.start)

    def _span(self, stretch: Stretch) -> Span:
        spans = self.laid.spans
        return Span(spans[self.window.start + stretch.start].start, spans[self.window.start + stretch.stop - 1].stop)

    def _named(self, stretch: Stretch) -> Span:
        """A name without marks or a genitive at its end, but with the full stop that belongs to it ("W.Va.")."""
        span = self._span(stretch)
        name = _END_OF_NAME.sub("", span.of(self.text)) or span.of(self.text)
        stop = span.start + len(name)
        shortened = _INITIALS.search(name) and self.text[stop : stop + 1] == "."
        return Span(span.start, stop + 1 if shortened else stop)

    def _sure(self, score: float) -> float:
        """The probability that an annotator has this trigger with its type: Platt scaling on dev (docs/model-card.md)."""
        slope, offset = self.reader.card["calibration"]
        score = min(max(score, 1e-4), 1 - 1e-4)
        return round(1 / (1 + math.exp(-(slope * math.log(score / (1 - score)) + offset))), 4)

    def _bar(self, name: str) -> float:
        return float(self.reader.card["bars"][name])
