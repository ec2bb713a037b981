"""`ascribe.read` and the tables that come of it; the notebook runs."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import ascribe
from ascribe.arrow import ANSWERS
from ascribe.errors import UsageError
from ascribe.view.frames import Statements

ROOT = Path(__file__).parents[2]
TEXT = "Peru rejected a Chilean offer of talks on Friday, Reuters reported."


@pytest.fixture(scope="module")
def peru() -> Statements:
    return ascribe.read(TEXT, headline="Peru says no", publisher="Harbour Wire", published="2021-03-15")


def test_a_text_is_read(peru: Statements) -> None:
    assert {"REJECT"} <= {line["type"] for line in peru}
    assert peru.records[0].report.text == f"Peru says no\n{TEXT}"
    assert {(line["publisher"], line["published"], line["title"]) for line in peru} == {
        ("Harbour Wire", "2021-03-15", "Peru says no")
    }
    assert repr(peru) == f"<{len(peru)} statements of 1 reports>"
    assert (peru[0], peru[:1]) == (next(iter(peru)), list(peru)[:1])


def test_paths_folders_and_globs_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("peru.txt").write_text(TEXT)
    Path("empty.txt").write_text("")
    for given in ("peru.txt", Path("peru.txt"), "p*.txt"):
        found = ascribe.read(given)
        assert (len(found.records), len(found.refused)) == (1, 0)
        assert len(found) > 0
    found = ascribe.read(".")
    assert (len(found.records), len(found.refused)) == (1, 1)


@pytest.mark.parametrize("given", ["", "  \n", "none.txt", "none/peru"])
def test_what_is_nothing_is_said(given: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UsageError):
        ascribe.read(given)
    with pytest.raises(UsageError, match="editor="):
        ascribe.read(TEXT, editor="A. Lee")


def test_tables_hold_every_statement(peru: Statements) -> None:
    table = peru.to_arrow()
    assert table.schema == ANSWERS
    assert table.to_pylist() == json.loads(json.dumps(list(peru)))
    assert Statements([]).to_arrow().num_rows == 0


def test_pandas_and_polars_in_one_call(peru: Statements) -> None:
    pytest.importorskip("pandas", reason="pandas is not installed")
    pytest.importorskip("polars", reason="polars is not installed")
    assert list(peru.to_pandas()["type"]) == list(peru.to_polars()["type"]) == [line["type"] for line in peru]


def test_what_is_not_installed_is_said(peru: Statements, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "polars", None)
    with pytest.raises(UsageError, match="pip install polars"):
        peru.to_polars()


def test_nothing_is_loaded_before_it_is_called() -> None:
    code = "import sys, ascribe; print(sorted(m for m in sys.modules if m.startswith(('ascribe.', 'numpy', 'pyarrow'))))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_the_notebook_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("pandas", reason="pandas is not installed")
    notebook = json.loads((ROOT / "docs" / "notebook.ipynb").read_text(encoding="utf-8"))
    cells = ["".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "code"]
    monkeypatch.chdir(ROOT)
    names: dict[str, Any] = {}
    for number, cell in enumerate(cells):
        exec(compile(cell, f"notebook cell {number}", "exec"), names)
    assert len(names["statements"]) == len(names["table"]) > 100
    assert names["denied"]
    assert len(names["china"]) > 10
    assert all(cell["outputs"] == [] for cell in notebook["cells"] if cell["cell_type"] == "code")
