"""A dossier or a record in, something a person or a program can read out."""

from ascribe.view.record import as_json

__all__ = ["as_json"]
