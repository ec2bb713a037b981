"""correct, check, release and diff as a person meets them, and any record through the store and back."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

import pytest
from anything import records
from factories import record
from hypothesis import HealthCheck, given, settings

from ascribe import cli
from ascribe.schema import Record
from ascribe.store import open_dossier

LOAN = record(id="loan")


@pytest.fixture
def dossier(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(tmp_path)
    with open_dossier("d.dossier") as opened:
        opened.add([LOAN])
    return "d.dossier"


def test_correct_and_undo(dossier: str, capsys: pytest.CaptureFixture[str]) -> None:
    id = LOAN.statements[1].id
    by = ["--dossier", dossier, "--by", "Anna", "--why", "so"]
    assert cli.run(["correct", id, "status", "future", *by]) == 0
    assert capsys.readouterr().out == f'{id} status: "actual" → "future"\n'
    assert cli.run(["ask", "--dossier", dossier]) == 0
    assert cli.run(["correct", id, "status", "--undo", *by]) == 0
    assert capsys.readouterr().out.endswith(f'{id} status: "future" → "actual"\n')
    assert cli.run(["correct", id, "status", *by]) == 2
    assert cli.run(["correct", id, "status", "future", "--undo", *by]) == 2
    assert cli.run(["correct", id, "status", "maybe", *by]) == 2
    assert capsys.readouterr().err.count("\n") == 3


def test_the_mark_of_a_correction_is_in_the_table(dossier: str, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    cli.run(["correct", LOAN.statements[1].id, "status", "future", "-d", dossier, "--by", "Anna", "--why", "so"])
    cli.run(["ask", "--dossier", dossier, "--format", "jsonl"])
    lines = [json.loads(line) for line in capfdbinary.readouterr().out.decode().split("\n") if line.startswith("{")]
    assert [line["corrected"] for line in lines] == [[], ["status"]]


def test_check_says_what_it_found(dossier: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["check", "--dossier", dossier]) == 0
    assert capsys.readouterr().err == "d.dossier: whole\n"
    held = bytearray(Path(dossier).read_bytes())
    held[held.rindex(b"Strelsau Wire") + 2] ^= 1
    Path(dossier).write_bytes(held)
    assert cli.run(["check", "--dossier", dossier]) == 3
    assert "'loan'" in capsys.readouterr().out
    assert cli.run(["check", "--dossier", dossier, "--repair"]) == 3
    assert cli.run(["check", "--dossier", dossier]) == 0


def test_release_and_diff(dossier: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["release", "--dossier", dossier, "--output", "out"]) == 0
    first = capsys.readouterr().out.strip()
    with open_dossier(dossier) as opened:
        opened.add([record(id="other")])
    assert cli.run(["release", "--dossier", dossier, "--output", "out"]) == 0
    second = capsys.readouterr().out.strip()
    assert cli.run(["diff", first, second]) == 0
    said = capsys.readouterr()
    assert [json.loads(line)["what"] for line in said.out.split("\n") if line] == ["came", "came"]
    assert said.err == "2 differences\n"
    assert cli.run(["diff", first, "."]) == 2


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(records())
def test_any_record_comes_out_as_it_went_in_and_is_whole(any_record: Record) -> None:
    from ascribe.store.checking import check_dossier

    with tempfile.TemporaryDirectory() as folder:
        path = f"{folder}/d.dossier"
        with open_dossier(path) as opened:
            assert opened.add([any_record]) == [True]
            assert list(opened.records()) == [any_record]
        assert list(check_dossier(path)) == []
