"""Where bars stand and where land is cut."""

from __future__ import annotations

import pytest

from ascribe.web.charts import WIDE, bars, map_around
from ascribe.web.figures import Month


def test_months_without_events_are_drawn_empty() -> None:
    drawn = bars([Month("2013-11", 2, 0, 1.0), Month("2014-02", 0, 4, -5.0)])
    assert drawn
    assert [bar.month.month for bar in drawn.bars] == ["2013-11", "2013-12", "2014-01", "2014-02"]
    assert drawn.highest == 4
    assert [(bar.up, bar.down) for bar in drawn.bars] == [(45, 0), (0, 0), (0, 0), (0, 90)]
    assert [bar.label for bar in drawn.bars] == ["2013", None, "2014", None]


def test_only_the_last_years_are_drawn() -> None:
    drawn = bars([Month("0001-01", 1, 1, 0.0), Month("2020-12", 1, 1, 0.0)])
    assert drawn
    assert (len(drawn.bars), drawn.bars[0].month.month) == (72, "2015-01")
    assert bars([]) is None


@pytest.mark.parametrize(
    ("lat", "lon"), [(25.75, 123.5), (0.0, 179.9), (-51.7, -59.0), (89.0, 0.0), (-90.0, -180.0), (31.8, 35.2)]
)
def test_land_is_cut_at_the_edges(lat: float, lon: float) -> None:
    drawn = map_around(lat, lon)
    points = [point.split(",") for polygon in drawn.land for point in polygon.split()]
    assert points
    assert all(-0.1 <= float(x) <= WIDE + 0.1 and -0.1 <= float(y) <= drawn.high + 0.1 for x, y in points)
    assert drawn.x == pytest.approx(WIDE / 2)
    if abs(lat) <= 67:
        assert drawn.y == pytest.approx(drawn.high / 2)


def test_the_sea_at_the_senkakus_has_coasts_west_and_east() -> None:
    drawn = map_around(25.75, 123.5)
    across = [float(point.split(",")[0]) for polygon in drawn.land for point in polygon.split()]
    assert min(across) < drawn.x < max(across)
