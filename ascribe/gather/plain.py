"""A short plain text is read where it is asked for.

No parser is at work on it that it could break: it is decoded as strict UTF-8 and looked at by expressions whose time is
linear. All else, and every doubt, belongs into the process that can be killed."""

from __future__ import annotations

import re
from typing import Final

from ascribe.errors import ReadError
from ascribe.gather.formats import is_plain
from ascribe.gather.language import is_surely_english
from ascribe.gather.reader import Options
from ascribe.gather.readers.text import read_text
from ascribe.schema import Report

MOST: Final = 2**16  # bytes
_NOT_TEXT: Final = re.compile(r"[\0-\x08\x0b-\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")


def read_plain(path: str, options: Options) -> Report | None:
    """The report of a file that is a short English text and nothing else; None for what is not known to be one."""
    text = _text(path, min(MOST, options.limits.report))
    if text is None or not is_plain(text, path, options.columns) or not is_surely_english(text):
        return None
    found = read_text(text)
    return None if isinstance(found, ReadError) else found


def _text(path: str, most: int) -> str | None:
    """All of a file, if it is no longer than `most` and is UTF-8 without signs that no text holds."""
    try:
        with open(path, "rb") as stream:
            data = stream.read(most + 1)
        text = data.decode("utf-8") if len(data) <= most else ""
    except (OSError, UnicodeDecodeError):
        return None
    return text if text and not _NOT_TEXT.search(text) else None
