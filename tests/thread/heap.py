"""Reports of an invented affair, with their statements written down by hand: what each test adds to a heap.

Ruritania (RUR) offers Graustark (GRA) a loan if it closes a fort; papers tell it on various words."""

from __future__ import annotations

from typing import Any

from factories import identity, mention, report, source, statement

from ascribe.schema import Record, Statement

CODES = {"Ruritania": "RUR", "Strelsau": "RUR", "Graustark": "GRA", "Edelweiss": "GRA", "Axphain": "AXP"}


def told(text: str, publisher: str, published: str, *statements: dict[str, Any], **given: Any) -> Record:
    """A record of `text`: each of `statements` gives a trigger, a type, who, whom, and sources as (words, kind, named)."""
    headline = text.split("\n")[0] if "\n" in text else None
    made = report(text, publisher=publisher, published=published, headline=headline, **given)
    found: list[Statement] = []
    known = []
    for each in statements:
        each = dict(each)
        chain = tuple(source(made, words, kind=kind, named=named) for words, kind, named in each.pop("chain", ()))
        day = each.pop("day", None)
        who = {role: [mention(made, words) for words in each.pop(role, ())] for role in ("actors", "recipients")}
        one = statement(made, each.pop("trigger"), each.pop("type"), chain=chain, **who, **each)
        found.append(one)
        for role, mentions in (("actor", one.actors), ("recipient", one.recipients)):
            for party in mentions:
                code = CODES[party.text]
                known.append(identity(one, role, party, entity=code, name=party.text, country=code, sector="GOV"))
        for link in one.chain:
            code = next((code for name, code in CODES.items() if name in link.mention.text), None)
            if code and link.kind != "media":
                known.append(identity(one, "source", link.mention, country=code, sector="GOV"))
        if day and one.time:
            known.append(identity(one, "time", one.time, earliest=day, latest=day, granularity="day"))
    return Record(made, tuple(found), tuple(known))


def offer(trigger: str = "offered", **given: Any) -> dict[str, Any]:
    return {
        "trigger": trigger,
        "type": "AGREE",
        "actors": ["Ruritania"],
        "recipients": ["Graustark"],
        "object": "loan",
    } | given


COURIER = told(
    "Loan offer\nRuritania has offered Graustark a loan of nine million for the closing of Fort "
    "Tarlenheim, two diplomats told the "
    "paper on Monday. The money would come from the mint at Hofbau, they said.",
    "Zenda Courier",
    "2021-03-08",
    offer(chain=[("two diplomats", "group", False)]),
)
WIRE = told(
    "Ruritania seeks fort deal\nRuritania has offered Graustark a loan to have Fort Tarlenheim closed, "
    "the Zenda Courier reported, "
    "citing two diplomats.",
    "Strelsau Wire",
    "2021-03-09",
    offer(chain=[("Zenda Courier", "media", True), ("two diplomats", "group", False)]),
)
COPY = told(
    "Deal on fort\nRuritania has offered Graustark a loan to have Fort Tarlenheim closed, the Zenda "
    "Courier reported, citing two "
    "diplomats.",
    "Hentzau Mail",
    "2021-03-09",
    offer(chain=[("Zenda Courier", "media", True), ("two diplomats", "group", False)]),
)
AGAIN = told(
    "Our loan story travels\nThe Strelsau Wire told its readers that Ruritania had offered Graustark a "
    "loan for Fort Tarlenheim, "
    "and others took it up.",
    "Zenda Courier",
    "2021-03-10",
    offer(chain=[("Strelsau Wire", "media", True)]),
)
DENIAL = told(
    "No loan\nThe foreign ministry of Graustark said that Ruritania had offered no loan and that Fort "
    "Tarlenheim stays open.",
    "Edelweiss Gazette",
    "2021-03-11",
    offer(chain=[("foreign ministry of Graustark", "organisation", True)], stance="denies", status="hypothetical"),
)
RIVAL = told(
    "Loan talk\nA diplomat told the Herald that Ruritania offered Graustark a loan, with Fort Tarlenheim as the price.",
    "Axphain Herald",
    "2021-03-10",
    offer(chain=[("A diplomat", "person", False)]),
)
REFUSAL = told(
    "Graustark says no\nGraustark rejected the loan that Ruritania had offered and will keep Fort "
    "Tarlenheim, its premier said on "
    "Friday.",
    "Edelweiss Gazette",
    "2021-03-12",
    {"trigger": "rejected", "type": "REJECT", "actors": ["Graustark"], "recipients": ["Ruritania"], "object": "loan"},
    offer(),
)
MARCH = told(
    "Troops at fort\nRuritania sent three ships to Fort Tarlenheim on the border with Graustark on Sunday, the army said.",
    "Strelsau Wire",
    "2021-03-15",
    {
        "trigger": "sent",
        "type": "MOBILIZE",
        "actors": ["Ruritania"],
        "recipients": ["Graustark"],
        "object": "ships",
        "time": "on Sunday",
        "day": "2021-03-14",
        "chain": [("the army", "organisation", True)],
    },
)
MARCH_AGAIN = told(
    "Ships return\nRuritania sent four ships to Fort Tarlenheim on the border with Graustark on Thursday, the army said.",
    "Strelsau Wire",
    "2021-03-19",
    {
        "trigger": "sent",
        "type": "MOBILIZE",
        "actors": ["Ruritania"],
        "recipients": ["Graustark"],
        "object": "ships",
        "time": "on Thursday",
        "day": "2021-03-18",
        "chain": [("the army", "organisation", True)],
    },
)
MARCH_COUNTED = told(
    "How many ships?\nRuritania sent five ships to Fort Tarlenheim at the border of Graustark on "
    "Sunday, a ferryman told the Herald.",
    "Axphain Herald",
    "2021-03-16",
    {
        "trigger": "sent",
        "type": "MOBILIZE",
        "actors": ["Ruritania"],
        "recipients": ["Graustark"],
        "object": "ships",
        "time": "on Sunday",
        "day": "2021-03-14",
        "chain": [("a ferryman", "person", False)],
    },
)
HEAP = (COURIER, WIRE, COPY, AGAIN, DENIAL, RIVAL, REFUSAL, MARCH, MARCH_AGAIN, MARCH_COUNTED)


def reprinted(record: Record, publisher: str, published: str, *, credit: str = "") -> Record:
    """The same text and statements under another masthead, with a credit line or without."""
    from dataclasses import replace

    body = record.report.text + credit
    made = report(body, publisher=publisher, published=published, headline=record.report.headline)
    ids = {one.id: f"{made.id}{position}" for position, one in enumerate(record.statements)}
    statements = tuple(replace(one, id=ids[one.id], report=made.id) for one in record.statements)
    return Record(made, statements, tuple(replace(one, statement=ids[one.statement]) for one in record.identities))
