from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from factories import identity, mention, record, report, source, statement

from ascribe.errors import StoreError
from ascribe.schema import Record, Refusal
from ascribe.store import migrations, open_dossier, opening


@pytest.fixture
def path(tmp_path: Path) -> str:
    return str(tmp_path / "d.dossier")


def everything() -> Record:
    """A record in which every field is filled."""
    told = report(
        "Zenda: Graustark's envoy denied on 3 May that it took Hentzau pass, a document said.",
        id="full",
        url="http://z.example/1",
        language="en",
    )
    said = statement(
        told,
        "took",
        "ASSAULT",
        actors=["Graustark", "it"],
        recipients=["Zenda"],
        object="Hentzau pass",
        place="Hentzau",
        time="3 May",
        status="hypothetical",
        quoted=True,
        stance="denies",
        mode="seize",
        contexts=("military", "territory"),
        chain=(
            source(told, "document", "said", kind="document", named=False),
            source(told, "envoy", kind="person", named=False),
        ),
        answers="elsewhere",
        same_as="elsewhere",
        confidence=0.625,
    )
    where = mention(told, "Hentzau")
    known = (
        identity(said, "place", where, lat=-12.5, lon=45.25, dispute="hentzau", name="Hentzau", score=0.5),
        identity(said, "dispute", where, entity="hentzau", name="Hentzau pass"),
        identity(said, "time", mention(told, "3 May"), earliest="2020-05-03", latest="2020-05-03", granularity="day"),
        identity(said, "source", mention(told, "envoy"), sector="GOV", country="GRA", because=""),
    )
    return Record(told, (said,), known)


def test_what_goes_in_comes_out(place: str) -> None:
    records = sorted([record(), record(id="x", published=None), everything()], key=lambda r: r.report.id)
    with open_dossier(place) as dossier:
        assert dossier.add(records) == [True, True, True]
        assert list(dossier.records()) == records
        assert list(dossier.records(["x"])) == [r for r in records if r.report.id == "x"]


def test_reading_twice_adds_nothing(place: str) -> None:
    with open_dossier(place) as dossier:
        assert dossier.add([record(), record()]) == [True, False]
    with open_dossier(place) as dossier:
        assert dossier.add([record()]) == [False]
        assert dossier.counts() == {"reports": 1, "statements": 2, "refusals": 0}
        assert len(dossier.runs()) == 1


def test_a_report_without_statements_is_kept(place: str) -> None:
    with open_dossier(place) as dossier:
        assert dossier.add([Record(report("Rain in Strelsau"))]) == [True]
        assert list(dossier.records()) == [Record(report("Rain in Strelsau"))]


def test_an_id_with_other_content_is_refused_and_the_rest_stored(place: str) -> None:
    with open_dossier(place) as dossier:
        dossier.add([record(id="a")])
        outcomes = dossier.add([record(id="a", publisher="Another Wire"), record(id="b")])
        assert isinstance(outcomes[0], Refusal)
        assert (
            str(outcomes[0])
            == "a: the dossier holds another report under this id; give it another id or use another dossier"
        )
        assert outcomes[1] is True
        assert [r.report.publisher for r in dossier.records()] == ["Strelsau Wire", "Strelsau Wire"]


def test_statements_with_one_id_are_refused(place: str) -> None:
    told = report()
    twice = Record(told, (statement(told, "offers", id="same"), statement(told, "offered", id="same")))
    with open_dossier(place) as dossier:
        [outcome] = dossier.add([twice])
        assert isinstance(outcome, Refusal)
        assert list(dossier.records()) == []


def test_half_a_character_is_refused_and_the_rest_stored(place: str) -> None:
    with open_dossier(place) as dossier:
        outcomes = dossier.add([Record(report("Strelsau \ud800")), record()])
        assert isinstance(outcomes[0], Refusal)
        assert "half a character" in outcomes[0].reason
        assert outcomes[1] is True


def test_refusals_are_kept_once(place: str) -> None:
    refusals = [Refusal("a.txt", None, "is empty"), Refusal("b.jsonl", "line 3", "is no JSON")]
    with open_dossier(place) as dossier:
        dossier.refuse(*refusals)
        dossier.refuse(*refusals, Refusal("\udcff.txt", None, "is empty"))
        assert dossier.refusals() == [*refusals, Refusal("\\udcff.txt", None, "is empty")]


def test_each_run_is_kept_with_software_and_weights(place: str) -> None:
    for weights in (None, "7"):
        with open_dossier(place, weights=weights) as dossier:
            dossier.add([record(id=f"by {weights}")])
    with open_dossier(place) as dossier:
        assert [run["weights"] for run in dossier.runs()] == [None, "7"]
        assert all(run["software"] for run in dossier.runs())


def test_many_reports_come_out_in_the_order_of_their_ids(place: str) -> None:
    records = [record(id=f"{number:04}") for number in range(450)]
    with open_dossier(place) as dossier:
        assert all(dossier.add(records[::-1]))
        assert list(dossier.records()) == records


# ---- what is no dossier ----


def fails(path: str, *, create: bool = True) -> str:
    with pytest.raises(StoreError) as caught:
        open_dossier(path, create=create)
    said = str(caught.value)
    assert "\n" not in said
    assert said.startswith(path or "''")
    return said


def test_a_missing_dossier_is_only_made_for_writers(path: str) -> None:
    assert "ascribe read" in fails(path, create=False)
    assert not Path(path).exists()


def test_a_text_is_no_dossier_and_stays_as_it_is(path: str) -> None:
    Path(path).write_text("Ruritania offers Graustark a loan. " * 100)
    assert "is no dossier" in fails(path)
    assert Path(path).read_text() == "Ruritania offers Graustark a loan. " * 100


def test_a_file_of_another_program_is_no_dossier(path: str) -> None:
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE t (x)")
    connection.close()
    before = Path(path).read_bytes()
    assert "another program" in fails(path)
    assert Path(path).read_bytes() == before


def test_a_dossier_of_a_newer_version_is_left_alone(path: str) -> None:
    open_dossier(path).close()
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA user_version={migrations.NEWEST + 1}")
    connection.close()
    assert "newer ascribe" in fails(path)


def test_an_empty_file_is_what_a_killed_writer_may_leave(path: str) -> None:
    Path(path).touch()
    with open_dossier(path, create=False) as dossier:
        assert list(dossier.records()) == []


@pytest.mark.parametrize("damaged", [b"SQLite format 3\0" + b"\xff" * 5000, b"\0" * 5000])
def test_damage_is_said_in_one_line(path: str, damaged: bytes) -> None:
    Path(path).write_bytes(damaged)
    assert "no dossier" in fails(path) or "damaged" in fails(path)


def test_folders_and_unwritable_places(tmp_path: Path) -> None:
    assert "is a folder" in fails(str(tmp_path))
    assert "there is no folder" in fails(str(tmp_path / "none" / "d.dossier"))
    assert "is no path" in fails("")
    if Path("/dev/null").exists():
        assert "no regular file" in fails("/dev/null")
    if Path("/proc/self").exists():
        assert "cannot be opened" in fails("/proc/d.dossier")


def test_a_second_writer_is_told_that_the_dossier_is_busy(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "BUSY_SECONDS", 0.1)
    with open_dossier(path) as dossier:
        first = sqlite3.connect(path, isolation_level=None)
        first.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match=r"busy"):
            dossier.add([record()])
        assert list(dossier.records()) == []  # a reader waits for nobody
        first.execute("ROLLBACK")
        first.close()
        assert dossier.add([record()]) == [True]


def test_paths_with_signs_of_their_own_are_plain_paths(tmp_path: Path) -> None:
    path = str(tmp_path / "ä ?mode=memory#x%20.dossier")
    with open_dossier(path) as dossier:
        dossier.add([record()])
    assert Path(path).exists()


def test_the_file_is_set_to_lose_nothing(path: str) -> None:
    with open_dossier(path) as dossier, dossier._read() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2
