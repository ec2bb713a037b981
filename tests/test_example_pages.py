"""The reports of examples/ as `explain` prints them: what the whole program makes of them, for the eye.

ASCRIBE_WRITE_PAGES=1 writes the pages anew: read the diff."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from ascribe import pipeline
from ascribe.gather import gather
from ascribe.schema import Report
from ascribe.view import explain

HERE = Path(__file__).parent
EXAMPLES = [item for item in gather([str(HERE.parent / "examples")]) if isinstance(item, Report)]


def test_there_are_at_least_eight_and_none_is_refused() -> None:
    assert len(EXAMPLES) >= 8
    assert len(EXAMPLES) == len(list(gather([str(HERE.parent / "examples")])))


@pytest.mark.parametrize("report", EXAMPLES, ids=lambda report: report.id)
def test_page_of_an_example(report: Report) -> None:
    reading, record = pipeline.walk(report)
    page = explain(record, reading, columns=100)
    kept = HERE / "pages" / "examples" / f"{report.id}.txt"
    if os.environ.get("ASCRIBE_WRITE_PAGES"):
        kept.parent.mkdir(exist_ok=True)
        kept.write_text(page, encoding="utf-8")
    assert page == kept.read_text(encoding="utf-8")
