"""Every page as HTML, JSON and CSV: what stands on it."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from urllib.parse import urlencode

import pytest
from desks import islets, opened
from factories import record

from ascribe import web
from ascribe.schema import TYPES, Record
from ascribe.web.pages import ROUTES

DOCS = Path(__file__).parents[2] / "docs"
SOURCES = Path(web.__file__).parent
GIVEN = {
    "statement": islets().statements[0].id,
    "id": islets().report.id,
    "name": "Kita Shimbun",
    "who": "CHN",
    "one": "JPN",
    "other": "CHN",
}


def query_of(route: web.pages.Route) -> str:
    """What the page needs to be shown at all."""
    needed = {name: GIVEN[name] for name, parameter in route.parameters.items() if parameter.needed}
    return urlencode(needed | ({"id": "senkaku"} if route.path == "/dispute" else {}))


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.path)
def test_every_page_is_there_in_three_forms(tmp_path: Path, route: web.pages.Route) -> None:
    stem, query = ("/start" if route.path == "/" else route.path), query_of(route)
    with opened(tmp_path) as asking:
        page = asking.get(f"{route.path}?{query}")
        assert page.status_code == 200
        assert page.headers["content-type"] == "text/html; charset=utf-8"
        assert f'href="{stem}.csv' in page.text
        answer = asking.get(f"{stem}.json?{query}").json()
        assert set(route.keys) <= set(answer)
        sheet = asking.get(f"{stem}.csv?{query}")
        assert sheet.headers["content-disposition"].startswith("attachment")
        rows = list(csv.reader(io.StringIO(sheet.text)))
        assert len(rows) > 1
        assert len({len(row) for row in rows}) == 1
        assert asking.head(f"{route.path}?{query}").status_code == 200


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.path)
def test_every_page_stands_on_an_empty_dossier(tmp_path: Path, route: web.pages.Route) -> None:
    with opened(tmp_path, []) as asking:
        answer = asking.get(f"{route.path}?{query_of(route)}")
        assert answer.status_code == (404 if route.path in ("/report", "/event") else 200)


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.path)
def test_every_page_and_what_it_takes_is_documented(route: web.pages.Route) -> None:
    line = next(line for line in (DOCS / "desk.md").read_text().split("\n") if line.startswith(f"| `{route.path}` |"))
    assert re.findall(r"`(\w+)`", line.split("|")[3]) == list(route.parameters)


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.path)
def test_what_is_not_asked_for_rightly_is_said(tmp_path: Path, route: web.pages.Route) -> None:
    with opened(tmp_path) as asking:
        assert asking.get(f"{route.path}?{query_of(route)}&nonsense=1").status_code == 400
        for name, parameter in route.parameters.items():
            if parameter.needed:
                assert asking.get(route.path).status_code == 400
            if parameter.choices:
                answer = asking.get(f"{route.path}?{query_of(route)}&{name}=NONE")
                assert answer.status_code == 400
                assert parameter.choices[0] in answer.text
            if parameter.date:
                assert asking.get(f"{route.path}?{query_of(route)}&{name}=Tuesday").status_code == 400
        stem = "/start" if route.path == "/" else route.path
        assert list(asking.get(f"{stem}.json?nonsense=1").json()) == ["error"]


def test_a_report_lights_up_what_a_statement_rests_on(tmp_path: Path) -> None:
    told = islets()
    claim = told.statements[0]
    with opened(tmp_path) as asking:
        page = asking.get("/report", params={"id": told.report.id, "statement": claim.id}).text
    assert '<mark class="mark r-object">Diaoyu Islands</mark>' in page
    assert '<mark class="mark r-source">diplomats in Tokyo</mark>' in page
    assert '<span class="tag r-time">time</span><mark class="mark r-time">since 2010</mark>' in page
    chain = page.split('<ol class="chain">')[1].split("</ol>")[0]
    order = [chain.index(words) for words in ("Harbour Wire", "reported", "Kita Shimbun", "citing", "diplomats in Tokyo")]
    assert order == sorted(order)
    assert "not named" in chain.split("diplomats in Tokyo")[1]
    assert "a name used by CHN" in page


def test_status_stance_and_quotation_are_said_in_words(tmp_path: Path) -> None:
    told = islets()
    with opened(tmp_path) as asking:
        pages = [
            asking.get("/report", params={"id": told.report.id, "statement": statement.id}).text
            for statement in told.statements
        ]
    assert "in quoted words" in pages[1]
    assert 'class="mark trigger r-trigger quoted"' in pages[1]
    assert "statement 1</a>" in pages[1].split("answers</th>")[1]
    assert "told as not so" in pages[2]
    assert "the report itself says so" in pages[2]


def test_filters_are_those_of_ask(tmp_path: Path) -> None:
    with opened(tmp_path) as asking:

        def found(**asked: str) -> list[str]:
            return [line["trigger"]["text"] for line in asking.get("/statements.json", params=asked).json()["statements"]]

        assert found(type="CLAIM") == ["claimed"]
        assert found(type="claim") == ["claimed"]
        assert found(actor="Japan", recipient="China") == ["reject", "talked"]
        assert found(status="negated") == ["talked"]
        assert found(according_to="Zenda Courier") == ["offered"]
        assert found(about="senkaku") == ["claimed"]
        assert found(**{"from": "2021"}) == ["offers", "offered"]
        assert found(actor="nobody at all") == []


def test_long_lists_are_turned_page_by_page(tmp_path: Path) -> None:
    many = [record(id=f"r{number:03}", published=f"2021-03-{number % 28 + 1:02}") for number in range(30)]
    made = [_renamed(each, number) for number, each in enumerate(many)]
    with opened(tmp_path, made) as asking:
        first, second = (asking.get(f"/statements.json?page={page}").json() for page in (1, 2))
        assert (first["total"], len(first["statements"]), len(second["statements"])) == (60, 50, 10)
        ids = [line["id"] for line in first["statements"] + second["statements"]]
        assert len(set(ids)) == 60
        assert 'rel="next" href="/statements?page=2"' in asking.get("/statements").text
        assert 'rel="next"' not in asking.get("/statements?page=2").text
        assert len(asking.get("/statements.csv").text.split("\r\n")) == 62
        assert asking.get("/reports.json").json()["reports"][0]["id"] == "r029"


def _renamed(record: Record, number: int) -> Record:
    """The same report again under other ids, so that a dossier takes it."""
    from dataclasses import replace

    new = {statement.id: f"s{number}-{position}" for position, statement in enumerate(record.statements)}
    statements = tuple(replace(each, id=new[each.id], same_as=new.get(each.same_as or "")) for each in record.statements)
    identities = tuple(replace(each, statement=new[each.statement]) for each in record.identities)
    return Record(replace(record.report, url=f"http://example.org/{number}"), statements, identities)


def test_a_dispute_has_names_by_party_and_no_owner(tmp_path: Path) -> None:
    with opened(tmp_path) as asking:
        page, data = asking.get("/dispute?id=senkaku").text, asking.get("/dispute.json?id=senkaku").json()
    assert '<bdi lang="zh">钓鱼岛</bdi>' in page
    assert '<bdi lang="ja">尖閣諸島</bdi>' in page
    assert data["dispute"]["administered_by"] == ["JPN"]
    assert data["dispute"]["administered_since"] == "1972-05-15"
    assert {"JPN", "CHN", "TWN"} == set(data["dispute"]["claimants"])
    assert not re.search(r"\bown(s|ed|er)? by\b|\bbelongs to\b", page.lower())
    [claim] = data["claims"]
    assert (claim["who"], claim["type"], claim["according_to"]) == ("China", "CLAIM", ["diplomats in Tokyo"])
    assert "<svg" in page


def test_a_source_shows_how_often_it_is_the_one_who_knows(tmp_path: Path) -> None:
    with opened(tmp_path) as asking:
        paper = asking.get("/source.json?name=Kita+Shimbun").json()
        knows = asking.get("/source.json?name=diplomats+in+Tokyo").json()
        publisher = asking.get("/source.json?name=Harbour+Wire").json()
    assert (paper["cited"], paper["origin"]) == (1, 0)
    assert (knows["cited"], knows["origin"]) == (1, 1)
    assert (publisher["publishes"], publisher["cited"]) == (3, 0)


def test_an_event_shows_every_telling_and_its_origins(tmp_path: Path) -> None:
    other = _renamed(islets(publisher="North Wire", id="again"), 7)
    with opened(tmp_path, [record(), islets(), other]) as asking:
        asked = {"statement": islets().statements[0].id}
        data, page = asking.get("/event.json", params=asked).json(), asking.get("/event", params=asked).text
        assert asking.get("/event?statement=none").status_code == 404
    assert {line["publisher"] for line in data["event"]["tellings"]} == {"Harbour Wire", "North Wire"}
    assert data["event"]["reports"] == 2
    assert "Independent origins" in page
    assert page.count("diplomats in Tokyo") >= 2


def test_pairs_and_actors_point_both_ways(tmp_path: Path) -> None:
    with opened(tmp_path) as asking:
        pair = asking.get("/pair.json?one=JPN&other=CHN").json()
        actor = asking.get("/actor.json?who=JPN").json()
        drawn = asking.get("/pair/months.svg?one=JPN&other=CHN")
        assert asking.get("/pair/months.svg?one=CHN&other=JPN").status_code == 404
    assert (pair["total"], pair["total_back"]) == (1, 0)
    assert pair["months"] == [{"month": "2014-02", "cooperation": 0, "conflict": 1, "score": pair["months"][0]["score"]}]
    assert actor["acts_on"] == [{"value": "CHN", "count": 1}]
    assert drawn.headers["content-type"] == "image/svg+xml"
    assert drawn.text.startswith("<svg")


def test_what_was_refused_is_listed(tmp_path: Path) -> None:
    with opened(tmp_path) as asking:
        assert "torn.xml: line 3: the page ends in a tag" in asking.get("/").text
        assert asking.get("/refused.json").json()["refused"][0]["input"] == "torn.xml"


def test_the_json_is_described(tmp_path: Path) -> None:
    with opened(tmp_path) as asking:
        described = asking.get("/openapi.json").json()
        for path, item in described["paths"].items():
            needed = {p["name"]: GIVEN[p["name"]] for p in item["get"]["parameters"] if p["required"]}
            needed |= {"id": "senkaku"} if path == "/dispute.json" else {}
            answer = asking.get(path, params=needed)
            wanted = item["get"]["responses"]["200"]["content"]["application/json"]["schema"]["required"]
            assert set(wanted) <= set(answer.json())
    assert len(described["paths"]) == len(ROUTES)
    assert json.dumps(described)


def test_every_value_has_its_words() -> None:
    from jinja2 import Environment, FileSystemLoader

    from ascribe.schema import SECTORS, SOURCE_KINDS, STANCES, STATUSES

    words = Environment(loader=FileSystemLoader(SOURCES / "templates"))
    words.filters |= dict.fromkeys(("key", "party", "day", "dispute", "country"), str)
    parts = words.get_template("parts.html").module
    for table, values in {
        "TYPES": TYPES, "STATUSES": STATUSES, "STANCES": STANCES, "KINDS": SOURCE_KINDS, "SECTORS": SECTORS,
    }.items():  # fmt: skip
        assert set(getattr(parts, table)) == set(values)


def test_nothing_is_marked_as_safe_and_no_script_is_there() -> None:
    for path in [*SOURCES.rglob("*.html"), *SOURCES.rglob("*.svg"), *SOURCES.rglob("*.py")]:
        text = path.read_text(encoding="utf-8")
        assert not re.search(
            r"\|\s*safe\b|Markup|autoescape false|<script|\son[a-z]{3,}=\"|style=|javascript:|https?://(?!www\.w3\.org)",
            text.replace("http://{", ""),
        ), path
    css = (SOURCES / "assets" / "desk.css").read_text(encoding="utf-8")
    assert not re.search(r"url\(|@import|expression", css)


def test_the_first_view_is_small(tmp_path: Path) -> None:
    with opened(tmp_path) as asking:
        assert len(asking.get("/").content) + len(asking.get("/desk.css").content) < 100_000
