"""Actor strings with a date: country and sector as event data sets code them.

    python -m evaluation.actors IN.csv OUT.csv

IN has id, text, date; OUT gets id, country, sector, entity, because. Where IN brings the answers (iso3, iso3_alt, sector,
sector_alt, category; several alternatives are separated by "|") the share that is right is printed.
PLOVER codes intelligence services SPY and ruling parties GOV, and de facto entities under the state that others see them in;
the codebook does not, so this is translated here.
"""

from __future__ import annotations

import csv
import sys
from collections import Counter

from ascribe.data import rows
from ascribe.resolve.index import Index
from ascribe.resolve.parties import Parties
from ascribe.resolve.phrases import Party, rules
from ascribe.schema import Mention, Report, Span


def answer(row: dict[str, str]) -> dict[str, str]:
    text = row["text"]
    report = Report(row["id"], text, published=row["date"] or None)
    party = Parties(Index(report)).own(Mention(text, Span(0, len(text))))
    return {
        "id": row["id"],
        "country": _country(party) or "",
        "sector": _sector(party, row["date"]) or "",
        "entity": party.name or "",
        "because": party.because,
    }


def _country(party: Party) -> str | None:
    under = {row["id"]: row["coded_under"] for row in rows("states") if row["coded_under"]}
    return under.get(party.country or "", party.country)


def _sector(party: Party, date: str) -> str | None:
    return "GOV" if party.sector == "PTY" and party.entity and rules(party.entity, date) else party.sector


def right(answered: str, gold: str, alternatives: str) -> bool:
    if alternatives and not gold:
        return answered in ("", *alternatives.split("|"))
    return answered in (gold, *filter(None, alternatives.split("|")))


def score(cases: list[dict[str, str]], answers: list[dict[str, str]]) -> None:
    count: Counter[tuple[str, str]] = Counter()
    for case, given in zip(cases, answers, strict=True):
        country = right(given["country"], case["iso3"], case["iso3_alt"])
        sector = right(given["sector"], case["sector"], case["sector_alt"])
        for group in ("all", case["category"]):
            count[group, "n"] += 1
            count[group, "country"] += country
            count[group, "sector"] += sector
            count[group, "both"] += country and sector
        if not (country and sector):
            got, gold = f"{given['country']} {given['sector']}", f"{case['iso3']} {case['sector']}"
            print(f"  {case['id']} {case['text']!r} {case['date']}: {got}, gold {gold}")
    for group in sorted({group for group, _ in count}):
        n = count[group, "n"]
        shares = "  ".join(f"{what} {count[group, what] / n:.3f}" for what in ("country", "sector", "both"))
        print(f"{group:28s} {n:4d}  {shares}")


def main(source: str, target: str) -> None:
    with open(source, encoding="utf-8", newline="") as lines:
        cases = list(csv.DictReader(lines))
    answers = [answer(case) for case in cases]
    with open(target, "w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, ["id", "country", "sector", "entity", "because"], lineterminator="\n")
        writer.writeheader()
        writer.writerows(answers)
    if cases and "iso3" in cases[0]:
        score(cases, answers)


if __name__ == "__main__":
    main(*sys.argv[1:3])
