"""Annotations of our own by the codebook (docs/codebook.md), kept as offsets without the text they rest on.

A line of training/annotations/read-*.jsonl: {"id", "sentences": [[start, end], …], "statements": […]}. `sentences` are
characters of the report `id` in the unlabelled newswire or in PolNeAR; the statements count characters of those sentences
joined by line breaks. own*.jsonl hold passages that we wrote ourselves, with their text.

    python -m training.annotations SHARED    checks that every report is found and every span stands in one sentence
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from evaluation.adapt import read_rows

HERE = Path(__file__).parent / "annotations"


def annotated(shared: Path) -> Iterator[dict]:
    """Every report of ours with its text, in the format of shared/data/statements."""
    texts = {r["id"]: r["text"] for r in read_rows(shared / "data/unlabelled/reports.jsonl.gz")}
    texts |= {f"pn-{r['id']}": r["text"] for r in read_rows(shared / "data/attribution/train.jsonl.gz")}
    for path in [*sorted(HERE.glob("read-*.jsonl")), *sorted(HERE.glob("own*.jsonl"))]:
        for entry in read_rows(path):
            if "text" in entry:
                yield entry
            else:
                whole = texts[entry["id"].partition("@")[0]]
                yield {**entry, "text": "\n".join(whole[start:stop] for start, stop in entry["sentences"])}


def faults(entry: dict) -> Iterator[str]:
    text = entry["text"]
    for number, statement in enumerate(entry["statements"]):
        line = text.count("\n", 0, statement["trigger"]["start"])
        spans = [statement[role] for role in ("trigger", "object", "place", "time") if statement[role]]
        for span in spans + statement["actor"] + statement["recipient"]:
            if not 0 <= span["start"] < span["end"] <= len(text) or text.count("\n", 0, span["end"]) != line:
                yield f"{entry['id']}: statement {number}: {span} is not in the sentence of its trigger"


def main(shared: str) -> int:
    entries = list(annotated(Path(shared)))
    found = [fault for entry in entries for fault in faults(entry)]
    print(*found, sep="\n")
    print(f"{len(entries)} reports, {sum(len(e['statements']) for e in entries)} statements, {len(found)} faults")
    return bool(found)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
