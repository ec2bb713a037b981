"""Is everything there and does it work? Versions, weights, tables, and one sentence read and stored."""

from __future__ import annotations

import platform
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Final

from ascribe import __version__, data, pipeline
from ascribe.resolve.gazetteer import summary
from ascribe.schema import Record, Report
from ascribe.store import open_dossier
from ascribe.view.record import as_json

_SENTENCE: Final = "Norway urged Denmark on Monday to reopen the border, the Norwegian foreign ministry said."
_TABLES: Final = ("states", "offices", "organisations", "publishers", "places", "disputes", "plover_types", "modes")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    what: str
    said: str
    good: bool = True


def examine() -> Iterator[Finding]:
    """Everything worth knowing before trouble is reported, each a line."""
    yield Finding("ascribe", f"{__version__}, Python {platform.python_version()}, {platform.system()} {platform.machine()}")
    names = ("click", "lxml", "marisa-trie", "numpy", "onnxruntime", "pyarrow", "sqlalchemy", "trafilatura")
    yield Finding("libraries", ", ".join(f"{name} {version(name)}" for name in names))
    looks: dict[str, Callable[[], str]] = {
        "sqlite": _sqlite,
        "weights": _weights,
        "tables": _tables,
        "gazetteer": summary,
        "reads": _reads,
    }
    for what, look in looks.items():
        yield _looked(what, look)


def _looked(what: str, look: Callable[[], str]) -> Finding:
    """Whatever a look raises is what is wrong: here nothing may end the examination."""
    try:
        return Finding(what, look())
    except Exception as error:
        return Finding(what, f"{type(error).__name__}: {error}", good=False)


def _sqlite() -> str:
    connection = sqlite3.connect(":memory:")
    try:
        connection.execute("CREATE VIRTUAL TABLE words USING fts5(word)")
    finally:
        connection.close()
    return f"{sqlite3.sqlite_version} with full-text search"


def _weights() -> str:
    return f"version {data.weights_version()}"


def _tables() -> str:
    counts = {name: len(data.rows(name)) for name in _TABLES}
    empty = [name for name, lines in counts.items() if not lines]
    if empty:
        raise ValueError(f"empty: {', '.join(empty)}; install ascribe again")
    return ", ".join(f"{name} {lines:,}" for name, lines in counts.items())


def _reads() -> str:
    """A sentence goes through all stages and into a dossier, and comes out as it went in."""
    record = next(pipeline.read([Report("doctor", _SENTENCE, published="2021-03-10")]))
    found = {
        (statement["type"], actor["country"], recipient["country"])
        for statement in as_json(record)["statements"]
        for actor in statement["actor"]
        for recipient in statement["recipient"]
    }
    if ("REQUEST", "NOR", "DNK") not in found:
        raise ValueError(f"did not find NOR → DNK REQUEST in {_SENTENCE!r} but {sorted(map(str, found))}")
    if _stored(record) != [record]:
        raise ValueError("a stored report does not come out as it went in")
    return "a sentence was read, stored and found again"


def _stored(record: Record) -> list[Record]:
    with tempfile.TemporaryDirectory() as folder, open_dossier(str(Path(folder) / "doctor.dossier")) as dossier:
        dossier.add([record])
        return list(dossier.records())
