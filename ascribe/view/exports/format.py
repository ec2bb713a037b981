"""What every format has: a name, a way out, perhaps a way in. Formats join by the entry points `ascribe.exports`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from ascribe.schema import Record, Refusal

Left = Counter[str]  # why → how many statements the format could not hold


@dataclass(frozen=True, slots=True)
class Format:
    """One format. `write` says what it left out; `read` gives a Refusal for each line that is none.

    `fits` tells from the first bytes of a file whether it is of this format."""

    name: str
    said: str  # one line: what a row or line is
    write: Callable[[Iterable[Record], BinaryIO], Left]
    read: Callable[[str], Iterator[Record | Refusal]] | None = None
    fits: Callable[[bytes], bool] | None = None
