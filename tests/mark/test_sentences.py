"""Where sentences end: a table of texts, with ‖ where one is cut."""

from __future__ import annotations

import pytest

from ascribe.mark.sentences import LONGEST, sentences

CASES = {
    "two plain ones": "Norland agreed.‖ Sudland did not.",
    "the headline is a sentence of its own": "Norland agrees to talks‖\nNorland has agreed to talks.",
    "a blank line gives none": "Norland agreed.‖\n\n  \nSudland did not.",
    "a title is no end": "Gen. Karl Moor met Mrs. Brandt and Dr. Holt.‖ They agreed.",
    "an initial is no end": "Olga K. Stern met J. P. Holt.‖ They agreed.",
    "a month before a day": "The talks began on Mar. 26 and ended on Apr. 2.‖ Nobody was hurt.",
    "U.S. inside a sentence": "The U.S. Navy left the U.S. on Monday.‖ It came back.",
    "U.S. at the end of one": "They flew to the U.S.‖ The talks failed.",
    "a number with a point": "It paid 3.5 million.‖ Then it stopped.",
    "question and exclamation": "Who pays?‖ Nobody!‖ So they left.",
    "dots": "We hoped...‖ They did not.",
    "lower case goes on": "The paper Vess. today said so.‖ We did not.",
    "a quotation is not cut": '"We agree. We sign," the mayor said.‖ He left.',
    "a quotation that ends a sentence": 'The mayor said: "We agree."‖ He left.',
    "typographic quotes": "“We agree. We sign.”‖ That was all.",
    "an open quotation does not hold the rest": "“We agree.‖ We sign.‖\nHe left.",
    "a bracket is not cut": "The mayor (he came late. He left early) said so.‖ We saw it.",
    "a bracket around a sentence": "We agreed.‖ (That was in May.)‖ They left.",
    "an unclosed bracket": "We agreed (in May.‖ They left.",
    "no white space, no end": "See vess.example.Then go.",
    "Arabic and Cyrillic pass": "Он согласился.‖ Она нет.",
}


@pytest.mark.parametrize("cut", CASES.values(), ids=CASES.keys())
def test_sentences(cut: str) -> None:
    text = cut.replace("‖", "")
    assert [span.of(text) for span in sentences(text)] == [part.strip() for part in cut.split("‖")]


def test_spans_count_from_the_start_of_the_text() -> None:
    text = "  Norland agrees\nNorland agreed. Sudland did not.  "
    assert [(span.start, span.stop) for span in sentences(text)] == [(2, 16), (17, 32), (33, 49)]


def test_a_sentence_without_end_is_cut_at_a_space() -> None:
    text = "word " * 2000
    found = sentences(text)
    assert max(span.stop - span.start for span in found) <= LONGEST
    assert " ".join(span.of(text) for span in found) == text.strip()


def test_nothing_gives_nothing() -> None:
    assert sentences("") == ()
    assert sentences(" \n\t ") == ()
