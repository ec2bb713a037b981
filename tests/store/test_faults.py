"""A short part of `python -m bench.faults`: faults at single writes, and what is synced before a report is acknowledged."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bench import faults

pytestmark = pytest.mark.skipif(not shutil.which("strace"), reason="strace is not installed")


@pytest.fixture
def expected(tmp_path: Path) -> list[object]:
    path = faults.fresh(tmp_path)
    faults.run(path)
    return faults.held(path)


def test_all_is_synced_before_a_report_is_acknowledged(tmp_path: Path) -> None:
    assert list(faults.audit(tmp_path.resolve())) == []


@pytest.mark.parametrize("fault", ["signal=KILL", "error=ENOSPC", "error=EIO"])
def test_a_fault_at_one_of_the_first_writes_loses_nothing(tmp_path: Path, expected: list[object], fault: str) -> None:
    assert list(faults.at_calls(tmp_path, expected, 3, fault)) == []


def test_the_audit_finds_what_is_not_synced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    careless = tmp_path / "careless.py"
    careless.write_text(
        "import os, sys\n"
        "file = os.open(sys.argv[1], os.O_RDWR | os.O_CREAT)\n"
        "os.pwrite(file, b'report', 0)\n"
        "os.write(1, b'stored report-0000\\n')\n"
    )
    monkeypatch.setattr(faults, "WRITER", careless)
    assert list(faults.audit(tmp_path.resolve())) != []
