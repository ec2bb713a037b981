"""Reports, statements and records that fill in what a test does not care about. The text decides the spans."""

from __future__ import annotations

from typing import Any

from ascribe.schema import POSITIONS, Identity, Mention, Record, Report, Source, Span, Statement, digest

TEXT = "Ruritania offers Graustark a loan\nRuritania has offered Graustark a loan, the Zenda Courier reported on Monday."


def report(text: str = TEXT, **given: Any) -> Report:
    filled = {
        "headline": text.split("\n")[0],
        "publisher": "Strelsau Wire",
        "published": "2021-03-08",
        "format": "text",
    } | given
    return Report(filled.pop("id", None) or digest(text, *filled.values()), text, **filled)


def mention(report: Report, words: str, *, nth: int = 0) -> Mention:
    """The `nth` place where `words` stand in the report."""
    start = -1
    for _ in range(nth + 1):
        start = report.text.index(words, start + 1)
    return Mention.at(report, Span(start, start + len(words)))


def source(report: Report, words: str, cue: str | None = None, *, kind: str = "media", named: bool = True) -> Source:
    return Source(mention(report, words), mention(report, cue) if cue else None, kind, named)


def statement(report: Report, trigger: str = "offered", type: str = "AGREE", **given: Any) -> Statement:
    """Fields that are words are looked up in the report; `nth_trigger` says which of several places is meant."""
    for role in ("object", "place", "time"):
        if isinstance(given.get(role), str):
            given[role] = mention(report, given[role])
    for role in ("actors", "recipients"):
        given[role] = tuple(mention(report, m) if isinstance(m, str) else m for m in given.get(role, ()))
    words = mention(report, trigger, nth=given.pop("nth_trigger", 0))
    kind = "position" if type in POSITIONS else "event"
    id = given.pop("id", None) or digest(report.id, words.span, type)
    return Statement(id, report.id, kind, type, words, **given)


def identity(statement: Statement, role: str, mention: Mention, **given: Any) -> Identity:
    return Identity(statement.id, role, mention.span, **{"score": 1.0, "because": "named so (states.csv)"} | given)


def record(text: str = TEXT, **given: Any) -> Record:
    """The loan of Ruritania, told twice: once in the headline, once on a paper's word."""
    told = report(text, **given)
    headline = statement(told, "offers", actors=["Ruritania"], recipients=["Graustark"], object="a loan")
    body = statement(
        told,
        actors=[mention(told, "Ruritania", nth=1)],
        recipients=[mention(told, "Graustark", nth=1)],
        object=mention(told, "a loan", nth=1),
        time="Monday",
        chain=(source(told, "Zenda Courier", "reported"),),
        same_as=headline.id,
    )
    known = [
        identity(each, role, words, entity=code, name=name, country=code, sector="GOV")
        for each in (headline, body)
        for role, words, code, name in (
            ("actor", each.actors[0], "RUR", "Ruritania"),
            ("recipient", each.recipients[0], "GRA", "Graustark"),
        )
    ]
    known.append(identity(body, "source", body.chain[0].mention, entity="zenda-courier", name="Zenda Courier", sector="MED"))
    when = {"earliest": "2021-03-08", "latest": "2021-03-08", "granularity": "day", "because": "Monday of the report's week"}
    assert body.time
    known.append(identity(body, "time", body.time, **when))
    return Record(told, (headline, body), tuple(known))
