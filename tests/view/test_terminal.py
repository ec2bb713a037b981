from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ascribe.view.terminal import Piece, cut, fit, lines_of, painted, safe, width


@given(st.text(st.characters()))
def test_nothing_steers_the_terminal_and_offsets_hold(text: str) -> None:
    assert len(safe(text)) == len(text)
    assert "\n" not in safe(text)
    safe(text).encode()  # no half characters


def test_every_character_that_steers_is_replaced() -> None:
    steering = [
        *range(0x20),
        *range(0x7F, 0xA0),
        0x200B,
        0x200E,
        0x200F,
        0x202A,
        0x202E,
        0x2066,
        0x2069,
        0x061C,
        0xFEFF,
        0xE0041,
        0xDC80,
    ]
    for point in steering:
        assert safe(chr(point)) in (" ", "�"), hex(point)
    for plain in "äöü ¤→“” 尖閣 Курилы é ✓":
        assert safe(plain) == plain
    assert max(steering) < sys.maxunicode


@pytest.mark.parametrize(
    ("text", "columns", "expected"),
    [
        ("Zenda", 7, "Zenda  "),
        ("Zenda", 5, "Zenda"),
        ("Ruritania", 5, "Ruri…"),
        ("尖閣諸島", 8, "尖閣諸島"),
        ("尖閣諸島", 6, "尖閣… "),
        ("e\u0301e\u0301e\u0301", 2, "e\u0301…"),
        ("of Zenda", 4, "of… "),
    ],
)
def test_fit(text: str, columns: int, expected: str) -> None:
    assert fit(text, columns) == expected


@given(st.text(), st.integers(1, 30))
def test_fit_is_as_wide_as_asked(text: str, columns: int) -> None:
    assert width(fit(safe(text), columns)) == columns
    assert width(cut(safe(text), columns)) <= columns


def test_fields_are_kept_whole_where_a_line_can_hold_them() -> None:
    fields = [[Piece("RUR → GRA")], [Piece("object: "), Piece("a loan of ten million crowns")], [Piece("status actual")]]
    lines = ["".join(piece.text for piece in line).rstrip() for line in lines_of(fields, 30, "  ")]
    assert lines == ["RUR → GRA", "  object: a loan of ten", "  million crowns", "  status actual"]


@given(st.lists(st.lists(st.builds(Piece, st.text("ab ", min_size=1, max_size=12)), min_size=1), max_size=5))
def test_no_word_is_lost_when_lines_break(fields: list[list[Piece]]) -> None:
    lines = ["".join(piece.text for piece in line) for line in lines_of(fields, 14, "  ")]
    words = " ".join("".join(piece.text for piece in field) for field in fields).split()
    assert sorted("".join(lines).replace(" ", "")) == sorted("".join(words))


def test_colour_only_where_it_is_wanted() -> None:
    pieces = [Piece("Zenda", "strong"), Piece(" says")]
    assert painted(pieces, colour=False) == "Zenda says"
    assert painted(pieces, colour=True) == "\x1b[1mZenda\x1b[0m says"
