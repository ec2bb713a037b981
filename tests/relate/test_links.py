"""What answers what, and what is told again: statements by short names, and the links between them."""

from __future__ import annotations

from math import isfinite

import pytest
from factories import statement
from readings import reading, told, trigger

from ascribe import data
from ascribe.relate import relate
from ascribe.relate.pairs import same, sides


def links(text: str, *marks: object) -> dict[str, tuple[str | None, str | None]]:
    """Trigger → (what it answers, what it repeats), by trigger."""
    found = relate(reading(text, *marks))  # type: ignore[arg-type]
    name = {one.id: one.trigger.text for one in found}
    return {one.trigger.text: (name.get(one.answers or ""), name.get(one.same_as or "")) for one in found}


def test_a_refusal_answers_the_offer_between_the_same_parties() -> None:
    text = "Norland offered Sudland a loan. Sudland said no to Norland."
    marks = [
        trigger(text, "offered", "AGREE", actor="Norland", recipient="Sudland", object="a loan"),
        trigger(text, "said no", "REJECT", actor="Sudland", recipient="Norland"),
    ]
    assert links(text, *marks) == {"offered": (None, None), "said no": ("offered", None)}


def test_it_answers_nobody_else() -> None:
    text = "Norland offered Sudland a loan. Westland rejected a treaty of Eastland."
    marks = [
        trigger(text, "offered", "AGREE", actor="Norland", recipient="Sudland", object="a loan"),
        trigger(text, "rejected", "REJECT", actor="Westland", recipient="Eastland", object="treaty"),
    ]
    assert links(text, *marks)["rejected"] == (None, None)


def test_the_object_names_what_is_answered() -> None:
    text = "Norland made an offer of a loan. The proposal and the offer were brushed off."
    marks = [
        trigger(text, "offer", "AGREE", actor="Norland", object="a loan"),
        trigger(text, "brushed off", "REJECT", object="the offer"),
    ]
    assert links(text, *marks)["brushed off"] == ("offer", None)


def test_an_answer_may_point_forward_inside_its_sentence() -> None:
    text = "Sudland rejected an offer of Norland. Norland will wait."
    marks = [
        trigger(text, "rejected", "REJECT", actor="Sudland", recipient="Norland", object="offer of Norland"),
        trigger(text, "offer", "AGREE", actor="Norland"),
    ]
    assert links(text, *marks)["rejected"] == ("offer", None)


def test_what_is_answered_is_its_first_telling() -> None:
    text = "Norland offers Sudland a loan\nNorland offered Sudland a loan in May. Sudland rejected the offer."
    marks = [
        trigger(text, "offers", "AGREE", actor="Norland", recipient="Sudland", object="a loan"),
        trigger(text, "offered", "AGREE", actor="Norland", recipient="Sudland", object="a loan"),
        trigger(text, "rejected", "REJECT", actor="Sudland", recipient="Norland", object="offer."),
    ]
    assert links(text, *marks) == {"offers": (None, None), "offered": (None, "offers"), "rejected": ("offers", None)}


@pytest.mark.parametrize(("words", "type"), [("agreed", "AGREE"), ("yielded", "CONCEDE")])
def test_an_agreement_or_a_concession_answers_a_request(words: str, type: str) -> None:
    text = f"Norland asked Sudland for grain. Sudland {words} to Norland."
    marks = [
        trigger(text, "asked", "REQUEST", actor="Norland", recipient="Sudland", object="grain"),
        trigger(text, words, type, actor="Sudland", recipient="Norland"),
    ]
    assert links(text, *marks)[words] == ("asked", None)


def test_a_denial_answers_the_accusation() -> None:
    text = "Sudland accused Norland of theft. Norland denied that it stole."
    marks = [
        trigger(text, "accused", "ACCUSE", actor="Sudland", recipient="Norland", object="theft"),
        trigger(text, "stole", "COERCE", actor="it", stance="denies"),
        told(text, "denied", "Norland", "it stole"),
    ]
    assert links(text, *marks)["stole"] == ("accused", None)


def test_a_denial_answers_the_same_thing_asserted_by_another() -> None:
    text = "Norland raided Vess, the mayor said. Norland denied that it raided Vess again."
    marks = [
        trigger(text, "raided", "ASSAULT", actor="Norland", object="Vess"),
        told(text, "said", "mayor", "Norland raided Vess"),
        trigger(text, "raided Vess again", "ASSAULT", actor="it", object="Vess", stance="denies"),
        told(text, "denied", "Norland", "it raided Vess again"),
    ]
    assert links(text, *marks)["raided Vess again"] == ("raided", None)


def test_the_same_party_by_its_adjective_is_the_same() -> None:
    text = "China met Peru in Lima. The Chinese meeting with Peru went on."
    marks = [
        trigger(text, "met", "CONSULT", actor=["China", "Peru"]),
        trigger(text, "meeting", "CONSULT", actor=["Chinese", "Peru"]),
    ]
    assert links(text, *marks)["meeting"] == (None, "met")


def test_what_did_not_happen_does_not_repeat_what_did() -> None:
    text = "Norland raided Vess. Norland has not raided Vess since."
    marks = [
        trigger(text, "raided", "ASSAULT", actor="Norland", object="Vess"),
        trigger(text, "raided Vess since", "ASSAULT", actor="Norland", object="Vess", status="negated"),
    ]
    assert links(text, *marks)["raided Vess since"] == (None, None)


def test_other_parties_and_things_are_other_statements() -> None:
    text = "Norland raided Vess. Sudland bombed Hagen."
    marks = [
        trigger(text, "raided", "ASSAULT", actor="Norland", object="Vess"),
        trigger(text, "bombed", "ASSAULT", actor="Sudland", object="Hagen"),
    ]
    assert links(text, *marks)["bombed"] == (None, None)


def test_a_refusal_told_by_a_pronoun_answers_what_was_asked_of_him() -> None:
    text = "Norland asked Foreign Minister Ada Brun for grain. She refused, citing a poor harvest."
    marks = [
        trigger(text, "asked", "REQUEST", actor="Norland", recipient="Foreign Minister Ada Brun", object="grain"),
        trigger(text, "refused", "REJECT", actor="She"),
    ]
    assert links(text, *marks)["refused"] == ("asked", None)


def test_links_lead_to_first_tellings_and_never_to_themselves() -> None:
    lines = ["Norland asks Sudland for grain", *["Norland asked Sudland for grain. Sudland rejected the request."] * 12]
    text = "\n".join(lines)
    marks = [trigger(text, "asks", "REQUEST", actor="Norland", recipient="Sudland", object="grain")]
    for nth in range(12):
        marks += [
            trigger(text, "asked", "REQUEST", nth=nth, actor="Norland", recipient="Sudland", object="grain"),
            trigger(text, "rejected", "REJECT", nth=nth, actor="Sudland", object="request"),
        ]
    found = relate(reading(text, *marks))
    by_id = {one.id: one for one in found}
    linked = [(one, by_id[to]) for one in found for to in (one.answers, one.same_as) if to]
    assert len(linked) > 12
    assert all(one is not other and other.same_as is None for one, other in linked)
    assert {one.type for one in found if one.answers} == {"REJECT"}


def test_every_weight_is_a_number_and_both_links_say_what_they_ask_for() -> None:
    rows = {row["feature"]: row for row in data.rows("link_weights")}
    assert [*rows] == sorted(rows)
    for name in ("answers", "same_as"):
        assert all(isfinite(float(row[name])) for row in rows.values() if row[name])
        assert rows["always"][name]
        assert rows["at least"][name]


# What pairs.py says of two statements; the weights are learnt, the facts must hold.
FACTS = [
    ("the same state by name, adjective and capital", "Japan met Peru. Tokyo met Peru.", "Japan", "Tokyo", "alike"),
    ("initials with and without points", "The U.S. met Peru. The US met Oman.", "U.S.", "US", "alike"),
    ("another state", "Japan met Peru. Oman met Chad.", "Japan", "Oman", "other"),
    (
        "a surname and the state it stood with",
        "French President Abel Roux spoke. France met Oman.",
        "Roux",
        "France",
        "alike",
    ),
    ("nobody is named", "Troops fired. Oman met Chad.", "Troops", "Oman", "open"),
]


@pytest.mark.parametrize(("text", "one", "other", "expected"), [case[1:] for case in FACTS], ids=[case[0] for case in FACTS])
def test_parties_are_compared_by_the_names_of_the_report(text: str, one: str, other: str, expected: str) -> None:
    whole = "French President Abel Roux" if one == "Roux" else one
    marked = reading(text)
    told = [
        statement(marked.report, "met", "CONSULT", actors=[whole], id="1"),
        statement(marked.report, "met", "CONSULT", actors=[other], id="2"),
        *([statement(marked.report, "spoke", "CONSULT", actors=[one], id="3")] if whole != one else []),
    ]
    compared = sides(told, marked)
    assert f"actors {expected}" in {*same(compared[-1 if whole != one else 0], compared[1], 0)}
