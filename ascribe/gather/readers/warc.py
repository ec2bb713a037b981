"""WARC, archives of the web: the pages among their responses. Requests, metadata, pictures and errors hold no report."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from warcio.archiveiterator import ArchiveIterator

from ascribe.errors import ReadError
from ascribe.gather.reader import Found, Given, Part, megabytes
from ascribe.schema import Report

_PAGES: Final = ("text/html", "application/xhtml+xml", "application/xhtml")
_READ: Final = (
    *_PAGES,
    "text/plain",
    "application/rss+xml",
    "application/atom+xml",
    "application/feed+json",
    "message/rfc822",
    "application/newsml+xml",
    "application/nitf+xml",
    "application/vnd.iptc.g2.newsitem+xml",
)


def read(given: Given) -> Iterator[Found]:
    """The reports of the pages of an archive."""
    seen = 0
    number = 0
    try:
        for number, record in enumerate(ArchiveIterator(given.stream, arc2warc=False), 1):
            if record.rec_type != "response" or not _is_wanted(record):
                continue
            seen += 1
            if number <= given.skip:
                continue
            url = record.rec_headers.get_header("WARC-Target-URI") or f"record {number}"
            yield Part(number, url)
            yield from _page(given, record, url)
    except MemoryError:
        raise
    except Exception as error:  # warcio raises what it meets: AttributeError, zlib.error, ArchiveLoadFailed …
        said = type(error).__name__
        yield ReadError(
            f"is a damaged WARC archive ({said}), and what follows is not read; fetch it again", f"record {number + 1}"
        )
        return
    if not seen:
        yield ReadError("is a WARC archive without pages; name one that has responses with HTML")


def _page(given: Given, record: object, url: str) -> Iterator[Found]:
    """The report of one response, with the address from which it came."""
    most = given.limits.page
    try:
        data = record.content_stream().read(most + 1)  # type: ignore[attr-defined]
    except Exception as error:  # a broken encoding of one record
        yield ReadError(f"cannot be unpacked ({type(error).__name__}); fetch it again", url)
        return
    record.raw_stream.read()  # type: ignore[attr-defined]
    if record.raw_stream.limit > 0:  # type: ignore[attr-defined]
        yield ReadError("is cut off; fetch it again", url)
        return
    if len(data) > most:
        yield ReadError(f"is larger than {megabytes(most)}; raise the limit", url)
        return
    try:
        for found in given.again(url, io.BytesIO(data), given.depth + 1):
            if isinstance(found, ReadError):
                yield ReadError(found.reason, f"{url}, {found.place}" if found.place else url)
            elif isinstance(found, Report):
                yield _with_address(found, url)
    except ReadError as error:
        yield ReadError(error.reason, f"{url}, {error.place}" if error.place else url)


def _with_address(report: Report, url: str) -> Report:
    if report.url:
        return report
    placed = replace(report, url=url)
    return replace(placed, id=placed.content) if report.content == report.id else placed


def _is_wanted(record: object) -> bool:
    headers = record.http_headers  # type: ignore[attr-defined]
    if headers is None:
        return False
    kind = (headers.get_header("Content-Type") or "text/html").split(";")[0].strip().lower()
    return kind in _READ and (headers.get_statuscode() or "200").startswith("2")
