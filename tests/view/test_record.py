from __future__ import annotations

import json

import pytest
from anything import records
from factories import identity, mention, record, report, source, statement
from hypothesis import given, settings

from ascribe.schema import EVENTS, POSITIONS, Record, Refusal
from ascribe.view import as_json
from ascribe.view.record import counted, from_json, refused_json


@settings(max_examples=40, deadline=None)
@given(records())
def test_a_line_that_is_read_back_and_written_again_is_the_same_line(made: Record) -> None:
    line = json.loads(json.dumps(as_json(made)))
    again = from_json(line)
    assert as_json(again) == line
    assert [s.id for s in again.statements] == [s.id for s in made.statements]


@settings(max_examples=40, deadline=None)
@given(records())
def test_every_span_of_a_line_counts_characters_of_its_text(made: Record) -> None:
    line = as_json(made)

    def spans(value: object) -> None:
        if isinstance(value, dict):
            if "start" in value:
                assert line["text"][value["start"] : value["end"]] == value["text"]
            for each in value.values():
                spans(each)
        elif isinstance(value, list):
            for each in value:
                spans(each)

    spans(line["statements"])


def test_keys_stand_in_the_order_that_was_promised() -> None:
    told = report("Zenda: the pass was taken on Monday in Hentzau, an envoy said")
    said = statement(
        told, "taken", "ASSAULT", actors=["Zenda"], place="Hentzau", time="Monday", chain=(source(told, "envoy", "said"),)
    )
    line = as_json(Record(told, (said,)))
    assert list(line) == ["id", "text", "title", "publisher", "published", "url", "format", "refused", "statements"]
    [first] = line["statements"]
    assert list(first) == [
        "id", "kind", "type", "mode", "contexts", "trigger", "actor", "recipient", "object", "place", "time", "status",
        "stance", "quoted", "sources", "answers", "same_as", "dispute",
        "quad", "goldstein", "cameo", "confidence", "because", "corrected",
    ]  # fmt: skip
    party = ["start", "end", "text", "name", "country", "sector", "entity", "because", "confidence"]
    assert list(first["trigger"]) == ["start", "end", "text"]
    assert list(first["actor"][0]) == party
    assert list(first["sources"][0]) == [*party, "kind", "named", "cue"]
    assert list(first["place"]) == ["start", "end", "text", "confidence", "name", "lat", "lon", "dispute"]
    assert list(first["time"]) == ["start", "end", "text", "confidence", "from", "to", "granularity"]


def test_what_is_believed_stands_beside_the_words() -> None:
    told = report("Zenda: the pass was taken on Monday in Hentzau, an envoy said")
    said = statement(told, "taken", "ASSAULT", actors=["Zenda"], place="Hentzau", time="Monday", mode="seize")
    known = (
        identity(
            said, "actor", mention(told, "Zenda"), country="ZEN", sector="GOV", entity="ZEN", name="Free City of Zenda"
        ),
        identity(said, "place", mention(told, "Hentzau"), lat=1.5, lon=2.5, name="Hentzau", dispute="pass"),
        identity(said, "time", mention(told, "Monday"), earliest="2021-03-08", latest="2021-03-08", granularity="day"),
        identity(said, "dispute", mention(told, "pass"), entity="pass", because="the pass is disputed"),
    )
    [line] = as_json(Record(told, (said,), known))["statements"]
    assert line["actor"][0]["name"] == "Free City of Zenda"
    assert (line["place"]["lat"], line["place"]["lon"], line["place"]["dispute"]) == (1.5, 2.5, "pass")
    assert (line["time"]["from"], line["time"]["granularity"]) == ("2021-03-08", "day")
    assert (line["dispute"], line["because"]) == ("pass", "the pass is disputed")


def test_links_count_statements_of_the_same_report() -> None:
    first, second = as_json(record())["statements"]
    assert (first["same_as"], second["same_as"]) == (None, 0)


def test_nothing_known_is_none_and_never_a_word() -> None:
    told = report(headline=None, publisher=None, published=None, format=None)
    line = as_json(Record(told, (statement(told, actors=["Ruritania"]),)))
    assert [line[key] for key in ("title", "publisher", "published", "url", "format", "refused")] == [None] * 6
    [said] = line["statements"]
    assert [said["actor"][0][key] for key in ("name", "country", "sector", "entity", "because")] == [None] * 5
    assert [said[key] for key in ("object", "place", "time", "answers", "dispute", "because")] == [None] * 6


@pytest.mark.parametrize("type", EVENTS)
def test_every_event_type_is_counted(type: str) -> None:
    quad, score, cameo = counted(type, None)
    assert quad in (1, 2, 3, 4)
    assert score is not None
    assert (score >= 0) == (quad in (1, 2)) or type == "REQUEST"
    assert cameo
    assert len(cameo) == 2


@pytest.mark.parametrize("type", POSITIONS)
def test_positions_are_not_counted_as_events(type: str) -> None:
    assert counted(type, None) == (None, None, None)


def test_a_mode_refines_its_type_and_no_other() -> None:
    assert counted("CONSULT", "visit") == (1, 4.0, "042")
    assert counted("CONSULT", "multilateral") == (1, 4.0, "04")  # no CAMEO code of its own
    assert counted("COERCE", "ban") == (4, -7.0, "1722")  # no score of its own
    assert counted("AGREE", "visit") == counted("AGREE", None)


def test_a_refused_input_has_a_line_of_the_same_keys() -> None:
    line = refused_json(Refusal("a.jsonl", "line 3", "is no JSON"))
    assert list(line) == list(as_json(record()))
    assert (line["refused"], line["id"], line["statements"]) == ("a.jsonl: line 3: is no JSON", None, [])
