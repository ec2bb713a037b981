"""The process in which foreign bytes are parsed. It can be killed: then one input is refused and the run goes on.

    parent                                  worker
    Worker.read(path) ── request ──▶        opens, recognises, reads under limits of memory and work
                      ◀── found ──          one message for each report, error and part

Messages are JSON with their length before them, never pickle: what a broken parser sends must not run here.
A worker lives on between inputs, so that its libraries are loaded once. Standard input is its standard input."""

from __future__ import annotations

import atexit
import contextlib
import io
import json
import logging
import os
import selectors
import signal
import struct
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import asdict
from typing import IO, Any, Final

from ascribe.errors import ReadError
from ascribe.gather.formats import read_stream
from ascribe.gather.inputs import STANDARD_INPUT, because
from ascribe.gather.reader import Limits, Options, Part, megabytes
from ascribe.schema import Report

LOG: Final = logging.getLogger("ascribe.gather")

_LENGTH: Final = struct.Struct(">I")
_WALL: Final = 10  # times the seconds of work: a machine may have other things to do
_FULL: Final = 400 * 2**20  # bytes: a worker that once needed so much is replaced, for it gives little back
_START: Final = "import sys; sys.path[:] = {path!r}; from ascribe.gather.worker import serve; serve({channel})"

Item = Report | ReadError


def read(path: str, name: str, options: Options) -> Iterator[Item]:
    """What a file holds, or standard input ("-"), parsed apart from this process. Raises nothing for what it reads.

    A standard input that is no file of the system (a program put its own there) is read here, and so is everything on
    systems whose processes cannot be limited; the sizes are limited there too."""
    if path == STANDARD_INPUT and not _is_real_stdin():
        yield from _items(_read_here(name, _own_stdin, options))
    elif os.name != "posix":
        yield from _items(_read_here(name, lambda: _open(path), options))
    else:
        yield from _read_apart(path, name, options)


def _read_apart(path: str, name: str, options: Options) -> Iterator[Item]:
    skip = 0
    while True:
        worker = _take()
        part: Part | None = None
        try:
            for found in worker.read(path, name, options, skip):
                if isinstance(found, Part):
                    part = found
                else:
                    yield found
        except _EndedError as ended:
            yield ReadError(ended.reason, part.name if part else None)
            if part is None:
                return
            skip = part.number  # the parts after the one that broke it
            continue
        except ReadError as error:
            yield error
        finally:
            worker.rest()
        return


def _items(found: Iterator[Item | Part]) -> Iterator[Item]:
    return (item for item in found if not isinstance(item, Part))


def _read_here(
    name: str, opened: Callable[[], AbstractContextManager[IO[bytes]]], options: Options, skip: int = 0
) -> Iterator[Item | Part]:
    """What a stream holds, parsed in this process; whatever goes wrong on the way is an error."""
    try:
        with opened() as stream:
            yield from read_stream(name, stream, options, skip=skip)  # type: ignore[arg-type]
    except ReadError as error:
        yield error
    except OSError as error:
        yield ReadError(because(error))
    except MemoryError:
        yield ReadError(f"needs more than {megabytes(options.limits.memory)} of memory; split it or raise the limit")
    except Exception as error:  # a fault of a reader must not end a run of ten thousand
        said = " ".join(str(error).split())[:200]
        yield ReadError(f"cannot be read ({type(error).__name__}: {said}); save its text")


def _is_real_stdin() -> bool:
    try:
        return sys.stdin.fileno() == 0
    except (AttributeError, OSError, ValueError):
        return False


@contextlib.contextmanager
def _own_stdin() -> Iterator[IO[bytes]]:
    if sys.stdin is None:
        raise ReadError("there is no standard input; name a file")
    yield getattr(sys.stdin, "buffer", None) or io.BytesIO(sys.stdin.read().encode("utf-8", "surrogatepass"))


def _take() -> Worker:
    """A worker that waits, if it still lives and is a child of this process; else a new one."""
    while _idle:
        worker = _idle.pop()
        if worker.waits():
            return worker
        worker.end()
    return Worker()


class _EndedError(Exception):
    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Worker:
    """One process that parses, seen from outside."""

    def __init__(self) -> None:
        theirs, ours = os.pipe()
        command = _START.format(path=sys.path, channel=theirs)
        self._process = subprocess.Popen(
            [sys.executable, "-c", command], stdin=None, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            pass_fds=(theirs,), env={**os.environ, **_QUIET},
        )  # fmt: skip
        os.close(theirs)
        self._requests = open(ours, "wb", buffering=0)  # noqa: SIM115 - closed in `end`
        self._busy = self._full = False
        self._parent = os.getpid()

    def waits(self) -> bool:
        """Whether it can take a request."""
        return self._parent == os.getpid() and self._process.poll() is None

    def read(self, path: str, name: str, options: Options, skip: int) -> Iterator[Item | Part]:
        """The items of one input. Raises _EndedError where the process ended instead of answering."""
        self._busy = True
        place = path if path == STANDARD_INPUT else os.path.abspath(path)  # its own folder may be another one by now
        asked = {
            "path": place,
            "name": name,
            "skip": skip,
            "limits": asdict(options.limits),
            "columns": {**options.columns},
            "any_language": options.any_language,
        }
        with contextlib.suppress(BrokenPipeError):  # then it has ended, as the answer will tell
            _send(self._requests, asked)
        wait = None if path == STANDARD_INPUT else float(options.limits.seconds * _WALL)
        while (message := self._receive(wait, options.limits)).get("kind") != "end":
            if message["kind"] == "log":
                LOG.warning("%s", message["said"])
            else:
                yield _from_message(message)
        self._busy, self._full = False, bool(message.get("full"))
        _used[0] = (message["work"], message["peak"])

    def rest(self) -> None:
        """After an input: kept for the next, unless it is in the middle of something or has grown."""
        if self._busy or self._full or len(_idle) > 1:
            self.end()
        else:
            _idle.append(self)

    def end(self) -> None:
        """Kill it, if it still lives, and wait until it is gone."""
        self._requests.close()
        self._process.kill()
        self._process.wait()
        if self._process.stdout:
            self._process.stdout.close()

    def _receive(self, wait: float | None, limits: Limits) -> dict[str, Any]:
        until = None if wait is None else time.monotonic() + wait
        size = self._bytes(_LENGTH.size, until, limits)
        message: dict[str, Any] = json.loads(self._bytes(_LENGTH.unpack(size)[0], until, limits))
        return message

    def _bytes(self, count: int, until: float | None, limits: Limits) -> bytes:
        out = self._process.stdout
        assert out is not None
        got = bytearray()
        with selectors.DefaultSelector() as ready:
            ready.register(out, selectors.EVENT_READ)
            while len(got) < count:
                if not ready.select(None if until is None else max(0.0, until - time.monotonic())):
                    self._process.kill()
                    raise _EndedError(f"was not read within {limits.seconds * _WALL} seconds; split it or raise the limit")
                piece = os.read(out.fileno(), min(count - len(got), 2**20))
                if not piece:
                    raise _EndedError(self._epitaph(limits))
                got += piece
        return bytes(got)

    def _epitaph(self, limits: Limits) -> str:
        code = self._process.wait()
        if code in (-signal.SIGXCPU, _OUT_OF_TIME):
            return f"takes more than {limits.seconds} seconds of work; split it or raise the limit"
        what = f"signal {-code}" if code < 0 else f"code {code}"
        return f"ended the process that parses ({what}); it is damaged or made to do so"


_QUIET: Final = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "ARROW_DEFAULT_MEMORY_POOL": "system"}
_OUT_OF_TIME: Final = 92
_idle: Final[list[Worker]] = []
_used: Final[list[tuple[float, int]]] = [(0.0, 0)]


@atexit.register
def end_all() -> None:
    """End the workers that wait; the next input starts a new one."""
    while _idle:
        _idle.pop().end()


def used() -> tuple[float, int]:
    """Seconds of work and peak of memory (bytes) of the worker that answered last, as it said with its last answer."""
    return _used[0]


# ---- inside the worker ----


def serve(channel: int) -> None:
    """Answer requests until there are no more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to answer
    replies = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # whatever a library prints must not stand among the messages
    LOG.addHandler(_Telling(replies))
    LOG.propagate = False
    requests = open(channel, "rb")  # noqa: SIM115 - until the end of the process
    while length := requests.read(_LENGTH.size):
        _answer(json.loads(requests.read(_LENGTH.unpack(length)[0])), replies)


def _answer(asked: dict[str, Any], replies: IO[bytes]) -> None:
    path: str = asked["path"]
    options = Options(Limits(**asked["limits"]), asked["columns"], asked["any_language"])
    broken = False
    _limit_memory(options.limits.memory)
    _limit_work(options.limits.seconds)
    with contextlib.suppress(BrokenPipeError):
        for found in _read_here(asked["name"], lambda: _open(path), options, asked["skip"]):
            broken = broken or (isinstance(found, ReadError) and found.reason.startswith("needs more"))
            _send(replies, _as_message(found))
            _limit_work(options.limits.seconds)
        _send(replies, {"kind": "end", "full": broken or _peak() > _FULL, "work": time.process_time(), "peak": _peak()})


def _open(path: str) -> IO[bytes]:
    return open(0, "rb", closefd=False) if path == STANDARD_INPUT else open(path, "rb")


class _Telling(logging.Handler):
    """Warnings go to the parent, which tells them as its own."""

    def __init__(self, replies: IO[bytes]) -> None:
        super().__init__()
        self._replies = replies

    def emit(self, record: logging.LogRecord) -> None:
        _send(self._replies, {"kind": "log", "said": record.getMessage()})


def _limit_memory(most: int) -> None:
    with contextlib.suppress(ImportError, ValueError, OSError):  # not on every system
        import resource

        hard = resource.getrlimit(resource.RLIMIT_AS)[1]
        resource.setrlimit(resource.RLIMIT_AS, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _limit_work(seconds: int) -> None:
    """From now on so many seconds of the processor, however long the machine takes to give them."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
        soft = int(time.process_time()) + 1 + seconds
        resource.setrlimit(resource.RLIMIT_CPU, (soft if hard == resource.RLIM_INFINITY else min(soft, hard), hard))


def _peak() -> int:
    """Bytes that this process has held at most. Linux hands ru_maxrss on from the parent, however large that is, and so its
    own count is asked first."""
    with contextlib.suppress(OSError, ValueError, StopIteration), open("/proc/self/status", encoding="ascii") as status:
        return int(next(line for line in status if line.startswith("VmHWM:")).split()[1]) * 1024
    with contextlib.suppress(ImportError):
        import resource

        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    return 0


# ---- messages ----


def _send(out: IO[bytes], message: dict[str, Any]) -> None:
    said = json.dumps(message, ensure_ascii=False).encode("utf-8", "surrogatepass")
    out.write(_LENGTH.pack(len(said)) + said)
    out.flush()


def _as_message(found: Item | Part) -> dict[str, Any]:
    if isinstance(found, Report):
        return {"kind": "report", "fields": asdict(found)}
    if isinstance(found, Part):
        return {"kind": "part", "number": found.number, "name": found.name}
    return {"kind": "error", "reason": found.reason, "place": found.place}


def _from_message(message: dict[str, Any]) -> Item | Part:
    if message["kind"] == "report":
        return Report(**message["fields"])
    if message["kind"] == "part":
        return Part(int(message["number"]), str(message["name"]))
    return ReadError(message["reason"], message["place"])
