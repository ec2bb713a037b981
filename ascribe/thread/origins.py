"""On how many independent roots a group of tellings rests: every chain is followed to its end.

a copy rests on its original; whoever cites a paper rests on that paper's roots; one side is one root, however many of its
ministries speak; unnamed people of two papers may or may not be the same, which makes the count a range; what is told in
passing stands with a version that is already there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from ascribe.thread.lands import lands_in
from ascribe.thread.outlets import standing
from ascribe.thread.printed import Printed
from ascribe.thread.telling import Telling
from ascribe.thread.texts import is_copy
from ascribe.thread.voices import Voice, kind_of_word
from ascribe.thread.words import containment

_ACTS: Final = frozenset(
    {"AGREE", "REQUEST", "REJECT", "ACCUSE", "THREATEN", "CONCEDE", "SUPPORT", "PROTEST", "SANCTION", "CLAIM", "STANCE"}
)


@dataclass(frozen=True, slots=True)
class Root:
    """The end of a chain. `kind`: "side", "witness", "insider" (not named, may be anybody), "outlet" (its own reporter)."""

    kind: str
    key: str
    words: str = field(compare=False)  # as a report words it
    lands: frozenset[str] = field(compare=False, default=frozenset())


@dataclass(frozen=True, slots=True)
class Path:
    """How a report comes to a root: the words of each step, the report's own publisher first."""

    report: str
    steps: tuple[str, ...]
    root: Root
    because: str  # "its source", "copy of …", "cites …", "told in passing", "public act"


@dataclass(frozen=True, slots=True)
class Origins:
    """Roots and who rests on them. `count` is None where it cannot be told; then it lies between `least` and `most`."""

    count: int | None
    least: int
    most: int
    roots: tuple[Root, ...]
    paths: tuple[Path, ...]
    circles: tuple[tuple[str, ...], ...] = ()  # outlets that cite each other, in the order of citing

    @property
    def reports(self) -> list[frozenset[str]]:
        """For each root the reports that rest on it."""
        return [frozenset(path.report for path in self.paths if path.root == root) for root in self.roots]


def origins_of(tellings: Sequence[Telling], printed: Mapping[str, Printed]) -> Origins:
    """The roots of one group. Tellings that deny are on nobody's side here; a group of denials alone has none."""
    told = [telling for telling in tellings if telling.stance == "asserts" and telling.status != "negated"]
    told = told or [telling for telling in tellings if telling.stance != "denies"]
    search = _Search(told, printed)
    paths = [path for report in search.order for path in search.paths_of(report)]
    paths = list({(path.report, path.root): path for path in reversed(paths)}.values())[::-1]
    roots = tuple(dict.fromkeys(path.root for path in paths))
    least, most = _bounds(roots)
    return Origins(least if least == most else None, least, most, roots, tuple(paths), tuple(search.circles))


def _bounds(roots: Sequence[Root]) -> tuple[int, int]:
    """How many roots there are at least and at most: insiders may be the same people unless their descriptions differ."""
    firm = [root for root in roots if root.kind != "insider"]
    open_ = [root for root in roots if root.kind == "insider"]
    apart: list[Root] = []  # insiders of whom no two can be the same
    for root in open_:
        if all(_exclude(root, other) for other in apart):
            apart.append(root)
    return len(firm) + len(apart), len(roots)


def _exclude(one: Root, other: Root) -> bool:
    """Officials in Lisbon are not a police source in Lima; two diplomats may be one."""
    return bool(one.lands and other.lands and one.lands.isdisjoint(other.lands))


class _Search:
    """The roots of each report of a group, each found once."""

    def __init__(self, told: Sequence[Telling], printed: Mapping[str, Printed]) -> None:
        self._printed = printed
        self._told: dict[str, list[Telling]] = {}
        for telling in told:
            self._told.setdefault(telling.report, []).append(telling)
        self.order = sorted(self._told, key=lambda report: (printed[report].day, report))
        self.circles: list[tuple[str, ...]] = []
        self._known: dict[str, list[Path]] = {}
        self._open: list[str] = []
        self._outlets = {outlet for report in self.order if (outlet := printed[report].outlet)}

    # ---- one report ----

    def paths_of(self, report: str) -> list[Path]:
        if report not in self._known:
            self._open.append(report)
            found = self._copied(report) or self._sourced(report) or self._in_passing(report)
            self._open.pop()
            self._known[report] = found
        return self._known[report]

    def _copied(self, report: str) -> list[Path]:
        original = self.original_of(report)
        if original is None:
            return []
        name = self._name(original)
        return [
            Path(report, (self._name(report), *path.steps), path.root, f"copy of {name}") for path in self.paths_of(original)
        ]

    def original_of(self, report: str) -> str | None:
        """The first report of the group that prints the same text, if that is another."""
        printed = self._printed[report]
        for other in self.order:
            if other == report:
                return None
            if other not in self._open and is_copy(self._printed[other].text, printed.text):
                return other
        return None

    def _sourced(self, report: str) -> list[Path]:
        found: list[Path] = []
        for telling in self._told[report]:
            found += self._by_chain(report, telling.voices)
        for outlet in sorted({outlet for telling in self._told[report] for outlet in telling.clause.outlets}):
            if not found and outlet != self._printed[report].outlet:
                found = self._cites(report, outlet, self._printed_name(outlet))
        if not found and (credit := self._printed[report].credit):
            found = self._cites(report, credit, credit)
        return found or self._by_publisher(report)

    def _by_chain(self, report: str, voices: Sequence[Voice]) -> list[Path]:
        printed = self._printed[report]
        outlets = [voice for voice in voices if voice.kind == "outlet" and voice.key != printed.outlet]
        inner = next((voice for voice in reversed(voices) if voice.kind not in ("outlet", "paper")), None)
        for voice in reversed(outlets):
            key = voice.key or self._unnamed(report, voice)
            if key and (found := self._cites(report, key, voice.words)):
                return found
        named = next((voice for voice in reversed(outlets) if voice.key), None)
        if inner is not None and inner.kind != "judge":
            via = (named.words,) if named else ()
            root = self._root(inner, named.key if named and named.key else self._house(report), report)
            return [Path(report, (self._name(report), *via, inner.words), root, "its source")]
        if named is not None and named.key:
            return [Path(report, (self._name(report), named.words), Root("outlet", named.key, named.words), "its source")]
        return []

    def _unnamed(self, report: str, voice: Voice) -> str | None:
        """ "A Japanese newspaper" is the one that the report names elsewhere."""
        cited = sorted(self._printed[report].cited)
        fitting = [key for key in cited if not voice.lands or standing(key)[0] in voice.lands]
        return fitting[0] if len(fitting) == 1 else None

    def _cites(self, report: str, outlet: str, words: str) -> list[Path]:
        """The roots of the outlet's own report, the last before this one."""
        day = self._printed[report].day
        theirs = [r for r in self.order if self._is_by(r, outlet) and r != report and self._printed[r].day <= day + 1]
        fresh = [r for r in theirs if r not in self._open]
        self._note_circle(report, outlet)
        if not fresh:
            return []
        cited = max(
            fresh, key=lambda r: (self._printed[r].outlet == outlet, self._printed[r].day <= day, self._printed[r].day, r)
        )
        return [
            Path(report, (self._name(report), *path.steps), path.root, f"cites {words}") for path in self.paths_of(cited)
        ]

    def _note_circle(self, report: str, outlet: str) -> None:
        """A paper that is cited by those whom it cites; named from the paper that told it first."""
        own = self._printed[report].outlet
        if own is None:
            return
        path = [own]
        at = outlet
        while at not in path:
            path.append(at)
            following = sorted(
                {key for r in self.order if self._is_by(r, at) for key in self._printed[r].cited} & self._outlets
            )
            if not following:
                return
            at = own if own in following else following[0]
        if at != own or len(path) < 2:
            return
        first = min(range(len(path)), key=lambda index: self._first_by(path[index]))
        turned = path[first:] + path[:first]
        circle = tuple(self._printed_name(key) for key in [*turned, turned[0]])
        if circle not in self.circles:
            self.circles.append(circle)

    def _first_by(self, outlet: str) -> int:
        return next((at for at, r in enumerate(self.order) if self._printed[r].outlet == outlet), len(self.order))

    def _printed_name(self, outlet: str) -> str:
        return next((self._name(r) for r in self.order if self._printed[r].outlet == outlet), outlet)

    def _by_publisher(self, report: str) -> list[Path]:
        """What a ministry or a state medium prints unsourced is the word of its side, if that side is in it."""
        side = self._side_of_publisher(report)
        if side is None:
            return []
        return [Path(report, (self._name(report),), Root("side", side, self._name(report)), "its publisher is a party")]

    def _side_of_publisher(self, report: str) -> str | None:
        printed = self._printed[report]
        if printed.outlet is None or printed.publisher is None:
            return None
        country, kind = standing(printed.outlet)
        involved = {party.country for t in self._told[report] for party in t.actors | t.recipients}
        if kind == "state medium":
            return country if country in involved else None
        if kind is None and any(kind_of_word(word) == "body" for word in printed.publisher.lower().split()):
            return min(lands_in(printed.publisher), default=printed.publisher)
        return None

    def _root(self, voice: Voice, house: str, report: str) -> Root:
        if voice.kind == "side":
            side = voice.key or self._side_of_house(report) or voice.words
            return Root("side", side, voice.words)
        return Root(voice.kind, house, voice.words, voice.lands)

    def _side_of_house(self, report: str) -> str | None:
        return standing(self._printed[report].outlet or "")[0]

    # ---- reports without a source of their own ----

    def _in_passing(self, report: str) -> list[Path]:
        """What is told without a source stands with a version that is there: its own paper's, its doer's, the likest."""
        day, outlet = self._printed[report].day, self._printed[report].outlet
        others = [r for r in self.order if r != report and r not in self._open]
        sourced = [r for r in others if self._has_source(r)]
        before = [r for r in sourced if self._printed[r].day <= day]
        own = [r for r in before if outlet is not None and self._printed[r].outlet == outlet]
        if own:
            return self._with(report, own[-1])
        act = self._act(report)
        if act is not None:
            for other in sourced:
                for path in self.paths_of(other):
                    if path.root == act:
                        return [Path(report, (self._name(report),), path.root, "public act")]
        if before:
            return self._with(report, self._likest(report, before))
        if act is not None:
            return [Path(report, (self._name(report),), act, "public act")]
        if sourced:
            return self._with(report, self._likest(report, sourced))
        first = next((r for r in self.order if not self._has_source(r) and r not in self._open), report)
        first = first if self.order.index(first) < self.order.index(report) else report
        house = self._house(first)
        return [Path(report, (self._name(report),), Root("outlet", house, self._name(first)), "its own account")]

    def _has_source(self, report: str) -> bool:
        if report in self._known:
            return any(path.because in _OWN_SOURCE or path.because.startswith("cites") for path in self._known[report])
        return bool(
            self._side_of_publisher(report)
            or any(v.kind not in ("paper", "judge") for t in self._told[report] for v in t.voices)
        )

    def _with(self, report: str, other: str) -> list[Path]:
        paths = self.paths_of(other)
        if len({path.root for path in paths}) > 1:
            paths = paths[:1]
        return [Path(report, (self._name(report), *path.steps), path.root, "told in passing") for path in paths]

    def _act(self, report: str) -> Root | None:
        """The side whose public act it is that reports simply tell."""
        for telling in self._told[report]:
            if telling.type in _ACTS or telling.kind == "position":
                sides = sorted(
                    party.country or ("EU" if party.entity in ("eu", None) else party.entity.upper())
                    for party in telling.actors
                    if party.country or party.sector == "IGO"
                )
                if len(sides) >= 1:
                    return Root("side", sides[0], sides[0])
        return None

    def _likest(self, report: str, others: Iterable[str]) -> str:
        words = self._printed[report].text.words
        return max(others, key=lambda r: (round(containment(words, self._printed[r].text.words), 6), -self.order.index(r)))

    # ---- names ----

    def _house(self, report: str) -> str:
        """Whose the sources of a report are: its outlet's, or that of the text it copies."""
        original = self.original_of(report) or report
        printed = self._printed[original]
        return printed.credit or printed.outlet or original

    def _is_by(self, report: str, outlet: str) -> bool:
        printed = self._printed[report]
        return outlet in (printed.outlet, printed.credit)

    def _name(self, report: str) -> str:
        return self._printed[report].publisher or report


_OWN_SOURCE: Final = frozenset({"its source", "its publisher is a party"})
