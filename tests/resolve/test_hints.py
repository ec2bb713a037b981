"""The guess at parties that no table explains."""

from __future__ import annotations

import pytest

from ascribe.data import rows
from ascribe.resolve import resolve
from ascribe.resolve.hints import guess, hints_of
from ascribe.resolve.index import Index
from ascribe.schema import Identity, Mention, Report, Source, Span, Statement

TEXT = "Zorvath Brul was shot in Japan. Umberlin Quast chairs the board of a steel firm."
CASES = [
    ("the one who is attacked", "Zorvath Brul", "recipient", "ASSAULT", "CVL"),
    ("the one who attacks", "Zorvath Brul", "actor", "MOBILIZE", "MIL"),
]


def identity(words: str, role: str, kind: str) -> Identity:
    start = TEXT.index(words)
    party = Mention(words, Span(start, start + len(words)))
    parties = {"actors": (party,)} if role == "actor" else {"recipients": (party,)}
    statement = Statement("1", "r", "event", kind, Mention("shot", Span(17, 21)), **parties)
    return next(each for each in resolve(Report("r", TEXT), [statement]) if each.role == role)


@pytest.mark.parametrize(("_", "words", "role", "kind", "sector"), CASES, ids=[case[0] for case in CASES])
def test_a_party_without_explanation_is_guessed_by_what_it_does(
    _: str, words: str, role: str, kind: str, sector: str
) -> None:
    found = identity(words, role, kind)
    assert found.sector == sector, found.because
    assert found.score <= 0.2
    assert "sector_hints.csv" in found.because


def test_hints_leave_the_names_of_tables_out() -> None:
    hints = hints_of(Index(Report("r", TEXT)), Span(0, 12), ["recipient ASSAULT"], {"GOV": 3, "CVL": 1})
    assert hints["near shot"] == 1.0
    assert "near japan" not in hints
    assert hints["report GOV"] == 0.75
    assert hints["shape name2"] == 1.0


def test_what_is_never_hinted_at_stays_open() -> None:
    assert guess({"near nothingofthekind": 1.0})[0] is None


def test_the_table_is_sorted_and_its_weights_are_numbers() -> None:
    table = [(row["hint"], row["sector"]) for row in rows("sector_hints")]
    assert table == sorted(set(table))
    assert all(abs(float(row["weight"])) < 10 for row in rows("sector_hints"))
    assert {row["hint"].split()[0] for row in rows("sector_hints")} <= {"always", "shape", "in", "near", "act", "report"}


def test_a_source_is_hinted_at_by_its_kind() -> None:
    party = Mention("Zorvath Brul", Span(0, 12))
    chain = (Source(party, None, "media", True),)
    statement = Statement("1", "r", "event", "ACCUSE", Mention("shot", Span(17, 21)), chain=chain)
    assert resolve(Report("r", TEXT), [statement])[0].sector == "MED"
