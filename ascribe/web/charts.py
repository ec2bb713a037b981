"""Numbers to shapes: where the bars of a chart and the land of a map stand. The templates draw them as SVG."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from math import cos, radians
from pathlib import Path
from typing import Final

from ascribe.web.figures import Month

WIDE: Final = 640  # units of the drawing
_HALF: Final = 90  # of the chart, above and below its axis
_MOST: Final = 72  # months that are drawn: six years, the last ones
_MAP_HIGH: Final = 360
_SPAN: Final = 44.0  # degrees of latitude on a map
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Bar:
    """One month: heights above (cooperation) and below (conflict) the axis."""

    month: Month
    x: float
    width: float
    up: float
    down: float
    label: str | None  # the year, where it begins


@dataclass(frozen=True, slots=True)
class Bars:
    """A chart of months."""

    bars: tuple[Bar, ...]
    highest: int
    wide: int = WIDE
    half: int = _HALF


def bars(months: Sequence[Month]) -> Bars | None:
    """Months as bars, also those without an event in between; None where there is none."""
    shown = _all_months(months)[-_MOST:]
    if not shown:
        return None
    highest = max(max(month.cooperation, month.conflict) for month in shown) or 1
    step = min(WIDE / len(shown), 48.0)
    drawn = [
        Bar(
            month,
            round(number * step + step * 0.1, 2),
            round(step * 0.8, 2),
            round(month.cooperation / highest * _HALF, 2),
            round(month.conflict / highest * _HALF, 2),
            month.month[:4] if number == 0 or month.month.endswith("-01") else None,
        )
        for number, month in enumerate(shown)
    ]
    return Bars(tuple(drawn), highest)


def _all_months(months: Sequence[Month]) -> list[Month]:
    """The last `_MOST` months up to the last that is known, with the empty ones between."""
    known = {month.month: month for month in months}
    found: list[Month] = []
    month = max(known, default=None)
    while month and month >= min(known) and len(found) < _MOST:
        found.append(known.get(month, Month(month, 0, 0, 0.0)))
        month = _before(month)
    return found[::-1]


def _before(month: str) -> str:
    year, number = int(month[:4]), int(month[5:7])
    return f"{year - 1:04}-12" if number == 1 else f"{year:04}-{number - 1:02}"


# ---- maps ----


@dataclass(frozen=True, slots=True)
class Map:
    """Land around a point, in the units of the drawing. It has no borders and no owners."""

    land: tuple[str, ...]  # the points of a polygon, as SVG writes them
    x: float
    y: float
    south: float
    north: float
    west: float
    east: float
    grid: tuple[tuple[str, float, bool], ...]  # label, position, is it a parallel
    wide: int = WIDE
    high: int = _MAP_HIGH


def map_around(lat: float, lon: float) -> Map:
    """The land within some twenty degrees of a point, on a plain projection that is true in shape at its middle."""
    middle = max(-67.0, min(67.0, lat))
    south, north = middle - _SPAN / 2, middle + _SPAN / 2
    degrees_wide = _SPAN * WIDE / _MAP_HIGH / cos(radians(middle))
    west = lon - degrees_wide / 2
    frame = _Frame(west, north, WIDE / degrees_wide, _MAP_HIGH / _SPAN)
    land = [
        polygon
        for ring in _land()
        for turn in (-360.0, 0.0, 360.0)
        if (polygon := _drawn([(x + turn, y) for x, y in ring], frame, (west, south, west + degrees_wide, north)))
    ]
    x, y = frame.at(lon, lat)
    return Map(tuple(land), x, y, south, north, west, west + degrees_wide, _grid(frame, west, degrees_wide, south, north))


@dataclass(frozen=True, slots=True)
class _Frame:
    west: float
    north: float
    across: float  # units a degree
    down: float

    def at(self, lon: float, lat: float) -> Point:
        return round((lon - self.west) * self.across, 1), round((self.north - lat) * self.down, 1)


@cache
def _land() -> tuple[tuple[Point, ...], ...]:
    """The outlines of land of the whole world, one a line of assets/land.txt: "lon,lat lon,lat ..."."""
    lines = (Path(__file__).parent / "assets" / "land.txt").read_text(encoding="ascii").splitlines()
    return tuple(tuple((float(x), float(y)) for x, y in (point.split(",") for point in line.split())) for line in lines)


Box = tuple[float, float, float, float]  # west, south, east, north


def _drawn(ring: list[Point], frame: _Frame, box: Box) -> str:
    """A ring cut at the edges of the map; empty where nothing of it lies inside."""
    west, south, east, north = box
    if all(x < west for x, _ in ring) or all(x > east for x, _ in ring):
        return ""
    if all(y < south for _, y in ring) or all(y > north for _, y in ring):
        return ""
    for axis, limit, keeps_larger in ((0, west, True), (0, east, False), (1, south, True), (1, north, False)):
        ring = _cut(ring, axis, limit, keeps_larger)
    points = dict.fromkeys(frame.at(x, y) for x, y in ring)
    return " ".join(f"{x:g},{y:g}" for x, y in points) if len(points) > 2 else ""


def _cut(ring: list[Point], axis: int, limit: float, keeps_larger: bool) -> list[Point]:
    """What of a closed ring lies on one side of a line (Sutherland and Hodgman)."""

    def inside(point: Point) -> bool:
        return point[axis] >= limit if keeps_larger else point[axis] <= limit

    kept: list[Point] = []
    for here, there in pairwise([*ring, ring[0]] if ring else []):
        if inside(here):
            kept.append(here)
        if inside(here) != inside(there):
            share = (limit - here[axis]) / (there[axis] - here[axis])
            kept.append((here[0] + share * (there[0] - here[0]), here[1] + share * (there[1] - here[1])))
    return kept


def _grid(frame: _Frame, west: float, across: float, south: float, north: float) -> tuple[tuple[str, float, bool], ...]:
    """Every tenth degree with its name."""
    meridians = [
        (_degrees(_turned(lon), "E", "W"), frame.at(lon, 0)[0], False)
        for lon in range(int(west // 10 + 1) * 10, int(west + across), 20)
    ]
    parallels = [
        (_degrees(lat, "N", "S"), frame.at(0, lat)[1], True) for lat in range(int(south // 10 + 1) * 10, int(north), 10)
    ]
    return tuple(meridians + parallels)


def _turned(lon: int) -> int:
    return (lon + 180) % 360 - 180


def _degrees(value: int, positive: str, negative: str) -> str:
    return f"{abs(value)}°{positive if value >= 0 else negative}"
