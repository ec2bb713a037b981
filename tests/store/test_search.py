from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from factories import identity, mention, record, report, source, statement
from sqlalchemy import event

from ascribe.errors import UsageError
from ascribe.schema import Record
from ascribe.store import Dossier, Question, open_dossier
from ascribe.store.when import days_of, first_day, last_day


def pass_of_hentzau() -> Record:
    told = report(
        "Hentzau pass is ours, Zenda says\nZenda could claim the Hentzau pass, which Graustark calls Rischenheim gap.\n"
        "It rained.",
        id="pass",
        publisher="Agence Rassendyll",
        published="2022-11-30",
    )
    claim = statement(
        told,
        "claim",
        "CLAIM",
        actors=[mention(told, "Zenda", nth=1)],
        object=mention(told, "Hentzau pass", nth=1),
        status="hypothetical",
        chain=(source(told, "Graustark"),),
        stance="hedges",
    )
    where = mention(told, "Hentzau pass", nth=1)
    known = (
        identity(claim, "actor", claim.actors[0], country="CAN", name="Free City of Zenda", entity="zenda-city"),
        identity(claim, "dispute", where, entity="hentzau", name="Hentzau question"),
        identity(claim, "time", where, earliest="2010", latest=None),
    )
    return Record(told, (claim,), known)


@pytest.fixture(scope="module")
def dossier(fresh: Callable[[], str]) -> Iterator[Dossier]:
    with open_dossier(fresh()) as opened:
        opened.add([record(id="loan"), pass_of_hentzau()])
        yield opened


LOAN, TELLING, PASS = ("loan", "offers"), ("loan", "offered"), ("pass", "claim")


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (Question(), [LOAN, TELLING, PASS]),
        (Question(actor=["RUR"]), [LOAN, TELLING]),
        (Question(actor=["rur"]), [LOAN, TELLING]),
        (Question(actor=["Ruritania"]), [LOAN, TELLING]),
        (Question(actor=["GRA"]), []),
        (Question(recipient=["GRA"]), [LOAN, TELLING]),
        (Question(actor=["RUR", "CAN"]), [LOAN, TELLING, PASS]),
        (Question(actor=["could"]), []),
        (Question(actor=["free city"]), [PASS]),
        (Question(actor=["zenda-city"]), [PASS]),
        (Question(source=["zenda courier"]), [TELLING]),
        (Question(source=["zenda-courier"]), [TELLING]),
        (Question(source=["Courier", "Graustark"]), [TELLING, PASS]),
        (Question(source=["strelsau wire"]), [LOAN, TELLING]),
        (Question(source=["Rassendyll"]), [PASS]),
        (Question(about=["hentzau"]), [PASS]),
        (Question(about=["Hentzau question"]), [PASS]),
        (Question(about=["rischenheim"]), [PASS]),  # a word of the paragraph
        (Question(about=["rained"]), []),  # stands in another paragraph
        (Question(about=["loans"]), [LOAN, TELLING]),
        (Question(about=["CAN"]), []),  # a country is not what it is about, and "could" is no "can"
        (Question(types=["CLAIM"]), [PASS]),
        (Question(types=["CLAIM", "AGREE"], actor=["RUR"]), [LOAN, TELLING]),
        (Question(statuses=["hypothetical"]), [PASS]),
        (Question(stances=["hedges"]), [PASS]),
        (Question(stances=["asserts"], statuses=["hypothetical"]), []),
        (Question(earliest="2022-01-01"), [PASS]),
        (Question(latest="2009-12-31"), []),
        (Question(latest="2010-01-01"), [PASS]),  # "since 2010" had begun
        (Question(earliest="2021-03-08", latest="2021-03-08"), [LOAN, TELLING, PASS]),
        (Question(earliest="2022-12-01"), []),
    ],
)  # fmt: skip
def test_questions(dossier: Dossier, asked: Question, expected: list[tuple[str, str]]) -> None:
    found = [(answer.report.id, answer.statement.trigger.text) for answer in dossier.find(asked)]
    assert found == expected
    assert dossier.count(asked) == len(expected)
    assert list(dossier.find(asked, limit=1)) == list(dossier.find(asked))[:1]


def test_an_answer_holds_the_statement_as_it_was_stored(dossier: Dossier) -> None:
    [answer] = dossier.find(Question(about=["hentzau"]))
    assert (answer.statement,) == pass_of_hentzau().statements
    assert tuple(answer.identities) == pass_of_hentzau().identities
    assert answer.report.publisher == "Agence Rassendyll"


@pytest.mark.parametrize(
    "typed",
    ['"', 'a" OR "b', "*", "NEAR(a b)", "actor:RUR", "^q", "{source} : x", "'; DROP TABLE said; --", "¤", "a\0b", "-", "…"],
)
def test_nothing_typed_is_read_as_a_query(dossier: Dossier, typed: str) -> None:
    if any(character.isalnum() for character in typed):
        assert list(dossier.find(Question(about=[typed]))) == []
    else:
        with pytest.raises(UsageError, match="no letter"):
            list(dossier.find(Question(about=[typed])))


@pytest.mark.parametrize(
    "asked",
    [
        Question(actor=["RUR"], source=["wire"]),
        Question(types=["CLAIM"], earliest="2020-01-01"),
        Question(statuses=["future"]),
        Question(stances=["denies"]),
        Question(about=["pass"], types=["AGREE"]),
    ],
    ids=lambda asked: " ".join(name for name in asked.__slots__ if getattr(asked, name)),
)  # fmt: skip
def test_questions_are_answered_from_indexes(dossier: Dossier, asked: Question) -> None:
    if dossier._engine.dialect.name != "sqlite":
        pytest.skip("a planner that counts rows scans tables of two")
    run: list[tuple[str, object]] = []
    event.listen(dossier._engine, "before_cursor_execute", lambda c, cursor, sql, given, *_: run.append((sql, given)))
    list(dossier.find(asked))
    with dossier._read() as connection:
        asked_for = [(sql, given) for sql, given in run if sql.startswith("SELECT")]
        plans = [connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", given).all() for sql, given in asked_for]
    steps = [row.detail for plan in plans for row in plan]
    assert not [step for step in steps if step.startswith(("SCAN statements", "SCAN reports"))], steps


@pytest.mark.parametrize(
    ("prefix", "first", "last"),
    [
        ("2014", "2014-01-01", "2014-12-31"),
        ("2016-02", "2016-02-01", "2016-02-29"),
        ("2014-02-06", "2014-02-06", "2014-02-06"),
        ("2014-02-06T10:15:00+00:00", "2014-02-06", "2014-02-06"),
        ("1945", "1945-01-01", "1945-12-31"),
        ("2014-13", None, None),
        ("2014-02-30", None, None),
        ("yesterday", None, None),
        ("٢٠١٤", None, None),
        (None, None, None),
    ],
)
def test_prefixes_cover_whole_days(prefix: str | None, first: str | None, last: str | None) -> None:
    assert (first_day(prefix), last_day(prefix)) == (first, last)


def test_days_of_a_statement() -> None:
    told = report()
    monday = statement(told, time="Monday")

    def days(earliest: str | None, latest: str | None) -> tuple[str | None, str | None]:
        assert monday.time
        return days_of(told, monday, [identity(monday, "time", monday.time, earliest=earliest, latest=latest)])

    assert days("2020", "2020-05") == ("2020-01-01", "2020-05-31")
    assert days("2020", None) == ("2020-01-01", "2021-03-08")  # open: up to the report
    assert days("2022-01", None) == ("2022-01-01", "2022-01-01")  # open, and after the report
    assert days(None, "1945") == (None, "1945-12-31")
    assert days(None, None) == (None, None)  # a time that is not understood is not the report's
    assert days_of(told, statement(told), []) == ("2021-03-08", "2021-03-08")
    assert days_of(told, statement(told, status="historical"), []) == (None, None)
