"""How well the article of a saved page is found: its paragraphs and its title.

    python -m evaluation.pages FOLDER [--worst 10] [--half first|second]

FOLDER holds pages (`name.html`), each with what is expected of it beside it (`name.json`): `title`, and either `paragraphs`,
which are the whole body, or some passages that the body holds (`present`) and some of the page that it must not hold
(`absent`). A segment is a paragraph or a passage. A paragraph that was found is right where it stands in the expected text,
and an expected one is found where it stands in ours: where a page breaks its lines does not matter. The halves are told by
the digest of a name, so that rules can be made with the eyes on one half and be tried on the other.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from ascribe.gather import Options, gather
from ascribe.schema import Report

_NOT_LETTERS: Final = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Counted:
    """What of one page was found (`missed`, `extra`: the segments that are wrong) and whether its title is right."""

    name: str
    hits: int
    missed: tuple[str, ...]
    extra: tuple[str, ...]
    title: bool | None  # None where none is expected
    found_title: str | None = None

    @property
    def faults(self) -> int:
        """Segments that are wrong, and a wrong title."""
        return len(self.missed) + len(self.extra) + (self.title is False)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--worst", type=int, default=10, help="pages that are shown with their faults")
    parser.add_argument("--half", choices=("first", "second"), help="only the pages of this half")
    options = parser.parse_args()
    pages = [page for page in sorted(options.folder.glob("*.html")) if options.half in (None, half(page.stem))]
    counted = [count(page) for page in pages if page.with_suffix(".json").exists()]
    if not counted:
        sys.exit(f"{options.folder}: no page (name.html) with its expectation (name.json) beside it")
    for page in sorted((page for page in counted if page.faults), key=lambda page: -page.faults)[: options.worst]:
        _tell(page)
    print(json.dumps(score(counted), indent=1))
    return 0


def half(name: str) -> str:
    """Which half of the pages one belongs to."""
    return "second" if hashlib.sha256(name.encode()).digest()[0] % 2 else "first"


def count(path: Path) -> Counted:
    """A page read as a user reads it, against what is expected of it."""
    wanted: dict[str, Any] = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    found = next((item for item in gather([str(path)], Options(any_language=True)) if isinstance(item, Report)), None)
    title = found.headline if found else None
    body = found.text.removeprefix(title or "").strip() if found else ""
    hits, missed, extra = compare(body, wanted)
    right = letters(title or "") == letters(wanted["title"]) if wanted.get("title") else None
    return Counted(path.stem, hits, tuple(missed), tuple(extra), right, title)


def compare(body: str, wanted: dict[str, Any]) -> tuple[int, list[str], list[str]]:
    """Segments found, missed and put in by mistake."""
    whole = letters(body)
    present: list[str] = wanted.get("paragraphs") or wanted.get("present") or []
    missed = [part for part in present if letters(part) not in whole]
    if "paragraphs" in wanted:
        text = letters("".join(present))
        extra = [part for part in body.split("\n") if letters(part) not in text]
    else:
        extra = [part for part in wanted.get("absent", []) if letters(part) in whole]
    return len(present) - len(missed), missed, extra


def score(counted: Iterable[Counted]) -> dict[str, Any]:
    """Precision, recall and F1 of segments over all pages, and the share of titles that are right."""
    pages = list(counted)
    hits, missed = sum(page.hits for page in pages), sum(len(page.missed) for page in pages)
    extra = sum(len(page.extra) for page in pages)
    titles = [page.title for page in pages if page.title is not None]
    return {
        "pages": len(pages),
        "segments": hits + missed,
        "precision": round(hits / max(hits + extra, 1), 4),
        "recall": round(hits / max(hits + missed, 1), 4),
        "f1": round(2 * hits / max(2 * hits + missed + extra, 1), 4),
        "titles": len(titles),
        "title": round(sum(titles) / max(len(titles), 1), 4),
    }


def letters(text: str) -> str:
    """A text by its letters and digits alone: signs and blanks are written in many ways."""
    return _NOT_LETTERS.sub("", text).casefold()


def _tell(page: Counted) -> None:
    said = [f"== {page.name}" + (f" (title: {page.found_title!r})" if page.title is False else "")]
    said += [f"  - {part[:150]}" for part in page.missed] + [f"  + {part[:150]}" for part in page.extra]
    print("\n".join(said), file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
