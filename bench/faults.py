"""Kill it, take its disk away, let it race: `python -m bench.faults [--kills N] [--calls N] [--races N]`.

A writer (tests/store/writer.py) stores reports as `read` does and says which are safe. It is killed at random moments,
killed at each of its first write system calls, given errors at them, run on a file system that is too small, and raced
with itself. After each: the dossier opens and is whole, nothing that was said to be stored is lost, a batch is there
whole or not at all, and the next run ends in exactly what an undisturbed run gives. Needs strace for all but the kills
and races, and the right to mount for the small file system; what cannot be run is said.
"""

from __future__ import annotations

import argparse
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from ascribe.store import open_dossier
from ascribe.store.checking import check_dossier

WRITER = Path(__file__).parents[1] / "tests" / "store" / "writer.py"
COUNT, BATCH = 40, 5
CALLS = "pwrite64,write,fsync,fdatasync,ftruncate,openat,unlink"
WRITES = "pwrite64"
_STORED = re.compile(r"^stored (report-\d{4})$", re.MULTILINE)


def writer(path: Path, *before: str) -> list[str]:
    return [*before, sys.executable, str(WRITER), str(path), str(COUNT)]


def run(path: Path, *before: str, limit: float = 120) -> tuple[int, str, str]:
    done = subprocess.run(writer(path, *before), capture_output=True, text=True, timeout=limit)
    return done.returncode, done.stdout, done.stderr


def held(path: Path) -> list[object]:
    with open_dossier(str(path)) as dossier:
        return list(dossier.records())


def faults(path: Path, said: str, expected: list[object], *, whole: bool = True) -> Iterator[str]:
    """What is wrong after a disturbed run that said `said`; then run again and compare."""
    if path.exists():
        there = [record.report.id for record in held(path)]  # type: ignore[attr-defined]
        if lost := set(_STORED.findall(said)) - set(there):
            yield f"lost {sorted(lost)}"
        if len(there) % BATCH:
            yield f"a batch is there by half ({len(there)} reports)"
        if whole:
            yield from check_dossier(str(path))
    elif _STORED.search(said):
        yield "said stored, and there is no file"
    code, again, error = run(path)
    if code:
        yield f"the next run failed: {error.strip()}"
    if twice := set(_STORED.findall(said)) & set(_STORED.findall(again)):
        yield f"stored twice {sorted(twice)}"
    if held(path) != expected:
        yield "the end is not that of an undisturbed run"


def fresh(folder: Path) -> Path:
    path = folder / "d.dossier"
    for each in folder.glob("d.dossier*"):
        each.unlink()
    return path


def kills(folder: Path, expected: list[object], count: int) -> Iterator[str]:
    """kill -9 at random moments, three in a chain on one dossier."""
    chance, took = random.Random(1), _duration(fresh(folder))
    for _ in range(0, count, 3):
        path, said = fresh(folder), ""
        for _ in range(3):
            with subprocess.Popen(writer(path), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as started:
                time.sleep(chance.uniform(0.4, 1.0) * took)
                started.kill()
                assert started.stdout
                said += started.stdout.read()
        yield from faults(path, said, expected, whole=False)


def _duration(path: Path) -> float:
    began = time.monotonic()
    run(path)
    return time.monotonic() - began


def at_calls(folder: Path, expected: list[object], count: int, fault: str) -> Iterator[str]:
    """A fault at each of the first `count` writes to the dossier: `signal=KILL`, `error=ENOSPC`, `error=EIO`."""
    for number in range(1, count + 1):
        path = fresh(folder)
        inject = ("strace", "-f", "-qq", "-o", "/dev/null", "-e", f"trace={WRITES}")
        code, said, error = run(path, *inject, "-e", f"inject={WRITES}:{fault}:when={number}")
        if fault.startswith("error") and code and error.count("\n") != 1:
            yield f"{fault} at {number}: {error.count(chr(10))} lines of error"
        found = list(faults(path, said, expected, whole=number % 20 == 0))
        yield from (f"{fault} at {number}: {each}" for each in found)
        if code == 0 and not fault.endswith("KILL") and number > 2 * COUNT:
            return


def small_disk(folder: Path, expected: list[object]) -> Iterator[str]:
    """A file system of 200 to 600 kB; then the room is given."""
    for size in (150, 250, 400, 600):
        mounted = folder / "small"
        mounted.mkdir(exist_ok=True)
        made = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}k", "tmpfs", str(mounted)], capture_output=True)
        if made.returncode:
            yield "not run: mounting is not allowed here"
            return
        try:
            code, said, error = run(mounted / "d.dossier")
            if code and error.count("\n") != 1:
                yield f"{size} kB: {error.count(chr(10))} lines of error"
            subprocess.run(["mount", "-o", "remount,size=64m", str(mounted)], check=True)
            yield from (f"{size} kB: {each}" for each in faults(mounted / "d.dossier", said, expected))
        finally:
            subprocess.run(["umount", str(mounted)], check=True)


def races(folder: Path, expected: list[object], count: int) -> Iterator[str]:
    """Two writers of the same reports at once: each report is acknowledged once; who waits is told within five seconds."""
    for _ in range(count):
        path = fresh(folder)
        options = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
        both = [subprocess.Popen(writer(path), **options) for _ in range(2)]  # type: ignore[call-overload]
        outs = [each.communicate(timeout=120) for each in both]
        told = [id for out, _ in outs for id in _STORED.findall(out)]
        if len(told) != len(set(told)):
            yield "a report was acknowledged twice"
        for each, (_, error) in zip(both, outs, strict=True):
            if each.returncode and "busy" not in error:
                yield f"a writer failed: {error.strip()}"
        yield from faults(path, "\n".join(out for out, _ in outs), expected, whole=False)


def audit(folder: Path) -> Iterator[str]:
    """Before `stored` is printed, all that was written to the dossier's files was synced, and the folder, too."""
    path, trace = fresh(folder), folder / "trace"
    run(path, "strace", "-f", "-y", "-qq", "-o", str(trace), "-e", f"trace={CALLS}")
    unsynced: set[str] = set()
    synced_folder = False
    for line in trace.read_text().split("\n"):
        call = re.search(r"(\w+)\(\d+<([^>]*)>", line)
        if not call:
            continue
        name, file = call.groups()
        if name == "pwrite64" and "-shm" not in file and file.startswith(str(path)):
            unsynced.add(file)
        elif name in ("fsync", "fdatasync"):
            unsynced.discard(file)
            synced_folder = synced_folder or file == str(folder)
        elif name == "write" and '"stored ' in line:
            if unsynced:
                yield f"acknowledged while {sorted(unsynced)} was not synced"
                return
            if not synced_folder:
                yield "acknowledged before the folder was synced"
                return


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description="faults of all kinds")
    parser.add_argument("--kills", type=int, default=201)
    parser.add_argument("--calls", type=int, default=200)
    parser.add_argument("--races", type=int, default=20)
    parser.add_argument("--folder", help="where; default: a temporary folder")
    given = parser.parse_args(arguments)
    wrong = 0
    with tempfile.TemporaryDirectory(dir=given.folder) as name:
        folder = Path(name).resolve()
        run(fresh(folder))
        expected = held(folder / "d.dossier")
        tests: dict[str, Callable[[], Iterator[str]]] = {
            f"{given.kills} random kills": partial(kills, folder, expected, given.kills),
            f"two writers racing {given.races} times": partial(races, folder, expected, given.races),
        }
        if shutil.which("strace"):
            tests["audit of syncs"] = partial(audit, folder)
            for fault in ("signal=KILL", "error=ENOSPC", "error=EIO"):
                tests[f"{fault} at each of {given.calls} writes"] = partial(at_calls, folder, expected, given.calls, fault)
        tests["small file systems"] = partial(small_disk, folder, expected)
        for test, call in tests.items():
            found = list(call())
            wrong += len(found)
            print(f"{test}: {'clean' if not found else f'{len(found)} wrong'}", *found[:10], sep="\n    ", flush=True)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
