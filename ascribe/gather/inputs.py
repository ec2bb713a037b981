"""From what a person names (file, folder, glob, "-") to the files that are meant. Opens nothing."""

from __future__ import annotations

import glob
import os
import re
import stat
from collections.abc import Iterable, Iterator
from typing import Final

from ascribe.schema import Refusal

STANDARD_INPUT: Final = "-"
_BESIDE: Final = ("-wal", "-shm", "-journal")  # what SQLite keeps beside a database while it is open
_ADDRESS: Final = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)


def find(inputs: Iterable[str], *, fetch: bool = False) -> Iterator[str | Refusal]:
    """Paths of files (or "-", or addresses) in the order of the inputs; what is not there or is no file is refused."""
    for name in (inputs,) if isinstance(inputs, str) else inputs:
        yield from _find_one(name, fetch)


def is_address(name: str) -> bool:
    """Whether an input is an address and no file."""
    return bool(_ADDRESS.match(name)) and not os.path.lexists(name)


def _find_one(name: str, fetch: bool) -> Iterator[str | Refusal]:
    if name == STANDARD_INPUT:
        yield name
    elif not name:
        yield Refusal('""', None, "the input has no name; name a file, a folder, a glob or - for standard input")
    elif "\0" in name:
        yield Refusal(name.replace("\0", "\ufffd"), None, "the name holds a NUL character; correct the name")
    elif os.path.lexists(name):
        yield from _look_at(name)
    elif _ADDRESS.match(name) and fetch:
        yield name
    elif _ADDRESS.match(name):
        yield Refusal(name, None, "is an address, and nothing is fetched without --fetch; save the page and name the file")
    elif glob.has_magic(name):
        yield from _match(name)
    else:
        yield Refusal(name, None, "there is no such file or folder; check the name")


def _match(pattern: str) -> Iterator[str | Refusal]:
    """What a glob means, each file once: `**` names folders and the files in them alike."""
    seen: set[str] = set()
    for path in sorted(glob.iglob(pattern, recursive=True)):
        for found in () if _is_beside(path) else _look_at(path):
            key = os.path.normpath(found if isinstance(found, str) else found.input)
            if key not in seen:
                seen.add(key)
                yield found
    if not seen:
        yield Refusal(pattern, None, "no file matches; check the pattern")


def _look_at(path: str) -> Iterator[str | Refusal]:
    try:
        mode = os.stat(path).st_mode
    except OSError as error:
        yield Refusal(path, None, because(error))
        return
    if stat.S_ISREG(mode):
        yield path
    elif stat.S_ISDIR(mode):
        yield from _walk(path)
    else:
        yield Refusal(path, None, f"is a {_kind(mode)}, not a file; pass its content on standard input (-)")


def _walk(folder: str) -> Iterator[str | Refusal]:
    """The files below a folder in the order of their names. Links are followed, but no folder is entered twice."""
    empty = True
    entered: set[tuple[int, int]] = set()
    waiting = [folder]
    while waiting:
        path = waiting.pop()
        if path == folder or os.path.isdir(path):
            try:
                here = os.stat(path)
                names = sorted(name for name in os.listdir(path) if _is_wanted(name))
            except OSError as error:
                empty = False
                yield Refusal(path, None, because(error))
                continue
            if (here.st_dev, here.st_ino) not in entered:
                entered.add((here.st_dev, here.st_ino))
                waiting.extend(os.path.join(path, name) for name in reversed(names))
        elif not _is_beside(path):
            empty = False
            yield from _look_at(path)
    if empty:
        yield Refusal(folder, None, "the folder holds no files (hidden ones are not read); name another")


def _is_wanted(name: str) -> bool:
    # A README speaks of the folder; it is no report. Named by itself it is read.
    return not name.startswith(".") and os.path.splitext(name)[0] != "README"


def _is_beside(path: str) -> bool:
    """A part of a database (a dossier may lie in the folder that is read). Named by itself it is read."""
    return any(path.endswith(ending) and os.path.isfile(path.removesuffix(ending)) for ending in _BESIDE)


def _kind(mode: int) -> str:
    if stat.S_ISFIFO(mode):
        return "pipe"
    return "socket" if stat.S_ISSOCK(mode) else "device"


def because(error: OSError) -> str:
    """What the operating system says, as a reason with a remedy."""
    if isinstance(error, FileNotFoundError):
        return "there is no such file or folder; check the name"
    if isinstance(error, PermissionError):
        return "may not be read; grant the right to read it"
    said = (error.strerror or type(error).__name__).lower()
    return f"cannot be opened or read ({said}); check the name and the disk"
