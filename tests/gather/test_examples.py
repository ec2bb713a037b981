"""The example reports are gathered whole, with what each says of itself."""

from pathlib import Path

import pytest

from ascribe.gather import gather

EXAMPLES = Path(__file__).parents[2] / "examples"
ABOUT = {
    "Abductions, islands on agenda as Japan and Russia plan summit": ("Harbour Wire", "2019-03-06", "jsonl"),
    "Canada bans trade with Myanmar army firms over village raids": ("Strait Monitor", "2020-06-17", "text"),
    "China protests against Japanese landing on Diaoyu islet": ("Strait Monitor", "2014-05-20T16:20:00+08:00", "jsonl"),
    "Coastguards face off near disputed islands, both sides claim waters": ("Harbour Wire", "2015-06-09", "text"),
    "Japan asks Russia to free fishing crew held off Kurils": ("North Wire", "2019-02-05", "jsonl"),
    "Japan to build radar post near Senkakus, report says": ("Pacific Courier", "2013-09-03T08:15:00+09:00", "text"),
    "Japan, Russia leaders meet in Irkutsk but leave islands open": ("Pacific Courier", "2019-03-14T21:30:00+08:00", "html"),
    "Manila accuses China of ramming fishing boat, Beijing rejects charge": (
        "Harbour Wire",
        "2016-05-12T17:05:00+08:00",
        "text",
    ),
    "Moscow turned down island pact with China, newspaper says": ("Meridian Press", "2015-04-14", "text"),
    "RUSSIA, JAPAN DENY DEAL TO SHARE KURIL ISLANDS": ("Meridian Press", "2012-11-20", "text"),
    "Thailand, Cambodia agree on border truce, with conditions": ("Pacific Courier", "2012-02-21", "text"),
    "Tokyo plans radar post close to Diaoyu Islands": ("Strait Monitor", "2013-09-03T12:40:00+08:00", "html"),
}


@pytest.fixture(scope="module")
def reports():
    return list(gather([str(EXAMPLES)]))


def test_publisher_date_and_format(reports):
    assert {report.headline: (report.publisher, report.published, report.format) for report in reports} == ABOUT


def test_nothing_but_the_report_is_left(reports):
    for report in reports:
        lines = report.text.split("\n")
        assert lines[0] == report.headline
        assert all(line.endswith((".", "”", '"')) for line in lines[1:]), report.headline
        assert 4 <= len(lines) <= 8


def test_the_notice_says_that_all_is_invented():
    notice = (EXAMPLES / "README.md").read_text(encoding="utf-8")
    assert "invented" in notice
    assert [path.name for path in EXAMPLES.iterdir() if path.name not in notice] == ["README.md"]
