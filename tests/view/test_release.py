"""A release is the same bytes for the same dossier, opens elsewhere as it is, and two of them can be compared."""

from __future__ import annotations

import importlib
import json
from dataclasses import replace
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from factories import record

from ascribe.errors import UsageError
from ascribe.schema import Record
from ascribe.store import open_dossier
from ascribe.view.difference import differences
from ascribe.view.release import release

LOAN, OTHER = record(id="loan"), record(id="other", publisher="Zenda Courier")
ANNA = {"who": "Anna", "why": "the paper says so"}


def made(path: Path, records: list[Record], weights: str = "7") -> Path:
    for each in records:
        with open_dossier(str(path), weights=weights) as dossier:
            dossier.add([each])
    return path


def released(path: Path, into: Path, **options: bool) -> Path:
    with open_dossier(str(path)) as dossier:
        return Path(release(dossier, str(into), **options))


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_the_same_dossier_gives_the_same_bytes_and_name(tmp_path: Path) -> None:
    one = released(made(tmp_path / "1.dossier", [LOAN, OTHER]), tmp_path / "1")
    other = released(made(tmp_path / "2.dossier", [OTHER, LOAN]), tmp_path / "2")
    assert one.name == other.name
    assert contents(one) == contents(other)
    assert released(tmp_path / "1.dossier", tmp_path / "1") == one
    assert [path.name for path in (tmp_path / "1").iterdir()] == [one.name]


def test_the_manifest_counts_and_describes_every_table(tmp_path: Path) -> None:
    folder = released(made(tmp_path / "d.dossier", [LOAN, OTHER]), tmp_path)
    manifest = json.loads((folder / "datapackage.json").read_text())
    counts = {each["name"]: each["rows"] for each in manifest["resources"]}
    assert counts == {"reports": 2, "statements": 4, "mentions": 14, "sources": 2, "identities": 12, "corrections": 0}
    for each in manifest["resources"]:
        table = pq.read_table(folder / each["path"])
        assert table.num_rows == each["rows"]
        assert table.column_names == [column["name"] for column in each["schema"]["fields"]]
    assert "weights 7" in manifest["ascribe"]["read_with"][0]
    assert manifest["version"] in (folder / "CITATION.cff").read_text()


def test_texts_are_in_it_only_if_asked_for(tmp_path: Path) -> None:
    path = made(tmp_path / "d.dossier", [LOAN])
    assert "text" not in pq.read_table(released(path, tmp_path) / "reports.parquet").column_names
    told = pq.read_table(released(path, tmp_path, with_text=True) / "reports.parquet").column("text").to_pylist()
    assert told == [LOAN.report.text]


@pytest.mark.parametrize("library", ["pandas", "polars", "duckdb"])
def test_it_opens_elsewhere(tmp_path: Path, library: str) -> None:
    pytest.importorskip(library)
    found = importlib.import_module(library)
    path = str(released(made(tmp_path / "d.dossier", [LOAN]), tmp_path) / "statements.parquet")
    rows = {
        "pandas": lambda: found.read_parquet(path)["type"].tolist(),
        "polars": lambda: found.read_parquet(path)["type"].to_list(),
        "duckdb": lambda: [type for (type,) in found.sql(f"SELECT type FROM '{path}'").fetchall()],
    }[library]()
    assert rows == ["AGREE", "AGREE"]


def test_a_difference_says_why(tmp_path: Path) -> None:
    path = made(tmp_path / "d.dossier", [LOAN])
    first = released(path, tmp_path)
    made(path, [OTHER])
    with open_dossier(str(path)) as dossier:
        dossier.correct(LOAN.statements[0].id, "status", "future", **ANNA)
        anew = [replace(i, country="XXX") if i.role == "source" else i for i in LOAN.identities]
        dossier.replace_identities("loan", anew)
    second = released(path, tmp_path)
    found = {
        (line["what"], line["statement"]): (line["why"], line["tables"]) for line in differences(str(first), str(second))
    }
    assert found == {
        ("came", OTHER.statements[0].id): ("new report", []),
        ("came", OTHER.statements[1].id): ("new report", []),
        ("changed", LOAN.statements[0].id): ("correction of status by Anna: the paper says so", ["statements"]),
        ("changed", LOAN.statements[1].id): ("table", ["identities"]),
    }
    assert {line["what"] for line in differences(str(second), str(first))} == {"went", "changed"}
    assert list(differences(str(first), str(first))) == []


def test_other_weights_are_named(tmp_path: Path) -> None:
    first = released(made(tmp_path / "1.dossier", [LOAN], "7"), tmp_path)
    fewer = Record(LOAN.report, LOAN.statements[:1], LOAN.identities[:2])
    second = released(made(tmp_path / "2.dossier", [fewer], "8"), tmp_path)
    [line] = differences(str(first), str(second))
    assert (line["what"], line["why"]) == ("went", "weights 7 → 8")


def test_what_is_no_release_or_was_changed_is_said(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is no release"):
        list(differences(str(tmp_path), str(tmp_path)))
    folder = released(made(tmp_path / "d.dossier", [LOAN]), tmp_path)
    (folder / "sources.parquet").write_bytes(b"PAR1")
    with pytest.raises(UsageError, match="is not what the manifest says"):
        list(differences(str(folder), str(folder)))
