"""JSON Lines, objects and arrays: texts as they are, ids kept, each bad line named."""

import io
import json

import pytest

from ascribe.gather import gather
from ascribe.gather.reader import Limits
from ascribe.schema import Refusal, Report

LIMIT = Limits().report


@pytest.fixture
def read(tmp_path):
    def reader(content, name="input"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass"))
        return list(gather([str(path)]))

    return reader


def test_every_field_is_kept(read):
    fields = {
        "id": "r-7",
        "title": "Ships sail",
        "publisher": "AFP",
        "published": "2014-03-06T10:15:00+01:00",
        "url": "https://example.org/a",
    }
    [report] = read(json.dumps({"text": "They sailed.", **fields}))
    assert report == Report(
        id="r-7", text="Ships sail\nThey sailed.", headline="Ships sail", publisher="AFP",
        published="2014-03-06T10:15:00+01:00", url="https://example.org/a", language="en", format="jsonl",
    )  # fmt: skip


def test_other_names_that_are_clear(read):
    [report] = read('{"headline": "Ships sail", "body": "They sailed.", "date": "6 March 2014", "source": "AFP"}')
    assert (report.text, report.published, report.publisher) == ("Ships sail\nThey sailed.", "2014-03-06", "AFP")


@pytest.mark.parametrize(
    ("title", "text", "expected"),
    [
        ("Ships sail", "They sailed.", "Ships sail\nThey sailed."),
        ("Ships sail", "Ships sail\nThey sailed.", "Ships sail\nThey sailed."),
        ("Ships sail", "Ships sail\r\n\r\nThey sailed.", "Ships sail\n\nThey sailed."),
        ("Ships sail", "\n Ships sail\nThey sailed.", "Ships sail\nThey sailed."),
        ("Ships sail", "Ships sailed.", "Ships sail\nShips sailed."),
        ("Ships sail", "Ships sail", "Ships sail"),
        ("  Ships \n sail ", "They sailed.", "Ships sail\nThey sailed."),
        (None, "Short link:\n  They sailed. \n\n(Photo: AP)", "Short link:\n  They sailed. \n\n(Photo: AP)"),
        ("", "They sailed.\r\rThey came.", "They sailed.\n\nThey came."),
        (None, "a\0b \ud800 c \U0001f600", "a\ufffdb \ufffd c \U0001f600"),
        (None, "one\u2028two", "one\ntwo"),
    ],
)
def test_text_begins_with_its_title_once_and_is_else_as_it_was(read, title, text, expected):
    [report] = read(json.dumps({"title": title, "text": text}))
    assert report.text == expected
    assert report.headline == (" ".join(title.split()) if title else None)


def test_an_id_is_made_from_the_content(read):
    one, again, other = read('{"text": "A b."}\n{"text": "A b."}\n{"text": "A b.", "url": "https://example.org/"}\n')
    assert one.id == again.id == one.content
    assert other.id != one.id


def test_numbers_as_id_and_day(read):
    [report] = read('{"id": 17, "text": "A b.", "published": 20140306}')
    assert (report.id, report.published) == ("17", "2014-03-06")


def test_a_date_that_cannot_be_read_is_not_known(read):
    [report] = read('{"text": "A b.", "published": "at noon"}')
    assert report.published is None


BAD = {
    "not JSON": ("oops", "is not JSON"),
    "cut off": ('{"text": "A b', "is not JSON"),
    "single quotes": ("{'text': 'A b.'}", "is not JSON"),
    "a list": ("[1, 2]", "is an array, not an object"),
    "a string": ('"A b."', "is a string, not an object"),
    "a number": ("17", "is a number, not an object"),
    "null": ("null", "is null, not an object"),
    "no text": ('{"title": "Ships sail"}', "has no text"),
    "an empty text": ('{"text": ""}', "has no text"),
    "a blank text": ('{"text": " \\n\\t"}', "has no text"),
    "text is null": ('{"text": null}', "has no text"),
    "text is a number": ('{"text": 5}', '"text" is a number, not a string'),
    "text is a list": ('{"text": ["A b."]}', '"text" is an array, not a string'),
    "title is an object": ('{"text": "A b.", "title": {}}', '"title" is an object, not a string'),
    "id is true": ('{"text": "A b.", "id": true}', '"id" is true or false, not a string'),
    "too deep": ('{"text": ' + "[" * 200_000 + "]" * 200_000 + "}", ""),
    "a number too long": ('{"text": "A b.", "n": ' + "9" * 10_000 + "}", "is not JSON (a number too long)"),
    "two objects": ('{"text": "A b."} {"text": "C d."}', "is not JSON"),
    "not UTF-8": (b'{"text": "caf\xe9"}', "is not UTF-8"),
}


@pytest.mark.parametrize(("line", "said"), BAD.values(), ids=BAD)
@pytest.mark.parametrize("place", [1, 2, 3])
def test_a_bad_line_is_named_and_the_rest_is_read(read, line, said, place):
    lines = [b'{"text": "One."}', b'{"text": "Two."}']
    lines.insert(place - 1, line if isinstance(line, bytes) else line.encode())
    found = read(b"\n".join(lines))
    refused = [item for item in found if isinstance(item, Refusal)]
    assert [item.text for item in found if isinstance(item, Report)] == ["One.", "Two."]
    assert [item.place for item in refused] == [f"line {place}"]
    assert said in refused[0].reason
    assert ";" in refused[0].reason  # a remedy
    assert "\n" not in str(refused[0])


def test_blank_lines_count_but_are_no_fault(read):
    found = read('\n{"text": "One."}\n\n  \nbad\n')
    assert [getattr(item, "place", None) for item in found] == [None, "line 5"]


def test_a_first_line_that_is_bad_does_not_hide_the_format(read):
    found = read('oops\n{"text": "One."}\n{"text": "Two."}\n')
    assert [isinstance(item, Report) for item in found] == [False, True, True]


@pytest.mark.parametrize("name", ["input.jsonl", "input.ndjson"])
def test_the_name_decides_where_the_content_does_not(read, name):
    assert [item.place for item in read("oops\noops\n", name)] == ["line 1", "line 2"]


@pytest.mark.parametrize("indent", [None, 1, 4])
def test_a_single_object_over_lines(read, indent):
    [report] = read(json.dumps({"title": "Ships sail", "text": "They sailed."}, indent=indent))
    assert report.text == "Ships sail\nThey sailed."


@pytest.mark.parametrize("indent", [None, 1])
def test_an_array(read, indent):
    found = read(json.dumps([{"text": "One."}, {"title": "x"}, {"text": "Two."}, 5], indent=indent))
    assert [getattr(item, "text", None) for item in found] == ["One.", None, "Two.", None]
    assert [item.place.split(",")[0] for item in found if isinstance(item, Refusal)] == ["item 2", "item 4"]


def test_a_broken_array_gives_what_stands_before_the_fault(read):
    found = read('[{"text": "One."},\n {"text": "Two."},\n {"text": Three}]')
    assert [isinstance(item, Report) for item in found] == [True, True, False]
    assert found[-1].place == "item 3, line 3"
    assert "read no further" in found[-1].reason


@pytest.mark.parametrize("content", ["[]", "[ ]\n", '[{"text": "One."}', '[{"text": "One."}] and more'])
def test_arrays_without_reports_or_end_are_refused(read, content):
    found = read(content)
    assert isinstance(found[-1], Refusal)
    assert len([item for item in found if isinstance(item, Refusal)]) == 1


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_marked_encodings(read, encoding):
    found = read('{"text": "Où?"}\nbad\n{"text": "Là."}\n'.encode(encoding))
    assert [getattr(item, "text", None) for item in found] == ["Où?", None, "Là."]


def test_a_line_over_the_limit_is_refused_and_the_next_is_read(tmp_path):
    path = tmp_path / "long.jsonl"
    with path.open("wb") as out:
        out.write(b'{"text": "One."}\n{"text": "')
        for _ in range(LIMIT // 2**20 + 1):
            out.write(b"a" * 2**20)
        out.write(b'"}\n{"text": "Two."}\n')
    found = list(gather([str(path)]))
    assert [getattr(item, "text", None) for item in found] == ["One.", None, "Two."]
    assert str(found[1]).endswith("line 2: is longer than 20 MB; split its text")


def test_a_stream_is_not_read_ahead(monkeypatch):
    class Endless(io.RawIOBase):
        def readable(self):
            return True

        def readinto(self, buffer):
            line = b'{"text": "Again."}\n'
            buffer[: len(line)] = line
            return len(line)

    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BufferedReader(Endless())))
    found = gather(["-"])
    assert [next(found).text for _ in range(1000)] == ["Again."] * 1000
