"""Inputs that are made to break readers, more than 300 in all, each a name and its bytes. None of them is good for anything but that."""

# ruff: noqa: E501 - a case a line
from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import struct
import tarfile
import zipfile
from collections.abc import Iterator

import pyarrow as pa
import pyarrow.parquet as pq

SAID = "Two ships of the navy left Oslo on Monday to guard an exercise in the Barents Sea, the ministry said. "
PAGE = f"<!DOCTYPE html><html><head><title>Ships leave</title></head><body><article><h1>Ships leave</h1><p>{SAID}</p><p>{SAID * 3}</p></article></body></html>"
NITF = f'<nitf><head><docdata><doc-id id-string="1"/></docdata></head><body><body.head><hedline><hl1>Ships leave</hl1></hedline></body.head><body.content><p>{SAID}</p></body.content></body></nitf>'
G2 = f'<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:a" version="1"><contentMeta><headline>Ships leave</headline></contentMeta><contentSet><inlineXML contenttype="application/nitf+xml">{NITF}</inlineXML></contentSet></newsItem>'
NEWSML = f"<NewsML><NewsItem><NewsComponent><NewsLines><HeadLine>Ships leave</HeadLine></NewsLines><ContentItem><DataContent><p>{SAID}</p></DataContent></ContentItem></NewsComponent></NewsItem></NewsML>"
RSS = f"<rss version='2.0'><channel><title>Fjord</title><item><title>Ships leave</title><description>{SAID}</description></item></channel></rss>"
ATOM = f"<feed xmlns='http://www.w3.org/2005/Atom'><title>Fjord</title><entry><title>Ships leave</title><content>{SAID}</content></entry></feed>"
NINJS = json.dumps(
    {"uri": "urn:a", "type": "text", "headline": "Ships leave", "body_text": SAID, "versioncreated": "2014-02-06T10:15:00Z"}
)
JSONL = json.dumps({"title": "Ships leave", "text": SAID}) + "\n"
MAIL = f"From: a@b.example\r\nSubject: Ships leave\r\nMessage-ID: <1@b.example>\r\nMIME-Version: 1.0\r\nContent-Type: text/plain\r\n\r\n{SAID}\r\n"
ANPA = f"\x16\x16\x01a0001\x1fu i\r\nShips\r\n\x02\x11   {SAID}\r\n\x03\x04"
IPTC = f"\x01fjn0091 4 i 246 Norway\r\n\x02Ships leave\r\n   {SAID}\r\n\x03\x04"
CSV = f'id,title,text\n1,Ships leave,"{SAID}"\n'
XMLS = {"nitf": NITF, "g2": G2, "newsml": NEWSML, "rss": RSS, "atom": ATOM}
TEXTS = {
    **XMLS,
    "page": PAGE,
    "ninjs": NINJS,
    "jsonl": JSONL,
    "mail": MAIL,
    "anpa": ANPA,
    "iptc": IPTC,
    "csv": CSV,
    "text": f"Ships leave\n\n{SAID}\n",
}


def inputs() -> Iterator[tuple[str, bytes]]:
    """All of them, the same on every machine."""
    for family in (_cut, _encoded, _deep, _entities, _attributes, _dates, _json, _archives, _columns, _web, _lines):
        for name, content in family():
            yield f"{family.__name__[1:]}/{name}", content


def _goods() -> dict[str, bytes]:
    table = pa.table({"title": ["Ships leave"], "text": [SAID]})
    stream, file, parquet = io.BytesIO(), io.BytesIO(), io.BytesIO()
    with pa.ipc.new_stream(stream, table.schema) as writer:
        writer.write_table(table)
    with pa.ipc.new_file(file, table.schema) as writer:
        writer.write_table(table)
    pq.write_table(table, parquet)
    packed = {
        "gzip": gzip.compress(PAGE.encode(), mtime=0),
        "bz2": bz2.compress(PAGE.encode()),
        "xz": lzma.compress(PAGE.encode()),
    }
    columns = {"stream": stream.getvalue(), "file": file.getvalue(), "parquet": parquet.getvalue()}
    return {
        **{name: said.encode() for name, said in TEXTS.items()},
        **columns,
        **packed,
        "zip": zipped({"a.html": PAGE.encode()}),
        "tar": tarred([("a.html", PAGE.encode())]),
        "warc": warc(PAGE.encode()),
    }


def _cut() -> Iterator[tuple[str, bytes]]:
    """Every format, cut at four places, and with bytes turned or put in the middle."""
    for name, good in _goods().items():
        for tenth in (1, 4, 7, 9):
            yield f"{name}-{tenth}", good[: len(good) * tenth // 10]
        middle = len(good) // 2
        yield (
            f"{name}-turned",
            good[:middle] + bytes(255 - byte for byte in good[middle : middle + 16]) + good[middle + 16 :],
        )
        yield f"{name}-nul", good[:middle] + b"\0" * 64 + good[middle:]
        yield f"{name}-twice", good + good


def _encoded() -> Iterator[tuple[str, bytes]]:
    for name, said in TEXTS.items():
        yield f"{name}-utf16-odd", b"\xff\xfe" + said.encode("utf-16-le") + b"\x41"
        yield f"{name}-utf16-lone", b"\xff\xfe" + said[:30].encode("utf-16-le") + b"\x00\xd8" + said[30:].encode("utf-16-le")
        yield f"{name}-utf32-over", b"\xff\xfe\0\0" + said.encode("utf-32-le") + b"\xff\xff\xff\x7f"
        yield f"{name}-overlong", said.replace("ministry", "mini\udcc0\udcafstry").encode("utf-8", "surrogateescape")


def _deep() -> Iterator[tuple[str, bytes]]:
    for levels in (300, 1_100, 10_000, 100_000):
        yield f"div-{levels}", f"<html><body>{'<div>' * levels}<p>{SAID}</p>{'</div>' * levels}</body></html>".encode()
        yield f"b-{levels}", f"<html><body><p>{'<b>' * levels}{SAID}</p></body></html>".encode()
        yield (
            f"nitf-{levels}",
            NITF.replace("<p>", f"<p>{'<em>' * levels}").replace("</p>", f"{'</em>' * levels}</p>").encode(),
        )
        yield f"rss-{levels}", RSS.replace("<description>", "<description>" + "&lt;div&gt;" * levels).encode()
        yield f"json-{levels}", f'{{"text": {"[" * levels}{"]" * levels}}}\n{JSONL}'.encode()
        yield f"object-{levels}", ('{"a":' * levels + "1" + "}" * levels).encode()
        yield (
            f"script-{levels}",
            PAGE.replace("</head>", f'<script type="application/ld+json">{"[" * levels}</script></head>').encode(),
        )
        yield (
            f"mail-{levels}",
            MAIL.replace("text/plain", "multipart/mixed; boundary=a")
            .replace(SAID, "--a\r\nContent-Type: multipart/mixed; boundary=a\r\n\r\n" * min(levels, 20_000))
            .encode(),
        )
    inner = SAID.encode()
    for depth in range(1, 9):
        inner = gzip.compress(inner, mtime=0)
        yield f"gzip-{depth}", inner
    inner = SAID.encode()
    for depth in range(1, 7):
        inner = zipped({"a": inner})
        yield f"zip-{depth}", inner


def _entities() -> Iterator[tuple[str, bytes]]:
    laughs = '<!ENTITY a0 "ha">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    for name, said in XMLS.items():
        root = said[1:].split(" ")[0].split(">")[0]
        yield f"{name}-laughs", f"<!DOCTYPE {root} [{laughs}]>{said.replace('Ships', '&a11;')}".encode()
        yield (
            f"{name}-blowup",
            f'<!DOCTYPE {root} [<!ENTITY a "{"x" * 50_000}">]>{said.replace("Ships", "&a;" * 20_000)}'.encode(),
        )
        yield (
            f"{name}-file",
            f'<!DOCTYPE {root} [<!ENTITY a SYSTEM "file:///etc/passwd">]>{said.replace("Ships", "&a;")}'.encode(),
        )
        yield f"{name}-parameter", f'<!DOCTYPE {root} [<!ENTITY % a SYSTEM "http://127.0.0.1:9/a.dtd"> %a;]>{said}'.encode()
        yield f"{name}-unclosed", f"<!DOCTYPE {root} [<!ENTITY a 'b'{said}".encode()
        yield f"{name}-numbers", said.replace("Ships", "&#0;&#xD800;&#x110000;&#99999999999;&#x;&;").encode()
        yield (
            f"{name}-include",
            said.replace(
                "Ships", '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd"/>'
            ).encode(),
        )


def _attributes() -> Iterator[tuple[str, bytes]]:
    for count in (400, 10_000, 100_000):
        many = " ".join(f'a{n}="{n}"' for n in range(count))
        yield f"page-{count}", PAGE.replace("<p>", f"<p {many}>", 1).encode()
        yield f"body-{count}", PAGE.replace("<body>", f"<body {many}>", 1).encode()
        for name, said in XMLS.items():
            tag = said[1:].split(" ")[0].split(">")[0]
            yield f"{name}-{count}", said.replace(f"<{tag}", f"<{tag} {many}", 1).encode()
        yield f"classes-{count}", PAGE.replace("<p>", f'<p class="{"a " * count}">', 1).encode()
    yield "long-value", PAGE.replace("<p>", f'<p title="{"x" * 5_000_000}">', 1).encode()
    yield "long-name", PAGE.replace("<p>", f"<{'p' * 1_000_000}>", 1).encode()
    yield "namespaces", RSS.replace("<rss", "<rss " + " ".join(f'xmlns:n{n}="urn:{n}"' for n in range(20_000))).encode()


def _dates() -> Iterator[tuple[str, bytes]]:
    for number, when in enumerate(
        (
            "0000-00-00",
            "9999-99-99T99:99:99Z",
            "-1",
            "99999999999999999999",
            "2014-02-30",
            "1e400",
            "Thu, 99 Feb 99999",
            "2014-02-06T10:15:00+99:99",
            "\u0662\u0660\u0661\u0664",
            "1391681700000",
            "١٣٩١٦٨١٧٠٠",
            "{}" * 50,
        )
    ):
        yield f"jsonl-{number}", (json.dumps({"text": SAID, "published": when}) + "\n").encode()
        yield (
            f"page-{number}",
            PAGE.replace("</head>", f'<meta property="article:published_time" content="{when}"></head>').encode(),
        )
        yield f"rss-{number}", RSS.replace("<description>", f"<pubDate>{when}</pubDate><description>").encode()
        yield f"nitf-{number}", NITF.replace("<doc-id", f'<date.issue norm="{when}"/><doc-id').encode()
        yield f"mail-{number}", MAIL.replace("MIME", f"Date: {when}\r\nMIME").encode()


def _json() -> Iterator[tuple[str, bytes]]:
    for name, value in {
        "lone": '{"text": "\\ud800 %s"}', "lone-id": '{"id": "\\udfff", "text": "%s"}', "nul": '{"text": "\\u0000 %s"}',
        "twice": '{"text": "a", "text": "%s"}', "nan": '{"id": NaN, "text": "%s"}', "infinity": '{"id": 1e999, "text": "%s"}',
        "digits": '{"id": ' + "9" * 10_000 + ', "text": "%s"}', "date": '{"published": ' + "9" * 300 + ', "text": "%s"}',
        "float": '{"published": -1e308, "text": "%s"}', "no-key": '{"": "%s"}', "list": '{"text": ["%s"]}', "number": '{"text": 1}',
        "null": '{"text": null}', "keys": "{" + ",".join(f'"k{n}": 1' for n in range(100_000)) + ', "text": "%s"}',
        "control": '{"text": "\x01%s"}', "trailing": '{"text": "%s"} {"text": "b"}', "comma": '{"text": "%s",}', "bare": "true", "string": '"%s"',
        "type": '{"uri": {}, "type": [], "headline": 5, "body_text": "%s"}', "version": '{"version": "https://jsonfeed.org/version/1.1", "items": {"a": 1}}',
        "items": '{"version": "https://jsonfeed.org/version/1.1", "items": [null, 1, "a", [], {}]}', "rtl": '{"title": "\u202e%s", "text": "%s"}',
    }.items():  # fmt: skip
        yield name, (value.replace("%s", SAID) + "\n" + JSONL).encode()
    yield "array", ("[" + ",".join(["[]"] * 50_000) + "]").encode()
    yield "open-string", ('{"text": "' + "a" * 3_000_000).encode()


def _archives() -> Iterator[tuple[str, bytes]]:
    zeros = b"\0" * 30_000_000
    yield "zip-bomb", zipped({"a.txt": zeros, "b.txt": SAID.encode()})
    yield "gzip-bomb", gzip.compress(zeros * 3, mtime=0)
    yield "xz-bomb", lzma.compress(zeros * 3)
    yield "bz2-bomb", bz2.compress(zeros)
    yield "spaces", gzip.compress(b" " * 90_000_000, mtime=0)
    yield "words", gzip.compress(b"a " * 40_000_000, mtime=0)
    yield "json-bomb", gzip.compress(b'{"text": "' + b"a" * 90_000_000, mtime=0)
    yield "many", zipped({f"{n}.txt": b"" for n in range(3000)})
    yield (
        "names",
        zipped(
            {
                "../../etc/a.txt": SAID.encode(),
                "/etc/b.txt": SAID.encode(),
                "C:\\c.txt": SAID.encode(),
                "d\n.txt": SAID.encode(),
            }
        ),
    )
    good = zipped({"a.txt": SAID.encode()})
    place = good.index(b"PK\x01\x02")
    for name, offset in {
        "size": place + 24,
        "packed": place + 20,
        "crc": place + 16,
        "header": place + 42,
        "method": place + 10,
        "flags": place + 8,
    }.items():
        yield f"zip-{name}", good[:offset] + b"\xff\x7f" + good[offset + 2 :]
    yield "links", tarred([("a", "b"), ("b", "a"), ("c", "/etc/passwd"), ("d.txt", SAID.encode())])
    yield "self", tarred([("a", "a"), ("../x", SAID.encode())])
    bad = bytearray(tarred([("a.txt", SAID.encode())]))
    bad[124:136] = b"77777777777\0"
    bad[148:156] = f"{sum(bad[:148]) + 256 + sum(bad[156:512]):06o}\0 ".encode()
    yield "tar-size", bytes(bad)
    yield "gzip-empty", gzip.compress(b"", mtime=0)
    yield "zip-empty", zipped({})
    yield "zip-blank", zipped({"a": b"", "b": b" ", "c": b"\0"})


def _columns() -> Iterator[tuple[str, bytes]]:
    goods = _goods()
    for kind in ("stream", "file", "parquet"):
        good = goods[kind]
        for step in range(8, len(good) - 8, max(1, len(good) // 10)):
            yield f"{kind}-{step}", good[:step] + struct.pack("<i", 2**31 - 1) + good[step + 4 :]


def _web() -> Iterator[tuple[str, bytes]]:
    yield "warc-long", warc(PAGE.encode()).replace(b"Content-Length: ", b"Content-Length: 9", 1)
    yield "warc-negative", b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: -5\r\n\r\n"
    yield "warc-no-length", b"WARC/1.0\r\nWARC-Type: response\r\n\r\n" + PAGE.encode()
    yield "warc-chunks", warc(PAGE.encode(), "Transfer-Encoding: chunked\r\n")
    yield "warc-gzip", warc(PAGE.encode(), "Content-Encoding: gzip\r\n")
    yield "warc-headers", warc(PAGE.encode(), "X: y\r\n" * 50_000)
    yield "comment", (PAGE + "<!--" * 200_000).encode()
    yield "cdata", (NITF.replace("Ships", "<![CDATA[" * 50_000)).encode()
    yield "unclosed", ("<p>" * 300_000 + SAID).encode()
    yield "tables", ("<html><body>" + "<table><tr><td>" * 20_000 + SAID).encode()
    yield "brackets", ("<html><body>" + "<" * 2_000_000 + SAID).encode()
    yield "references", ("<html><body><p>" + "&amp" * 500_000 + SAID).encode()
    yield (
        "scripts",
        (
            "<html><head>"
            + '<script type="application/ld+json">{"@type":"NewsArticle","headline":"a"}</script>' * 20_000
            + PAGE
        ).encode(),
    )
    yield "titles", PAGE.replace("<h1>", "<h1>Ships | " * 5000).encode()
    yield "breaks", PAGE.replace("<p>", "<p>" + "<br>" * 300_000, 1).encode()
    yield "naked", ("<html><body><div>" + (SAID + "<br><br>") * 20_000 + "</div></body></html>").encode()
    yield "blobs", PAGE.replace("<p>", f'<img src="data:image/png;base64,{"A" * 3_000_000}"><p>', 1).encode()
    yield "boundary", MAIL.replace("text/plain", f'multipart/mixed; boundary="{"a" * 100_000}"').encode()
    yield "words", MAIL.replace("Ships leave", "=?utf-8?q?" + "=41" * 200_000 + "?=").encode()
    yield (
        "parts",
        MAIL.replace("text/plain", "multipart/mixed; boundary=a").replace(SAID, "--a\r\n\r\n\r\n" * 50_000).encode(),
    )
    yield "folded", MAIL.replace("Ships leave", "a\r\n " * 100_000).encode()
    yield "charset", MAIL.replace("text/plain", "text/plain; charset=../../etc").encode()
    yield "codec", PAGE.replace("<head>", '<head><meta charset="zlib_codec">').encode() + b"\xe9"
    yield "uu", MAIL.replace("text/plain", "text/plain\r\nContent-Transfer-Encoding: x-uuencode").encode()


def _lines() -> Iterator[tuple[str, bytes]]:
    """Plain text that baits expressions, as long as is read outside of the worker, and longer."""
    for size in (60_000, 600_000):
        for name, piece in {"caps": "OSLO, ", "brackets": "(", "photo": "(Photo: ", "dates": "March 6, ", "by": "By Jane Roe and ", "dots": "a. ", "quotes": "\"'", "dashes": "OSLO - ",
                            "slashes": "AP / ", "initials": "a-b/c-d/", "blanks": " \t", "commas": "a,", "letters": "a", "capital": "A ", "follow": "Follow Jane on Twitter ", "labels": "Subject: a\n",
                            "short": "a\n", "reach": "Jane can be reached at ", "ago": "1 hour ago ", "pipes": "a | "}.items():  # fmt: skip
            yield f"{name}-{size}", ("Ships leave\n\n" + piece * (size // len(piece)) + "\n\n" + SAID).encode()
    yield "csv-quote", (CSV + '2,"' + "a\n" * 500_000).encode()
    yield "csv-cells", (CSV + "," * 1_000_000 + "\n").encode()
    yield "csv-columns", ("text," * 5_000 + "\n" + SAID).encode()


def zipped(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def tarred(members: list[tuple[str, bytes | str]]) -> bytes:
    """Files (bytes) and links (the name that they lead to)."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, content in members:
            member = tarfile.TarInfo(name)
            if isinstance(content, str):
                member.type, member.linkname = tarfile.SYMTYPE, content
                archive.addfile(member)
            else:
                member.size = len(content)
                archive.addfile(member, io.BytesIO(content))
    return out.getvalue()


def warc(body: bytes, headers: str = "") -> bytes:
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n" + headers.encode() + b"\r\n" + body
    return (
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://fjord.example/\r\nContent-Length: %d\r\n\r\n"
        % len(answer)
        + answer
        + b"\r\n\r\n"
    )
