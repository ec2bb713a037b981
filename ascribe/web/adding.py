"""Reports that a reader pastes or uploads: read in the background, one heap after the other, each with what became of it.

What comes in is written to files that we name ourselves, in a folder that goes when it is read; the name that a browser gave
is only ever shown.
"""

from __future__ import annotations

import json
import secrets
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Lock
from typing import Final

from ascribe import pipeline
from ascribe.errors import AscribeError
from ascribe.gather import gather
from ascribe.schema import Record, Refusal, Report
from ascribe.store import Dossier
from ascribe.view.terminal import safe

FILES: Final = 50  # in one upload
_KEPT: Final = 50  # jobs that are remembered
_BATCH: Final = 10
_NAME: Final = 120  # characters of a file's name that are shown


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as a browser sent it."""

    name: str
    content: bytes


@dataclass(slots=True)
class Job:
    """One heap of reports on its way in. `seen` counts reports and refusals."""

    id: str
    state: str = "waiting"  # waiting, reading, done, failed
    seen: int = 0
    stored: list[tuple[str, str]] = field(default_factory=list)  # id and headline
    there: list[tuple[str, str]] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    failure: str | None = None

    @property
    def is_over(self) -> bool:
        """Whether nothing more will become of it."""
        return self.state in ("done", "failed")


class Jobs:
    """Takes uploads and reads them into a dossier. The only thread that writes."""

    def __init__(self, dossier: Dossier) -> None:
        self._dossier = dossier
        self._jobs: dict[str, Job] = {}
        self._lock = Lock()
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="ascribe-reading")

    def start(self, uploads: Sequence[Upload]) -> Job | None:
        """Begin to read `uploads`. None: too many heaps wait already."""
        job = Job(secrets.token_urlsafe(9))
        with self._lock:
            if sum(not other.is_over for other in self._jobs.values()) >= _KEPT // 5:
                return None
            for old in [id for id, other in self._jobs.items() if other.is_over][: max(0, len(self._jobs) - _KEPT)]:
                del self._jobs[old]
            self._jobs[job.id] = job
        self._worker.submit(self._read, job, tuple(uploads))
        return job

    def get(self, id: str) -> Job | None:
        """A job that was started not long ago."""
        return self._jobs.get(id)

    def close(self) -> None:
        """Finish what is being read; what waits is not begun."""
        self._worker.shutdown(wait=True, cancel_futures=True)

    def _read(self, job: Job, uploads: Sequence[Upload]) -> None:
        job.state = "reading"
        try:
            for batch in _batches(_read_all(uploads)):
                self._keep(job, batch)
            job.state = "done"
        except (AscribeError, OSError) as error:
            job.failure, job.state = str(error), "failed"
        except Exception as error:  # the page must say so; the thread has nobody else to tell
            job.failure, job.state = f"failed inside ({type(error).__name__}); see the terminal", "failed"
            raise

    def _keep(self, job: Job, batch: Sequence[Record | Refusal]) -> None:
        records = [each for each in batch if isinstance(each, Record)]
        refused = [each for each in batch if isinstance(each, Refusal)]
        for record, outcome in zip(records, self._dossier.add(records) if records else [], strict=True):
            if isinstance(outcome, Refusal):
                refused.append(outcome)
            else:
                line = (record.report.id, record.report.headline or record.report.id)
                (job.stored if outcome else job.there).append(line)
        self._dossier.refuse(*refused)
        job.refused += refused
        job.seen += len(batch)


def pasted(text: str, *, headline: str = "", publisher: str = "", published: str = "") -> Upload:
    """A report that somebody typed or pasted; what is known of it beside the text is kept with it."""
    known = {"title": headline, "publisher": publisher, "published": published}
    given = {name: value.strip() for name, value in known.items() if value.strip()}
    body = text.replace("\r\n", "\n").replace("\r", "\n")
    if not given:
        return Upload("pasted text", body.encode())
    return Upload("pasted text", json.dumps({"text": body} | given).encode())


def _read_all(uploads: Sequence[Upload]) -> Iterator[Record | Refusal]:
    with tempfile.TemporaryDirectory(prefix="ascribe-") as folder:
        for number, upload in enumerate(uploads):
            path = Path(folder) / f"{number}"
            path.write_bytes(upload.content)
            yield from (_attempt(_named(item, upload.name)) for item in gather([str(path)]))
            path.unlink()


def _named(item: Report | Refusal, name: str) -> Report | Refusal:
    """A refusal names the file as the reader knows it."""
    return replace(item, input=safe(name)[:_NAME] or "file without a name") if isinstance(item, Refusal) else item


def _attempt(item: Report | Refusal) -> Record | Refusal:
    """A report that breaks a stage is refused and named; the others are read."""
    if isinstance(item, Refusal):
        return item
    try:
        return next(pipeline.read([item]))
    except Exception as error:
        said = " ".join(str(error).split()) or "no message"
        return Refusal(item.id, None, f"reading failed ({type(error).__name__}: {said[:200]}); report it")


def _batches(results: Iterator[Record | Refusal]) -> Iterator[list[Record | Refusal]]:
    batch: list[Record | Refusal] = []
    for result in results:
        batch.append(result)
        if len(batch) >= _BATCH:
            yield batch
            batch = []
    if batch:
        yield batch
