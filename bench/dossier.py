"""How fast a dossier stores and answers, and how large it becomes: `python -m bench.dossier [REPORTS ...]`.

The reports are made up here: 20 statements each, with parties, chains, places and times as a real report has them (words
and names follow a Zipf law, 30 years of dates). Times are of this process: wall clock, and processor seconds beside it for
machines on which other work runs.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from ascribe.data import rows
from ascribe.schema import STANCES, STATUSES, TYPES, Identity, Mention, Record, Report, Source, Span, Statement, digest
from ascribe.store import Dossier, Question, open_dossier

STATEMENTS = 20
BATCH = 1_000
ASKED = 12  # questions for each pair of filters


class World:
    """Names and words from which reports are made; the same seed gives the same reports."""

    def __init__(self, seed: int = 7) -> None:
        self.random = random.Random(seed)
        letters = "abcdefghijklmnopqrstuvwxyz"
        self.words = ["".join(self.random.choices(letters, k=self.random.randint(3, 9))) for _ in range(20_000)]
        self.zipf = list(itertools.accumulate(1 / (rank + 3) for rank in range(len(self.words))))
        self.states = [(row["id"], row["name"]) for row in rows("states")]
        self.by_rank = list(itertools.accumulate(1 / (rank + 3) for rank in range(len(self.states))))
        self.papers = [f"{word.title()} Wire" for word in self.words[-400:]]
        self.paper_rank = list(itertools.accumulate(1 / (rank + 3) for rank in range(len(self.papers))))
        self.disputes = [row["id"] for row in rows("disputes")]

    def state(self) -> tuple[str, str]:
        return self.random.choices(self.states, cum_weights=self.by_rank)[0]

    def paper(self) -> str:
        return self.random.choices(self.papers, cum_weights=self.paper_rank)[0]

    def some(self, count: int) -> str:
        return " ".join(self.random.choices(self.words, cum_weights=self.zipf, k=count))


def record(world: World, number: int) -> Record:
    """One report of 20 sentences in eight paragraphs and what it says."""
    chance = world.random
    day = date(1995, 1, 1) + timedelta(days=chance.randrange(11_000))
    parties = [(world.state(), world.state(), world.paper(), world.some(2)) for _ in range(STATEMENTS)]
    sentences = [
        f"{a[1]} met {b[1]} over {thing}, {paper} said on Monday; {world.some(7)}." for a, b, paper, thing in parties
    ]
    breaks = ["\n" if n % 5 in (2, 4) else " " for n in range(STATEMENTS)]
    text = "".join(itertools.chain.from_iterable(zip(sentences, breaks, strict=True))).rstrip()
    report = Report(f"report-{number:07}", text, sentences[0][:40], world.paper(), day.isoformat(), format="jsonl")
    statements: list[Statement] = []
    identities: list[Identity] = []
    start = 0
    for sentence, told in zip(sentences, parties, strict=True):
        statement, known = _said(world, report, start, told, day)
        statements.append(statement)
        identities += known
        start += len(sentence) + 1
    return Record(report, tuple(statements), tuple(identities))


def _said(
    world: World, report: Report, start: int, told: tuple[tuple[str, str], tuple[str, str], str, str], day: date
) -> tuple[Statement, list[Identity]]:
    (actor, actor_name), (recipient, recipient_name), paper, thing = told
    chance, at = world.random, start

    def mention(words: str) -> Mention:
        nonlocal at
        at = report.text.index(words, at)
        return Mention(words, Span(at, at + len(words)), round(chance.random(), 4))

    who, trigger, whom, what = mention(actor_name), mention("met"), mention(recipient_name), mention(thing)
    source, cue, when = mention(paper), mention("said"), mention("Monday")
    status = chance.choices(STATUSES, (70, 12, 8, 5, 5))[0]
    stance = chance.choices(STANCES, (90, 6, 4))[0]
    type = chance.choices(TYPES, range(len(TYPES), 0, -1))[0]
    id = digest(report.id, trigger.span.start, type)
    statement = Statement(
        id, report.id, "event", type, Mention(trigger.text, trigger.span), (who,), (whom,), what, None, when, status,
        False, (Source(source, Mention(cue.text, cue.span), "media", True),), stance, confidence=round(chance.random(), 4),
    )  # fmt: skip
    known = [
        Identity(id, "actor", who.span, actor, actor_name, actor, "GOV", score=1.0, because="named so (states.csv)"),
        Identity(id, "recipient", whom.span, recipient, recipient_name, recipient, "GOV", score=0.9, because="named so"),
        Identity(id, "source", source.span, paper.casefold().replace(" ", "-"), paper, None, "MED", score=1.0, because="x"),
        Identity(id, "time", when.span, earliest=day.isoformat(), latest=day.isoformat(), granularity="day", score=1.0),
    ]
    if chance.random() < 0.2:
        known.append(Identity(id, "dispute", what.span, chance.choice(world.disputes), because="the words of the object"))
    return statement, known


# ---- measuring ----


def percentile(values: list[float], share: float) -> float:
    return sorted(values)[min(int(len(values) * share), len(values) - 1)]


def store(dossier: Dossier, world: World, start: int, stop: int) -> tuple[float, float]:
    """Store reports `start` to `stop`, made ready before the clock runs; wall and processor seconds."""
    wall = cpu = 0.0
    for first in range(start, stop, BATCH):
        batch = [record(world, number) for number in range(first, min(first + BATCH, stop))]
        began, used = time.perf_counter(), time.process_time()
        assert all(outcome is True for outcome in dossier.add(batch))
        wall, cpu = wall + time.perf_counter() - began, cpu + time.process_time() - used
    return wall, cpu


def filters(world: World) -> dict[str, Callable[[], dict[str, object]]]:
    """Each filter with a value drawn as often as it is in the reports."""
    chance = world.random

    def since() -> dict[str, object]:
        first = date(1995, 1, 1) + timedelta(days=chance.randrange(10_600))
        return {"earliest": first.isoformat(), "latest": (first + timedelta(days=chance.randrange(1, 400))).isoformat()}

    return {
        "actor": lambda: {"actor": world.state()},
        "recipient": lambda: {"recipient": world.state()},
        "source": lambda: {"source": (world.paper(),)},
        "about": lambda: {"about": (world.some(1),)},
        "dispute": lambda: {"about": (chance.choice(world.disputes),)},
        "type": lambda: {"types": (chance.choice(TYPES),)},
        "status": lambda: {"statuses": (chance.choice(STATUSES),)},
        "stance": lambda: {"stances": (chance.choice(STANCES),)},
        "days": since,
    }


def asked(dossier: Dossier, makes: list[Callable[[], dict[str, object]]]) -> list[tuple[float, float]]:
    """Wall and processor milliseconds for 50 rows and their number, as the table of `ask` shows them."""
    found: list[tuple[float, float]] = []
    for _ in range(ASKED):
        given: dict[str, object] = {}
        for make in makes:
            given |= make()
        question = Question(**given)  # type: ignore[arg-type]
        began, used = time.perf_counter(), time.process_time()
        list(dossier.find(question, limit=50))
        dossier.count(question)
        found.append(((time.perf_counter() - began) * 1000, (time.process_time() - used) * 1000))
    return found


def line(name: str, found: list[tuple[float, float]]) -> str:
    wall, cpu = [each[0] for each in found], [each[1] for each in found]
    return (
        f"  {name:<22} p50 {percentile(wall, 0.5):6.1f}  p95 {percentile(wall, 0.95):6.1f}"
        f"   processor p50 {percentile(cpu, 0.5):6.1f}  p95 {percentile(cpu, 0.95):6.1f} ms"
    )


def ask_all(dossier: Dossier, world: World) -> None:
    made = filters(world)
    for name, make in made.items():
        print(line(name, asked(dossier, [make])), flush=True)
    pairs: list[tuple[float, float]] = []
    worst = ("", 0.0)
    for one, other in itertools.combinations(made, 2):
        if {one, other} == {"about", "dispute"}:
            continue
        found = asked(dossier, [made[one], made[other]])
        pairs += found
        worst = max(worst, (f"{one} + {other}", percentile([each[1] for each in found], 0.95)), key=lambda pair: pair[1])
    print(line("any two", pairs))
    print(f"  slowest pair: {worst[0]}, processor p95 {worst[1]:.1f} ms", flush=True)


def search(dossier: Dossier, world: World) -> list[tuple[float, float]]:
    found: list[tuple[float, float]] = []
    for _ in range(ASKED * 3):
        words = world.some(2)
        began, used = time.perf_counter(), time.process_time()
        dossier.search(words, limit=50)
        found.append(((time.perf_counter() - began) * 1000, (time.process_time() - used) * 1000))
    return found


def measure(path: Path, count: int) -> None:
    world = World()
    with open_dossier(str(path)) as dossier:
        wall, cpu = store(dossier, world, 0, count)
    size = sum(os.path.getsize(each) for each in path.parent.glob(f"{path.name}*"))
    print(
        f"{count:,} reports, {count * STATEMENTS:,} statements: stored {count / wall:,.0f} a second "
        f"({count / cpu:,.0f} a processor second), {size / 1e6:,.1f} MB, {size / count / 1000:.1f} kB a report",
        flush=True,
    )
    with open_dossier(str(path)) as dossier:
        began = time.perf_counter()
        dossier.count(Question(types=(TYPES[0],)))
        print(f"  first question of a process: {(time.perf_counter() - began) * 1000:.1f} ms")
        ask_all(dossier, world)
        print(line("search, two words", search(dossier, world)), flush=True)


def memory(path: Path, count: int) -> None:
    """Memory while `count` reports are stored, and its slope after the first fifth."""
    world, seen = World(), list[tuple[int, float]]()
    with open_dossier(str(path)) as dossier:
        for first in range(0, count, BATCH):
            store(dossier, world, first, min(first + BATCH, count))
            seen.append((first + BATCH, _resident()))
    later = [(number, used) for number, used in seen if number > count / 5]
    slope = _slope(later) * 100_000
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"reports": count, "MB per 100,000 reports": round(slope, 2), "peak MB": round(peak, 1)}))


def _resident() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def _slope(points: list[tuple[int, float]]) -> float:
    mean = [sum(column) / len(points) for column in zip(*points, strict=True)]
    up = sum((x - mean[0]) * (y - mean[1]) for x, y in points)
    slope: float = up / sum((x - mean[0]) ** 2 for x, _ in points)
    return slope


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description="speed and size of a dossier")
    parser.add_argument("reports", nargs="*", type=int, default=[1_000, 10_000, 100_000])
    parser.add_argument("--memory", type=int, metavar="N", help="only: memory while N reports are stored")
    parser.add_argument("--folder", help="where the dossiers are made; default: a temporary folder")
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(dir=given.folder) as folder:
        if given.memory:
            memory(Path(folder) / "memory.dossier", given.memory)
            return 0
        for count in given.reports:
            measure(Path(folder) / f"{count}.dossier", count)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
