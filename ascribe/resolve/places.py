"""Where a place mention is: among all places of its name the one that the report's other words speak for.

A name can mean a state, a region, a town; each meaning is a Candidate. What speaks for one: words beside it ("Paris, Texas",
"the Lebanese city of Tripoli"), the other places and states that the report names and how near they are, the publisher's
home, and how many people live there. A place has one meaning in a report unless its own neighbours say otherwise.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property, lru_cache
from typing import Final
from urllib.parse import urlsplit

import numpy as np

from ascribe.data import rows
from ascribe.resolve.gazetteer import country_of_domain, places_called, prefixes, spelled
from ascribe.resolve.index import Index
from ascribe.resolve.lexicon import Hit, names
from ascribe.resolve.meanings import KINDS, LOCAL, STATES, Candidate, lies_in, meanings, meanings_of, middle_of, of_gazetteer
from ascribe.resolve.together import likeliest, softmax, support
from ascribe.schema import Identity, Mention, Span

_BODIES: Final = ("metonym", "organisation")
_LONGEST: Final = 6  # tokens of a name
_GAP: Final = re.compile(r"[ \u00a0.'’‘`–-]{0,3}")
_COMMA: Final = re.compile(r"\s{0,2}[,(]\s{0,2}")
_LARGE: Final = 15_000  # inhabitants from which a name alone is taken for a place

# In natural logarithms of odds; found by trying on every second article of LGL (Lieberman et al. 2010).
_QUALIFIED: Final = 12.0
_HOME: Final = 1.0  # weight of the publisher's home beside that of a place named once
_SURE: Final = 0.95  # share above which a state or a place of the tables needs no word on its namesakes
_DOUBT: Final = 0.3  # share under which nothing is said of a small place


@dataclass(frozen=True, slots=True)
class Toponym:
    """A place name in a text with its meanings, and those that its neighbours allow."""

    start: int
    stop: int
    candidates: tuple[Candidate, ...]
    bonus: tuple[float, ...]  # what the words beside it say for each
    part: bool = False  # only a part of the place or something near it is meant
    refused: str = ""  # why a name that is known is no place here
    home: bool = False  # of the publisher, or a state that is not named but meant by its army

    @property
    def key(self) -> tuple[str, ...]:
        """Names that can mean the same places are one: "ATHENS" and "Athens"."""
        return tuple(candidate.id for candidate in self.candidates) + ("home",) * self.home


class Places:
    """The places of one report, weighed together."""

    def __init__(self, index: Index, spans: Sequence[Span] = ()) -> None:
        self.index = index
        self.spans = tuple(spans)

    def locate(self, statement: str, mention: Mention) -> Identity:
        """The Identity of a place mention; a place that is not known or in doubt has no coordinates."""
        toponym = self.read(mention.span)
        if toponym is None or toponym.refused or not toponym.candidates:
            why = toponym.refused if toponym else ""
            return Identity(statement, "place", mention.span, because=why or "no place of this name in the tables")
        candidate, share, why = self.choose(toponym)
        if share < _DOUBT:
            why = f"one of {len(toponym.candidates)} places of this name, nothing in the report says which"
            return Identity(statement, "place", mention.span, because=why)
        return _identity(statement, mention.span, candidate, (0.5 if toponym.part else 0.9) * share, why)

    # ---- read: which name stands in a mention ----

    def read(self, span: Span) -> Toponym | None:
        """The place name in a stretch of text: "the town of Paris, Tenn." names Paris."""
        found = list(self._names(span.start, span.stop))
        if not found:
            return None
        first = found[0]
        for other in found[1:]:
            between = self.index.text[first.stop : other.start]
            if _all_states(first) or re.search(r"\bof\b", between) or ("'s" in between or "’s" in between):
                first = other
        return first

    def _names(self, start: int, stop: int) -> Iterator[Toponym]:
        low, high = self.index.tokens_in(start, stop)
        at = low
        while at < high:
            toponym, at = self._name_at(at, low, high)
            if toponym is not None:
                yield toponym

    def _name_at(self, at: int, low: int, high: int) -> tuple[Toponym | None, int]:
        tokens = self.index.tokens
        if not tokens[at].capital:
            return None, at + 1
        for last in range(min(high, at + _LONGEST), at, -1):
            start, stop = tokens[at].start, tokens[last - 1].stop
            if not self._joined(at, last):
                continue
            candidates = meanings(self.index, start, stop)
            if candidates:
                return self._toponym(at, last, low, high, candidates), last
        return None, at + 1

    def _joined(self, first: int, last: int) -> bool:
        tokens, text = self.index.tokens, self.index.text
        for at in range(first, last - 1):
            gap = text[tokens[at].stop : tokens[at + 1].start]
            if gap != " " and not _GAP.fullmatch(gap):
                return False
        return True

    def _toponym(self, first: int, last: int, low: int, high: int, candidates: tuple[Candidate, ...]) -> Toponym:
        tokens = self.index.tokens
        start, stop = tokens[first].start, tokens[last - 1].stop
        roles = {_role(tokens[at].key) for at in range(last, high) if self._joined(last - 1, at + 1)}
        before = {_role(tokens[at].key) for at in range(low, first)}
        beyond = {self._kind_after(last)} if last == high else set()
        refused = ""
        if roles & {"road", "water", "land"}:
            refused = "a road, water or landmark of this name is in no table"
        elif self._cut(first, last, low, high) and not (roles | before) - {""}:
            refused = "only a part of this name is in the tables"
        bonus = self._bonus(first, last, candidates)
        if "region" in roles | before | beyond:
            pairs = zip(bonus, candidates, strict=True)
            bonus = tuple(each + 4.0 * (one.kind in ("region", "district")) for each, one in pairs)
        part = bool(roles & {"near", "part"} or "part" in before)
        return Toponym(start, stop, candidates, bonus, part, refused)

    def _kind_after(self, last: int) -> str:
        """What the word after a name says it is: "Niger state"."""
        tokens = self.index.tokens
        return _role(tokens[last].key) if last < len(tokens) and self._joined(last - 1, last + 1) else ""

    def _cut(self, first: int, last: int, low: int, high: int) -> bool:
        """Whether capitalised words of the mention stand right beside a name: only "Cleveland" of "Lake Cleveland"."""
        tokens = self.index.tokens
        before = first > low and tokens[first - 1].capital and self._joined(first - 1, first + 1)
        return before or (last < high and tokens[last].capital and self._joined(last - 1, last + 1))

    # ---- what stands beside a name ----

    def _bonus(self, first: int, last: int, candidates: tuple[Candidate, ...]) -> tuple[float, ...]:
        if len(candidates) == 1:
            return (0.0,)
        bonus = [0.0] * len(candidates)
        for allowed, weight in self._qualifiers(first, last):
            for at, candidate in enumerate(candidates):
                if any(lies_in(candidate, other) for other in allowed):
                    bonus[at] = max(bonus[at], weight)
        return tuple(bonus)

    def _qualifiers(self, first: int, last: int) -> Iterator[tuple[tuple[Candidate, ...], float]]:
        after = self._after(last)
        if after:
            yield after, _QUALIFIED
        before = self._before(first)
        if before:
            yield before, _QUALIFIED / 2

    def _after(self, last: int) -> tuple[Candidate, ...]:
        """The region or state after a comma, a bracket or "in"."""
        tokens, text = self.index.tokens, self.index.text
        if self._kind_after(last) in ("region", "city"):
            last += 1
        if last >= len(tokens):
            return ()
        gap = text[tokens[last - 1].stop : tokens[last].start]
        begin = last
        if not _COMMA.fullmatch(gap):
            if tokens[last].key != "in" or gap != " ":
                return ()
            begin = last + 1
            while (
                begin < len(tokens) and begin < last + 3 and _role(tokens[begin].key) == "part" and not tokens[begin].capital
            ):
                begin += 1
        return self._longest(begin, short=begin == last)

    def _longest(self, first: int, short: bool) -> tuple[Candidate, ...]:
        tokens = self.index.tokens
        if first >= len(tokens) or not tokens[first].capital:
            return ()
        for last in range(min(len(tokens), first + 4), first, -1):
            if self._joined(first, last):
                found = meanings(self.index, tokens[first].start, tokens[last - 1].stop, short=short)
                if found:
                    return tuple(
                        one for one in found if one.is_state or one.kind in ("region", "district", "place", "dispute")
                    )
        return ()

    def _before(self, first: int) -> tuple[Candidate, ...]:
        """The state named before as what the place is of: "the Lebanese city of Tripoli", "Iraq's Basra"."""
        tokens, text = self.index.tokens, self.index.text
        for at in range(first - 1, max(first - 6, -1), -1):
            if tokens[at].capital:
                if not _belongs(text[tokens[at].stop : tokens[first].start]):
                    return ()
                found = meanings(self.index, tokens[at].start, tokens[at].stop)
                return tuple(one for one in found if one.is_state)
        return ()

    # ---- weigh: all names of the report together ----

    def choose(self, toponym: Toponym) -> tuple[Candidate, float, str]:
        """The likeliest meaning, its share of all, and why it and no other."""
        count = len(toponym.candidates)
        if count == 1:
            return toponym.candidates[0], 1.0, ""
        backing = self._support.get(toponym.key) or (0.0,) * count
        bonus = toponym.bonus if max(toponym.bonus) > 0 else self._shared(toponym)
        prior = [candidate.prior for candidate in toponym.candidates]
        shares = softmax(np.array(prior) + np.array(backing) + np.array(bonus))
        best, share = likeliest(toponym.candidates, shares)
        if share > _SURE and toponym.candidates[best].kind not in LOCAL:
            return toponym.candidates[best], share, ""
        why = "the best known"
        if bonus[best] > 0:
            why = "the one that the words beside it tell"
        elif backing[best] > 0:
            why = "the one that the report's other names speak for"
        return toponym.candidates[best], share, f"; of {count} of this name {why}"

    def _shared(self, toponym: Toponym) -> tuple[float, ...]:
        known = self._toponyms.get(toponym.key)
        return known.bonus if known is not None else toponym.bonus

    @cached_property
    def _counts(self) -> dict[tuple[str, ...], float]:
        return {}

    @cached_property
    def _toponyms(self) -> dict[tuple[str, ...], Toponym]:
        """Every place name of the report once, with the strongest that is said beside it anywhere."""
        found: dict[tuple[str, ...], Toponym] = {}
        for toponym in self._all():
            if toponym.refused or not toponym.candidates:
                continue
            key = toponym.key
            self._counts[key] = self._counts.get(key, 0.0) + 1.0
            known = found.setdefault(key, toponym)
            if known is not toponym:
                both = tuple(max(pair) for pair in zip(known.bonus, toponym.bonus, strict=True))
                found[key] = replace(known, bonus=both)
        return found

    def _all(self) -> Iterator[Toponym]:
        for span in self.spans:
            yield from self._names(span.start, span.stop)
        for hit in self.index.hits:
            if any(span.start < hit.stop and hit.start < span.stop for span in self.spans):
                continue
            surface = self.index.text[hit.start : hit.stop]
            candidates = meanings_of(surface, hit.entries, self.index.date, False) if _names_place(hit) else ()
            if candidates:
                yield self._toponym(hit.first, hit.last, hit.first, hit.last, candidates)
            elif hit.entries[0].kind in _BODIES and hit.entries[0].country:
                yield from _of_state(hit.entries[0].country)
        yield from self._unlisted()
        yield from self._home()

    def _unlisted(self) -> Iterator[Toponym]:
        """Names of larger places that no table has, where they stand alone: "Maracay", but not "Paris Hilton"."""
        tokens, hits = self.index.tokens, self.index.named_tokens
        row: list[int] = []
        for at, token in enumerate(tokens):
            if not token.capital:
                continue
            if not row or row[-1] != at - 1 or not self._joined(at - 1, at + 1):
                yield from self._alone(row, hits)
                row = []
            row.append(at)
        yield from self._alone(row, hits)

    def _alone(self, row: list[int], hits: frozenset[int]) -> Iterator[Toponym]:
        if not row or len(row) > 3 or not hits.isdisjoint(row):
            return
        start, stop = self.index.tokens[row[0]].start, self.index.tokens[row[-1]].stop
        surface = self.index.text[start:stop]
        taken = any(span.start < stop and start < span.stop for span in self.spans)
        if not taken and len(surface) > 3 and _is_large(surface) and self.index.sentence(start).start != start:
            yield self._toponym(row[0], row[-1] + 1, row[0], row[-1] + 1, meanings(self.index, start, stop))

    def _home(self) -> Iterator[Toponym]:
        """The publisher's home: a place in its name or its web address, the state of its domain."""
        home = self.index.report.publisher, self.index.report.url
        named = {each for key in self._counts for each in key}
        for key in _home_names(*home):
            found = tuple(of_gazetteer(key))
            if found and not any(each.id in named for each in found):
                yield Toponym(0, 0, found, (0.0,) * len(found), home=True)
        for code in _home_states(*home):
            yield from _of_state(code)

    @cached_property
    def _support(self) -> dict[tuple[str, ...], tuple[float, ...]]:
        """How much the rest of the report speaks for each meaning of each name."""
        toponyms = list(self._toponyms.values())
        if not any(len(one.candidates) > 1 for one in toponyms):
            return {}
        candidates = [candidate for one in toponyms for candidate in one.candidates]
        owner = np.repeat(np.arange(len(toponyms)), [len(one.candidates) for one in toponyms])
        weight = np.array([_HOME if one.home else 1.0 + math.log(self._counts[one.key]) for one in toponyms])
        base = np.array([c.prior for c in candidates]) + np.array([b for one in toponyms for b in one.bonus])
        found = support(candidates, owner, base, weight)
        starts = np.searchsorted(owner, np.arange(len(toponyms) + 1))
        return {one.key: tuple(found[starts[at] : starts[at + 1]].tolist()) for at, one in enumerate(toponyms)}


def _all_states(toponym: Toponym) -> bool:
    return all(candidate.kind in STATES for candidate in toponym.candidates)


def _identity(statement: str, span: Span, candidate: Candidate, score: float, why: str) -> Identity:
    contested = (
        f"; contested: {candidate.dispute}, disputes.csv" if candidate.dispute and candidate.kind != "dispute" else ""
    )
    return Identity(
        statement,
        "place",
        span,
        entity=candidate.id,
        name=candidate.name,
        country=candidate.country,
        lat=candidate.lat,
        lon=candidate.lon,
        dispute=candidate.dispute,
        score=round(score, 3),
        because=candidate.said + contested + why,
    )


@cache
def _roles() -> dict[str, str]:
    return {row["word"]: row["role"] for row in rows("place_words")}


def _belongs(between: str) -> bool:
    """Whether the words between a state and a place say that one is the other's: "'s ", " city of "."""
    words = between.replace("’", "'").split()
    if words in ([], ["'s"]):
        return True
    return between.islower() and (words[-1] == "of" or _role(words[-1]) in ("city", "region"))


def _role(word: str) -> str:
    return _roles().get(word, "")


@lru_cache(maxsize=1000)
def _home_names(publisher: str | None, url: str | None) -> tuple[str, ...]:
    """Keys of place names in a publisher's name and web address: "dallasnews.com" has "dallas"."""
    found: list[str] = []
    host = (urlsplit(url).hostname or "") if url else ""
    for word in host.split(".")[:-1]:
        found += [key for key in prefixes(word) if len(key) > 4][-1:]
    words = (publisher or "").replace(".", " ").split()
    for first in range(len(words)):
        for last in range(len(words), first, -1):
            key = spelled(" ".join(words[first:last]))
            if len(key) > 3 and places_called(key) and key not in found:
                found.append(key)
                break
    return tuple(found)


@lru_cache(maxsize=1000)
def _home_states(publisher: str | None, url: str | None) -> tuple[str, ...]:
    """The states of a known publisher and of a web address: "civil.ge" is of Georgia."""
    domain = ((urlsplit(url).hostname or "") if url else "").rsplit(".", 1)[-1]
    codes = {entry.country for entry in names().get(publisher or "") if entry.kind == "publisher"} | {
        country_of_domain(domain)
    }
    return tuple(sorted(code for code in codes if code))


def _of_state(code: str) -> Iterator[Toponym]:
    """A state that is not named but meant by something else of it: its army, its publisher."""
    point = middle_of(code)
    if point is not None:
        state = Candidate(code, code, "state", code, "", *point, 0.0, "states.csv")
        yield Toponym(0, 0, (state,), (0.0,), home=True)


def _names_place(hit: Hit) -> bool:
    return any(entry.kind in KINDS for entry in hit.entries)


@lru_cache(maxsize=20_000)
def _is_large(surface: str) -> bool:
    found = places_called(spelled(surface))
    return bool(found) and found[0].population >= _LARGE
