"""Who really says so: chains to their end, copies, circles, sides, people without a name."""

from __future__ import annotations

import pytest
from heap import AGAIN, COPY, COURIER, DENIAL, HEAP, RIVAL, WIRE, offer, reprinted, told

from ascribe.schema import Record
from ascribe.thread import Group, Threads
from ascribe.thread.outlets import credited, known_outlet, outlets_in


def first(*records: Record) -> Group:
    """The group of the first statement of the first record."""
    threads = Threads()
    for record in records:
        threads.add(record)
    wanted = records[0].statements[0].id
    return next(group for group in threads.view().groups if wanted in group.members)


def counted(*records: Record) -> tuple[int | None, int, int]:
    origins = first(*records).origins
    return origins.count, origins.least, origins.most


def paper(text: str, publisher: str, day: str, *chain: tuple[str, str, bool]) -> Record:
    return told(text, publisher, day, offer(chain=list(chain)))


MINISTRY = paper(
    "Loan confirmed\nRuritania offered Graustark a loan for Fort Tarlenheim, the foreign ministry of Ruritania said.",
    "Strelsau Wire",
    "2021-03-10",
    ("foreign ministry of Ruritania", "organisation", True),
)
SPOKESMAN = paper(
    "Loan offer stands\nA spokesman of Ruritania said that it offered Graustark a loan, with Fort Tarlenheim to be shut.",
    "Axphain Herald",
    "2021-03-11",
    ("A spokesman of Ruritania", "person", False),
)
WITNESS = paper(
    'The loan\n"They offered it in my presence: Ruritania offered Graustark a loan for Fort Tarlenheim," a villager said.',
    "Hentzau Mail",
    "2021-03-12",
    ("a villager", "person", False),
)
PASSING = paper(
    "Weather\nRain fell at Fort Tarlenheim, for which Ruritania last week offered Graustark a loan.",
    "Kalnoky Post",
    "2021-03-14",
)


@pytest.mark.parametrize(
    ("records", "expected"),
    [
        pytest.param((COURIER,), (1, 1, 1), id="one paper with its own source"),
        pytest.param((COURIER, WIRE), (1, 1, 1), id="who cites a paper rests on its sources"),
        pytest.param((COURIER, WIRE, COPY), (1, 1, 1), id="a copy without a word of it"),
        pytest.param((COURIER, WIRE, AGAIN), (1, 1, 1), id="a circle"),
        pytest.param((COURIER, RIVAL), (None, 1, 2), id="diplomats of two papers may be the same"),
        pytest.param((RIVAL, MINISTRY), (2, 2, 2), id="an unnamed diplomat and a ministry"),
        pytest.param((MINISTRY, SPOKESMAN), (1, 1, 1), id="one side speaks with many mouths"),
        pytest.param((MINISTRY, WITNESS), (2, 2, 2), id="a witness of his own"),
        pytest.param((MINISTRY, PASSING), (1, 1, 1), id="told in passing"),
        pytest.param((COURIER, DENIAL), (1, 1, 1), id="who denies is no origin"),
        pytest.param((RIVAL, reprinted(RIVAL, "Post", "2021-03-11")), (1, 1, 1), id="a verbatim copy of unnamed sources"),
    ],
)
def test_origins_are_counted(records: tuple[Record, ...], expected: tuple[int | None, int, int]) -> None:
    assert counted(*records) == expected


def test_descriptions_that_exclude_each_other_are_two() -> None:
    """Officials in Lisbon are not a police source in Lima."""
    lisbon = paper(
        "Loan\nOfficials in Lisbon said that Ruritania offered Graustark a loan over Fort Tarlenheim.",
        "Hentzau Mail", "2021-03-10", ("Officials in Lisbon", "group", False),
    )  # fmt: skip
    lima = paper(
        "Loan\nSources in Lima know that Ruritania has offered Graustark a loan, and that Fort Tarlenheim "
        "is the price of it.",
        "Axphain Herald", "2021-03-10", ("Sources in Lima", "group", False),
    )  # fmt: skip
    assert counted(lisbon, lima) == (2, 2, 2)


def test_a_circle_is_named_from_where_it_began() -> None:
    origins = first(COURIER, WIRE, AGAIN).origins
    assert origins.circles == (("Zenda Courier", "Strelsau Wire", "Zenda Courier"),)


def test_each_report_says_how_it_comes_to_its_root() -> None:
    origins = first(COURIER, WIRE, COPY).origins
    assert [(path.report, path.steps) for path in origins.paths] == [
        (COURIER.report.id, ("Zenda Courier", "two diplomats")),
        (min(WIRE, COPY, key=lambda r: r.report.id).report.id, _steps(min(WIRE, COPY, key=lambda r: r.report.id))),
        (
            max(WIRE, COPY, key=lambda r: r.report.id).report.id,
            _steps(max(WIRE, COPY, key=lambda r: r.report.id), copied=True),
        ),
    ]


def _steps(record: Record, copied: bool = False) -> tuple[str, ...]:
    own = record.report.publisher or ""
    other = (WIRE if record is COPY else COPY).report.publisher or ""
    return (own, *([other] if copied else []), "Zenda Courier", "two diplomats")


def test_the_whole_heap() -> None:
    group = first(*HEAP)
    assert (group.origins.count, group.origins.least, group.origins.most) == (None, 1, 2)
    assert {root.kind for root in group.origins.roots} == {"insider"}


# ---- outlets ----


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Yonhap news agency", "yonhap"), ("The Yomiuri Shimbun", "yomiuri"), ("Vietnam", None), ("Reuters", "reuters")],
)
def test_an_outlet_is_known_by_its_names(name: str, expected: str | None) -> None:
    assert known_outlet(name) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("STRELSAU, March 8 (Reuters) - The mint is open.", "reuters"),
        ("HOFBAU, March 8, Kyodo - The mint is open.", "kyodo"),
        ("The mint is open. (With AFP)", "afp"),
        ("The mint (an old one) is open.", None),
        ("The mint is open.", None),
    ],
)
def test_datelines_and_credits_name_an_agency(text: str, expected: str | None) -> None:
    assert credited(told(text, "Kalnoky Post", "2021-03-08").report) == expected


def test_a_single_word_is_an_outlet_only_if_an_agency_has_it() -> None:
    assert outlets_in("Today the Times and AFP wrote; the Yomiuri Shimbun did not.") == {"afp", "yomiuri"}
