"""Which formats there are: ours, one a file, and those that other packages bring by the entry points `ascribe.exports`."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from importlib.metadata import entry_points
from typing import Final

from ascribe.errors import AscribeError, UsageError
from ascribe.schema import Record, Refusal
from ascribe.view.exports.format import Format

# In the order of `--help`: name → the module of this folder and the name in it. None is loaded before it is asked for.
_OURS: Final = {
    "jsonl": ("statements", "JSONL"),
    "csv": ("statements", "CSV"),
    "parquet": ("statements", "PARQUET"),
    "plover": ("plover", "PLOVER"),
    "polecat": ("polecat", "POLECAT"),
    "icews": ("icews", "ICEWS"),
    "gdelt": ("gdelt", "EVENTS"),
    "gdelt-mentions": ("gdelt_mentions", "MENTIONS"),
    "phoenix": ("phoenix", "PHOENIX"),
    "petrarch": ("petrarch", "PETRARCH"),
    "acled": ("acled", "ACLED"),
    "jsonld": ("jsonld", "JSONLD"),
    "ftm": ("followthemoney", "FTM"),
    "labelstudio": ("labelstudio", "LABELSTUDIO"),
    "doccano": ("doccano", "DOCCANO"),
}
NAMES: Final = tuple(_OURS)
READABLE: Final = ("polecat", "icews", "gdelt", "labelstudio", "doccano")  # those of ours that can be imported
_HEAD: Final = 65_536  # bytes of a file from which its format is told


def format_of(name: str) -> Format:
    """The format of that name; ours come first."""
    if name in _OURS:
        module, constant = _OURS[name]
        found: Format = getattr(import_module(f"ascribe.view.exports.{module}"), constant)
        return found
    found_elsewhere = brought(name)
    if found_elsewhere is None:
        raise UsageError(f"there is no format {name!r}; choose one of {', '.join(NAMES)}")
    return found_elsewhere


def brought(name: str) -> Format | None:
    """The format of that name that another package brings, if one does."""
    points = entry_points(group="ascribe.exports", name=name)
    loaded: Format | None = next((point.load() for point in points), None)
    return loaded


def read_file(path: str, name: str | None = None) -> Iterator[Record | Refusal]:
    """The records of a file in one of the formats that can be read; without a name it is told from the first bytes."""
    wanted = format_of(name) if name else _told(path)
    if wanted.read is None:
        raise UsageError(f"{wanted.name} cannot be imported; choose one of {', '.join(READABLE)}")
    return wanted.read(path)


def _told(path: str) -> Format:
    head = head_of(path)
    for name in READABLE:
        if (fits := format_of(name).fits) and fits(head):
            return format_of(name)
    raise UsageError(f"{path}: is of no format that can be imported; name it with --format: {', '.join(READABLE)}")


def head_of(path: str) -> bytes:
    """The first bytes of a file."""
    try:
        with open(path, "rb") as opened:
            return opened.read(_HEAD)
    except OSError as error:
        raise AscribeError(f"{path}: cannot be read ({error.strerror})") from error
