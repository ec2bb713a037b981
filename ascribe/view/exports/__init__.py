"""A dossier in, a file for another program out, one module a format; of some formats records come back."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from ascribe.view.exports.format import Format, Left
from ascribe.view.exports.registry import NAMES, READABLE, format_of, read_file

if TYPE_CHECKING:
    from ascribe.store import Dossier

__all__ = ["NAMES", "READABLE", "Format", "Left", "export", "format_of", "read_file"]


def export(dossier: Dossier, format: str, out: BinaryIO) -> Left:
    """Everything in the dossier, in the order of the reports' ids: the same content gives the same bytes.

    Gives what the format could not hold: reason → number of statements."""
    return format_of(format).write(dossier.records(), out)
