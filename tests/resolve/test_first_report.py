"""A report in the manner of the first one: two disputes that must not be mixed up, and the dates that it counts from."""

from __future__ import annotations

from ascribe.resolve import resolve
from ascribe.schema import Identity, Mention, Report, Span, Statement

TEXT = (
    "Tokyo hopes for talks on islands\n"
    "Japanese patrol boats sailed near the Senkaku islands on Thursday, which China calls the Diaoyus.\n"
    "Moscow refused to hand over the Southern Kurils, which Japan claims as the Northern Territories.\n"
    "Soviet troops took the islands in the final days of World War II, leaving Japan without a peace treaty.\n"
)
REPORT = Report("r", TEXT, headline="Tokyo hopes for talks on islands", published="2014-02-06")


def mention(words: str, after: str = "") -> Mention:
    start = TEXT.index(words, TEXT.index(after) if after else 0)
    return Mention(words, Span(start, start + len(words)))


def statement(number: int, trigger: str, actor: str, **more: Mention) -> Statement:
    return Statement(str(number), "r", "event", "MOBILIZE", mention(trigger), (mention(actor, after=""),), **more)


def found(*statements: Statement) -> dict[tuple[str, str], Identity]:
    return {(identity.statement, identity.role): identity for identity in resolve(REPORT, statements)}


def test_two_disputes_of_one_report_are_kept_apart() -> None:
    identities = found(
        statement(1, "sailed", "Japanese patrol boats", place=mention("Senkaku islands")),
        statement(2, "refused", "Moscow", object=mention("Southern Kurils")),
        statement(3, "took", "Soviet troops", object=mention("islands", after="took the")),
    )
    assert identities["1", "dispute"].entity == "senkaku"
    assert identities["2", "dispute"].entity == "kuril"
    assert identities["3", "dispute"].entity == "kuril", (
        "the Soviet Union is continued by Russia, and Japan stands in the sentence"
    )
    assert identities["3", "dispute"].score < identities["2", "dispute"].score


def test_a_contested_place_keeps_its_name_and_has_no_owner() -> None:
    place = found(statement(1, "sailed", "Japanese patrol boats", place=mention("Senkaku islands")))["1", "place"]
    assert (place.name, place.country, place.dispute) == ("Senkaku islands", None, "senkaku")
    assert "JPN" in place.because


def test_days_and_eras_by_the_date_of_the_report() -> None:
    identities = found(
        statement(1, "sailed", "Japanese patrol boats", time=mention("Thursday")),
        statement(3, "took", "Soviet troops", time=mention("in the final days of World War II")),
    )
    assert (identities["1", "time"].earliest, identities["1", "time"].latest) == ("2014-02-06", "2014-02-06")
    assert (identities["3", "time"].granularity, identities["3", "time"].latest) == ("era", "1945-09-02")


def test_a_dissolved_state_keeps_its_code() -> None:
    actor = found(statement(3, "took", "Soviet troops"))["3", "actor"]
    assert (actor.country, actor.sector) == ("SUN", "MIL")
