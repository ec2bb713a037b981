"""Pages and files across reports: the worked case of docs/origins.md, and each command in each format."""

from __future__ import annotations

import csv
import io
import json
import sys
from pathlib import Path

import pyarrow.parquet as pq
import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "thread"))

from heap import AGAIN, COPY, COURIER, DENIAL, HEAP, REFUSAL, RIVAL, WIRE

from ascribe.cli import run
from ascribe.errors import UsageError
from ascribe.store import Question, open_dossier
from ascribe.view import dispute, exchanges, origins, timeline
from ascribe.view.told import told

DOCS = Path(__file__).parents[2] / "docs"
COMMANDS = ("origins", "exchanges", "contradictions", "timeline", "dispute RUR GRA")


@pytest.fixture
def dossier(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    path = str(tmp_path / "fort.dossier")
    with open_dossier(path) as made:
        made.add(HEAP)
    states = [{"id": code, "name": code, "names": "", "adjectives": ""} for code in ("RUR", "GRA")]
    rows = dispute.rows
    monkeypatch.setattr(dispute, "rows", lambda table: (*rows(table), *states) if table == "states" else rows(table))
    return path


def test_the_case_of_the_document_is_what_is_printed(tmp_path: Path) -> None:
    with open_dossier(str(tmp_path / "case.dossier")) as made:
        made.add([COURIER, WIRE, COPY, AGAIN, RIVAL, DENIAL, REFUSAL])
        found = told(made)
    printed = origins.page(found, columns=100).split("\n")
    text = (DOCS / "origins.md").read_text(encoding="utf-8")
    promised = [line.strip() for line in text.split("\n") if line.startswith("    ")]
    assert [line.strip() for line in printed if line.strip() in promised] == promised


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_prints_a_page(dossier: str, command: str, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert run([*command.split(), "-d", dossier]) == 0
    assert "Ruritania" in (page := capfdbinary.readouterr().out.decode()) or "RUR" in page


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_gives_the_same_rows_in_each_format(dossier: str, command: str, tmp_path: Path) -> None:
    files = {format: tmp_path / f"rows.{format}" for format in ("jsonl", "csv", "parquet")}
    for format, path in files.items():
        assert run([*command.split(), "-d", dossier, "--format", format, "-o", str(path)]) == 0
    lines = [json.loads(line) for line in files["jsonl"].read_text(encoding="utf-8").splitlines()]
    cells = list(csv.DictReader(io.StringIO(files["csv"].read_text(encoding="utf-8"))))
    table = pq.read_table(files["parquet"])
    assert lines == table.to_pylist()
    assert len(cells) == len(lines) > 0
    assert list(cells[0]) == table.schema.names


def test_filters_choose_the_groups_but_not_their_members(dossier: str) -> None:
    with open_dossier(dossier) as opened:
        (group,) = told(opened, Question(types=("AGREE",), source=("herald",))).view.groups
    assert COURIER.statements[0].id in group.members


def test_python_calls_give_arrow(dossier: str) -> None:
    with open_dossier(dossier) as opened:
        assert "origins" in origins.origins(opened).schema.names
        assert exchanges.exchanges(opened).column("state").to_pylist() == ["refused"]
        assert timeline.timeline(opened).num_rows > 3


def test_a_dispute_that_is_not_there_is_said_so(dossier: str) -> None:
    with open_dossier(dossier) as opened, pytest.raises(UsageError, match="no such dispute"):
        dispute.about(opened, ["Fort Nowhere"], Question())
    with open_dossier(dossier) as opened, pytest.raises(UsageError, match="name a dispute"):
        dispute.about(opened, [], Question())


def test_a_person_joins_two_statements_from_the_command_line(
    dossier: str, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    one, two = COURIER.statements[0].id, REFUSAL.statements[0].id
    assert run(["origins", "-d", dossier, "--join", one, two, "--who", "A. Lee", "--why", "a test"]) == 0
    with open_dossier(dossier) as opened:
        assert any({one, two} <= set(group.members) for group in told(opened).view.groups)
    assert run(["origins", "-d", dossier, "--part", one, "nowhere"]) == 2
    assert b"there is no such statement" in capfdbinary.readouterr().err
