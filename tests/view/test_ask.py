from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from factories import record
from test_explain import read_by_hand

from ascribe.data import rows
from ascribe.errors import UsageError
from ascribe.store import Dossier, Question, open_dossier
from ascribe.view import ask, question
from ascribe.view.ask import table
from ascribe.view.terminal import width


@pytest.fixture(scope="module")
def dossier(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dossier]:
    with open_dossier(str(tmp_path_factory.mktemp("ask") / "d.dossier")) as opened:
        opened.add([record(id="loan"), read_by_hand()[0]])
        yield opened


@pytest.mark.parametrize("columns", [80, 100, 120])
def test_the_table(dossier: Dossier, same_page: Callable[[str, str], None], columns: int) -> None:
    same_page(f"ask-{columns}", table(ask(dossier, Question()), columns=columns) + "\n")


@pytest.mark.parametrize("columns", [85, 100, 140, 400])
def test_no_line_of_a_table_is_wider_than_asked(dossier: Dossier, columns: int) -> None:
    assert max(map(width, table(ask(dossier, Question()), columns=columns).split("\n"))) <= columns


def test_a_wide_table_cuts_nothing(dossier: Dossier) -> None:
    assert "…" not in table(ask(dossier, Question()), columns=400)


def test_what_a_text_holds_never_steers_the_terminal() -> None:
    from factories import report, statement

    from ascribe.schema import Record
    from ascribe.store import Answer

    told = report("Ruritania \x1b[31m\u202e offers\x07 it", publisher="\x9b2J", id="\x1b]0;x\x07")
    said = statement(told, "offers\x07", actors=["Ruritania \x1b[31m\u202e"], object="\x1b[31m")
    assert Record(told, (said,))
    page = table([Answer(told, said, [])], columns=120)
    assert not [character for character in page if ord(character) < 32 and character != "\n"]
    assert not set("\u202e\x9b") & set(page)


# ---- what a person types ----


def test_a_country_by_name_adjective_or_code() -> None:
    assert question(actor=["Japan"]).actor == ("Japan", "JPN")
    assert question(recipient=["japanese"]).recipient == ("japanese", "JPN")
    assert question(according_to=["JPN"]).source == ("JPN",)
    assert question(actor=["coast guard"]).actor == ("coast guard",)


def test_a_dispute_by_the_name_that_any_party_gives_it() -> None:
    names = [row["name"] for row in rows("dispute_names") if row["dispute"] == "senkaku"]
    assert len(names) > 1
    for name in names:
        assert question(about=[name]).about == (name, "senkaku")


def test_a_stretch_of_time_is_whole_days() -> None:
    asked = question(from_="2014", until="2014-02")
    assert (asked.earliest, asked.latest) == ("2014-01-01", "2014-02-28")


@pytest.mark.parametrize("given", [{"from_": "soon"}, {"until": "2014-02-30"}])
def test_what_is_no_date_is_said(given: dict[str, str]) -> None:
    with pytest.raises(UsageError, match="is no date; write 2014, 2014-02 or 2014-02-06"):
        question(**given)  # type: ignore[arg-type]
