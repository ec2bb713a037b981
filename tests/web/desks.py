"""A desk on a small dossier, and a browser without a window to look at it."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from factories import identity, mention, report, source, statement
from factories import record as loan
from starlette.testclient import TestClient

from ascribe.schema import Record, Refusal
from ascribe.store import Dossier, open_dossier
from ascribe.web import Settings, desk

HERE = "http://127.0.0.1:8040"
ISLETS = (
    "China says islets are its own\n"
    "China has claimed the Diaoyu Islands since 2010, the Kita Shimbun reported, citing diplomats in Tokyo.\n"
    "“We reject that,” a Japanese official said. Japan has not talked to China."
)


def islets(**given: Any) -> Record:
    """A claim on a contested place, told through two hands, and its rejection in quoted words."""
    told = report(ISLETS, **{"publisher": "Harbour Wire", "published": "2014-02-06"} | given)
    claim = statement(
        told,
        "claimed",
        "CLAIM",
        actors=[mention(told, "China", nth=1)],
        object="Diaoyu Islands",
        time="since 2010",
        chain=(
            source(told, "Kita Shimbun", "reported"),
            source(told, "diplomats in Tokyo", "citing", kind="group", named=False),
        ),
    )
    rejection = statement(
        told,
        "reject",
        "REJECT",
        actors=["We"],
        recipients=[mention(told, "China", nth=2)],
        quoted=True,
        answers=claim.id,
        chain=(source(told, "Japanese official", "said", kind="person", named=False),),
    )
    talks = statement(
        told, "talked", "CONSULT", status="negated", actors=["Japan has"[:5]], recipients=[mention(told, "China", nth=2)]
    )
    known = [
        identity(claim, "actor", claim.actors[0], entity="CHN", name="China", country="CHN", sector="GOV"),
        identity(rejection, "actor", rejection.actors[0], entity="JPN", name="Japan", country="JPN", sector="GOV"),
        identity(rejection, "recipient", rejection.recipients[0], entity="CHN", name="China", country="CHN", sector="GOV"),
        identity(claim, "dispute", claim.trigger, entity="senkaku", because="a name used by CHN"),
    ]
    return Record(told, (claim, rejection, talks), tuple(known))


@contextmanager
def opened(folder: Path, records: Sequence[Record] | None = None, **settings: Any) -> Iterator[TestClient]:
    """A client of a desk on a dossier with `records`."""
    with filled(folder, records) as dossier, client(dossier, Settings(**settings)) as asking:
        yield asking


@contextmanager
def client(dossier: Dossier, settings: Settings) -> Iterator[TestClient]:
    with TestClient(desk(dossier, settings), base_url=HERE, raise_server_exceptions=False, follow_redirects=False) as asking:
        yield asking


@contextmanager
def filled(folder: Path, records: Sequence[Record] | None = None) -> Iterator[Dossier]:
    with open_dossier(str(folder / "d.dossier")) as dossier:
        dossier.add([loan(), islets()] if records is None else records)
        if records is None:
            dossier.correct(islets().statements[2].id, "status", "hypothetical", who="A. Reader", why="said as a doubt")
            dossier.undo(islets().statements[2].id, "status", who="A. Reader", why="misread")
        dossier.refuse(Refusal("torn.xml", "line 3", "the page ends in a tag; save it again"))
        yield dossier


def token_of(page: str) -> str:
    """The token in a form of a page."""
    found = re.search(r'name="token" value="([0-9a-f]+)"', page)
    assert found
    return found.group(1)


def read_in(asking: TestClient, location: str) -> str:
    """The page of a job, once the job is over."""
    until = time.monotonic() + 60
    while True:
        answer = asking.get(location)
        if "refresh" not in answer.headers or time.monotonic() > until:
            return answer.text
        time.sleep(0.05)
