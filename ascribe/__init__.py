"""Read news reports; keep what they say of the political world as records with their sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from os import PathLike

    from ascribe.view.frames import Statements

__all__ = ["read"]
__version__ = "0.1.0"


def read(text_or_path: str | PathLike[str], **known: str) -> Statements:
    """What a text, or the reports of a file, a folder or a glob say.

    `ascribe.read("Peru rejected a Chilean offer.").to_pandas()`; of a text, headline, publisher, published and url can be
    given by name. Nothing is loaded before this is called."""
    from ascribe.view import frames

    return frames.read(text_or_path, **known)
