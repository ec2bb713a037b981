"""Reports that a reader pastes or uploads, and what becomes of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from desks import opened, read_in, token_of

from ascribe import pipeline
from ascribe.web.adding import pasted

TEXT = "Japan summoned the Chinese ambassador on Monday, the foreign ministry in Tokyo said."


def test_a_pasted_report_is_read_and_shown(tmp_path: Path) -> None:
    with opened(tmp_path, []) as asking:
        form = {
            "token": token_of(asking.get("/add").text),
            "text": TEXT,
            "headline": "Tokyo protests",
            "publisher": "Harbour Wire",
        }
        sent = asking.post("/add", data=form | {"published": "2015-06-09"})
        assert sent.status_code == 303
        page = read_in(asking, sent.headers["location"])
        assert "1 stored, 0 already there, 0 refused" in page
        assert "Tokyo protests" in page
        [report] = asking.get("/reports.json").json()["reports"]
        assert (report["title"], report["publisher"], report["published"]) == (
            "Tokyo protests",
            "Harbour Wire",
            "2015-06-09",
        )
        assert "the foreign ministry in Tokyo" in asking.get("/report", params={"id": report["id"]}).text
        again = read_in(asking, asking.post("/add", data=form | {"published": "2015-06-09"}).headers["location"])
        assert "0 stored, 1 already there, 0 refused" in again


def test_files_are_read_and_what_is_refused_is_named(tmp_path: Path) -> None:
    with opened(tmp_path, []) as asking:
        form = {"token": token_of(asking.get("/add").text)}
        files = [
            ("files", ("../../a <b>.txt", TEXT.encode())),
            ("files", ("/etc/passwd", b"\x00\x01\x02\x03")),
        ]
        page = read_in(asking, asking.post("/add", data=form, files=files).headers["location"])
        assert "1 stored, 0 already there, 1 refused" in page
        assert "/etc/passwd: " in page.split("Refused</h2>")[1]
        assert asking.get("/refused.json").json()["refused"][0]["input"] == "/etc/passwd"
    assert not (tmp_path.parent / "a <b>.txt").exists()


def test_nothing_is_no_report(tmp_path: Path) -> None:
    with opened(tmp_path, []) as asking:
        token = token_of(asking.get("/add").text)
        assert asking.post("/add", data={"token": token, "text": "  "}).status_code == 400
        assert asking.post("/add", data={"token": token}, files=[("files", ("", b""))]).status_code == 400
        assert asking.get("/job?id=none").status_code == 404


def test_a_report_that_breaks_a_stage_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_reports: object) -> object:
        raise RuntimeError("two\nlines")

    monkeypatch.setattr(pipeline, "read", broken)
    with opened(tmp_path, []) as asking:
        form = {"token": token_of(asking.get("/add").text), "text": TEXT}
        page = read_in(asking, asking.post("/add", data=form).headers["location"])
    assert "reading failed (RuntimeError: two lines)" in page


def test_what_is_known_of_a_paste_is_kept_with_it() -> None:
    assert pasted("a\r\nb").content == b"a\nb"
    assert (
        pasted("a", headline=" H ", publisher="", published="2014").content
        == b'{"text": "a", "title": "H", "published": "2014"}'
    )
