from __future__ import annotations

import csv
import io
import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from anything import records
from factories import record, report, statement
from hypothesis import given, settings
from test_explain import read_by_hand

from ascribe.errors import UsageError
from ascribe.schema import Record
from ascribe.store import Dossier, Question, open_dossier
from ascribe.view import as_json, ask, export
from ascribe.view.exports.statements import write_answers


@pytest.fixture
def dossier(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dossier]:
    with open_dossier(str(tmp_path_factory.mktemp("export") / "d.dossier")) as opened:
        opened.add([record(id="loan"), read_by_hand()[0]])
        yield opened


def exported(dossier: Dossier, format: str) -> bytes:
    out = io.BytesIO()
    export(dossier, format, out)
    return out.getvalue()


def test_jsonl_is_what_extract_prints(dossier: Dossier) -> None:
    lines = exported(dossier, "jsonl").decode().split("\n")[:-1]
    assert [json.loads(line) for line in lines] == [as_json(each) for each in dossier.records()]


@pytest.mark.parametrize("format", ["jsonl", "csv", "parquet"])
def test_the_same_content_gives_the_same_bytes(dossier: Dossier, format: str, tmp_path: Path) -> None:
    with open_dossier(f"{tmp_path}/other.dossier") as other:
        other.add([read_by_hand()[0]])
        other.add([record(id="loan")])
        assert exported(other, format) == exported(dossier, format)


def test_csv_has_a_row_for_each_statement(dossier: Dossier) -> None:
    rows = list(csv.DictReader(io.StringIO(exported(dossier, "csv").decode(), newline="")))
    expected = [(r.report.id, s.id, s.trigger.text) for r in dossier.records() for s in r.statements]
    assert [(row["report"], row["id"], row["trigger"]) for row in rows] == expected
    taken = next(row for row in rows if row["trigger"] == "taken")
    assert taken["sources"] == "Zenda Courier; letter; envoy"
    assert taken["source_countries"] == "RUR; ; "
    assert (taken["quad"], taken["goldstein"], taken["cameo"]) == ("4", "-9.0", "18")
    assert (taken["stance"], taken["quoted"], taken["latest"]) == ("denies", "0", "2021-03-08")


def test_parquet_has_the_rows_of_ask(dossier: Dossier) -> None:
    out = io.BytesIO()
    write_answers(ask(dossier, Question()), "jsonl", out)
    lines = [json.loads(line) for line in out.getvalue().splitlines()]
    rows = pq.read_table(io.BytesIO(exported(dossier, "parquet"))).to_pylist()
    assert sorted(rows, key=lambda row: row["id"]) == sorted(lines, key=lambda line: line["id"])


@settings(max_examples=25, deadline=None)
@given(made=records())
def test_no_text_becomes_a_formula_and_whatever_is_written_can_be_read(made: Record) -> None:
    with dossier_of(made) as dossier:
        rows = list(csv.reader(io.StringIO(exported(dossier, "csv").decode(), newline="")))
        assert len(rows) == 1 + len(made.statements)
        numbers = {rows[0].index(name) for name in ("lat", "lon", "goldstein", "confidence")}
        texts = [cell for row in rows[1:] for index, cell in enumerate(row) if index not in numbers]
        assert not [text for text in texts if text.startswith(("=", "+", "-", "@", "\t", "\r", "\0"))]
        table = pq.read_table(io.BytesIO(exported(dossier, "parquet")))
        assert table["trigger"].to_pylist() == [row["trigger"] for row in as_json(made)["statements"]]


@contextmanager
def dossier_of(made: Record) -> Iterator[Dossier]:
    """A dossier in a folder of its own that goes when it is closed: hypothesis makes many."""
    with tempfile.TemporaryDirectory() as folder, open_dossier(f"{folder}/d.dossier") as opened:
        assert opened.add([made]) == [True]
        yield opened


def test_an_empty_dossier_gives_empty_files(tmp_path: Path) -> None:
    with open_dossier(f"{tmp_path}/empty.dossier") as dossier:
        assert exported(dossier, "jsonl") == b""
        assert exported(dossier, "csv").count(b"\n") == 1
        assert pq.read_table(io.BytesIO(exported(dossier, "parquet"))).num_rows == 0


def test_a_format_that_is_not_there(dossier: Dossier) -> None:
    with pytest.raises(UsageError, match="choose one of jsonl, csv, parquet"):
        exported(dossier, "xls")


def test_numbers_stay_numbers(tmp_path: Path) -> None:
    told = report("-5 degrees: Ruritania offers a loan", id="-1")
    with open_dossier(f"{tmp_path}/d.dossier") as dossier:
        dossier.add([Record(told, (statement(told, "offers", "ASSAULT"),))])
        [row] = csv.DictReader(io.StringIO(exported(dossier, "csv").decode(), newline=""))
    assert (row["goldstein"], row["report"], row["title"][:3]) == ("-9.0", "'-1", "'-5")
