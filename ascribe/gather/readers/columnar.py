"""Parquet and Arrow, one report a row. Every batch is validated in full before a value of it is touched."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from ascribe.errors import ReadError
from ascribe.gather.fields import FIELDS, as_report, find_columns
from ascribe.gather.reader import Found, Given, megabytes

if TYPE_CHECKING:
    import pyarrow as pa

_ROWS: Final = 256  # at once


def read_parquet(given: Given) -> Iterator[Found]:
    """The reports of a Parquet file."""
    from pyarrow import parquet

    with given.seekable() as whole, _named("Parquet"):
        file = parquet.ParquetFile(whole)
        wanted = _wanted(file.schema_arrow.names, given)
        yield from _rows(file.iter_batches(batch_size=_ROWS, columns=wanted, use_threads=False), given)


def read_file(given: Given) -> Iterator[Found]:
    """The reports of an Arrow file (Feather is one too)."""
    from pyarrow import ipc

    with given.seekable() as whole, _named("Arrow"):
        file = ipc.open_file(whole)
        _wanted(file.schema.names, given)
        yield from _rows((file.get_batch(number) for number in range(file.num_record_batches)), given)


def read_stream(given: Given) -> Iterator[Found]:
    """The reports of an Arrow stream."""
    from pyarrow import ipc

    with _named("Arrow"):
        stream = ipc.open_stream(given.stream)
        _wanted(stream.schema.names, given)
        yield from _rows(stream, given)


class _named:  # noqa: N801 - it is used as a word
    """Whatever pyarrow raises is a refusal that names the format."""

    def __init__(self, what: str) -> None:
        self._what = what

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: object) -> None:
        import pyarrow as pa

        if isinstance(error, pa.ArrowException | OSError | ValueError | KeyError) and not isinstance(error, MemoryError):
            said = " ".join(str(error).split())[:160]
            raise ReadError(f"is a damaged {self._what} file ({said}); write it again") from None


def _wanted(names: list[str], given: Given) -> list[str]:
    """The columns that give a field."""
    found = find_columns(names, given.options.columns)
    if not found["text"]:
        listed = ", ".join(names)[:300] or "none"
        raise ReadError(f"has no column that holds texts (it has {listed}); name it with --column text=NAME")
    return sorted({name for field in FIELDS for name in found[field]})


def _rows(batches: Any, given: Given) -> Iterator[Found]:
    row = 0
    for batch in batches:
        batch.validate(full=True)
        columns = find_columns(batch.schema.names, given.options.columns)
        wanted = sorted({name for field in FIELDS for name in columns[field]})
        for position in range(batch.num_rows):
            row += 1
            yield _report(batch, wanted, position, f"row {row}", given)
    if not row:
        yield ReadError("has no rows; name a table that has some")


def _report(batch: pa.RecordBatch, wanted: list[str], position: int, place: str, given: Given) -> Found:
    value = {}
    for name in wanted:
        cell = batch.column(name)[position]
        size = cell.as_buffer().size if hasattr(cell, "as_buffer") and cell.is_valid else 0
        if size > given.limits.report:
            return ReadError(f"is longer than {megabytes(given.limits.report)}; split its text", place)
        try:
            value[name] = cell.as_py()
        except (UnicodeDecodeError, ValueError, OverflowError) as error:
            return ReadError(f"has a value that cannot be read ({type(error).__name__}); write the table again", place)
    return as_report(value, place, "table", given.options.columns)
