"""ZIP, tar and files compressed by gzip, bzip2 or xz: what is in them is read as if it lay beside them.

Nothing is unpacked to the disk, and each report within is held to its own limit: an honest archive of any size streams
through, and of a bomb no more than the limit is ever unpacked."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import os
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from functools import partial
from typing import BinaryIO, Final, cast

from ascribe.errors import ReadError
from ascribe.gather.reader import Found, Given, Part

_BROKEN: Final = (EOFError, zlib.error, lzma.LZMAError, zipfile.BadZipFile, tarfile.TarError, NotImplementedError, OSError)
_MOST: Final = 1_000_000  # parts
_ENDINGS: Final = (".gz", ".bz2", ".xz")


def read_gzip(given: Given) -> Iterator[Found]:
    """What a file compressed by gzip holds."""
    yield from _unpacked(given, lambda: cast(BinaryIO, gzip.GzipFile(fileobj=given.stream)), "gzip")


def read_bzip2(given: Given) -> Iterator[Found]:
    """What a file compressed by bzip2 holds."""
    yield from _unpacked(given, lambda: cast(BinaryIO, bz2.BZ2File(given.stream)), "bzip2")


def read_xz(given: Given) -> Iterator[Found]:
    """What a file compressed by xz holds."""
    yield from _unpacked(given, lambda: cast(BinaryIO, lzma.LZMAFile(given.stream)), "xz")  # noqa: SIM115


def read_zip(given: Given) -> Iterator[Found]:
    """What the files of a ZIP archive hold, in the order in which they stand there."""
    with given.seekable() as whole:
        try:
            archive = zipfile.ZipFile(whole)
        except _BROKEN as error:
            raise ReadError(f"is a damaged ZIP archive ({_said(error)}); pack it again") from None
        with archive:
            yield from _members(given, archive, whole)


def _members(given: Given, archive: zipfile.ZipFile, whole: BinaryIO) -> Iterator[Found]:
    members = [member for member in archive.infolist() if not member.is_dir()]
    if not members:
        raise ReadError("is an empty ZIP archive; name a file of text")
    if not any(_is_wanted(member.filename) for member in members):
        raise ReadError(
            "is a ZIP archive of nothing but hidden files and a README, which are not read; name them themselves"
        )
    _refuse_overlap(whole, members)
    for number, member in enumerate(members, 1):
        if number <= given.skip:
            continue
        if member.flag_bits & 1:
            yield ReadError("is encrypted; unpack it with its password", member.filename)
        elif _is_wanted(member.filename):
            yield Part(number, member.filename)
            yield from _within(given, member.filename, partial(_open, archive, member))


def _open(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> BinaryIO:
    return cast(BinaryIO, archive.open(member))


def read_tar(given: Given) -> Iterator[Found]:
    """What the files of a tar archive hold. Links and devices are no files."""
    seen = False
    try:
        with tarfile.open(fileobj=given.stream, mode="r|") as archive:
            for number, member in enumerate(archive, 1):
                if number > _MOST:
                    yield ReadError(f"holds more than {_MOST:,} files, and no more are read; split it")
                    return
                wanted = member.isfile() and _is_wanted(member.name)
                seen = seen or wanted
                if wanted and number > given.skip:
                    yield Part(number, member.name)
                    yield from _within(given, member.name, lambda member=member: cast(BinaryIO, archive.extractfile(member)))  # type: ignore[misc]
    except _BROKEN as error:
        seen = True
        yield ReadError(f"is a damaged tar archive ({_said(error)}), and what follows is not read; pack it again")
    if not seen:
        yield ReadError("is a tar archive without files (hidden ones and a README are not read); name them themselves")


def _unpacked(given: Given, opened: Callable[[], BinaryIO], what: str) -> Iterator[Found]:
    """A file that is only compressed holds one thing, whose places are its own."""
    stream = opened()
    name = given.name.removesuffix(os.path.splitext(given.name)[1]) if given.name.endswith(_ENDINGS) else given.name
    try:
        yield from given.again(name, stream, given.depth + 1)
    except _BROKEN as error:
        yield ReadError(f"is damaged {what} ({_said(error)}), and what follows is not read; pack it again")


def _within(given: Given, name: str, opened: Callable[[], BinaryIO]) -> Iterator[Found]:
    """What a part holds; whatever is wrong with it is said with its name."""
    try:
        with opened() as stream:
            for found in given.again(name, io.BufferedReader(cast(io.RawIOBase, stream)), given.depth + 1):
                if isinstance(found, ReadError):
                    yield ReadError(found.reason, _place(name, found.place))
                elif not isinstance(found, Part):
                    yield found
    except ReadError as error:
        yield ReadError(error.reason, _place(name, error.place))
    except _BROKEN as error:
        yield ReadError(f"is damaged ({_said(error)}); pack it again", name)
    except RuntimeError as error:  # zipfile: an unknown password or method
        yield ReadError(f"cannot be unpacked ({_said(error)}); unpack it by other means", name)


def _refuse_overlap(whole: BinaryIO, members: list[zipfile.ZipInfo]) -> None:
    """Members that share their bytes make some kilobytes petabytes. In an honest archive they stand side by side."""
    size = whole.seek(0, io.SEEK_END)
    if len(members) > _MOST:
        raise ReadError(f"holds more than {_MOST:,} files; split it")
    if sum(member.compress_size for member in members) > size or len({m.header_offset for m in members}) < len(members):
        raise ReadError("is a ZIP archive whose files overlap, made to break whoever unpacks it; pack it again")


def _is_wanted(name: str) -> bool:
    """Not the folders and hidden files that systems add, and no README, as in a folder."""
    parts = name.replace("\\", "/").split("/")
    return (
        not any(part.startswith((".", "__MACOSX")) for part in parts if part.strip("."))
        and os.path.splitext(parts[-1])[0] != "README"
    )


def _place(name: str, place: str | None) -> str:
    return f"{name}, {place}" if place else name


def _said(error: Exception) -> str:
    return " ".join(str(error).split())[:120] or type(error).__name__
