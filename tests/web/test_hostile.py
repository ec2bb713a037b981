"""What a report holds is text on every page: 504 ways to be something else, in every field that a report can fill."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import product

import pytest
from desks import opened
from factories import identity, mention, report, source, statement
from lxml import html
from starlette.testclient import TestClient

from ascribe.schema import Record

CORES = (
    "alert(1)", "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<svg onload=alert(1)>",
    "<svg><animate onbegin=alert(1)>",
    "<iframe src=javascript:alert(1)></iframe>", "<a href=javascript:alert(1)>x</a>", "<body onload=alert(1)>",
    "<style>*{x:y}</style>",
    "<link rel=stylesheet href=//evil.example>", "<base href=//evil.example>", "<meta http-equiv=refresh content=0>",
    "<form action=//evil>",
    "<input autofocus onfocus=alert(1)>", "<details open ontoggle=alert(1)>", "<math><mtext></mtext></math>",
    "<!--", "<![CDATA[x]]>",
    "javascript:alert(1)", "data:text/html,<script>alert(1)</script>", "{{ 7 * 7 }}",
    "{% include 'x' %}", "${7*7}", "<%= 7 * 7 %>",
    "&lt;script&gt;alert(1)&lt;/script&gt;", "&#60;script&#62;",
    "\\u003cscript\\u003e", "<scr<script>ipt>alert(1)</scr</script>ipt>",
)  # fmt: skip
AROUND = (
    "{}", '"{}', "'{}", '">{}', "'>{}", "</title>{}", "</textarea>{}", "</script>{}", "-->{}", "]]>{}", '" onmouseover="{}',
    "' onfocus='{}",
    "</bdi></a></td>{}", "</svg>{}", "=cmd|{}", "\u202e{}\u2066", "%22%3E{}", "`{}`",
)  # fmt: skip
PAYLOADS = [around.replace("{}", core) for around, core in product(AROUND, CORES)]
ALLOWED = {
    "a", "abbr", "article", "bdi", "body", "button", "caption", "circle", "code", "dd", "details", "div", "dl",
    "dt", "figcaption", "figure", "footer", "form", "g", "h1", "h2", "h3", "head", "header", "html", "input",
    "label", "li", "line", "link", "main", "mark", "meta", "nav", "ol", "option", "p", "polygon", "q", "rect",
    "section", "select", "span", "strong", "summary", "svg", "table", "tbody", "td", "text", "th", "thead", "time",
    "title", "tr", "ul",
}  # fmt: skip


def hostile(payload: str, number: int) -> Record:
    """A report that is the payload wherever it can be."""
    told = report(f"{payload}\nHere {payload} said {payload} of it.", headline=payload, publisher=payload, published=payload)
    told = replace(told, id=f"{payload} {number}", url=payload, format=payload)
    first, second, third = (mention(told, payload, nth=nth) for nth in range(3))
    cited = replace(source(told, "Here", "said"), mention=second)
    made = statement(
        told,
        "of it",
        "CLAIM",
        id=f"{number} {payload}",
        actors=[second],
        recipients=[third],
        object=third,
        place=third,
        time=third,
        chain=(cited,),
        mode=payload,
        contexts=(payload,),
    )
    believed = {"entity": payload, "name": payload, "country": payload, "because": payload}
    roles = (("actor", second), ("recipient", third), ("source", second), ("place", third))
    known = [identity(made, role, words, **believed) for role, words in roles]
    known.append(identity(made, "time", third, earliest=payload, latest=payload))
    known.append(identity(made, "dispute", first, entity=payload, because=payload))
    return Record(told, (made,), tuple(known))


@pytest.fixture(scope="module")
def asking(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    records = [hostile(payload, number) for number, payload in enumerate(PAYLOADS)]
    with opened(tmp_path_factory.mktemp("hostile"), [*records, hostile("harmless", -1)]) as client:
        yield client


def elements(page: str) -> list[str]:
    """The elements of a page, which must be ours: known tags, no handler, every address one of our own."""
    found = list(html.fromstring(page).iter())
    assert all(isinstance(element.tag, str) for element in found), "a comment was made"
    for element in found:
        assert element.tag in ALLOWED, element.tag
        for name, value in element.attrib.items():
            assert not name.startswith("on"), name
            assert name not in ("style", "srcdoc", "srcset", "formaction"), name
            if name in ("href", "src", "action"):
                assert value.startswith(("/", "#")), value
                assert not value.startswith("//"), value
    return [str(element.tag) for element in found if element.tag not in ("span", "mark")]  # quotation marks cut pieces


def test_there_are_five_hundred() -> None:
    assert len(set(PAYLOADS)) >= 500


@pytest.mark.parametrize("around", AROUND)
def test_a_report_is_text_whatever_it_holds(asking: TestClient, around: str) -> None:
    for number, payload in enumerate(PAYLOADS):
        if payload in {around.replace("{}", core) for core in CORES}:
            asked = {"id": f"{payload} {number}".strip(), "statement": f"{number} {payload}".strip()}
            page = asking.get("/report", params=asked).text
            assert elements(page) == harmless(asking), payload
            assert asking.get("/report.json", params=asked).json()["text"].startswith(payload)


@cache
def harmless(asking: TestClient) -> list[str]:
    return elements(asking.get("/report", params={"id": "harmless -1", "statement": "-1 harmless"}).text)


PAGES = [
    "/",
    "/sources",
    "/actors",
    "/disputes",
    "/refused",
    *(f"/{name}?page={n}" for name in ("reports", "statements") for n in range(1, 12)),
]


@pytest.mark.parametrize("page", PAGES)
def test_lists_are_text_whatever_they_hold(asking: TestClient, page: str) -> None:
    answer = asking.get(page)
    assert answer.status_code == 200
    elements(answer.text)


@pytest.mark.parametrize(
    "path", ["/statements?about={}", "/source?name={}", "/actor?who={}", "/pair?one={}&other={}", "/dispute?id={}"]
)
def test_what_is_asked_for_is_text_too(asking: TestClient, path: str) -> None:
    for core in CORES:
        name, _, rest = path.partition("?")
        answer = asking.get(name, params={pair.split("=")[0]: core for pair in rest.split("&")})
        assert answer.status_code < 500
        elements(answer.text)


def test_no_cell_of_csv_is_a_formula(asking: TestClient) -> None:
    for path in ("/statements.csv", "/reports.csv", "/sources.csv", "/actors.csv", "/disputes.csv", "/start.csv"):
        rows = list(csv.reader(io.StringIO(asking.get(path).text)))
        assert len(rows) > 10
        assert not [
            cell
            for row in rows
            for cell in row
            if cell.startswith(("=", "+", "-", "@", "\t", "\r", "\0")) and not _number(cell)
        ]


def _number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True
