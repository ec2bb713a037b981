"""Imports run one way (docs: the walk). Every module is parsed, none is run."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "ascribe"

# Each part may import the parts that stand before its own line; stages share a line because they do not see each other.
ORDER = (
    ("schema", "errors"),
    ("data", "arrow"),
    ("gather", "mark", "relate", "resolve"),
    ("pipeline",),
    ("store",),
    ("thread",),
    ("view",),
    ("engines", "doctor", "web"),
    ("cli",),
)
LEVEL = {part: level for level, parts in enumerate(ORDER) for part in parts}
HEAVY = {"torch", "transformers", "onnx", "ray", "pandas"}
OTHER_HOUSES = {"training", "evaluation", "bench", "tests"}


def modules() -> list[Path]:
    return sorted(path for path in PACKAGE.rglob("*.py"))


def part_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported(path: Path) -> Iterator[tuple[str, int]]:
    """Full names of what a module imports, at its top or inside a function, with the line."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((name.name, node.lineno) for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: imports are written in full"
            module = node.module or ""
            names = [f"ascribe.{name.name}" for name in node.names] if module == "ascribe" else [module]
            yield from ((name, node.lineno) for name in names)


def wrong(path: Path) -> Iterator[str]:
    own = part_of(path)
    for name, line in imported(path):
        top, _, rest = name.partition(".")
        other = rest.split(".")[0]
        where = f"{path.relative_to(ROOT)}:{line} imports {name}"
        inside = top == "ascribe" and other in LEVEL and own in LEVEL and other != own
        if top in HEAVY | OTHER_HOUSES or (inside and LEVEL[other] >= LEVEL[own]):
            yield where


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_run_one_way(path: Path) -> None:
    assert not list(wrong(path))


def test_every_part_of_the_package_has_its_place() -> None:
    assert {part_of(path) for path in modules()} - {"__init__"} <= set(LEVEL)


def test_the_walk_itself_finds_what_is_wrong(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(globals(), "PACKAGE", tmp_path)
    monkeypatch.setitem(globals(), "ROOT", tmp_path)
    (tmp_path / "mark.py").write_text(
        "import torch.nn\nfrom ascribe.relate import relate\nfrom ascribe import store, schema\nfrom training import x\n"
    )
    (tmp_path / "store.py").write_text("def f():\n    from ascribe.view.ask import ask\n")
    assert [line.split(" imports ")[1] for line in wrong(tmp_path / "mark.py")] == [
        "torch.nn",
        "ascribe.relate",
        "ascribe.store",
        "training",
    ]
    assert list(wrong(tmp_path / "store.py")) == ["store.py:2 imports ascribe.view.ask"]


def test_no_folder_is_a_drawer_for_anything() -> None:
    drawers = {"utils", "helpers", "misc", "common"}
    assert not [path for path in PACKAGE.rglob("*") if path.stem in drawers]


def test_the_program_starts_without_what_only_a_dossier_needs() -> None:
    code = "import sys, ascribe.cli; print(*sorted({'sqlalchemy', 'numpy', 'pyarrow', 'lxml'} & {*sys.modules}))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "\n"
