"""Whatever comes in: nothing raises, something comes out, nothing is lost, twice is the same."""

import json
import tempfile
from collections import Counter
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from ascribe.gather import gather, strip
from ascribe.schema import Refusal, Report

STARTS = [
    b"",
    b"{",
    b"[",
    b'{"text": "',
    b"[{",
    b"<html>",
    b"<!DOCTYPE html><p>",
    b"<?xml",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"From: a\n",
    b"%PDF",
    b"OSLO (",
]
LINES = [
    "Norway sends ships north", "By Jane Roe", "6 March 2014", "AFP , Thursday 6 Mar 2014", "OSLO, March 6 (AP) -",
    "(Photo: AP)", "Share", "Read more: a",
    "Two ships left Oslo, the ministry said.", "they will be", "   Indented.", "Subject: a",
    "Date: 6 March 2014", "", "", "\t", "Copyright 2014 AFP", "Enditem", "- a",
]  # fmt: skip
WORDS = st.lists(st.one_of(st.sampled_from(LINES), st.text(max_size=90)), max_size=12).map("\n".join)


def read(content):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "input"
        path.write_bytes(content)
        return list(gather([str(path)]))


def check(found):
    for item in found:
        assert isinstance(item, Report | Refusal)
        if isinstance(item, Refusal):
            assert item.reason.strip()
            assert "\n" not in str(item)
            continue
        assert item.id
        assert item.text.strip()
        item.text.encode("utf-8")
        assert "\0" not in item.text
        assert "\r" not in item.text
        if item.headline is not None:
            assert item.text == item.headline or item.text.startswith(item.headline + "\n")


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(STARTS), st.binary(max_size=300))
def test_bytes(start, content):
    found = read(start + content)
    assert found
    check(found)


@settings(max_examples=150, deadline=None)
@given(WORDS)
def test_text(text):
    content = text.encode("utf-8", "surrogatepass")
    found = read(content)
    assert found
    check(found)
    assert [getattr(item, "id", None) for item in read(content)] == [getattr(item, "id", None) for item in found]


def letters(*texts):
    return Counter("".join("".join(texts).split()))


@settings(max_examples=250, deadline=None)
@given(WORDS)
def test_not_a_letter_of_a_text_is_lost(text):
    text = text.encode("utf-8", "replace").decode("utf-8").replace("\0", "\ufffd").replace("\ufeff", "")
    found = strip(text)
    kept = letters(found.body, *(part.text for part in found.dropped))
    assert letters(text) - kept - letters(found.headline or "") == Counter()
    assert kept - letters(text) == Counter()


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.one_of(
            st.text(max_size=20),
            st.dictionaries(
                st.sampled_from(["text", "title", "id", "published"]),
                st.one_of(st.none(), st.integers(), st.text(max_size=20)),
            ),
        )
    )
)
def test_every_line_of_json_counts_once(values):
    lines = [
        '{"text": "First."}',
        *(json.dumps(value) if isinstance(value, dict) else json.dumps(value)[1:] for value in values),
    ]
    found = read("\n".join(lines).encode())
    check(found)
    assert len(found) == len(lines)
