"""Groups do not depend on the order of arrival, a copy adds no origin, and what a person says is kept."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from heap import COPY, COURIER, HEAP, MARCH, MARCH_AGAIN, MARCH_COUNTED, WIRE, reprinted
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from ascribe.errors import UsageError
from ascribe.schema import Record
from ascribe.store import open_dossier
from ascribe.thread import Threads, View, threads_of
from ascribe.thread.clusters import averaged, linked

Grouping = Callable[[list[Record]], View]


def in_memory(records: list[Record]) -> View:
    threads = Threads()
    for record in records:
        threads.add(record)
    return threads.view()


@pytest.fixture
def in_a_dossier(tmp_path: Path) -> Grouping:
    made = 0

    def grouped(records: list[Record]) -> View:
        nonlocal made
        made += 1
        with open_dossier(str(tmp_path / f"{made}.dossier")) as dossier:
            for record in records:  # one by one: each opening threads what is new
                dossier.add([record])
                with threads_of(dossier) as threads:
                    view = threads.view()
        return view

    return grouped


def members(view: View) -> set[frozenset[str]]:
    return {frozenset(group.members) for group in view.groups}


def statement(record: Record, position: int = 0) -> str:
    return record.statements[position].id


@settings(max_examples=40, deadline=None)
@given(some.permutations(HEAP))
def test_the_order_of_arrival_changes_nothing(order: list[Record]) -> None:
    assert in_memory(list(order)) == in_memory(list(HEAP))


def test_a_dossier_groups_as_memory_does(in_a_dossier: Grouping) -> None:
    assert in_a_dossier(list(HEAP)) == in_memory(list(HEAP))
    assert in_a_dossier(list(HEAP)[::-1]) == in_memory(list(HEAP))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    some.integers(0, len(HEAP) - 1),
    some.sampled_from(["2021-03-08", "2021-03-12", "2021-03-25"]),
    some.sampled_from(["", " (Strelsau Wire)", " (AFP)"]),
    some.integers(0, len(HEAP)),
)
def test_a_copy_never_raises_the_number_of_origins(copied: int, published: str, credit: str, at: int) -> None:
    original = HEAP[copied]
    published = max(published, original.report.published or "")
    copy = reprinted(original, "Kalnoky Post", published, credit=credit)
    before, after = in_memory(list(HEAP)), in_memory([*HEAP[:at], copy, *HEAP[at:]])
    for group in before.groups:
        grown = next(other for other in after.groups if group.members[0] in other.members)
        if set(group.members) <= set(grown.members):
            assert grown.origins.most <= group.origins.most
            assert grown.origins.least <= group.origins.least


def test_an_event_of_the_same_kind_on_another_day_is_another() -> None:
    found = members(in_memory([MARCH, MARCH_AGAIN, MARCH_COUNTED]))
    assert found == {frozenset({statement(MARCH), statement(MARCH_COUNTED)}), frozenset({statement(MARCH_AGAIN)})}


def test_a_report_that_is_there_already_adds_nothing() -> None:
    assert in_memory([COURIER, WIRE, COURIER]) == in_memory([COURIER, WIRE])


def test_a_report_that_is_withdrawn_leaves_what_was_before() -> None:
    threads = Threads()
    for record in HEAP:
        threads.add(record)
    threads.remove(WIRE.report.id)
    assert threads.view() == in_memory([record for record in HEAP if record is not WIRE])
    with pytest.raises(UsageError, match="no such report"):
        threads.remove(WIRE.report.id)


@pytest.mark.parametrize("kept", [False, True])
def test_what_a_person_says_stands_above_what_is_computed(tmp_path: Path, kept: bool) -> None:
    one, two = statement(MARCH), statement(MARCH_AGAIN)
    with open_dossier(str(tmp_path / "d.dossier")) as dossier:
        dossier.add([MARCH, MARCH_AGAIN, MARCH_COUNTED])
        with threads_of(dossier) as threads:
            threads.join(one, two, who="A. Lee", why="one voyage")
            if kept:
                threads.part(one, two, who="A. Lee", why="no: two")
        dossier.add([COURIER])  # a new report does not undo it
        with threads_of(dossier) as threads:
            together = any({one, two} <= set(group.members) for group in threads.view().groups)
            assert together is not kept
            moves = threads.groups.memory.moves()
    assert {because for *_, because in moves} >= {"A. Lee: one voyage"}


def test_a_corrected_statement_is_compared_anew(tmp_path: Path) -> None:
    one, two = statement(MARCH), statement(MARCH_COUNTED)
    with open_dossier(str(tmp_path / "d.dossier")) as dossier:
        dossier.add([MARCH, MARCH_AGAIN, MARCH_COUNTED])
        with threads_of(dossier) as threads:
            assert threads.groups.memory.group_of(one) == threads.groups.memory.group_of(two)
        for field in ("time.earliest", "time.latest"):
            dossier.correct(two, field, "2021-02-02", who="A. Lee", why="Candlemas")
        with threads_of(dossier) as threads:
            assert threads.groups.memory.group_of(one) != threads.groups.memory.group_of(two)


def test_a_statement_that_is_not_there_is_named() -> None:
    with pytest.raises(UsageError, match="nowhere: there is no such statement"):
        Threads().join("nowhere", "there")


def test_copies_stand_in_one_group() -> None:
    assert {statement(WIRE), statement(COPY)} <= set(in_memory(list(HEAP)).groups[0].members)


# ---- clusters ----

NAMES = [f"s{number}" for number in range(8)]
PAIRS = some.dictionaries(
    some.tuples(some.sampled_from(NAMES), some.sampled_from(NAMES)).filter(lambda pair: pair[0] < pair[1]),
    some.floats(-3, 5).map(lambda odds: round(odds, 3)),
)


@given(PAIRS, some.randoms())
def test_clusters_depend_on_the_pairs_alone(pairs: dict[tuple[str, str], float], chance: object) -> None:
    shuffled = list(pairs.items())
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    for cluster in (averaged, linked):
        assert sorted(map(sorted, cluster(NAMES, dict(shuffled)))) == sorted(map(sorted, cluster(NAMES, pairs)))


def test_a_chain_of_weak_pairs_does_not_hold_together() -> None:
    chain = dict.fromkeys(pairwise(NAMES), 1.0)
    assert all(len(cluster) <= 2 for cluster in averaged(NAMES, chain))
