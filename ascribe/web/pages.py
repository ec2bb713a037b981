"""The pages that show: each is a function from what was asked to a `Page`. `ROUTES` is the table of contents."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import asdict
from itertools import islice
from typing import Any, Final

from ascribe.schema import Record, Statement
from ascribe.store import Answer, Question
from ascribe.thread import threads_of
from ascribe.view import contradictions
from ascribe.view.exports.statements import answer_json
from ascribe.view.record import Json, as_json
from ascribe.view.told import Told, group_json
from ascribe.web import charts, names
from ascribe.web.asked import FILTERS, PAGE, REPORT_PAGE, Asked, Parameter
from ascribe.web.figures import NEWEST, Month, Pair, Tally, answers_in, ranked
from ascribe.web.page import Desk, NotFoundError, Page, Route, Sheet
from ascribe.web.text import paragraphs

ROWS: Final = 50  # statements or reports on a page
EXPORTED: Final = 10_000  # statements in a CSV; `ascribe ask --format csv` has no such limit
_SHOWN_TEXT: Final = 120_000  # characters of a report that a page shows
_UNSURE: Final = 0.5  # confidence below which a field is shown as doubtful


# ---- start and reports ----


def start(desk: Desk, _asked: Asked) -> Page:
    """What came in, what it is about, what was refused."""
    counts, newest = desk.figures.newest(), desk.figures.reports(limit=10)
    refusals = desk.dossier.refusals()
    data = {
        "counts": desk.dossier.counts(),
        "corrections": len(desk.dossier.corrections()),
        "newest": newest,
        "looked_at": counts.looked_at,
        "types": _counts(ranked(counts.types)),
        "pairs": [{"actor": a, "recipient": r, "count": n} for (a, r), n in ranked(counts.pairs, 10)],
        "disputes": _disputes(counts)[:10],
        "sources": [source._asdict() for source in counts.cited()[:10]],
        "refused": [str(refusal) for refusal in refusals[::-1][:10]],
        "runs": desk.dossier.runs()[::-1][:5],
    }
    return Page("start.html", "The dossier", data, _report_sheet(newest), {"newest_reports": NEWEST})


def reports(desk: Desk, asked: Asked) -> Page:
    """All reports, the last to come in first."""
    found = desk.figures.reports(limit=ROWS, offset=(asked.page - 1) * ROWS)
    total = desk.dossier.counts()["reports"]
    data = {"total": total, "page": asked.page, "reports": found}
    return Page("reports.html", "Reports", data, _report_sheet(found), {"more": total > asked.page * ROWS})


def refused(desk: Desk, asked: Asked) -> Page:
    """What could not be read, and why."""
    all_refusals = desk.dossier.refusals()[::-1]
    found = all_refusals[(asked.page - 1) * ROWS : asked.page * ROWS]
    lines = [{"input": each.input, "place": each.place, "reason": each.reason} for each in found]
    data = {"total": len(all_refusals), "page": asked.page, "refused": lines}
    sheet = Sheet(("input", "place", "reason"), [list(line.values()) for line in lines])
    return Page("refused.html", "Refused", data, sheet, {"more": len(all_refusals) > asked.page * ROWS})


def corrections(desk: Desk, asked: Asked) -> Page:
    """What people corrected, and took back."""
    made = [asdict(each) for each in desk.dossier.corrections()][::-1]
    found = made[(asked.page - 1) * ROWS : asked.page * ROWS]
    data = {"total": len(made), "page": asked.page, "corrections": found}
    columns = ("number", "statement", "field", "old", "new", "who", "why", "at", "undoes")
    sheet = Sheet(columns, [[line[column] for column in columns] for line in found])
    return Page("corrections.html", "Corrections", data, sheet, {"more": len(made) > asked.page * ROWS})


def _report_sheet(found: list[dict[str, Any]]) -> Sheet:
    columns = ("id", "title", "publisher", "published", "statements")
    return Sheet(columns, [[report[column] for column in columns] for report in found])


# ---- one report ----


def report(desk: Desk, asked: Asked) -> Page:
    """The text as printed, with what each of its statements rests on."""
    record = next(iter(desk.dossier.records([asked.needed("id")])), None)
    if record is None:
        raise NotFoundError("the dossier holds no report of that id")
    chosen = _chosen(record, asked.one("statement"))
    data: Json = as_json(record) | {"chosen": chosen.id if chosen else None}
    data["lines"] = [answer_json(answer) for answer in answers_in([record])]
    body = record.report.text[:_SHOWN_TEXT]
    drawn = {
        "paragraphs": paragraphs(body, record.statements, chosen),
        "cut": len(record.report.text) - len(body),
        "number": {statement.id: number for number, statement in enumerate(record.statements, 1)},
        "unsure": _UNSURE,
    }
    return Page("report.html", record.report.headline or "Report", data, lambda: answers_in([record]), drawn)


def _chosen(record: Record, id: str | None) -> Statement | None:
    if id is None:
        return None
    found = next((statement for statement in record.statements if statement.id == id), None)
    if found is None:
        raise NotFoundError("the report holds no statement of that id")
    return found


# ---- statements ----


def statements(desk: Desk, asked: Asked) -> Page:
    """The statements that fit the filters."""
    question = asked.question()
    counts = desk.figures.of(question)
    data = _list(desk, asked, question) | {
        "counted": counts.looked_at,
        "types": _counts(ranked(counts.types)),
        "statuses": _counts(ranked(counts.statuses)),
        "stances": _counts(ranked(counts.stances)),
        "actors": _counts(ranked(counts.actors, 12)),
        "recipients": _counts(ranked(counts.recipients, 12)),
    }
    return Page("statements.html", "Statements", data, _all(desk, question), _turning(data))


def _list(desk: Desk, asked: Asked, question: Question) -> Json:
    """One page of the statements that answer, by the date of their report."""
    first = (asked.page - 1) * ROWS
    found = list(islice(desk.dossier.find(question, limit=first + ROWS), first, None))
    return {"total": desk.dossier.count(question), "page": asked.page, "statements": _lines(found)}


def _turning(data: Json) -> Json:
    return {"more": data["total"] > data["page"] * ROWS, "rows": ROWS}


def _all(desk: Desk, question: Question) -> Callable[[], Iterable[Answer]]:
    return lambda: desk.dossier.find(question, limit=EXPORTED)


def _lines(answers: Iterable[Answer]) -> list[Json]:
    return [answer_json(answer) for answer in answers]


def _counts(pairs: list[Pair]) -> list[Json]:
    return [{"value": value, "count": count} for value, count in pairs]


# ---- sources ----


def sources(desk: Desk, _asked: Asked) -> Page:
    """Who is cited, how often, and how often as the one who knows."""
    counts = desk.figures.newest()
    cited = [source._asdict() for source in counts.cited()[:200]]
    data = {
        "looked_at": counts.looked_at,
        "sources": cited,
        "publishers": [{"name": name, "statements": count} for name, count in ranked(counts.publishers, 200)],
    }
    columns = ("name", "kind", "named", "cited", "origin")
    return Page("sources.html", "Sources", data, Sheet(columns, [[line[c] for c in columns] for line in cited]))


def source(desk: Desk, asked: Asked) -> Page:
    """Everything that rests on one source."""
    name = asked.needed("name")
    question = asked.question(according_to=(name,))
    counts = desk.figures.of(question)
    cited = [each for each in counts.cited() if each.name.casefold() == name.casefold()]
    data = _list(desk, asked, question) | {
        "name": name,
        "counted": counts.looked_at,
        "publishes": sum(count for publisher, count in counts.publishers.items() if publisher.casefold() == name.casefold()),
        "cited": sum(each.cited for each in cited),
        "origin": sum(each.origin for each in cited),
        "kinds": sorted({each.kind for each in cited}),
        "types": _counts(ranked(counts.types)),
        "beside": [each._asdict() for each in counts.cited() if each.name.casefold() != name.casefold()][:10],
    }
    return Page("source.html", name, data, _all(desk, question), _turning(data))


# ---- actors and pairs ----


def actors(desk: Desk, _asked: Asked) -> Page:
    """Who acts, and on whom."""
    counts = desk.figures.newest()
    both = counts.actors + counts.recipients
    lines = [{"who": who, "acts": counts.actors[who], "is_acted_on": counts.recipients[who]} for who, _ in ranked(both, 200)]
    data = {
        "looked_at": counts.looked_at,
        "actors": lines,
        "pairs": [{"actor": a, "recipient": r, "count": n} for (a, r), n in ranked(counts.pairs, 100)],
    }
    columns = ("who", "acts", "is_acted_on")
    return Page("actors.html", "Actors", data, Sheet(columns, [list(line.values()) for line in lines]))


def actor(desk: Desk, asked: Asked) -> Page:
    """One party: what it does, to whom, month by month."""
    who = asked.needed("who")
    question = asked.question(actor=(who,))
    counts, suffered = desk.figures.of(question), desk.figures.of(asked.question(recipient=(who,)))
    data = _list(desk, asked, question) | {
        "who": who,
        "name": names.country(who) or who,
        "counted": counts.looked_at,
        "acts_on": _counts([(w, n) for w, n in ranked(counts.recipients, 16) if w != who][:15]),
        "acted_on_by": _counts([(w, n) for w, n in ranked(suffered.actors, 16) if w != who][:15]),
        "types": _counts(ranked(counts.types)),
        "months": _months(counts),
    }
    return Page("actor.html", data["name"], data, _all(desk, question), _turning(data) | _bars(counts))


def pair(desk: Desk, asked: Asked) -> Page:
    """What one party does to another, and the other to it."""
    one, other = asked.needed("one"), asked.needed("other")
    question = asked.question(actor=(one,), recipient=(other,))
    there, back = desk.figures.of(question), desk.figures.of(asked.question(actor=(other,), recipient=(one,)))
    data = _list(desk, asked, question) | {
        "one": one,
        "other": other,
        "counted": there.looked_at,
        "types": _counts(ranked(there.types)),
        "types_back": _counts(ranked(back.types)),
        "total_back": desk.dossier.count(asked.question(actor=(other,), recipient=(one,))),
        "months": _months(there),
        "months_back": _months(back),
    }
    title = f"{names.country(one)} and {names.country(other)}"
    drawn = _turning(data) | _bars(there) | {"bars_back": charts.bars(back.months())}
    return Page("pair.html", title, data, _all(desk, question), drawn)


def _months(counts: Tally) -> list[Json]:
    return [month._asdict() for month in counts.months()]


def _bars(counts: Tally) -> Json:
    return {"bars": charts.bars(counts.months())}


# ---- disputes ----


def disputes(desk: Desk, _asked: Asked) -> Page:
    """The disputes that statements belong to, and all that the tables know."""
    counts = desk.figures.newest()
    told = _disputes(counts)
    seen = {line["id"] for line in told}
    rest = [line for id, line in sorted(names.disputes().items(), key=lambda item: item[1]["name"]) if id not in seen]
    data = {
        "looked_at": counts.looked_at,
        "disputes": told,
        "others": [{"id": each["id"], "name": each["name"], "status": each["status"]} for each in rest],
    }
    sheet = Sheet(("id", "name", "statements", "latest"), [list(line.values()) for line in told])
    return Page("disputes.html", "Disputes", data, sheet)


def _disputes(counts: Tally) -> list[Json]:
    return [
        {"id": id, "name": names.dispute(id), "statements": count, "latest": counts.latest[id] or None}
        for id, count in ranked(counts.disputes)
    ]


def dispute(desk: Desk, asked: Asked) -> Page:
    """One dispute: its names by party, who claims, who administers since when, what was told of it. Never an owner."""
    id = asked.needed("id")
    known = names.disputes().get(id)
    if known is None:
        raise NotFoundError("there is no dispute of that id")
    question = asked.question(about=(id,))
    counts = desk.figures.of(question)
    claims = desk.figures.first(asked.question(about=(id,), type=("CLAIM", "CONTROL")))
    data = _list(desk, asked, question) | {
        "dispute": known,
        "counted": counts.looked_at,
        "claims": _claims(claims),
        "actors": _counts(ranked(counts.actors, 10)),
        "types": _counts(ranked(counts.types)),
        "months": _months(counts),
    }
    place = charts.map_around(known["lat"], known["lon"]) if known["lat"] is not None else None
    drawn = _turning(data) | _bars(counts) | {"map": place, "names": names.by_party(known["names"])}
    return Page("dispute.html", known["name"], data, _all(desk, question), drawn)


def _claims(answers: Iterable[Answer]) -> list[Json]:
    """Who claims or holds, on whose word: one line for each party, type, status and stance, with the first telling."""
    grouped: dict[tuple[str, ...], list[Json]] = {}
    for line in _lines(answers):
        who = names.parties(line["actor"]) or "nobody named"
        grouped.setdefault((who, line["type"], line["status"], line["stance"]), []).append(line)
    return [
        {
            "who": who,
            "type": type,
            "status": status,
            "stance": stance,
            "count": len(lines),
            "words": sorted({line["object"]["text"] for line in lines if line["object"]})[:6],
            "according_to": sorted({_innermost(line) for line in lines})[:6],
            "latest": max((line["latest"] or "" for line in lines), default="") or None,
            "report": lines[0]["report"],
            "statement": lines[0]["id"],
        }
        for (who, type, status, stance), lines in sorted(grouped.items(), key=lambda item: (-len(item[1]), item[0]))
    ]


def _innermost(line: Json) -> str:
    return names.party(line["sources"][-1]) if line["sources"] else str(line["publisher"] or "publisher not known")


def months_of(page: Page) -> list[Month]:
    """The months of a page that has some."""
    return [Month(**month) for month in page.data["months"]]


# ---- across reports ----


def event(desk: Desk, asked: Asked) -> Page:
    """Every telling of what one statement tells, in whichever report, and on how many independent origins it rests."""
    id = asked.needed("statement")
    found = _told_with(desk, id)
    group = next((group for group in found.view.groups if id in group.members), None)
    if group is None:
        raise NotFoundError("the dossier holds no such statement")
    line = group_json(group, found)
    data = {
        "statement": id,
        "report": found.statements[id].report,
        "event": line,
        "contradictions": list(contradictions.lines(found)),
    }
    columns = ("statement", "report", "publisher", "published", "status", "stance", "trigger", "sentence")
    sheet = Sheet(columns, [[telling[column] for column in columns] for telling in line["tellings"]])
    return Page("event.html", "All tellings", data, sheet)


def _told_with(desk: Desk, id: str) -> Told:
    """The group of one statement; reports that came since the last time are put into their groups first."""
    with threads_of(desk.dossier) as threads:
        view = threads.view([id])
    records = list(desk.dossier.records({report for group in view.groups for report in group.event.reports}))
    statements = {statement.id: statement for record in records for statement in record.statements}
    return Told(view, {record.report.id: record.report for record in records}, statements)


# ---- the table of contents ----

_LIST: Final = ("total", "page", "statements", "counted")
_DATES: Final = {name: FILTERS[name] for name in ("type", "status", "from", "until")}


def _text(about: str) -> Parameter:
    return Parameter(about, needed=True)


ROUTES: Final = (
    Route(
        "/",
        start,
        "What came in, what it is about, what was refused.",
        {},
        ("counts", "newest", "types", "pairs", "refused"),
    ),
    Route(
        "/reports", reports, "All reports, the last to come in first.", {"page": REPORT_PAGE}, ("total", "page", "reports")
    ),
    Route(
        "/report",
        report,
        "One report as printed, with what its statements rest on.",
        {"id": _text("The report."), "statement": Parameter("The statement to light up.")},
        ("id", "text", "title", "publisher", "published", "statements", "lines", "chosen"),
    ),
    Route(
        "/statements",
        statements,
        "Statements by the filters of `ascribe ask`.",
        {**FILTERS, "page": PAGE},
        (*_LIST, "types", "statuses", "stances", "actors", "recipients"),
    ),
    Route(
        "/event",
        event,
        "Every telling of what a statement tells, and its independent origins.",
        {"statement": _text("The statement.")},
        ("statement", "report", "event", "contradictions"),
    ),
    Route(
        "/sources", sources, "Who is cited, and how often as the one who knows.", {}, ("looked_at", "sources", "publishers")
    ),
    Route(
        "/source",
        source,
        "Everything that rests on one source.",
        {"name": _text("The source, or the publisher."), **_DATES, "page": PAGE},
        (*_LIST, "name", "publishes", "cited", "origin", "kinds", "types", "beside"),
    ),
    Route("/actors", actors, "Who acts, and on whom.", {}, ("looked_at", "actors", "pairs")),
    Route(
        "/actor",
        actor,
        "What one party does, to whom, month by month.",
        {"who": _text("A country's code, or a name."), **_DATES, "page": PAGE},
        (*_LIST, "who", "name", "acts_on", "acted_on_by", "types", "months"),
    ),
    Route(
        "/pair",
        pair,
        "What one party does to another, and the other to it.",
        {"one": _text("Who acts."), "other": _text("On whom."), **_DATES, "page": PAGE},
        (*_LIST, "one", "other", "types", "types_back", "total_back", "months", "months_back"),
    ),
    Route("/disputes", disputes, "The disputes that are told of.", {}, ("looked_at", "disputes", "others")),
    Route(
        "/dispute",
        dispute,
        "One dispute: names by party, claims, map, months.",
        {"id": _text("The dispute."), **_DATES, "page": PAGE},
        (*_LIST, "dispute", "claims", "actors", "types", "months"),
    ),
    Route("/corrections", corrections, "What people corrected.", {"page": REPORT_PAGE}, ("total", "page", "corrections")),
    Route("/refused", refused, "What could not be read, and why.", {"page": REPORT_PAGE}, ("total", "page", "refused")),
)
