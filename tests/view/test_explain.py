from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from factories import identity, mention, record, report, source, statement

from ascribe.gather.strip import Dropped
from ascribe.schema import Name, Reading, Record, Report, Span, Told, Trigger
from ascribe.view import explain
from ascribe.view.terminal import width

SHARED = Path(os.environ.get("ASCRIBE_SHARED", Path(__file__).parents[3] / "shared"))


TROOPS = "“its” is Graustark, the last country named; “troops” are MIL (words.csv)"


def read_by_hand() -> tuple[Record, Reading]:
    """A report with every kind of mark, statement and meaning that a page can show."""
    told = report(
        "Graustark denies seizure of Hentzau pass\n"
        "Graustark's envoy on Monday denied that its border troops had taken the Hentzau pass, which Ruritania calls the "
        "Rischenheim gap, the Zenda Courier reported, citing a letter.\n"
        "“We will not answer,” an official in Strelsau said.",
        published="2021-03-09",
        url="https://zenda.example/1",
        id="hentzau-1",
    )
    seizure = statement(
        told, "seizure", "ASSAULT", actors=["Graustark"], object="Hentzau pass", status="hypothetical", stance="denies"
    )
    taken = statement(
        told,
        "taken",
        "ASSAULT",
        actors=["its border troops"],
        object=mention(told, "Hentzau pass", nth=1),
        time="Monday",
        status="hypothetical",
        stance="denies",
        chain=(
            source(told, "Zenda Courier", "reported"),
            source(told, "letter", "citing", kind="document", named=False),
            source(told, "envoy", kind="person", named=False),
        ),
        same_as=seizure.id,
        mode="seize",
    )
    calls = statement(
        told, "calls", "CLAIM", actors=["Ruritania"], object="Rischenheim gap", place=mention(told, "Hentzau pass", nth=1)
    )
    reject = statement(
        told,
        "will not answer",
        "REJECT",
        actors=["We"],
        chain=(source(told, "official in Strelsau", "said", kind="person", named=False),),
        quoted=True,
        answers=taken.id,
    )
    statements = (seizure, taken, calls, reject)
    assert taken.time
    assert calls.place
    known = (
        identity(
            seizure,
            "actor",
            seizure.actors[0],
            country="GRA",
            sector="GOV",
            name="Graustark",
            because="name of GRA (states.csv)",
        ),
        identity(taken, "actor", taken.actors[0], country="GRA", sector="MIL", name="Graustark", because=TROOPS),
        identity(
            taken,
            "source",
            taken.chain[0].mention,
            country="RUR",
            sector="MED",
            name="Zenda Courier",
            because="publishers.csv",
        ),
        identity(
            taken,
            "time",
            taken.time,
            earliest="2021-03-08",
            latest="2021-03-08",
            granularity="day",
            because="the Monday before 2021-03-09",
        ),
        identity(
            calls,
            "actor",
            calls.actors[0],
            country="RUR",
            sector="GOV",
            name="Ruritania",
            because="name of RUR (states.csv)",
        ),
        identity(
            calls, "place", calls.place, lat=45.25, lon=-12.5, name="Hentzau pass", dispute="hentzau", because="places.csv"
        ),
        identity(
            calls,
            "dispute",
            mention(told, "Rischenheim gap"),
            entity="hentzau",
            name="Hentzau pass",
            because="name used by RUR (dispute_names.csv)",
        ),
    )
    return Record(told, statements, known), marked(told, statements)


def marked(told: Report, statements: tuple[object, ...]) -> Reading:
    def span(words: str, nth: int = 0) -> Span:
        return mention(told, words, nth=nth).span

    lines = told.text.split("\n")
    starts = [sum(len(line) + 1 for line in lines[:number]) for number in range(len(lines))]
    names = [
        ("Graustark", "place"),
        ("Hentzau pass", "place"),
        ("envoy", "person"),
        ("Monday", "time"),
        ("Zenda Courier", "organisation"),
    ]
    return Reading(
        told,
        tuple(Span(start, start + len(line)) for start, line in zip(starts, lines, strict=True)),
        names=tuple(Name(span(words), label, 1.0) for words, label in names),
        triggers=(
            Trigger(span("seizure"), "ASSAULT", 1.0),
            Trigger(span("taken"), "ASSAULT", 1.0),
            Trigger(span("calls"), "CLAIM", 1.0),
            Trigger(span("will not answer"), "REJECT", 1.0),
        ),
        told=(
            Told(span("reported"), span("Zenda Courier"), (), 1.0),
            Told(span("citing"), span("letter"), (), 1.0),
            Told(span("said"), span("official in Strelsau"), (), 1.0),
        ),
    )


def test_the_page_of_a_report(same_page: Callable[[str, str], None]) -> None:
    record, reading = read_by_hand()
    dropped = [Dropped("byline", "By Rupert Hentzau"), Dropped("rights", "All rights reserved by the Strelsau Wire.")]
    same_page("explain-hentzau", explain(record, reading, dropped, columns=100))


def test_a_narrow_page(same_page: Callable[[str, str], None]) -> None:
    record, reading = read_by_hand()
    same_page("explain-hentzau-narrow", explain(record, reading, columns=60))


@pytest.mark.parametrize("columns", [60, 80, 100, 120, 160])
def test_no_line_is_wider_than_asked(columns: int) -> None:
    record, reading = read_by_hand()
    assert max(map(width, explain(record, reading, columns=columns).split("\n"))) <= columns


def test_colour_adds_nothing_but_colour() -> None:
    import re

    record, reading = read_by_hand()
    coloured = explain(record, reading, colour=True)
    assert "\x1b[" in coloured
    # A faint blank at the end of a line is the one thing that cannot be told apart when the colours are taken out.
    plain = "\n".join(line.rstrip() for line in re.sub(r"\x1b\[\d*m", "", coloured).split("\n"))
    assert plain == explain(record, reading)


def test_a_record_from_a_dossier_has_no_marks() -> None:
    page = explain(record())
    assert "\nmark" not in page
    assert page.startswith("gather")
    assert "according to: Zenda Courier ← (published by Strelsau Wire)" in page


def test_a_report_that_says_nothing() -> None:
    page = explain(Record(report("Rain in Strelsau", publisher=None)))
    assert "nothing that the codebook counts" in page
    assert "not known" in page


def test_what_a_text_holds_never_steers_the_terminal() -> None:
    told = report("Ruritania \x1b[31m\u202eoffers\nGraustark\r\x07 a loan", publisher="\x9b2J", headline="\x1b]0;x\x07")
    said = statement(told, "offers", actors=["Ruritania \x1b[31m\u202e"])
    page = explain(Record(told, (said,)), Reading(told, (Span(0, len(told.text)),)))
    assert not [character for character in page if ord(character) < 32 and character != "\n"]
    assert not set("\u202e\x9b\x7f") & set(page)


@pytest.mark.skipif(not (SHARED / "data" / "first_report").is_dir(), reason="the shared data are not here")
def test_the_first_report_is_explained_within_a_hundred_columns() -> None:
    from ascribe import pipeline
    from ascribe.gather import gather

    [first] = gather([str(SHARED / "data" / "first_report" / "report.txt")])
    assert isinstance(first, Report)
    reading, read = pipeline.walk(first)
    page = explain(read, reading, columns=100)
    assert max(map(width, page.split("\n"))) <= 100
    for heading in ("gather", "mark", "relate", "resolve"):
        assert f"{heading}  " in page
    assert page.count("(published by AFP)") == len(read.statements) > 0
