"""What is known before reading: tables of facts and the weights of the reader. The only place that knows paths."""

from __future__ import annotations

import csv
import json
import os
from functools import cache
from pathlib import Path

from ascribe.errors import UsageError

_HERE = Path(__file__).parent
_OF_THE_USER = "ASCRIBE_TABLES"  # kept in the environment, so that reading processes that are started later see it too


def use_tables(folder: str) -> None:
    """Let a user's own tables come first: csv files with the names and columns of ours, of which any may be left out.

    To be called before anything is read. A line whose first cell stands in our table replaces our lines of that key."""
    paths = sorted(Path(folder).glob("*.csv")) if Path(folder).is_dir() else []
    if not paths:
        raise UsageError(f"{folder}: holds no tables; name a folder with files such as offices.csv (ascribe/data/README.md)")
    for path in paths:
        if not _ours(path.stem).exists():
            known = ", ".join(sorted(own.stem for own in (_HERE / "tables").glob("*.csv")))
            raise UsageError(f"{path}: there is no table of that name; take one of {known}")
        _check(path, _columns(_ours(path.stem)))
    os.environ[_OF_THE_USER] = os.path.abspath(folder)
    rows.cache_clear()


@cache
def rows(table: str) -> tuple[dict[str, str], ...]:
    """The lines of tables/<table>.csv, one fact each, as {column: cell}; an empty cell is "". The user's own come first."""
    ours = _ours(table)
    given = _read(ours)
    of_the_user = Path(os.environ.get(_OF_THE_USER, os.devnull)) / f"{table}.csv"
    if not of_the_user.is_file():
        return given
    columns = _columns(ours)
    own = tuple({column: row.get(column) or "" for column in columns} for row in _read(of_the_user))
    taken = {row[columns[0]] for row in own}
    return own + tuple(row for row in given if row[columns[0]] not in taken)


def _ours(table: str) -> Path:
    return _HERE / "tables" / f"{table}.csv"


def _read(path: Path) -> tuple[dict[str, str], ...]:
    with path.open(encoding="utf-8-sig", newline="") as lines:  # spreadsheets begin a file with a mark
        return tuple(csv.DictReader(lines))


def _columns(path: Path) -> list[str]:
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return next(csv.reader(lines), [])


def _check(path: Path, wanted: list[str]) -> None:
    """Raise a UsageError that names the first line of a user's table that does not fit."""
    try:
        columns = _columns(path)
        if wanted[0] not in columns or (other := [column for column in columns if column not in wanted]):
            wrong = f"has no column {wanted[0]!r}" if wanted[0] not in columns else f"has a column {other[0]!r}"
            raise UsageError(f"{path}: line 1: {wrong}; the columns are {', '.join(wanted)}")
        for number, row in enumerate(_read(path), 2):
            if None in row or None in row.values() or not row[wanted[0]]:
                needs = f"needs {len(columns)} cells and something under {wanted[0]!r}"
                raise UsageError(f"{path}: line {number}: {needs}; mend the line")
    except (UnicodeDecodeError, csv.Error) as error:
        raise UsageError(f"{path}: is no csv in UTF-8 ({error}); save it as such") from error


@cache
def closed_class(*kinds: str) -> frozenset[str]:
    """The words of status_words.csv that are of one of these kinds at least: "preposition", "hearsay" …"""
    return frozenset(row["word"] for row in rows("status_words") if not {*kinds}.isdisjoint(row["kinds"].split()))


def weights() -> Path:
    """The folder of the reader's weights."""
    return _HERE / "weights"


def gazetteer_folder() -> Path:
    """The folder of the places of the world (gazetteer/build.py)."""
    return _HERE / "gazetteer"


def weights_version() -> str:
    """The version that the weights carry: a digest of the model."""
    card: dict[str, str] = json.loads((weights() / "reader.json").read_text(encoding="utf-8"))
    return card["version"]
