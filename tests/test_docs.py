"""What can be called is documented, and what the documents show is what the program does."""

from __future__ import annotations

import importlib
import inspect
import os
import re
from pathlib import Path

import click
import pytest

from ascribe import cli, pipeline
from ascribe.gather import gather
from ascribe.schema import Report
from ascribe.view import explain

DOCS = Path(__file__).parents[1] / "docs"
COMMANDS = DOCS / "commands.md"
WALK = DOCS / "walk.md"
EXAMPLE = Path("examples") / "islands-offer.txt"


def section(name: str) -> str:
    return COMMANDS.read_text(encoding="utf-8").split(f"\n## {name}\n")[1].split("\n## ")[0]


def rows_of(command: click.Command) -> list[str]:
    """The options of a command as lines of a table, in the words of its --help."""
    parameters = command.get_params(click.Context(command, help_option_names=["-h", "--help"]))
    return [_row(option) for option in parameters if isinstance(option, click.Option)]


def _row(option: click.Option) -> str:
    takes = "" if option.is_flag else f" {option.metavar}"
    names = ", ".join(sorted(option.opts, key=len, reverse=True))
    needed = " Required." if option.required else ""
    return f"| `{names}{takes}` | {option.help}{needed} |"


@pytest.mark.parametrize("name", [*cli.ascribe.commands, "The program itself"])
def test_every_command_and_option_is_documented_in_its_own_words(name: str) -> None:
    command = cli.ascribe.commands.get(name, cli.ascribe)
    documented = [line for line in section(name).split("\n") if line.startswith("| `-")]
    assert documented == rows_of(command)


def test_no_command_is_documented_that_is_not_there() -> None:
    heads = re.findall(r"^## (\w+)$", COMMANDS.read_text(encoding="utf-8"), re.MULTILINE)
    assert heads == list(cli.ascribe.commands)


MODULES = (
    "gather", "mark", "relate", "resolve", "pipeline", "arrow", "store", "thread", "view", "engines.local", "web", "doctor",
    "data", "errors",
)  # fmt: skip


def public_names(module: str) -> list[str]:
    """`__all__` where there is one, else what is defined here under a name without an underscore."""
    found = importlib.import_module(f"ascribe.{module}")
    if hasattr(found, "__all__"):
        return list(found.__all__)
    made = [n for n, v in vars(found).items() if inspect.isfunction(v) or inspect.isclass(v) or n.isupper()]
    own = [name for name in made if getattr(getattr(found, name), "__module__", found.__name__) == found.__name__]
    return [name for name in own if not name.startswith("_") and name != "TYPE_CHECKING"]


@pytest.mark.parametrize("module", MODULES)
def test_every_public_name_is_documented(module: str) -> None:
    text = COMMANDS.read_text(encoding="utf-8")
    assert f"`ascribe.{module}`" in text
    names = public_names(module)
    assert names
    assert not [name for name in names if not re.search(rf"`{name}\b", text)]


def test_public_methods_of_a_dossier_are_documented() -> None:
    from ascribe.store import Dossier

    methods = [name for name in vars(Dossier) if not name.startswith("_")]
    line = next(line for line in section("From Python").split("\n") if line.startswith("| | `Dossier`"))
    assert re.findall(r"`(\w+)`", line)[1:] == [name for name in re.findall(r"`(\w+)`", line)[1:] if name in methods]
    assert set(methods) == set(re.findall(r"`(\w+)`", line)[1:])


def test_every_table_of_keys_names_every_key() -> None:
    from factories import record

    from ascribe.view import as_json

    line = as_json(record())
    told = section("One line of JSON")
    keys = [
        *line,
        *line["statements"][0],
        *line["statements"][1]["sources"][0],
        *line["statements"][1]["time"],
        "lat",
        "lon",
    ]
    assert not [key for key in keys if f"`{key}`" not in told]


def test_the_example_in_python_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    code = section("From Python").split("```python\n")[1].split("```")[0]
    (tmp_path / "examples").symlink_to(DOCS.parent / "examples")
    monkeypatch.chdir(tmp_path)
    exec(compile(code, "commands.md", "exec"), {})
    assert "CLAIM" in capsys.readouterr().out


def test_the_walk_is_what_explain_prints(monkeypatch: pytest.MonkeyPatch) -> None:
    """ASCRIBE_WRITE_PAGES=1 writes the page anew: read the diff."""
    monkeypatch.chdir(DOCS.parent)
    [report] = gather([str(EXAMPLE)])
    assert isinstance(report, Report)
    reading, record = pipeline.walk(report)
    page = explain(record, reading, columns=100)
    before, shown, after = re.split(
        r"(?<=```text\n)(.*?)(?=```)", WALK.read_text(encoding="utf-8"), maxsplit=1, flags=re.DOTALL
    )
    if os.environ.get("ASCRIBE_WRITE_PAGES"):
        WALK.write_text(f"{before}{page}{after}", encoding="utf-8")
        shown = page
    assert shown == page
