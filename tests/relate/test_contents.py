"""From triggers and arcs to fields."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some
from readings import reading, trigger

from ascribe.relate import relate
from ascribe.schema import POSITIONS, ROLES, STATUSES, TYPES, Arc, Reading, Report, Span, Statement, Trigger

TEXT = "On Monday the Norland army and its allies attacked the Sudland guards near Vess over an old canal."


def stated(**given: object) -> Statement:
    return relate(reading(TEXT, trigger(TEXT, "attacked", "ASSAULT", **given)))[0]  # type: ignore[arg-type]


def test_every_field_is_a_mention_with_its_place() -> None:
    found = stated(
        actor=["the Norland army", "its allies"],
        recipient="the Sudland guards",
        object="an old canal",
        place="Vess",
        time="Monday",
    )
    assert [one.text for one in found.actors] == ["Norland army", "its allies"]
    assert [one.text for one in found.recipients] == ["Sudland guards"]
    single = [one.text for one in (found.object, found.place, found.time) if one]
    assert single == ["old canal", "Vess", "Monday"]
    assert found.kind == "event"
    mentions = [*found.actors, *found.recipients, found.object, found.place, found.time, found.trigger]
    assert all(one and one.span.of(TEXT) == one.text for one in mentions)


def test_the_best_of_rivals_wins() -> None:
    found = stated(
        actor=("Norland army", 0.6), recipient=[("Norland army", 0.8)], object=[("old canal", 0.7), ("Vess", 0.9)]
    )
    assert found.actors == ()
    assert [one.text for one in found.recipients] == ["Norland army"]
    assert found.object
    assert found.object.text == "Vess"


@pytest.mark.parametrize(
    ("words", "kept"),
    [("the Norland army", "Norland army"), (" Vess ", "Vess"), ("an old canal.", "old canal"), ("attacked the", "attacked")],
)
def test_edges_fall(words: str, kept: str) -> None:
    found = stated(object=words)
    assert found.object
    assert found.object.text == kept


def test_one_act_is_told_once_by_the_same_words() -> None:
    rivals = [trigger(TEXT, "attacked", "ASSAULT", score=0.6), trigger(TEXT, "attacked the", "ASSAULT", score=0.8)]
    assert [one.trigger.text for one in relate(reading(TEXT, *rivals))] == ["attacked the"]


def test_a_position_is_no_event() -> None:
    assert relate(reading(TEXT, trigger(TEXT, "allies", "RELATION")))[0].kind == "position"


@pytest.mark.parametrize(
    ("type_", "status", "stance", "settled"),
    [
        ("AGREE", "future", "asserts", ("actual", "asserts")),
        ("CONSULT", "future", "asserts", ("future", "asserts")),
        ("ASSAULT", "actual", "denies", ("actual", "asserts")),  # nobody is there who denies
        ("ASSAULT", "actual", "hedges", ("actual", "hedges")),
    ],
)
def test_the_law_of_status(type_: str, status: str, stance: str, settled: tuple[str, str]) -> None:
    found = relate(reading(TEXT, trigger(TEXT, "attacked", type_, status=status, stance=stance)))[0]
    assert (found.status, found.stance) == settled


def test_what_is_denied_is_not_confirmed() -> None:
    text = "Norland denied that it attacked Sudland."
    denied = trigger(text, "attacked", "ASSAULT", source="Norland", cue="denied", stance="denies")
    found = relate(reading(text, denied))[0]
    assert (found.status, found.stance) == ("hypothetical", "denies")


def test_ids_come_from_the_content() -> None:
    first = stated(actor="the Norland army")
    assert first.id == stated(actor="its allies").id
    other = relate(reading(TEXT, trigger(TEXT, "attacked", "THREATEN")))[0]
    assert first.id != other.id


spans = some.tuples(some.integers(0, len(TEXT) - 1), some.integers(1, 12)).map(
    lambda at: Span(at[0], min(at[0] + at[1], len(TEXT)))
)
arcs = some.builds(Arc, some.sampled_from(ROLES), spans, some.floats(0, 1))
triggers = some.builds(
    Trigger,
    spans,
    some.sampled_from(TYPES),
    some.floats(0, 1),
    some.sampled_from(STATUSES),
    arcs=some.lists(arcs, max_size=6).map(tuple),
)


@given(some.lists(triggers, max_size=8))
def test_whatever_a_reader_marks_gives_sound_statements(marks: list[Trigger]) -> None:
    found = relate(Reading(Report("r", TEXT), (Span(0, len(TEXT)),), triggers=tuple(marks)))
    ids = [one.id for one in found]
    assert len(set(ids)) == len(ids)
    for one in found:
        assert one.kind == ("position" if one.type in POSITIONS else "event")
        assert one.answers is None or one.answers in ids
        assert one.same_as is None or one.same_as in ids[: ids.index(one.id)]
        mentions = [*one.actors, *one.recipients, *(link.mention for link in one.chain)]
        assert all(mention.text and mention.span.of(TEXT) == mention.text for mention in mentions)


TWICE = "The Norland army reinforced its support for the Sudland guards, supported their cause and fed them."


def both(first: str, second: str, **given: object) -> list[Statement]:
    """Two triggers of one type; `given` are the roles of the second, the first has an actor alone."""
    army: dict[str, object] = {"actor": "Norland army"}
    marks = [
        trigger(TWICE, first, "SUPPORT", score=0.7, **army),  # type: ignore[arg-type]
        trigger(TWICE, second, "SUPPORT", score=0.9, **given),  # type: ignore[arg-type]
    ]
    return relate(reading(TWICE, *marks))


def test_two_words_that_stand_close_say_one_act() -> None:
    (found,) = both("reinforced", "support", actor="Norland army", recipient="Sudland guards")
    assert found.trigger.text == "support"
    assert [one.text for one in found.recipients] == ["Sudland guards"]


@pytest.mark.parametrize(
    ("first", "second", "given"),
    [
        ("support", "supported", {"actor": "Norland army"}),  # too far apart
        ("reinforced", "support", {"actor": "Sudland guards"}),  # another party's act
    ],
)
def test_words_that_say_two_acts_stay_two(first: str, second: str, given: dict[str, str]) -> None:
    assert len(both(first, second, **given)) == 2
