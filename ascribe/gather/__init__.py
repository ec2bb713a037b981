"""Files, folders, globs and standard input go in; reports come out, and a refusal for all that cannot be read.

    find (inputs) ──▶ open and recognise (formats) ──▶ one file a format: text, jsonl, html ──▶ Report

`strip` shows what was taken away from a plain text and why.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ascribe.gather.formats import read
from ascribe.gather.inputs import find
from ascribe.gather.strip import Stripped, strip
from ascribe.schema import Refusal, Report

__all__ = ["Stripped", "gather", "strip"]


def gather(inputs: Iterable[str]) -> Iterator[Report | Refusal]:
    """Every report of the inputs, in the order given (folders and globs sorted by name); never raises for what it reads.

    An input is a file, a folder, a glob or "-" for standard input."""
    for found in find(inputs):
        if isinstance(found, Refusal):
            yield found
        else:
            yield from read(found)
