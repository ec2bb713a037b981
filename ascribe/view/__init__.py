"""A dossier or a record in, something that a person or a program can read out."""

from ascribe.view.ask import ask, question
from ascribe.view.explain import explain
from ascribe.view.exports import export
from ascribe.view.record import as_json

__all__ = ["as_json", "ask", "explain", "export", "question"]
