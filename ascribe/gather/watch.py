"""Feeds that are asked again and again, politely: only for what changed (ETag, Last-Modified), rarer where they fail.

    watch = Watch.of("feeds.opml", "islands.dossier.watch")
    for found in watch.poll(time.time()):   # reports that were not seen before, and refusals
        ...
    watch.keep()                            # once they are safe: what was seen, for the next time

What is kept is a file of JSON beside the dossier. Without it feeds are read anew; the dossier knows its reports by their
ids, and so none is stored twice."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, replace
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Final

from ascribe.errors import AscribeError, ReadError
from ascribe.gather.fetch import Fetched, fetch, read_answer
from ascribe.gather.markup import local, parse_xml
from ascribe.gather.reader import Options
from ascribe.schema import Refusal, Report, digest

EVERY: Final = 900  # seconds between two questions to a feed
_RAREST: Final = 86_400
_SEEN: Final = 2_000  # entries of a feed that are remembered; feeds show the last hundred or fewer
_ADDRESSES: Final = ("http://", "https://")


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed, what it said of itself when it was last asked, and the entries that are known."""

    url: str
    etag: str | None = None
    modified: str | None = None
    failures: int = 0
    due: float = 0.0  # seconds since 1970
    gone: bool = False
    seen: tuple[str, ...] = ()


@dataclass(slots=True)
class Watch:
    """The feeds of a list and where their state is kept."""

    path: str
    feeds: list[Feed]
    every: float = EVERY
    options: Options = field(default_factory=Options)

    @classmethod
    def of(cls, listed: str, path: str, *, every: float = EVERY) -> Watch:
        """The feeds of an OPML file, or of a text with one address a line, with what is kept of them under `path`."""
        known = _kept(path)
        return cls(path, [known.get(url, Feed(url)) for url in read_list(listed)], every)

    def poll(self, now: float) -> Iterator[Report | Refusal]:
        """What is new in the feeds that are due."""
        for place, feed in enumerate(self.feeds):
            if feed.due <= now and not feed.gone:
                yield from self._ask(place, feed, now)

    def rest(self, now: float) -> float:
        """Seconds until a feed is due."""
        return max(0.0, min((feed.due for feed in self.feeds if not feed.gone), default=now + _RAREST) - now)

    def keep(self) -> None:
        """Write down what was seen: whole or not at all."""
        unfinished = f"{self.path}.unfinished"
        try:
            with open(unfinished, "w", encoding="utf-8") as out:
                json.dump([asdict(feed) for feed in self.feeds], out, indent=1)
                out.flush()
                os.fsync(out.fileno())
            os.replace(unfinished, self.path)
        except OSError as error:
            raise AscribeError(
                f"{self.path}: cannot be written ({error.strerror}); free the disk or grant the right"
            ) from error

    def _ask(self, place: int, feed: Feed, now: float) -> Iterator[Report | Refusal]:
        try:
            answer = fetch(feed.url, _conditions(feed))
        except ReadError as error:
            self.feeds[place] = self._failed(feed, now, None)
            yield Refusal(feed.url, error.place, error.reason)
            return
        if answer.status not in (200, 304):
            self.feeds[place] = replace(self._failed(feed, now, _retry_after(answer, now)), gone=answer.status == 410)
            yield Refusal(
                feed.url,
                None,
                "is gone; take it off the list"
                if answer.status == 410
                else f"answers {answer.status}; it is asked again later",
            )
            return
        feed = replace(feed, failures=0, due=now + self.every)
        if answer.status == 200:
            known = dict.fromkeys(feed.seen)
            for found in read_answer(feed.url, answer, self.options):
                key = _key(found)
                if key not in known:
                    known[key] = None
                    yield found
            feed = replace(
                feed,
                etag=answer.headers.get("etag"),
                modified=answer.headers.get("last-modified"),
                seen=tuple(known)[-_SEEN:],
            )
        self.feeds[place] = feed

    def _failed(self, feed: Feed, now: float, late: float | None) -> Feed:
        """Twice as long with each failure, or as long as the feed asks for, up to a day."""
        wait = max(self.every * 2 ** min(feed.failures + 1, 20), late or 0.0)
        return replace(feed, failures=feed.failures + 1, due=now + min(wait, _RAREST))


def read_list(listed: str) -> list[str]:
    """The addresses of the feeds in an OPML file, or of a text with one a line. Raises ReadError."""
    try:
        data = Path(listed).read_bytes()
    except OSError as error:
        raise AscribeError(f"{listed}: cannot be read ({(error.strerror or 'unknown').lower()}); check the name") from error
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        try:
            root = parse_xml(data, listed)
        except ReadError as error:
            raise AscribeError(f"{listed}: {error.place}: {error.reason}") from error
        outlines = [node.attrib for node in root.iter() if local(node) == "outline"]
        found = [value for outline in outlines for name, value in outline.items() if name.lower() == "xmlurl"]
    else:
        lines = (line.split("#")[0].strip() for line in data.decode("utf-8", "replace").splitlines())
        found = [line for line in lines if line]
    if wrong := next((url for url in found if not url.strip().lower().startswith(_ADDRESSES)), None):
        raise AscribeError(f"{listed}: {wrong[:100]!r} is no address of a feed; give http:// or https://")
    if not found:
        raise AscribeError(f"{listed}: names no feed; give an OPML file, or one address a line")
    return list(dict.fromkeys(url.strip() for url in found))


def _kept(path: str) -> dict[str, Feed]:
    try:
        said = json.loads(Path(path).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise AscribeError(
            f"{path}: cannot be read ({type(error).__name__}); take it away, and the feeds are read anew"
        ) from error
    return {entry["url"]: Feed(**{**entry, "seen": tuple(entry["seen"])}) for entry in said}


def _conditions(feed: Feed) -> dict[str, str]:
    pairs = (("If-None-Match", feed.etag), ("If-Modified-Since", feed.modified))
    return {name: value for name, value in pairs if value}


def _key(found: Report | Refusal) -> str:
    """What makes an entry the same: its address, title and date, or its text where it has no address."""
    if isinstance(found, Refusal):
        return digest(found.reason)
    return digest(found.url, found.headline, found.published, None if found.url else found.text)


def _retry_after(answer: Fetched, now: float) -> float | None:
    said = answer.headers.get("retry-after", "")
    if said.isdecimal():
        return float(said[:6])
    try:
        return max(0.0, parsedate_to_datetime(said).timestamp() - now) if said else None
    except (ValueError, TypeError):
        return None


def pause(seconds: float) -> None:
    """Wait, in steps short enough to be interrupted."""
    until = time.monotonic() + seconds
    while (left := until - time.monotonic()) > 0:
        time.sleep(min(left, 1.0))
