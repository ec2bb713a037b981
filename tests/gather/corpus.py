"""Inputs in every format, good, odd and broken, each with what must come of it. All texts are ours.

A case is a name, the bytes, and one expectation for each report or refusal in order:
`got(title, first, last, published, publisher)` (None: not looked at; first and last words of the body) or
`no(reason, place)`."""

from __future__ import annotations

import bz2
import codecs
import gzip
import io
import json
import lzma
import tarfile
import zipfile
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.parquet

TITLE = "Norway sends ships north"
ONE = "Two ships of the navy left Oslo on Monday to guard an exercise in the Barents Sea, the ministry said."
TWO = "Russia called the exercise a provocation, but a diplomat said that Moscow had been told of it a year ago."
LAST = "The ships will be back in the port of Bergen by the end of the month, the café’s owner was told."
FIRST_WORDS, LAST_WORDS = "Two ships of the navy", "café’s owner was told."
BODY = [ONE, TWO, LAST]
WHEN, WHEN_Z = "2014-02-06T10:15:00+00:00", "20140206T101500Z"


@dataclass(frozen=True)
class Got:
    title: str | None = TITLE
    first: str | None = FIRST_WORDS
    last: str | None = LAST_WORDS
    published: str | None = None
    publisher: str | None = None
    format: str | None = None


@dataclass(frozen=True)
class No:
    reason: str
    place: str | None = None


got, no = Got, No


@dataclass(frozen=True)
class Case:
    name: str
    content: bytes
    expected: tuple[Got | No, ...]


CASES: list[Case] = []


def case(name: str, content: bytes | str, *expected: Got | No) -> None:
    CASES.append(Case(name, content.encode() if isinstance(content, str) else content, expected))


# ---- plain text ----

PLAIN = f"{TITLE}\n\n" + "\n\n".join(BODY) + "\n"
case("text", PLAIN, got())
case("text-crlf", PLAIN.replace("\n", "\r\n"), got())
case("text-mac", PLAIN.replace("\n", "\r"), got())
case("text-utf8-bom", codecs.BOM_UTF8 + PLAIN.encode(), got())
case("text-utf16-le", codecs.BOM_UTF16_LE + PLAIN.encode("utf-16-le"), got())
case("text-utf16-be", codecs.BOM_UTF16_BE + PLAIN.encode("utf-16-be"), got())
case("text-utf32-le", codecs.BOM_UTF32_LE + PLAIN.encode("utf-32-le"), got())
case("text-utf32-be", codecs.BOM_UTF32_BE + PLAIN.encode("utf-32-be"), got())
case("text-cp1252", PLAIN.encode("cp1252"), got())
case("text-empty", b"", no("is empty"))
case("text-blank", b" \r\n\t\n", no("holds nothing but blanks"))
case("text-nul", PLAIN.replace("diplomat", "dip\0lomat"), got())
case("text-bidi", PLAIN.replace("diplomat", "dip\u202elomat\u202c"), got())
case("text-astral", PLAIN.replace("ships of", "ships of").replace("Russia", "\U0001f6a2 Russia"), got())
case("text-binary", bytes(range(32)) * 40, no(""))
case(
    "text-french",
    "Le président a annoncé mardi que son pays enverra de l'aide aux sinistrés du tremblement de terre, et que"
    " le ministre de la Défense se rendra sur place. L'opposition a critiqué le retard.",
    no("is in French; only English is read"),
)
case("text-russian", "Два корабля вышли в понедельник из Мурманска, сообщило министерство обороны.", no("is in Russian"))
case("text-japanese", "尖閣諸島の周辺で日本の船が中国の船と向かい合ったと政府が発表した。", no("is in Japanese"))
case("text-arabic", "قالت الوزارة يوم الاثنين إن سفينتين غادرتا الميناء للمشاركة في التدريبات", no("is in Arabic"))
case(
    "text-german",
    "Zwei Schiffe der Marine haben am Montag Oslo verlassen, um eine Übung zu schützen, teilte das Ministerium mit."
    " Russland nannte die Übung eine Provokation.",
    no("is in German"),
)
case("text-names", "Abdul-Malik al-Houthi, Ansar Allah, Sanaa, Hodeidah", got(None, "Abdul-Malik", "Hodeidah"))
case("text-short", "Ships sail.", got(None, "Ships sail.", "Ships sail."))
case(
    "text-foreign-quote",
    f"{ONE} “Nous ne céderons pas”, the president told reporters in Paris on Monday, and left.",
    got(None, "Two ships", "and left."),
)
case(
    "svg", "<svg xmlns='http://www.w3.org/2000/svg'><text>Ships</text></svg>", no("markup of a kind that is not read (svg)")
)
case("opml", "<?xml version='1.0'?><opml version='2.0'><body/></opml>", no("(opml)"))
case("png", b"\x89PNG\r\n\x1a\n" + bytes(100), no("is a picture"))
case("pdf", b"%PDF-1.4\n%\xe2\xe3", no("is a PDF document"))

# ---- JSON Lines, JSON ----

ROW = {"title": TITLE, "text": "\n".join(BODY), "publisher": "Fjord Times", "published": "2014-02-06", "id": "r-1"}
JSON = got(published="2014-02-06", publisher="Fjord Times", format="jsonl")
case("jsonl", json.dumps(ROW), JSON)
case("jsonl-two", f"{json.dumps(ROW)}\n{json.dumps({**ROW, 'id': 'r-2'})}\n", JSON, JSON)
case(
    "jsonl-bad-lines",
    f"{json.dumps(ROW)}\n{{broken\n\n[1]\n{json.dumps(ROW)}\n",
    JSON,
    no("is not JSON", "line 2"),
    no("is an array", "line 4"),
    JSON,
)
case("jsonl-utf16", f"{json.dumps(ROW)}\n{json.dumps(ROW)}\n".encode("utf-16"), JSON, JSON)
case("jsonl-cut", f"{json.dumps(ROW)}\n{json.dumps(ROW)[:60]}", JSON, no("is not JSON", "line 2"))
case("jsonl-no-text", '{"title": "Ships"}', no("has no text"))
case("jsonl-surrogate", '{"text": "Two ships \\ud800 left."}', got(None, "Two ships \ufffd", "left."))
case("jsonl-deep", '{"text": "A b.", "x": ' + "[" * 100_000 + "]" * 100_000 + "}", no(""))
case(
    "jsonl-french",
    json.dumps({"text": "Le président a annoncé mardi que son pays enverra de l'aide aux sinistrés, a dit le ministre."}),
    no("is in French", "line 1"),
)
case(
    "jsonl-other-names",
    json.dumps(
        {
            "Headline": TITLE,
            "article_text": "\n".join(BODY),
            "datePublished": "2014-02-06T10:15:00Z",
            "source": {"id": None, "name": "Fjord Times"},
        }
    ),
    got(published=WHEN, publisher="Fjord Times"),
)
case("jsonl-epoch", json.dumps({"text": ONE, "timestamp": 1391681700}), got(None, "Two ships", "the ministry said.", WHEN))
case("json-object", json.dumps(ROW, indent=2), JSON)
case("json-array", json.dumps([ROW, ROW], indent=1), JSON, JSON)
case("json-array-broken", json.dumps([ROW])[:-1] + ", {oops}]", JSON, no("is not JSON", "item 2"))
case("json-array-empty", "[]", no("the array is empty"))
case("json-lone-string", '"Two ships"', got(None, '"Two ships"', '"Two ships"'))

# ---- pages ----


def page(head: str = "", article: str = "", around: str = "") -> str:
    inner = article or f"<h1>{TITLE}</h1>" + "".join(f"<p>{part}</p>" for part in BODY)
    return (
        f"<!DOCTYPE html><html lang='en'><head>{head}</head><body><nav><a href='/'>Home</a></nav>"
        f"<article>{inner}</article>{around}<footer>© 2014</footer></body></html>"
    )


LD = f'<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "{TITLE}", "datePublished": "2014-02-06T10:15:00Z", "publisher": {{"name": "Fjord Times"}}}}</script>'
P = "".join(f"<p>{part}</p>" for part in BODY)
case("page", page(), got(format="html"))
case("page-schema", page(LD), got(published=WHEN, publisher="Fjord Times"))
case(
    "page-open-graph",
    page(
        f'<meta property="og:title" content="{TITLE} | Fjord Times"><meta property="og:site_name" content="Fjord Times">'
        '<meta property="article:published_time" content="2014-02-06">'
    ),
    got(published="2014-02-06", publisher="Fjord Times"),
)
case(
    "page-title-with-host",
    page(
        f'<title>{TITLE} - fjordtimes.example</title><link rel="canonical" href="https://fjordtimes.example/a">',
        P,
    ),
    got(),
)
case(
    "page-figure",
    page(
        "",
        f"<h1>{TITLE}</h1><p>{ONE}</p><figure><img src='a.jpg'><figcaption>A ship seen from the air last year.</figcaption></figure><p>{TWO}</p><p>{LAST}</p>",
    ),
    got(),
)
case(
    "page-caption-class",
    page(
        "",
        f"<h1>{TITLE}</h1><p>{ONE}</p><div class='imageCaption'>A ship seen from the air last year.</div><p>{TWO}</p><p>{LAST}</p>",
    ),
    got(),
)
case(
    "page-related",
    page(
        "",
        f"<h1>{TITLE}</h1>{P}<div class='related-stories'><p>Denmark buys two more ships for its own navy after all.</p></div>",
    ),
    got(),
)
case(
    "page-newsletter",
    page(
        "",
        f"<h1>{TITLE}</h1>{P}<div id='newsletter-signup'><p>Get the best of our reporting in your inbox every morning.</p></div>",
    ),
    got(),
)
case(
    "page-article-body",
    page(
        LD.replace('"headline"', f'"articleBody": {json.dumps(" ".join(BODY))}, "headline"'),
        f"<h1>{TITLE}</h1>{P}<p>Our man in Oslo has been with this paper since the year 2003.</p>",
    ),
    got(published=WHEN),
)
case("page-latin1-lie", page('<meta charset="iso-8859-1">'), got())
case("page-cp1252", page('<meta charset="windows-1252">').encode("cp1252"), got())
case("page-utf16", page().encode("utf-16"), got())
case("page-bom", codecs.BOM_UTF8 + page().encode(), got())
case("page-unclosed", page().replace("</p>", "").replace("</article>", "").replace("</body></html>", ""), got(last=None))
case("page-deep", page("", "<div>" * 300 + f"<h1>{TITLE}</h1>{P}" + "</div>" * 300), got())
case("page-too-deep", page("", "<div>" * 5000 + P), no("nested"))
case("page-attributes", page("", f"<div {' '.join(f'a{n}=1' for n in range(20_000))}><h1>{TITLE}</h1>{P}</div>"), got())
case("page-no-article", page("", "<p>Not found</p>"), no("holds no article"))
case(
    "page-links-only", page("", "".join(f"<li><a href='/{n}'>Story {n}</a></li>" for n in range(50))), no("holds no article")
)
case(
    "page-french",
    page(
        "",
        "<h1>Deux navires</h1><p>Le président a annoncé mardi que son pays enverra de l'aide aux sinistrés du tremblement de terre, et que le ministre de la Défense se rendra sur place dans la semaine.</p><p>L'opposition a critiqué le retard et demandé des explications au gouvernement pendant la séance.</p>",
    ),
    no("is in French"),
)
case(
    "page-chinese",
    page(
        "",
        "<h1>挪威派军舰北上</h1>"
        + "<p>挪威国防部周一表示，两艘军舰已离开奥斯陆前往巴伦支海参加演习，俄罗斯称此举为挑衅。</p>" * 4,
    ),
    no("is in Chinese"),
)
case("page-script-text", page("", f"<h1>{TITLE}</h1><script>var a = 'Two dogs';</script>{P}<style>p {{}}</style>"), got())
case("page-xhtml", f"<?xml version='1.0' encoding='utf-8'?>\n{page()}", got())
case("page-comment-first", f"<!-- saved from url=(0030)https://fjord.example/ -->\n{page()}", got())
case("page-entities", page("", f"<h1>{TITLE}</h1>" + P.replace("’", "&rsquo;").replace("é", "&eacute;")), got())
case("page-broken-json-ld", page('<script type="application/ld+json">{"@type": "NewsArticle", </script>'), got())
case("page-br", page("", f"<h1>{TITLE}</h1><p>{ONE}<br><br>{TWO}<br><br>{LAST}</p>"), got())

# ---- feeds ----


def rss(*items: str, head: str = "<title>Fjord Times</title><language>en-gb</language>") -> str:
    return f"<?xml version='1.0' encoding='utf-8'?><rss version='2.0' xmlns:content='http://purl.org/rss/1.0/modules/content/' xmlns:dc='http://purl.org/dc/elements/1.1/'><channel>{head}{''.join(items)}</channel></rss>"


ITEM = f"<item><title>{TITLE}</title><link>https://fjord.example/1</link><pubDate>Thu, 06 Feb 2014 10:15:00 GMT</pubDate><description>{{}}</description></item>"
HTML = "".join(f"&lt;p&gt;{part}&lt;/p&gt;" for part in BODY)
FEED = got(published=WHEN, publisher="Fjord Times", format="feed")
case("rss", rss(ITEM.format(HTML)), FEED)
case("rss-cdata", rss(ITEM.format(f"<![CDATA[{P}]]>")), FEED)
case("rss-plain", rss(ITEM.format("\n\n".join(BODY))), FEED)
case(
    "rss-content-encoded",
    rss(ITEM.format(ONE).replace("</item>", f"<content:encoded><![CDATA[{P}]]></content:encoded></item>")),
    FEED,
)
case("rss-two", rss(ITEM.format(HTML), ITEM.format(HTML)), FEED, FEED)
case("rss-title-only", rss(f"<item><title>{TITLE}</title></item>"), got(first="", last=""))
case(
    "rss-nothing", rss("<item><guid>7</guid></item>", ITEM.format(HTML)), no("holds neither text nor title", "entry 1"), FEED
)
case("rss-empty", rss(), no("the feed is empty"))
case(
    "rss-bare-and", rss(ITEM.format(HTML).replace("Norway sends", "Norway & Co sends")), got("Norway & Co sends ships north")
)
case("rss-html-entities", rss(ITEM.format(HTML).replace("’", "&rsquo;").replace("é", "&eacute;")), FEED)
case(
    "rss-no-prefix",
    rss(ITEM.format(HTML))
    .replace("xmlns:dc='http://purl.org/dc/elements/1.1/'", "")
    .replace("<link>", "<dc:creator>Jane Roe</dc:creator><link>"),
    FEED,
)
case("rss-cut", rss(ITEM.format(HTML), ITEM.format(HTML))[:-60], FEED, got(last=None), no("is broken XML"))
case("rss-controls", rss(ITEM.format(HTML).replace("diplomat", "dip\x0blomat")), FEED)
case(
    "rss-wrong-tag",
    rss(ITEM.format(HTML).replace("</link>", "</lnik>"), ITEM.format(HTML)),
    got(last=None),
    FEED,
    no("is broken XML"),
)
case("rss-latin1-lie", rss(ITEM.format(HTML)).replace("utf-8", "iso-8859-1"), FEED)
case(
    "rss-latin1",
    rss(ITEM.format(HTML).replace("’", "'")).replace("utf-8", "iso-8859-1").encode("latin-1"),
    got(last="owner was told."),
)
case("rss-utf16", rss(ITEM.format(HTML)).replace("utf-8", "utf-16").encode("utf-16"), FEED)
case(
    "rss-091-dtd",
    rss(ITEM.format(HTML)).replace(
        "<rss", '<!DOCTYPE rss PUBLIC "-//Netscape//DTD RSS 0.91//EN" "http://my.netscape.com/rss-0.91.dtd"><rss'
    ),
    FEED,
)
case(
    "rss-xxe",
    rss(ITEM.format(HTML).replace("diplomat", "&x; diplomat")).replace(
        "<rss", '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss'
    ),
    FEED,
)
case(
    "rss-laughs",
    rss(ITEM.format(HTML).replace("diplomat", "&c;")).replace(
        "<rss", '<!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;"><!ENTITY c "&b;&b;">]><rss'
    ),
    FEED,
)
case(
    "rss-french",
    rss(
        ITEM.format(
            "Le président a annoncé mardi que son pays enverra de l'aide aux sinistrés du tremblement de terre, et que le ministre de la Défense se rendra sur place. L'opposition a critiqué le retard."
        ),
        ITEM.format(HTML),
    ),
    no("is in French", "entry 1"),
    FEED,
)
case("rss-leading-blank", "\n\n" + rss(ITEM.format(HTML)), FEED)
case(
    "rdf",
    f"<?xml version='1.0'?><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/' xmlns:dc='http://purl.org/dc/elements/1.1/'><channel rdf:about='x'><title>Fjord Times</title></channel><item rdf:about='1'><title>{TITLE}</title><dc:date>2014-02-06T10:15:00Z</dc:date><description>{HTML}</description></item></rdf:RDF>",
    FEED,
)
ATOM = "<?xml version='1.0'?><feed xmlns='http://www.w3.org/2005/Atom' xml:lang='en'><title>Fjord Times</title>{}</feed>"
ENTRY = f"<entry><title type='html'>{TITLE}</title><link rel='alternate' href='https://fjord.example/1'/><published>2014-02-06T10:15:00Z</published>{{}}</entry>"
case("atom-html", ATOM.format(ENTRY.format(f"<content type='html'>{HTML}</content>")), FEED)
case(
    "atom-xhtml",
    ATOM.format(ENTRY.format(f"<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'>{P}</div></content>")),
    FEED,
)
case("atom-summary", ATOM.format(ENTRY.format(f"<summary>{ONE}</summary>")), got(last="the ministry said.", published=WHEN))
case("atom-empty", ATOM.format(""), no("the feed is empty"))
case(
    "atom-deep",
    ATOM.format(ENTRY.format("<content type='xhtml'>" + "<div>" * 400 + ONE + "</div>" * 400 + "</content>")),
    no(""),
)
JF: dict[str, Any] = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "Fjord Times",
    "items": [{"id": "1", "title": TITLE, "content_html": P, "date_published": "2014-02-06T10:15:00Z"}],
}
case("json-feed", json.dumps(JF), FEED)
case("json-feed-indented", json.dumps(JF, indent=1), FEED)
case(
    "json-feed-plain",
    json.dumps({**JF, "items": [{"title": TITLE, "content_text": "\n\n".join(BODY)}]}),
    got(publisher="Fjord Times"),
)
case("json-feed-bad-item", json.dumps({**JF, "items": [7, *JF["items"]]}), no("is no object", "item 1"), FEED)
case("json-feed-empty", json.dumps({**JF, "items": []}), no("the feed is empty"))

# ---- agency wires ----


def g2(
    body: str,
    *,
    status: str = "usable",
    kind: str = "text",
    meta: str = "",
    content: str = "",
    id: str = "urn:newsml:fjord.example:20140206:1",
) -> str:
    return (
        f'<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="{id}" version="2" standard="NewsML-G2" xml:lang="en">'
        f'<itemMeta><itemClass qcode="ninat:{kind}"/><provider qcode="nprov:FJN"><name>Fjord News</name></provider>'
        f'<versionCreated>2014-02-06T10:15:00Z</versionCreated><pubStatus qcode="stat:{status}"/>{meta}</itemMeta>'
        f"<contentMeta><by>Jane Roe</by><headline>{TITLE}</headline><slugline>NORWAY-SHIPS</slugline>{content}</contentMeta>"
        f"<contentSet>{body}</contentSet></newsItem>"
    )


XHTML = f'<inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head><body>{P}</body></html></inlineXML>'
G2 = got(published=WHEN, publisher="Fjord News", format="newsml-g2")
case("g2-xhtml", g2(XHTML), G2)
case(
    "g2-declaration",
    '<?xml version="1.0" encoding="UTF-8"?>\n<?xml-stylesheet href="a.xsl"?>\n<!-- ours -->\n' + g2(XHTML),
    G2,
)
case(
    "g2-nitf",
    g2(
        f'<inlineXML contenttype="application/nitf+xml"><nitf xmlns="http://iptc.org/std/NITF/2006-10-18/"><body><body.head><hedline><hl1>{TITLE}</hl1></hedline></body.head><body.content>{P}</body.content></body></nitf></inlineXML>'
    ),
    G2,
)
case(
    "g2-paragraphs-alone",
    g2(f'<inlineXML contenttype="application/xhtml+xml">{P}</inlineXML>'),
    G2,
)
case(
    "g2-text",
    g2(f'<inlineData contenttype="text/plain">{"".join(part + chr(10) + chr(10) for part in BODY)}</inlineData>'),
    G2,
)
case("g2-html-in-cdata", g2(f'<inlineData contenttype="text/html"><![CDATA[{P}]]></inlineData>'), G2)
case("g2-heading-repeated", g2(XHTML.replace("<body>", f"<body><h1>{TITLE}</h1>")), G2)
case("g2-caption", g2(XHTML.replace("</body>", "<figure><figcaption>A ship.</figcaption></figure></body>")), G2)
case(
    "g2-summary-only",
    g2("", content=f'<description role="drol:summary">{ONE}</description>'),
    got(last="the ministry said."),
)
case("g2-flash", g2(""), got(first="", last=""))
case("g2-kill", g2(XHTML, status="canceled"), no("is a kill notice: urn:newsml:fjord.example:20140206:1"))
case("g2-withheld", g2(XHTML, status="withheld"), no("is withheld"))
case("g2-correction", g2(XHTML, meta='<signal qcode="sig:correction"/><edNote>Corrects the day</edNote>'), G2)
case(
    "g2-picture",
    g2('<remoteContent href="a.jpg"/>', kind="picture", content='<description role="drol:caption">A ship.</description>'),
    no("is a picture without text"),
)
MESSAGE = '<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><header><sent>2014-02-06T10:16:00Z</sent></header><itemSet>{}</itemSet></newsMessage>'
case("g2-message", MESSAGE.format(g2(XHTML) + g2(XHTML, id="urn:2")), G2, G2)
case("g2-message-with-picture", MESSAGE.format(g2('<remoteContent href="a"/>', kind="picture") + g2(XHTML)), G2)
case("g2-message-with-kill", MESSAGE.format(g2(XHTML) + g2(XHTML, status="canceled")), G2, no("is a kill notice", "item 2"))
case(
    "g2-package",
    '<packageItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="p"><groupSet/></packageItem>',
    no("a package, a list of other items"),
)
case("g2-concept", '<conceptItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="c"/>', no("a concept"))
case("g2-message-empty", MESSAGE.format(""), no("a message without items"))
case("g2-cut", g2(XHTML)[:-80], no("is broken XML"))
case(
    "g2-french",
    g2(
        XHTML.replace(
            P,
            "<p>Le président a annoncé mardi que son pays enverra de l'aide aux sinistrés du tremblement de terre, et que le ministre de la Défense se rendra sur place. L'opposition a critiqué le retard.</p>",
        )
    ),
    no("is in French"),
)
case(
    "g2-prefix", g2(XHTML).replace("<newsItem xmlns=", "<n:newsItem xmlns:n=").replace("</newsItem>", "</n:newsItem>"), got()
)


def newsml(content: str, *, status: str = "Usable", lines: str = "", medium: str = "Text", role: str = "Main") -> str:
    return (
        f'<NewsML Version="1.2"><Catalog Href="http://fjord.example/catalog.xml"/><NewsEnvelope><DateAndTime>{WHEN_Z}</DateAndTime></NewsEnvelope>'
        "<NewsItem xml:lang='en'><Identification><NewsIdentifier><ProviderId>fjord.example</ProviderId><DateId>20140206</DateId>"
        "<NewsItemId>TX-1</NewsItemId><RevisionId PreviousRevision='1' Update='N'>2</RevisionId><PublicIdentifier>urn:newsml:fjord.example:20140206:TX-1:2</PublicIdentifier>"
        "</NewsIdentifier><NameLabel>norway-ships</NameLabel></Identification><NewsManagement><NewsItemType FormalName='News'/>"
        f"<FirstCreated>20140206T090000Z</FirstCreated><ThisRevisionCreated>{WHEN_Z}</ThisRevisionCreated><Status FormalName='{status}'/></NewsManagement>"
        f"<NewsComponent><Role FormalName='{role}'/><NewsLines><HeadLine>{TITLE}</HeadLine>{lines}</NewsLines><AdministrativeMetadata><Provider><Party FormalName='FJN'/></Provider></AdministrativeMetadata>"
        f"<DescriptiveMetadata><Language FormalName='en'/></DescriptiveMetadata><ContentItem><MediaType FormalName='{medium}'/><DataContent>{content}</DataContent></ContentItem></NewsComponent></NewsItem></NewsML>"
    )


N1 = got(published=WHEN, publisher="FJN", format="newsml")
case("newsml", newsml(P), N1)
case(
    "newsml-dtd",
    '<?xml version="1.0"?>\n<!DOCTYPE NewsML SYSTEM "http://fjord.example/NewsML_1.2.dtd" [<!ENTITY % x "y">]>\n'
    + newsml(P),
    N1,
)
case("newsml-latin1-lie", '<?xml version="1.0" encoding="iso-8859-1"?>' + newsml(P), N1)
case("newsml-nitf", newsml(f"<nitf><body><body.content>{P}</body.content></body></nitf>"), N1)
case("newsml-html", newsml(f"<html><head><title>x</title></head><body>{P}</body></html>"), N1)
case("newsml-cdata", newsml(f"<![CDATA[{P}]]>"), N1)
case("newsml-plain", newsml("\n\n".join(BODY)), N1)
case("newsml-byline", newsml(P, lines="<ByLine>By Jane Roe</ByLine><DateLine>OSLO, Feb 6</DateLine>"), N1)
case("newsml-kill", newsml(P, status="Canceled"), no("is a kill notice"))
case("newsml-embargo", newsml(P, status="Embargoed"), no("is withheld"))
case("newsml-photo", newsml("", medium="Photo"), no("is a picture without text"))
case(
    "newsml-with-photo",
    newsml(P).replace(
        "</NewsItem>",
        "<NewsComponent><Role FormalName='Photo'/><NewsLines><HeadLine>A ship</HeadLine></NewsLines><ContentItem><MediaType FormalName='Text'/><DataContent><p>A ship at sea.</p></DataContent></ContentItem></NewsComponent></NewsItem>",
    ),
    N1,
)
case(
    "newsml-nested",
    newsml(P)
    .replace("<NewsComponent>", "<NewsComponent><NewsComponent>")
    .replace("</NewsComponent>", "</NewsComponent></NewsComponent>"),
    N1,
)
case("newsml-empty", "<NewsML Version='1.2'><NewsEnvelope/></NewsML>", no("without items"))


def nitf(
    content: str = P, *, status: str = "usable", docdata: str = f'<date.issue norm="{WHEN_Z}"/>', head: str = ""
) -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><nitf><head><title>slug</title><docdata management-status="{status}"><doc-id id-string="F1" regsrc="FJN"/>{docdata}</docdata></head>'
        f"<body><body.head><hedline><hl1>{TITLE}</hl1><hl2>And more of it</hl2></hedline><byline>By Jane Roe</byline><distributor>Fjord News</distributor>{head}</body.head>"
        f"<body.content>{content}</body.content><body.end><tagline>jr/fn</tagline></body.end></body></nitf>"
    )


NITF = got(published=WHEN, publisher="Fjord News", format="nitf")
case("nitf", nitf(), NITF)
case("nitf-dtd", nitf().replace("<nitf>", '<!DOCTYPE nitf SYSTEM "nitf-3-3.dtd"><nitf>'), NITF)
case("nitf-block", nitf(f"<block id='Main'>{P}</block>"), NITF)
case(
    "nitf-media",
    nitf(
        P.replace(
            f"<p>{TWO}</p>", f"<media media-type='image'><media-caption>A ship at sea</media-caption></media><p>{TWO}</p>"
        )
    ),
    NITF,
)
case("nitf-offset", nitf(docdata='<date.issue norm="20140206T111500+0100"/>'), got(published="2014-02-06T11:15:00+01:00"))
case("nitf-day", nitf(docdata='<date.issue norm="20140206"/>'), got(published="2014-02-06"))
case(
    "nitf-story-date",
    nitf(docdata="", head=f'<dateline><location>OSLO</location><story.date norm="{WHEN_Z}"/></dateline>'),
    NITF,
)
case("nitf-entities", nitf(P.replace("’", "&rsquo;")), NITF)
case("nitf-kill", nitf(status="killed"), no("is a kill notice: F1"))
case("nitf-no-namespace-of-prefix", nitf(P.replace("<p>Russia", "<p x:y='1'>Russia")), NITF)
case("nitf-empty", "<nitf><head/><body/></nitf>", no("holds no text"))

N = {
    "uri": "https://fjord.example/1",
    "type": "text",
    "version": "2",
    "versioncreated": "2014-02-06T10:15:00Z",
    "pubstatus": "usable",
    "headline": TITLE,
    "byline": "Jane Roe",
    "copyrightholder": "Fjord News",
    "language": "en",
}
NJ = got(published=WHEN, publisher="Fjord News", format="ninjs")
case("ninjs-1-xhtml", json.dumps({**N, "body_xhtml": P}), NJ)
case("ninjs-1-text", json.dumps({**N, "body_text": "\n".join(BODY)}, indent=2), NJ)
case("ninjs-1-html", json.dumps({**N, "body_html": P}), NJ)
case("ninjs-description", json.dumps({**N, "description_text": ONE}), got(last="the ministry said."))
case(
    "ninjs-2",
    json.dumps(
        {
            "standard": {"name": "ninjs", "version": "2.0"},
            "uri": "u",
            "type": "text",
            "versioncreated": "2014-02-06T10:15:00Z",
            "headlines": [{"role": "main", "value": TITLE}],
            "bodies": [{"role": "main", "contenttype": "text/plain", "value": "\n".join(BODY)}],
        }
    ),
    got(published=WHEN),
)
case(
    "ninjs-3",
    json.dumps(
        {
            "standard": {"name": "ninjs", "version": "3.0"},
            "uri": "u",
            "type": "text",
            "versionCreated": "2014-02-06T10:15:00Z",
            "pubStatus": "usable",
            "headlines": [{"role": "short", "value": "Ships"}, {"role": "main", "value": TITLE}],
            "bodies": [{"contentType": "text/html", "value": P}],
            "infoSources": [{"name": "Fjord News"}],
        },
        indent=1,
    ),
    NJ,
)
case("ninjs-array", json.dumps([{**N, "body_text": "\n".join(BODY)}] * 2), NJ, NJ)
case("ninjs-lines", f"{json.dumps({**N, 'body_text': chr(10).join(BODY)})}\n" * 2, NJ, NJ)
case("ninjs-kill", json.dumps({**N, "pubstatus": "canceled", "body_text": ONE}), no("is a kill notice"))
case("ninjs-withheld", json.dumps({**N, "pubstatus": "withheld", "body_text": ONE}), no("is withheld"))
case("ninjs-picture", json.dumps({**N, "type": "picture", "description_text": "A ship."}), no("is a picture without text"))
case(
    "ninjs-package",
    json.dumps({**N, "type": "composite", "associations": {"main": {**N, "uri": "2", "body_text": "\n".join(BODY)}}}),
    NJ,
)
case(
    "ninjs-package-of-links",
    json.dumps({**N, "type": "composite", "associations": {"main": {"uri": "2", "type": "text"}}}),
    no("is a composite without text"),
)


def anpa(
    text: str, head: str = "u v \x13\x12 bc-Norway-Ships,1st Ld-Writethru 02-06 0145", end: str = "^AP-NY-02-06-14 1015GMT<"
) -> bytes:
    return f"\x16\x16\x01v0123\x1fvbc-\r\n{head}\r\n\x02{text}\r\n\x03{end}\r\n\x04".encode()


def wrapped(indent: str = "   ", width: int = 66) -> str:
    import textwrap

    return "\r\n".join(line for part in BODY for line in textwrap.wrap(part, width, initial_indent=indent))


ANPA = got(published=WHEN, format="anpa")
case("anpa", anpa(f"^{TITLE}<\r\n^By JANE ROE<\r\n^Associated Press=\r\n{wrapped()}"), ANPA)
case(
    "anpa-dateline",
    anpa(f"^{TITLE}<\r\n   OSLO, Norway (AP) _ {wrapped('')}"),
    got(first="OSLO, Norway (AP) _ Two ships", published=WHEN, publisher="AP"),
)
case("anpa-eds", anpa(f"^Eds: Adds quotes.<\r\n^{TITLE}<\r\n{wrapped()}"), ANPA)
case("anpa-tabs", anpa(f"^{TITLE}<\r\n{wrapped(chr(9))}"), ANPA)
case(
    "anpa-latin1",
    anpa(f"^{TITLE}<\r\n{wrapped()}").decode().replace("’", "'").encode("latin-1"),
    got(last="owner was told."),
)
case("anpa-no-rails", anpa(f"{TITLE}\r\n\r\n{wrapped()}"), ANPA)
case(
    "anpa-kill",
    anpa("^Kill story<\r\n   Kill bc-Norway-Ships.", head="u v \x13\x12 bc-Norway-Ships,KILL 02-06 0045"),
    no("is a kill notice"),
)
case("anpa-no-date", anpa(f"^{TITLE}<\r\n{wrapped()}", end=""), got())
case("anpa-empty", b"\x16\x16\x01v0123\x1fvbc-\r\nu v\r\n\x02\x03\x04", no("holds no text"))


def iptc(text: str, head: str = "fjn0091 4 i 246 Norway", end: str = "\r\n061015 GMT FEB 14\r\n\x04") -> bytes:
    return f"\x01{head}\r\nNorway/Ships/\r\n\x02{text}\r\n\x03{end}".encode()


I7 = got(published=WHEN, publisher="FJN", format="iptc7901")
case("iptc7901", iptc(f"{TITLE}\r\n\r\n{wrapped()}"), I7)
case("iptc7901-equals", iptc(f"{TITLE} =\r\n\r\n{wrapped()}"), I7)
case("iptc7901-next-line", iptc(f"\r\n{TITLE}\r\n\r\n{wrapped()}"), I7)
case("iptc7901-no-blank", iptc(f"{TITLE}\r\n{wrapped()}"), I7)
case("iptc7901-byline", iptc(f"{TITLE}\r\n\r\nBy Jane Roe\r\n\r\n{wrapped()}"), I7)
case("iptc7901-blank-lines", iptc(f"{TITLE}\r\n\r\n" + "\r\n\r\n".join(BODY)), I7)
case(
    "iptc7901-dateline",
    iptc(f"{TITLE}\r\n\r\n   Oslo, Feb 6 (AFP) - {wrapped('')}"),
    got(first="Oslo, Feb 6 (AFP) - Two ships", publisher="AFP"),
)
case("iptc7901-date-in-text", iptc(f"{TITLE}\r\n\r\n{wrapped()}\r\n   fjn/jr 061015 GMT FEB 14", end=""), I7)
case(
    "iptc7901-latin1",
    iptc(f"{TITLE}\r\n\r\n{wrapped()}").decode().replace("’", "'").encode("latin-1"),
    got(last="owner was told."),
)
case("iptc7901-no-end", iptc(f"{TITLE}\r\n\r\n{wrapped()}").split(b"\x03")[0], got())
case(
    "iptc7901-german",
    iptc(
        "Norwegen schickt Schiffe =\r\n\r\nOslo (dpa) - Zwei Schiffe der Marine haben am Montag Oslo verlassen, um eine\r\nÜbung zu schützen, teilte das Ministerium mit. Russland nannte die Übung eine\r\nProvokation."
    ),
    no("is in German"),
)

# ---- mail ----

MAIL = f"From: Fjord News <desk@fjord.example>\r\nTo: a@b.example\r\nSubject: {TITLE}\r\nDate: Thu, 06 Feb 2014 10:15:00 +0000\r\nMessage-ID: <1@fjord.example>\r\nMIME-Version: 1.0\r\nContent-Type: {{}}\r\n\r\n{{}}"
ML = got(published=WHEN, publisher="Fjord News", format="mail")
case("mail", MAIL.format("text/plain; charset=utf-8", "\r\n\r\n".join(BODY)), ML)
case("mail-html", MAIL.format("text/html; charset=utf-8", f"<html><body>{P}</body></html>"), ML)
case(
    "mail-both",
    MAIL.format(
        'multipart/alternative; boundary="x"',
        "--x\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
        + "\r\n\r\n".join(BODY)
        + f"\r\n--x\r\nContent-Type: text/html\r\n\r\n<p>{ONE}</p>\r\n--x--\r\n",
    ),
    ML,
)
case(
    "mail-encoded-subject",
    MAIL.format("text/plain; charset=utf-8", "\r\n\r\n".join(BODY)).replace(TITLE, "=?utf-8?q?Norway_sends_ships_north?="),
    ML,
)
case("mail-latin1-lie", MAIL.format("text/plain; charset=iso-8859-1", "\r\n\r\n".join(BODY)), ML)
case(
    "mail-attachment-only",
    MAIL.format(
        'multipart/mixed; boundary="x"',
        "--x\r\nContent-Type: application/pdf\r\nContent-Disposition: attachment\r\n\r\nabc\r\n--x--\r\n",
    ),
    no("the mail holds no text"),
)
case(
    "mail-broken-date",
    MAIL.format("text/plain; charset=utf-8", "\r\n\r\n".join(BODY)).replace("Thu, 06 Feb 2014 10:15:00 +0000", "soon"),
    got(publisher="Fjord News"),
)
case(
    "mbox",
    (
        "From desk@fjord.example Thu Feb  6 10:15:00 2014\n"
        + MAIL.format("text/plain; charset=utf-8", "\n\n".join(BODY)).replace("\r\n", "\n")
        + "\n\n"
    )
    * 2,
    ML,
    ML,
)

# ---- tables ----

CSV = "id,title,text,published,publisher\n{}"
QUOTED = '"' + "\n".join(BODY) + '"'
TB = got(published="2014-02-06", publisher="Fjord Times", format="table")
case("csv", CSV.format(f"1,{TITLE},{QUOTED},2014-02-06,Fjord Times\n"), TB)
case("csv-semicolon", CSV.format(f"1,{TITLE},X,2014-02-06,Fjord Times\n").replace(",", ";").replace("X", QUOTED), TB)
case("tsv", CSV.format(f"1,{TITLE},X,2014-02-06,Fjord Times\n").replace(",", "\t").replace("X", QUOTED), TB)
case("csv-bom", codecs.BOM_UTF8 + CSV.format(f"1,{TITLE},{QUOTED},2014-02-06,Fjord Times\n").encode(), TB)
case("csv-utf16", CSV.format(f"1,{TITLE},{QUOTED},2014-02-06,Fjord Times\n").encode("utf-16"), TB)
case("csv-crlf", CSV.format(f"1,{TITLE},{QUOTED},2014-02-06,Fjord Times\n").replace("\n", "\r\n"), TB)
case("csv-cp1252", CSV.format(f"1,{TITLE},{QUOTED},2014-02-06,Fjord Times\n").encode("cp1252"), TB)
case(
    "csv-rows",
    CSV.format(f"1,{TITLE},{QUOTED},2014-02-06,Fjord Times\n2,x,,,\n3,{TITLE},{QUOTED},2014-02-06,Fjord Times\n"),
    TB,
    no("has no text", "line 5"),
    TB,
)
case(
    "csv-too-many-cells",
    CSV.format(f"1,{TITLE},{ONE},2014-02-06,Fjord Times,a,b\n2,{TITLE},{QUOTED},2014-02-06,Fjord Times\n"),
    no("cells where the table has 5 columns", "line 2"),
    TB,
)
case("csv-other-names", f"Headline,Article Body,Date\n{TITLE},{QUOTED},2014-02-06\n", got(published="2014-02-06"))
case("csv-quoted-names", f'"title","text"\n"{TITLE}",{QUOTED}\n', got())
case("csv-blank-rows", f"title,text\n\n{TITLE},{QUOTED}\n,\n", got())
TABLE = pa.table({"title": [TITLE], "text": ["\n".join(BODY)], "published": ["2014-02-06"], "publisher": ["Fjord Times"]})


def arrow(table: pa.Table, stream: bool) -> bytes:
    out = io.BytesIO()
    with (pa.ipc.new_stream if stream else pa.ipc.new_file)(out, table.schema) as writer:
        writer.write_table(table)
    return out.getvalue()


def parquet(table: pa.Table) -> bytes:
    out = io.BytesIO()
    pyarrow.parquet.write_table(table, out)
    return out.getvalue()


case("parquet", parquet(TABLE), TB)
case(
    "parquet-dates",
    parquet(TABLE.set_column(2, "date", pa.array([1391681700], pa.timestamp("s", "UTC")))),
    got(published=WHEN),
)
case(
    "parquet-no-text",
    parquet(TABLE.drop_columns(["text"])),
    no("has no column that holds texts (it has title, published, publisher)"),
)
case("parquet-cut", parquet(TABLE)[:-30], no("is a damaged Parquet file"))
case(
    "parquet-null",
    parquet(pa.table({"text": [None, ONE]}, pa.schema([("text", pa.string())]))),
    no("has no text", "row 1"),
    got(None, "Two ships", "the ministry said."),
)
case("parquet-empty", parquet(TABLE.slice(0, 0)), no("has no rows"))
case("arrow-file", arrow(TABLE, False), TB)
case("arrow-stream", arrow(TABLE, True), TB)
case("arrow-cut", arrow(TABLE, False)[:-40], no("is a damaged Arrow file"))
case("arrow-stream-cut", arrow(TABLE, True)[:400], no("is a damaged Arrow file"))
case(
    "arrow-numbers",
    arrow(pa.table({"text": [1, 2]}), True),
    no('"text" is a number', "row 1"),
    no('"text" is a number', "row 2"),
)


def beyond_its_end() -> bytes:
    """Offsets of a string column that point behind its data: read unchecked, this ends the process."""
    data = bytearray(arrow(pa.table({"text": [ONE, TWO]}), True))
    place = data.find(len(ONE.encode()).to_bytes(4, "little") + len((ONE + TWO).encode()).to_bytes(4, "little"))
    data[place : place + 8] = (2**30).to_bytes(4, "little") + (2**31 - 16).to_bytes(4, "little")
    return bytes(data)


case("arrow-out-of-bounds", beyond_its_end(), no("is a damaged Arrow file"))

# ---- archives ----


def zipped(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def tarred(members: dict[str, bytes], mode: str = "w") -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode) as archive:  # type: ignore[call-overload]
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


def overlapping() -> bytes:
    """Two entries of the directory that mean one and the same member."""
    data = zipped({"a.txt": PLAIN.encode(), "b.txt": PLAIN.encode()}, zipfile.ZIP_STORED)
    second = data.rindex(b"PK\x01\x02")
    return data[: second + 42] + (0).to_bytes(4, "little") + data[second + 46 :]


case("gzip-text", gzip.compress(PLAIN.encode()), got())
case("gzip-jsonl", gzip.compress(f"{json.dumps(ROW)}\n".encode() * 2), JSON, JSON)
case("gzip-members", gzip.compress(json.dumps(ROW).encode() + b"\n") * 2, JSON, JSON)
case("gzip-cut", gzip.compress(f"{json.dumps(ROW)}\n".encode() * 200)[:-8], *(JSON,) * 200, no("is damaged gzip"))
case("gzip-parquet", gzip.compress(parquet(TABLE)), TB)
case("gzip-arrow", gzip.compress(arrow(TABLE, False)), TB)
case("gzip-gzip-page", gzip.compress(gzip.compress(page().encode())), got())
case("gzip-too-deep", gzip.compress(gzip.compress(gzip.compress(gzip.compress(gzip.compress(b"x"))))), no("archives deep"))
case("gzip-bomb", gzip.compress(b"a " * 2**24), no("is larger than 20 MB"))
case("gzip-zeros", gzip.compress(bytes(2**22)), no(""))
case("bzip2", bz2.compress(PLAIN.encode()), got())
case("xz", lzma.compress(PLAIN.encode()), got())
case("xz-cut", lzma.compress(PLAIN.encode() * 9)[:-40], no("is damaged xz"))
case("zip", zipped({"a.txt": PLAIN.encode(), "b/c.html": page().encode()}), got(), got())
case("zip-stored", zipped({"a.txt": PLAIN.encode()}, zipfile.ZIP_STORED), got())
case(
    "zip-with-bad",
    zipped(
        {
            "a.txt": PLAIN.encode(),
            "b.png": b"\x89PNG\r\n\x1a\n" + bytes(9),
            "c.jsonl": json.dumps(ROW).encode() + b"\n{oops\n",
        }
    ),
    got(),
    no("is a picture", "b.png"),
    JSON,
    no("is not JSON", "c.jsonl, line 2"),
)
case(
    "zip-hidden",
    zipped({"__MACOSX/._a.txt": b"x", ".DS_Store": b"x", "README.md": b"Read me.", "a.txt": PLAIN.encode()}),
    got(),
)
case("zip-of-gzip", zipped({"a.txt.gz": gzip.compress(PLAIN.encode())}), got())
case("zip-empty", zipped({}), no("is an empty ZIP archive"))
case("zip-cut", zipped({"a.txt": PLAIN.encode()})[:-30], no("is a damaged ZIP archive"))
case(
    "zip-broken-member",
    zipped({"a.txt": PLAIN.encode()}, zipfile.ZIP_STORED).replace(b"Norway", b"Sweden"),
    no("is damaged", "a.txt"),
)
case("zip-overlap", overlapping(), no("overlap"))
case("zip-names-like-paths", zipped({"../../etc/passwd": PLAIN.encode()}), got())
case("tar", tarred({"a.txt": PLAIN.encode(), "b.html": page().encode()}), got(), got())
case("tar-gz", tarred({"a.txt": PLAIN.encode(), "b.html": page().encode()}, "w:gz"), got(), got())
case("tar-empty", tarred({".hidden": b"x"}), no("is a tar archive without files"))
case("zip-only-hidden", zipped({".hidden": b"x"}), no("nothing but hidden files"))
case(
    "tar-cut",
    tarred({"a.txt": PLAIN.encode() * 9, "b.txt": PLAIN.encode()})[:1500],
    no("is damaged", "a.txt"),
    no("is a damaged tar archive"),
)

# ---- WARC ----


def record(
    kind: str, body: bytes, url: str = "https://fjord.example/1", type: str = "application/http; msgtype=response"
) -> bytes:
    head = f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2014-02-06T10:15:00Z\r\nWARC-Record-ID: <urn:uuid:1>\r\nContent-Type: {type}\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body + b"\r\n\r\n"


def http(body: bytes, kind: str = "text/html; charset=utf-8", status: str = "200 OK", extra: str = "") -> bytes:
    return f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n{extra}Content-Length: {len(body)}\r\n\r\n".encode() + body


def chunked(body: bytes) -> bytes:
    return (
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n"
        + f"{len(body):x}\r\n".encode()
        + body
        + b"\r\n0\r\n\r\n"
    )


PAGE = page(LD).encode()
WARC = record("warcinfo", b"software: ours\r\n", type="application/warc-fields") + record("response", http(PAGE))
W = got(published=WHEN, publisher="Fjord Times", format="html")
case("warc", WARC, W)
case("warc-gzip", gzip.compress(WARC), W)
case(
    "warc-gzip-records",
    gzip.compress(record("response", http(PAGE))) + gzip.compress(record("response", http(PAGE), "https://fjord.example/2")),
    W,
    W,
)
case("warc-request", WARC + record("request", b"GET / HTTP/1.1\r\n\r\n"), W)
case("warc-chunked", record("response", chunked(PAGE)), W)
case("warc-content-encoding", record("response", http(gzip.compress(PAGE), extra="Content-Encoding: gzip\r\n")), W)
case(
    "warc-errors-and-pictures",
    record("response", http(b"x", "image/png")) + record("response", http(PAGE, status="404 Not Found")) + WARC,
    W,
)
case("warc-no-pages", record("response", http(b"x", "image/png")), no("without pages"))
case(
    "warc-page-without-article",
    record("response", http(b"<html><body><p>Hello</p></body></html>")) + WARC,
    no("holds no article", "https://fjord.example/1"),
    W,
)
case(
    "warc-cut",
    WARC + record("response", http(PAGE), "https://fjord.example/2")[:-400],
    W,
    no("is cut off", "https://fjord.example/2"),
)
case("warc-garbage-after", WARC + b"\r\ngarbage garbage\r\n", W, no("is a damaged WARC archive"))
