"""Records in, a dossier that loses nothing out: one SQLite file, opened with `open_dossier`.

What keeps it is loaded when it is first asked for: `extract` and `--help` need no database."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from ascribe.store.corrections import Correction
    from ascribe.store.dossier import Dossier, open_dossier
    from ascribe.store.search import Answer, Question

__all__ = ["Answer", "Correction", "Dossier", "Question", "open_dossier"]

_IN: Final = {
    "Answer": "search", "Correction": "corrections", "Dossier": "dossier", "Question": "search", "open_dossier": "dossier",
}  # fmt: skip


def __getattr__(name: str) -> Any:
    if name not in _IN:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_IN[name]}"), name)
