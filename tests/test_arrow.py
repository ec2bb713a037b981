from __future__ import annotations

from anything import records
from factories import record, report
from hypothesis import given, settings
from hypothesis import strategies as st

from ascribe import arrow
from ascribe.schema import Record


@settings(max_examples=40, deadline=None)
@given(st.lists(records(), max_size=3))
def test_records_go_there_and_back(made: list[Record]) -> None:
    batch = arrow.records_to_arrow(made)
    batch.validate(full=True)
    assert batch.schema == arrow.RECORDS
    assert arrow.records_from_arrow(batch) == made


def test_reports_go_there_and_back() -> None:
    made = [report(), report("Nothing else is known", headline=None, publisher=None, published=None)]
    batch = arrow.reports_to_arrow(made)
    assert batch.schema == arrow.REPORTS
    assert arrow.reports_from_arrow(batch) == made


def test_columns_that_a_batch_lacks_are_not_known() -> None:
    batch = arrow.reports_to_arrow([report(id="a")]).select(["id", "text", "publisher"])
    [read] = arrow.reports_from_arrow(batch)
    assert (read.id, read.publisher, read.published, read.format) == ("a", "Strelsau Wire", None, None)


def test_a_record_is_one_row_with_its_statements_in_order() -> None:
    [row] = arrow.records_to_arrow([record()]).to_pylist()
    assert [statement["trigger"] for statement in row["statements"]] == [
        {"start": 10, "end": 16, "text": "offers", "confidence": 1.0},
        {"start": 48, "end": 55, "text": "offered", "confidence": 1.0},
    ]
