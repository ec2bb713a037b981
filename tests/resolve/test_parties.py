"""Who is meant, by the words alone and the date, and by what a report says before."""

from __future__ import annotations

import pytest

from ascribe.data import rows
from ascribe.resolve import resolve
from ascribe.resolve.index import Index
from ascribe.resolve.parties import Parties
from ascribe.resolve.phrases import Party
from ascribe.schema import Identity, Mention, Report, Source, Span, Statement

BY_DATE = [
    ("President Bush", "1990-06-01", "USA", "GOV", "George H. W. Bush"),
    ("President Bush", "2003-06-01", "USA", "GOV", "George W. Bush"),
    ("the Russian president", "2010-06-01", "RUS", "GOV", "Dmitry Medvedev"),
    ("Prime Minister Sharif", "2022-06-01", "PAK", "GOV", "Shehbaz Sharif"),
    ("President Roh", "1990-01-01", "KOR", "GOV", "Roh Tae-woo"),
    ("President Assad", "1995-01-01", "SYR", "GOV", "Hafez al-Assad"),
    ("the UN secretary general", "1998-01-01", None, "IGO", "Kofi Annan"),
    ("Viktor Orban", "2005-01-01", "HUN", "OPP", "Viktor Orban"),
    ("former Prime Minister Viktor Orban", "2005-01-01", "HUN", "OPP", "Viktor Orban"),
    ("Gen. Pervez Musharraf", "2003-01-01", "PAK", "GOV", "Pervez Musharraf"),
    ("the Taliban", "1998-01-01", "AFG", "GOV", "Taliban"),
    ("the Taliban", "2010-01-01", "AFG", "REB", "Taliban"),
    ("Vilnius", "1985-01-01", "SUN", "GOV", None),
    ("Prague", "1980-01-01", "CSK", "GOV", None),
    ("Serbian officials", "2004-01-01", "SCG", "GOV", None),
    ("the Kremlin", "1988-01-01", "SUN", "GOV", None),
    ("the Kremlin", "2014-01-01", "RUS", "GOV", None),
    ("the British foreign secretary", "2007-10-01", "GBR", "GOV", "David Miliband"),
]
BY_WORDS = [
    ("a Russian foreign ministry spokesman", "RUS", "GOV"),
    ("Turkish warplanes", "TUR", "MIL"),
    ("Kenyan police", "KEN", "COP"),
    ("Spanish judges", "ESP", "JUD"),
    ("the president of Croatia's Constitutional Court", "HRV", "JUD"),
    ("Croatian lawmakers", "HRV", "LEG"),
    ("Syrian opposition fighters", "SYR", "REB"),
    ("Venezuelan opposition leaders", "VEN", "OPP"),
    ("Thai protesters", "THA", "CVL"),
    ("Somali pirates", "SOM", "CRM"),
    ("German intelligence", "DEU", "SPY"),
    ("the Israeli ambassador to Cairo", "ISR", "GOV"),
    ("leaders of Japan", "JPN", "GOV"),
    ("members of the Security Council", None, "IGO"),
    ("a US-led coalition", None, "IGO"),
    ("Iraqi Kurdish leader Massoud Barzani", "IRQ", "GOV"),
    ("diplomatic sources in Russia and Japan", None, "GOV"),
    ("Norwegians", "NOR", "CVL"),
    ("al-Shabab", "SOM", "REB"),
    ("the Quai d'Orsay", "FRA", "GOV"),
    ("U.S. Marines", "USA", "MIL"),
    ("the EU", None, "IGO"),
    ("international investigators", None, "COP"),
    ("western governments", None, "GOV"),
    ("the campaign spokesman", None, "PTY"),
    ("leader of the Croatian federation", "HRV", "NGO"),
    ("a Kenyan civil servant", "KEN", "GOV"),
    ("Peruvian trade unionists", "PER", "NGO"),
    ("the governor of Kharkiv", "UKR", "GOV"),
    ("Okinawa police", "JPN", "COP"),
]


def party(text: str, date: str | None = "2014-02-06") -> Party:
    return Parties(Index(Report("r", text, published=date))).own(Mention(text, Span(0, len(text))))


@pytest.mark.parametrize(
    ("text", "date", "country", "sector", "name"), BY_DATE, ids=[f"{case[0]} {case[1]}" for case in BY_DATE]
)
def test_by_the_date_of_the_report(text: str, date: str, country: str | None, sector: str, name: str | None) -> None:
    found = party(text, date)
    assert (found.country, found.sector) == (country, sector)
    assert name is None or found.name == name
    assert ".csv" in found.because


@pytest.mark.parametrize(("text", "country", "sector"), BY_WORDS, ids=[case[0] for case in BY_WORDS])
def test_by_its_own_words(text: str, country: str | None, sector: str) -> None:
    found = party(text)
    assert (found.country, found.sector) == (country, sector), found.because


@pytest.mark.parametrize("text", ["a British minister", "a U.S. senator", "a Chinese official", "a Syrian rebel leader"])
def test_one_of_many_is_nobody_in_particular(text: str) -> None:
    found = party(text, "2018-06-01")
    assert found.country
    assert not any(row["name"] == found.name for row in rows("people"))


def test_an_unknown_date_is_said_and_lowers_the_score() -> None:
    dated, undated = party("Angela Merkel", "2014-02-06"), party("Angela Merkel", None)
    assert "unknown" in undated.because
    assert undated.score < dated.score


TEXT = (
    "Ruritanian talks end\n"
    "Norwegian Foreign Minister Kari Nordmann met her Danish counterpart in Oslo, Aftenbladet reported.\n"
    'Nordmann said she was content. "We trust each other," she told the paper.\n'
    "The two countries will meet again. Police closed the streets.\n"
    "Jens Dahl, an analyst at a Danish institute, doubted it.\n"
    "Dahl was not asked.\n"
)


def mention(words: str, after: str = "") -> Mention:
    start = TEXT.index(words, TEXT.index(after) if after else 0)
    return Mention(words, Span(start, start + len(words)))


def who(*statements: Statement) -> dict[tuple[str, str, str], Identity]:
    report = Report("r", TEXT, headline="Ruritanian talks end", published="2019-05-02")
    return {(each.statement, each.role, each.span.of(TEXT)): each for each in resolve(report, statements)}


def said(number: int, actor: Mention, source: Mention | None = None) -> Statement:
    chain = (Source(source, None, "person", True),) if source else ()
    return Statement(str(number), "r", "event", "CONSULT", mention("met"), (actor,), chain=chain)


MINISTER = said(0, mention("Norwegian Foreign Minister Kari Nordmann"))


def test_a_name_is_known_from_where_the_report_introduces_it() -> None:
    found = who(said(1, mention("Nordmann", "Nordmann said")), said(2, mention("Dahl", "Dahl was")))
    assert (found["1", "actor", "Nordmann"].country, found["1", "actor", "Nordmann"].sector) == ("NOR", "GOV")
    assert (found["2", "actor", "Dahl"].country, found["2", "actor", "Dahl"].sector) == ("DNK", "CVL")
    assert "introduced as" in found["2", "actor", "Dahl"].because


def test_pronouns_go_back_to_who_was_named() -> None:
    speaker = mention("Nordmann", "Nordmann said")
    found = who(
        MINISTER, said(1, mention("she", "said she")), said(2, mention("We"), speaker), said(3, mention("The two countries"))
    )
    assert (found["1", "actor", "she"].country, found["1", "actor", "she"].sector) == ("NOR", "GOV")
    assert found["2", "actor", "We"].country == "NOR"
    assert found["3", "actor", "The two countries"].country is None


def test_a_bare_party_is_of_the_report_s_country_with_a_lower_score_and_a_reason() -> None:
    police = who(said(1, mention("Police")))["1", "actor", "Police"]
    assert (police.country, police.sector) == ("NOR", "COP")
    assert police.score < 0.5
    assert "no country named" in police.because


def test_intelligence_is_police_in_an_identity() -> None:
    assert party("Mossad").sector == "SPY"
    report = Report("r", "Mossad denied it.")
    statement = Statement("1", "r", "event", "REJECT", Mention("denied", Span(7, 13)), (Mention("Mossad", Span(0, 6)),))
    assert resolve(report, [statement])[0].sector == "COP"


STATEMENT_OF_A_MINISTRY = (
    "Talks on Ruritania and Syria\nSyria is suffering and Syria needs help. The minister met rebels. We deplore it."
)


@pytest.mark.parametrize(
    ("url", "state"),
    [("https://www.gov.uk/news/1", "GBR"), ("https://www.mod.gov.ge/1", "GEO"), ("http://www.navy.mil/1", "USA")],
)
def test_the_minister_of_a_government_s_own_report_is_its_own(url: str, state: str) -> None:
    text = STATEMENT_OF_A_MINISTRY
    minister = Mention("minister", Span(text.index("minister"), text.index("minister") + 8))
    assert Parties(Index(Report("r", text, url=url))).own(minister).country == state
    assert Parties(Index(Report("r", text, url="https://www.example.com"))).own(minister).country == "SYR"


PRONOUNS = "Belgian Foreign Minister Anke Vos criticised Greek lawmaker Nikos Pappas. He rejected it. Later he left.\n"


def test_a_pronoun_never_means_who_stands_on_the_other_side_of_the_act() -> None:
    def at(words: str) -> Mention:
        return Mention(words, Span(PRONOUNS.index(words), PRONOUNS.index(words) + len(words)))

    minister, lawmaker = at("Belgian Foreign Minister Anke Vos"), at("Greek lawmaker Nikos Pappas")
    first = Statement("0", "r", "event", "ACCUSE", at("criticised"), (minister,), (lawmaker,))
    second = Statement("1", "r", "event", "REJECT", at("rejected"), (at("He"),), (minister,))
    third = Statement(
        "2",
        "r",
        "event",
        "RETREAT",
        at("left"),
        (Mention("he", Span(PRONOUNS.index(" he ") + 1, PRONOUNS.index(" he ") + 3)),),
    )
    found = resolve(Report("r", PRONOUNS, published="2019-05-02"), [first, second, third])
    assert [each.country for each in found if each.role == "actor"] == ["BEL", "GRC", "GRC"]


WE = "The convoy left on Monday. We deplore the attack. “We will fight on,” said Belgian General Jan Maas."


@pytest.mark.parametrize(
    ("url", "quoted", "country", "sector"),
    [
        ("https://www.gov.uk/news/1", False, "GBR", "GOV"),
        ("https://www.gov.uk/news/1", True, "BEL", "MIL"),
        ("https://www.example.com", False, "BEL", "MIL"),
    ],
)
def test_we_is_the_government_that_publishes_except_in_a_quotation(
    url: str, quoted: bool, country: str, sector: str
) -> None:
    start = WE.index("We will") if quoted else WE.index("We deplore")
    general, we = WE.index("Belgian"), Mention("We", Span(start, start + 2))
    source = Source(Mention("Belgian General Jan Maas", Span(general, len(WE) - 1)), None, "person", True)
    trigger = Mention("left", Span(WE.index("left"), WE.index("left") + 4))
    statements = [
        Statement("0", "r", "event", "REJECT", trigger, (we,), quoted=quoted),
        Statement("1", "r", "event", "RETREAT", trigger, chain=(source,)),
    ]
    found = resolve(Report("r", WE, url=url), statements)[0]
    assert (found.country, found.sector) == (country, sector), found.because


ELSEWHERE = (
    "Poland wrote to Poland’s neighbours in Poland. The foreign ministry protested, and the Danish foreign ministry said no."
    " The foreign ministry wrote again."
)


@pytest.mark.parametrize("after", ["The foreign", "said no. "])
def test_the_same_words_elsewhere_in_the_report_give_the_state(after: str) -> None:
    start = ELSEWHERE.index("foreign ministry", ELSEWHERE.index(after))
    found = Parties(Index(Report("r", ELSEWHERE))).own(Mention("foreign ministry", Span(start, start + 16)))
    assert found.country == "DNK"
    assert "Danish foreign ministry" in found.because


def test_people_and_families_of_one_state_speak_for_the_country_of_a_report() -> None:
    assert Index(Report("r", "Police met Angela Merkel.")).country == ("DEU", "the country most named in the report")
