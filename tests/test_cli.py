"""The program as a person or a script meets it: what it prints where, and with which exit code it leaves."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from ascribe import cli

ASCRIBE = [sys.executable, "-W", "error", "-c", "from ascribe.cli import main; main()"]
NORWAY = "Norway urged Denmark on Monday to reopen the border, the Norwegian foreign ministry said.\n"
PERU = '{"id": "peru", "text": "Peru rejected a Chilean offer of talks on Friday, Reuters reported.", '
PERU += '"published": "2021-03-12"}\n'


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        return self.out.split("\n")[:-1]

    @property
    def last(self) -> str:
        return self.err.rstrip("\n").rsplit("\n", 1)[-1]


Run = Callable[..., Ran]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]) -> Run:
    """Call the program in a folder of its own, without the time that a new process takes to start."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("COLUMNS", raising=False)

    def call(*arguments: str, input: bytes = b"") -> Ran:
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(input)))
        capfdbinary.readouterr()
        code = cli.run(arguments)
        sys.stdout.flush()
        out, err = capfdbinary.readouterr()
        return Ran(code, out.decode(), err.decode())

    return call


def write(name: str, content: str | bytes) -> str:
    Path(name).write_bytes(content if isinstance(content, bytes) else content.encode())
    return name


# ---- extract ----


def test_extract_prints_one_line_a_report(run: Run) -> None:
    ran = run("extract", write("norway.txt", NORWAY), write("peru.jsonl", PERU))
    norway, peru = map(json.loads, ran.lines)
    assert ran.code == 0
    assert ran.err == "2 in, 2 read, 0 refused\n"
    assert norway["text"] == NORWAY.strip()
    assert "REQUEST" in [statement["type"] for statement in norway["statements"]]
    assert (peru["id"], peru["published"], peru["refused"]) == ("peru", "2021-03-12", None)


def test_extract_reads_standard_input(run: Run) -> None:
    assert json.loads(run("extract", "-", input=PERU.encode()).out)["id"] == "peru"


def test_extract_is_the_same_each_time_and_with_any_number_of_processes(run: Run) -> None:
    write("peru.jsonl", "".join(PERU.replace('"peru"', f'"{number}"') for number in range(12)))
    once, again, two = (
        run("extract", "peru.jsonl"),
        run("extract", "peru.jsonl"),
        run("extract", "peru.jsonl", "--jobs", "2"),
    )
    assert once.out == again.out == two.out
    assert len(once.lines) == 12


BAD = {
    "empty": b"",
    "blanks": b" \n\n\t\n",
    "binary": bytes(range(256)) * 20,
    "undecodable": b"Norway urged Denmark \xff\xfe\x81\x8d\x90 to reopen.\n",
    "unknown": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n",
    "broken.jsonl": b'{"text": "unfinished\n',
    "list.jsonl": b'["no", "object"]\n',
    "textless.jsonl": b'{"id": "a", "title": "no text"}\n',
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_refused_in_one_line_and_the_rest_is_read(run: Run, name: str) -> None:
    ran = run("extract", write(name, BAD[name]), write("norway.txt", NORWAY))
    assert ran.code == 3
    refused, counts = ran.err.rstrip("\n").split("\n")
    assert refused.startswith(f"refused {name}: ")
    assert ";" in refused, "a refusal says what to do"
    assert counts == "2 in, 1 read, 1 refused"
    bad, good = map(json.loads, ran.lines)
    assert refused == f"refused {bad['refused']}"
    assert good["statements"]


def test_a_broken_line_is_named_by_its_number(run: Run) -> None:
    ran = run("extract", write("three.jsonl", PERU + "{broken\n" + PERU.replace('"peru"', '"other"')))
    assert ran.code == 3
    assert "refused three.jsonl: line 2: " in ran.err
    assert ran.last == "3 in, 2 read, 1 refused"
    assert [json.loads(line)["id"] for line in ran.lines] == ["peru", None, "other"]


def test_a_missing_file_is_refused(run: Run) -> None:
    ran = run("extract", "none.txt")
    assert ran.code == 3
    assert ran.err.startswith("refused none.txt: ")
    assert ran.last == "1 in, 0 read, 1 refused"


# ---- read ----


def test_read_says_what_is_stored_and_reading_again_adds_nothing(run: Run) -> None:
    write("norway.txt", NORWAY)
    write("peru.jsonl", PERU)
    first = run("read", "norway.txt", "peru.jsonl", "--dossier", "d.dossier")
    assert (first.code, first.err) == (0, "2 in, 2 stored, 0 already there, 0 refused\n")
    assert [line.split()[0] for line in first.lines] == ["stored", "stored"]
    assert first.lines[1] == "stored peru"
    again = run("read", "norway.txt", "peru.jsonl", "--dossier", "d.dossier")
    assert (again.code, again.out, again.err) == (0, "", "2 in, 0 stored, 2 already there, 0 refused\n")


def test_read_refuses_an_id_with_other_content(run: Run) -> None:
    write("peru.jsonl", PERU + PERU.replace("talks", "peace"))
    ran = run("read", "peru.jsonl", "--dossier", "d.dossier")
    assert (ran.code, ran.out) == (3, "stored peru\n")
    assert "refused peru: the dossier holds another report under this id; give it another id" in ran.err
    assert ran.last == "2 in, 1 stored, 0 already there, 1 refused"


def test_a_folder_may_hold_the_dossier_that_it_is_read_into(run: Run) -> None:
    write("norway.txt", NORWAY)
    assert run("read", ".", "--dossier", "d.dossier").last == "1 in, 1 stored, 0 already there, 0 refused"
    assert run("read", ".", "--dossier", "./d.dossier").last == "1 in, 0 stored, 1 already there, 0 refused"


def test_export_gives_back_what_extract_printed(run: Run) -> None:
    write("norway.txt", NORWAY)
    write("peru.jsonl", PERU)
    run("read", "norway.txt", "peru.jsonl", "--dossier", "d.dossier")
    exported = run("export", "--dossier", "d.dossier", "--format", "jsonl")
    assert exported.code == 0
    assert sorted(exported.lines) == sorted(run("extract", "norway.txt", "peru.jsonl").lines)


@pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL")
def test_a_killed_read_loses_nothing_that_it_said_was_stored(run: Run) -> None:
    write("many.jsonl", "".join(PERU.replace('"peru"', f'"{number:03}"') for number in range(300)))
    arguments = [*ASCRIBE, "read", "many.jsonl", "--dossier", "d.dossier", "--jobs", "1"]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as reading:
        assert reading.stdout
        said = [reading.stdout.readline() for _ in range(45)]
        reading.kill()
        said += reading.stdout.readlines()
    whole = [line.decode().split()[1] for line in said if line.endswith(b"\n")]
    exported = run("export", "--dossier", "d.dossier", "--format", "jsonl")
    assert set(whole) <= {json.loads(line)["id"] for line in exported.lines}
    rest = run("read", "many.jsonl", "--dossier", "d.dossier", "--jobs", "1")
    assert rest.code == 0
    assert len(rest.lines) == 300 - len(exported.lines)
    run("read", "many.jsonl", "--dossier", "undisturbed.dossier")
    undisturbed = run("export", "--dossier", "undisturbed.dossier", "--format", "jsonl")
    assert run("export", "--dossier", "d.dossier", "--format", "jsonl").out == undisturbed.out


@pytest.mark.skipif(sys.platform == "win32", reason="needs signals")
def test_ctrl_c_is_quiet(run: Run) -> None:
    write("many.jsonl", "".join(PERU.replace('"peru"', f'"{number}"') for number in range(5000)))
    arguments = [*ASCRIBE, "read", "many.jsonl", "--dossier", "d.dossier", "--jobs", "2"]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True) as reading:
        assert reading.stdout
        reading.stdout.readline()
        os.killpg(reading.pid, signal.SIGINT)
        _, err = reading.communicate(timeout=30)
    assert (reading.returncode, err.strip()) == (130, b"")


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="looks for processes in /proc")
def test_processes_of_a_killed_read_end_with_it(run: Run) -> None:
    write("many.jsonl", "".join(PERU.replace('"peru"', f'"{number}"') for number in range(5000)))
    arguments = [*ASCRIBE, "read", "many.jsonl", "--dossier", "d.dossier", "--jobs", "2"]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, start_new_session=True) as reading:
        assert reading.stdout
        reading.stdout.readline()
        group = reading.pid
        reading.kill()
        reading.stdout.read()  # ends when the last process that holds it has ended
    with pytest.raises(ProcessLookupError):
        _wait_for_the_end_of(group)


def _wait_for_the_end_of(group: int) -> None:
    for _ in range(100):
        os.killpg(group, 0)
        time.sleep(0.1)


# ---- wrong usage and failure: one line, no traceback ----


@pytest.mark.parametrize(
    "arguments",
    [
        ["bogus"],
        ["extract"],
        ["extract", "a.txt", "--bogus"],
        ["extract", "a.txt", "--jobs", "0"],
        ["read", "a.txt"],
        ["ask"],
        ["ask", "--dossier", "d.dossier", "--type", "HUG"],
        ["ask", "--dossier", "d.dossier", "--status", "perhaps"],
        ["ask", "--dossier", "d.dossier", "--from", "yesterday"],
        ["ask", "--dossier", "d.dossier", "--about", "…"],
        ["ask", "--dossier", "d.dossier", "--format", "xls"],
        ["export", "--dossier", "d.dossier"],
    ],
    ids=" ".join,
)
def test_wrong_usage_is_one_line_and_exit_code_2(run: Run, arguments: list[str]) -> None:
    write("a.txt", NORWAY)
    run("read", "a.txt", "--dossier", "d.dossier")
    ran = run(*arguments)
    assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)
    assert ran.err.startswith("ascribe: ")


@pytest.mark.parametrize("command", [["read", "a.txt"], ["ask"], ["export", "--format", "csv"]], ids=lambda given: given[0])
@pytest.mark.parametrize("dossier", ["a.txt", ".", "none/d.dossier", "none.dossier"])
def test_what_is_no_dossier_is_one_line_and_exit_code_1(run: Run, command: list[str], dossier: str) -> None:
    write("a.txt", NORWAY)
    if (command[0], dossier) == ("read", "none.dossier"):
        pytest.skip("a missing dossier is made")
    ran = run(*command, "--dossier", dossier)
    assert (ran.code, ran.out, ran.err.count("\n")) == (1, "", 1)
    assert ran.err.startswith(f"ascribe: {dossier}: ")
    assert Path("a.txt").read_text() == NORWAY


def test_debug_shows_where() -> None:
    done = subprocess.run([*ASCRIBE, "ask", "--dossier", ".", "--debug"], capture_output=True, text=True)
    assert done.returncode == 1
    assert "Traceback" in done.stderr


def test_a_reader_that_goes_away_is_no_error(run: Run) -> None:
    write("many.jsonl", "".join(PERU.replace('"peru"', f'"{number}"') for number in range(400)))
    with subprocess.Popen([*ASCRIBE, "extract", "many.jsonl"], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as reading:
        assert reading.stdout
        assert reading.stderr
        reading.stdout.readline()
        reading.stdout.close()
        err = reading.stderr.read()
    assert err == b""
    assert reading.returncode == 1


def test_without_a_command_the_help_is_shown(run: Run) -> None:
    ran = run()
    assert ran.code == 2
    assert "Commands:" in ran.err
    assert run("--help").code == 0
    assert run("--version").out.startswith("ascribe ")


# ---- ask, export, explain, doctor ----


@pytest.fixture
def filled(run: Run) -> Run:
    write("norway.txt", NORWAY)
    write("peru.jsonl", PERU)
    run("read", "norway.txt", "peru.jsonl", "--dossier", "d.dossier")
    return run


def test_ask_shows_a_table_and_counts(filled: Run) -> None:
    ran = filled("ask", "--dossier", "d.dossier", "--actor", "Norway", "--type", "request")
    assert ran.code == 0
    assert "NOR → DNK" in ran.out
    assert "“urged”" in ran.out
    assert "CHL" not in ran.out
    assert ran.err == "1 statement\n"


ASKED = ("--actor PER", "--actor peru", "--actor Peruvian", "--according-to reuters", "--from 2021-03", "--about talks")


@pytest.mark.parametrize("asked", ASKED)
def test_ask_by_code_name_and_words(filled: Run, asked: str) -> None:
    ran = filled("ask", "--dossier", "d.dossier", "--type", "REJECT", "--format", "jsonl", *asked.split())
    assert {json.loads(line)["report"] for line in ran.lines} == {"peru"}


def test_ask_for_what_is_not_there(filled: Run) -> None:
    ran = filled("ask", "--dossier", "d.dossier", "--actor", "Atlantis")
    assert (ran.code, ran.out, ran.err) == (0, "", "0 statements\n")


def test_ask_says_when_it_does_not_show_all(filled: Run) -> None:
    ran = filled("ask", "--dossier", "d.dossier", "--limit", "1")
    assert len(ran.lines) == 2
    total = ran.err.split()[0]
    assert ran.err == f"{total} statements, 1 shown; --limit {total} shows all\n"


def test_tables_fit_the_terminal(filled: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    for columns in (70, 100, 140):
        monkeypatch.setenv("COLUMNS", str(columns))
        done = subprocess.run([*ASCRIBE, "ask", "--dossier", "d.dossier"], capture_output=True, text=True)
        lines = done.stdout.split("\n")
        assert len(lines) > 1
        assert max(map(len, lines)) <= max(columns, 85)  # below that the narrowest columns say nothing any more


@pytest.mark.parametrize("command", ["ask", "export"])
def test_csv_opens_anywhere_and_runs_nothing(run: Run, command: str) -> None:
    told = {
        "id": "=1+1",
        "text": "Peru rejected a Chilean offer on Friday.",
        "title": None,
        "publisher": "@SUM(A1)",
        "url": "-2",
    }
    write("formula.jsonl", json.dumps(told))
    run("read", "formula.jsonl", "--dossier", "d.dossier")
    ran = run(command, "--dossier", "d.dossier", "--format", "csv", "--output", "out.csv")
    assert (ran.code, ran.out) == (0, "")
    with open("out.csv", encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert rows
    assert {(row["report"], row["publisher"], row["url"]) for row in rows} == {("'=1+1", "'@SUM(A1)", "'-2")}
    assert "REJECT" in {row["type"] for row in rows}


@pytest.mark.parametrize("command", ["ask", "export"])
def test_parquet_opens_with_arrow(filled: Run, command: str) -> None:
    filled(command, "--dossier", "d.dossier", "--format", "parquet", "--output", "out.parquet")
    table = pq.read_table("out.parquet")
    lines = filled("ask", "--dossier", "d.dossier", "--format", "jsonl").lines
    key = lambda line: line["id"]  # noqa: E731
    assert sorted(table.to_pylist(), key=key) == sorted(map(json.loads, lines), key=key)


def test_parquet_goes_through_a_pipe(filled: Run) -> None:
    done = subprocess.run([*ASCRIBE, "export", "--dossier", "d.dossier", "-f", "parquet"], capture_output=True)
    assert pq.read_table(io.BytesIO(done.stdout)).num_rows > 0


def test_a_file_that_cannot_be_written_is_one_line(filled: Run) -> None:
    ran = filled("export", "--dossier", "d.dossier", "--format", "csv", "--output", "none/out.csv")
    assert (ran.code, ran.err) == (1, "ascribe: none/out.csv: cannot be written (No such file or directory)\n")


def test_explain_shows_the_stages(filled: Run) -> None:
    ran = filled("explain", "norway.txt")
    assert ran.code == 0
    assert re.search("NOR → DNK  REQUEST.* “urged”", ran.out)
    assert [line.split()[0] for line in ran.lines if line and not line.startswith(" ")] == [
        "gather",
        "mark",
        "relate",
        "resolve",
    ]
    assert "\x1b" not in ran.out


def test_explain_shows_one_report_and_refuses_what_is_none(run: Run) -> None:
    write("two.jsonl", PERU + PERU.replace('"peru"', '"other"'))
    ran = run("explain", "two.jsonl")
    assert (ran.code, ran.err) == (0, "two.jsonl: holds more reports; this is the first\n")
    ran = run("explain", write("empty.txt", ""))
    assert (ran.code, ran.out, ran.err.count("\n")) == (3, "", 1)


def test_names_of_files_never_steer_the_terminal(run: Run) -> None:
    try:
        write("\x1b[31m\u202e.txt", "")
    except OSError:
        pytest.skip("this file system knows no such names")
    ran = run("extract", ".")
    assert "\x1b" not in ran.err
    assert "\u202e" not in ran.err


def test_half_characters_are_no_failure(run: Run) -> None:
    write("half.jsonl", '{"id": "h", "text": "Peru rejected a Chilean offer \\\\ud800 on Friday."}\n'.replace("\\\\", "\\"))
    for arguments in (
        ["extract", "half.jsonl"],
        ["read", "half.jsonl", "--dossier", "d.dossier"],
        ["explain", "half.jsonl"],
    ):
        ran = run(*arguments)
        assert ran.code in (0, 3)
        assert "Traceback" not in ran.err


def test_doctor_looks_at_everything(run: Run) -> None:
    ran = run("doctor")
    assert [line.split()[1] for line in ran.lines] == [
        "ascribe",
        "libraries",
        "sqlite",
        "weights",
        "tables",
        "gazetteer",
        "reads",
    ]
    assert ran.code == (0 if all(line.startswith("ok") for line in ran.lines) else 1)


def test_doctor_says_what_is_wrong(run: Run, tmp_path: Path) -> None:
    code = "import ascribe.data as d; d.rows = lambda t: (); from ascribe.cli import main; main(['doctor'])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=tmp_path)
    assert done.returncode == 1
    assert "WRONG" in done.stdout
    assert "Traceback" not in done.stderr
