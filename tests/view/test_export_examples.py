"""The examples in docs/exports.md are what the program writes. ASCRIBE_WRITE_PAGES=1 writes them anew: read the diff."""

from __future__ import annotations

import csv
import io
import json
import os
import re
from pathlib import Path

import pytest

from ascribe import pipeline
from ascribe.gather import gather
from ascribe.schema import Record, Report
from ascribe.view.exports import NAMES, format_of
from ascribe.view.exports.events import columns_of

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "exports.md"
COMMAS = ("phoenix", "acled")
HEADED = ("polecat", "icews", *COMMAS)
SHOWN = [name for name in NAMES if name not in ("jsonl", "csv", "parquet")]


@pytest.fixture(scope="module")
def islands() -> Record:
    [report] = gather([str(ROOT / "examples" / "islands-offer.txt")])
    assert isinstance(report, Report)
    return next(iter(pipeline.read([report])))


def example(name: str, made: Record) -> str:
    """The first row, its cells one a line; of what is JSON the first event, claim, or region and arc."""
    out = io.BytesIO()
    format_of(name).write([made], out)
    text = out.getvalue().decode()
    if columns := columns_of(name):
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter="," if name in COMMAS else "\t"))
        cells = next(iter(rows[1:] if name in HEADED else rows), [])
        return "".join(f"{column}: {cell}\n" for column, cell in zip(columns, cells, strict=False) if cell) or "(none)\n"
    if name == "jsonld":
        shown = [node for node in json.loads(text)["@graph"] if "prov:wasDerivedFrom" in node][:1]
    elif name == "labelstudio":
        result = json.loads(text)[0]["predictions"][0]["result"]
        shown = [result[0], next(item for item in result if item["type"] == "relation")]
    elif name == "doccano":
        line = json.loads(text)
        shown = [line["entities"][0], line["relations"][0]]
    else:
        lines = [json.loads(line) for line in text.splitlines()]
        shown = [line for line in lines if line.get("schema", "Event") == "Event"][:1]
    return "".join(f"{json.dumps(each, ensure_ascii=False)}\n" for each in shown)


@pytest.mark.parametrize("name", SHOWN)
def test_the_example_is_what_is_written(name: str, islands: Record) -> None:
    page = PAGE.read_text(encoding="utf-8")
    block = re.compile(rf"<!-- example {name} -->\n(?:\n```text\n(.*?)```\n)?", re.DOTALL)
    found = block.search(page)
    assert found, f"docs/exports.md has no example of {name}"
    printed = example(name, islands)
    if os.environ.get("ASCRIBE_WRITE_PAGES"):
        whole = f"<!-- example {name} -->\n\n```text\n{printed}```\n"
        PAGE.write_text(page[: found.start()] + whole + page[found.end() :], encoding="utf-8")
        return
    assert found[1] == printed


@pytest.mark.parametrize("name", SHOWN)
def test_every_format_is_documented(name: str) -> None:
    assert re.search(rf"^## {name}$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
