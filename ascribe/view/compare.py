"""Two sets of events against each other: what both have, what only one has.

An event is a day, two parties and a kind; what several reports or rows tell of it counts once. Two events match when
parties and kind are the same and their days lie close enough; each matches one other at most, and as many match as can."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, BinaryIO, Final, NamedTuple

from ascribe.errors import UsageError
from ascribe.schema import Record, Refusal
from ascribe.store import open_dossier
from ascribe.store.when import day_asked
from ascribe.view.exports import Left, read_file
from ascribe.view.exports.events import Dyad, Side, dyads, events_of, iso3
from ascribe.view.exports.registry import head_of
from ascribe.view.record import counted
from ascribe.view.terminal import fit, safe

_SQLITE: Final = b"SQLite format 3\x00"
_URL: Final = "://"
_COLUMNS: Final = (
    "where", "actor", "recipient", "quad", "day_a", "day_b", "type_a", "type_b", "words_a", "words_b", "ids_a", "ids_b",
)  # fmt: skip
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\0")
_SHOWN: Final = 20  # events of one side on the page
_QUADS: Final = {1: "verbal cooperation", 2: "material cooperation", 3: "verbal conflict", 4: "material conflict"}

Period = tuple[str | None, str | None]


@dataclass(frozen=True, slots=True)
class Happening:
    """An event of one set: all that tell it on this day."""

    day: str
    actor: str  # a country where it is known, else a name; empty for nobody
    recipient: str
    quad: int
    type: str
    words: tuple[str, ...]
    ids: tuple[str, ...]


class Pair(NamedTuple):
    """An event of A and the one of B that it matches; None where the other set lacks it."""

    a: Happening | None
    b: Happening | None

    @property
    def where(self) -> str:
        """both, only A, only B."""
        return "both" if self.a and self.b else "only A" if self.a else "only B"

    @property
    def either(self) -> Happening:
        """The event, as the first that has it tells it."""
        found = self.a or self.b
        assert found
        return found


# ---- what is compared ----


def events_at(place: str) -> list[Happening]:
    """The events of a dossier, or of a file in one of the formats that can be read."""
    if _URL in place or head_of(place).startswith(_SQLITE):
        with open_dossier(place, create=False) as opened:
            return happenings(opened.records())
    return happenings(_whole(place))


def _whole(path: str) -> Iterator[Record]:
    """The records of a file; a line that is none is a reason not to compare."""
    for found in read_file(path):
        if not isinstance(found, Refusal):
            yield found
        elif not found.reason.startswith("CAMEO "):  # a code that is no event of ours is nothing that B could have
            raise UsageError(str(found))


def happenings(records: Iterable[Record]) -> list[Happening]:
    """The events of records, each pair of parties one, told once a day and kind; in the order of their days."""
    found: dict[tuple[str, str, str, str], tuple[list[str], list[str]]] = {}
    for event in events_of(records, Left()):
        for dyad in dyads(event):
            key = (event.earliest, *_parties(dyad), event.statement.type)
            words, ids = found.setdefault(key, ([], []))
            words.append(event.statement.trigger.text)
            ids.append(dyad.id)
    made = (
        Happening(*key[:3], counted(key[3], None)[0] or 0, key[3], tuple(dict.fromkeys(words)), tuple(dict.fromkeys(ids)))
        for key, (words, ids) in found.items()
    )
    return sorted(made, key=lambda each: (each.day, each.actor, each.recipient, each.type))


def _parties(dyad: Dyad) -> tuple[str, str]:
    return _party(dyad.actor), _party(dyad.recipient)


def _party(side: Side | None) -> str:
    return "" if side is None else iso3(side.country) or side.name.casefold()


def period_of(from_: str | None, until: str | None) -> Period:
    """The days that a person typed."""
    first = day_asked(from_, "--from", last=False) if from_ else None
    return first, day_asked(until, "--until", last=True) if until else None


# ---- comparing ----


def compare(
    a: Sequence[Happening], b: Sequence[Happening], *, days: int = 1, by: str = "quad", period: Period = (None, None)
) -> list[Pair]:
    """Each event of A and of B once, beside the one it matches. Without a period, that of which both know."""
    first, last = _shared(a, b, period)
    keyed: dict[tuple[Any, ...], tuple[list[Happening], list[Happening]]] = {}
    for position, events in enumerate((a, b)):
        for event in events:
            keyed.setdefault((event.actor, event.recipient, getattr(event, by)), ([], []))[position].append(event)
    pairs = (pair for some_a, some_b in keyed.values() for pair in _matched(some_a, some_b, days))
    inside = [pair for pair in pairs if any(each and first <= each.day <= last for each in pair)]  # one may lie just outside
    return sorted(inside, key=_order)


def _order(pair: Pair) -> tuple[str, ...]:
    event = pair.either
    return event.day, event.actor, event.recipient, event.type, pair.where


def _shared(a: Sequence[Happening], b: Sequence[Happening], period: Period) -> tuple[str, str]:
    if not a or not b:
        both = [*a, *b]
        return period[0] or min((e.day for e in both), default=""), period[1] or max((e.day for e in both), default="")
    first = period[0] or max(min(e.day for e in events) for events in (a, b))
    last = period[1] or min(max(e.day for e in events) for events in (a, b))
    if first > last:
        raise UsageError(f"the two have no day in common ({first} to {last}); give other sets, or --from and --until")
    return first, last


def _matched(a: Sequence[Happening], b: Sequence[Happening], days: int) -> Iterator[Pair]:
    """Events of the same parties and kind, both in the order of their days: the earliest that can, match."""
    left, right = list(a), list(b)
    while left and right:
        gap = _days(left[0]) - _days(right[0])
        if abs(gap) <= days:
            yield Pair(left.pop(0), right.pop(0))
        elif gap < 0:
            yield Pair(left.pop(0), None)
        else:
            yield Pair(None, right.pop(0))
    yield from (Pair(each, None) for each in left)
    yield from (Pair(None, each) for each in right)


def _days(event: Happening) -> int:
    return date.fromisoformat(event.day).toordinal()


# ---- what is shown ----


def page(pairs: Sequence[Pair], a: str, b: str, *, columns: int) -> str:
    """How much both have, by kind, and the first events that only one has."""
    days = [pair.either.day for pair in pairs]
    head = [f"A  {safe(a)}", f"B  {safe(b)}", f"{min(days)} to {max(days)}" if days else "no events", ""]
    lines = [*head, *_table(pairs)]
    for where in ("only A", "only B"):
        alone = [pair.either for pair in pairs if pair.where == where]
        if alone:
            more = f", the first {_SHOWN}" if len(alone) > _SHOWN else ""
            lines += ["", f"{where}: {len(alone):,}{more}", *(_line(event, columns) for event in alone[:_SHOWN])]
    return "\n".join(lines) + "\n"


def _table(pairs: Sequence[Pair]) -> Iterator[str]:
    counts = Counter((pair.either.quad, pair.where) for pair in pairs)
    yield f"{'':<22}{'both':>9}{'only A':>9}{'only B':>9}{'of A':>7}{'of B':>7}"
    for quad in sorted({quad for quad, _ in counts}):
        yield _row(_QUADS.get(quad, "–"), [counts[quad, where] for where in ("both", "only A", "only B")])
    yield _row("all", [sum(pair.where == where for pair in pairs) for where in ("both", "only A", "only B")])


def _row(name: str, counts: Sequence[int]) -> str:
    both, only_a, only_b = counts
    return f"{name:<22}{both:>9,}{only_a:>9,}{only_b:>9,}{_share(both, both + only_a):>7}{_share(both, both + only_b):>7}"


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.0%}" if whole else "–"


def _line(event: Happening, columns: int) -> str:
    who = f"{event.actor} → {event.recipient}" if event.recipient else event.actor or "–"
    words = ", ".join(f"“{word}”" for word in event.words)
    return fit(f"  {event.day}  {fit(safe(who), 20)}  {event.type:<9}  {safe(words)}", columns).rstrip()


def lines(pairs: Iterable[Pair]) -> Iterator[dict[str, Any]]:
    """One line a pair."""
    for pair in pairs:
        yield {
            "where": pair.where,
            "actor": pair.either.actor,
            "recipient": pair.either.recipient,
            "quad": pair.either.quad,
            **{
                f"{name}_{side}": _of(event, name)
                for name in ("day", "type", "words", "ids")
                for side, event in _sides(pair)
            },
        }


def _sides(pair: Pair) -> tuple[tuple[str, Happening | None], ...]:
    return ("a", pair.a), ("b", pair.b)


def _of(event: Happening | None, name: str) -> Any:
    value = getattr(event, name) if event else None
    return list(value) if isinstance(value, tuple) else value


def write(pairs: Iterable[Pair], format: str, out: BinaryIO) -> None:
    """Pairs as jsonl or csv."""
    if format == "jsonl":
        out.writelines(json.dumps(line, ensure_ascii=False).encode() + b"\n" for line in lines(pairs))
        return
    written = io.TextIOWrapper(out, encoding="utf-8", errors="backslashreplace", newline="", write_through=True)
    writer = csv.writer(written)
    writer.writerow(_COLUMNS)
    writer.writerows([_cell(line[column]) for column in _COLUMNS] for line in lines(pairs))
    written.detach()


def _cell(value: Any) -> Any:
    value = "; ".join(value) if isinstance(value, list) else value
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
