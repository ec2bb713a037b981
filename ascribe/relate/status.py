"""What the codebook settles about status and stance whatever the reader saw."""

from __future__ import annotations

from ascribe.schema import Source, Trigger


def settled(trigger: Trigger, chain: tuple[Source, ...]) -> tuple[str, str]:
    """Status and stance by the law of the codebook.

    An AGREE is a promise made now, never `future`. Who denies something leaves it unconfirmed: `hypothetical`. Without a
    source nobody denies; the narrator may hedge."""
    status, stance = trigger.status, trigger.stance
    if trigger.type == "AGREE" and status == "future":
        status = "actual"
    if stance == "denies" and not chain:
        stance = "asserts"
    if stance == "denies":
        status = "hypothetical"
    return status, stance
