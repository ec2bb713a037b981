"""A program that stores COUNT reports in a dossier as `read` does and says which are safe. Tests run, race and kill it."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
from factories import record

from ascribe.errors import StoreError
from ascribe.schema import Record
from ascribe.store import open_dossier

BATCH = 5


def records(count: int) -> list[Record]:
    text = "Ruritania offers Graustark a loan\nRuritania has offered Graustark a loan, the Zenda Courier reported on Monday."
    return [record(f"{text}\nNumber {number}.", id=f"report-{number:04}") for number in range(count)]


def main(path: str, count: str) -> int:
    all_records = records(int(count))
    try:
        with open_dossier(path) as dossier:
            for start in range(0, len(all_records), BATCH):
                batch = all_records[start : start + BATCH]
                for each, outcome in zip(batch, dossier.add(batch), strict=True):
                    if outcome is True:
                        sys.stdout.write(f"stored {each.report.id}\n")
                        sys.stdout.flush()
    except StoreError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
