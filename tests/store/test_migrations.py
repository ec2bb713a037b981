"""Dossiers of every released layout open in the newest. `released/N.dossier.gz` was written by the program of its time,
`N.jsonl` is what that program exported of it."""

from __future__ import annotations

import gzip
import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from factories import record

from ascribe.errors import StoreError
from ascribe.schema import Refusal
from ascribe.store import Dossier, Question, migrations, open_dossier, opening
from ascribe.view import as_json

RELEASED = Path(__file__).with_name("released")
LAYOUTS = [int(path.name.split(".")[0]) for path in sorted(RELEASED.glob("*.dossier.gz"))]


@pytest.fixture(params=LAYOUTS)
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    path = tmp_path / f"{request.param}.dossier"
    path.write_bytes(gzip.decompress((RELEASED / f"{request.param}.dossier.gz").read_bytes()))
    return path


def exported(dossier: Dossier) -> list[Any]:
    return [as_json(record) for record in dossier.records()]


def as_released(path: Path) -> list[Any]:
    lines = (RELEASED / path.name).with_suffix(".jsonl").read_text(encoding="utf-8").split("\n")
    return [json.loads(line) for line in lines if line]


def holds(new: Any, old: Any) -> bool:
    """All that `old` said stands in `new`, which may say more."""
    if isinstance(old, dict):
        return all(key in new and holds(new[key], value) for key, value in old.items())
    if isinstance(old, list):
        return len(new) == len(old) and all(holds(*pair) for pair in zip(new, old, strict=True))
    return bool(new == old)


def layout(path: Path) -> dict[str, object]:
    """Tables with their columns, and what indexes and keys there are."""
    connection = sqlite3.connect(path)
    names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
    found: dict[str, object] = {}
    for name in names:
        found[name] = connection.execute(f"SELECT name, type, \"notnull\", pk FROM pragma_table_info('{name}')").fetchall()
        found[f"{name} refers to"] = sorted(connection.execute(f"PRAGMA foreign_key_list('{name}')").fetchall())
        for index, unique in connection.execute(f"SELECT name, \"unique\" FROM pragma_index_list('{name}')").fetchall():
            columns = connection.execute(f"SELECT name FROM pragma_index_info('{index}')").fetchall()
            found[f"{name} by {columns}"] = unique
    connection.close()
    return found


def test_the_first_layout_is_among_them() -> None:
    assert LAYOUTS[0] == 1


def test_an_old_dossier_opens_and_says_what_it_said(old: Path) -> None:
    with open_dossier(str(old), create=False) as dossier:
        assert holds(exported(dossier), as_released(old))
        assert dossier.counts() == {"reports": 5, "statements": 6, "refusals": 2}
        assert dossier.refusals() == [Refusal("a.txt", None, "is empty"), Refusal("b.jsonl", "line 3", "is no JSON")]
        assert [run["weights"] for run in dossier.runs()][:1] == ["6"]
        asked = [answer.report.id for answer in dossier.find(Question(about=["rischenheim"]))]
        assert asked == ["pass"]
        assert dossier.count(Question(actor=["RUR"], earliest="2021-03-08", latest="2021-03-08")) == 3


def test_an_old_dossier_is_written_on(old: Path) -> None:
    with open_dossier(str(old)) as dossier:
        assert dossier.add([record(id="loan"), record(id="new")]) == [False, True]
        assert dossier.count(Question(actor=["RUR"])) == 6


def test_an_old_dossier_becomes_what_a_new_one_is(old: Path, tmp_path: Path) -> None:
    open_dossier(str(old)).close()
    open_dossier(str(tmp_path / "new.dossier")).close()
    assert layout(old) == layout(tmp_path / "new.dossier")


def test_a_step_that_fails_leaves_the_dossier_as_it_was(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(connection: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(migrations, "STEPS", (*migrations.STEPS, fails))
    monkeypatch.setattr(opening, "NEWEST", migrations.NEWEST + 1)
    with pytest.raises(StoreError, match="No space left"):
        open_dossier(str(old))
    connection = sqlite3.connect(old)
    assert connection.execute("PRAGMA user_version").fetchone() == (int(old.stem),)
    connection.close()
    monkeypatch.undo()
    with open_dossier(str(old)) as dossier:
        assert holds(exported(dossier), as_released(old))
