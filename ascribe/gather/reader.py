"""What a reader is: it is given a stream and its limits, and gives reports, errors with their place, and parts.

    def read(given: Given) -> Iterator[Report | ReadError | Part]

A reader that holds others within it (an archive) announces each as a Part, so that a part which ends the process
can be named and passed over."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import BinaryIO, Final

from ascribe.errors import ReadError, UsageError
from ascribe.schema import Report

MB: Final = 2**20
NESTED: Final = 3  # archives within archives that are opened


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of a foreign input is read. What goes over is refused by name."""

    report: int = 20 * MB  # bytes of the text of one report: a file of text, a line of JSON Lines
    page: int = 64 * MB  # bytes of one piece of markup: a page, a feed, a file of an agency
    memory: int = 1536 * MB  # bytes of address space of the process that parses
    seconds: int = 12  # of work for one report


@dataclass(frozen=True, slots=True)
class Options:
    """What a person may set. `columns`: {"text": "Body"}, which column of a table gives which field of a report;
    `any_language`: texts that are not English are given too, for programs that want no more than the texts; `fetch`: inputs
    that are addresses of the web are fetched."""

    limits: Limits = Limits()
    columns: Mapping[str, str] = field(default_factory=dict)
    any_language: bool = False
    fetch: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """A part of an archive, about to be read: its number from 1 on, and its name."""

    number: int
    name: str


Found = Report | ReadError | Part
Again = Callable[[str, BinaryIO, int], Iterator[Found]]


@dataclass(frozen=True, slots=True)
class Given:
    """One input to be read: a stream at its beginning, of which `head` is known already."""

    name: str  # as a person named it, or the name within an archive
    stream: BinaryIO
    head: bytes
    options: Options
    again: Again  # reads what is within: name, stream, depth
    depth: int = 0
    skip: int = 0  # parts at the beginning that are passed over

    @property
    def limits(self) -> Limits:
        """How much may be read."""
        return self.options.limits

    def all(self, limit: int | None = None) -> bytes:
        """All bytes, by default up to the limit of a report. Raises ReadError where there are more."""
        most = self.limits.report if limit is None else limit
        data = self.stream.read(most + 1)
        if len(data) > most:
            raise ReadError(f"is larger than {megabytes(most)}; split it, or write its reports as JSON Lines")
        return data

    def markup(self) -> bytes:
        """All bytes up to the limit of a page."""
        return self.all(self.limits.page)

    @contextmanager
    def seekable(self) -> Iterator[BinaryIO]:
        """The same, where the end has to be read first; what cannot be sought is copied to a temporary file."""
        raw = getattr(self.stream, "origin", None)
        if isinstance(raw, io.BufferedReader) and raw.seekable():
            raw.seek(0)
            yield raw
            return
        import tempfile  # and shutil and random with it, which hardly an input needs

        most, copied = 16 * self.limits.page, 0
        with tempfile.TemporaryFile() as copy:
            while piece := self.stream.read(MB):
                copied += len(piece)
                if copied > most:
                    raise ReadError(f"is larger than {megabytes(most)}; name the file itself")
                copy.write(piece)
            copy.seek(0)
            yield copy


def megabytes(size: int) -> str:
    """A limit as a person reads it."""
    return f"{size // MB} MB" if size >= MB and size % MB == 0 else f"{size:,} bytes"


def limits_of(said: str) -> Limits:
    """The limits that "report=40,seconds=60" asks for: sizes in MB, the rest as usual."""
    fields = {"report": MB, "page": MB, "memory": MB, "seconds": 1}
    chosen: dict[str, int] = {}
    for part in filter(None, said.split(",")):
        name, _, value = part.partition("=")
        if name.strip() not in fields or not value.strip().isdecimal() or not 0 < int(value) < 10**6:
            raise UsageError(f"--limits: {part!r} is no limit; say report=MB, page=MB, memory=MB or seconds=N")
        chosen[name.strip()] = int(value) * fields[name.strip()]
    return Limits(**chosen)
