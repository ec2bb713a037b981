"""Country and sector of the mentions of annotated statements.

    python -m evaluation.parties STATEMENTS.jsonl [--errors]

The gold statements are resolved and the country and sector of each actor, recipient and source compared with the gold ones.
"""

from __future__ import annotations

import json
import re
import sys
import time
from collections import Counter
from typing import Any

from ascribe.resolve import resolve
from ascribe.schema import Identity, Mention, Report, Source, Span, Statement

_DATE = re.compile(r"(?<!\d)(20[012]\d)[-/_]?(0[1-9]|1[0-2])[-/_]?([0-2]\d|3[01])(?!\d)")


def mention_of(gold: dict[str, Any]) -> Mention:
    return Mention(gold["text"], Span(gold["start"], gold["end"]))


def statement_of(report: Report, number: int, gold: dict[str, Any]) -> Statement:
    def one(name: str) -> Mention | None:
        return mention_of(gold[name]) if gold.get(name) else None

    chain = tuple(
        Source(mention_of(each), None, each.get("kind") or "person", bool(each.get("named"))) for each in gold["sources"]
    )
    return Statement(
        f"{report.id}#{number}", report.id, gold["kind"], gold["type"], mention_of(gold["trigger"]),
        tuple(mention_of(each) for each in gold["actor"]), tuple(mention_of(each) for each in gold["recipient"]),
        one("object"), one("place"), one("time"), gold["status"], gold["quoted"], chain, gold["stance"],
    )  # fmt: skip


def load(path: str) -> list[tuple[Report, list[Statement], list[dict[str, Any]]]]:
    loaded = []
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            gold = json.loads(line)
            headline = gold["text"].split("\n")[0] if gold.get("headline") else None
            published = gold.get("published") or date_of(gold["id"], gold.get("url") or "")
            report = Report(gold["id"], gold["text"], headline, gold.get("publisher"), published, gold.get("url"))
            loaded.append(
                (report, [statement_of(report, n, each) for n, each in enumerate(gold["statements"])], gold["statements"])
            )
    return loaded


def date_of(name: str, url: str) -> str | None:
    """The day that stands in a report's id or address; the newswire reports ("fw-") are all of 2022."""
    found = _DATE.search(name) or _DATE.search(url)
    return "-".join(found.groups()) if found else "2022" if name.startswith("fw-") else None


def golds(statement: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    return [
        (role, each)
        for role, key in (("actor", "actor"), ("recipient", "recipient"), ("source", "sources"))
        for each in statement[key]
    ]


def main(path: str, *, errors: bool = False) -> None:
    count: Counter[tuple[str, str]] = Counter()
    reports = load(path)
    resolve(*reports[0][:2])
    begin = time.process_time()
    results = [resolve(report, statements) for report, statements, _ in reports]
    taken = time.process_time() - begin
    for (report, _, gold), identities in zip(reports, results, strict=True):
        parties = iter([each for each in identities if each.role in ("actor", "recipient", "source")])
        for statement in gold:
            for role, mention in golds(statement):
                compare(count, role, mention, next(parties), report, errors=errors)
    for role in ("actor", "recipient", "source", "all"):
        n = count[role, "n"]
        print(
            f"{role:10s} {n:5d}  "
            + "  ".join(f"{what} {count[role, what] / n:.3f}" for what in ("country", "sector", "both"))
        )
    total = sum(len(statements) for _, statements, _ in reports)
    print(f"{total / taken:,.0f} statements a second")


def compare(
    count: Counter[tuple[str, str]], role: str, gold: dict[str, Any], got: Identity, report: Report, *, errors: bool
) -> None:
    country, sector = got.country == gold.get("country"), got.sector == gold.get("sector")
    for group in (role, "all"):
        count[group, "n"] += 1
        count[group, "country"] += country
        count[group, "sector"] += sector
        count[group, "both"] += country and sector
    if errors and not (country and sector):
        wanted = f"{gold.get('country')} {gold.get('sector')}"
        words = f"{gold['text']!r} is={gold.get('is')!r}: {got.country} {got.sector}, gold {wanted}"
        print(f"{report.id[:22]:22s} {role[:3]} {words} | {got.because[:110]}")


if __name__ == "__main__":
    main(sys.argv[1], errors="--errors" in sys.argv)
