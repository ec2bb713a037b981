"""Read on this machine: in this process, or in several of them. Order and results do not depend on how many."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import chain, islice
from multiprocessing.process import BaseProcess
from typing import Final

from ascribe.errors import AscribeError
from ascribe.schema import Record, Refusal, Report

_FEW: Final = 24  # so many reports are read before a second process would have loaded its weights
_CHUNK: Final = 4  # reports handed to a process at once
_AHEAD: Final = 3  # chunks that wait for each process; bounds memory on endless input


def read(inputs: Iterable[Report | Refusal], *, jobs: int | None = None, debug: bool = False) -> Iterator[Record | Refusal]:
    """A record for each report, in the order of `inputs`; what was refused passes through in its place.

    `jobs` None: this process for a few reports, one process for each core for more. A report that breaks a stage becomes
    a Refusal; with `debug` the exception is raised instead."""
    left = iter(inputs)
    if jobs is None:
        few = list(islice(left, _FEW))
        yield from _read_here(few, debug)
        following = next(left, None)
        if following is None:
            return
        left, jobs = chain([following], left), _cores()
    yield from _read_here(left, debug) if jobs == 1 else _read_there(left, jobs, debug)


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _read_here(inputs: Iterable[Report | Refusal], debug: bool) -> Iterator[Record | Refusal]:
    return (_attempt(item, debug) for item in inputs)


def _read_there(inputs: Iterator[Report | Refusal], jobs: int, debug: bool) -> Iterator[Record | Refusal]:
    # "spawn": a fork would copy the threads of the numeric libraries half-way.
    context = multiprocessing.get_context("spawn")
    waiting: deque[Future[list[Record | Refusal]]] = deque()
    with ProcessPoolExecutor(jobs, mp_context=context, initializer=_serve) as pool:
        try:
            while chunk := list(islice(inputs, _CHUNK)):
                waiting.append(pool.submit(_read_chunk, chunk, debug))
                if len(waiting) >= jobs * _AHEAD:
                    yield from waiting.popleft().result()
            while waiting:
                yield from waiting.popleft().result()
        except BrokenProcessPool as error:
            raise AscribeError("a reading process was ended from outside; run again, perhaps with --jobs 1") from error
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _read_chunk(chunk: list[Report | Refusal], debug: bool) -> list[Record | Refusal]:
    return list(_read_here(chunk, debug))


def _serve() -> None:
    """Ctrl-C is the parent's to answer; and a parent that was killed cannot stop its processes, so each watches it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent:
        threading.Thread(target=_end_after, args=(parent,), daemon=True).start()


def _end_after(parent: BaseProcess) -> None:
    parent.join()
    os._exit(1)


def _attempt(item: Report | Refusal, debug: bool) -> Record | Refusal:
    """One bad report must not end a run of ten thousand: whatever a stage raises becomes a refusal that names it."""
    if isinstance(item, Refusal):
        return item
    from ascribe import pipeline  # loads the stages and their tables, which `ask` and --help do not need

    try:
        return next(pipeline.read([item]))
    except Exception as error:
        if debug:
            raise
        said = " ".join(str(error).split()) or "no message"
        return Refusal(item.url or item.id, None, f"reading failed ({type(error).__name__}: {said}); run with --debug")
