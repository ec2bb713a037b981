"""Time expressions as reports write them, with what they mean for a report of Thursday, 6 February 2014."""

from __future__ import annotations

import time

import pytest

from ascribe.resolve.times import Period, period

REPORT = "2014-02-06"
PAST = [
    ("this morning", "2014-02-06", "2014-02-06"),
    ("last night", "2014-02-05", "2014-02-05"),
    ("since last night", "2014-02-05", None),
    ("in mid-May", "2013-05", "2013-05"),
    ("when fighting broke out three years ago", "2011", "2011"),
    ("Thursday", "2014-02-06", "2014-02-06"),
    ("on Wednesday", "2014-02-05", "2014-02-05"),
    ("Friday", "2014-01-31", "2014-01-31"),
    ("late Tuesday night", "2014-02-04", "2014-02-04"),
    ("early hours of Sunday morning", "2014-02-02", "2014-02-02"),
    ("last Thursday", "2014-01-30", "2014-01-30"),
    ("last Monday", "2014-02-03", "2014-02-03"),
    ("this Monday", "2014-02-03", "2014-02-03"),
    ("Saturday night", "2014-02-01", "2014-02-01"),
    ("Monday last week", "2014-01-27", "2014-01-27"),
    ("today", "2014-02-06", "2014-02-06"),
    ("yesterday", "2014-02-05", "2014-02-05"),
    ("earlier today", "2014-02-06", "2014-02-06"),
    ("tomorrow", "2014-02-07", "2014-02-07"),
    ("yesterday evening", "2014-02-05", "2014-02-05"),
    ("on Feb. 5", "2014-02-05", "2014-02-05"),
    ("Dec. 7th", "2013-12-07", "2013-12-07"),
    ("4 November", "2013-11-04", "2013-11-04"),
    ("Wednesday, Feb. 5", "2014-02-05", "2014-02-05"),
    ("Feb. 10", "2014-02-10", "2014-02-10"),
    ("Monday, July 25, 2022", "2022-07-25", "2022-07-25"),
    ("May 16, 2005", "2005-05-16", "2005-05-16"),
    ("16 May 2005", "2005-05-16", "2005-05-16"),
    ("On November 22, 2021", "2021-11-22", "2021-11-22"),
    ("the 3rd of March, 1999", "1999-03-03", "1999-03-03"),
    ("Apr. 17 1830", "1830-04-17", "1830-04-17"),
    ("December 2012", "2012-12", "2012-12"),
    ("in mid January", "2014-01", "2014-01"),
    ("in June", "2013-06", "2013-06"),
    ("early November 2005", "2005-11", "2005-11"),
    ("last July", "2013-07", "2013-07"),
    ("last January", "2014-01", "2014-01"),
    ("this November", "2014-11", "2014-11"),
    ("12 November this year", "2014-11-12", "2014-11-12"),
    ("October last year", "2013-10", "2013-10"),
    ("2010", "2010", "2010"),
    ("in 2003", "2003", "2003"),
    ("at the end of 2009", "2009", "2009"),
    ("last year", "2013", "2013"),
    ("at the end of last year", "2013", "2013"),
    ("this year", "2014", "2014"),
    ("next year", "2015", "2015"),
    ("last month", "2014-01", "2014-01"),
    ("earlier this month", "2014-02", "2014-02"),
    ("this week", "2014-02-03", "2014-02-09"),
    ("last week", "2014-01-27", "2014-02-02"),
    ("next week", "2014-02-10", "2014-02-16"),
    ("this weekend", "2014-02-08", "2014-02-09"),
    ("last weekend", "2014-02-01", "2014-02-02"),
    ("last decade", "2000", "2009"),
    ("the 1990s", "1990", "1999"),
    ("in the early 1990s", "1990", "1999"),
    ("the 80s", "1980", "1989"),
    ("the 19th century", "1801", "1900"),
    ("two years ago", "2012", "2012"),
    ("a year ago", "2013", "2013"),
    ("eight days ago", "2014-01-29", "2014-01-29"),
    ("two weeks ago", "2014-01-20", "2014-01-26"),
    ("three months ago", "2013-11", "2013-11"),
    ("nearly four years ago", "2010", "2010"),
    ("more than a decade ago", "2000", "2009"),
    ("Twenty-three years ago", "1991", "1991"),
    ("over the past five years", "2009-02-06", "2014-02-06"),
    ("for over two decades", "1994-02-06", "2014-02-06"),
    ("in the last three days", "2014-02-03", "2014-02-06"),
    ("over the next 12 months", "2014-02-06", "2015-02-06"),
    ("since 2010", "2010", None),
    ("since June", "2013-06", None),
    ("since July 11, 2019", "2019-07-11", None),
    ("until 2015", None, "2015"),
    ("before May 2005", None, "2005-05"),
    ("after 2011", "2011", None),
    ("since last week", "2014-01-27", None),
    ("between 2000 and 2020", "2000", "2020"),
    ("from 1979 to 1981", "1979", "1981"),
    ("1980-88", "1980", "1988"),
    ("May 15-24", "2013-05-15", "2013-05-24"),
    ("November 22-23", "2013-11-22", "2013-11-23"),
    ("from Monday to Thursday", "2014-02-03", "2014-02-06"),
    ("summer of 2017", "2017-06", "2017-08"),
    ("last summer", "2013-06", "2013-08"),
    ("the first quarter of 2013", "2013-01", "2013-03"),
    ("in the final days of World War II", "1945-04", "1945-09-02"),
    ("during the Cold War", "1947", "1991"),
    ("since the Korean War", "1950-06-25", None),
    ("after the fall of the Berlin Wall", "1989-11-09", None),
    ("since Ruritania became independent in 1957", "1957", None),
    ("when the treaty was signed on 4 May 1998", "1998-05-04", "1998-05-04"),
]
AHEAD = [
    ("Friday", "2014-02-07", "2014-02-07"),
    ("Thursday", "2014-02-06", "2014-02-06"),
    ("next Thursday", "2014-02-13", "2014-02-13"),
    ("in June", "2014-06", "2014-06"),
    ("on Jan. 5", "2015-01-05", "2015-01-05"),
    ("in two weeks", "2014-02-17", "2014-02-23"),
    ("within three days", "2014-02-09", "2014-02-09"),
    ("next month", "2014-03", "2014-03"),
]
NOTHING = [
    ("in the near future", "names no date"),
    ("soon", "names no date"),
    ("repeatedly", "names no date"),
    ("for years", "names no date"),
    ("several weeks ago", "names no date"),
    ("in fiscal 2014", "calendar"),
    ("15 Ramadan 1435", "calendar"),
    ("February 30, 2014", "no such date"),
]


def means(text: str, published: str | None = REPORT, *, future: bool = False) -> tuple[str | None, str | None]:
    found = period(text, published, future=future)
    assert isinstance(found, Period), f"{text}: {found}"
    return found.earliest, found.latest


@pytest.mark.parametrize(("text", "earliest", "latest"), PAST, ids=[case[0] for case in PAST])
def test_what_happened(text: str, earliest: str | None, latest: str | None) -> None:
    assert means(text) == (earliest, latest)


@pytest.mark.parametrize(("text", "earliest", "latest"), AHEAD, ids=[case[0] for case in AHEAD])
def test_what_is_to_come(text: str, earliest: str | None, latest: str | None) -> None:
    assert means(text, future=True) == (earliest, latest)


@pytest.mark.parametrize(("text", "reason"), NOTHING, ids=[case[0] for case in NOTHING])
def test_what_names_no_date_says_so(text: str, reason: str) -> None:
    found = period(text, REPORT)
    assert isinstance(found, str)
    assert reason in found


@pytest.mark.parametrize("text", ["Thursday", "last year", "two weeks ago", "in June", "on Feb. 5"])
def test_without_a_report_date_nothing_is_guessed(text: str) -> None:
    found = period(text, None)
    assert isinstance(found, str)
    assert "unknown" in found


def test_a_full_date_needs_no_report_date() -> None:
    assert means("May 16, 2005", None) == ("2005-05-16", "2005-05-16")


def test_long_nonsense_takes_no_time() -> None:
    begin = time.process_time()
    for word in ("between and to from ", "1 2 3 4 - / ", "last next this ", "Monday and "):
        period(word * 5000, REPORT)
    assert time.process_time() - begin < 0.5
