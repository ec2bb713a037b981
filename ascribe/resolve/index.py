"""A report looked through once: its tokens, the names of the tables in it, its sentences, its country and its date."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from ascribe.resolve.gazetteer import country_of_domain
from ascribe.resolve.lexicon import Entry, Hit, Token, names, tokens_of
from ascribe.schema import Report, Span

# Begins with the characters that can end a sentence, so that the search can jump from one to the next.
_SENTENCE_END = re.compile(
    r"[\s\"”’'](?:(?<=\n)\n*|(?:(?<=[a-z0-9)%][.!?][\"”’'])\s+|(?<=[a-z0-9)%][.!?]\s)\s*)(?=[\"“‘']?[A-ZÀ-Þ])"
    r"|(?<=[.!?][\"”]\s)\s*)"
)
_DATE = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")
# What naming it counts for the country that a report is about; these and _HALF are measured on the training statements.
_PLACING = {
    "state": 1.0, "adjective": 1.0, "people": 1.0, "capital": 1.0, "metonym": 0.5, "place": 1.0, "organisation": 0.5,
    "person": 1.0, "family": 0.5, "publisher": 1.0,
}  # fmt: skip
_HOST = re.compile(r"(?:[a-z]+://)?([^/:?#]+)", re.IGNORECASE)
_GOVERNMENTS = {"gov", "mil", "gouv", "gob", "govt"}  # labels of the addresses of governments
_HALF = 800  # characters from the beginning at which a name weighs half


@dataclass(frozen=True)
class Index:
    """What the parts of `resolve` look up in a report, made once."""

    report: Report

    @property
    def text(self) -> str:
        """The text of the report."""
        return self.report.text

    @cached_property
    def date(self) -> str | None:
        """The day of publication, as precise as known: "2014-02-06"."""
        found = _DATE.match(self.report.published or "")
        return found.group() if found else None

    @cached_property
    def tokens(self) -> list[Token]:
        """All tokens of the text."""
        return tokens_of(self.text)

    @cached_property
    def token_starts(self) -> list[int]:
        """Where each token begins."""
        return [token.start for token in self.tokens]

    @cached_property
    def hits(self) -> list[Hit]:
        """Every name of the tables in the text, longest first, left to right."""
        return names().find(self.text, self.tokens)

    @cached_property
    def hit_starts(self) -> list[int]:
        """Where each hit begins."""
        return [hit.start for hit in self.hits]

    @cached_property
    def capitals(self) -> dict[str, list[int]]:
        """Where each capitalised word stands: the indices of its tokens."""
        found: dict[str, list[int]] = defaultdict(list)
        for index, token in enumerate(self.tokens):
            if token.capital:
                found[token.key].append(index)
        return found

    @cached_property
    def named_tokens(self) -> frozenset[int]:
        """The tokens that belong to a name of the tables."""
        return frozenset(at for hit in self.hits for at in range(hit.first, hit.last))

    @cached_property
    def sentence_starts(self) -> list[int]:
        """Where each sentence begins, by a plain rule: resolving needs no more."""
        return [0, *(found.end() for found in _SENTENCE_END.finditer(self.text))]

    def sentence(self, position: int) -> Span:
        """The sentence around a character."""
        index = max(0, bisect_right(self.sentence_starts, position) - 1)
        after = self.sentence_starts[index + 1] if index + 1 < len(self.sentence_starts) else len(self.text)
        return Span(self.sentence_starts[index], after)

    def tokens_in(self, start: int, stop: int) -> tuple[int, int]:
        """The indices of the tokens inside the characters `start` to `stop`."""
        return bisect_left(self.token_starts, start), bisect_left(self.token_starts, stop)

    def names_in(self, start: int, stop: int) -> list[Hit]:
        """The names inside a stretch; one that the stretch cuts is looked up again within it."""
        hits, first, last = self.hits, bisect_left(self.hit_starts, start), bisect_left(self.hit_starts, stop)
        if not ((first and hits[first - 1].stop > start) or (first < last and hits[last - 1].stop > stop)):
            return hits[first:last]
        low, high = self.tokens_in(start, stop)
        inner = [token for token in self.tokens[low:high] if token.stop <= stop]
        found = names().find(self.text[start:stop], inner, start)
        return [Hit(hit.first + low, hit.last + low, hit.start, hit.stop, hit.entries) for hit in found]

    @cached_property
    def countries(self) -> dict[str, float]:
        """How much each state is named, also by its places, people and organisations; the later the less it weighs."""
        weight: dict[str, float] = defaultdict(float)
        for hit in self.hits:
            entry = hit.entries[0]
            share = _PLACING.get(entry.kind)
            if entry.country and share and (entry.kind != "family" or _of_one_state(hit.entries)):
                weight[entry.country] += share / (1 + hit.start / _HALF)
        return weight

    @cached_property
    def publishing_state(self) -> str | None:
        """The state whose government publishes the report, by its address: "www.gov.uk", "mfa.gov.ge", "www.centcom.mil"."""
        labels = _HOST.match(self.report.url or "")
        host = labels.group(1).lower().split(".") if labels else []
        if not _GOVERNMENTS & set(host[-2:]):
            return None
        return country_of_domain("us" if host[-1] in _GOVERNMENTS else host[-1])

    @cached_property
    def country(self) -> tuple[str, str] | None:
        """The country that the report is about, and how we know: most named, else the publisher's."""
        if self.countries:
            best = max(self.countries.items(), key=lambda item: (item[1], item[0]))[0]
            return best, "the country most named in the report"
        if self.publishing_state is not None:
            return self.publishing_state, "the government that publishes the report"
        if self.report.publisher:
            for entry in names().get(self.report.publisher):
                if entry.kind == "publisher" and entry.country:
                    return entry.country, "the publisher's country, publishers.csv"
        return None

    @cached_property
    def disputes(self) -> dict[str, tuple[Hit, Entry]]:
        """Each dispute that the report names, with its first name in the text."""
        found: dict[str, tuple[Hit, Entry]] = {}
        for hit in self.hits:
            for entry in hit.entries:
                if entry.kind == "dispute":
                    found.setdefault(entry.id, (hit, entry))
        return found

    def valid(self, entries: tuple[Entry, ...]) -> Entry | None:
        """The first meaning that holds on the report's date."""
        date = self.date
        for entry in entries:
            if date is None or not (entry.since or entry.until) or _holds(entry, date):
                return entry
            if entry.kind in ("state", "adjective", "people", "capital"):
                return entry
        return None


def _holds(entry: Entry, date: str) -> bool:
    return (not entry.since or entry.since <= date) and (not entry.until or date <= entry.until)


def _of_one_state(entries: tuple[Entry, ...]) -> bool:
    """Whether a family name is that of people of one state, and such as stands without a title."""
    return all(entry.country == entries[0].country and entry.sort != "titled" for entry in entries)
