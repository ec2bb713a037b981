"""Statements for score_statements: `python -m evaluation.statements GOLD.jsonl OUT.jsonl`.

Reads ids and texts of GOLD, never its answers, and writes what the pipeline finds. One line of a text is one sentence."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path

from ascribe.pipeline import read
from ascribe.schema import Report
from ascribe.view import as_json
from evaluation.adapt import Row, read_rows


def main(arguments: Sequence[str]) -> int:
    if len(arguments) != 2:
        print(__doc__)
        return 2
    gold, out = map(Path, arguments)
    with out.open("w", encoding="utf-8") as written:
        for row in read_rows(gold):
            written.write(json.dumps(predict(report_of(row)), ensure_ascii=False) + "\n")
    return 0


def report_of(record: Row) -> Report:
    text = record["text"]
    return Report(
        id=record["id"],
        text=text,
        headline=text.partition("\n")[0] if record.get("headline") else None,
        publisher=record.get("publisher"),
        published=record.get("published"),
    )


def predict(report: Report) -> Row:
    """What `extract` prints of a report, as far as the scorer reads it."""
    line = as_json(next(read([report])))
    return {"id": line["id"], "statements": line["statements"]}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
