"""Rows of cells as text, there and back, so that no tab, quote, line break or formula of a name does any harm.

Two ways: `quoted`, as spreadsheets and pandas read it (a cell with a delimiter, quote or line break stands in quotes), and
bare, for data sets whose programs know no quotes: there each run of blanks and breaks becomes one blank."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Any, BinaryIO, Final

from ascribe.errors import AscribeError
from ascribe.schema import Refusal

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\0")
_BREAKS: Final = re.compile(r"[\s\x00]+")
_HALF: Final = re.compile("[\udc80-\udcff]")
csv.field_size_limit(10_000_000)


def write_quoted(rows: Iterable[Sequence[Any]], out: BinaryIO, *, delimiter: str) -> None:
    """Rows with quotes where they are needed; a text that a spreadsheet would take for a formula gets a single quote."""
    written = io.TextIOWrapper(out, encoding="utf-8", errors="backslashreplace", newline="", write_through=True)
    csv.writer(written, delimiter=delimiter).writerows([_guarded(cell) for cell in row] for row in rows)
    written.detach()


def write_bare(rows: Iterable[Sequence[Any]], out: BinaryIO) -> None:
    """Rows divided by tabs, without quotes."""
    for row in rows:
        line = "\t".join(_BREAKS.sub(" ", _text(cell)).strip() for cell in row)
        out.write(line.encode("utf-8", "backslashreplace") + b"\n")


def read_quoted(path: str, columns: Sequence[str]) -> Iterator[tuple[int, dict[str, str] | Refusal]]:
    """Line number and cells of each row under a head that has all `columns`; a Refusal where a row does not fit."""
    with _opened(path) as lines:
        reader = csv.reader(lines, delimiter="\t")
        head = [name.strip() for name in next(reader, [])]
        if missing := [column for column in columns if column not in head]:
            yield 1, Refusal(path, "line 1", f"has no column {missing[0]!r}; give the file as it was published")
            return
        while True:
            line = reader.line_num + 1
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                yield line, Refusal(path, f"line {line}", f"is no row ({error}); mend the line")
                continue
            if cells:
                yield line, _fitting(path, line, head, [_bared(cell) for cell in cells])


def read_bare(path: str, columns: Sequence[str]) -> Iterator[tuple[int, dict[str, str] | Refusal]]:
    """The same of a file without a head and without quotes."""
    with _opened(path) as lines:
        for line, written in enumerate(lines, 1):
            if written.strip():
                yield line, _fitting(path, line, columns, written.rstrip("\r\n").split("\t"))


def _opened(path: str) -> io.TextIOWrapper:
    try:
        return open(path, encoding="utf-8-sig", errors="surrogateescape", newline="")
    except OSError as error:
        raise AscribeError(f"{path}: cannot be read ({error.strerror})") from error


def _fitting(path: str, line: int, head: Sequence[str], cells: Sequence[str]) -> dict[str, str] | Refusal:
    if len(cells) != len(head):
        return Refusal(path, f"line {line}", f"has {len(cells)} cells, not {len(head)}; mend the line")
    if any(_HALF.search(cell) for cell in cells):
        return Refusal(path, f"line {line}", "holds bytes that are no UTF-8; save the file as UTF-8")
    return dict(zip(head, (cell.strip() for cell in cells), strict=True))


def with_head(head: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterable[Sequence[Any]]:
    """The names of the columns, then the rows."""
    return chain([head], rows)


def _text(cell: Any) -> str:
    return "" if cell is None else str(cell)


def _guarded(cell: Any) -> Any:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell


def _bared(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_FORMULA) else cell
