"""Records out to people who annotate, and back: every offset, flag, source and link, and what is wrong by name."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from anything import records
from factories import mention, record, report, source, statement
from hypothesis import HealthCheck, given, settings

from ascribe.schema import Mention, Record, Refusal, Statement, digest
from ascribe.view.exports import format_of
from ascribe.view.exports.annotated import ARCS, FLAGS, LABELS
from ascribe.view.exports.labelstudio import config

FORMATS = ("labelstudio", "doccano")


def written(format: str, *made: Record) -> bytes:
    out = io.BytesIO()
    assert not format_of(format).write(made, out)
    return out.getvalue()


def back(format: str, content: bytes, folder: Path) -> list[Record | Refusal]:
    path = folder / "annotated"
    path.write_bytes(content)
    read = format_of(format).read
    assert read
    return list(read(str(path)))


def bare(made: Record) -> list[Statement]:
    """The statements as people can give them: ids made from the content, everybody sure, in the order of the text."""
    ids = {
        each.id: digest(made.report.id, each.type, each.trigger.span.start, each.trigger.span.stop)
        for each in made.statements
    }
    plain = [
        replace(
            each,
            id=ids[each.id],
            trigger=sure(each.trigger),
            actors=tuple(sure(m) for m in each.actors),
            recipients=tuple(sure(m) for m in each.recipients),
            object=each.object and sure(each.object),
            place=each.place and sure(each.place),
            time=each.time and sure(each.time),
            chain=tuple(replace(s, mention=sure(s.mention), cue=s.cue and sure(s.cue)) for s in each.chain),
            answers=ids.get(each.answers or ""),
            same_as=ids.get(each.same_as or ""),
            confidence=1.0,
        )
        for each in made.statements
    ]
    return sorted(plain, key=lambda each: (each.trigger.span, each.type))


def sure(words: Mention) -> Mention:
    return replace(words, confidence=1.0)


def hard() -> Record:
    """Characters beyond the first plane, a chain of two, every flag, two statements that know of each other."""
    told = report(
        "🏔 北京 rejects Graustark's 🕊 offer\nThe Zenda Courier, citing an envoy, said so.",
        id="hard",
        url="https://w.example/",
    )
    offer = statement(
        told,
        "offer",
        actors=["Graustark"],
        recipients=["北京"],
        status="hypothetical",
        mode="visit",
        contexts=("military", "territory"),
    )
    chain = (source(told, "Zenda Courier", "said"), source(told, "envoy", "citing", kind="person", named=False))
    no = statement(
        told,
        "rejects",
        "REJECT",
        actors=["北京"],
        recipients=["Graustark"],
        object="offer",
        chain=chain,
        stance="denies",
        quoted=True,
        answers=offer.id,
    )
    again = statement(told, "so", "REJECT", same_as=no.id, chain=chain[:1], place=mention(told, "Zenda"))
    return Record(told, (no, offer, again))


@pytest.mark.parametrize("format", FORMATS)
def test_everything_that_people_annotate_comes_back(format: str, tmp_path: Path) -> None:
    first = written(format, record(id="loan"), hard())
    found = back(format, first, tmp_path)
    for made, again in zip((record(id="loan"), hard()), found, strict=True):
        assert isinstance(again, Record)
        assert again.report == made.report
        assert list(again.statements) == bare(made)
    assert written(format, *[each for each in found if isinstance(each, Record)]) != b""


@pytest.mark.parametrize("format", FORMATS)
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(made=records())
def test_any_record_comes_back_or_is_named(format: str, made: Record, tmp_path: Path) -> None:
    [again] = back(format, written(format, made), tmp_path)
    twice = len({(each.type, each.trigger.span) for each in made.statements}) < len(made.statements)
    if isinstance(again, Refusal):
        assert (twice and "two statements" in again.reason) or (not made.report.text.strip() and "no text" in again.reason)
    else:
        assert again.report == made.report
        assert list(again.statements) == bare(made)


def test_the_words_of_each_region_are_those_of_the_text() -> None:
    made = hard()
    [task] = json.loads(written("labelstudio", made))
    for item in task["predictions"][0]["result"]:
        if item["type"] == "labels":
            value = item["value"]
            assert made.report.text[value["start"] : value["end"]] == value["text"]


def test_offsets_of_a_browser_are_understood(tmp_path: Path) -> None:
    """JavaScript counts a character beyond the first plane as two."""
    [task] = json.loads(written("labelstudio", hard()))
    text = hard().report.text
    for item in task["predictions"][0]["result"]:
        if "value" in item:
            for end in ("start", "end"):
                item["value"][end] = len(text[: item["value"][end]].encode("utf-16-le")) // 2
    [again] = back("labelstudio", json.dumps([task]).encode(), tmp_path)
    assert isinstance(again, Record)
    assert list(again.statements) == bare(hard())


def test_what_people_did_last_counts(tmp_path: Path) -> None:
    [task] = json.loads(written("labelstudio", record(id="loan")))
    empty, cancelled = {"result": []}, {"result": task["predictions"][0]["result"], "was_cancelled": True}
    for done, number in (
        ([], 2),
        ([empty], 0),
        ([cancelled], 2),
        ([task["predictions"][0], empty], 0),
        ([empty, task["predictions"][0]], 2),
    ):
        [again] = back("labelstudio", json.dumps([task | {"annotations": done}]).encode(), tmp_path)
        assert isinstance(again, Record)
        assert len(again.statements) == number


def changed(change: Any) -> bytes:
    line = json.loads(written("doccano", record(id="loan")))
    change(line)
    return json.dumps(line).encode()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"{", "is no JSON"),
        (b"[1]", "is no line of doccano"),
        (b'{"text": "x"}', "is no line of doccano"),
        (changed(lambda line: line.update(text=" ")), "holds no text"),
        (changed(lambda line: line["entities"][0].update(end_offset=9_999)), "outside of its text"),
        (changed(lambda line: line["entities"][0].update(label="HUG")), "has a label 'HUG'"),
        (changed(lambda line: line["relations"][0].update(type="hugs")), "has an arc 'hugs'"),
        (changed(lambda line: line["relations"][0].update(to_id=999)), "region that is not there"),
        (
            changed(lambda line: line["relations"][0].update(from_id=line["relations"][0]["to_id"])),
            "arcs start at a trigger",
        ),
    ],
)
def test_what_is_wrong_is_named(content: bytes, reason: str, tmp_path: Path) -> None:
    [refused] = back("doccano", b"\n" + content, tmp_path)
    assert isinstance(refused, Refusal)
    assert refused.place == "line 2"
    assert reason in refused.reason
    assert "\n" not in str(refused)


@pytest.mark.parametrize(
    "content",
    [
        b"{",
        b"[{}]",
        b'[{"data": {"text": "x"}}]',
        b'[{"data": {"text": "x"}, "annotations": [{"result": [{"type": "labels"}]}]}]',
    ],
)
def test_what_is_no_task_is_named(content: bytes, tmp_path: Path) -> None:
    [refused] = back("labelstudio", content, tmp_path)
    assert isinstance(refused, Refusal)


def test_the_labelling_interface_has_every_label_arc_and_flag() -> None:
    from lxml import etree

    view = etree.fromstring(config())
    assert [label.get("value") for label in view.iter("Label")] == list(LABELS)
    assert [arc.get("value") for arc in view.iter("Relation")] == list(ARCS)
    choices = {each.get("name"): [choice.get("value") for choice in each] for each in view.iter("Choices")}
    assert choices == {flag: list(values) for flag, values in FLAGS.items()}
