"""The desk in a real browser: what is looked at, by keyboard, in two widths, light and dark, and by axe.

ASCRIBE_WRITE_PICTURES=1 writes docs/pictures anew: look at them."""

from __future__ import annotations

import os
import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from desks import islets
from factories import record

from ascribe.engines import local
from ascribe.gather import gather
from ascribe.schema import Record
from ascribe.store import open_dossier
from ascribe.web import Settings, desk
from ascribe.web.serving import _listen

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="there is no chromium; `apt-get install chromium` brings one")

ROOT = Path(__file__).parents[2]
PICTURES = ROOT / "docs" / "pictures"
WIDTHS = (1280, 390)
REPORT = f"/report?id={islets().report.id}&statement={islets().statements[0].id}"
PAGES = {
    "start": "/",
    "statements": "/statements",
    "report": REPORT,
    "dispute": "/dispute?id=senkaku",
    "reports": "/reports",
    "actor": "/actor?who=JPN",
    "actors": "/actors",
    "pair": "/pair?one=JPN&other=CHN",
    "source": "/source?name=Kita+Shimbun",
    "event": f"/event?statement={islets().statements[0].id}",
    "sources": "/sources",
    "disputes": "/disputes",
    "corrections": "/corrections",
    "refused": "/refused",
    "add": "/add",
    "correct": REPORT.replace("/report", "/correct") + "&field=status",
}


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The desk on a real port, on two reports whose statements are known and what is read in the examples."""
    with serving(tmp_path_factory.mktemp("browser"), [record(), islets(), *examples()]) as at:
        yield at


def examples() -> list[Record]:
    return [each for each in local.read(gather([str(ROOT / "examples")]), jobs=1) if isinstance(each, Record)]


@contextmanager
def serving(folder: Path, records: list[Record]) -> Iterator[str]:
    with open_dossier(str(folder / "d.dossier")) as dossier:
        dossier.add(records)
        listening = _listen(Settings(port=0))
        settings = Settings(port=listening.getsockname()[1])
        server = uvicorn.Server(uvicorn.Config(desk(dossier, settings), log_level="error", access_log=False, ws="none"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        until = time.monotonic() + 30
        while not server.started and time.monotonic() < until:
            time.sleep(0.05)
        yield f"http://127.0.0.1:{settings.port}"
        server.should_exit = True
        thread.join()


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with playwright.sync_playwright() as started:
        chromium = started.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture
def looked(browser: Any, address: str, request: pytest.FixtureRequest) -> Iterator[Any]:
    """A page that fails the test if anything is asked of another machine, or a script or style is refused."""
    width, scheme = getattr(request, "param", (1280, "light"))
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, base_url=address)
    page = context.new_page()
    page.set_default_timeout(60_000)
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda asked: None if asked.url.startswith(address) else said.append(asked.url))
    yield page
    context.close()
    assert said == []


@pytest.mark.parametrize("looked", [(1280, "light"), (390, "dark")], indirect=True, ids=["wide", "phone"])
def test_every_page_fits_and_axe_finds_nothing_serious(looked: Any) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    found: dict[str, list[str]] = {}
    for name, path in PAGES.items():
        assert looked.goto(path).status == 200
        wide = looked.evaluate("[document.documentElement.scrollWidth, innerWidth]")
        assert wide[0] <= wide[1], f"{name} is wider than the screen"
        violations = axe.run(looked).response["violations"]
        found[name] = [
            f"{each['id']}: {each['nodes'][0]['html'][:120]}"
            for each in violations
            if each["impact"] in ("serious", "critical")
        ]
    assert {name: those for name, those in found.items() if those} == {}


def test_a_statement_is_chosen_by_keyboard(looked: Any) -> None:
    looked.goto(REPORT.split("&")[0])
    looked.keyboard.press("Tab")
    assert looked.evaluate("document.activeElement.textContent") == "Skip to the content"
    for _ in range(40):
        looked.keyboard.press("Tab")
        if looked.evaluate("document.activeElement.classList.contains('trigger')"):
            break
    assert looked.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    looked.keyboard.press("Enter")
    looked.wait_for_url("**#chosen")
    assert looked.locator("mark.r-object").inner_text() == "Diaoyu Islands"
    assert looked.locator(".chain li").count() == 4
    assert looked.locator(".chosen").is_visible()


def test_a_field_is_corrected_and_taken_back(looked: Any) -> None:
    looked.goto(REPORT.replace(islets().statements[0].id, islets().statements[2].id))
    looked.get_by_role("link", name="Correct status").click()
    for status in ("hypothetical", None):
        if status:
            looked.get_by_label("It should say").select_option(status)
        looked.get_by_label("Your name").fill("A. Reader")
        looked.get_by_label("Why").fill("said as a doubt")
        looked.get_by_role("button", name="Correct it" if status else "Take the last correction back").click()
        looked.wait_for_url("**#chosen")
        assert ("possible, not confirmed" in looked.locator(".said").inner_text()) == bool(status)
        looked.get_by_role("link", name="Correct status").click()


def test_a_report_is_pasted(looked: Any) -> None:
    looked.goto("/add")
    looked.get_by_label("Publisher").fill("Strelsau Wire")
    looked.get_by_label("Text", exact=True).fill("Ruritania accused Graustark on Monday of shelling Hentzau.")
    looked.get_by_role("button", name="Read it").click()
    looked.get_by_role("heading", name="Read", exact=True).wait_for()
    assert "1 stored" in looked.get_by_role("status").inner_text()


@pytest.mark.skipif("ASCRIBE_WRITE_PICTURES" not in os.environ, reason="ASCRIBE_WRITE_PICTURES=1 writes the pictures")
def test_pictures(browser: Any, tmp_path: Path) -> None:
    PICTURES.mkdir(exist_ok=True)
    made = examples()
    chosen = next(each for each in made if each.report.headline and "Coastguards" in each.report.headline)
    shown = {
        "report": f"/report?id={chosen.report.id}&statement={chosen.statements[1].id}",
        **{name: PAGES[name] for name in ("start", "statements", "dispute")},
    }
    with serving(tmp_path, made) as at:
        for name, path, width, high in [
            *((*each, 1280, 1100) for each in shown.items()),
            ("report", shown["report"], 390, 1500),
        ]:
            page = browser.new_page(viewport={"width": width, "height": 900}, base_url=at)
            page.goto(path)
            view = {"x": 0, "y": 0, "width": width, "height": high}
            page.screenshot(path=PICTURES / f"{name}-{width}.png", clip=view, full_page=True)
            page.close()
