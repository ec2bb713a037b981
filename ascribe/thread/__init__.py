"""Records in; what reports tell the same, on whose word, what answers and what contradicts what, out."""

from ascribe.thread.kept import threads_of
from ascribe.thread.threads import Group, Threads, View

__all__ = ["Group", "Threads", "View", "threads_of"]
