"""One call a command. Exit codes: 0 nothing lost, 3 something was refused, 2 wrong usage, 1 failure."""

from __future__ import annotations

import json
import os
import re
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Final

import click

from ascribe import __version__
from ascribe.errors import AscribeError, UsageError
from ascribe.schema import Record, Refusal
from ascribe.view.terminal import safe

_REFUSED: Final = 3
_HALF: Final = re.compile("[\ud800-\udfff]")
_BATCH: Final = 20  # reports or
_BATCH_SECONDS: Final = 1.0  # seconds after which `read` stores what it has, whichever comes first


def main(arguments: Sequence[str] | None = None) -> None:
    """The program `ascribe`: runs a command and leaves with its exit code."""
    sys.exit(_run(list(sys.argv[1:] if arguments is None else arguments)))


def _run(arguments: list[str]) -> int:
    """Every way in which a command can end, as an exit code and at most one line."""
    debug = "--debug" in arguments
    try:
        code = ascribe.main(arguments, prog_name="ascribe", standalone_mode=False)
        sys.stdout.flush()
        return code or 0
    except click.exceptions.Exit as leaving:
        return leaving.exit_code
    except click.ClickException as error:
        return _complain(error.format_message(), error.exit_code)
    except (KeyboardInterrupt, click.Abort):
        return 130
    except BrokenPipeError:
        _close_stdout()
        return 1
    except UsageError as error:
        return _complain(str(error), 2)
    except (AscribeError, OSError, MemoryError) as error:
        if debug:
            raise
        return _complain(str(error) or type(error).__name__, 1)
    except Exception as error:
        if debug:
            raise
        return _complain(f"failed inside ({type(error).__name__}: {error}); run with --debug and report it", 1)


def _complain(message: str, code: int) -> int:
    _tell(f"ascribe: {message}")
    return code


def _close_stdout() -> None:
    """Whoever read our output has gone; Python must not complain about it when it flushes at the end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _tell(message: str) -> None:
    click.echo(safe(message), err=True)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="ascribe", message="%(prog)s %(version)s")
def ascribe() -> None:
    """Read news reports and keep what they say of the political world, with their sources.

    \b
    A first walk:
      ascribe explain report.txt                      one report, stage by stage
      ascribe read reports/ --dossier d.dossier       read a folder and keep it
      ascribe ask --dossier d.dossier --actor JPN     ask what it says
    """


# ---- options that several commands share ----


def _inputs(command: Callable[..., Any]) -> Callable[..., Any]:
    return click.argument("inputs", metavar="INPUT...", nargs=-1, required=True)(command)


def _jobs(command: Callable[..., Any]) -> Callable[..., Any]:
    said = "Processes that read. Default: one for a few reports, one for each core for more."
    return click.option("--jobs", type=click.IntRange(min=1), metavar="N", help=said)(command)


def _debug(command: Callable[..., Any]) -> Callable[..., Any]:
    return click.option("--debug", is_flag=True, help="Show where in the program an error arose.")(command)


def _dossier(command: Callable[..., Any]) -> Callable[..., Any]:
    said = "The file that holds what was read."
    return click.option("--dossier", "-d", metavar="FILE", required=True, help=said)(command)


# ---- commands ----


@ascribe.command()
@_inputs
@_jobs
@_debug
def extract(inputs: tuple[str, ...], jobs: int | None, debug: bool) -> int:
    """Print what reports say as JSON Lines, one report a line; nothing is stored.

    INPUT is a file, a folder, a glob or - for standard input. An input that cannot be read gives a line whose key
    "refused" holds the reason, and is named on standard error.
    """
    from ascribe.view.record import as_json, refused_json

    progress = _Progress()
    for result in progress.watch(_read(inputs, jobs, debug)):
        if isinstance(result, Refusal):
            progress.refused(result)
            _print_json(refused_json(result))
        else:
            progress.done += 1
            _print_json(as_json(result))
    _tell(f"{progress.seen} in, {progress.done} read, {progress.lost} refused")
    return _REFUSED if progress.lost else 0


@ascribe.command()
@_inputs
@_dossier
@_jobs
@_debug
def read(inputs: tuple[str, ...], dossier: str, jobs: int | None, debug: bool) -> int:
    """Read reports and keep them in a dossier, which is made if it is missing.

    `stored ID` is printed for each report once it is safely on the disk. Reading again adds nothing.
    """
    from ascribe.store import open_dossier

    progress, there = _Progress(), 0
    with open_dossier(dossier, weights=_weights_version()) as opened:
        for batch in _batches(progress.watch(_read(inputs, jobs, debug))):
            records = [result for result in batch if isinstance(result, Record)]
            refusals = [result for result in batch if isinstance(result, Refusal)]
            outcomes = opened.add(records) if records else []
            refusals += [outcome for outcome in outcomes if isinstance(outcome, Refusal)]
            stored = [record.report.id for record, outcome in zip(records, outcomes, strict=True) if outcome is True]
            opened.refuse(*refusals)
            for id in stored:
                click.echo(f"stored {safe(id)}")
            for refusal in refusals:
                progress.refused(refusal)
            progress.done += len(stored)
            there += outcomes.count(False)
    _tell(f"{progress.seen} in, {progress.done} stored, {there} already there, {progress.lost} refused")
    return _REFUSED if progress.lost else 0


# ---- reading, for the commands that do ----


def _read(inputs: Iterable[str], jobs: int | None, debug: bool) -> Iterator[Record | Refusal]:
    from ascribe.engines import local
    from ascribe.gather import gather

    return local.read(gather(inputs), jobs=jobs, debug=debug)


def _batches(results: Iterable[Record | Refusal]) -> Iterator[list[Record | Refusal]]:
    """Small enough that what is read is soon safe, large enough that the disk is not asked for each report."""
    batch: list[Record | Refusal] = []
    until = time.monotonic() + _BATCH_SECONDS
    for result in results:
        batch.append(result)
        if len(batch) >= _BATCH or time.monotonic() >= until:
            yield batch
            batch, until = [], time.monotonic() + _BATCH_SECONDS
    if batch:
        yield batch


def _weights_version() -> str | None:
    """The version that the reader's weights carry, None where there are none."""
    from ascribe import data

    card = data.weights() / "reader.json"
    return json.loads(card.read_text(encoding="utf-8")).get("version") if card.is_file() else None


def _print_json(line: dict[str, Any]) -> None:
    # Half a character (a lone surrogate) has no UTF-8 form; \\ud800 is how JSON writes it.
    written = json.dumps(line, ensure_ascii=False)
    click.echo(json.dumps(line) if _HALF.search(written) else written)


class _Progress:
    """Counts, and on a terminal one line that grows with them."""

    _AFTER: Final = 1.0  # seconds: short runs show nothing
    _EVERY: Final = 0.2

    def __init__(self) -> None:
        self.seen = self.done = self.lost = 0
        self._begun = self._shown = time.monotonic()
        self._visible = sys.stderr.isatty()
        self._drawn = False

    def watch(self, results: Iterable[Record | Refusal]) -> Iterator[Record | Refusal]:
        """Pass `results` on and count them."""
        for result in results:
            self.seen += 1
            self._draw()
            yield result
        self._wipe()

    def refused(self, refusal: Refusal) -> None:
        """Name an input that was not read."""
        self.lost += 1
        self._wipe()
        _tell(f"refused {refusal}")

    def _draw(self) -> None:
        now = time.monotonic()
        if not self._visible or now - self._begun < self._AFTER or now - self._shown < self._EVERY:
            return
        self._shown, self._drawn = now, True
        rate = self.seen / (now - self._begun)
        click.echo(f"\r\x1b[K{self.seen:,} reports, {rate:.1f} a second, {self.lost} refused", err=True, nl=False)

    def _wipe(self) -> None:
        if self._drawn:
            click.echo("\r\x1b[K", err=True, nl=False)
            self._drawn = False
