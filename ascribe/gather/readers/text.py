"""Plain text, as copied from a page or sent by wire."""

from __future__ import annotations

from ascribe.errors import ReadError
from ascribe.gather.language import only_english
from ascribe.gather.strip import strip
from ascribe.schema import Report, digest


def read_text(text: str) -> Report | ReadError:
    """The report of a plain text, without what is not its body (`strip` tells what that was)."""
    found = strip(text)
    report = Report(
        id=digest(found.text, found.headline, found.publisher, found.published, found.url),
        text=found.text,
        headline=found.headline,
        publisher=found.publisher,
        published=found.published,
        url=found.url,
        language="en",
        format="text",
    )
    return only_english(report)
