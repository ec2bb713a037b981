"""The adapter of places answers given spans in their order, with coordinates where it knows them and none where not."""

from __future__ import annotations

from evaluation.places import places

TEXT = "A factory burned in Paris, Tenn. The body was found on Cleveland Drive."


def test_given_spans_are_resolved_and_no_others() -> None:
    spans = [TEXT.index("Paris"), TEXT.index("Tenn"), TEXT.index("Cleveland")]
    given = [{"start": start, "end": stop} for start, stop in zip(spans, (25, 32, 70), strict=True)]
    paris, state, road = places({"id": "1", "text": TEXT, "toponyms": given})["toponyms"]
    assert (round(paris["lat"]), round(paris["lon"]), paris["iso3"], paris["geonameid"]) == (36, -88, "USA", 4647963)
    assert (round(state["lat"]), round(state["lon"])) == (36, -86)
    assert "lat" not in road
    assert [one["start"] for one in (paris, state, road)] == spans
