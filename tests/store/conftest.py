"""A dossier of either kind: in a file, and in a database of its own on the server that ASCRIBE_POSTGRES (a URL) names."""

from __future__ import annotations

import os
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def database() -> Iterator[Callable[[], str]]:
    """What makes an empty database and gives its URL; all of them are dropped at the end."""
    server = os.environ.get("ASCRIBE_POSTGRES")
    if not server:
        pytest.skip("no PostgreSQL: ASCRIBE_POSTGRES is not set")
    pytest.importorskip("pg8000", reason="pg8000 is not installed")
    from sqlalchemy import create_engine, make_url

    url, made = make_url(server), list[str]()
    engine = create_engine(url.set(drivername="postgresql+pg8000"), isolation_level="AUTOCOMMIT")

    def make() -> str:
        name = f"ascribe_test_{uuid.uuid4().hex}"
        with engine.connect() as connection:
            connection.exec_driver_sql(f"CREATE DATABASE {name}")
        made.append(name)
        return url.set(database=name).render_as_string(hide_password=False)

    yield make
    with engine.connect() as connection:
        for name in made:
            connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")
    engine.dispose()


@pytest.fixture(scope="session", params=["file", "postgresql"])
def fresh(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Callable[[], str]:
    """What gives a place where no dossier is yet, for either kind."""
    if request.param == "postgresql":
        found: Callable[[], str] = request.getfixturevalue("database")
        return found
    return lambda: str(Path(tmp_path_factory.mktemp("store")) / "d.dossier")


@pytest.fixture
def place(fresh: Callable[[], str]) -> str:
    """A place for a new dossier."""
    return fresh()
