"""Triggers by the table of words: which words express an act or position here, as what, and how sure that is."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ascribe.mark import phrases
from ascribe.mark.arcs import Filler, arcs_of
from ascribe.mark.lexicon import Entry, entries_at, is_noun
from ascribe.mark.names import places, times
from ascribe.mark.phrases import Stretch
from ascribe.mark.status import stance_of, status_of
from ascribe.mark.words import Word
from ascribe.schema import Arc, Trigger

KEEP = 0.3  # below this a trigger is dropped
# What a plan to do this is: a promise for what helps, a concession for what yields, a threat for what hurts.
_PLANNED = {
    "CONSULT": "AGREE", "COOPERATE": "AGREE", "AID": "AGREE", "SUPPORT": "AGREE", "RETREAT": "CONCEDE",
    "ASSAULT": "THREATEN", "SANCTION": "THREATEN",
}  # fmt: skip
# What these word, want or threaten is their object and no statement of its own.
_HOLD_CLAUSES = frozenset({"AGREE", "REQUEST", "STANCE", "THREATEN"})
# The chance that a trigger is one: a logistic regression on the score of its entry and what is around it, fitted on
# 275 annotated reports of world newswire; see data/README.md, triggers.csv.
_CONSTANT, _OF_ENTRY = -0.45, 0.8
_WEIGHTS = {
    "actor": 0.6, "recipient": 0.55, "object": 0.1, "time": 0.15, "place": 0.15, "pair": 0.4,
    "compound": 2.0, "passive": 0.4, "base": -0.85, "ing": -0.4,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Found:
    """An entry of the table at words `start` to `stop`; `passive` where its subject is whom it is done to."""

    entry: Entry
    start: int
    stop: int
    type: str
    passive: bool = False


def acts(words: Sequence[Word], year: int) -> list[Trigger]:
    """The triggers of one sentence with their arcs, in its order; the unlikely ones are dropped."""
    dated, placed = times(words), places(words)
    triggers: list[Trigger] = []
    at = 0
    while at < len(words):
        found, fillers = _at(words, at, dated, placed)
        if found:
            triggers += _with_price(words, found, fillers, triggers, year)
        at = found.stop if found else at + 1
    likely = [trigger for trigger in triggers if trigger.score >= KEEP]
    return [one for one in likely if not any(_words(other, one) for other in likely)]


def _words(outer: Trigger, inner: Trigger) -> bool:
    """Whether the inner trigger only words what the outer one wants, promises or does: "imposed sanctions"."""
    holds = outer.type in _HOLD_CLAUSES or (outer.type == inner.type and outer.span.start < inner.span.start)
    return holds and any(arc.role == "object" and arc.span.covers(inner.span) for arc in outer.arcs)


def _with_price(
    words: Sequence[Word], found: Found, fillers: Sequence[Filler], before: Sequence[Trigger], year: int
) -> list[Trigger]:
    """The trigger; a price is asked by who made the offer before it, of those to whom he made it."""
    trigger = _trigger(words, found, fillers, year)
    if found.entry.get("pos") != "price":
        return [trigger]
    offer = next((one for one in reversed(before) if one.type == "AGREE"), None)
    if offer is None:
        return []
    parties = tuple(arc for arc in offer.arcs if arc.role in ("actor", "recipient"))
    return [replace(trigger, arcs=parties + tuple(arc for arc in trigger.arcs if arc.role == "object"))]


def _at(
    words: Sequence[Word], at: int, dated: Sequence[Stretch], placed: Sequence[Stretch]
) -> tuple[Found | None, list[Filler]]:
    """The longest entry at word `at` that is in use there and has what it needs, with its arcs."""
    for entry, stop in entries_at("triggers", words, at):
        if _in_use(words, at, stop, entry):
            passive = entry.get("pos") == "verb" and _is_passive(words, at, stop, entry)
            found = _planned(words, Found(entry, at, stop, entry.get("type"), passive))
            fillers = arcs_of(words, entry, found.start, found.stop, passive, dated, placed)
            if _met(words, found, fillers):
                return found, fillers
    return None, []


# ---- is it a verb here, or a noun ----


def _in_use(words: Sequence[Word], at: int, stop: int, entry: Entry) -> bool:
    pos = entry.get("pos")
    if pos not in ("verb", "noun"):
        return True
    nominal = _nominal(words, at, stop, entry)
    return nominal if pos == "noun" else not nominal


def _nominal(words: Sequence[Word], at: int, stop: int, entry: Entry) -> bool:
    form = entry.form
    if at == 0:
        return entry.get("pos") == "noun" and not (stop < len(words) and words[stop].has("determiner"))
    left = words[at - 1]
    owned = left.has("determiner", "possessive") or left.genitive
    if form in ("past", "participle", "ing"):
        return owned and not left.has("pronoun", "relative")
    if left.has("modal", "relative") or left.low in ("to", "not") or (left.has("pronoun") and not left.has("possessive")):
        return False
    if owned or left.has("preposition"):
        return True
    if not is_noun(words[at]) and entry.get("pos") == "verb":
        return form == "base" and not _plural(left) and not left.has("conjunction", "adverb", "auxiliary")
    if left.has("auxiliary") and not left.has("be") and form == "base":
        return False
    return not (_object_follows(words, stop) and (left.capital or left.low in phrases.kinds() or left.has("adverb")))


def _plural(word: Word) -> bool:
    return word.low.endswith("s") or word.low in phrases.kinds() or word.mark


def _object_follows(words: Sequence[Word], at: int) -> bool:
    if at >= len(words):
        return False
    word = words[at]
    shown = word.capital or word.text[0] in '"“$€£' or word.text[0].isdigit()
    return shown or word.has("determiner", "pronoun", "possessive", "number")


def _is_passive(words: Sequence[Word], at: int, stop: int, entry: Entry) -> bool:
    if entry.form != "participle":
        return False
    left = at - 1
    while left > 0 and words[left].has("adverb", "negation") and not words[left].has("be"):
        left -= 1
    if left >= 0 and words[left].has("be"):
        return True
    return stop < len(words) and words[stop].low == "by" and not words[left].has("auxiliary")


# ---- plans ----


def _planned(words: Sequence[Word], found: Found) -> Found:
    """A plan is an act of its own type; its trigger holds the words that make it one: "will meet", "prepared to visit"."""
    kind = _PLANNED.get(found.type)
    start = found.start
    while start > 0 and words[start - 1].has("adverb") and not words[start - 1].has("be"):
        start -= 1
    if kind is None or start == 0 or found.entry.get("pos") != "verb":
        return found
    if start > 1 and words[start - 1].low == "be" and words[start - 2].low in ("to", "will", "would"):
        start -= 1
    left = words[start - 1]
    if left.low == "to" and start > 1 and words[start - 2].has("future"):
        return replace(found, start=start - 2, type=kind)
    if left.has("future") and left.has("modal"):
        return replace(found, start=start - 1, type=kind)
    if left.low == "to" and start > 1 and found.type == "CONSULT" and words[start - 2].capital and words[0].low != "to":
        return replace(found, type=kind)
    return found


# ---- what the table asks for besides ----


def _met(words: Sequence[Word], found: Found, fillers: Sequence[Filler]) -> bool:
    needs = found.entry.get("needs")
    if needs == "territory":
        return any(role == "object" and words[stretch[1] - 1].has("territory") for role, stretch in fillers)
    actors = [stretch for role, stretch in fillers if role == "actor"]
    if needs == "armed":
        return any(phrases.is_armed(words, stretch) for stretch in actors)
    if needs == "party":
        return any(role in ("recipient", "actor") and stretch[0] >= found.stop for role, stretch in fillers)
    if needs == "renames":  # "which China calls the Diaoyus": another name for the same thing is a claim to it
        named = [stretch for role, stretch in fillers if role == "object"]
        return bool(actors) and any(words[stretch[0]].capital and words[stretch[0] - 1].low == "the" for stretch in named)
    return True


def _trigger(words: Sequence[Word], found: Found, fillers: Sequence[Filler], year: int) -> Trigger:
    score = _chance(words, found, fillers)
    type_ = "STANCE" if found.type == "REJECT" and _habitual(words, found.start) else found.type
    return Trigger(
        phrases.span(words, (found.start, found.stop)),
        type_,
        score,
        status=status_of(words, found.start, type_, year),
        stance=stance_of(words, found.start),
        arcs=tuple(Arc(role, phrases.span(words, stretch), 0.9) for role, stretch in fillers),
    )


def _chance(words: Sequence[Word], found: Found, fillers: Sequence[Filler]) -> float:
    prior = float(found.entry.get("score"))
    signs = {role for role, _ in fillers} | ({"passive"} if found.passive else set())
    signs |= set() if found.type != found.entry.get("type") else {found.entry.form}
    signs |= {"compound"} if found.start and words[found.start - 1].low == "-" else set()
    signs |= {"pair"} if [role for role, _ in fillers].count("actor") > 1 else set()
    weight = (
        _CONSTANT
        + _OF_ENTRY * math.log(prior / (1 - prior))
        + sum(_WEIGHTS[sign] for sign in sorted(signs & _WEIGHTS.keys()))
    )
    return round(1 / (1 + math.exp(-weight)), 4)


def _habitual(words: Sequence[Word], at: int) -> bool:
    return at > 0 and words[at - 1].has("habitual")
