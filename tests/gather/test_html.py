"""Saved pages: what a page says of itself goes before what stands on it; a page without an article is refused."""

import json

import pytest

from ascribe.gather import gather
from ascribe.schema import Refusal

FIRST = (
    "Two ships of the navy left Oslo on Monday to guard an exercise in the Barents Sea, the ministry said in a statement."
)
SECOND = "Russia called the exercise a provocation, but a diplomat in Oslo said that Moscow had been told of it a year ago."
THIRD = "“We shall talk as long as it takes,” a spokesman for the café’s owners told reporters after the meeting on Tuesday."
ARTICLE = f"<article><h1>Norway sends ships</h1><p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p></article>"
BODY = f"{FIRST}\n{SECOND}\n{THIRD}"
SITE = '<meta property="og:site_name" content="AFP">'
ABOUT = {
    "@type": "NewsArticle",
    "headline": "Ships sail north",
    "publisher": {"@type": "Organization", "name": "The Harbour Times"},
}


@pytest.fixture
def read(tmp_path):
    def reader(content):
        path = tmp_path / "page"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        [found] = gather([str(path)])
        return found

    return reader


def page(head="", body=ARTICLE, html='<html lang="en">'):
    around = "<nav><a href='/'>Home</a> <a href='/world'>World</a></nav>", "<footer>© 2014</footer>"
    return f"<!DOCTYPE html>{html}<head>{head}</head><body>{around[0]}{body}{around[1]}</body></html>"


def schema(value):
    return f'<script type="application/ld+json">{json.dumps(value)}</script>'


def test_a_page_without_any_word_of_itself(read):
    found = read(page())
    assert (found.headline, found.text, found.format) == ("Norway sends ships", f"Norway sends ships\n{BODY}", "html")
    assert (found.publisher, found.published, found.url, found.language) == (None, None, None, "en")


@pytest.mark.parametrize(
    ("head", "field", "expected"),
    [
        ('<meta property="og:title" content="Ships sail north">', "headline", "Ships sail north"),
        ('<meta name="twitter:title" content="Ships sail north">', "headline", "Ships sail north"),
        ("<title>Ships sail | The Harbour Times</title>", "headline", "Norway sends ships"),
        ('<meta property="og:site_name" content="The Harbour Times">', "publisher", "The Harbour Times"),
        ('<meta property="article:published_time" content="2014-03-06T10:15Z">', "published", "2014-03-06T10:15:00+00:00"),
        ("<title>Norway sends ships - Fjord Times</title>", "publisher", "Fjord Times"),
        ('<meta name="pubdate" content="06/03/2014"><meta name="date" content="6 March 2014">', "published", "2014-03-06"),
        ('<meta name="date" content="6 March 2014">', "published", "2014-03-06"),
        ('<meta property="og:url" content="https://example.org/a">', "url", "https://example.org/a"),
        ('<link rel="canonical" href="https://example.org/b">', "url", "https://example.org/b"),
        ('<meta property="og:locale" content="en_GB">', "language", "en-GB"),
        (schema(ABOUT), "headline", "Ships sail north"),
        (schema([ABOUT]), "publisher", "The Harbour Times"),
        (schema({"@graph": [{"@type": "WebSite", "name": "x"}, ABOUT]}), "publisher", "The Harbour Times"),
        (schema({**ABOUT, "@type": ["ReportageNewsArticle"], "publisher": [{"name": "AFP"}]}), "publisher", "AFP"),
        (schema({**ABOUT, "datePublished": "2014-03-06"}), "published", "2014-03-06"),
        (schema({**ABOUT, "mainEntityOfPage": {"@id": "https://example.org/c"}}), "url", "https://example.org/c"),
        (schema({**ABOUT, "headline": 5, "name": None}), "headline", "Norway sends ships"),
        ('<script type="application/ld+json">{broken</script>', "headline", "Norway sends ships"),
        (f'<meta property="og:title" content="Ships sail - AFP">{SITE}', "headline", "Ships sail"),
    ],
)  # fmt: skip
def test_what_a_page_says_of_itself(read, head, field, expected):
    assert getattr(read(page(head)), field) == expected


def test_schema_goes_before_open_graph_and_that_before_the_page(read):
    found = read(page(schema(ABOUT) + '<meta property="og:title" content="x"><title>y</title>'))
    assert found.headline == "Ships sail north"
    assert found.text.startswith("Ships sail north\n")


@pytest.mark.parametrize(
    "content",
    [
        page().encode(),
        page('<meta charset="iso-8859-1">').encode(),  # a lie: strict UTF-8 is believed first
        b"\xef\xbb\xbf" + page().encode(),
        page('<meta charset="windows-1252">').encode("cp1252"),
        page('<meta http-equiv="Content-Type" content="text/html; charset=windows-1252">').encode("cp1252"),
        page().encode("utf-16"),
        page().encode("cp1252"),
        ("<?xml version='1.0' encoding='utf-8'?>\n" + page()).encode(),
        ("<!-- saved --> \n" + page()).encode(),
        page('<meta charset="nonsense">').encode(),
    ],
)
def test_encodings(read, content):
    assert read(content).text.endswith(THIRD)


@pytest.mark.parametrize(
    "body",
    [
        "",
        "<p></p>",
        "<ul><li><a href='/a'>World</a></li><li><a href='/b'>Sports</a></li></ul>",
        "<form><input name='q'></form>",
        "<p>Not found</p>",
    ],
)
def test_a_page_without_article_is_refused(read, body):
    found = read(page(body=body))
    assert isinstance(found, Refusal)
    assert "the page holds no article" in found.reason


@pytest.mark.parametrize("depth", [255, 300, 600])
def test_deep_markup_keeps_its_text(read, depth):
    found = read(
        page(
            body="<article>"
            + "<div>" * depth
            + f"<p>{FIRST}</p><p>{SECOND}</p>"
            + "</div>" * depth
            + f"<p>{THIRD}</p></article>"
        )
    )
    assert FIRST in found.text
    assert THIRD in found.text


def test_markup_without_bottom_is_refused(read):
    found = read(page(body="<div>" * 20_000 + FIRST))
    assert isinstance(found, Refusal)
    assert "nested" in found.reason


def test_a_hundred_thousand_attributes(read):
    found = read(page(body="<div " + " ".join(f"a{n}='x'" for n in range(100_000)) + f">{ARTICLE}</div>"))
    assert SECOND in found.text


def test_a_page_has_the_same_id_each_time(read):
    assert read(page()).id == read(page()).id


def test_boilerplate_within_the_article_is_dropped(read):
    found = read(page(body=ARTICLE.replace(f"<p>{SECOND}</p>", f"<p>Read more: Ships</p><p>{SECOND}</p><p>(Photo: AP)</p>")))
    assert found.text == f"Norway sends ships\n{BODY}"


def test_naked_text_beside_a_picture_and_a_paragraph_said_twice_are_kept(tmp_path):
    lead = "Two ships of the navy left Oslo on Monday to guard an exercise in the Barents Sea, the ministry said."
    more = "Russia called the exercise a provocation, but a diplomat said that Moscow had been told of it a year ago."
    body = f'<div class="b"><div><img src="a.jpg"></div>{lead}<br><br>{more}<br><br></div><p>{more}</p><p>{more}</p>'
    path = tmp_path / "page"
    path.write_text(f"<html><head><title>Ships leave</title></head><body><h1>Ships leave</h1>{body}</body></html>")
    [report] = gather([str(path)])
    assert report.text.split("\n")[1] == lead
    assert report.text.count(more) == 3
