"""A reader corrects a field, sees it corrected, and takes it back."""

from __future__ import annotations

from pathlib import Path

from desks import islets, opened, token_of

TOLD = islets()
CLAIM = TOLD.statements[0]
AT = {"id": TOLD.report.id, "statement": CLAIM.id}


def test_a_correction_is_made_shown_and_taken_back(tmp_path: Path) -> None:
    with opened(tmp_path) as asking:
        assert "/correct?id=" in asking.get("/report", params=AT).text
        form = asking.get("/correct", params=AT | {"field": "status"}).text
        assert '<option value="actual" selected>' in form
        by = AT | {"token": token_of(form), "field": "status", "who": "B. Reader", "why": "it is not sure"}
        sent = asking.post("/correct", data=by | {"value": "hypothetical", "do": "correct"})
        assert sent.status_code == 303
        assert sent.headers["location"].endswith("#chosen")
        page = asking.get("/report", params=AT).text
        assert "possible, not confirmed" in page.split('id="chosen"')[1]
        assert "corrected</strong>" in page
        assert asking.get("/statements.json?status=hypothetical").json()["total"] == 1
        assert asking.get("/corrections.json").json()["corrections"][0]["new"] == "hypothetical"
        assert "Take the last correction back" in asking.get("/correct", params=AT | {"field": "status"}).text
        assert asking.post("/correct", data=by | {"do": "undo"}).status_code == 303
        assert asking.get("/statements.json?status=hypothetical").json()["total"] == 0
        assert "corrected</strong>" not in asking.get("/report", params=AT).text
        assert asking.post("/correct", data=by | {"do": "undo"}).status_code == 400


def test_a_party_is_corrected(tmp_path: Path) -> None:
    with opened(tmp_path) as asking:
        field = {"field": "actor.1.country"}
        token = {"token": token_of(asking.get("/correct", params=AT | field).text)}
        by = {"who": "B", "why": "the island's government", "value": "TWN"}
        assert asking.post("/correct", data=AT | field | token | by).status_code == 303
        assert asking.get("/report.json", params=AT).json()["lines"][0]["actor"][0]["country"] == "TWN"
        assert asking.get("/statements.json?actor=TWN").json()["total"] == 1


def test_every_field_is_offered(tmp_path: Path) -> None:
    with opened(tmp_path) as asking:
        page = asking.get("/correct", params=AT).text
        for field in ("type", "stance", "quoted", "dispute", "actor.1.sector", "source.2.name", "time.latest"):
            assert f'value="{field}"' in page
            assert asking.get("/correct", params=AT | {"field": field}).status_code == 200


def test_what_is_missing_or_wrong_is_said(tmp_path: Path) -> None:
    with opened(tmp_path) as asking:
        token = {"token": token_of(asking.get("/correct", params=AT | {"field": "status"}).text)}
        by = AT | {"field": "status", "value": "negated", "who": "B", "why": "so"}
        assert asking.post("/correct", data=by).status_code == 403
        for name in ("who", "why", "field"):
            assert asking.post("/correct", data=token | by | {name: " "}).status_code == 400
        assert asking.post("/correct", data=token | by | {"value": "nonsense"}).status_code == 400
        assert asking.post("/correct", data=token | by | {"statement": "none"}).status_code == 400
        assert asking.get("/correct", params=AT | {"statement": "none"}).status_code == 404
        assert asking.get("/correct", params=AT | {"field": "none"}).status_code == 404
        assert asking.get("/corrections.json").json()["total"] == 2


def test_a_desk_that_only_shows_offers_no_correction(tmp_path: Path) -> None:
    with opened(tmp_path, writable=False) as asking:
        assert "/correct?" not in asking.get("/report", params=AT).text
        assert asking.get("/correct", params=AT).status_code == 404
