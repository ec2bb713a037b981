"""Statements as Python meets them: `ascribe.read` gives them, and one call makes them a table of Arrow, pandas or polars."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, overload

from ascribe.errors import UsageError
from ascribe.schema import Record, Refusal, Report
from ascribe.view.exports.statements import answer_json, answers_of
from ascribe.view.record import Json

if TYPE_CHECKING:
    import pyarrow as pa


class Statements(Sequence[Json]):
    """What reports say: each statement as `ask --format jsonl` prints it. `records` holds the values themselves,
    `refused` what could not be read and why."""

    def __init__(self, records: Sequence[Record], refused: Sequence[Refusal] = ()) -> None:
        self.records = tuple(records)
        self.refused = tuple(refused)
        self._lines = [answer_json(answer) for record in records for answer in answers_of(record)]

    def __len__(self) -> int:
        return len(self._lines)

    @overload
    def __getitem__(self, index: int) -> Json: ...
    @overload
    def __getitem__(self, index: slice) -> list[Json]: ...
    def __getitem__(self, index: int | slice) -> Json | list[Json]:
        return self._lines[index]

    def __iter__(self) -> Iterator[Json]:
        return iter(self._lines)

    def __repr__(self) -> str:
        refused = f", {len(self.refused)} refused" if self.refused else ""
        return f"<{len(self)} statements of {len(self.records)} reports{refused}>"

    def to_arrow(self) -> pa.Table:
        """A row each, lists kept: the columns of `export --format parquet`."""
        import pyarrow as pa

        from ascribe.arrow import answers_to_arrow

        return pa.Table.from_batches([answers_to_arrow(self._lines)])

    def to_pandas(self) -> Any:
        """The same as a DataFrame of pandas."""
        _needed("pandas")
        return self.to_arrow().to_pandas()

    def to_polars(self) -> Any:
        """The same as a DataFrame of polars."""
        return _needed("polars").from_arrow(self.to_arrow())


def _needed(package: str) -> Any:
    try:
        return import_module(package)
    except ImportError as error:
        raise UsageError(f"this needs {package}; pip install {package}") from error


def read(text_or_path: str | os.PathLike[str], **known: str) -> Statements:
    """What a report says, given as a text, or what the reports of a file, a folder or a glob say.

    A str is a path where a file or folder of that name is there, else a text; a Path is always a path. Of a text, what is
    known beside it can be given by name: headline, publisher, published, url."""
    from ascribe import pipeline
    from ascribe.gather import gather

    if isinstance(text_or_path, str) and not _is_path(text_or_path):
        return Statements(list(pipeline.read([_report(text_or_path, known)])))
    if known:
        raise UsageError(f"{next(iter(known))}= goes with a text; a file says itself what it is")
    found = list(gather([os.fspath(text_or_path)]))
    reports = [each for each in found if not isinstance(each, Refusal)]
    return Statements(list(pipeline.read(reports)), [each for each in found if isinstance(each, Refusal)])


def _is_path(given: str) -> bool:
    if not given.strip() or "\n" in given or len(given) > 1_000 or "\0" in given:
        return False
    if Path(given).exists() or "*" in given:
        return True
    if " " not in given.strip() and ("/" in given or "." in given[:-1]):
        raise UsageError(f"{given}: there is no such file; give its path, or a text")
    return False


def _report(text: str, known: dict[str, str]) -> Report:
    from ascribe.schema import digest

    if not text.strip():
        raise UsageError("the text is empty; give a report's text, or a path")
    allowed = ("headline", "publisher", "published", "url")
    if other := next((name for name in known if name not in allowed), None):
        raise UsageError(f"{other}= is nothing that is known of a report; give {', '.join(allowed)}")
    headline = known.get("headline")
    whole = text if headline is None or text.startswith(headline) else f"{headline}\n{text}"
    id = digest(whole, *(known.get(name) for name in allowed))
    return Report(id, whole, **known, format="text")
