"""Statements in, Identities out: who, where, when and which dispute the words of a report mean, each with its reason."""

from ascribe.resolve.stage import resolve

__all__ = ["resolve"]
