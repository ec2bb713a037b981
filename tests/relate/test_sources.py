"""What a source is, and whether a name tells which: a table of words."""

from __future__ import annotations

import pytest
from readings import reading, span

from ascribe.relate.sources import link_of

CASES = [
    ("foreign ministry official", "person", False),
    ("spokesman Karl Moor", "person", True),
    ("Karl Moor", "person", True),
    ("president", "person", True),
    ("Adviser Olga Stern of the council", "person", True),
    ("diplomatic sources in Peru and Chile", "group", False),
    ("residents", "group", False),
    ("Karl Moor and Olga Stern", "group", True),
    ("foreign ministry", "organisation", True),
    ("Peru", "organisation", True),
    ("Lima", "organisation", True),
    ("president's office", "organisation", True),
    ("rights group", "organisation", False),
    ("HRW", "organisation", True),
    ("Vess Tribune", "media", True),
    ("paper", "media", False),
    ("state media", "media", False),
    ("Peruvian news agency", "media", False),
    ("report", "document", False),
    ("report by the League of Towns", "document", True),
    ("Board of Trade's report", "document", True),
    ("joint statement", "document", False),
]


@pytest.mark.parametrize(("words", "kind", "named"), CASES, ids=[case[0] for case in CASES])
def test_kind_and_name(words: str, kind: str, named: bool) -> None:
    text = f"Nobody slept, the {words} said."
    link = link_of(reading(text), span(text, words), span(text, "said"))
    assert link
    assert (link.mention.text, link.kind, link.named) == (words, kind, named)
