"""What a file is, told by its content, and in which encoding it is written."""

import codecs
import logging

import pytest

from ascribe.data import rows
from ascribe.gather import gather
from ascribe.gather.reader import Limits
from ascribe.schema import Refusal, Report

LIMIT = Limits().report

BODY = "Two ships left “Oslo” on Monday, the café’s owner said."


@pytest.fixture
def read(tmp_path):
    def reader(content, name="input"):
        path = tmp_path / name
        path.write_bytes(content)
        [found] = gather([str(path)])
        return found

    return reader


@pytest.mark.parametrize("name", ["input", "input.txt", "input.html", "input.jpg", "input.pdf"])
def test_the_name_does_not_matter(read, name):
    assert read(BODY.encode(), name).text == BODY


ENCODED = {
    "UTF-8": BODY.encode(),
    "UTF-8 with mark": BODY.encode("utf-8-sig"),
    "UTF-16 little": codecs.BOM_UTF16_LE + BODY.encode("utf-16-le"),
    "UTF-16 big": codecs.BOM_UTF16_BE + BODY.encode("utf-16-be"),
    "UTF-32 little": codecs.BOM_UTF32_LE + BODY.encode("utf-32-le"),
    "UTF-32 big": codecs.BOM_UTF32_BE + BODY.encode("utf-32-be"),
    "cp1252": BODY.encode("cp1252"),
    "UTF-8 with one line in cp1252": BODY.encode()[:-12] + " café’s owner said.".encode("cp1252")[-19:],
}


@pytest.mark.parametrize("content", ENCODED.values(), ids=ENCODED)
def test_encodings(read, content):
    found = read(content)
    assert "“Oslo”" in found.text
    assert "é" in found.text
    assert "�" not in found.text


def test_a_guess_is_told(read, caplog):
    with caplog.at_level(logging.WARNING, logger="ascribe.gather"):
        read(BODY.encode("cp1252"))
    assert "read as cp1252" in caplog.text


REFUSED = {
    "empty": (b"", "is empty; give it a text"),
    "blank": (b" \n\t\r\n ", "holds nothing but blanks; give it a text"),
    "a mark and nothing": (codecs.BOM_UTF8, "holds nothing but blanks; give it a text"),
    "Shift JIS": ("尖閣諸島の周辺で".encode("shift_jis"), "UTF-8"),
    "KOI8-R": ("Корабли вышли в море из Мурманска".encode("koi8-r"), "UTF-8"),
    "UTF-16 without mark": (BODY.encode("utf-16-le"), "UTF-8"),
    "UTF-16 cut off": (codecs.BOM_UTF16_LE + BODY.encode("utf-16-le")[:-1], "UTF-16"),
    "noise": (bytes(range(256)) * 20, ""),
    "PNG": (b"\x89PNG\r\n\x1a\n" + bytes(50), "is a picture"),
    "JPEG": (b"\xff\xd8\xff\xe0" + bytes(50), "is a picture"),
    "PDF": (b"%PDF-1.7\n1 0 obj\n", "is a PDF document; save it as plain text"),
    "ZIP": (b"PK\x03\x04" + bytes(50), "is a damaged ZIP archive"),
    "gzip": (b"\x1f\x8b\x08\0" + bytes(50), "is damaged gzip"),
    "SQLite": (b"SQLite format 3\0" + bytes(100), "is an SQLite database"),
    "ELF": (b"\x7fELF\x02\x01\x01" + bytes(50), "is a program"),
    "Windows program": (b"MZ\x90\0" + bytes(50), "is a program"),
    "RTF": (b"{\\rtf1\\ansi Two ships left Oslo.}", "is a rich text document"),
    "Parquet": (b"PAR1\x15\x04\0" + bytes(50), "is a damaged Parquet file"),
    "WARC": (b"WARC/1.0\r\nWARC-Type: response\r\n", "WARC archive"),
    "feed": (b"<?xml version='1.0'?><rss version='2.0'><channel/></rss>", "the feed is empty"),
    "agency XML": (b"<newsItem xmlns='http://iptc.org/std/nar/2006-10-01/'/>", "holds no text"),
    "other XML": (b"<?xml version='1.0'?><inventory><ship/></inventory>", "(inventory)"),
}


@pytest.mark.parametrize(("content", "said"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_read_is_refused_with_a_remedy(read, content, said):
    found = read(content)
    assert isinstance(found, Refusal)
    assert said in found.reason
    assert ";" in found.reason
    assert "\n" not in str(found)


@pytest.mark.parametrize(
    "text",
    ["RIFFA, Bahrain -- Two ships left.", "ID3 papers were signed.", "BZh is a town.", "[Two] ships left.", "{Two} ships."],
)
def test_texts_that_begin_like_something_else_are_texts(read, text):
    assert read(text.encode()).text == text


def test_a_nul_within_a_text_is_replaced(read):
    assert read(BODY.encode() + b" A\0b.").text == BODY + " A\ufffdb."


def test_a_file_over_the_limit_is_refused(tmp_path):
    path = tmp_path / "big.txt"
    with path.open("wb") as out:
        out.seek(LIMIT)
        out.write(b".")
    [found] = gather([str(path)])
    assert "is larger than 20 MB" in found.reason


def test_every_signature_has_bytes_and_a_remedy():
    for row in rows("gather_signatures"):
        assert bytes.fromhex(row["bytes"])
        assert row["remedy"]
        assert int(row["offset"]) >= 0


def test_formats_are_told(read):
    assert read(BODY.encode()).format == "text"
    assert read(b'{"text": "A b."}').format == "jsonl"
    assert isinstance(read(b"<p>Two ships left Oslo on Monday, the ministry said to reporters.</p>"), Report)
