"""Resolve alone: statements a second on one core, and what the tables cost in seconds and memory.

    python -m bench.resolving STATEMENTS.jsonl [--rounds 9]

The statements are annotated ones, so nothing is marked or related here. Processor time is counted, so that other work on
the machine counts less. Loading is measured in a process of its own, on a first report that asks every table.
Prints one JSON object.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence

from ascribe.resolve import resolve
from ascribe.schema import Report, Statement
from evaluation.parties import load

_LOADED = """
import resource, time
from ascribe.resolve import resolve
from ascribe.schema import Mention, Report, Span, Statement
text = "Foreign Minister Lavrov met Taliban officials near Tal Afar on Thursday."
def at(words):
    start = text.index(words)
    return Mention(words, Span(start, start + len(words)))
actors, place, day = (at("Foreign Minister Lavrov"), at("Taliban officials")), at("Tal Afar"), at("Thursday")
statement = Statement("1", "r", "event", "CONSULT", at("met"), actors, place=place, time=day)
before, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
resolve(Report("r", text, published="2014-02-06"), [statement])
print(time.process_time() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, before)
"""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("statements")
    parser.add_argument("--rounds", type=int, default=9)
    options = parser.parse_args()
    reports = [(report, statements) for report, statements, _ in load(options.statements)]
    loads = [_loaded() for _ in range(3)]
    resolve(*reports[0])  # loads the tables
    rounds = [_round(reports) for _ in range(options.rounds + 1)]
    many = sum(len(statements) for _, statements in reports)
    figures = {
        "reports": len(reports),
        "statements": many,
        "characters": sum(len(report.text) for report, _ in reports),
        "statements_per_second": round(many / statistics.median(rounds[1:])),
        "statements_per_second_first_round": round(many / rounds[0]),  # every name looked up for the first time
        "tables_loaded_s": round(statistics.median(seconds for seconds, _, _ in loads), 3),
        # of the whole process at its highest, and before the tables were asked, in MiB (getrusage counts KiB on Linux)
        "memory_with_tables_mib": round(loads[0][1] / 1024),
        "memory_before_mib": round(loads[0][2] / 1024),
    }
    print(json.dumps(figures, indent=1))
    return 0


def _round(reports: Sequence[tuple[Report, Sequence[Statement]]]) -> float:
    """Processor seconds to resolve every report once."""
    began = time.process_time()
    for report, statements in reports:
        resolve(report, statements)
    return time.process_time() - began


def _loaded() -> tuple[float, float, float]:
    """Seconds until a first report is resolved, and KiB of the process after and before."""
    done = subprocess.run([sys.executable, "-c", _LOADED], check=True, capture_output=True, text=True)
    seconds, after, before = (float(figure) for figure in done.stdout.split())
    return seconds, after, before


if __name__ == "__main__":
    sys.exit(main())
