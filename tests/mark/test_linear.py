"""Texts that would send a careless pattern back and forth. That these tests end is what they show.

Every pattern of mark and relate takes whole runs possessively and asks nothing behind them, so it cannot go back over a run;
a sentence has at most LONGEST characters, so what is done with the words of one sentence is bounded as well."""

from __future__ import annotations

import pytest

from ascribe.mark import mark
from ascribe.mark.sentences import LONGEST, sentences
from ascribe.mark.words import words
from ascribe.relate import relate
from ascribe.relate.quotes import quotations
from ascribe.schema import Report, Span

LENGTH = 100_000
UNITS = ['"', "“(", "a", ". ", "A.", "A. ", "...", "? ", "-a", "1,", "'s", "’", "\n", "said "]


@pytest.mark.parametrize("unit", UNITS, ids=ascii)
def test_patterns_end(unit: str) -> None:
    text = (unit * LENGTH)[:LENGTH]
    assert all(span.stop - span.start <= LONGEST for span in sentences(text))
    assert all(span.stop <= LENGTH for span in quotations(text))
    assert "".join(word.text for word in words(text, Span(0, LENGTH))) == "".join(text.split())


@pytest.mark.parametrize("unit", ['"he said" ', "he said, ", "Norland attacked Sudland. ", "Norland attacked Sudland and "])
def test_stages_end(unit: str) -> None:
    text = (unit * LENGTH)[: LENGTH // 10]
    assert isinstance(relate(mark(Report("r", text))), list)
