"""Files, folders, globs, addresses and standard input go in; reports come out, and a refusal for all that cannot be read.

    find (inputs) ──▶ into a process that can be killed (worker) ──▶ recognise (formats) ──▶ readers/, one a format

`strip` shows what was taken away from a plain text and why.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ascribe.gather.inputs import find
from ascribe.gather.reader import Limits, Options
from ascribe.gather.strip import Stripped, strip
from ascribe.gather.worker import read
from ascribe.schema import Refusal, Report

__all__ = ["Limits", "Options", "Stripped", "gather", "strip"]


def gather(inputs: Iterable[str], options: Options = Options()) -> Iterator[Report | Refusal]:  # noqa: B008 - it is frozen
    """Every report of the inputs, in the order given (folders and globs sorted by name); never raises for what it reads.

    An input is a file, a folder, a glob or "-" for standard input."""
    for found in find(inputs):
        if isinstance(found, Refusal):
            yield found
            continue
        for item in read(found, found, options):
            yield item if isinstance(item, Report) else Refusal(found, item.place, item.reason)
