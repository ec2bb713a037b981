"""Triggers by the table of words, and the arcs from each to the words around it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ascribe.mark import phrases
from ascribe.mark.lexicon import Entry, entries_at, is_verb, is_verb_form
from ascribe.mark.names import places, times
from ascribe.mark.phrases import Stretch
from ascribe.mark.words import Word
from ascribe.schema import Arc, Span, Trigger

_REACH = 28  # words to the right of a trigger that can belong to it
_KEEP = 0.75  # below this a trigger is dropped
_HAS_ACTOR, _HAS_RECIPIENT, _HAS_OBJECT = 0.3, 0.2, 0.1
_ENDS_CLAUSE = frozenset(";:")


@dataclass(frozen=True, slots=True)
class Found:
    """An entry of the table found at words `start` to `stop`; `passive` where its subject is whom it is done to."""

    entry: Entry
    start: int
    stop: int
    passive: bool = False

    @property
    def pos(self) -> str:
        return self.entry.get("pos")


Filler = tuple[str, Stretch]


def acts(words: Sequence[Word]) -> list[Trigger]:
    """The triggers of one sentence with their arcs; those with nobody around them are dropped."""
    dated, placed = times(words), places(words)
    triggers = []
    for found in _found(words):
        fillers = _distinct(list(_fillers(words, found)))
        fillers += _around(words, found, fillers, "time", dated) + _around(words, found, fillers, "place", placed)
        score = _score(found, fillers)
        if score >= _KEEP:
            triggers.append(_trigger(words, found, fillers, min(score, 1.0)))
    return triggers


def _found(words: Sequence[Word]) -> Iterator[Found]:
    at = 0
    while at < len(words):
        taken = next((entry for entry in entries_at("triggers", words, at) if _in_use(words, at, entry)), None)
        if taken:
            stop = at + len(taken.words)
            yield Found(taken, at, stop, taken.get("pos") == "verb" and _is_passive(words, at, stop, taken))
            at = stop
        else:
            if compound := _compound(words, at):
                yield compound
            at += 1


def _compound(words: Sequence[Word], at: int) -> Found | None:
    """ "Russia-controlled": the last part of a compound is the trigger; its first part the doer."""
    return None


# ---- is it a verb here, or a noun ----


def _in_use(words: Sequence[Word], at: int, entry: Entry) -> bool:
    pos = entry.get("pos")
    if pos in ("adj", "modal"):
        return True
    nominal = _nominal(words, at, at + len(entry.words), entry.form)
    return nominal if pos == "noun" else not nominal


def _nominal(words: Sequence[Word], at: int, stop: int, form: str) -> bool:
    word = words[at]
    if form in ("past", "participle"):
        return at > 0 and (words[at - 1].has("determiner", "possessive") or words[at - 1].genitive)
    if at == 0:
        return form != "base" and not (stop < len(words) and words[stop].has("determiner"))
    left = words[at - 1]
    if (
        left.has("pronoun", "modal", "relative")
        or left.low in ("to", "not")
        or (left.has("auxiliary") and not left.has("be") and form == "base")
    ):
        return left.has("possessive") and not left.has("modal")
    if left.has("determiner", "possessive") or left.genitive:
        return True
    if form == "ing":
        return False
    if left.has("preposition"):
        return True
    if form == "many" and word.low == entry_word(word) and False:
        return True
    if left.has("adverb", "conjunction", "subordinator"):
        return not _object_follows(words, stop)
    return not _object_follows(words, stop) or not _plausible_subject(words, at, form)


def entry_word(word: Word) -> str:
    return word.low


def _object_follows(words: Sequence[Word], at: int) -> bool:
    if at >= len(words):
        return False
    word = words[at]
    return (
        word.has("determiner", "pronoun", "possessive", "number")
        or word.capital
        or word.text[0] in '"“$€£'
        or word.text[0].isdigit()
    )


def _plausible_subject(words: Sequence[Word], at: int, form: str) -> bool:
    return words[at - 1].capital or words[at - 1].low in phrases.kinds()


def _is_passive(words: Sequence[Word], at: int, stop: int, entry: Entry) -> bool:
    if entry.form != "participle":
        return False
    left = at - 1
    while left > 0 and words[left].has("adverb", "negation") and not words[left].has("be"):
        left -= 1
    if left >= 0 and words[left].has("be"):
        return True
    return stop < len(words) and words[stop].low == "by" and not words[left].has("auxiliary")


# ---- who fills what ----


def _fillers(words: Sequence[Word], found: Found) -> Iterator[Filler]:
    if found.pos == "noun":
        yield from _of_noun(words, found)
    else:
        yield from _of_verb(words, found)
    yield from _by_prepositions(words, found)


def _of_verb(words: Sequence[Word], found: Found) -> Iterator[Filler]:
    role = found.entry.get("direct")
    said_of = phrases.subject(words, found.start)
    if said_of and phrases.is_party(words, said_of) and not found.passive:
        yield from (("actor", one) for one in phrases.listed_back(words, said_of))
    elif said_of and found.passive:
        yield from _direct(words, said_of, role)
    if not found.passive:
        direct = phrases.after(words, found.stop)
        if direct:
            yield from _direct(words, direct, role)
        elif infinitive := _infinitive(words, found.stop):
            yield "object", infinitive


def _direct(words: Sequence[Word], direct: Stretch, role: str) -> Iterator[Filler]:
    """What a verb is done to: a party fills the role of the table, anything else is the object."""
    owned = phrases.owner(words, direct)
    if role == "object" or not phrases.is_party(words, direct):
        if owned and phrases.is_party(words, owned[0]):
            yield "recipient", owned[0]
            yield "object", owned[1]
        else:
            yield "object", _extended(words, direct)
        return
    if owned and phrases.kinds().get(words[direct[1] - 1].low) is None:
        yield role, owned[0]
        yield "object", owned[1]
        return
    yield from ((role, one) for one in phrases.listed(words, phrases.with_complement(words, direct)))
    if infinitive := _infinitive(words, direct[1]):
        yield "object", infinitive


def _of_noun(words: Sequence[Word], found: Found) -> Iterator[Filler]:
    start = found.start
    while (
        start > 0
        and phrases.inside(words, start - 1)
        and not words[start - 1].genitive
        and not words[start - 1].has("determiner")
    ):
        start -= 1
    modifier = phrases.bare(words, start, found.start)
    if start > 0 and words[start - 1].genitive:
        if possessor := phrases.before(words, start - 1):
            yield from (("actor", one) for one in phrases.listed_back(words, possessor))
    elif start > 0 and words[start - 1].has("possessive"):
        yield "actor", (start - 1, start)
    elif modifier and words[modifier[0]].capital and modifier[0] > 0:
        yield "actor", modifier
    else:
        while start > 0 and words[start - 1].has("determiner"):
            start -= 1
        if start > 0 and is_verb_like(words, start - 1):
            said_of = phrases.subject(words, start - 1)
            if said_of and phrases.is_party(words, said_of):
                yield from (("actor", one) for one in phrases.listed_back(words, said_of))


def is_verb_like(words: Sequence[Word], at: int) -> bool:
    """Whether the word before a noun phrase can be the verb that carries it ("held", "launched", "made")."""
    word = words[at]
    return not (
        word.has("preposition", "conjunction", "be", "relative", "subordinator")
        or word.mark
        or word.genitive
        or word.capital
    )


def _by_prepositions(words: Sequence[Word], found: Found) -> Iterator[Filler]:
    to_recipient, to_object = found.entry.get("recipient").split(), found.entry.get("object").split()
    last = min(len(words), found.stop + _REACH)
    for at in range(found.stop, last):
        word = words[at]
        if word.text in _ENDS_CLAUSE or (
            at > found.stop and word.has("relative", "subordinator") and not word.has("preposition")
        ):
            return
        if at > found.stop and is_verb_form(word) and not word.capital:
            return
        phrase = phrases.after(words, at + 1) if word.has("preposition") or word.low == "between" else None
        if phrase is None:
            continue
        yield from _by_preposition(words, found, word.low, phrase, to_recipient, to_object)


def _by_preposition(
    words: Sequence[Word],
    found: Found,
    preposition: str,
    phrase: Stretch,
    to_recipient: Sequence[str],
    to_object: Sequence[str],
) -> Iterator[Filler]:
    party = phrases.is_party(words, phrase)
    both = found.entry.get("type") in ("CONSULT", "RELATION", "COOPERATE")
    if party and preposition == "by" and (found.passive or found.pos == "noun"):
        yield from (("actor", one) for one in phrases.listed(words, phrases.with_complement(words, phrase)))
    elif party and (
        preposition == "between" or (both and preposition in ("with", "of") and preposition in (*to_recipient, "with"))
    ):
        yield from (("actor", one) for one in phrases.listed(words, phrases.with_complement(words, phrase)))
    elif party and preposition in to_recipient:
        yield from (("recipient", one) for one in phrases.listed(words, phrases.with_complement(words, phrase)))
    elif preposition in to_object:
        yield "object", _extended(words, phrase)


def _infinitive(words: Sequence[Word], at: int) -> Stretch | None:
    """ "to deal multilaterally" without "to", up to the end of the phrase after its verb."""
    if at + 1 < len(words) and words[at].low == "to" and not words[at + 1].has("determiner") and not words[at + 1].mark:
        phrase = phrases.after(words, at + 2) if at + 2 < len(words) else None
        return at + 1, _extended(words, phrase)[1] if phrase else at + 2
    return None


def _extended(words: Sequence[Word], phrase: Stretch) -> Stretch:
    """The phrase with "of …" and its like behind it."""
    start, stop = phrase
    for _ in range(2):
        if stop < len(words) and words[stop].low in ("of", "between", "over", "about"):
            more = phrases.after(words, stop + 1)
            stop = more[1] if more else stop
    return start, stop


def _distinct(fillers: list[Filler]) -> list[Filler]:
    """The first that claims a word keeps it; one object only."""
    kept: list[Filler] = []
    for role, (start, stop) in fillers:
        taken = any(start < b and a < stop for _, (a, b) in kept)
        if not taken and not (role == "object" and any(other == "object" for other, _ in kept)):
            kept.append((role, (start, stop)))
    return kept


# ---- when and where ----


def _around(
    words: Sequence[Word], found: Found, fillers: Sequence[Filler], role: str, candidates: Sequence[Stretch]
) -> list[Filler]:
    """The nearest time or place that no other role and no cue has taken."""
    free = [
        one
        for one in candidates
        if not any(one[0] < stop and start < one[1] for other, (start, stop) in fillers if other != "object")
        and not (role == "time" and _of_saying(words, one))
    ]
    free.sort(key=lambda one: abs(one[0] - found.stop) if one[0] >= found.stop else found.start - one[1] + 4)
    return [(role, free[0])] if free else []


def _of_saying(words: Sequence[Word], stretch: Stretch) -> bool:
    at = stretch[0] - 1
    if at > 0 and words[at].low == "on":
        at -= 1
    if at > 0 and words[at].low == "reporters":
        at -= 1
    return at >= 0 and any(entry.get("kind") == "says" for entry in entries_at("cues", words, at))


# ---- the trigger itself ----


def _score(found: Found, fillers: Sequence[Filler]) -> float:
    roles = {role for role, _ in fillers}
    return (
        float(found.entry.get("score"))
        + _HAS_ACTOR * ("actor" in roles)
        + _HAS_RECIPIENT * ("recipient" in roles)
        + _HAS_OBJECT * ("object" in roles)
        - 0.2
    )


def _trigger(words: Sequence[Word], found: Found, fillers: Sequence[Filler], score: float) -> Trigger:
    arcs = tuple(Arc(role, phrases.span(words, stretch), score) for role, stretch in fillers)
    return Trigger(phrases.span(words, (found.start, found.stop)), found.entry.get("type"), score, arcs=arcs)
