"""Records in, a dossier that loses nothing out: one SQLite file, opened with `open_dossier`."""

from ascribe.store.corrections import Correction
from ascribe.store.dossier import Dossier, open_dossier
from ascribe.store.search import Answer, Question

__all__ = ["Answer", "Correction", "Dossier", "Question", "open_dossier"]
