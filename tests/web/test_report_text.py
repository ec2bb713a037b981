"""A text in pieces is the text again, and each piece knows what it is."""

from __future__ import annotations

from anything import records
from desks import islets
from hypothesis import given, settings

from ascribe.schema import Record
from ascribe.web.text import fields, paragraphs


@given(records())
@settings(max_examples=25, deadline=None)
def test_the_pieces_are_the_text(record: Record) -> None:
    for chosen in (None, *record.statements):
        made = paragraphs(record.report.text, record.statements, chosen)
        lines = ["".join(piece.text for piece in pieces) for pieces in made]
        assert lines == [line for line in record.report.text.split("\n") if line.strip()]


def test_every_field_of_the_chosen_statement_is_lit_and_nothing_else() -> None:
    told = islets()
    for chosen in told.statements:
        pieces = [piece for line in paragraphs(told.report.text, told.statements, chosen) for piece in line]
        lit = sorted((role, piece.text) for piece in pieces for role in piece.roles)
        assert lit == sorted((role, span.of(told.report.text)) for role, span in fields(chosen))
        assert all(set(piece.begins) == set(piece.roles) for piece in pieces)


def test_a_trigger_is_numbered_where_it_begins_and_quotations_are_known() -> None:
    told = islets()
    pieces = [piece for line in paragraphs(told.report.text, told.statements, None) for piece in line]
    assert [(piece.text, piece.triggers) for piece in pieces if piece.triggers] == [
        ("claimed", (1,)),
        ("reject", (2,)),
        ("talked", (3,)),
    ]
    assert "".join(piece.text for piece in pieces if piece.quoted) == "We reject that,"
