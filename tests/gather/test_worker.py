"""A process that parses may be killed, starved or broken: one input is refused, the rest is read."""

import os
import signal
import subprocess
import sys
import zipfile

import pytest

from ascribe.gather import Limits, Options, gather, plain, worker
from ascribe.gather.reader import MB
from ascribe.schema import Refusal, Report

TEXT = "Two ships of the navy left Oslo on Monday, the ministry said.\n"
BREAK = """
import os, sys, time
from ascribe.gather import formats
from ascribe.errors import ReadError
plain = formats._read_text
def read(given):
    said = given.all()
    if said.startswith(b"DIE"): os.kill(os.getpid(), 9)
    if said.startswith(b"SPIN"):
        while True: pass
    if said.startswith(b"EAT"): bytearray(4 * 2**30)
    if said.startswith(b"FAIL"): raise ZeroDivisionError("by nothing")
    if said.startswith(b"EXIT"): os._exit(3)
    return plain(formats.Given(given.name, __import__("io").BytesIO(said), given.head, given.options, given.again))
formats._read_text = read
"""


@pytest.fixture
def broken(monkeypatch):
    """A worker whose reader of plain text does what the text says."""
    worker.end_all()
    monkeypatch.setattr(worker, "_START", BREAK_START)
    monkeypatch.setattr(plain, "MOST", 0)  # nothing is read outside of it
    monkeypatch.setattr(worker, "_WALL", 100)  # a busy machine must not change what is said
    yield
    worker.end_all()


BREAK_START = worker._START.replace("from ascribe.gather.worker", f"exec({BREAK!r}); from ascribe.gather.worker").replace(
    "{given", "{{given"
)

pytestmark = pytest.mark.skipif(os.name != "posix", reason="processes are limited on POSIX systems only")
SAID = {
    "DIE": "ended the process that parses (signal 9)",
    "SPIN": "takes more than 1 seconds of work",
    "EAT": "needs more than 1536 MB of memory",
    "FAIL": "cannot be read (ZeroDivisionError: by nothing)",
    "EXIT": "ended the process that parses (code 3)",
}


@pytest.mark.parametrize("what", SAID)
def test_whatever_happens_in_a_worker_is_one_refusal(broken, tmp_path, what):
    for name in ("a", "c"):
        (tmp_path / name).write_text(TEXT)
    (tmp_path / "b").write_text(what)
    first, second, third = gather([str(tmp_path)], Options(Limits(seconds=1)))
    assert isinstance(first, Report)
    assert isinstance(third, Report)
    assert isinstance(second, Refusal)
    assert second.input == str(tmp_path / "b")
    assert SAID[what] in second.reason
    assert ";" in second.reason


def test_the_parts_after_one_that_kills_are_read(broken, tmp_path):
    path = tmp_path / "wires.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name, said in (("a.txt", TEXT), ("b.txt", "DIE"), ("c.txt", TEXT), ("d.txt", "DIE"), ("e.txt", TEXT)):
            archive.writestr(name, said)
    found = list(gather([str(path)]))
    assert [isinstance(item, Report) for item in found] == [True, False, True, False, True]
    assert [item.place for item in found if isinstance(item, Refusal)] == ["b.txt", "d.txt"]


def page_in(folder):
    """A page: short plain texts are read without a worker."""
    (folder / "a.html").write_text(f"<html><body><h1>Ships leave</h1><p>{TEXT * 9}</p></body></html>")


def test_a_worker_serves_many_inputs(tmp_path):
    page_in(tmp_path)
    list(gather([str(tmp_path)]))
    [before] = [idle._process.pid for idle in worker._idle]
    list(gather([str(tmp_path)] * 3))
    assert [idle._process.pid for idle in worker._idle] == [before]


def test_a_large_parent_does_not_make_its_worker_look_large(tmp_path):
    page_in(tmp_path)
    # What a process has held once is handed on, as a count, when it starts another.
    code = "held = bytearray(b'x' * (600 * 2**20)); del held; from ascribe.gather import gather, worker; "
    code += f"print(len([*gather([{str(tmp_path)!r}])]), len(worker._idle))"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.split() == ["1", "1"]


def test_a_worker_that_was_killed_while_idle_is_no_refusal_for_long(tmp_path):
    page_in(tmp_path)
    list(gather([str(tmp_path)]))
    os.kill(worker._idle[0]._process.pid, signal.SIGKILL)
    worker._idle[0]._process.wait()
    assert all(isinstance(found, Report) for found in gather([str(tmp_path)] * 2))


def test_whoever_stops_listening_leaves_no_worker_behind(tmp_path):
    path = tmp_path / "many.jsonl"
    path.write_text('{"text": "Two ships left."}\n' * 50_000)
    found = iter(gather([str(path)]))
    next(found)
    found.close()
    assert not worker._idle


def test_standard_input_of_a_program_is_read_by_the_worker(tmp_path):
    code = "from ascribe.gather import gather; print([found.text for found in gather(['-'])])"
    ran = subprocess.run([sys.executable, "-c", code], input=TEXT, capture_output=True, text=True, check=True)
    assert ran.stdout == f"{[TEXT.strip()]}\n"


def test_a_smaller_limit_is_obeyed(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(TEXT * 40_000)
    [found] = gather([str(path)], Options(Limits(report=MB)))
    assert found.reason.startswith("is larger than 1 MB; ")
    [found] = gather([str(path)], Options(Limits(report=4 * MB)))
    assert isinstance(found, Report)
