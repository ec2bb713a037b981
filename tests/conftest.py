"""What all tests share: factories.py beside this file can be imported, and pages are compared in one way."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

PAGES = Path(__file__).parent / "pages"


@pytest.fixture
def same_page() -> Callable[[str, str], None]:
    """Compare what was printed with tests/pages/NAME.txt. ASCRIBE_WRITE_PAGES=1 writes the page instead: read the diff."""

    def compare(name: str, printed: str) -> None:
        page = PAGES / f"{name}.txt"
        if os.environ.get("ASCRIBE_WRITE_PAGES"):
            page.write_text(printed, encoding="utf-8")
        assert printed == page.read_text(encoding="utf-8")

    return compare
