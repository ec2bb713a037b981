"""What a dossier says on a question: the statements that fit, and how they look as a table for the eye."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, Final

from ascribe.data import rows
from ascribe.schema import Report, Statement
from ascribe.store.when import day_asked
from ascribe.view import words
from ascribe.view.record import known_by_statement
from ascribe.view.terminal import Piece, fit, painted, safe, width

if TYPE_CHECKING:
    from ascribe.store import Answer, Dossier, Question


def question(
    *,
    actor: Iterable[str] = (),
    recipient: Iterable[str] = (),
    type: Iterable[str] = (),
    about: Iterable[str] = (),
    status: Iterable[str] = (),
    from_: str | None = None,
    until: str | None = None,
    according_to: Iterable[str] = (),
    stance: Iterable[str] = (),
) -> Question:
    """What a person typed as a question. All filters must hold; of several words for one filter, any.

    A party is its country's code, a name or words; a matter is a dispute's id, one of its names, or words."""
    from ascribe.store import Question

    return Question(
        actor=_or_code(actor, _states()),
        recipient=_or_code(recipient, _states()),
        about=_or_code(about, _disputes()),
        source=_or_code(according_to, _states()),
        types=tuple(type),
        statuses=tuple(status),
        stances=tuple(stance),
        earliest=day_asked(from_, "--from", last=False) if from_ else None,
        latest=day_asked(until, "--until", last=True) if until else None,
    )


def _or_code(typed: Iterable[str], codes: dict[str, str]) -> tuple[str, ...]:
    """What was typed, and beside it the code that it is a name of."""
    found = [(word, codes.get(word.strip().casefold())) for word in typed]
    return tuple(each for pair in found for each in pair if each)


@cache
def _states() -> dict[str, str]:
    """Names and adjectives of states, lower case → code."""
    columns = ("name", "names", "adjectives")
    return {name.casefold(): row["id"] for row in rows("states") for column in columns for name in row[column].split(";")}


@cache
def _disputes() -> dict[str, str]:
    """Names of disputes and of what is disputed, by whichever party, lower case → id."""
    own = {row["name"].casefold(): row["id"] for row in rows("disputes")}
    return {row["name"].casefold(): row["dispute"] for row in rows("dispute_names")} | own


def ask(dossier: Dossier, question: Question, *, limit: int | None = None) -> Iterator[Answer]:
    """The statements that fit `question`, by the date of their report, then in the order of the text."""
    return dossier.find(question, limit=limit)


# ---- the table ----

_HEADS: Final = ("date", "who → whom", "type", "words", "object", "status", "according to", "report")
_LEAST: Final = (10, 9, 8, 8, 10, 6, 12, 8)  # columns below which a cell says nothing any more
_WEIGHTS: Final = (9.0, 1.5, 9.0, 1.0, 1.6, 2.0, 1.3, 0.8)  # what a column may keep when there is too little room
_STYLES: Final = ("", "strong", "type", "trigger", "", "", "source", "faint")
_GAP: Final = "  "


def table(answers: Iterable[Answer], *, columns: int, colour: bool = False) -> str:
    """The answers as lines of at most `columns`: what is too long for its cell is cut with "…"."""
    rows = [_cells(answer) for answer in answers]
    widths = _widths([_HEADS, *rows], columns)
    head = _line(_HEADS, widths, ("faint",) * len(_HEADS), colour)
    return "\n".join([head, *(_line(row, widths, _STYLES, colour) for row in rows)])


def _cells(answer: Answer) -> tuple[str, ...]:
    report, statement, identities = answer
    known = known_by_statement(identities).get(statement.id, {})
    return (
        words.date(report, statement, identities),
        words.who(statement, known),
        statement.type,
        f"“{safe(statement.trigger.text)}”",
        safe(statement.object.text) if statement.object else words.NOBODY,
        words.status(statement),
        _according_to(report, statement),
        safe(report.id),
    )


def _according_to(report: Report, statement: Statement) -> str:
    told = [safe(source.mention.text) for source in reversed(statement.chain)]
    return " ← ".join([*told, safe(report.publisher or words.NOBODY)])


def _widths(rows: Sequence[Sequence[str]], columns: int) -> list[int]:
    """As wide as the longest cell; while the line is too long, the column gives way that has most for its weight."""
    widths = [max(width(cell) for cell in column) for column in zip(*rows, strict=True)]
    room = columns - len(_GAP) * (len(widths) - 1)
    while sum(widths) > room:
        shrinkable = [index for index, wide in enumerate(widths) if wide > _LEAST[index]]
        if not shrinkable:
            break
        widths[max(shrinkable, key=lambda index: widths[index] / _WEIGHTS[index])] -= 1
    return widths


def _line(cells: Sequence[str], widths: Sequence[int], styles: Sequence[str], colour: bool) -> str:
    pieces: list[Piece] = []
    for cell, wide, style in zip(cells, widths, styles, strict=True):
        pieces += [Piece(fit(cell, wide), style), Piece(_GAP)]
    return painted(pieces, colour=colour).rstrip()
