"""Do two statements tell the same event or position? What speaks for it and against it, weighed (thread_weights.csv).

Whatever is asked here depends on the two statements and their reports alone, never on what else is in the dossier: that is
why the order in which reports arrive changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from math import log1p
from typing import Final

from ascribe.data import rows
from ascribe.schema import TYPES
from ascribe.thread.telling import Days, Party, Telling
from ascribe.thread.words import overlap

Features = dict[str, float]

_NEVER: Final = -8.0  # log-odds of two events that the reports put on different days


@dataclass(frozen=True, slots=True)
class Kinship:
    """How two reports stand to each other, from 0 to 1; `same` where they are one report or copies of one text."""

    same: bool
    topic: float  # overlap of all their words
    cites: bool  # one names the publisher of the other as its source
    days: int  # between their dates


def features(one: Telling, other: Telling, kin: Kinship) -> Features:
    """What speaks for and against the two being one, each from -1 to 1 or so; the names are those of the weights."""
    return {
        "bias": 1.0,
        **_types(one, other),
        **_parties(one, other),
        **_days(one, other, kin),
        **_words(one, other, kin),
        **_scenes(one, other),
        "cites": float(kin.cites),
        "topic": kin.topic,
        "twins": float(
            kin.same
            and one.report != other.report
            and one.clause.words == other.clause.words
            and one.trigger == other.trigger
        ),
        "same_text": float(kin.same),
        "same_as": float(one.id == other.same_as or other.id == one.same_as),
    }


def score(one: Telling, other: Telling, kin: Kinship) -> float:
    """Log-odds that the two tell the same; 0 is even."""
    weights = _weights()
    found = features(one, other, kin)
    odds = round(sum(weights.get(name, 0.0) * value for name, value in found.items()), 9)
    return min(odds, _NEVER) if _other_days(one, other) else odds


def _other_days(one: Telling, other: Telling) -> bool:
    """An event of the same kind on another day is not the same; a day's difference may be that of a night or a time zone."""
    a, b = one.days, other.days
    if a is None or b is None or not (a.told and b.told):
        return False
    return max(a.last - a.first, b.last - b.first) <= 1 < between(a, b)


_trial: Mapping[str, float] | None = None


def _weights() -> Mapping[str, float]:
    return _table() if _trial is None else _trial


@cache
def _table() -> Mapping[str, float]:
    return {row["feature"]: float(row["weight"]) for row in rows("thread_weights")}


@contextmanager
def weighed_with(weights: Mapping[str, float]) -> Iterator[None]:
    """Weigh with other weights than those of the table, to try them (training/threads.py)."""
    global _trial
    _trial, before = weights, _trial
    try:
        yield
    finally:
        _trial = before


# ---- types ----


def _types(one: Telling, other: Telling) -> Features:
    return {
        "same_type": float(one.type == other.type),
        "near_type": 0.0 if one.type == other.type else nearness(one.type, other.type),
        "senses": 0.0 if one.type == other.type else _sense(one, other),
        "family": float(not one.families.isdisjoint(other.families)),
        "family_of_another_type": float(one.type != other.type and not one.families.isdisjoint(other.families)),
        "another": float(("another" in one.cues) != ("another" in other.cues)),
        "insisted": float(("insist" in one.cues) != ("insist" in other.cues)),
        "price": float(_priced(one) != _priced(other)) if one.type == other.type == "REQUEST" else 0.0,
        "position": float(one.kind == other.kind == "position"),
        "mixed_kind": float(one.kind != other.kind),
        "historical": float((one.status == "historical") != (other.status == "historical")),
    }


def _priced(telling: Telling) -> bool:
    """Whether it is asked in return for something."""
    return "in return" in telling.clause.cues or "maybe in return" in telling.cues


def _sense(one: Telling, other: Telling) -> float:
    """How well the two triggers, taken for what they often mean, go together."""
    mine, theirs = one.senses | {one.type}, other.senses | {other.type}
    shared = mine & theirs
    return len(shared) / min(len(mine), len(theirs)) if shared else 0.0


@cache
def nearness(one: str, other: str) -> float:
    """1 for the same type, less for types that readers take for each other, 0 for others."""
    return 1.0 if one == other else _near().get(frozenset((one, other)), 0.0)


@cache
def _near() -> dict[frozenset[str], float]:
    found = {frozenset((row["type"], row["with"])): float(row["nearness"]) for row in rows("thread_types")}
    unknown = {type for pair in found for type in pair} - set(TYPES)
    assert not unknown, f"thread_types.csv: {sorted(unknown)} are no types"
    return found


# ---- parties ----


def _parties(one: Telling, other: Telling) -> Features:
    actors, recipients = agreement(one.actors, other.actors), agreement(one.recipients, other.recipients)
    crossed = max(agreement(one.actors, other.recipients), 0.0) * max(agreement(one.recipients, other.actors), 0.0)
    shared, union = one.countries & other.countries, one.countries | other.countries
    return {
        "actor": max(actors, 0.0),
        "other_actor": max(-actors, 0.0),
        "recipient": max(recipients, 0.0),
        "other_recipient": max(-recipients, 0.0),
        "crossed": crossed if actors <= 0 and recipients <= 0 else 0.0,
        "countries": len(shared) / len(union) if union else 0.0,
        "around": len(one.around & other.around) / len(one.around | other.around) if one.around | other.around else 0.0,
        "no_party": float(not (one.actors or one.recipients) or not (other.actors or other.recipients)),
    }


def agreement(one: frozenset[Party], other: frozenset[Party]) -> float:
    """From -1 (others) to 1 (the same); 0 where one is not told."""
    if not one or not other:
        return 0.0
    return max(alike(a, b) for a in one for b in other)


@cache
def alike(one: Party, other: Party) -> float:
    """1 for the same party, about 0 for what may be the same, -1 for another."""
    if one.country and other.country:
        if one.country != other.country:
            return -1.0
        return 1.0 if _public(one) == _public(other) else 0.3
    if one.entity and one.entity == other.entity:
        return 1.0
    if one.sector == other.sector == "IGO":
        return 0.8
    if one.country or other.country:
        return -0.7 if "IGO" in (one.sector, other.sector) else 0.0
    return 0.7 if one.sector == other.sector and not (one.entity and other.entity) else -0.5


_STATE: Final = frozenset({"GOV", "MIL", "COP", "JUD", "LEG", None, "UNK"})


def _public(party: Party) -> bool:
    return party.sector in _STATE


# ---- days ----


def _days(one: Telling, other: Telling, kin: Kinship) -> Features:
    a, b = one.days, other.days
    if a is None or b is None:
        return {"apart": log1p(kin.days) / 6 if one.kind == other.kind == "event" else 0.0}
    gap = between(a, b)
    told = a.told + b.told
    return {
        "same_day": float(told == 2 and gap == 0),
        "other_day": gap / (gap + 1 + (a.last - a.first + b.last - b.first) / 2) if told == 2 else 0.0,
        "day_gap": min(log1p(gap), 7.0) / 7 if told == 1 else 0.0,
        "report_gap": min(log1p(kin.days), 7.0) / 7 if told == 0 else 0.0,
    }


def between(one: Days, other: Days) -> int:
    """Days between two stretches; 0 where they meet."""
    return max(one.first - other.last, other.first - one.last, 0)


# ---- words and scenes ----


def _words(one: Telling, other: Telling, kin: Kinship) -> Features:
    return {
        "heads": overlap(one.heads, other.heads),
        "objects": overlap(one.objects, other.objects),
        "no_object": float(not one.objects or not other.objects),
        "near": overlap(one.near, other.near) if not kin.same else 0.0,
        "heads_in_sentence": (_within(one.heads, other.clause.words) + _within(other.heads, one.clause.words)) / 2,
        "sentence": overlap(one.clause.words, other.clause.words) if not kin.same else 0.0,
        "same_trigger": float(one.trigger == other.trigger),
        "same_sentence": float(kin.same and one.clause.words == other.clause.words),
    }


def _within(few: Mapping[str, float], many: Mapping[str, float]) -> float:
    total = sum(few.values())
    return sum(weight for word, weight in few.items() if word in many) / total if total else 0.0


def _share(one: frozenset[str], other: frozenset[str]) -> float:
    """How much of the smaller set the other has."""
    return len(one & other) / min(len(one), len(other)) if one and other else 0.0


def _scenes(one: Telling, other: Telling) -> Features:
    return {
        "dispute": float(one.dispute is not None and one.dispute == other.dispute),
        "other_dispute": float(None not in (one.dispute, other.dispute) and one.dispute != other.dispute),
        "place": float(one.place is not None and one.place == other.place),
        "lands": _share(one.clause.lands | one.countries, other.clause.lands | other.countries),
        "scene": len(one.scene & other.scene) / max(len(one.scene | other.scene), 1),
    }
