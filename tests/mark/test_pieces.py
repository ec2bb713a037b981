"""Words, word pieces, hints and windows: what the reader sees of a text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ascribe import data
from ascribe.mark.hints import hints
from ascribe.mark.sentences import sentences
from ascribe.mark.window import BEFORE, LONGEST, MAIN, lay_out, windows
from ascribe.mark.wordpiece import SHAPES, Vocabulary, shape, words
from ascribe.schema import TYPES, Span

VOCABULARY = Vocabulary.of(["[UNK]", "talk", "##s", "##ing", "sen", "##ka", "##ku", "islands", "e"])


@pytest.mark.parametrize(
    ("word", "pieces"),
    [
        ("talks", ["talk", "##s"]),
        ("TALKING", ["talk", "##ing"]),
        ("Senkaku", ["sen", "##ka", "##ku"]),
        ("é", ["e"]),
        ("island", ["[UNK]"]),
        ("talk" * 50, ["[UNK]"]),
    ],
)
def test_a_word_is_cut_into_its_longest_pieces(word: str, pieces: list[str]) -> None:
    numbers = {number: piece for piece, number in VOCABULARY.numbers.items()}
    assert [numbers[number] for number in VOCABULARY.pieces(word)] == pieces


@pytest.mark.parametrize(
    ("word", "name"),
    [("troops", "lower"), ("Troops", "title"), ("A", "title"), ("UN", "upper"), ("McCain", "mixed"), ("2014", "digit"),
     ("1st", "digit"), (",", "other"), ("尖閣", "mixed")],
)  # fmt: skip
def test_shape_of_a_word(word: str, name: str) -> None:
    assert SHAPES[shape(word)] == name


def test_words_keep_their_places_on_astral_characters() -> None:
    text = "🗺 Moscow-held isles"
    assert [span.of(text) for span in words(text, Span(0, len(text)))] == ["🗺", "Moscow", "-", "held", "isles"]


def suggested(text: str) -> dict[str, set[str]]:
    cut = text.split()
    return {word: {TYPES[kind] for kind in kinds} for word, kinds in zip(cut, hints(cut), strict=True) if kinds}


def test_hints_come_in_every_form_of_an_entry() -> None:
    for word in ("reject", "rejects", "rejected", "rejecting"):
        assert suggested(word) == {word: {"REJECT"}}


def test_the_longest_entry_at_a_word_decides() -> None:
    assert suggested("they agreed with it")["agreed"] == {"STANCE"}
    assert suggested("they agreed on it")["agreed"] == {"AGREE"}


def test_quoted_words_are_known_across_sentences() -> None:
    text = '"We wait. We hope," he said. "And you?"'
    laid = lay_out(text, (Span(0, 9), Span(10, 28), Span(29, 39)), VOCABULARY)
    quoted = [span.of(text) for span, inside in zip(laid.spans, laid.quoted, strict=True) if inside]
    assert quoted == ['"', "We", "wait", ".", "We", "hope", ",", '"', "And", "you", "?"]


LINES = st.lists(st.text("abc XYZ.\"', ", min_size=1, max_size=900), min_size=1, max_size=30)


@settings(max_examples=60, deadline=None)
@given(LINES)
def test_every_word_is_decoded_in_exactly_one_window(lines: list[str]) -> None:
    text = "\n".join(lines)
    laid = lay_out(text, sentences(text), Vocabulary.load(data.weights() / "vocab.txt"))
    cut = windows(laid)
    assert [index for window in cut for index in range(window.main, window.stop)] == list(range(len(laid.spans)))
    for window in cut:
        before = sum(len(laid.pieces[index]) for index in range(window.start, window.main))
        inside = sum(len(laid.pieces[index]) for index in range(window.main, window.stop))
        assert before <= BEFORE
        assert inside <= max(MAIN, LONGEST)
