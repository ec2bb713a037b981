"""What only a dossier in PostgreSQL has: a server that must be set right, locks, and a URL that holds a password."""

from __future__ import annotations

import builtins
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from factories import record, report
from sqlalchemy import Connection, create_engine
from writer import records

from ascribe.errors import StoreError
from ascribe.schema import Record, Refusal
from ascribe.store import Dossier, Question, open_dossier, opening
from ascribe.store.checking import check_dossier, repair_dossier
from ascribe.store.fulltext import tokens_of
from ascribe.store.postgres import without_password

WRITER = Path(__file__).with_name("writer.py")


@pytest.fixture
def url(database: Callable[[], str]) -> str:
    return database()


@contextmanager
def raw(url: str) -> Iterator[Connection]:
    engine = create_engine(url.replace("postgresql://", "postgresql+pg8000://"))
    with engine.connect() as connection, connection.begin():
        yield connection
    engine.dispose()


def test_a_missing_dossier_is_only_made_for_writers(url: str) -> None:
    with pytest.raises(StoreError, match="there is no dossier in it"):
        open_dossier(url, create=False)
    open_dossier(url).close()
    open_dossier(url, create=False).close()


def test_tables_of_another_program_are_left_alone(url: str) -> None:
    with raw(url) as connection:
        connection.exec_driver_sql("CREATE TABLE reports (x integer)")
    with pytest.raises(StoreError, match="another program"):
        open_dossier(url)


def test_a_dossier_of_a_newer_version_is_left_alone(url: str) -> None:
    open_dossier(url).close()
    with raw(url) as connection:
        connection.exec_driver_sql("UPDATE meta SET value = '999' WHERE key = 'schema'")
    with pytest.raises(StoreError, match="newer ascribe"):
        open_dossier(url)


def test_a_second_writer_is_told_that_the_dossier_is_busy(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "BUSY_SECONDS", 0.2)
    with open_dossier(url) as one, open_dossier(url) as other:
        with one.writing() as connection:
            connection.exec_driver_sql("UPDATE meta SET value = value")
            with pytest.raises(StoreError, match=r"busy"):
                other.add([record()])
            assert list(other.records()) == []  # a reader waits for nobody
        assert other.add([record()]) == [True]


def test_a_commit_is_on_the_disk_whatever_the_server_is_set_to(url: str) -> None:
    with raw(url) as connection:
        connection.exec_driver_sql(f"ALTER DATABASE {url.rsplit('/', 1)[1]} SET synchronous_commit = off")
    with open_dossier(url) as dossier, dossier.writing() as connection:
        assert connection.exec_driver_sql("SHOW synchronous_commit").scalar() == "on"
        assert connection.exec_driver_sql("SHOW fsync").scalar() == "on"


def test_a_server_that_goes_away_is_one_line_and_nothing_is_lost(url: str, capfd: pytest.CaptureFixture[str]) -> None:
    def cut() -> None:
        with raw(url) as connection:
            others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> "
            connection.exec_driver_sql(f"{others} pg_backend_pid()")

    def half_done(dossier: Dossier) -> None:
        with dossier.writing() as connection:
            connection.exec_driver_sql("DELETE FROM seals")
            cut()
            connection.exec_driver_sql("SELECT 1")

    with open_dossier(url) as dossier:
        dossier.add(records(5))
        cut()
        assert dossier.add(records(6)).count(True) == 1  # a connection that lay idle is replaced
        with pytest.raises(StoreError) as caught:
            half_done(dossier)
        assert "\n" not in str(caught.value)
        assert list(dossier.records()) == records(6)
    assert list(check_dossier(url)) == []
    assert capfd.readouterr().err == ""


def test_a_reader_sees_one_moment(url: str) -> None:
    with open_dossier(url) as reader, open_dossier(url) as writer:
        writer.add(records(450)[:400])
        seen = reader.records()
        first = next(seen)
        writer.add(records(450)[400:])
        assert [first, *seen] == records(400)
        assert reader.counts()["reports"] == 450


def test_two_writers_of_the_same_reports_store_each_once(url: str) -> None:
    given: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    writers = [subprocess.Popen([sys.executable, str(WRITER), url, "60"], **given) for _ in range(2)]
    outs = [writer.communicate() for writer in writers]
    assert [writer.returncode for writer in writers] == [0, 0], outs
    said = [line for out, _ in outs for line in out.split("\n") if line]
    assert sorted(said) == [f"stored {each.report.id}" for each in records(60)]
    with open_dossier(url) as dossier:
        assert list(dossier.records()) == records(60)


def test_a_killed_writer_leaves_whole_batches_and_no_lock(url: str) -> None:
    given: dict[str, Any] = {"stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen([sys.executable, str(WRITER), url, "200"], **given) as writer:
        assert writer.stdout
        lines = [writer.stdout.readline() for _ in range(7)]
        writer.kill()
        lines += writer.stdout.read().splitlines(keepends=True)
    said = {line.removeprefix("stored ").strip() for line in lines if line.endswith("\n")}
    with open_dossier(url) as dossier:
        there = [each.report.id for each in dossier.records()]
        assert said <= set(there)
        assert len(there) % 5 == 0
        dossier.add(records(200))
        assert list(dossier.records()) == records(200)


def test_what_the_store_cannot_keep_is_refused_and_the_rest_stored(url: str) -> None:
    with open_dossier(url) as dossier:
        outcomes = dossier.add([Record(report("Strelsau \0")), record()])
        assert isinstance(outcomes[0], Refusal)
        assert "NUL" in outcomes[0].reason
        assert outcomes[1] is True


def test_a_changed_row_and_a_lost_index_are_found(url: str) -> None:
    with open_dossier(url) as dossier:
        dossier.add(records(20))
        dossier.correct(records(1)[0].statements[0].id, "status", "future", who="Anna", why="so")
    assert list(check_dossier(url)) == []
    with raw(url) as connection:
        connection.exec_driver_sql("DELETE FROM said WHERE rowid = 3")
    assert len(list(check_dossier(url))) == 1
    assert list(repair_dossier(url))[-1].endswith("the indexes were made anew")
    assert list(check_dossier(url)) == []
    with open_dossier(url) as dossier:
        assert dossier.count(Question(actor=["RUR"])) == 40
    with raw(url) as connection:
        connection.exec_driver_sql("UPDATE reports SET publisher = 'Another' WHERE id = 'report-0007'")
    [found] = check_dossier(url)
    assert "'report-0007'" in found
    assert list(repair_dossier(url))[-1].endswith("restore the database from a copy")


def test_a_server_that_is_not_there_or_does_not_know_us_is_one_line(url: str) -> None:
    for wrong, said in ((url.rsplit("/", 1)[0] + "/none_such", "no such database"), (f"{url}?sslmode=yes", "sslmode is")):
        with pytest.raises(StoreError, match=said) as caught:
            open_dossier(wrong)
        assert "\n" not in str(caught.value)


def test_no_server_is_one_line_without_the_password() -> None:
    pytest.importorskip("pg8000")
    with pytest.raises(StoreError) as caught:
        open_dossier("postgresql://anna:secret@127.0.0.1:1/none")
    assert str(caught.value).startswith("postgresql://anna:***@127.0.0.1:1/none: no server answers")


def test_a_missing_driver_is_said_with_the_command_that_installs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    imported = builtins.__import__

    def without(name: str, *given: Any) -> Any:
        if name == "pg8000":
            raise ImportError(name)
        return imported(name, *given)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(StoreError, match=r"pip install 'ascribe\[postgres\]'"):
        open_dossier("postgresql://host/db")


@pytest.mark.parametrize("url", ["postgresql://", "postgresql://host", "postgresql://host:x/db"])
def test_what_is_no_url_is_said(url: str) -> None:
    pytest.importorskip("pg8000")
    with pytest.raises(StoreError, match="is no URL of a database"):
        open_dossier(url)


def test_passwords_are_not_shown() -> None:
    assert without_password("postgres://a:b@c@host/db") == "postgres://a:***@host/db"
    assert without_password("postgresql://host/db") == "postgresql://host/db"
    assert without_password("a:b@c.dossier") == "a:b@c.dossier"


def test_words_are_without_capitals_and_accents() -> None:
    assert tokens_of("Élan, élan of ¤zenda¤city's 3rd_row") == ["elan", "of", "¤zenda¤city", "s", "3rd", "row"]
    assert len(" ".join(tokens_of(" ".join(f"w{number}" for number in range(200_000))))) < 1_000_000
