"""CSV and TSV, one report a row, streamed. The columns are known by their names, or named by a person."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator, Mapping
from typing import Final

from ascribe.errors import ReadError
from ascribe.gather.decoding import mark
from ascribe.gather.fields import as_report, find_columns, is_text_column
from ascribe.gather.reader import Found, Given

_SEPARATORS: Final = (",", "\t", ";", "|")
_MOST_COLUMNS: Final = 1000


def is_table(start: str, columns: Mapping[str, str]) -> bool:
    """Whether a text begins with the names of columns, one of which holds texts."""
    return _separator(start, columns) is not None


def read(given: Given) -> Iterator[Found]:
    """A report or an error for each row."""
    length, encoding = mark(given.head) or (0, "utf-8")
    start = given.head[length:].decode(encoding, "replace")
    separator = _separator(start, given.options.columns)
    if separator is None:
        raise ReadError("is a table whose columns cannot be told; name them with --column text=NAME")
    csv.field_size_limit(given.limits.report)
    given.stream.read(length)
    lines = _lines(given, encoding)
    table = csv.reader(lines, delimiter=separator)
    try:
        names = [name.strip() for name in next(table)]
    except csv.Error as error:
        raise ReadError(f"is a table that cannot be read ({error}); save it as CSV in UTF-8", "line 1") from None
    find_columns(names, given.options.columns)
    begun = table.line_num + 1
    while True:
        place = f"line {begun}"
        try:
            row = next(table)
        except StopIteration:
            return
        except csv.Error as error:
            yield ReadError(f"is no row of a table ({error}); put texts with line breaks in quotation marks", place)
            begun = table.line_num + 1
            continue
        if any(cell.strip() for cell in row):
            yield _row(row, names, place, given.options.columns)
        begun = table.line_num + 1


def _row(row: list[str], names: list[str], place: str, columns: Mapping[str, str]) -> Found:
    if len(row) > len(names):
        return ReadError(
            f"has {len(row)} cells where the table has {len(names)} columns; put texts in quotation marks", place
        )
    return as_report(dict(zip(names, row, strict=False)), place, "table", columns)


def _lines(given: Given, encoding: str) -> Iterator[str]:
    """The lines of a table. One that is no UTF-8 is read as cp1252, as spreadsheets write it."""
    if encoding != "utf-8":
        data = given.all()
        try:
            yield from io.StringIO(data.decode(encoding), newline="")
        except UnicodeDecodeError as error:
            raise ReadError(
                f"is not the {encoding[:6].upper()} that it says (byte {error.start}); save it as UTF-8"
            ) from None
        return
    while line := given.stream.readline(given.limits.report + 1):
        if len(line) > given.limits.report:
            raise ReadError("has a line longer than the limit of a report, and nothing after it is read; split its text")
        try:
            yield line.decode("utf-8").replace("\0", "\ufffd")
        except UnicodeDecodeError:
            yield codecs.decode(line, "cp1252", "replace").replace("\0", "\ufffd")


def _separator(start: str, columns: Mapping[str, str]) -> str | None:
    """The sign between the columns of the first line, if one of them holds texts."""
    first = start.lstrip("\ufeff").split("\n", 1)[0].rstrip("\r")
    if "\n" not in start or len(first) > 20_000:
        return None
    wanted = columns.get("text", "").casefold()
    for separator in _SEPARATORS:
        try:
            cells = [cell.strip() for cell in next(csv.reader([first], delimiter=separator))]
        except (csv.Error, StopIteration):
            continue
        if not 1 < len(cells) <= _MOST_COLUMNS or any(
            len(cell.split()) > 4 or cell.endswith((".", "!", "?")) for cell in cells
        ):
            continue
        if any(cell.casefold() == wanted if wanted else is_text_column(cell) for cell in cells):
            return separator
    return None
