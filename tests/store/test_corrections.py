"""People have the last word, the reader's own words stay, and all of it can be taken back."""

from __future__ import annotations

from dataclasses import replace

import pytest
from factories import record

from ascribe.errors import UsageError
from ascribe.schema import Record
from ascribe.store import Dossier, Question, open_dossier

LOAN = record(id="loan")
HEADLINE, BODY = LOAN.statements
ANNA = {"who": "Anna", "why": "the paper says so"}


@pytest.fixture
def path(place: str) -> str:
    with open_dossier(place) as opened:
        opened.add([LOAN, record(id="other")])
    return place


def test_a_correction_is_shown_with_its_mark_and_found(path: str) -> None:
    with open_dossier(path) as dossier:
        done = dossier.correct(BODY.id, "actor.country", "ZEN", **ANNA)
        dossier.correct(BODY.id, "status", "future", **ANNA)
        assert (done.field, done.old, done.new, done.who, done.why) == ("actor.1.country", "RUR", "ZEN", "Anna", ANNA["why"])
        [answer] = dossier.find(Question(actor=["ZEN"], statuses=["future"]))
        assert answer.statement.status == "future"
        assert answer.statement.corrected == ("actor.1.country", "status")
        actor = next(identity for identity in answer.identities if identity.role == "actor")
        assert actor.country == "ZEN"
        assert actor.because == f"corrected by Anna on {done.at[:10]}: the paper says so"
        assert dossier.count(Question(statuses=["actual"])) == 3
        assert [r.statements[1].corrected for r in dossier.records(["loan", "other"])] == [answer.statement.corrected, ()]


def test_everything_can_be_taken_back(path: str) -> None:
    with open_dossier(path) as dossier:
        before = list(dossier.records())
        dossier.correct(BODY.id, "type", "CLAIM", **ANNA)
        dossier.correct(BODY.id, "type", "AID", **ANNA)
        dossier.undo(BODY.id, "type", who="Bert", why="no")
        assert [a.statement.type for a in dossier.find(Question(types=["CLAIM"]))] == ["CLAIM"]
        dossier.undo(BODY.id, "type", who="Bert", why="no")
        assert list(dossier.records()) == before
        assert dossier.count(Question(types=["AGREE"])) == 4
        assert [(c.old, c.new, c.who) for c in dossier.corrections()] == [
            ("AGREE", "CLAIM", "Anna"),
            ("CLAIM", "AID", "Anna"),
            ("AID", "CLAIM", "Bert"),
            ("CLAIM", "AGREE", "Bert"),
        ]
        with pytest.raises(UsageError, match="nothing to undo"):
            dossier.undo(BODY.id, "type", **ANNA)


def test_identities_made_again_respect_corrections(path: str) -> None:
    with open_dossier(path) as dossier:
        dossier.correct(BODY.id, "actor.country", "ZEN", **ANNA)
        anew = [
            replace(i, entity="XXX", country="XXX", score=0.5) if i.role in ("actor", "recipient") else i
            for i in LOAN.identities
        ]
        dossier.replace_identities("loan", anew)
        [now] = dossier.records(["loan"])
        assert country(now, "actor") == ["XXX", "ZEN"]
        assert country(now, "recipient") == ["XXX", "XXX"]
        assert dossier.count(Question(actor=["ZEN"])) == 1
        assert dossier.count(Question(recipient=["XXX"])) == 2
        assert dossier.count(Question(recipient=["GRA"])) == 2  # of the other report
        dossier.undo(BODY.id, "actor.country", **ANNA)
        assert list(dossier.records(["loan"])) == [replace(LOAN, identities=tuple(anew))]


def country(record: Record, role: str) -> list[str | None]:
    return [identity.country for identity in record.identities if identity.role == role]


def test_a_day_and_a_dispute_can_be_corrected(path: str) -> None:
    with open_dossier(path) as dossier:
        dossier.correct(BODY.id, "time.earliest", "2020-05", **ANNA)
        dossier.correct(BODY.id, "time.latest", "2020-05", **ANNA)
        dossier.correct(HEADLINE.id, "dispute", "hentzau", **ANNA)
        assert [a.statement.id for a in dossier.find(Question(latest="2020-12-31"))] == [BODY.id]
        assert [a.statement.id for a in dossier.find(Question(about=["hentzau"]))] == [HEADLINE.id]


def test_an_empty_value_says_that_nothing_is_known(path: str) -> None:
    with open_dossier(path) as dossier:
        assert dossier.correct(BODY.id, "actor.sector", "", **ANNA).new is None


@pytest.mark.parametrize(
    ("statement", "field", "value", "said"),
    [
        ("none", "type", "AID", "there is no statement 'none'"),
        (BODY.id, "colour", "red", "there is no field 'colour'"),
        (BODY.id, "actor.0.country", "ZEN", "there is no field"),
        (BODY.id, "actor.3.country", "ZEN", "has no actor 3"),
        (BODY.id, "place.name", "Zenda", "has no place"),
        (BODY.id, "type", "KISS", "is none of AGREE"),
        (BODY.id, "time.earliest", "soon", "is no date"),
        (BODY.id, "actor.sector", "XYZ", "is none of GOV"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_kept(path: str, statement: str, field: str, value: str, said: str) -> None:
    with open_dossier(path) as dossier:
        with pytest.raises(UsageError, match=said):
            dossier.correct(statement, field, value, **ANNA)
        assert dossier.corrections() == []
        assert unchanged(dossier)


def unchanged(dossier: Dossier) -> bool:
    return list(dossier.records()) == [LOAN, record(id="other")]
