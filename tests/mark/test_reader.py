"""The trained reader: what it gives for sentences of ours, and that company changes nothing."""

from __future__ import annotations

import json

import numpy as np
import pytest

from ascribe import data
from ascribe.mark import mark
from ascribe.mark.decode import fillers, stretches
from ascribe.mark.reader import load, relations
from ascribe.schema import STANCES, STATUSES, TYPES, Report, Span

PLAIN = [
    ("Russia has rejected a Japanese offer of talks.", "rejected", "REJECT", "Russia"),
    ("Turkey accused Greece of violating its airspace.", "accused", "ACCUSE", "Turkey"),
    ("Sudanese troops attacked the village of Kebri on Monday.", "attacked", "ASSAULT", "Sudanese troops"),
    ("China urged the Philippines to withdraw the ship.", "urged", "REQUEST", "China"),
    ("The French foreign minister met his Algerian counterpart in Oran.", "met", "CONSULT", "French foreign minister"),
    ("Police arrested twelve opposition activists in Minsk.", "arrested", "COERCE", "Police"),
    ("Tens of thousands of people protested in Tbilisi against the law.", "protested", "PROTEST", "people"),
]


@pytest.mark.parametrize(("text", "trigger", "type", "actor"), PLAIN)
def test_plain_sentences(text: str, trigger: str, type: str, actor: str) -> None:
    [found] = [one for one in mark(Report("r", text)).triggers if one.span.of(text) == trigger]
    assert found.type == type
    assert any(arc.role == "actor" and actor in arc.span.of(text) for arc in found.arcs)


def test_every_mark_lies_in_the_text_and_has_a_known_label() -> None:
    text = "\n".join(sentence for sentence, *_ in PLAIN)
    reading = mark(Report("r", text))
    for trigger in reading.triggers:
        assert trigger.type in TYPES
        assert trigger.status in STATUSES
        assert trigger.stance in STANCES
        assert text[trigger.span.start : trigger.span.stop].strip()
        for arc in trigger.arcs:
            assert 0 <= arc.span.start < arc.span.stop <= len(text)
            assert 0 <= arc.score <= 1
    assert {name.span.of(text) for name in reading.names if name.label == "place"} >= {"Minsk", "Tbilisi"}


def test_reading_again_gives_the_same_whatever_was_read_between() -> None:
    reports = [Report(str(number), text) for number, (text, *_) in enumerate(PLAIN)]
    alone = [mark(report) for report in reports]
    assert [mark(report) for report in reversed(reports)] == alone[::-1]


def test_an_empty_report_has_no_marks() -> None:
    assert mark(Report("r", "")).triggers == ()


def test_a_relation_is_asked_for_between_two_given_spans() -> None:
    text = "Turkey accused Greece of violating its airspace."
    assert relations(text, [(Span(0, 6), Span(15, 21))]) == ["ACCUSE"]


def test_the_card_says_what_the_numbers_mean() -> None:
    card = json.loads((data.weights() / "reader.json").read_text(encoding="utf-8"))
    assert card == load().card
    assert tuple(card["types"]) == TYPES
    assert sum(path.stat().st_size for path in data.weights().iterdir()) < 31_000_000


# ---- decoding ----


def tags(*rows: tuple[float, float, float]) -> np.ndarray:
    """Rows of (outside, begins, continues) for one label."""
    return np.array(rows, np.float32)


def test_a_span_begins_at_the_bar_and_goes_on_while_that_is_likelier_than_leaving_it() -> None:
    numbers = tags((0.9, 0.1, 0), (0.3, 0.6, 0.1), (0.2, 0.1, 0.7), (0.6, 0, 0.4), (0.5, 0.5, 0))
    assert [(s.start, s.stop) for s in stretches(numbers, 0.5)] == [(1, 3), (4, 5)]
    assert [(s.start, s.stop) for s in stretches(numbers, 0.55)] == [(1, 3)]


def test_of_two_words_that_vie_for_the_beginning_the_first_has_it() -> None:
    also_said = tags((0.4, 0.6, 0), (0.05, 0.55, 0.4), (0.9, 0, 0.1))
    assert [(s.start, s.stop) for s in stretches(also_said, 0.5)] == [(0, 2)]
    two_states = tags((0.01, 0.99, 0), (0.0, 0.95, 0.05), (0.9, 0, 0.1))
    assert [(s.start, s.stop) for s in stretches(two_states, 0.5)] == [(0, 1), (1, 2)]


def test_a_field_that_holds_one_thing_keeps_the_likeliest() -> None:
    numbers = np.stack([tags((0.4, 0.6, 0), (0.9, 0.1, 0), (0.2, 0.8, 0))] * 2, 1)
    found = list(fillers(numbers, range(3), {"actor": 0.5, "object": 0.5}, ("actor", "object")))
    assert [(role, s.start) for role, s in found] == [("actor", 0), ("actor", 2), ("object", 2)]
