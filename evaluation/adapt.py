"""What every adapter shares: IN is JSON Lines without answers, OUT one line of answers for each, in order."""

from __future__ import annotations

import gzip
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

Row = dict[str, Any]


def read_rows(path: Path) -> Iterator[Row]:
    """The objects of a JSON Lines file, gzipped or not."""
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines if line.strip())


def adapt(usage: str | None, answer: Callable[[Row], Row]) -> int:
    """Run an adapter from the command line: `python -m evaluation.NAME IN OUT`."""
    if len(sys.argv) != 3:
        print(usage)
        return 2
    given, out = map(Path, sys.argv[1:])
    with out.open("w", encoding="utf-8") as written:
        for row in read_rows(given):
            written.write(json.dumps(answer(row), ensure_ascii=False) + "\n")
    return 0
