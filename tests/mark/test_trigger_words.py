"""The table of trigger words: every line is one that the reader can use."""

from __future__ import annotations

from ascribe.data import rows
from ascribe.schema import TYPES

LINES = rows("trigger_words")


def test_types_and_parts_of_speech_are_known() -> None:
    assert {row["type"] for row in LINES} == set(TYPES)
    assert {row["pos"] for row in LINES} == {"verb", "noun", "adj", "phrase"}


def test_lines_are_sorted_and_none_stands_twice() -> None:
    keys = [(row["words"], row["type"], row["pos"]) for row in LINES]
    assert keys == sorted(set(keys))


def test_words_are_lower_case_without_stray_blanks() -> None:
    for row in LINES:
        assert row["words"] == " ".join(row["words"].lower().split()), row
        assert all(form.isalpha() or "-" in form for form in row["forms"].split()), row
