"""Who may ask, how much, and what a browser may do with the answer."""

from __future__ import annotations

from pathlib import Path

import pytest
from desks import HERE, opened, token_of

from ascribe.errors import UsageError
from ascribe.web import Settings, serve
from ascribe.web.safety import POLICY
from ascribe.web.serving import address

ALL = [
    "/", "/start.json", "/start.csv", "/reports", "/statements?type=CLAIM", "/statements.csv", "/sources", "/actors",
    "/disputes",    "/dispute?id=senkaku", "/dispute/map.svg?id=senkaku", "/actor?who=CHN", "/actor.json?who=CHN",
    "/desk.css", "/icon.svg",
    "/openapi.json", "/add", "/nowhere", "/report", "/report.json?id=none", "/statements?type=NONE", "/../../etc/passwd",
    "/robots.txt",
]  # fmt: skip


@pytest.mark.parametrize("path", ALL)
def test_every_answer_says_what_a_browser_may_do_with_it(tmp_path: Path, path: str) -> None:
    with opened(tmp_path) as asking:
        answer = asking.get(path)
    assert answer.headers["content-security-policy"] == POLICY
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert "access-control-allow-origin" not in answer.headers
    assert answer.status_code < 500


def test_the_policy_allows_no_script_and_nothing_from_elsewhere() -> None:
    assert "default-src 'none'" in POLICY
    assert "script-src 'none'" in POLICY
    assert "frame-ancestors 'none'" in POLICY
    assert not [word for word in ("unsafe", "http", "*", "data:", "blob:") if word in POLICY]


WRONG_HOSTS = [
    "evil.example", "evil.example:8040", "127.0.0.1", "127.0.0.1:80", "127.0.0.1:8041", "localhost",
    "localhost.evil.example:8040",
    "127.0.0.1:8040.evil.example", "127.0.0.2:8040", "0.0.0.0:8040", "[::]:8040", "10.0.0.1:8040", "user@127.0.0.1:8040",
    "127.0.0.1:8040, evil.example", "", "127.0.0.1:8040/", "①27.0.0.1:8040".encode().decode("latin-1"),
]  # fmt: skip


@pytest.mark.parametrize("host", WRONG_HOSTS)
@pytest.mark.parametrize("path", ["/", "/statements.json", "/desk.css", "/nowhere"])
def test_another_host_is_refused_before_anything_else(tmp_path: Path, host: str, path: str) -> None:
    with opened(tmp_path) as asking:
        answer = asking.get(path, headers={b"host": host.encode("latin-1")})  # type: ignore[dict-item]
    assert answer.status_code == 403
    assert "not reached under that name" in answer.text
    assert answer.headers["content-security-policy"] == POLICY


@pytest.mark.parametrize("host", ["127.0.0.1:8040", "localhost:8040", "LOCALHOST:8040", "[::1]:8040"])
def test_this_machine_is_answered(tmp_path: Path, host: str) -> None:
    with opened(tmp_path) as asking:
        assert asking.get("/", headers={"host": host}).status_code == 200
        assert asking.get("/", headers={"host": host, "x-forwarded-host": "evil.example"}).status_code == 200


def test_what_is_too_large_is_refused(tmp_path: Path) -> None:
    with opened(tmp_path, body=10_000) as asking:
        token, form = token_of(asking.get("/add").text), {"content-type": "application/x-www-form-urlencoded"}
        assert asking.get("/statements?about=" + "x" * 5_000).status_code == 414
        assert asking.get("/statements?about=" + "x" * 300).status_code == 400
        assert asking.get("/statements?" + "&".join(["actor=x"] * 50)).status_code == 400
        assert asking.get("/statements?page=41").status_code == 400
        assert asking.get("/", headers={"x-long": "x" * 20_000}).status_code == 431
        assert asking.post("/add", data={"token": token, "text": "x" * 11_000}).status_code == 413
        assert asking.post("/add", content=(b"x" * 1_000 for _ in range(11)), headers=form).status_code == 413
        assert asking.post("/add", content=b"x", headers={"content-encoding": "gzip"}).status_code == 415
        assert asking.post("/add", content=b"x", headers={"content-length": "-1"}).status_code == 400
        many = {f"f{number}": "x" for number in range(1_000)}
        assert asking.post("/add", data={"token": token} | many).status_code == 400
        assert asking.get("/").status_code == 200


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "BREW"])
def test_only_three_methods_are_answered(tmp_path: Path, method: str) -> None:
    with opened(tmp_path) as asking:
        assert asking.request(method, "/").status_code == 405


def test_a_write_needs_the_token_of_our_own_form(tmp_path: Path) -> None:
    with opened(tmp_path) as asking:
        before = asking.get("/start.json").json()["counts"]
        for token in ({}, {"token": ""}, {"token": "0" * 40}):
            assert asking.post("/add", data=token | {"text": "Japan sued China."}).status_code == 403
        assert asking.get("/start.json").json()["counts"] == before


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "null", "http://127.0.0.1:9999", "https://127.0.0.1.evil.example:8040"]
)
def test_another_site_may_not_write(tmp_path: Path, origin: str) -> None:
    with opened(tmp_path) as asking:
        form = {"token": token_of(asking.get("/add").text), "text": "Japan sued China."}
        assert asking.post("/add", data=form, headers={"origin": origin}).status_code == 403
        assert asking.post("/add", data=form, headers={"sec-fetch-site": "cross-site"}).status_code == 403
        assert asking.post("/add", data=form, headers={"sec-fetch-site": "same-site"}).status_code == 403
        assert asking.post("/add", data=form, headers={"origin": origin, "sec-fetch-site": "cross-site"}).status_code == 403
        assert asking.post("/add", data=form, headers={"origin": HERE}).status_code == 303
        ours = {"origin": "null", "sec-fetch-site": "same-origin"}  # as browsers send it from a page without a referrer
        assert asking.post("/add", data=form, headers=ours).status_code == 303


def test_a_desk_that_only_shows_takes_nothing(tmp_path: Path) -> None:
    with opened(tmp_path, writable=False) as asking:
        assert asking.get("/add").status_code == 404
        assert asking.post("/add", data={"text": "x"}).status_code == 403
        assert 'href="/add"' not in asking.get("/").text


def test_bound_elsewhere_the_token_is_asked_for_once(tmp_path: Path) -> None:
    settings = Settings(host="192.0.2.7", names=("desk.example",))
    with opened(tmp_path, host="192.0.2.7", names=("desk.example",), secret=settings.secret) as asking:
        here = {"host": "192.0.2.7:8040"}
        assert asking.get("/", headers=here).status_code == 401
        assert asking.get("/?token=wrong", headers=here).status_code == 401
        assert asking.get("/", headers={"host": "127.0.0.1:8040"}).status_code == 403
        shown = asking.get(f"/actor?token={settings.entrance}&who=JPN", headers={"host": "desk.example:8040"})
        assert (shown.status_code, shown.headers["location"]) == (303, "/actor?who=JPN")
        cookie = shown.headers["set-cookie"]
        assert "HttpOnly" in cookie
        assert "SameSite=strict" in cookie
        held = cookie.split(";")[0]
        assert asking.get("/", headers=here | {"cookie": held}).status_code == 200
        assert asking.get("/", headers=here | {"authorization": f"Bearer {settings.entrance}"}).status_code == 200
        assert (
            asking.get(f"{HERE}//evil.example/?token={settings.entrance}", headers=here).headers["location"]
            == "/evil.example/"
        )


def test_the_address_holds_the_token_only_where_others_can_come() -> None:
    assert address(Settings()) == "http://127.0.0.1:8040/"
    assert address(Settings(host="::1")) == "http://[::1]:8040/"
    away = Settings(host="0.0.0.0", names=("desk.example",))
    assert address(away) == f"http://desk.example:8040/?token={away.entrance}"
    with pytest.raises(UsageError, match="--allow-host"):
        serve(None, Settings(host="0.0.0.0"), print)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "path", ["../../etc/passwd", "..%2f..%2fetc%2fpasswd", "....//etc/passwd", "/etc/passwd", "assets/desk.css"]
)
def test_no_path_leads_to_a_file(tmp_path: Path, path: str) -> None:
    with opened(tmp_path) as asking:
        for asked in (f"/{path}", f"/report?id={path}", f"/dispute?id={path}", f"/desk.css/{path}", f"/job?id={path}"):
            assert asking.get(asked).status_code == 404, asked
