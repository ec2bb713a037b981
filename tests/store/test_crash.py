"""Writers that are killed, that race, that run out of room. What was said to be stored is there, and nothing by half."""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from pathlib import Path

import pytest
from writer import BATCH, records

from ascribe.store import open_dossier

WRITER = Path(__file__).with_name("writer.py")
COUNT = 60

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL and resource limits")


def start(path: Path, **given: object) -> subprocess.Popen[str]:
    arguments = [sys.executable, str(WRITER), str(path), str(COUNT)]
    return subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **given)  # type: ignore[call-overload]


def acknowledged(stdout: str) -> list[str]:
    return [line.removeprefix("stored ") for line in stdout.split("\n") if line.endswith(tuple("0123456789"))]


def stored(path: Path) -> dict[str, object]:
    with open_dossier(str(path)) as dossier:
        return {record.report.id: record for record in dossier.records()}


def test_killed_again_and_again_it_loses_nothing_and_ends_as_if_undisturbed(tmp_path: Path) -> None:
    path, said = tmp_path / "d.dossier", list[str]()
    for kill in range(6):
        with start(path) as writer:
            assert writer.stdout
            lines = [writer.stdout.readline() for _ in range(kill)]  # a later moment each time
            time.sleep(0.003 * kill)
            writer.kill()
            said += acknowledged("".join(lines) + writer.stdout.read())
        there = stored(path)
        assert set(said) <= set(there)
        assert len(there) % BATCH == 0  # a batch is there whole or not at all
    with start(path) as writer:
        out, _ = writer.communicate()
    said += acknowledged(out)
    assert sorted(said) == sorted(set(said)), "a report was said to be newly stored twice"
    assert stored(path) == {record.report.id: record for record in records(COUNT)}


def test_two_writers_of_the_same_reports_store_each_once(tmp_path: Path) -> None:
    path = tmp_path / "d.dossier"
    with start(path) as one, start(path) as other:
        outs = [one.communicate(), other.communicate()]
    assert [one.returncode, other.returncode] == [0, 0], outs
    said = [id for out, _ in outs for id in acknowledged(out)]
    assert sorted(said) == [record.report.id for record in records(COUNT)]
    assert list(stored(path)) == sorted(said)


def test_a_reader_sees_whole_reports_while_a_writer_works(tmp_path: Path) -> None:
    path, whole = tmp_path / "d.dossier", {record.report.id: record for record in records(COUNT)}
    open_dossier(str(path)).close()
    with start(path) as writer:
        while writer.poll() is None:
            seen = stored(path)
            assert seen.items() <= whole.items()
        writer.communicate()
    assert stored(path) == whole


def test_a_full_disk_is_one_line_and_the_rest_is_added_later(tmp_path: Path) -> None:
    path = tmp_path / "d.dossier"

    def little_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))

    with start(path, preexec_fn=little_room) as writer:
        out, err = writer.communicate()
    assert writer.returncode == 1
    assert err.count("\n") == 1
    assert str(path) in err
    assert set(acknowledged(out)) <= set(stored(path))
    with start(path) as writer:
        writer.communicate()
    assert len(stored(path)) == COUNT
