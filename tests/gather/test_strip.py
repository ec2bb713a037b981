"""Raw texts in many forms -> headline, publisher, date, body. All texts are our own and all events invented."""

import os
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import pytest

from ascribe.gather import strip

TITLE = "Norway sends ships north"
SHIPS = "Two ships of the navy left Oslo on Monday, the ministry said."
TALKS = "“We shall talk as long as it takes,” a diplomat told reporters. The talks go on."


class Case(NamedTuple):
    name: str
    raw: str
    headline: str | None
    publisher: str | None
    published: str | None
    body: str
    dropped: tuple[str, ...] = ()


CASES = [
    Case(
        "as copied from a page of a newspaper that prints an agency",
        f"Norway sends ships north: Paper\n\nAFP , Thursday 6 Mar 2014\n\n"
        f"A frigate in the fjord, Monday (Photo: AP)\n\n{SHIPS}\n\n{TALKS}\n\nShort link:",
        "Norway sends ships north: Paper", "AFP", "2014-03-06", f"{SHIPS}\n{TALKS}", ("credit", "caption", "link"),
    ),
    Case(
        "AFP with date and credit in the dateline",
        f"{TITLE}\n\nOSLO, March 6, 2014 (AFP) - {SHIPS}\n\n{TALKS}\n\nabc-def/gh/ij",
        TITLE, "AFP", "2014-03-06", f"OSLO, March 6, 2014 (AFP) - {SHIPS}\n{TALKS}", ("credit",),
    ),
    Case(
        "AP with underscore, writer and rights",
        f"{TITLE}\nBy JANE ROE\nAssociated Press\nOSLO, Norway (AP) _ {SHIPS}\n{TALKS}\n"
        "Associated Press writer John Doe in Bergen contributed to this report.\n"
        "Copyright 2014 The Associated Press. All rights reserved.",
        TITLE, "Associated Press", None, f"OSLO, Norway (AP) _ {SHIPS}\n{TALKS}", ("byline", "credit", "credit", "rights"),
    ),
    Case(
        "AP, byline with the agency in one line",
        f"{TITLE}\n\nBy JANE ROE, Associated Press\n\nOSLO (AP) — {SHIPS}",
        TITLE, "Associated Press", None, f"OSLO (AP) — {SHIPS}", ("credit",),
    ),
    Case(
        "Reuters without a place, reporting credit at the end",
        f"UPDATE 1-Norway sends ships north\n\n(Reuters) - {SHIPS}\n\n{TALKS}\n\n"
        f"(Reporting by Jane Roe; Editing by John Doe)",
        "UPDATE 1-Norway sends ships north", "Reuters", None, f"(Reuters) - {SHIPS}\n{TALKS}", ("credit",),
    ),
    Case(
        "Reuters with place and day, reporters unbracketed, photo line",
        f"{TITLE}\n\nREUTERS/Jane Roe\n\nOSLO/BERGEN, March 6 (Reuters) - {SHIPS}\n\n"
        f"Reporting by Jane Roe in Oslo; Writing by John Doe",
        TITLE, "Reuters", None, f"OSLO/BERGEN, March 6 (Reuters) - {SHIPS}", ("caption", "credit"),
    ),
    Case(
        "Xinhua with its end mark",
        f"{TITLE}\n\nOSLO, March 6 (Xinhua) -- {SHIPS}\n\n{TALKS} Enditem",
        TITLE, "Xinhua", None, f"OSLO, March 6 (Xinhua) -- {SHIPS}\n{TALKS} Enditem",
    ),
    Case(
        "Xinhua with source line, date and end mark apart",
        f"{TITLE}\nSource: Xinhua | 2014-03-06 21:04:05 | Editor: Doe\n\nOSLO, March 6 (Xinhua) -- {SHIPS}\n\nEnditem",
        TITLE, "Xinhua", "2014-03-06T21:04:05", f"OSLO, March 6 (Xinhua) -- {SHIPS}", ("credit", "end"),
    ),
    Case(
        "TASS between strokes",
        f"{TITLE}\n\nMOSCOW, March 6. /TASS/. {SHIPS}\n\n{TALKS}",
        TITLE, "TASS", None, f"MOSCOW, March 6. /TASS/. {SHIPS}\n{TALKS}",
    ),
    Case(
        "Yonhap with end and address",
        f"(LEAD) Norway sends ships north\n\nSEOUL, March 6 (Yonhap) -- {SHIPS}\n\n{TALKS}\n\nroe@example.org\n(END)",
        "(LEAD) Norway sends ships north", "Yonhap", None, f"SEOUL, March 6 (Yonhap) -- {SHIPS}\n{TALKS}", ("credit", "end"),
    ),
    Case(
        "Kyodo with its name after the day",
        f"{TITLE}\n\nOSLO, March 6, Kyodo - {SHIPS}\n\n==Kyodo",
        TITLE, "Kyodo", None, f"OSLO, March 6, Kyodo - {SHIPS}", ("credit",),
    ),
    Case(
        "dpa in small letters",
        f"{TITLE}\n\nOslo (dpa) - {SHIPS}\n\ndpa jr bw",
        TITLE, "dpa", None, f"Oslo (dpa) - {SHIPS}", ("credit",),
    ),
    Case(
        "EFE with full stop and dash",
        f"{TITLE}\n\nOslo, 6 Mar (EFE).- {SHIPS}",
        TITLE, "EFE", None, f"Oslo, 6 Mar (EFE).- {SHIPS}",
    ),
    Case(
        "Interfax with full stops",
        f"{TITLE}\n\nMOSCOW. March 6 (Interfax) - {SHIPS}",
        TITLE, "Interfax", None, f"MOSCOW. March 6 (Interfax) - {SHIPS}",
    ),
    Case(
        "ANI with the country in brackets and a colon",
        f"{TITLE}\n\nNew Delhi [India], March 6 (ANI): {SHIPS}",
        TITLE, "ANI", None, f"New Delhi [India], March 6 (ANI): {SHIPS}",
    ),
    Case(
        "BBC with image caption, share words and time ago",
        f"{TITLE}\n\nBBC News\n\nPublished\n6 March 2014\n\nShare\n\nImage source, Getty Images\n\n"
        f"Image caption, A frigate in the fjord\n\n{SHIPS}\n\n"
        f"Read more: What the fishermen say\n\n{TALKS}\n\nRelated Topics",
        TITLE, "BBC News", "2014-03-06", f"{SHIPS}\n{TALKS}",
        ("credit", "date", "date", "buttons", "caption", "caption", "more", "list"),
    ),
    Case(
        "newspaper with section, byline and date line",
        f"World > Europe\nNorway sends ships north\nJane Roe in Oslo\nThursday March 6, 2014 10.15 GMT\n"
        f"The Harbour Times\n\n{SHIPS}\n\n{TALKS}",
        TITLE, "The Harbour Times", "2014-03-06T10:15:00+00:00", f"{SHIPS}\n{TALKS}", ("label", "byline", "date", "credit"),
    ),
    Case(
        "newspaper with standfirst before the byline",
        f"{TITLE}\n\nThe frigates will stay for a month, says the admiral.\n\n"
        f"By Jane Roe, defence correspondent | The Harbour Times | 6 March 2014\n\n{SHIPS}",
        TITLE, "The Harbour Times", "2014-03-06",
        f"The frigates will stay for a month, says the admiral.\n{SHIPS}", ("credit",),
    ),
    Case(
        "published and updated: the first counts",
        f"{TITLE}\n\nUpdated: March 7, 2014, 9:00 a.m. EST\nPublished: March 6, 2014, 8:30 p.m. EST\n\n{SHIPS}",
        TITLE, None, "2014-03-06T20:30:00-05:00", SHIPS, ("date", "date"),
    ),
    Case(
        "only an update is dated",
        f"{TITLE}\n\nLast updated on 7 March 2014\n\n{SHIPS}",
        TITLE, None, "2014-03-07", SHIPS, ("date",),
    ),
    Case(
        "headline in capitals right above a dateline with a place only",
        f"NORWAY SENDS SHIPS NORTH\nOSLO -- {SHIPS}",
        "NORWAY SENDS SHIPS NORTH", None, None, f"OSLO -- {SHIPS}",
    ),
    Case(
        "an agency of which we never heard, in the dateline",
        f"{TITLE}\n\nOSLO (Fjord Wire Nord) - {SHIPS}",
        TITLE, "Fjord Wire Nord", None, f"OSLO (Fjord Wire Nord) - {SHIPS}",
    ),
    Case(
        "a mail",
        f"From: \"AFP\" <desk@example.org>\nTo: desk@example.com\nDate: Thu, 06 Mar 2014 10:15:00 +0100\n"
        f"Subject: Norway sends ships\n north\n\n{SHIPS}\n\n{TALKS}",
        TITLE, "AFP", "2014-03-06T10:15:00+01:00", f"{SHIPS}\n{TALKS}", ("label",) * 4,
    ),
    Case(
        "labels of an archive, the title again above the body",
        f"Title: Norway sends ships north\nPublisher: The Harbour Times\nDate: 06.03.2014\n"
        f"URL: https://example.org/a1\n\nNorway sends ships north\n\n{SHIPS}",
        TITLE, "The Harbour Times", "2014-03-06", SHIPS, ("label",) * 4,
    ),
    Case(
        "wrapped at 72 columns, with a word cut at its hyphen",
        "Norway sends ships north\n\n"
        "Two ships of the navy left Oslo on Monday, the ministry said, to guard an anti-\n"
        "submarine exercise in the Barents Sea. It will last until the end of the\n"
        "month, according to a spokesman.\n\n"
        "Russia called the exercise a provocation. A diplomat in Oslo said that\n"
        "Moscow had been told of it a year ago.",
        TITLE, None, None,
        "Two ships of the navy left Oslo on Monday, the ministry said, to guard an anti-submarine exercise in the "
        "Barents Sea. "
        "It will last until the end of the month, according to a spokesman.\n"
        "Russia called the exercise a provocation. A diplomat in Oslo said that Moscow had been told of it a year ago.",
    ),
    Case(
        "wrapped, paragraphs told by their indent only, headline over two lines",
        "Norway sends two of its newest ships to the north as talks\nwith Russia go on\n\n"
        "   Two ships of the navy left Oslo on Monday, the ministry said. They\n"
        "are to guard an exercise in the Barents Sea.\n"
        "   Russia called the exercise a provocation. A diplomat in Oslo said\nthat Moscow had been told of it a year ago.",
        "Norway sends two of its newest ships to the north as talks with Russia go on", None, None,
        "Two ships of the navy left Oslo on Monday, the ministry said. They are to guard an exercise in the Barents Sea.\n"
        "Russia called the exercise a provocation. A diplomat in Oslo said that Moscow had been told of it a year ago.",
    ),
    Case(
        "one paragraph a line, no blank lines",
        f"{TITLE}\nThe Harbour Times, 6 March 2014\n{SHIPS}\n{TALKS}\n{SHIPS}",
        TITLE, "The Harbour Times", "2014-03-06", f"{SHIPS}\n{TALKS}\n{SHIPS}", ("credit",),
    ),
    Case("no headline, no date: whole", f"{SHIPS}\n\n{TALKS}", None, None, None, f"{SHIPS}\n{TALKS}"),
    Case("one sentence", SHIPS, None, None, None, SHIPS),
    Case("no full stop at all", TITLE, None, None, None, TITLE),
    Case("a list without sentences", "herring\ncod\nsalmon", None, None, None, "herring\ncod\nsalmon"),
    Case("nothing but a button is kept", "Share", None, None, None, "Share"),
    Case(
        "no headline, but a dateline",
        f"OSLO, March 6, 2014 (AFP) - {SHIPS}\n\n{TALKS}",
        None, "AFP", "2014-03-06", f"OSLO, March 6, 2014 (AFP) - {SHIPS}\n{TALKS}",
    ),
    Case(
        "a first paragraph that is a question and another sentence is no headline",
        f"Who owns the sea? Nobody can tell any more, and nobody wants to\n\n{SHIPS}",
        None, None, None, f"Who owns the sea? Nobody can tell any more, and nobody wants to\n{SHIPS}",
    ),
    Case(
        "a headline with a full stop counts where a byline follows",
        f"The ships sail. The talks go on.\nBy Jane Roe\n\n{SHIPS}",
        "The ships sail. The talks go on.", None, None, SHIPS, ("byline",),
    ),
    Case(
        "the year of a dateline from the rights",
        f"{TITLE}\n\nOSLO, March 6 (Xinhua) -- {SHIPS}\n\nCopyright (c) 2014 Xinhua. All rights reserved.",
        TITLE, "Xinhua", "2014-03-06", f"OSLO, March 6 (Xinhua) -- {SHIPS}", ("rights",),
    ),
    Case(
        "the publisher from the rights, when nothing better is there",
        f"{TITLE}\n\n{SHIPS}\n\n© 2014 The Harbour Times. All rights reserved.",
        TITLE, "The Harbour Times", None, SHIPS, ("rights",),
    ),
    Case(
        "a day that may be two days gives its year",
        f"{TITLE}\n\n06/03/2014\n\n{SHIPS}",
        TITLE, None, "2014", SHIPS, ("date",),
    ),
    Case(
        "press release: place and date above the headline",
        f"Oslo, 6 March 2014\n\nNorway sends ships north\n\n{SHIPS}",
        TITLE, None, "2014-03-06", SHIPS, ("date",),
    ),
    Case(
        "carriage returns, tabs and no-break spaces",
        f"Norway sends ships north\r\n\r\n\u00a0\r\nReuters\t-\t6 March 2014\r\n\r\n{SHIPS}\r\n",
        TITLE, "Reuters", "2014-03-06", SHIPS, ("credit",),
    ),
    Case(
        "buttons in one row and a counter",
        f"{TITLE}\nShare | Tweet | Email\n12 Comments\n3 min read\n\n{SHIPS}\n\nFollow us on Twitter\n\nBack to top",
        TITLE, None, None, SHIPS, ("buttons",) * 5,
    ),
    Case(
        "newspaper with a line on its writers, two dates, and topics at the end",
        f"{TITLE}\n\nJane Roe in Oslo and agencies\nThu 6 Mar 2014 18.23 GMT\nLast modified on Fri 7 Mar 2014 09.02 GMT\n\n"
        f"{SHIPS}\n\n{TALKS}\n\nTopics\nNorway\nEurope\nReuse this content",
        TITLE, None, "2014-03-06T18:23:00+00:00", f"{SHIPS}\n{TALKS}",
        ("byline", "date", "date", "list", "list", "list", "buttons"),
    ),
    Case(
        "the post of the writer below the name, titles of other reports at the end",
        f"INTERNATIONAL\n\n{TITLE}\n\n2 hours ago\nBy Jane Roe\nEurope correspondent, BBC News\n@janeroe\n\n{SHIPS}\n\n"
        f"What does Russia say?\n\n{TALKS}\n\nMore on this story\nShips sail south\n6 March 2013",
        TITLE, "BBC News", None, f"{SHIPS}\nWhat does Russia say?\n{TALKS}",
        ("label", "date", "byline", "byline", "credit", "list", "list", "list"),
    ),
    Case(
        "AP wire with slug, note to editors and indents",
        f"BC-NORWAY-SHIPS\n{TITLE}\n06 March 2014\nEds: Adds quotes.\nBy JANE ROE\nAssociated Press\n\n"
        "OSLO (AP) -- Two ships of the navy left Oslo on Monday, the ministry\nsaid.\n"
        "   “We shall talk,” a diplomat told reporters.\n"
        "   ------\n"
        "   AP writer John Doe in Moscow contributed.",
        TITLE, "Associated Press", "2014-03-06",
        f"OSLO (AP) -- {SHIPS}\n“We shall talk,” a diplomat told reporters.",
        ("label", "date", "label", "byline", "credit", "rule", "credit"),
    ),
    Case(
        "press release of a ministry",
        "FOR IMMEDIATE RELEASE\n\nMinistry of Foreign Affairs\nPress Release No. 14/2014\n6 March 2014\n\n"
        f"{TITLE}\n\n{SHIPS}",
        TITLE, "Ministry of Foreign Affairs", "2014-03-06", SHIPS, ("label", "issuer", "label", "date"),
    ),
    Case(
        "a headline that could be the name of an office",
        f"Ministry of Defence under New Command\n\n{SHIPS}",
        "Ministry of Defence under New Command", None, None, SHIPS,
    ),
    Case(
        "an office alone above the body is the headline",
        f"Ministry of Foreign Affairs\n\n{SHIPS}",
        "Ministry of Foreign Affairs", None, None, SHIPS,
    ),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_parts(case):
    found = strip(case.raw)
    assert (found.headline, found.publisher, found.published) == (case.headline, case.publisher, case.published)
    assert found.body == case.body
    assert tuple(part.kind for part in found.dropped) == case.dropped
    assert found.text == (f"{case.headline}\n{case.body}" if case.headline else case.body)


# Sentences that look like what is dropped, and are body.
BODY = [
    "By Friday the ships had left the bay.",
    "Photo opportunities were few, and the ministers left by the back door.",
    "Read more books, the president told the students.",
    "Copyright law was at the heart of the talks, the two ministers said.",
    "Reporting by state media suggests that the bridge was hit twice.",
    "Share prices fell in Tokyo after the report.",
    "Related talks in Geneva were put off, diplomats said.",
    "(a) The ships leave the bay.",
    "(c) The observers may enter the harbour.",
    "The treaty was signed in Tokyo, Feb. 4, 1956.",
    "File clerks of the ministry went on strike.",
    "The Harbour Times said on Monday that the talks had failed.",
    "Image is everything, a diplomat said.",
    "The envoy was last seen in Oslo (the harbour, not the town).",
    "Subscribers of the telephone company were cut off, the army said.",
    "More than forty people were hurt.",
    "In this picture of a divided continent, ministers see no hope.",
    "AP journalists in the town heard two blasts.",
    "Listen to the people, the bishop told the junta.",
    "NATO -- which Norway joined in 1949 -- sent two ships.",
]


@pytest.mark.parametrize("sentence", BODY)
@pytest.mark.parametrize("place", [0, 1, 2])
def test_body_is_kept_wherever_it_stands(sentence, place):
    parts = [SHIPS, TALKS]
    parts.insert(place, sentence)
    found = strip("\n\n".join(parts))
    assert found.body.split("\n") == parts
    assert found.dropped == ()
    assert found.headline is None


def test_body_is_kept_below_a_headline_and_wrapped():
    raw = "The ship was seen again near the mouth of the river, where a man sent\nemail\nShare"
    assert strip(f"{SHIPS}\n\n{raw}\n").body.split() == f"{SHIPS} {raw}".split()[:-1]


def test_address_from_the_short_link():
    assert strip(f"Norway sends ships\n\n{SHIPS}\n\nShort link: http://example.org/a1").url == "http://example.org/a1"


def test_dateline_is_told_and_stays():
    found = strip(f"SEOUL, Nov 3 (Yonhap) -- {SHIPS}")
    assert found.dateline == "SEOUL, Nov 3 (Yonhap) --"
    assert found.body.startswith(found.dateline)


def letters(text):
    return Counter("".join(text.split()))


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_no_letter_is_lost(case):
    found = strip(case.raw)
    again = letters(case.headline or "") if case.name.endswith("again above the body") else Counter()
    parts = letters(found.body) + letters("".join(part.text for part in found.dropped)) + again
    labelled = any(part.kind == "label" and (found.headline or "-") in part.text for part in found.dropped)
    assert letters(case.raw) == parts + (Counter() if labelled else letters(found.headline or ""))


def test_the_first_report():
    path = Path(os.environ.get("ASCRIBE_SHARED", "../shared")) / "data" / "first_report" / "report.txt"
    if not path.exists():
        pytest.skip("the first report is not at hand; set ASCRIBE_SHARED to the folder that holds data/first_report")
    raw = path.read_text(encoding="utf-8")
    found = strip(raw)
    assert found.headline == "China offers Russia cooperation on Japan disputes: Report"
    assert (found.publisher, found.published) == ("AFP", "2014-02-06")
    assert [part.kind for part in found.dropped] == ["credit", "caption", "link"]
    blocks = [block for block in raw.split("\n\n") if block.strip()]
    assert found.body.split("\n") == [block.strip() for block in blocks[3:-1]]
