"""Fetching: only where asked for, only what is public, within limits; feeds are asked politely. The server is ours."""

import gzip
import http.server
import json
import socket
import threading
from pathlib import Path

import pytest

from ascribe.errors import AscribeError, ReadError, UsageError
from ascribe.gather import Options, fetch, gather
from ascribe.gather.fields import columns_of
from ascribe.gather.reader import MB, Limits, limits_of
from ascribe.gather.watch import Watch, read_list
from ascribe.schema import Refusal, Report

TEXT = "Two ships of the navy left Oslo on Monday, the ministry said.\n"
RSS = "<rss version='2.0'><channel><title>Fjord Times</title>{}</channel></rss>"
ITEM = (
    "<item><title>Ships sail {0}</title><link>https://fjord.example/{0}</link>"
    "<description>Two ships left Oslo on Monday.</description></item>"
)


class Answers(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        status, headers, body = self.server.answer(self.path, self.headers)
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


@pytest.fixture
def server(monkeypatch):
    """A server whose address counts as public; `server.answer(path, headers)` says what it answers."""
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answers) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        running.url = f"http://127.0.0.1:{running.server_port}"
        monkeypatch.setattr(fetch, "is_public", lambda number: number == "127.0.0.1")
        yield running
        running.shutdown()


@pytest.mark.parametrize(
    "number",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "0.0.0.0",
        "100.64.0.1",
        "224.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "fe80::1",
        "fc00::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "2002:7f00:1::",
        "64:ff9b::7f00:1",
        "64:ff9b::a9fe:a9fe",
        "ff02::1",
        "2001:db8::1",
    ],
)
def test_addresses_that_are_not_public(number):
    assert not fetch.is_public(number)


@pytest.mark.parametrize("number", ["8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8"])
def test_addresses_that_are_public(number):
    assert fetch.is_public(number)


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://localhost/",
        "http://[::1]/",
        "http://2130706433/",
        "http://0x7f000001/",
        "http://0177.0.0.1/",
        "http://127.1/",
        "http://[::ffff:7f00:1]/",
        "http://169.254.169.254/latest/meta-data",
    ],
)
def test_no_way_of_writing_it_leads_inside(url):
    with pytest.raises(ReadError, match=r"not public|cannot be found"):
        fetch.fetch(url)


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "ftp://example.org/",
        "gopher://example.org/",
        "http://a@example.org/",
        "http://:80/",
        "http://example.org:99999/",
    ],
)
def test_other_addresses_are_refused(url):
    with pytest.raises(ReadError):
        fetch.fetch(url)


def test_nothing_is_fetched_unless_asked_for(server):
    server.answer = lambda path, headers: pytest.fail("asked")
    [found] = gather([server.url])
    assert "nothing is fetched without --fetch" in found.reason


def test_what_is_fetched_is_read_with_its_address(server):
    server.answer = lambda path, headers: (200, {"Content-Type": "text/plain"}, TEXT.encode())
    [found] = gather([f"{server.url}/a"], Options(fetch=True))
    assert (found.text, found.url) == (TEXT.strip(), f"{server.url}/a")
    assert found.id == found.content


def test_gzip_is_unpacked_within_the_limit(server):
    server.answer = lambda path, headers: (200, {"Content-Encoding": "gzip"}, gzip.compress(TEXT.encode()))
    assert isinstance(next(gather([server.url], Options(fetch=True))), Report)
    server.answer = lambda path, headers: (200, {"Content-Encoding": "gzip"}, gzip.compress(bytes(fetch.MOST + 10)))
    assert "is larger than 20 MB" in next(gather([server.url], Options(fetch=True))).reason


def test_redirects_are_followed_five_times_and_checked_each_time(server):
    server.answer = lambda path, headers: (
        (302, {"Location": f"/{int(path[1:]) - 1}"}, b"") if path != "/0" else (200, {}, TEXT.encode())
    )
    assert fetch.fetch(f"{server.url}/5").url == f"{server.url}/0"
    with pytest.raises(ReadError, match="redirects more than 5 times"):
        fetch.fetch(f"{server.url}/6")
    for target in ("http://169.254.169.254/", "http://127.0.0.2/", "file:///etc/passwd"):
        server.answer = lambda path, headers, target=target: (302, {"Location": target}, b"")
        with pytest.raises(ReadError, match=r"not public|only http and https"):
            fetch.fetch(server.url)


def test_the_name_is_resolved_once_and_the_checked_address_is_used(server, monkeypatch):
    asked = []
    real = socket.getaddrinfo

    def resolve(host, port, *rest, **more):
        if host == "fjord.example":
            asked.append(host)
            return real("127.0.0.1", port, *rest, **more)
        return real(host, port, *rest, **more)

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    server.answer = lambda path, headers: (200, {}, headers["Host"].encode())
    assert fetch.fetch(f"http://fjord.example:{server.server_port}/").body == f"fjord.example:{server.server_port}".encode()
    assert asked == ["fjord.example"]


def test_an_error_is_a_refusal(server):
    server.answer = lambda path, headers: (404, {}, b"no")
    [found] = gather([server.url], Options(fetch=True))
    assert "answers 404 Not Found" in found.reason


def test_a_slow_answer_is_given_up(server, monkeypatch):
    monkeypatch.setattr(fetch, "SECONDS", 0.2)
    wait = threading.Event()
    server.answer = lambda path, headers: (wait.wait(5), (200, {}, b""))[1]
    with pytest.raises(ReadError):
        fetch.fetch(server.url)
    wait.set()


# ---- watch ----


@pytest.fixture
def watched(server, tmp_path):
    (tmp_path / "feeds.txt").write_text(f"# ours\n{server.url}/feed\n")
    return lambda: Watch.of(str(tmp_path / "feeds.txt"), str(tmp_path / "d.watch"), every=60)


def test_a_feed_is_asked_for_what_changed_and_no_entry_comes_twice(server, watched):
    asked = []

    def answer(path, headers):
        asked.append((headers["If-None-Match"], headers["If-Modified-Since"]))
        if headers["If-None-Match"] == "two":
            return 304, {}, b""
        items = ITEM.format(1) + (ITEM.format(2) if headers["If-None-Match"] else "")
        return (
            200,
            {"ETag": "two" if headers["If-None-Match"] else "one", "Last-Modified": "now"},
            RSS.format(items).encode(),
        )

    server.answer = answer
    heads = []
    for now in (0, 30, 60, 120):
        watch = watched()
        heads.append([found.headline for found in watch.poll(now)])
        watch.keep()
    assert heads == [["Ships sail 1"], [], ["Ships sail 2"], []]
    assert asked == [(None, None), ("one", "now"), ("two", "now")]


def test_a_feed_that_fails_is_asked_rarer(server, watched):
    server.answer = lambda path, headers: (503, {}, b"")
    watch = watched()
    times = []
    now = 0.0
    for _ in range(5):
        [found] = watch.poll(now)
        assert isinstance(found, Refusal)
        times.append(watch.rest(now))
        now += times[-1]
    assert times == [120, 240, 480, 960, 1920]
    server.answer = lambda path, headers: (429, {"Retry-After": "7200"}, b"")
    list(watch.poll(now))
    assert watch.rest(now) == 7200
    server.answer = lambda path, headers: (200, {}, RSS.format(ITEM.format(1)).encode())
    assert len(list(watch.poll(now + 7200))) == 1
    assert watch.rest(now + 7200) == 60


def test_a_feed_that_is_gone_is_asked_no_more(server, watched):
    server.answer = lambda path, headers: (410, {}, b"")
    watch = watched()
    assert "is gone" in next(watch.poll(0)).reason
    assert list(watch.poll(1e9)) == []


def test_what_was_seen_is_kept_only_when_told_so(server, watched):
    server.answer = lambda path, headers: (200, {}, RSS.format(ITEM.format(1)).encode())
    assert len(list(watched().poll(0))) == 1
    assert len(list(watched().poll(0))) == 1


def test_lists_of_feeds(tmp_path):
    path = tmp_path / "list"
    path.write_text(
        "<opml><body><outline text='a'><outline xmlUrl='https://a.example/f'/><outline xmlUrl='https://b.example/f'/></outline></body></opml>"
    )
    assert read_list(str(path)) == ["https://a.example/f", "https://b.example/f"]
    path.write_text("https://a.example/f # one\n\nhttps://a.example/f\n")
    assert read_list(str(path)) == ["https://a.example/f"]
    for wrong in ("", "file:///etc/passwd", "<opml><body/></opml>", "<opml>"):
        path.write_text(wrong)
        with pytest.raises(AscribeError, match="list"):
            read_list(str(path))
    with pytest.raises(AscribeError, match="cannot be read"):
        read_list(str(tmp_path / "nowhere"))


def test_a_broken_memory_says_what_to_do(tmp_path, watched):
    Path(tmp_path / "d.watch").write_text("{")
    with pytest.raises(AscribeError, match="take it away"):
        watched()


# ---- options ----


def test_limits_and_columns_as_they_are_said(tmp_path):
    assert limits_of("report=40, seconds=60") == Limits(report=40 * MB, seconds=60)
    assert limits_of("") == Limits()
    for wrong in ("report", "report=x", "size=3", "seconds=0", "page=-1"):
        with pytest.raises(UsageError):
            limits_of(wrong)
    assert columns_of(["text=Body text", "id=No"]) == {"text": "Body text", "id": "No"}
    for wrong in ("text", "what=Body", "text="):
        with pytest.raises(UsageError):
            columns_of([wrong])
    path = tmp_path / "table"
    path.write_text(f'No,Inhalt\n7,"{TEXT.strip()}"\n')
    [found] = gather([str(path)], Options(columns=columns_of(["text=Inhalt", "id=No"])))
    assert (found.id, found.text) == ("7", TEXT.strip())
    path.write_text(json.dumps({"Inhalt": TEXT, "text": "no"}))
    [found] = gather([str(path)], Options(columns={"text": "inhalt"}))
    assert found.text.strip() == TEXT.strip()
