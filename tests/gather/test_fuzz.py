"""Every reader on damaged inputs: nothing but reports and errors comes out, each with a remedy, and twice the same.

Readers run in this process, so that a fault shows where it is. ASCRIBE_FUZZ=20000 looks longer than a test run can."""

import io
import os

import pytest
from corpus import CASES
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ascribe.errors import ReadError
from ascribe.gather.formats import read_stream
from ascribe.gather.reader import MB, Limits, Options, Part
from ascribe.schema import Report

EXAMPLES = int(os.environ.get("ASCRIBE_FUZZ", "12"))
SMALL = Options(Limits(report=MB, page=MB))
SEEDS: dict[str, list[bytes]] = {}
for _case in CASES:
    if len(_case.content) < 20_000:
        SEEDS.setdefault(_case.name.split("-")[0], []).append(_case.content)
PIECES = [
    b"<",
    b">",
    b"&",
    b"]]>",
    b"<![CDATA[",
    b"<!--",
    b"&#0;",
    b"&#x110000;",
    b"\x00",
    b"\x01",
    b"\x02",
    b"\x03",
    b"\xff\xfe",
    b"\xed\xa0\x80",
    b"\r\n",
    b"{",
    b"}",
    b"[",
    b'"',
    b"\\ud800",
    b"null",
    b"<p>",
    b"</p>",
    b"<a:b>",
    b"xmlns:x=''",
    b"-1",
    b"9" * 40,
    b"",
    b"\xf0\x9f\x9a\xa2",
]


@st.composite
def damaged(draw, seeds):
    """One of the inputs with some bytes changed, pieces put in, parts cut out or doubled."""
    data = draw(st.sampled_from(seeds))
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(data)))
        stop = min(len(data), start + draw(st.integers(0, 60)))
        piece = draw(st.one_of(st.sampled_from(PIECES), st.binary(max_size=8), st.just(data[start:stop] * 2)))
        data = data[:start] + piece + data[stop:]
    return data


def read(data):
    try:
        return [item for item in read_stream("input", io.BytesIO(data), SMALL) if not isinstance(item, Part)]
    except ReadError as error:
        return [error]


@pytest.mark.parametrize("format", sorted(SEEDS))
def test_damaged_inputs(format):
    @settings(max_examples=EXAMPLES, deadline=None, derandomize=EXAMPLES < 100, suppress_health_check=list(HealthCheck))
    @given(damaged(SEEDS[format]))
    def check(data):
        found = read(data)
        assert found, "silent"
        for item in found:
            if isinstance(item, Report):
                assert item.id
                assert item.text.strip()
                item.text.encode()
                assert "\0" not in item.text
                assert "\r" not in item.text
                assert item.headline is None or item.text == item.headline or item.text.startswith(f"{item.headline}\n")
            else:
                assert isinstance(item, ReadError)
                assert item.reason.strip()
        assert [str(item) for item in found] == [str(item) for item in read(data)]

    check()
