"""What a page is before it is drawn: data for JSON, rows for CSV, and what only the eye needs."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from ascribe.store import Answer, Dossier
from ascribe.view.exports.statements import write_answers
from ascribe.view.record import Json
from ascribe.web.adding import Jobs
from ascribe.web.asked import Asked, Parameter
from ascribe.web.figures import Figures
from ascribe.web.safety import Settings

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\0")  # a spreadsheet would run such a cell


class NotFoundError(Exception):
    """There is nothing of that name in the dossier."""


@dataclass(frozen=True, slots=True)
class Desk:
    """What every page is made from."""

    dossier: Dossier
    figures: Figures
    settings: Settings
    jobs: Jobs


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table for CSV: rows of texts and numbers under named columns."""

    columns: Sequence[str]
    rows: Iterable[Sequence[Any]]


@dataclass(frozen=True, slots=True)
class Page:
    """`data` is the JSON of the page and all that its template reads, beside `drawn`, which only the eye needs."""

    template: str
    title: str
    data: Json
    rows: Sheet | Callable[[], Iterable[Answer]]
    drawn: Json = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Route:
    """A page's address, what it takes, what it answers and what it is for."""

    path: str
    make: Callable[[Desk, Asked], Page]
    about: str
    parameters: Mapping[str, Parameter]
    keys: tuple[str, ...]  # of its JSON


def as_csv(page: Page) -> bytes:
    """The rows of a page. A cell that begins like a formula begins with a single quote instead."""
    out = io.BytesIO()
    if not isinstance(page.rows, Sheet):
        write_answers(page.rows(), "csv", out)
        return out.getvalue()
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(page.rows.columns)
    writer.writerows([_cell(value) for value in row] for row in page.rows.rows)
    return text.getvalue().encode("utf-8", "backslashreplace")


def _cell(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
