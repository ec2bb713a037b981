"""What can go wrong, as few classes as possible. A message is one line: input, place, what is wrong, remedy.

AscribeError
 ├── UsageError      wrong call: exit code 2
 ├── ReadError       an input cannot be read: becomes a Refusal, the run goes on, exit code 3
 └── StoreError      the dossier cannot be opened, read or written: exit code 1
"""


class AscribeError(Exception):
    """Anything that `ascribe` says to a person."""


class UsageError(AscribeError):
    """The call asks for something that does not exist or does not go together."""


class ReadError(AscribeError):
    """An input, or a place in it, cannot be read."""

    def __init__(self, reason: str, place: str | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.place = place


class StoreError(AscribeError):
    """A dossier cannot be opened, read or written."""
