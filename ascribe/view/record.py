"""A record as the JSON object that `extract` prints and `export --format jsonl` writes, there and back."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

from ascribe.data import rows
from ascribe.schema import Identity, Mention, Record, Refusal, Report, Source, Span, Statement

Json = dict[str, Any]
Known = dict[tuple[str, Span], Identity]  # (role, span) of one statement -> what it means


def as_json(record: Record) -> Json:
    """A record as one line of JSON Lines holds it; `answers` and `same_as` count statements of the same report."""
    index = {statement.id: position for position, statement in enumerate(record.statements)}
    known = known_by_statement(record.identities)
    report = record.report
    return _head(report.id, report.text, report, None) | {
        "statements": [
            statement_json(
                statement,
                known.get(statement.id, {}),
                answers=index.get(statement.answers) if statement.answers else None,
                same_as=index.get(statement.same_as) if statement.same_as else None,
            )
            for statement in record.statements
        ]
    }


def refused_json(refusal: Refusal) -> Json:
    """The line that stands for an input that was not read: the same keys, nothing known but the reason."""
    return _head(None, None, None, str(refusal)) | {"statements": []}


def _head(id: str | None, text: str | None, report: Report | None, refused: str | None) -> Json:
    return {
        "id": id,
        "text": text,
        "title": report.headline if report else None,
        "publisher": report.publisher if report else None,
        "published": report.published if report else None,
        "url": report.url if report else None,
        "format": report.format if report else None,
        "refused": refused,
    }


def known_by_statement(identities: Iterable[Identity]) -> dict[str, Known]:
    """Identities by the statement they belong to, then by role and span."""
    known: dict[str, Known] = {}
    for identity in identities:
        known.setdefault(identity.statement, {})[identity.role, identity.span] = identity
    return known


def dispute_of(known: Known) -> Identity | None:
    """The identity that says which dispute a statement belongs to, if it is known."""
    disputes = (identity for (role, _), identity in known.items() if role == "dispute")
    return next((identity for identity in disputes if identity.entity or identity.dispute), None)


def statement_json(statement: Statement, known: Known, *, answers: int | str | None, same_as: int | str | None) -> Json:
    """One statement; the caller says how it points to others (by index in a report, by id elsewhere)."""
    dispute = dispute_of(known)
    kind = counted(statement.type, statement.mode)
    return {
        "id": statement.id,
        "kind": statement.kind,
        "type": statement.type,
        "mode": statement.mode,
        "contexts": list(statement.contexts),
        "trigger": _span(statement.trigger),
        "actor": [_party(mention, known.get(("actor", mention.span))) for mention in statement.actors],
        "recipient": [_party(mention, known.get(("recipient", mention.span))) for mention in statement.recipients],
        "object": _filled(statement.object),
        "place": _place(statement.place, known),
        "time": _time(statement.time, known),
        "status": statement.status,
        "stance": statement.stance,
        "quoted": statement.quoted,
        "sources": [_source(source, known.get(("source", source.mention.span))) for source in statement.chain],
        "answers": answers,
        "same_as": same_as,
        "dispute": dispute.entity or dispute.dispute if dispute else None,
        "quad": kind[0],
        "goldstein": kind[1],
        "cameo": kind[2],
        "confidence": statement.confidence,
        "because": (dispute.because or None) if dispute else None,
        "corrected": list(statement.corrected),
    }


def _span(mention: Mention | None) -> Json | None:
    if mention is None:
        return None
    return {"start": mention.span.start, "end": mention.span.stop, "text": mention.text}


def _filled(mention: Mention | None) -> Json | None:
    """The words that fill a field, with how sure the reader is that they do."""
    span = _span(mention)
    return span | {"confidence": mention.confidence} if mention and span else None


def _party(mention: Mention, identity: Identity | None) -> Json:
    return {
        "start": mention.span.start,
        "end": mention.span.stop,
        "text": mention.text,
        "name": identity.name if identity else None,
        "country": identity.country if identity else None,
        "sector": identity.sector if identity else None,
        "entity": identity.entity if identity else None,
        "because": (identity.because or None) if identity else None,
        "confidence": mention.confidence,
    }


def _source(source: Source, identity: Identity | None) -> Json:
    return _party(source.mention, identity) | {"kind": source.kind, "named": source.named, "cue": _span(source.cue)}


def _place(mention: Mention | None, known: Known) -> Json | None:
    span = _filled(mention)
    if mention is None or span is None:
        return None
    identity = known.get(("place", mention.span))
    return span | {
        "name": identity.name if identity else None,
        "lat": identity.lat if identity else None,
        "lon": identity.lon if identity else None,
        "dispute": identity.dispute if identity else None,
    }


def _time(mention: Mention | None, known: Known) -> Json | None:
    span = _filled(mention)
    if mention is None or span is None:
        return None
    identity = known.get(("time", mention.span))
    return span | {
        "from": identity.earliest if identity else None,
        "to": identity.latest if identity else None,
        "granularity": identity.granularity if identity else None,
    }


# ---- how event data sets count a type ----


@cache
def counted(type: str, mode: str | None) -> tuple[int | None, float | None, str | None]:
    """Quad class, score on the Goldstein-like scale of PLOVER, CAMEO code; all None for a position."""
    of_type = next((row for row in rows("plover_types") if row["type"] == type), None)
    if of_type is None:
        return None, None, None
    of_mode = next((row for row in rows("modes") if (row["type"], row["mode"]) == (type, mode)), of_type)
    return int(of_type["quad"]), float(of_mode["score"] or of_type["score"]), of_mode["cameo"] or of_type["cameo"]


# ---- and back ----


def from_json(line: Json) -> Record:
    """The record that such a line tells of, as far as the line tells it (a place's country, say, is not in it)."""
    report = Report(
        line["id"], line["text"], line["title"], line["publisher"], line["published"], line["url"], format=line["format"]
    )
    ids = [statement["id"] for statement in line["statements"]]
    statements = tuple(_statement_from(report, statement, ids) for statement in line["statements"])
    identities = tuple(identity for statement in line["statements"] for identity in _identities_from(statement))
    return Record(report, statements, identities)


def _statement_from(report: Report, line: Json, ids: list[str]) -> Statement:
    return Statement(
        id=line["id"],
        report=report.id,
        kind=line["kind"],
        type=line["type"],
        trigger=_mention_from(line["trigger"]),
        actors=tuple(_mention_from(mention) for mention in line["actor"]),
        recipients=tuple(_mention_from(mention) for mention in line["recipient"]),
        object=_optional_from(line["object"]),
        place=_optional_from(line["place"]),
        time=_optional_from(line["time"]),
        status=line["status"],
        quoted=line["quoted"],
        chain=tuple(
            Source(_mention_from(source), _optional_from(source["cue"]), source["kind"], source["named"])
            for source in line["sources"]
        ),
        stance=line["stance"],
        answers=None if line["answers"] is None else ids[line["answers"]],
        same_as=None if line["same_as"] is None else ids[line["same_as"]],
        mode=line["mode"],
        contexts=tuple(line["contexts"]),
        confidence=line["confidence"],
        corrected=tuple(line.get("corrected", ())),
    )


def _mention_from(line: Json) -> Mention:
    return Mention(line["text"], Span(line["start"], line["end"]), line.get("confidence", 1.0))


def _optional_from(line: Json | None) -> Mention | None:
    return None if line is None else _mention_from(line)


def _identities_from(line: Json) -> list[Identity]:
    parties = [(role, mention) for role in ("actor", "recipient") for mention in line[role]]
    found = [_party_from(line["id"], role, mention) for role, mention in parties]
    found += [_party_from(line["id"], "source", mention) for mention in line["sources"]]
    if place := line["place"]:
        where = {name: place[name] for name in ("name", "lat", "lon", "dispute")}
        found.append(Identity(line["id"], "place", Span(place["start"], place["end"]), **where))
    if time := line["time"]:
        when = {"earliest": time["from"], "latest": time["to"], "granularity": time["granularity"]}
        found.append(Identity(line["id"], "time", Span(time["start"], time["end"]), **when))
    if line["dispute"]:
        words = line["object"] or line["place"] or line["trigger"]
        span = Span(words["start"], words["end"])
        found.append(Identity(line["id"], "dispute", span, entity=line["dispute"], because=line["because"] or ""))
    return found


def _party_from(statement: str, role: str, line: Json) -> Identity:
    who = {name: line[name] for name in ("name", "country", "sector", "entity")}
    return Identity(statement, role, Span(line["start"], line["end"]), **who, because=line["because"] or "")
