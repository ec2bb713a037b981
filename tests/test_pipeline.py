from __future__ import annotations

from collections.abc import Iterable, Iterator

import pytest
from factories import report

from ascribe import arrow, pipeline
from ascribe.engines import local
from ascribe.errors import AscribeError
from ascribe.schema import Record, Refusal, Report

TEXTS = (
    "Norway urged Denmark on Monday to reopen the border, the Norwegian foreign ministry said.",
    "Nothing political happened here.",
    "Peru rejected a Chilean offer of talks\nPeru rejected a Chilean offer of talks on Friday, Reuters reported.",
)


def reports(count: int) -> list[Report]:
    return [report(f"{TEXTS[number % 3]}\nNumber {number}.", id=f"r{number}", headline=None) for number in range(count)]


def test_a_report_goes_through_all_stages() -> None:
    [read] = pipeline.read(reports(1))
    found = [(s.type, [m.text for m in s.actors], [m.text for m in s.recipients]) for s in read.statements]
    assert ("REQUEST", ["Norway"], ["Denmark"]) in found
    assert {"NOR", "DNK"} <= {identity.country for identity in read.identities}


def test_each_report_gives_one_record_in_order() -> None:
    assert [record.report for record in pipeline.read(reports(5))] == reports(5)


def test_walk_shows_what_was_marked_on_the_way() -> None:
    [one] = reports(1)
    reading, record = pipeline.walk(one)
    assert reading.report == record.report == one
    assert "urged" in {trigger.span.of(one.text) for trigger in reading.triggers}


def test_the_same_from_arrow_to_arrow() -> None:
    batch = pipeline.read_batch(arrow.reports_to_arrow(reports(4)))
    assert batch.schema == arrow.RECORDS
    assert arrow.records_from_arrow(batch) == list(pipeline.read(reports(4)))


def test_reading_again_and_in_another_order_changes_nothing() -> None:
    forth = {record.report.id: record for record in pipeline.read(reports(6))}
    back = {record.report.id: record for record in pipeline.read(reversed(reports(6)))}
    assert forth == back


# ---- engines/local ----

BAD = Refusal("bad.txt", None, "is empty; give it a text")


@pytest.mark.parametrize("jobs", [1, 2, None])
def test_how_many_processes_read_changes_nothing(jobs: int | None) -> None:
    inputs: list[Report | Refusal] = [*reports(13), BAD, *reports(30)[13:]]
    expected: list[Record | Refusal] = [*pipeline.read(reports(13)), BAD, *pipeline.read(reports(30)[13:])]
    assert list(local.read(inputs, jobs=jobs)) == expected


def broken(reports: Iterable[Report]) -> Iterator[Record]:
    for each in reports:
        if "Number 1." in each.text:
            raise ValueError("no such\nthing")
        yield Record(each)


def test_a_report_that_breaks_a_stage_is_refused_and_the_rest_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "read", broken)
    first, second, third = local.read(reports(3), jobs=1)
    assert isinstance(first, Record)
    assert isinstance(third, Record)
    assert second == Refusal("r1", None, "reading failed (ValueError: no such thing); run with --debug")


def test_with_debug_it_is_raised(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "read", broken)
    with pytest.raises(ValueError, match="no such"):
        list(local.read(reports(3), jobs=1, debug=True))


def test_inputs_are_taken_as_they_are_needed() -> None:
    taken = []

    def endless() -> Iterator[Report]:
        number = 0
        while True:
            taken.append(number)
            yield report(f"Rain, number {number}", headline=None)
            number += 1

    for jobs in (1, 2):
        taken.clear()
        running = local.read(endless(), jobs=jobs)
        for _ in range(3):
            next(running)
        running.close()  # type: ignore[attr-defined]
        assert len(taken) < 100


def test_a_process_that_dies_is_said_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    from concurrent.futures.process import BrokenProcessPool

    class Broken:
        def result(self) -> None:
            raise BrokenProcessPool

    monkeypatch.setattr(local.ProcessPoolExecutor, "submit", lambda *_: Broken())
    with pytest.raises(AscribeError, match="ended from outside"):
        list(local.read(reports(3), jobs=2))
