"""The adapter to score_statements: what it writes, and that it reads no answers."""

from __future__ import annotations

import json
from pathlib import Path

from evaluation.statements import main, report_of

TEXT = "Peru has rejected a Brazilian offer of talks, a report said."


def test_one_line_a_report_with_offsets_into_its_text(tmp_path: Path) -> None:
    gold, out = tmp_path / "gold.jsonl", tmp_path / "out.jsonl"
    gold.write_text(json.dumps({"id": "r", "text": TEXT}) + "\n", encoding="utf-8")  # no answers to be read
    assert main([str(gold), str(out)]) == 0
    (line,) = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert line["id"] == "r"
    refusal = next(one for one in line["statements"] if one["type"] == "REJECT")
    shown = [refusal["trigger"], *refusal["actor"], *refusal["sources"]]
    assert [TEXT[one["start"] : one["end"]] for one in shown] == ["rejected", "Peru", "report"]
    assert refusal["sources"][0]["kind"] == "document"
    assert refusal["actor"][0]["country"] == "PER"


def test_the_first_line_is_the_headline_where_the_record_says_so() -> None:
    assert report_of({"id": "r", "text": "A\nB", "headline": True}).headline == "A"
    assert report_of({"id": "r", "text": "A\nB", "headline": False}).headline is None


def test_wrong_calls_say_how_it_is_called() -> None:
    assert main([]) == 2
