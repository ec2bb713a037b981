"""CAMEO: the code of a type and mode, its quad class and its value on Goldstein's scale, there and back (cameo.csv)."""

from __future__ import annotations

from functools import cache
from typing import Final

from ascribe.data import rows
from ascribe.view.record import counted

_ARMED: Final = ("GOV", "MIL")


@cache
def code_of(type: str, mode: str | None, sector: str = "") -> str:
    """The nearest CAMEO code, of three digits at least: "03" as such is "030" in data sets.

    Violence by a state's forces is 190, by others 180; its mode says more where it is known. RETREAT has no code of its
    own for what is not further specified and shares 080 with CONCEDE."""
    cameo = counted(type, mode)[2] or ""
    if cameo == "18" and sector in _ARMED:
        return "190"
    return f"{cameo}0" if len(cameo) == 2 else cameo


@cache
def _codes() -> dict[str, dict[str, str]]:
    return {row["code"]: row for row in rows("cameo")}


def row_of(code: str) -> dict[str, str] | None:
    """The line of cameo.csv for a code as data sets write it: a zero may be lost ("30" for "030")."""
    codes = _codes()
    return codes.get(code) or codes.get(f"0{code}")


def label_of(code: str) -> str:
    """What the code means, in the manual's words."""
    return _codes()[code]["label"]


def root_of(code: str) -> str:
    """The first two digits."""
    return code[:2]


def quad_of(code: str) -> int:
    """1 and 2 cooperation, 3 and 4 conflict, each in words and in deeds."""
    return int(_codes()[code]["quad"])


def quad_of_phoenix(code: str) -> int:
    """The same as Phoenix counts it: 0 for statements and appeals, 3 for reduced relations."""
    return int(_codes()[code]["quad_phoenix"] or quad_of(code))


def goldstein_of(code: str) -> float:
    """The value on Goldstein's scale, as ICEWS has it: the only one of three lists in which no code is missing."""
    return float(_codes()[code]["goldstein"])
