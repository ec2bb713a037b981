"""Noun phrases without a grammar: stretches of words between the words that cannot stand inside one."""

from __future__ import annotations

from collections.abc import Container, Sequence
from functools import cache

from ascribe import data
from ascribe.mark.lexicon import is_cue, is_verb, is_verb_form
from ascribe.mark.words import Word
from ascribe.schema import Span

_BREAKS = (
    "preposition", "conjunction", "relative", "subordinator", "auxiliary", "be", "modal", "adverb", "negation", "time",
)  # fmt: skip
_LONGEST = 10  # words in one phrase
_BACK = 40  # words back that the subject of a verb is looked for

Stretch = tuple[int, int]  # words i up to but not including j


def inside(words: Sequence[Word], at: int) -> bool:
    """Whether word `at` can stand inside a noun phrase."""
    word = words[at]
    if word.low == "-" or (at > 0 and words[at - 1].low == "-"):
        return True
    if is_verb(word) and at > 0 and words[at - 1].has("pronoun", "modal", "negation"):
        return False
    if word.genitive or (word.has("determiner") and not word.has("negation", "pronoun")):
        return True
    timely = word.has("before-time") and at + 1 < len(words) and words[at + 1].has("time")
    if word.mark or timely or word.has("pronoun", *_BREAKS):
        return False
    if word.capital and (at > 0 or word.has("also-noun")):
        return True
    follows_name = at > 0 and (words[at - 1].capital or words[at - 1].low in kinds())
    return not is_verb_form(word) and not (follows_name and word.low.endswith("ed"))


def before(words: Sequence[Word], stop: int) -> Stretch | None:
    """The noun phrase that ends just before word `stop`."""
    if stop > 0 and words[stop - 1].has("pronoun"):
        return stop - 1, stop
    start = stop
    while start > 0 and stop - start < _LONGEST and inside(words, start - 1):
        start -= 1
        if words[start].has("determiner") and not words[start].genitive:
            break
    return bare(words, start, stop)


def after(words: Sequence[Word], start: int) -> Stretch | None:
    """The noun phrase that begins at word `start`, its determiner dropped."""
    if start < len(words) and words[start].has("pronoun"):
        return start, start + 1
    stop = start
    while stop < len(words) and stop - start < _LONGEST and inside(words, stop):
        if (
            words[stop].has("determiner")
            and not words[stop].has("number")
            and stop > start
            and not words[stop - 1].has("determiner", "number")
        ):
            break
        stop += 1
    return bare(words, start, stop)


def bare(words: Sequence[Word], start: int, stop: int) -> Stretch | None:
    """The stretch without articles and counts before it and genitives at its ends; None when nothing is left.

    "Twelve guards" are "guards", but "the two sides" keep their count."""
    begin = start
    while start < stop and (words[start].has("determiner", "possessive") or words[start].genitive or words[start].mark):
        start += 1
    while start == begin and start + 1 < stop and (words[start].has("number") or words[start].text.isdigit()):
        begin = start = start + 1
    while start < stop and (words[stop - 1].genitive or words[stop - 1].mark):
        stop -= 1
    return (start, stop) if start < stop else None


def with_complement(words: Sequence[Word], stretch: Stretch, prepositions: Container[str]) -> Stretch:
    """The phrase with "of …" where its head alone says nothing: "leaders of Japan", "sources in Russia and Japan"."""
    start, stop = stretch
    if any(word.capital for word in words[start:stop]) or stop >= len(words) or words[stop].low not in prepositions:
        return stretch
    more = after(words, stop + 1)
    if more is None or not any(word.capital for word in words[more[0] : more[1]]):
        return stretch
    stop = more[1]
    if stop + 1 < len(words) and words[stop].low == "and" and words[stop + 1].capital:
        rest = after(words, stop + 1)
        stop = rest[1] if rest and rest[1] - rest[0] <= 2 else stop
    return start, stop


def is_party(words: Sequence[Word], stretch: Stretch) -> bool:
    """Whether the phrase can name a party: a pronoun for one, a name, or a head noun of the table of kinds."""
    start, stop = stretch
    head = words[stop - 1]
    if head.has("pronoun", "possessive"):
        return True
    if head.low in kinds():
        return kinds()[head.low] != "document"
    return any(word.capital and not word.has("time") for word in words[max(start, 1) : stop]) or (
        start == 0 and head.capital and not head.kinds
    )


def is_document(words: Sequence[Word], stretch: Stretch) -> bool:
    """Whether the phrase is a text that can tell: "the report"."""
    return kinds().get(words[stretch[1] - 1].low) == "document"


def span(words: Sequence[Word], stretch: Stretch) -> Span:
    """The characters of a stretch of words."""
    return Span(words[stretch[0]].span.start, words[stretch[1] - 1].span.stop)


@cache
def kinds() -> dict[str, str]:
    """Head nouns of parties and sources with their kind."""
    return {row["word"]: row["kind"] for row in data.rows("source_kinds")}


# ---- who a verb is said of ----

_SKIPPED = ("adverb", "auxiliary", "be", "modal", "negation")
_CHAINED = frozenset({"of", "in", "for", "from", "at", "to", "on"})
_WRITTEN_BY = frozenset({"by", "released", "published", "issued"})


def subject(words: Sequence[Word], verb: int, depth: int = 3) -> Stretch | None:
    """The phrase that word `verb` is said of, looked for on its left."""
    at = verb
    while at > 0 and (words[at - 1].has(*_SKIPPED) and not words[at - 1].has("pronoun")):
        at -= 1
    if at == 0 or depth == 0:
        return None
    left = words[at - 1]
    if left.low == "to":
        return _governor(words, at - 1, depth)
    if (left.has("relative") and left.low != "that") or (left.low == "that" and at > 1 and not is_verb(words[at - 2])):
        return head(words, _before_comma(words, at - 1))
    if left.low in (",", "–", "—"):
        return _around_insertion(words, at - 1) or _earlier(words, at - 1, depth)
    if left.has("conjunction"):
        return _earlier(words, at - 1, depth)
    if is_verb(left) and not left.capital and before(words, at) is None:  # "prepared to", "began shelling"
        return subject(words, at - 1, depth - 1)
    found = head(words, before(words, at))
    return found or _earlier(words, at - 1, depth)


def _governor(words: Sequence[Word], to: int, depth: int) -> Stretch | None:
    """The subject of an infinitive: the party just before "to", else the subject of the word that governs it."""
    near = before(words, to)
    if near and is_party(words, near) and (near[1] - near[0] > 1 or words[near[0]].capital or words[near[0]].has("pronoun")):
        return near
    return subject(words, near[0] if near else max(to - 1, 0), depth - 1)


def _earlier(words: Sequence[Word], stop: int, depth: int) -> Stretch | None:
    """The subject of the verb before `stop`: "Russia refused and left"."""
    for at in range(stop - 1, max(stop - _BACK, 0), -1):
        if is_cue(words[at]) or (at + 1 < len(words) and is_cue(words[at + 1])):
            continue
        if words[at].has("auxiliary", "be", "modal") or (is_verb(words[at]) and not words[at].capital):
            found = subject(words, at, depth - 1)
            if found and is_party(words, found):
                return found
    return None


def _around_insertion(words: Sequence[Word], comma: int) -> Stretch | None:
    """The phrase before "…, which is also engaged in disputes, refuses"."""
    for at in range(comma - 1, max(comma - 30, 0), -1):
        if words[at].low == words[comma].low:
            found = before(words, at)
            name = before(words, comma)
            if found and name and name[0] == at + 1 and _is_title(words, found) and _name_before(words, comma):
                return name  # "the minister, Anna Lund, said"
            return head(words, found) if found and (is_party(words, found) or is_document(words, found)) else None
    return None


def _is_title(words: Sequence[Word], stretch: Stretch) -> bool:
    return kinds().get(words[stretch[1] - 1].low) == "person"


def _before_comma(words: Sequence[Word], stop: int) -> Stretch | None:
    return before(words, stop - 1 if stop > 1 and words[stop - 1].low == "," else stop)


def head(words: Sequence[Word], stretch: Stretch | None) -> Stretch | None:
    """The first phrase of a chain: "Minister" of "Minister of Defence"; the name that "…, minister of defence" follows."""
    while stretch:
        start = stretch[0]
        while start > 0 and words[start - 1].has("determiner", "possessive"):
            start -= 1
        if start > 1 and words[start - 1].low in _CHAINED and (before(words, start - 1)):
            stretch = before(words, start - 1)
        elif document := _document_before(words, start):
            return document
        elif start > 1 and words[start - 1].low == "," and _is_title(words, stretch) and _name_before(words, start - 1):
            return before(words, start - 1)
        else:
            return stretch
    return None


def _document_before(words: Sequence[Word], start: int) -> Stretch | None:
    """The "report" of "a report released by the agency"."""
    while start > 1 and words[start - 1].low in _WRITTEN_BY:
        start -= 1
    found = before(words, start)
    return found if found and found[1] == start and kinds().get(words[start - 1].low) == "document" else None


def _name_before(words: Sequence[Word], stop: int) -> bool:
    found = before(words, stop)
    return (
        found is not None
        and found[1] - found[0] > 1
        and all(word.capital or word.mark for word in words[found[0] : found[1]])
    )
