"""A user's own tables come first: `--tables DIR`. Each run is a process of its own, since tables are read once."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from ascribe import data
from ascribe.errors import UsageError

TEXT = "President Wintergreen met the foreign minister of Chile on Monday. He accused Peru of shelling a border town."
REPORT = json.dumps({"text": TEXT, "published": "2031-05-06"}) + "\n"
MINISTER = "id,person,office,country,from,until\nwintergreen-2030,john-wintergreen,president,USA,2030-01-20,\n"
PERSON = "id,name,family,names,country\njohn-wintergreen,John Wintergreen,Wintergreen,,USA\n"


def call(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    run = [sys.executable, "-c", "from ascribe.cli import main; main()", *arguments]
    return subprocess.run(run, cwd=folder, capture_output=True, text=True, check=False)


def actors(ran: subprocess.CompletedProcess[str]) -> set[tuple[str, str]]:
    statements = [statement for line in ran.stdout.splitlines() for statement in json.loads(line)["statements"]]
    return {(actor["text"], actor["country"]) for statement in statements for actor in statement["actor"]}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "report.jsonl").write_text(REPORT)
    (tmp_path / "own").mkdir()
    return tmp_path


def test_an_office_of_the_user_is_known_on_its_day(folder: Path) -> None:
    (folder / "own/offices.csv").write_text(MINISTER)
    (folder / "own/people.csv").write_text("\ufeff" + PERSON)
    assert ("President Wintergreen", "USA") not in actors(call(folder, "extract", "report.jsonl"))
    for jobs in ("1", "2"):  # reading processes that are started later see the tables too
        ran = call(folder, "extract", "--tables", "own", "--jobs", jobs, "report.jsonl")
        assert ("President Wintergreen", "USA") in actors(ran), ran.stderr


def test_a_dossier_is_asked_again_with_other_tables(folder: Path) -> None:
    (folder / "own/offices.csv").write_text(MINISTER)
    (folder / "own/people.csv").write_text(PERSON)
    stored = call(folder, "read", "report.jsonl", "--dossier", "d").stdout.removeprefix("stored ")
    statement = json.loads(call(folder, "export", "--dossier", "d", "--format", "jsonl").stdout)["statements"][0]["id"]
    call(folder, "correct", statement, "actor.2.country", "PER", "-d", "d", "--by", "a reader", "--why", "a slip")
    before = call(folder, "export", "--dossier", "d", "--format", "jsonl").stdout

    same = call(folder, "resolve", "--dossier", "d")
    assert (same.returncode, same.stdout, same.stderr) == (0, "", "1 reports, 0 changed\n")
    assert call(folder, "export", "--dossier", "d", "--format", "jsonl").stdout == before
    assert call(folder, "origins", "--dossier", "d").returncode == 0  # threads the report

    if len(json.loads(before)["statements"]) == 1:
        pytest.fail("the report needs a statement that nobody corrected")
    anew = call(folder, "resolve", "--dossier", "d", "--tables", "own")
    assert (anew.stdout, anew.stderr) == (f"changed {stored}", "1 reports, 1 changed\n")
    exported = call(folder, "export", "--dossier", "d", "--format", "jsonl")
    assert ("President Wintergreen", "USA") in actors(exported)
    assert "PER" in exported.stdout
    assert call(folder, "resolve", "--dossier", "d", "--tables", "own").stderr == "1 reports, 0 changed\n"
    assert call(folder, "check", "--dossier", "d").returncode == 0
    assert call(folder, "origins", "--dossier", "d").returncode == 0


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("ministers.csv", MINISTER, "there is no table of that name"),
        ("offices.csv", MINISTER.replace("office,", "post,"), "line 1: has a column 'post'"),
        ("offices.csv", MINISTER.replace("id,", "", 1), "line 1: has no column 'id'"),
        ("offices.csv", MINISTER + "short\n", "line 3: needs 6 cells and something under 'id'"),
        (
            "offices.csv",
            MINISTER + ",john-wintergreen,president,USA,2030,\n",
            "line 3: needs 6 cells and something under 'id'",
        ),
        ("notes.txt", "no table", "holds no tables"),
    ],
)
def test_a_table_that_does_not_fit_is_named(folder: Path, name: str, content: str, said: str) -> None:
    (folder / "own" / name).write_text(content)
    ran = call(folder, "extract", "--tables", "own", "report.jsonl")
    assert ran.returncode == 2
    assert said in ran.stderr
    assert ran.stderr.count("\n") == 1


def test_bytes_that_are_no_table(folder: Path) -> None:
    (folder / "own/offices.csv").write_bytes(b"id,person\n\xff\xfe,x\n")
    with pytest.raises(UsageError, match="is no csv in UTF-8"):
        data.use_tables(str(folder / "own"))


def test_a_line_of_the_user_takes_the_place_of_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    key = data.rows("disputes")[5]["id"]
    (tmp_path / "disputes.csv").write_text(f"id,name,kind\n{key},Another Name,islands\nnew-one,New,border\n")
    monkeypatch.setenv("ASCRIBE_TABLES", str(tmp_path))
    data.rows.cache_clear()
    try:
        found = data.rows("disputes")
    finally:
        data.rows.cache_clear()
    assert [row["id"] for row in found[:2]] == [key, "new-one"]
    assert [row["name"] for row in found if row["id"] == key] == ["Another Name"]
    assert found[0]["claimants"] == ""
    monkeypatch.delenv("ASCRIBE_TABLES")
    assert len(found) == len(data.rows("disputes")) + 1
    data.rows.cache_clear()
