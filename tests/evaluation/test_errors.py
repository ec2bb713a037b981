"""Each gold statement falls under one kind of error."""

from __future__ import annotations

from typing import Any

from evaluation.errors import table

TEXT = "Peru rejected the offer.\nChile met Bolivia."


def statement(start: int, end: int, type: str, **given: Any) -> dict[str, Any]:
    plain: dict[str, Any] = {"actor": [], "recipient": [], "sources": [], "object": None, "place": None, "time": None}
    return plain | {"type": type, "trigger": {"start": start, "end": end}, "status": "actual", "stance": "asserts"} | given


def kinds(gold: list[dict[str, Any]], predicted: list[dict[str, Any]]) -> dict[str, int]:
    return dict(table([{"id": "r", "text": TEXT, "statements": gold}], [{"id": "r", "statements": predicted}])[0])


REJECT, MEET = statement(5, 13, "REJECT"), statement(31, 34, "CONSULT")


def test_kinds_of_errors() -> None:
    assert kinds([REJECT, MEET], [REJECT, MEET]) == {"all right": 2, "spurious": 0}
    assert kinds([REJECT], []) == {"missed": 1, "spurious": 0}
    assert kinds([], [MEET]) == {"spurious": 1}
    assert kinds([REJECT], [REJECT | {"type": "STANCE"}]) == {"another type": 1, "spurious": 0}
    assert kinds([REJECT], [REJECT | {"status": "negated"}]) == {"status wrong": 1, "spurious": 0}
    actor = {"actor": [{"start": 0, "end": 4}]}
    assert kinds([REJECT | actor], [REJECT]) == {"actor wrong": 1, "spurious": 0}
    assert kinds([REJECT], [REJECT | {"object": {"start": 14, "end": 23}}]) == {"object wrong": 1, "spurious": 0}
