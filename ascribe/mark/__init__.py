"""A report goes in, a Reading comes out: its sentences with names, triggers and attributions marked, nothing interpreted."""

from ascribe.mark.reader import mark

__all__ = ["mark"]
