"""The stage as a whole: nothing breaks it, every mention gets its identity, and the same input gives the same output."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from ascribe.resolve import resolve
from ascribe.schema import SECTORS, Mention, Report, Source, Span, Statement

WORDS = [
    "President",
    "Kim",
    "said",
    "of",
    "the",
    "US-led",
    "(UN)",
    ",",
    "he",
    "two countries",
    "Kurils",
    "since",
    "2010",
    "–",
    "Ñandú",
    "\n",
    "1",
    "İ",
    "ﬁ",
]


@st.composite
def cases(draw: st.DrawFn) -> tuple[Report, list[Statement]]:
    text = " ".join(draw(st.lists(st.one_of(st.sampled_from(WORDS), st.text(max_size=4)), max_size=30)))

    def mention() -> Mention:
        start = draw(st.integers(0, len(text)))
        stop = draw(st.integers(start, min(len(text), start + 25)))
        return Mention(text[start:stop], Span(start, stop))

    statement = Statement(
        "1", "r", "event", "ACCUSE", mention(), (mention(), mention()), (mention(),), mention(), mention(), mention(),
        chain=(Source(mention(), None, "person", True),),
    )  # fmt: skip
    published = draw(
        st.sampled_from([None, "2014", "2014-02", "2014-02-06", "2014-02-06T10:15:00+00:00", "2014-02-31", "yesterday"])
    )
    return Report("r", text, published=published, publisher=draw(st.sampled_from([None, "AFP", ""]))), [statement]


@settings(deadline=None, max_examples=50)
@given(cases())
def test_every_mention_gets_an_identity_with_a_reason(case: tuple[Report, list[Statement]]) -> None:
    report, statements = case
    found = resolve(report, statements)
    roles = [each.role for each in found if each.role != "dispute"]
    assert roles == ["actor", "actor", "recipient", "source", "place", "time"]
    assert all(each.because for each in found)
    assert all(0 <= each.score <= 1 for each in found)
    assert all(each.sector in (None, *SECTORS) for each in found)
    assert found == resolve(report, statements)


def test_no_statements_no_identities() -> None:
    assert resolve(Report("r", ""), []) == []
