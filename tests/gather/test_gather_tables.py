"""The tables of gather: every pattern fits its example and runs in linear time, every word is in one kind only."""

import re
import time

import pytest

from ascribe.data import rows
from ascribe.gather.press import publisher_of, read_credit, read_dateline
from ascribe.gather.strip import strip

PATTERNS = rows("gather_boilerplate")
TABLES = ("gather_boilerplate", "gather_calendar", "gather_labels", "gather_meta", "gather_press", "gather_signatures")
BAIT = [
    "(",
    "((",
    "a",
    "A ",
    "a, ",
    "Photo ",
    "Photo: ",
    "(Photo ",
    "share | ",
    "share ",
    "reporting by ",
    "http://",
    "x/",
    "1 ",
    "@a ",
    "- ",
    "read more ",
    "a-",
]


@pytest.mark.parametrize("row", PATTERNS, ids=[row["id"] for row in PATTERNS])
def test_a_pattern_fits_its_example(row):
    assert re.fullmatch(row["pattern"], row["example"], re.IGNORECASE)


def test_examples_are_dropped_where_their_zone_says():
    body = "Two ships of the navy left Oslo on Monday, the ministry said."
    for row in PATTERNS:
        parts = [body, row["example"]] if row["zone"] == "tail" else ["Ships sail", row["example"], body]
        found = strip("\n\n".join(parts))
        assert (row["id"], found.body) == (row["id"], body)
        assert [part.text for part in found.dropped] == [row["example"]]


def seconds(call):
    started = time.process_time()  # ours, not what others take of the machine
    call()
    return time.process_time() - started


@pytest.mark.parametrize("bait", BAIT)
def test_time_is_linear(bait):
    short, long = (bait * (size // len(bait)) for size in (10_000, 100_000))
    for row in PATTERNS:
        pattern = re.compile(row["pattern"], re.IGNORECASE)
        assert seconds(lambda pattern=pattern: pattern.fullmatch(long + "\n!")) < 0.5, row["id"]
    for function in (read_dateline, lambda text: read_credit(text, alone=False), publisher_of):
        assert seconds(lambda function=function: function(long)) < 0.5
    assert seconds(lambda: strip(long)) < max(2.0, 30 * seconds(lambda: strip(short)))
    assert seconds(lambda: strip((bait * 7 + "\n") * (100_000 // (7 * len(bait) + 1)))) < 5


@pytest.mark.parametrize("table", TABLES)
def test_lines_are_sorted_and_single(table):
    lines = [tuple(row.values()) for row in rows(table)]
    first = [line[0] for line in lines]
    assert first == sorted(first)
    assert len(lines) == len(set(lines))
