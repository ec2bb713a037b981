"""A flipped byte, a file that is cut or gone: it is found, what is lost is said, the rest is kept."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest
from writer import records

from ascribe.store import Question, open_dossier
from ascribe.store.checking import check_dossier, repair_dossier

COUNT = 60


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("check") / "whole.dossier"
    with open_dossier(str(path)) as dossier:
        dossier.add(records(COUNT))
        dossier.correct(records(COUNT)[3].statements[0].id, "status", "future", who="Anna", why="so")
    return path


@pytest.fixture
def path(whole: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(whole, tmp_path / "d.dossier"))


def flip(path: Path, at: int) -> None:
    held = bytearray(path.read_bytes())
    held[at] ^= 0xFF
    path.write_bytes(held)


def test_a_whole_dossier_is_whole(path: Path) -> None:
    assert list(check_dossier(str(path))) == []
    assert list(repair_dossier(str(path))) == []
    assert not path.with_name("d.dossier.damaged").exists()


@pytest.mark.parametrize("words", [b"Number 17.", b"named so (states.csv)", b"report-0034"])
def test_a_flipped_byte_in_a_row_is_found_and_the_rest_is_kept(path: Path, words: bytes) -> None:
    flip(path, path.read_bytes().rindex(words) + 2)
    found = list(check_dossier(str(path)))
    assert found
    said = list(repair_dossier(str(path)))
    assert said[: len(found)] == found
    assert list(check_dossier(str(path))) == []
    with open_dossier(str(path)) as dossier:
        kept = list(dossier.records())
        assert COUNT - 1 <= len(kept) <= COUNT
        assert {record.report.id for record in kept} <= {record.report.id for record in records(COUNT)}
        assert dossier.count(Question(statuses=["future"])) == 1
        assert dossier.count(Question(actor=["RUR"])) == 2 * len(kept)
        assert False not in [outcome is not None for outcome in dossier.add(records(COUNT))]
        assert dossier.counts()["reports"] == COUNT


def test_any_flipped_byte_is_found_or_loses_nothing(path: Path, tmp_path: Path) -> None:
    expected = [record.report.id for record in records(COUNT)]
    chance = random.Random(5)
    size = path.stat().st_size
    for _ in range(6):
        damaged = Path(shutil.copy(path, tmp_path / "flipped.dossier"))
        flip(damaged, chance.randrange(100, size))
        if not list(check_dossier(str(damaged))):
            with open_dossier(str(damaged)) as dossier:
                assert [record.report.id for record in dossier.records()] == expected


@pytest.mark.parametrize("share", [0.4, 0.9])
def test_a_truncated_file_is_found_and_the_rest_is_kept(path: Path, share: float) -> None:
    held = path.read_bytes()
    path.write_bytes(held[: int(len(held) * share) // 4096 * 4096])
    assert list(check_dossier(str(path)))
    list(repair_dossier(str(path)))
    assert list(check_dossier(str(path))) == []
    with open_dossier(str(path)) as dossier:
        whole = {record.report.id: record for record in records(COUNT)}
        for record in dossier.records():
            assert record.report == whole[record.report.id].report


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    [said] = check_dossier(str(tmp_path / "none.dossier"))
    assert "there is no such dossier" in said
    assert list(repair_dossier(str(tmp_path / "none.dossier"))) == [said]
