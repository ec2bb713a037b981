"""Copies are found through new headlines, cuts and small changes; texts that only share a subject are none."""

import random

import pytest

from ascribe.gather.copies import Copies, likeness, signature

WORDS = [
    f"{a}{b}"
    for a in ("bar", "kel", "mon", "tis", "ulf", "ran", "ost", "ven")
    for b in ("a", "ed", "ing", "s", "or", "en", "um", "il")
]


def story(seed: int, words: int = 300) -> str:
    chosen = random.Random(seed)
    return " ".join(chosen.choice(WORDS) + ("." if place % 15 == 14 else "") for place in range(words))


@pytest.mark.parametrize(
    "changed",
    [
        lambda text: text,
        lambda text: "A new headline\n" + text,
        lambda text: text[: len(text) * 3 // 4],
        lambda text: text.upper(),
        lambda text: text.replace("barum", "changed"),
        lambda text: "OSLO (AP) -- " + text + " (Reporting by Jane Roe)",
        lambda text: text.replace(" ", "  ").replace(".", " . "),
    ],
)
def test_edited_copies_are_copies_of_the_first(changed):
    copies = Copies()
    assert [copies.add(str(seed), story(seed)) for seed in range(20)] == [None] * 20
    assert copies.add("copy", changed(story(7))) == "7"
    assert copies.add("again", changed(story(7))) == "7"  # of the first, not of the copy


def test_short_texts_are_copies_only_where_they_are_the_same():
    copies = Copies()
    assert copies.add("a", "Ships sail from Oslo") is None
    assert copies.add("b", "Ships sail from Bergen") is None
    assert copies.add("c", "ships sail from Oslo!") == "a"
    assert copies.add("d", "") is None
    assert copies.add("e", "...") == "d"


def test_a_signature_is_the_same_everywhere():
    assert signature("Ships sail from Oslo").tolist()[:3] == signature("Ships  sail, from Oslo.").tolist()[:3]
    assert int(signature("Ships sail from Oslo")[0]) == FIRST
    assert likeness(signature(story(1)), signature(story(2))) < 0.2


FIRST = 1160121090  # on any machine
