"""A report as words, and the windows of whole sentences in which the reader sees it.

A window holds the sentences it decodes and, before them, as much of what precedes as fits: sources and pronouns look back.
Each window is one call of the encoder with a batch of one, so that neither padding nor the company of other
reports can change a result (dynamic int8 scales by what is in the call).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ascribe.mark.hints import hints
from ascribe.mark.wordpiece import Vocabulary, shape, words
from ascribe.schema import Span

MAIN = 128  # word pieces decoded in one window, unless one sentence alone is longer
BEFORE = 64  # word pieces of context in front of them
LONGEST = 320  # a sentence beyond this is cut; the encoder has 512 places
_OPEN, _CLOSE, _STRAIGHT = "“«„", "”»", '"'


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text, parallel tuples."""

    spans: tuple[Span, ...]
    pieces: tuple[tuple[int, ...], ...]
    shapes: tuple[int, ...]
    quoted: tuple[int, ...]  # 1 inside quotation marks
    sentence: tuple[int, ...]  # which sentence each word is in
    hints: tuple[frozenset[int], ...]  # types that the table of trigger words suggests


@dataclass(frozen=True, slots=True)
class Window:
    """Words `start` up to `stop`; those from `main` on are decoded, the ones before are context."""

    start: int
    main: int
    stop: int


def lay_out(text: str, sentences: Sequence[Span], vocabulary: Vocabulary) -> Words:
    """The words of every sentence with their pieces, shapes and whether they are quoted."""
    spans, pieces, shapes, quoted, sentence = [], [], [], [], []
    inside = False
    for index, stretch in enumerate(sentences):
        if index and "\n\n" in text[sentences[index - 1].stop : stretch.start]:
            inside = False  # a forgotten closing mark ends with its paragraph
        for span in words(text, stretch):
            word = span.of(text)
            if word in _OPEN or (word in _STRAIGHT and not inside):
                inside = True
            elif word in _CLOSE or word in _STRAIGHT:
                inside = False
            spans.append(span)
            pieces.append(vocabulary.pieces(word))
            shapes.append(shape(word))
            quoted.append(int(inside))
            sentence.append(index)
    suggested = hints([span.of(text).lower() for span in spans])
    return Words(tuple(spans), tuple(pieces), tuple(shapes), tuple(quoted), tuple(sentence), tuple(suggested))


def windows(laid: Words) -> list[Window]:
    """Cut a report into windows: full of sentences, long sentences in parts, context in front."""
    out: list[Window] = []
    start = size = 0
    for first, stop, pieces in _stretches(laid):
        if size and size + pieces > MAIN:
            out.append(_with_context(laid, start, first))
            start, size = first, 0
        size += pieces
        if stop == len(laid.spans):
            out.append(_with_context(laid, start, stop))
    return out


def _stretches(laid: Words) -> list[tuple[int, int, int]]:
    """(first word, stop, pieces) of each sentence, or of each part of a sentence that is too long for one window."""
    out, first, pieces = [], 0, 0
    for index, sentence in enumerate(laid.sentence):
        length = len(laid.pieces[index])
        if index > first and (sentence != laid.sentence[index - 1] or pieces + length > LONGEST):
            out.append((first, index, pieces))
            first, pieces = index, 0
        pieces += length
    if laid.spans:
        out.append((first, len(laid.spans), pieces))
    return out


def _with_context(laid: Words, main: int, stop: int) -> Window:
    start, pieces = main, 0
    while start and pieces + len(laid.pieces[start - 1]) <= BEFORE:
        start -= 1
        pieces += len(laid.pieces[start])
    return Window(start, main, stop)
