"""Files, folders, globs, addresses and standard input go in; reports come out, and a refusal for all that cannot be read.

    find (inputs) ──▶ into a process that can be killed (worker) ──▶ recognise (formats) ──▶ readers/, one a format
                  └─▶ a short plain text is read at once (plain)

`strip` shows what was taken away from a plain text and why.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ascribe.gather.inputs import STANDARD_INPUT, find, is_address
from ascribe.gather.plain import read_plain
from ascribe.gather.reader import Limits, Options
from ascribe.gather.strip import Stripped, strip
from ascribe.schema import Refusal, Report

__all__ = ["Limits", "Options", "Stripped", "gather", "strip"]


def gather(inputs: Iterable[str], options: Options = Options()) -> Iterator[Report | Refusal]:  # noqa: B008 - it is frozen
    """Every report of the inputs, in the order given (folders and globs sorted by name); never raises for what it reads.

    An input is a file, a folder, a glob or "-" for standard input; with `options.fetch` also an address of the web."""
    for found in find(inputs, fetch=options.fetch):
        if isinstance(found, Refusal):
            yield found
        elif is_address(found):
            from ascribe.gather.fetch import read_address  # HTTP and what it needs: half of the start of `extract one.txt`

            yield from read_address(found, options)
        elif found != STANDARD_INPUT and (report := read_plain(found, options)):
            yield report
        else:
            from ascribe.gather.worker import read

            for item in read(found, found, options):
                yield item if isinstance(item, Report) else Refusal(found, item.place, item.reason)
