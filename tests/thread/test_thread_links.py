"""What answers what, what is asked in return, and where reports contradict each other."""

from __future__ import annotations

import pytest
from heap import COURIER, DENIAL, HEAP, MARCH, MARCH_COUNTED, REFUSAL, WIRE, offer, told

from ascribe.schema import Record
from ascribe.thread import Threads, View
from ascribe.thread.figures import Counted, counted_in, cues_in
from ascribe.thread.lands import ground_in, lands_in


def view(*records: Record) -> View:
    threads = Threads()
    for record in records:
        threads.add(record)
    return threads.view()


def test_a_refusal_answers_the_offer_that_others_told() -> None:
    found = view(COURIER, WIRE, REFUSAL)
    refusal = next(group for group in found.groups if group.event.type == "REJECT")
    assert refusal.answers == found.groups[0].id
    assert COURIER.statements[0].id in found.groups[0].members


def test_an_offer_does_not_answer_itself() -> None:
    assert [group.answers for group in view(COURIER, WIRE).groups] == [None]


def test_what_is_asked_in_return_stands_in_the_sentence_of_the_offer() -> None:
    priced = told(
        "A price\nRuritania offered Graustark a loan on condition that Graustark closes Fort Tarlenheim.",
        "Zenda Courier",
        "2021-03-08",
        offer(),
        {"trigger": "on condition that", "type": "REQUEST", "actors": ["Ruritania"], "recipients": ["Graustark"]},
    )
    found = view(priced)
    offered, asked = (next(g for g in found.groups if g.event.type == type) for type in ("AGREE", "REQUEST"))
    assert (offered.asked_in_return, asked.asked_in_return) == (asked.id, None)


def test_a_denial_contradicts_what_is_told() -> None:
    (found,) = view(COURIER, WIRE, DENIAL).contradictions
    assert (found.field, [side.value for side in found.sides]) == ("occurrence", ["told", "denied"])
    assert [side.reports for side in found.sides] == [{COURIER.report.id, WIRE.report.id}, {DENIAL.report.id}]


def test_numbers_of_one_event_contradict() -> None:
    (found,) = view(MARCH, MARCH_COUNTED).contradictions
    assert found.field == "number"
    assert {side.value: side.reports for side in found.sides} == {
        "3 vessel": {MARCH.report.id},
        "5 vessel": {MARCH_COUNTED.report.id},
    }


def test_numbers_of_two_events_do_not() -> None:
    fields = {c.field for c in view(*HEAP).contradictions if MARCH.statements[0].id in c.sides[0].statements}
    assert fields == {"number"}  # with MARCH_COUNTED, not with the second voyage


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Three Ruritanian coast guard ships entered", [Counted("vessel", 3, False)]),
        ("wounded six of its soldiers", [Counted("people", 6, False)]),
        ("about 40 marines took part", [Counted("people", 40, True)]),
        ("two hours later", []),
        ("1,200 refugees and four tanks", [Counted("people", 1200, False), Counted("vehicle", 4, False)]),
    ],
)
def test_what_a_sentence_counts(text: str, expected: list[Counted]) -> None:
    assert list(counted_in(text)) == expected


def test_whose_waters_are_named() -> None:
    assert ground_in("entered Japanese territorial waters off the coast of China") == {"JPN"}
    assert ground_in("a Japanese boat in the waters") == frozenset()
    assert lands_in("officials in Lisbon and a Peruvian diplomat") == {"PRT", "PER"}


def test_words_that_accept_or_set_a_condition() -> None:
    assert "accept" in cues_in("has agreed")
    assert "in return" in cues_in("in exchange for")
    assert cues_in("sent") == frozenset()
