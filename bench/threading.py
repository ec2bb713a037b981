"""Grouping as reports arrive: reports a second, memory and cost a report while a dossier grows.

    python -m bench.threading [--sizes 1000 10000 100000] [--tellings 6] [--a-day 40] [--memory dossier|held]

The reports are made up: affairs of two states with an offer, a refusal, a patrol and a claim, each told by several papers,
now and then as a copy. They are stored in batches as `ascribe read` stores them and threaded as they come; storing is not
timed, grouping with all that it reads and writes is. Prints one JSON object a size: the rate over the last tenth of the
reports shows what one costs when the dossier is that large.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice
from pathlib import Path

from ascribe.data import rows
from ascribe.schema import POSITIONS, Identity, Mention, Record, Report, Source, Span, Statement, digest
from ascribe.store import open_dossier
from ascribe.thread.groups import Groups
from ascribe.thread.kept import keeping
from ascribe.thread.memory import Held

_BATCH = 200  # reports stored at once
_ACTS = (
    ("AGREE", "offered", "a {what} to {them} near {place}"),
    ("REJECT", "rejected", "the {what} that {them} had wanted at {place}"),
    ("MOBILIZE", "sent", "{number} ships towards {place} in the view of {them}"),
    ("ACCUSE", "accused", "{them} of holding back the {what} of {place}"),
    ("CLAIM", "claims", "the islets of {place} against {them}"),
)
_PAPERS = ("Wire", "Courier", "Herald", "Gazette", "Mail", "Post", "Observer", "Tribune")
_SYLLABLES = ("bar", "den", "fel", "gor", "hal", "kin", "lor", "mar", "nov", "pel", "ros", "tan", "ur", "vel", "zan")


def reports(tellings: int, a_day: int, seed: int = 7) -> Iterator[Record]:
    """Reports without end, by date: each affair is told by about `tellings` papers within a week."""
    chance = random.Random(seed)
    states = [row for row in rows("states") if row["kind"] == "state"]
    open_: list[tuple[dict[str, str], int]] = []
    day = date(2001, 1, 1)
    while True:
        for _ in range(a_day):
            if len(open_) < 7 * a_day // tellings:
                open_.append((_affair(chance, states), tellings))
            at = chance.randrange(len(open_))
            affair, left = open_.pop(at)
            yield _report(chance, affair, day)
            if left > 1:
                open_.append((affair, left - 1))
        day += timedelta(days=1)


def _affair(chance: random.Random, states: list[dict[str, str]]) -> dict[str, str]:
    one, other = chance.sample(states, 2)

    def word() -> str:
        return "".join(chance.choices(_SYLLABLES, k=3))

    made = {"us": one["name"], "us_code": one["id"], "them": other["name"], "them_code": other["id"]}
    return made | {"place": word().title(), "what": word(), "person": word().title(), "number": str(chance.randrange(2, 30))}


def _report(chance: random.Random, affair: dict[str, str], day: date) -> Record:
    publisher = f"{chance.choice(_SYLLABLES).title()} {chance.choice(_PAPERS)}"
    acts = chance.sample(_ACTS, 4)
    sentences = [
        f"{affair['us']} {trigger} {about.format(**affair)}, {affair['person']} told reporters as {_filler(chance)}."
        for _, trigger, about in acts
    ]
    text = "\n".join(
        [f"{affair['place']} and {affair['us']}", *sentences, f"It was a day of {_filler(chance)} {_filler(chance)}."]
    )
    id = digest(text, publisher, day.isoformat(), str(chance.random()))
    report = Report(id, text, text.split("\n")[0], publisher, day.isoformat())
    made = [_statement(report, affair, *act[:2]) for act in acts]
    return Record(report, tuple(one for one, _ in made), tuple(identity for _, known in made for identity in known))


def _filler(chance: random.Random) -> str:
    return " ".join("".join(chance.choices(_SYLLABLES, k=2)) for _ in range(6))


def _statement(report: Report, affair: dict[str, str], type: str, trigger: str) -> tuple[Statement, list[Identity]]:
    start = report.text.index(f" {trigger} ") + 1
    line = report.text.rindex("\n", 0, start) + 1
    actor = Mention.at(report, Span(line, line + len(affair["us"])))
    them = report.text.index(affair["them"], start)
    recipient = Mention.at(report, Span(them, them + len(affair["them"])))
    said = report.text.index(affair["person"], start)
    source = Source(Mention.at(report, Span(said, said + len(affair["person"]))), None, "person", True)
    span = Span(start, start + len(trigger))
    kind = "position" if type in POSITIONS else "event"
    one = Statement(
        digest(report.id, span, type),
        report.id,
        kind,
        type,
        Mention.at(report, span),
        (actor,),
        (recipient,),
        chain=(source,),
    )
    known = [
        Identity(one.id, "actor", actor.span, affair["us_code"], affair["us"], affair["us_code"], "GOV"),
        Identity(one.id, "recipient", recipient.span, affair["them_code"], affair["them"], affair["them_code"], "GOV"),
    ]
    return one, known


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    parser.add_argument("--tellings", type=int, default=6)
    parser.add_argument("--a-day", type=int, default=40)
    parser.add_argument("--memory", choices=["dossier", "held"], default="dossier")
    options = parser.parse_args()
    measure = _in_dossier if options.memory == "dossier" else _held
    for figures in measure(sorted(options.sizes), options.tellings, options.a_day):
        print(json.dumps(figures), flush=True)
    return 0


def _in_dossier(sizes: list[int], tellings: int, a_day: int) -> Iterator[dict[str, float]]:
    made = reports(tellings, a_day)
    with tempfile.TemporaryDirectory() as folder, open_dossier(str(Path(folder) / "bench.dossier")) as dossier:
        spent: list[float] = []
        keep = keeping(dossier)
        for size in sizes:
            while len(spent) * _BATCH < size:
                batch = list(islice(made, _BATCH))
                dossier.add(batch)
                began = time.process_time()
                keep(batch)
                spent.append(time.process_time() - began)
            yield _figures(size, spent)


def _held(sizes: list[int], tellings: int, a_day: int) -> Iterator[dict[str, float]]:
    made, groups = reports(tellings, a_day), Groups(Held())
    spent: list[float] = []
    for size in sizes:
        while len(spent) * _BATCH < size:
            batch = list(islice(made, _BATCH))
            began = time.process_time()
            for record in batch:
                groups.add(record)
            spent.append(time.process_time() - began)
        yield _figures(size, spent)


def _figures(size: int, spent: list[float]) -> dict[str, float]:
    last = spent[-max(1, len(spent) // 10) :]
    return {
        "reports": size,
        "reports_per_second": round(len(spent) * _BATCH / sum(spent), 1),
        "reports_per_second_last_tenth": round(len(last) * _BATCH / sum(last), 1),
        "peak_memory_mib": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }


if __name__ == "__main__":
    raise SystemExit(main())
