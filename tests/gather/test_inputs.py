"""What a person names -> reports and refusals, each with input, place and remedy."""

import io
import os
import socket
import sys

import pytest

from ascribe.gather import gather
from ascribe.schema import Refusal, Report

TEXT = "Norway sends ships north\n\nTwo ships of the navy left Oslo on Monday, the ministry said.\n"


def told(*inputs):
    """Headlines of the reports and the refusals as they are printed."""
    return [found.headline if isinstance(found, Report) else str(found) for found in gather(inputs)]


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("b.txt", "a.txt", "deep/er/c.txt", ".hidden.txt", ".git/d.txt", "README.md", "deep/notes[1].txt"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(TEXT.replace("Norway", path.name), encoding="utf-8")
    return tmp_path


def test_a_folder_is_read_in_the_order_of_names(folder):
    assert told(".") == [f"{name} sends ships north" for name in ("a.txt", "b.txt", "c.txt", "notes[1].txt")]


def test_a_hidden_file_or_a_readme_is_read_when_named(folder):
    assert told(".hidden.txt", "README.md") == [".hidden.txt sends ships north", "README.md sends ships north"]


@pytest.mark.parametrize("given", [".", "*"])
def test_what_lies_beside_an_open_database_is_no_report(folder, given):
    for name in ("notes", "notes-wal", "notes-shm", "notes-journal", "other-shm"):
        (folder / name).write_text(TEXT.replace("Norway", name), encoding="utf-8")
    found = told(given)
    assert {"notes sends ships north", "other-shm sends ships north"} <= set(found)
    assert not [line for line in found if line.startswith("notes-")]


def test_inputs_keep_their_order_and_may_repeat(folder):
    assert told("b.txt", "a.txt", "b.txt") == [f"{name} sends ships north" for name in ("b.txt", "a.txt", "b.txt")]


@pytest.mark.parametrize(
    ("pattern", "names"),
    [
        ("*.txt", ("a.txt", "b.txt")),
        ("**/*.txt", ("a.txt", "b.txt", "c.txt", "notes[1].txt")),
        ("**", ("README.md", "a.txt", "b.txt", "c.txt", "notes[1].txt")),
        ("d*", ("c.txt", "notes[1].txt")),
        ("[ab].txt", ("a.txt", "b.txt")),
        ("deep/notes[1].txt", ("notes[1].txt",)),  # the name of a file, though it looks like a glob
    ],
)
def test_globs_mean_each_file_once(folder, pattern, names):
    assert sorted(told(pattern)) == sorted(f"{name} sends ships north" for name in names)


def test_links_are_followed_and_rings_end(folder):
    os.symlink(folder, folder / "deep" / "ring")
    os.symlink(folder / "a.txt", folder / "link.txt")
    assert told(".").count("a.txt sends ships north") == 2


def test_a_broken_link_is_refused(folder):
    os.symlink("nowhere", folder / "z.txt")
    assert told(".")[-1].endswith("z.txt: there is no such file or folder; check the name")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("nowhere.txt", "nowhere.txt: there is no such file or folder; check the name"),
        ("no*where", "no*where: no file matches; check the pattern"),
        ("", '"": the input has no name; name a file, a folder, a glob or - for standard input'),
        ("a\0b", "a\ufffdb: the name holds a NUL character; correct the name"),
        (
            "https://example.org/a",
            "https://example.org/a: is an address, and nothing is fetched without --fetch; save the page and name the file",
        ),
        ("/dev/null", "/dev/null: is a device, not a file; pass its content on standard input (-)"),
    ],
)
def test_what_is_not_there_is_refused(folder, name, said):
    assert told(name) == [said]


def test_a_name_that_is_too_long_is_refused(folder):
    [found] = gather(["x" * 5000])
    assert isinstance(found, Refusal)


def test_pipes_and_sockets_are_refused_and_do_not_hang(folder):
    os.mkfifo(folder / "pipe")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("socket")
        assert told("pipe", "socket") == [
            "pipe: is a pipe, not a file; pass its content on standard input (-)",
            "socket: is a socket, not a file; pass its content on standard input (-)",
        ]


def test_a_folder_without_files_is_refused(tmp_path):
    (tmp_path / "sub").mkdir()
    (tmp_path / ".hidden").write_text(TEXT)
    assert told(str(tmp_path)) == [f"{tmp_path}: the folder holds no files (hidden ones are not read); name another"]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the superuser may read everything")
def test_an_unreadable_file_is_refused(folder):
    (folder / "a.txt").chmod(0)
    assert told("a.txt") == ["a.txt: may not be read; grant the right to read it"]


@pytest.mark.skipif(
    not os.path.exists("/proc/self/mem"), reason="needs a file of Linux that cannot be read at its beginning"
)
def test_a_file_that_fails_while_it_is_read_is_refused():
    [said] = told("/proc/self/mem")
    assert said == "/proc/self/mem: cannot be opened or read (input/output error); check the name and the disk"


def test_standard_input(monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(TEXT.encode())))
    assert told("-") == ["Norway sends ships north"]
    assert not sys.stdin.closed


def test_standard_input_may_be_missing(monkeypatch):
    monkeypatch.setattr(sys, "stdin", None)
    assert told("-") == ["-: there is no standard input; name a file"]


def test_json_lines_of_a_pipe_are_answered_line_by_line(monkeypatch):
    reader, writer = os.pipe()
    with os.fdopen(writer, "wb", buffering=0) as into, os.fdopen(reader, "r") as stdin:
        monkeypatch.setattr(sys, "stdin", stdin)
        found = gather(["-"])
        for text in ("One.", "Two.", "Three."):  # nothing more is written before the answer is there
            into.write(b'{"text": "%s"}\n' % text.encode())
            assert next(found).text == text
        into.close()
        assert list(found) == []


def test_one_bad_input_does_not_stop_the_others(folder):
    assert told("nowhere", "a.txt", "/dev/null", "b.txt")[1::2] == ["a.txt sends ships north", "b.txt sends ships north"]
