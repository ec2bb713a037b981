"""A report goes in, a Reading comes out: its sentences with names, triggers and attributions marked, nothing interpreted."""

from ascribe.mark.tables import mark

__all__ = ["mark"]
