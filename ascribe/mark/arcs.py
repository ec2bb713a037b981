"""From a trigger to the words that fill its roles, by position: before the verb, after "by", after "to", "with", "on"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ascribe.mark import phrases
from ascribe.mark.lexicon import Entry, entries_at, is_cue, is_verb, is_verb_form
from ascribe.mark.phrases import Stretch
from ascribe.mark.words import Word

_NEAR = 16  # words to a time or place; what stands before the trigger is twice as far
_REACH = 28  # words to the right of a trigger that can belong to it
_OF_THINGS = frozenset({"CLAIM", "CONTROL", "STANCE", "RETREAT", "MOBILIZE"})  # what they are done to is no party to them
_MUTUAL = frozenset({"CONSULT", "RELATION", "COOPERATE"})  # with whom one does it, does it too

_OF = frozenset({"of"})

Filler = tuple[str, Stretch]


def arcs_of(
    words: Sequence[Word],
    entry: Entry,
    start: int,
    stop: int,
    passive: bool,
    dated: Sequence[Stretch],
    placed: Sequence[Stretch],
) -> list[Filler]:
    """The roles of the trigger at words `start` to `stop` and the stretches that fill them."""
    if entry.get("pos") == "noun":
        found = [*_of_noun(words, start), *_by_prepositions(words, entry, stop, passive=True)]
    else:
        found = [*_of_verb(words, entry, start, stop, passive), *_by_prepositions(words, entry, stop, passive)]
    fillers = _distinct(found)
    fillers += _nearest(words, start, stop, fillers, "time", [one for one in dated if not _of_saying(words, one)])
    return fillers + _nearest(words, start, stop, fillers, "place", placed)


# ---- a verb: who does it, what it is done to ----


def _of_verb(words: Sequence[Word], entry: Entry, start: int, stop: int, passive: bool) -> Iterator[Filler]:
    if start > 1 and words[start - 1].low == "-":
        yield "actor", (start - 2, start - 1)
        if thing := phrases.after(words, stop):
            yield "object", thing
        return
    said_of = phrases.subject(words, start)
    if said_of and entry.get("pos") == "modal" and phrases.is_party(words, said_of):
        yield from (("recipient", one) for one in phrases.listed_back(words, said_of))
    elif said_of and not passive and phrases.is_party(words, said_of):
        yield from (("actor", one) for one in phrases.listed_back(words, said_of))
    elif said_of and passive:
        yield from _direct(words, said_of, entry)
    if passive:
        return
    antecedent = _antecedent(words, said_of)
    if antecedent and entry.get("needs") != "renames":
        yield from _direct(words, antecedent, entry)
    elif direct := phrases.after(words, stop + (stop < len(words) and words[stop].low == "that")):
        yield from _direct(words, direct, entry)
    elif infinitive := _infinitive(words, stop):
        yield "object", infinitive


def _antecedent(words: Sequence[Word], said_of: Stretch | None) -> Stretch | None:
    """What "which" stands for in "the islands, which Japan claims"."""
    at = said_of[0] - 1 if said_of else 0
    if at < 1 or words[at].low not in ("which", "that", "whom"):
        return None
    return phrases.before(words, at - 1 if words[at - 1].low == "," else at)


def _direct(words: Sequence[Word], direct: Stretch, entry: Entry) -> Iterator[Filler]:
    """What a verb is done to: a party fills the role of the table, anything else is the object."""
    role, type_ = entry.get("direct"), entry.get("type")
    takes_clause, things = type_ == "STANCE", type_ in _OF_THINGS
    owned = phrases.owner(words, direct)
    if owned and phrases.is_party(words, owned[0]) and words[direct[1] - 1].low not in phrases.kinds():
        yield "recipient", owned[0]
        yield "object", _extended(words, owned[1])
    elif not phrases.is_party(words, direct) or (role == "object" and not _person(words, direct)):
        yield "object", _clause(words, direct) if takes_clause else _extended(words, direct)
    elif role == "object":
        yield from (("object" if things else "recipient", one) for one in _parties(words, direct))
        second = phrases.after(words, direct[1])  # "offered Peru a loan"
        if second and second[0] > direct[1] and words[direct[1]].has("determiner"):
            yield "object", _extended(words, second)
    else:
        yield from ((role, one) for one in _parties(words, direct))
        if infinitive := _infinitive(words, direct[1]):
            yield "object", infinitive


def _person(words: Sequence[Word], stretch: Stretch) -> bool:
    head = words[stretch[1] - 1]
    return head.has("pronoun") or head.low in phrases.kinds() or head.text in phrases.state_words()


def _clause(words: Sequence[Word], phrase: Stretch) -> Stretch:
    """The clause that begins with the phrase, where a verb follows it: "rows should be settled between two claimants"."""
    start, stop = phrase
    if stop >= len(words) or not (words[stop].has("modal", "be", "auxiliary") or is_verb_form(words[stop])):
        return _extended(words, phrase)
    while stop < len(words) and not words[stop].mark and not words[stop].has("subordinator", "relative"):
        stop += 1
    return start, stop


def _infinitive(words: Sequence[Word], at: int) -> Stretch | None:
    """ "deal multilaterally" of "to deal multilaterally", up to the end of the phrase after its verb."""
    if (
        at + 1 < len(words)
        and words[at].low == "to"
        and not words[at + 1].has("determiner")
        and not words[at + 1].mark
        and not words[at + 1].capital
    ):
        phrase = phrases.after(words, at + 2) if at + 2 < len(words) else None
        return at + 1, _extended(words, phrase)[1] if phrase else at + 2
    return None


# ---- a noun: whose it is ----


def _of_noun(words: Sequence[Word], noun: int) -> Iterator[Filler]:
    start = noun
    while (
        start > 0
        and phrases.inside(words, start - 1)
        and not words[start - 1].genitive
        and not words[start - 1].has("determiner")
    ):
        start -= 1
    if start > 0 and words[start - 1].genitive:
        doers = phrases.before(words, start - 1)
    elif start > 0 and words[start - 1].has("possessive"):
        doers = (start - 1, start)
    elif start < noun and words[start].capital and start > 0:
        doers = (start, start + 1) if words[start].text in phrases.state_words() else (start, noun)
    else:
        doers = _carrier(words, start)
    if doers and phrases.is_party(words, doers):
        yield from (("actor", one) for one in phrases.listed_back(words, doers))


def _carrier(words: Sequence[Word], start: int) -> Stretch | None:
    """The subject of the verb that carries the noun: "held four summits", "engaged in stand-offs"."""
    while start > 0 and words[start - 1].has("determiner", "number", "adverb"):
        start -= 1
    if start > 1 and words[start - 1].low in ("in", "for", "of") and is_verb(words[start - 2]):
        start -= 1
    if start < 1 or not _carries(words[start - 1]) or is_cue(words[start - 1]):
        return None
    return phrases.subject(words, start - 1)


def _carries(word: Word) -> bool:
    """Whether the word before a noun phrase can be the verb that carries it ("held", "launched", "made")."""
    return not (
        word.has("preposition", "conjunction", "be", "relative", "subordinator")
        or word.mark
        or word.genitive
        or word.capital
    )


# ---- what prepositions bring ----


def _by_prepositions(words: Sequence[Word], entry: Entry, stop: int, passive: bool) -> Iterator[Filler]:
    for at in range(stop, min(len(words), stop + _REACH)):
        word = words[at]
        if word.text in ";:" or (word.has("relative", "subordinator") and not word.has("preposition")):
            return
        if at > stop and is_verb_form(word) and not word.capital:
            return
        phrase = phrases.after(words, at + 1) if word.has("preposition") else None
        if phrase:
            yield from _by_preposition(words, entry, word.low, phrase, passive)


def _by_preposition(
    words: Sequence[Word], entry: Entry, preposition: str, phrase: Stretch, passive: bool
) -> Iterator[Filler]:
    party = phrases.is_party(words, phrase)
    mutual = entry.get("type") in _MUTUAL and (
        preposition == "with" or (preposition == "between" and entry.get("pos") == "noun")
    )
    if party and (mutual or (preposition == "by" and passive)):
        yield from (("actor", one) for one in _parties(words, phrase))
    elif party and preposition in entry.get("recipient").split():
        yield from (("recipient", one) for one in _parties(words, phrase))
    elif preposition in entry.get("object").split():
        yield "object", _extended(words, phrase)


def _parties(words: Sequence[Word], phrase: Stretch) -> list[Stretch]:
    return phrases.listed(words, phrases.with_complement(words, phrase, _OF))


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


def _nearest(
    words: Sequence[Word], start: int, stop: int, fillers: Sequence[Filler], role: str, candidates: Sequence[Stretch]
) -> list[Filler]:
    """The nearest time or place whose words no other role has; what comes after the trigger is nearer."""
    taken = [stretch for other, stretch in fillers if other != "object"]
    free = [one for one in candidates if not any(one[0] < b and a < one[1] for a, b in taken)]
    near = [(distance, one) for one in free if (distance := _distance(one, start, stop)) <= _NEAR]
    return [(role, min(near)[1])] if near else []


def _distance(one: Stretch, start: int, stop: int) -> int:
    return one[0] - stop if one[0] >= stop else 2 * (start - one[1])


def _of_saying(words: Sequence[Word], stretch: Stretch) -> bool:
    """Whether a time belongs to a cue: "said on Monday"."""
    at = stretch[0] - 1
    while at > 0 and (words[at].low == "on" or words[at].low in phrases.kinds()):
        at -= 1
    return at >= 0 and any(entry.get("kind") == "says" for entry, _ in entries_at("cues", words, at))
