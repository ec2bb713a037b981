"""One report, stage by stage, as a page for the eye. The headings are the folders in which the stages live."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Final

from ascribe.gather.strip import Dropped
from ascribe.schema import Identity, Mention, Reading, Record, Report, Span, Statement
from ascribe.view import words
from ascribe.view.record import Known, known_by_statement
from ascribe.view.terminal import Piece, cut, fit, lines_of, painted, safe, width

_MARGIN: Final = "  "
_NUMBER: Final = 3  # columns of a sentence's or statement's number
_GAP: Final = "  "  # between columns
_INDENT: Final = _MARGIN + " " * (_NUMBER + 2)


def explain(
    record: Record,
    reading: Reading | None = None,
    dropped: Sequence[Dropped] = (),
    *,
    columns: int = 100,
    colour: bool = False,
) -> str:
    """The page. `dropped` is what gather took for no body; without `reading` the stage mark is left out."""
    stages = [
        _stage("gather", "what was read", _gathered(record.report, dropped, columns), colour),
        _stage("mark", "the sentences and what was marked in them", _marked(reading, columns), colour) if reading else "",
        _stage("relate", "who does or holds what, on whose word", _related(record, columns), colour),
        _stage("resolve", "who, where and when is meant, and why", _resolved(record, columns), colour),
    ]
    return "\n\n".join(filter(None, stages)) + "\n"


Line = list[Piece]


def _stage(name: str, about: str, lines: Iterable[Line], colour: bool) -> str:
    head = painted([Piece(name, "strong"), Piece(f"  {about}", "faint")], colour=colour)
    return "\n".join([head, "", *(painted(line, colour=colour).rstrip() for line in lines)])


# ---- gather ----


def _gathered(report: Report, dropped: Sequence[Dropped], columns: int) -> Iterator[Line]:
    facts = {
        "headline": report.headline,
        "publisher": report.publisher,
        "date": report.published,
        "url": report.url,
        "text": f"{len(report.text):,} characters" + (f", read as {report.format}" if report.format else ""),
        "id": report.id,
    }
    for name, value in facts.items():
        pieces = [Piece(safe(value), "strong" if name == "headline" else "")] if value else [Piece("not known", "faint")]
        if value or name != "url":
            yield from _hung(Piece(f"{name:<11}", "faint"), pieces, columns)
    for each in dropped:
        pieces = [Piece(f"{each.kind}: ", "faint"), Piece(safe(each.text))]
        yield from _hung(Piece(f"{'dropped':<11}", "faint"), pieces, columns)


def _hung(head: Piece, pieces: Sequence[Piece], columns: int) -> Iterator[Line]:
    """A head, and beside it text that wraps under itself."""
    indent = _MARGIN + " " * width(head.text)
    for number, line in enumerate(lines_of([pieces], columns - width(indent), "")):
        yield [Piece(_MARGIN), head, *line] if number == 0 else [Piece(indent), *line]


# ---- mark: under each line of text a line that says what its words were taken for ----


@dataclass(frozen=True, slots=True)
class _Mark:
    span: Span
    label: str
    fill: str
    style: str


def _marked(reading: Reading, columns: int) -> Iterator[Line]:
    marks = _marks(reading)
    text = safe(reading.report.text)
    for number, sentence in enumerate(reading.sentences):
        head = f"{_MARGIN}{number:>{_NUMBER}}  "
        inside = [mark for mark in marks if mark.span.overlaps(sentence)]
        for line in _wrapped(text, sentence, columns - width(_INDENT)):
            yield [Piece(head, "faint"), Piece(line.of(text))]
            head = _INDENT
            yield from ([Piece(_INDENT), *row] for row in _labels(text, line, inside, columns - width(_INDENT)))


def _marks(reading: Reading) -> list[_Mark]:
    names = [_Mark(name.span, name.label, "─", "faint") for name in reading.names]
    triggers = [_Mark(trigger.span, trigger.type, "═", "type") for trigger in reading.triggers]
    cues = [_Mark(told.cue, "cue", "┈", "source") for told in reading.told if told.cue]
    sources = [_Mark(told.source, "source", "┈", "source") for told in reading.told if told.source]
    return sorted([*triggers, *cues, *sources, *names], key=lambda mark: (mark.span.start, mark.fill != "═", mark.label))


def _wrapped(text: str, span: Span, columns: int) -> Iterator[Span]:
    """The stretches of `span` that stand on one line each, broken at blanks where there are any."""
    start = span.start
    while start < span.stop:
        stop = start + max(len(cut(text[start : span.stop], columns)), 1)
        if stop < span.stop and " " in text[start:stop]:
            stop = text.rindex(" ", start, stop + 1) if text[stop] != " " else stop
        yield Span(start, max(stop, start + 1))
        start = max(stop, start + 1)
        while start < span.stop and text[start] == " ":
            start += 1


def _labels(text: str, line: Span, marks: Sequence[_Mark], columns: int) -> Iterator[Line]:
    """Rows under a line of text; a mark goes into the first row that has room for its label."""
    rows: list[tuple[Line, int]] = []
    for mark in marks:
        if not mark.span.overlaps(line):
            continue
        start, stop = max(mark.span.start, line.start), min(mark.span.stop, line.stop)
        at, long = width(text[line.start : start]), width(text[start:stop])
        label = mark.label if start == mark.span.start else ""
        words = (label + mark.fill * (long - len(label)))[: columns - at]
        row = next((index for index, (_, used) in enumerate(rows) if used < at or used == at == 0), len(rows))
        if row == len(rows):
            rows.append(([], 0))
        pieces, used = rows[row]
        rows[row] = ([*pieces, Piece(" " * (at - used)), Piece(words, mark.style)], at + len(words))
    return (pieces for pieces, _ in rows)


# ---- relate: one plain line a statement ----


def _related(record: Record, columns: int) -> Iterator[Line]:
    known = known_by_statement(record.identities)
    number = {statement.id: position for position, statement in enumerate(record.statements, 1)}
    for statement in record.statements:
        fields = _fields(statement, record.report, known.get(statement.id, {}), number)
        head = Piece(f"{_MARGIN}{number[statement.id]:>{_NUMBER}}  ", "faint")
        for line_number, line in enumerate(lines_of(fields, columns - width(_INDENT), _MARGIN)):
            yield [head if line_number == 0 else Piece(_INDENT), *line]
    if not record.statements:
        yield [Piece(_MARGIN), Piece("The report says nothing that the codebook counts as a statement.", "faint")]


def _fields(statement: Statement, report: Report, known: Known, number: dict[str, int]) -> Iterator[list[Piece]]:
    type = statement.type if statement.mode is None else f"{statement.type} {statement.mode}"
    yield [
        Piece(words.who(statement, known), "strong"),
        Piece("  "),
        Piece(type, "type"),
        Piece("  "),
        Piece(f"“{safe(statement.trigger.text)}”", "trigger"),
    ]
    for name in ("object", "place", "time"):
        mention: Mention | None = getattr(statement, name)
        if mention:
            yield [Piece(f"{name}: ", "faint"), Piece(safe(mention.text))]
    yield [Piece("according to: ", "faint"), Piece(words.chain(statement, report), "source")]
    yield [Piece("status ", "faint"), Piece(statement.status)]
    if statement.stance != "asserts":
        yield [Piece("the source ", "faint"), Piece(statement.stance)]
    if statement.quoted:
        yield [Piece("quoted")]
    for name, other in (("answers", statement.answers), ("same as", statement.same_as)):
        if other in number:
            yield [Piece(f"{name} ", "faint"), Piece(str(number[other]))]
    yield [Piece(f"[chars {statement.trigger.span.start}–{statement.trigger.span.stop}]", "faint")]


# ---- resolve: each meaning once, with the statements that it stands in ----


def _resolved(record: Record, columns: int) -> Iterator[Line]:
    meanings = _meanings(record)
    room = columns - len(_MARGIN) - 3 * len(_GAP)
    asks, said, meant = (max((width(meaning[column]) for meaning in meanings), default=0) for column in range(3))
    said, meant = min(said, room // 4), min(meant, room // 5)
    wide = (asks, said, meant, room - asks - said - meant)
    for meaning in meanings:
        cells = [_cell(text, long, style) for text, long, style in zip(meaning, wide, _STYLES, strict=True)]
        for row in zip_longest(*cells, fillvalue=None):
            parts = [piece or Piece(" " * long) for piece, long in zip(row, wide, strict=True)]
            yield [Piece(_MARGIN), *(each for part in parts for each in (part, Piece(_GAP)))]


def _cell(text: str, columns: int, style: str) -> list[Piece]:
    """The lines of one cell, each padded to its width."""
    lines = lines_of([[Piece(text)]], columns, "")
    return [Piece(fit("".join(piece.text for piece in line).rstrip(), columns), style) for line in lines]


def _meanings(record: Record) -> list[tuple[str, str, str, str]]:
    """(question, words, what they mean, why), by question, each in the order of the text."""
    number = {statement.id: position for position, statement in enumerate(record.statements, 1)}
    asked = [
        (ask, safe(mention.text), _meant(identity, ask), safe(identity.because) if identity else "", number[statement])
        for ask, statement, mention, identity in sorted(_beliefs(record), key=lambda b: (_ASKS.index(b[0]), b[2].span))
    ]
    grouped: dict[tuple[str, str, str, str], list[int]] = {}
    for *meaning, where in asked:
        grouped.setdefault((meaning[0], meaning[1], meaning[2], meaning[3]), []).append(where)
    return [
        (ask, f"“{said}”", meant, f"{because} [{', '.join(map(str, sorted(set(where))))}]".lstrip())
        for (ask, said, meant, because), where in grouped.items()
    ]


_STYLES: Final = ("faint", "trigger", "strong", "faint")
_ASKS: Final = ("who", "where", "when", "dispute")


def _beliefs(record: Record) -> Iterator[tuple[str, str, Mention, Identity | None]]:
    """Every mention that can mean something, with its statement's id and the identity if there is one."""
    known = known_by_statement(record.identities)
    for statement in record.statements:
        of_statement = known.get(statement.id, {})
        roles: list[tuple[str, str, Sequence[Mention]]] = [
            ("who", "actor", statement.actors),
            ("who", "recipient", statement.recipients),
            ("who", "source", [source.mention for source in statement.chain]),
            ("where", "place", [statement.place] if statement.place else []),
            ("when", "time", [statement.time] if statement.time else []),
        ]
        for ask, role, mentions in roles:
            for mention in mentions:
                yield ask, statement.id, mention, of_statement.get((role, mention.span))
        for (role, span), identity in of_statement.items():
            if role == "dispute":
                yield "dispute", statement.id, Mention.at(record.report, span), identity


def _meant(identity: Identity | None, ask: str) -> str:
    if identity is None:
        return "not known"
    if ask == "when":
        return _stretch(identity)
    code = identity.country if identity.sector in (None, "GOV") else f"{identity.country or ''} {identity.sector}".strip()
    facts = [identity.entity if ask == "dispute" else code, identity.name, _position(identity), identity.dispute]
    return ", ".join(safe(fact) for fact in dict.fromkeys(facts) if fact) or "not known"


def _stretch(identity: Identity) -> str:
    if identity.earliest == identity.latest:
        return identity.earliest or "not known"
    return f"{identity.earliest or '…'} – {identity.latest or '…'}"


def _position(identity: Identity) -> str | None:
    if identity.lat is None or identity.lon is None:
        return None
    north, east = "N" if identity.lat >= 0 else "S", "E" if identity.lon >= 0 else "W"
    return f"{abs(identity.lat):.2f}°{north} {abs(identity.lon):.2f}°{east}"
