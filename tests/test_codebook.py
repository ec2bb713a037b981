"""The codebook describes every value that a statement can have, and no type that there is not."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ascribe.schema import EVENTS, POSITIONS, SECTORS, SOURCE_KINDS, STANCES, STATUSES, TYPES

CODEBOOK = Path(__file__).parents[1] / "docs" / "codebook.md"

Table = list[list[str]]  # the head first


def part(head: str) -> str:
    """What stands under a heading, up to the next one of any level."""
    text = CODEBOOK.read_text(encoding="utf-8")
    return re.split(r"\n#+ ", text.split(f"\n{head}\n")[1])[0]


def tables(head: str) -> list[Table]:
    blocks = re.findall(r"(?:^\|.*\n?)+", part(head), re.MULTILINE)
    return [[cells(line) for line in block.splitlines() if not line.startswith("|---")] for block in blocks]


def cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip("|").split("|")]


def values(table: Table) -> tuple[str, ...]:
    """The first column, without its head."""
    return tuple(row[0].strip("`") for row in table[1:])


@pytest.mark.parametrize(("head", "types"), [("### Events", EVENTS), ("### Positions", POSITIONS)])
def test_every_type_is_defined_and_has_an_example(head: str, types: tuple[str, ...]) -> None:
    [table] = tables(head)
    assert values(table) == types
    for name, covers, leaves, sentence, coding in table[1:]:
        assert covers, name
        assert leaves, name
        assert sentence.endswith("."), name
        assert coding.startswith(f"{name}, trigger "), name


@pytest.mark.parametrize("head", ["### Events", "### Positions"])
def test_the_trigger_of_an_example_stands_in_its_sentence(head: str) -> None:
    for *_, sentence, coding in tables(head)[0][1:]:
        assert re.findall(r'trigger "(.+?)"', coding)[0] in sentence


@pytest.mark.parametrize("head", ["### Events", "### Positions"])
def test_no_type_is_named_that_there_is_not(head: str) -> None:
    named = {word for table in tables(head) for row in table for word in re.findall(r"\b[A-Z]{3,}\b", " ".join(row))}
    assert named <= set(TYPES)


@pytest.mark.parametrize(
    ("head", "listed"),
    [("### Mentions", SECTORS), ("## 3. Status", STATUSES), ("### Stance", STANCES)],
)
def test_every_sector_status_and_stance_has_a_line(head: str, listed: tuple[str, ...]) -> None:
    table = tables(head)[-1]
    assert sorted(values(table)) == sorted(listed)
    assert all(row[1] for row in table)


def test_every_kind_of_source_is_described() -> None:
    [table] = tables("## 4. The chain: on whose word")
    [kinds] = [told for field, told in table if field == "`kind`"]
    assert tuple(re.findall(r"`(\w+)`", kinds)) == SOURCE_KINDS
