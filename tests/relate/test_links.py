"""What answers what, and what is told again: statements by short names, and the links between them."""

from __future__ import annotations

from readings import reading, told, trigger

from ascribe.relate import relate


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


def test_an_agreement_and_a_concession_answer_a_request() -> None:
    text = "Norland asked Sudland for grain. Sudland agreed with Norland. Sudland yielded to Norland."
    marks = [
        trigger(text, "asked", "REQUEST", actor="Norland", recipient="Sudland", object="grain"),
        trigger(text, "agreed", "AGREE", actor="Sudland", recipient="Norland"),
        trigger(text, "yielded", "CONCEDE", actor="Sudland", recipient="Norland"),
    ]
    found = links(text, *marks)
    assert found["agreed"] == ("asked", None)
    assert found["yielded"] == ("asked", None)


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
