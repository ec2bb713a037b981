"""Whole reading: sentences a second, peak memory, and the time from start to the first statement.

    python -m bench.reading REPORTS.jsonl[.gz] [--jobs 2] [--reports 400] [--rounds 3]

Prints one JSON object. The command line itself is measured (`ascribe extract`), as a user would run it.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from itertools import islice
from pathlib import Path

from ascribe.mark.sentences import sentences
from evaluation.adapt import read_rows

_EXTRACT = [sys.executable, "-c", "from ascribe.cli import main; main()", "extract"]
_FIRST = "Moscow has rejected an offer of talks from Tokyo, the Kyodo news agency reported on Thursday.\n"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("reports", type=Path)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--reports", dest="count", type=int, default=400)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    texts = [row["text"] for row in islice(read_rows(options.reports), options.count)]
    many = sum(len(sentences(text)) for text in texts)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "reports.jsonl"
        path.write_text("".join(json.dumps({"text": text}) + "\n" for text in texts), encoding="utf-8")
        whole = [_seconds([*_EXTRACT, "--jobs", str(options.jobs), str(path)]) for _ in range(options.rounds)]
        first = Path(folder) / "first.txt"
        first.write_text(_FIRST, encoding="utf-8")
        start = [_seconds([*_EXTRACT, str(first)]) for _ in range(options.rounds + 2)]
    figures = {
        "reports": len(texts),
        "sentences": many,
        "jobs": options.jobs,
        "cores": os.cpu_count(),
        "sentences_per_second": round(many / statistics.median(whole), 1),
        "start_to_first_statement_s": round(statistics.median(start), 2),
        # of the largest single process among the children, in MiB (getrusage counts KiB on Linux)
        "peak_memory_of_one_process_mib": round(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024),
    }
    print(json.dumps(figures, indent=1))
    return 0


def _seconds(command: list[str]) -> float:
    began = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - began


if __name__ == "__main__":
    sys.exit(main())
