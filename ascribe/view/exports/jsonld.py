"""JSON-LD: each statement a schema.org Claim with its provenance in PROV-O, whatever its status and stance.

The publisher says it (prov:wasAttributedTo). Each further source of the chain is a telling of its own, from which the one
outside of it was taken: prov:wasQuotedFrom where the words stand in quotation marks and are the innermost source's, else
prov:wasDerivedFrom. The context stands in the file: nothing is fetched to read it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO, Final
from urllib.parse import quote

from ascribe.schema import Identity, Mention, Record, Report, Source, Statement
from ascribe.store.when import days_of
from ascribe.view.exports.format import Format, Left
from ascribe.view.record import Known, counted, dispute_of, known_by_statement

Node = dict[str, Any]

CONTEXT: Final = {
    "ascribe": "urn:ascribe:term:",
    "oa": "http://www.w3.org/ns/oa#",
    "prov": "http://www.w3.org/ns/prov#",
    "schema": "https://schema.org/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "oa:start": {"@type": "xsd:nonNegativeInteger"},
    "oa:end": {"@type": "xsd:nonNegativeInteger"},
    "schema:appearance": {"@type": "@id"},
    "prov:wasAttributedTo": {"@type": "@id"},
    "prov:wasDerivedFrom": {"@type": "@id"},
    "prov:wasQuotedFrom": {"@type": "@id"},
    "ascribe:answers": {"@type": "@id"},
    "ascribe:sameAs": {"@type": "@id"},
}
_KINDS: Final = {
    "person": ["prov:Person", "schema:Person"],
    "group": ["prov:Agent"],
    "organisation": ["prov:Organization", "schema:Organization"],
    "media": ["prov:Organization", "schema:NewsMediaOrganization"],
    "document": ["prov:Agent"],  # who stands behind it is not said
}


def _write(records: Iterable[Record], out: BinaryIO) -> Left:
    out.write(b'{"@context": ' + _json(CONTEXT) + b',\n "@graph": [')
    before = b"\n"
    for node in _nodes(records):
        out.write(before + _json(node))
        before = b",\n"
    out.write(b"\n]}\n")
    return Left()


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass")


def _nodes(records: Iterable[Record]) -> Iterator[Node]:
    publishers: set[str] = set()
    for record in records:
        report, known = record.report, known_by_statement(record.identities)
        if report.publisher and report.publisher not in publishers:
            publishers.add(report.publisher)
            yield _publisher(report.publisher)
        yield _report(report)
        for statement in record.statements:
            yield _claim(report, statement, known.get(statement.id, {}))
            yield from _tellings(statement, known.get(statement.id, {}))


def _iri(kind: str, id: str) -> str:
    return f"urn:ascribe:{kind}:{quote(id, safe='')}"


def _publisher(name: str) -> Node:
    return {"@id": _iri("publisher", name), "@type": _KINDS["media"], "schema:name": name}


def _report(report: Report) -> Node:
    return _filled(
        {
            "@id": _iri("report", report.id),
            "@type": ["prov:Entity", "schema:NewsArticle"],
            "schema:identifier": report.id,
            "schema:headline": report.headline,
            "schema:datePublished": report.published,
            "schema:url": report.url,
            "schema:inLanguage": report.language or "en",
            "schema:text": report.text,
            "prov:wasAttributedTo": _by_publisher(report),
        }
    )


def _by_publisher(report: Report) -> str | None:
    return _iri("publisher", report.publisher) if report.publisher else None


def _claim(report: Report, statement: Statement, known: Known) -> Node:
    earliest, latest = days_of(report, statement, known.values())
    quad, scale, code = counted(statement.type, statement.mode)
    dispute = dispute_of(known)
    return _filled(
        {
            "@id": _iri("statement", statement.id),
            "@type": ["prov:Entity", "schema:Claim"],
            "schema:identifier": statement.id,
            "schema:appearance": _iri("report", report.id),
            "schema:text": statement.trigger.text,
            "oa:hasSelector": _selector(statement.trigger),
            "prov:wasAttributedTo": _by_publisher(report),
            **_taken_from(statement, 0),
            "ascribe:kind": statement.kind,
            "ascribe:type": statement.type,
            "ascribe:mode": statement.mode,
            "ascribe:context": list(statement.contexts),
            "ascribe:status": statement.status,
            "ascribe:stance": statement.stance,
            "ascribe:quoted": statement.quoted,
            "ascribe:actor": [_party(mention, known.get(("actor", mention.span))) for mention in statement.actors],
            "ascribe:recipient": [
                _party(mention, known.get(("recipient", mention.span))) for mention in statement.recipients
            ],
            "ascribe:object": _selector(statement.object),
            "ascribe:time": _selector(statement.time),
            "ascribe:earliest": earliest,
            "ascribe:latest": latest,
            "schema:contentLocation": _place(statement.place, known),
            "ascribe:dispute": (dispute.entity or dispute.dispute) if dispute else None,
            "ascribe:answers": _iri("statement", statement.answers) if statement.answers else None,
            "ascribe:sameAs": _iri("statement", statement.same_as) if statement.same_as else None,
            "ascribe:quad": quad,
            "ascribe:goldstein": scale,
            "ascribe:cameo": code,
            "ascribe:confidence": statement.confidence,
        }
    )


# ---- the chain ----


def _telling(statement: Statement, position: int) -> str:
    return f"{_iri('statement', statement.id)}:source:{position}"


def _taken_from(statement: Statement, position: int) -> Node:
    """The telling from which the one at `position` (0 is the report's own) was taken."""
    if position == len(statement.chain):
        return {}
    quoted = statement.quoted and position == len(statement.chain) - 1
    return {"prov:wasQuotedFrom" if quoted else "prov:wasDerivedFrom": _telling(statement, position + 1)}


def _tellings(statement: Statement, known: Known) -> Iterator[Node]:
    """What each source of the chain says, outermost first, and who it is."""
    for position, source in enumerate(statement.chain, 1):
        yield {
            "@id": _telling(statement, position),
            "@type": ["prov:Entity"],
            "prov:wasAttributedTo": f"{_telling(statement, position)}:agent",
            **_taken_from(statement, position),
        }
        yield _agent(source, known.get(("source", source.mention.span)), f"{_telling(statement, position)}:agent")


def _agent(source: Source, identity: Identity | None, id: str) -> Node:
    """Unnamed sources stay distinct: each telling has its own agent, and `ascribe:entity` says whom we take it for."""
    cue = _selector(source.cue)
    return _filled(
        _party(source.mention, identity)
        | {
            "@id": id,
            "@type": _KINDS[source.kind],
            "ascribe:sourceKind": source.kind,
            "ascribe:named": source.named,
            "ascribe:cue": cue,
        }
    )


# ---- mentions ----


def _party(mention: Mention, identity: Identity | None) -> Node:
    means = identity
    return _filled(
        {
            "schema:name": (means.name if means else None) or mention.text,
            "ascribe:country": means.country if means else None,
            "ascribe:sector": means.sector if means else None,
            "ascribe:entity": means.entity if means else None,
            "oa:hasSelector": _selector(mention),
        }
    )


def _place(mention: Mention | None, known: Known) -> Node | None:
    if mention is None:
        return None
    place = known.get(("place", mention.span))
    return _filled(
        {
            "@type": "schema:Place",
            "schema:name": (place.name if place else None) or mention.text,
            "schema:latitude": place.lat if place else None,
            "schema:longitude": place.lon if place else None,
            "ascribe:country": place.country if place else None,
            "ascribe:dispute": place.dispute if place else None,
            "oa:hasSelector": _selector(mention),
        }
    )


def _selector(mention: Mention | None) -> Node | None:
    """Where the words stand in the report's text, as Web Annotation says it."""
    if mention is None:
        return None
    return {
        "@type": ["oa:TextPositionSelector", "oa:TextQuoteSelector"],
        "oa:start": mention.span.start,
        "oa:end": mention.span.stop,
        "oa:exact": mention.text,
    }


def _filled(node: Node) -> Node:
    return {key: value for key, value in node.items() if value not in (None, [])}


JSONLD: Final = Format("jsonld", "a graph of claims with their provenance", _write)
