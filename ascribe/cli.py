"""One call a command. Exit codes: 0 nothing lost, 3 something was refused, 2 wrong usage, 1 failure."""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Final

import click

from ascribe import __version__, data
from ascribe.errors import AscribeError, UsageError
from ascribe.schema import STANCES, STATUSES, TYPES, Record, Refusal, Report
from ascribe.view.exports.registry import NAMES, READABLE
from ascribe.view.terminal import safe

if TYPE_CHECKING:
    from ascribe.gather import Options
    from ascribe.gather.strip import Dropped
    from ascribe.store import Dossier

_REFUSED: Final = 3
_HALF: Final = re.compile("[\ud800-\udfff]")
_ROWS: Final = 50  # of a table, unless --limit says more
_LIMIT: Final = f"At most N statements. Default: {_ROWS} in a table, else all."
_BATCH: Final = 20  # reports or
_ROWS_STORED: Final = 2_000  # rows of an imported file that are stored at once
_BATCH_SECONDS: Final = 1.0  # seconds after which `read` stores what it has, whichever comes first


def main(arguments: Sequence[str] | None = None) -> None:
    """The program `ascribe`: runs a command and leaves with its exit code."""
    sys.exit(run(sys.argv[1:] if arguments is None else arguments))


def run(arguments: Sequence[str]) -> int:
    """Run a command. Every way in which it can end, as an exit code and at most one line."""
    debug = "--debug" in arguments
    try:
        code = ascribe.main(list(arguments), prog_name="ascribe", standalone_mode=False)
        sys.stdout.flush()
        return code or 0
    except click.exceptions.Exit as leaving:
        return leaving.exit_code
    except click.UsageError as error:
        return _misused(error)
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


def _misused(error: click.UsageError) -> int:
    said = error.format_message()
    if said.startswith("Usage:"):  # no command at all: click says the whole help
        click.echo(said, err=True)
        return error.exit_code
    hint = f"; see `{error.ctx.command_path} --help`" if error.ctx else ""
    return _complain(" ".join(said.split()).rstrip(".") + hint, error.exit_code)


def _complain(message: str, code: int) -> int:
    _tell(f"ascribe: {message}")
    return code


def _close_stdout() -> None:
    """Whoever read our output has gone; Python must not complain about it when it flushes at the end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _tell(message: str) -> None:
    click.echo(safe(message), err=True)


class _InOrder(click.Group):
    """Commands are listed in the order of work, not of the alphabet."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)


@click.group(cls=_InOrder, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
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


def _gathering(command: Callable[..., Any]) -> Callable[..., Any]:
    """How inputs are read."""
    options = [
        click.option(
            "--fetch", is_flag=True, help="Fetch inputs that are addresses (http, https); nothing else is fetched."
        ),
        click.option("--column", multiple=True, metavar="FIELD=NAME", help="Which column of a table gives a field."),
        click.option("--limits", default="", metavar="NAME=N,...", help="report, page, memory in MB; seconds of work."),
        click.option("--any-language", is_flag=True, help="Read texts that are not English too, as if they were."),
    ]
    for option in reversed(options):
        command = option(command)
    return command


def _jobs(command: Callable[..., Any]) -> Callable[..., Any]:
    said = "Processes that read. Default: one for a few reports, one for each core for more."
    return click.option("--jobs", type=click.IntRange(min=1), metavar="N", help=said)(command)


def _tables(command: Callable[..., Any]) -> Callable[..., Any]:
    def use(_context: click.Context, _option: click.Parameter, folder: str | None) -> None:
        if folder is not None:
            data.use_tables(folder)

    said = "A folder with tables of your own, which come before ours."
    return click.option("--tables", metavar="DIR", help=said, expose_value=False, callback=use)(command)


def _debug(command: Callable[..., Any]) -> Callable[..., Any]:
    return click.option("--debug", is_flag=True, help="Show where in the program an error arose.")(command)


def _dossier(command: Callable[..., Any]) -> Callable[..., Any]:
    said = "The file that holds what was read, or postgresql://USER@HOST/DATABASE."
    return click.option("--dossier", "-d", metavar="FILE", required=True, help=said)(command)


def _output_option(command: Callable[..., Any]) -> Callable[..., Any]:
    return click.option("--output", "-o", metavar="FILE", help="Write there, not to standard output.")(command)


def _format(formats: Sequence[str], said: str = "", **given: Any) -> Callable[..., Any]:
    said = f"{', '.join(formats[:-1])} or {formats[-1]}.{said}"
    return click.option("--format", "-f", metavar="FORMAT", help=said, **{"type": _choice(formats)} | given)


def _choice(values: Iterable[str]) -> click.Choice[str]:
    return click.Choice(list(values), case_sensitive=False)


class _ExportName(click.Choice[str]):
    """One of our formats, or of those that other packages bring; these are looked for only where ours do not fit."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        from ascribe.view.exports.registry import brought

        return str(value) if str(value).lower() not in NAMES and brought(str(value)) else super().convert(value, param, ctx)


# ---- commands ----


@ascribe.command()
@_inputs
@_gathering
@_jobs
@_tables
@_debug
def extract(inputs: tuple[str, ...], jobs: int | None, debug: bool, **gathering: Any) -> int:
    """Print what reports say as JSON Lines.

    One report a line; nothing is stored. INPUT is a file, a folder, a glob or - for standard input. An input that cannot
    be read gives a line whose key "refused" holds the reason, and is named on standard error.
    """
    from ascribe.view.record import as_json, refused_json

    progress = _Progress()
    for result in progress.watch(_read(inputs, jobs, debug, gathering)):
        if isinstance(result, Refusal):
            progress.refused(result)
            _print_json(refused_json(result))
        else:
            progress.done += 1
            _print_json(as_json(result))
    _tell(f"{progress.seen} in, {progress.done} read, {progress.lost} refused")
    return _REFUSED if progress.lost else 0


@ascribe.command()
@click.argument("input", metavar="INPUT")
@_tables
@_debug
def explain(input: str, debug: bool) -> int:
    """Show one report stage by stage.

    INPUT is a file or - for standard input; of several reports in it the first is shown.
    """
    from ascribe import pipeline
    from ascribe.gather import gather
    from ascribe.view import explain as page

    found = iter(gather([input]))
    first = next(found, None)
    if first is None:
        raise UsageError(f"{input}: holds no report")
    if isinstance(first, Refusal):
        _tell(f"refused {first}")
        return _REFUSED
    reading, record = pipeline.walk(first)
    click.echo(page(record, reading, _dropped(input, first), columns=_columns(), colour=_colour()), nl=False)
    if next(found, None) is not None:
        _tell(f"{input}: holds more reports; this is the first")
    return 0


@ascribe.command()
@_inputs
@_dossier
@_gathering
@_jobs
@_tables
@_debug
def read(inputs: tuple[str, ...], dossier: str, jobs: int | None, debug: bool, **gathering: Any) -> int:
    """Read reports and keep them in a dossier.

    INPUT is a file, a folder, a glob or - for standard input; the dossier is made if it is missing. `stored ID` is
    printed for each report once it is safely on the disk. Reading again adds nothing.
    """
    from ascribe.store import open_dossier

    progress = _Progress()
    found = _read(inputs, jobs, debug, gathering)
    with open_dossier(dossier, weights=data.weights_version()) as opened:
        results = (result for result in found if not _is_dossier(result, dossier))
        there = _store(opened, progress.watch(results), progress)
    _tell(f"{progress.seen} in, {progress.done} stored, {there} already there, {progress.lost} refused")
    return _REFUSED if progress.lost else 0


def _store(opened: Dossier, results: Iterable[Record | Refusal], progress: _Progress, batch: int = _BATCH) -> int:
    """Keep what is read, acknowledge it and name what is not; gives how many were there already."""
    there = 0
    for some in _batches(results, batch):
        records = [result for result in some if isinstance(result, Record)]
        refusals = [result for result in some if isinstance(result, Refusal)]
        outcomes = opened.add(records) if records else []
        refusals += [outcome for outcome in outcomes if isinstance(outcome, Refusal)]
        stored = [record.report.id for record, outcome in zip(records, outcomes, strict=True) if outcome is True]
        opened.refuse(*refusals)
        for id in stored:
            progress.stored(id)
        for refusal in refusals:
            progress.refused(refusal)
        there += outcomes.count(False)
    return there


@ascribe.command()
@_dossier
@_tables
@_debug
def resolve(dossier: str, debug: bool) -> int:
    """Ask again who and where is meant.

    Nothing is read anew: to be run when tables have changed (a newer version, or --tables). What people corrected stays.
    The id of each report that now means something else is printed.
    """
    from ascribe.engines.again import resolve_again
    from ascribe.store import open_dossier

    seen = anew = 0
    with open_dossier(dossier, create=False) as opened:
        for report, changed in resolve_again(opened):
            seen += 1
            if changed:
                anew += 1
                click.echo(f"changed {safe(report)}")
    _tell(f"{seen} reports, {anew} changed")
    return 0


@ascribe.command()
@click.argument("feeds", metavar="FEEDS")
@_dossier
@click.option("--every", type=click.IntRange(min=1), default=15, metavar="MINUTES", help="Between two looks. Default: 15.")
@click.option("--rounds", type=click.IntRange(min=1), metavar="N", help="End after N looks. Default: on Ctrl-C.")
@_jobs
@_tables
@_debug
def watch(feeds: str, dossier: str, every: int, rounds: int | None, jobs: int | None, debug: bool) -> int:
    """Read feeds again and again, and keep what is new.

    FEEDS is an OPML file, or a text with one address a line. Feeds are asked only for what changed, and rarer where they
    fail. What was seen is kept in DOSSIER.watch (FEEDS.watch where the dossier is a database); no report is stored twice.
    """
    from ascribe.engines import local
    from ascribe.gather.watch import Watch, pause
    from ascribe.store import open_dossier
    from ascribe.store.postgres import is_url

    seen = f"{feeds if is_url(dossier) else dossier}.watch"
    watched, progress, there = Watch.of(feeds, seen, every=60 * every), _Progress(), 0
    with open_dossier(dossier, weights=data.weights_version()) as opened:
        while True:
            found = local.read(watched.poll(time.time()), jobs=jobs, debug=debug)
            there += _store(opened, progress.watch(found), progress)
            watched.keep()
            rounds = rounds and rounds - 1
            if rounds == 0:
                break
            pause(watched.rest(time.time()))
    _tell(f"{progress.seen} in, {progress.done} stored, {there} already there, {progress.lost} refused")
    return _REFUSED if progress.lost else 0


def _dropped(input: str, report: Report) -> tuple[Dropped, ...]:
    """What gather took for no body. Only of a plain text in a file: it is read once more."""
    from ascribe.gather import strip
    from ascribe.gather.decoding import decode

    if report.format != "text" or not os.path.isfile(input):
        return ()
    return strip(decode(Path(input).read_bytes(), input)).dropped


def _filters(command: Callable[..., Any]) -> Callable[..., Any]:
    """The filters of `ask`. Each may be given several times: any of its values will do. All filters must hold."""
    options = [
        click.option("--actor", multiple=True, metavar="WHO", help="Who did or holds it: JPN, Japan, or any words."),
        click.option("--recipient", multiple=True, metavar="WHO", help="Whom it is directed at."),
        click.option("--type", multiple=True, type=_choice(TYPES), metavar="TYPE", help=f"{', '.join(TYPES)}."),
        click.option("--about", multiple=True, metavar="WHAT", help="A dispute, or words of object, place or paragraph."),
        click.option("--status", multiple=True, type=_choice(STATUSES), metavar="STATUS", help=f"{', '.join(STATUSES)}."),
        click.option("--from", "from_", metavar="DATE", help="Not over before this day: 2014, 2014-02 or 2014-02-06."),
        click.option("--until", metavar="DATE", help="Begun by this day."),
        click.option("--according-to", multiple=True, metavar="WHO", help="Any source of the chain, or the publisher."),
        click.option("--stance", multiple=True, type=_choice(STANCES), metavar="STANCE", help=f"{', '.join(STANCES)}."),
    ]
    for option in reversed(options):
        command = option(command)
    return command


@ascribe.command()
@_dossier
@_filters
@click.option(
    "--format",
    type=_choice(["table", "jsonl", "csv", "parquet"]),
    default="table",
    metavar="FORMAT",
    help="table, jsonl, csv or parquet.",
)
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help=_LIMIT)
@_output_option
@_debug
def ask(dossier: str, format: str, limit: int | None, output: str | None, debug: bool, **filters: Any) -> int:
    """Ask who did what to whom, on whose word.

    \b
      ascribe ask -d d.dossier --actor China --recipient RUS --type AGREE
      ascribe ask -d d.dossier --about senkaku --from 2014 --until 2014-02
      ascribe ask -d d.dossier --according-to "Mainichi Shimbun" --format csv -o mainichi.csv

    Filters of different kinds must all hold; of one kind given several times, any.
    """
    from ascribe import view
    from ascribe.store import open_dossier
    from ascribe.view.ask import table
    from ascribe.view.exports.statements import write_answers

    asked = view.question(**filters)
    with open_dossier(dossier, create=False) as opened:
        if format != "table":
            with _output(output, format) as out:
                write_answers(view.ask(opened, asked, limit=limit), format, out)
            return 0
        shown = list(view.ask(opened, asked, limit=limit or _ROWS))
        with _output(output, format) as out:
            page = table(shown, columns=_columns(), colour=_colour() and output is None)
            out.write(f"{page}\n".encode() if shown else b"")
        found = opened.count(asked)
    more = f", {len(shown):,} shown; --limit {found} shows all" if found > len(shown) else ""
    _tell(f"{found:,} {'statement' if found == 1 else 'statements'}{more}")
    return 0


# ---- across reports ----


def _across(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that all commands across reports share."""
    formats = click.option(
        "--format",
        type=_choice(["page", "jsonl", "csv", "parquet"]),
        default="page",
        metavar="FORMAT",
        help="page, jsonl, csv or parquet.",
    )
    return _dossier(_filters(formats(_output_option(_debug(command)))))


@ascribe.command()
@_across
@click.option("--least", type=click.IntRange(min=1), default=2, metavar="N", help="Told by N reports or more. Default: 2.")
@click.option("--join", nargs=2, metavar="ID ID", help="These two statements tell the same; kept.")
@click.option("--part", nargs=2, metavar="ID ID", help="These two statements do not tell the same; kept.")
@click.option("--who", default="", metavar="NAME", help="Who says so.")
@click.option("--why", default="", metavar="WORDS", help="Why.")
def origins(
    dossier: str,
    format: str,
    output: str | None,
    debug: bool,
    least: int,
    join: tuple[str, str] | None,
    part: tuple[str, str] | None,
    who: str,
    why: str,
    **filters: Any,
) -> int:
    """Count on how many independent origins it rests.

    \b
      ascribe origins -d d.dossier --about senkaku
      ascribe origins -d d.dossier --join 3f1c… 9ab0… --who "A. Lee" --why "one call, two days"

    Statements of different reports that tell the same are one group. Each chain of sources is followed to its end.
    """
    from ascribe.store import open_dossier
    from ascribe.thread.kept import threads_of
    from ascribe.view import origins as view

    if not join and not part:
        return _show(view, dossier, filters, format, output, least=least)
    with open_dossier(dossier, create=False) as opened, threads_of(opened) as threads:
        for pair, judge in ((join, threads.join), (part, threads.part)):
            if pair:
                judge(*pair, who=who, why=why)
    return 0


@ascribe.command()
@_across
def exchanges(dossier: str, format: str, output: str | None, debug: bool, **filters: Any) -> int:
    """Show offers, requests, accusations, threats and what became of them."""
    from ascribe.view import exchanges as view

    return _show(view, dossier, filters, format, output)


@ascribe.command()
@_across
def contradictions(dossier: str, format: str, output: str | None, debug: bool, **filters: Any) -> int:
    """Show where reports contradict each other, side by side."""
    from ascribe.view import contradictions as view

    return _show(view, dossier, filters, format, output)


@ascribe.command()
@_across
def timeline(dossier: str, format: str, output: str | None, debug: bool, **filters: Any) -> int:
    """Show what happened when, each event once, with its origins."""
    from ascribe.view import timeline as view

    return _show(view, dossier, filters, format, output)


@ascribe.command()
@click.argument("names", metavar="[NAME [NAME]]", nargs=-1)
@_across
def dispute(names: tuple[str, ...], dossier: str, format: str, output: str | None, debug: bool, **filters: Any) -> int:
    """Show a dispute, two parties, or any matter on one page.

    \b
      ascribe dispute senkaku -d d.dossier            a dispute of the tables, by any of its names
      ascribe dispute CHN Japan -d d.dossier          two parties
      ascribe dispute -d d.dossier --about hostages   a matter that the filters describe

    Other formats than the page hold the tension by month; `timeline` and `exchanges` hold the events.
    """
    from ascribe import view as questions
    from ascribe.store import open_dossier
    from ascribe.view import dispute as view
    from ascribe.view.told import write

    with open_dossier(dossier, create=False) as opened:
        matter, found = view.about(opened, names, questions.question(**filters))
    with _output(output, format) as out:
        if format == "page":
            out.write(view.page(matter, found, columns=_columns()).encode("utf-8", "replace"))
        else:
            write(view.lines(found), view.schema(), format, out)
    return 0


def _show(view: Any, dossier: str, filters: dict[str, Any], format: str, output: str | None, **given: Any) -> int:
    """One of the views across reports as a page or a file."""
    from ascribe import view as questions
    from ascribe.store import open_dossier
    from ascribe.view import told

    with open_dossier(dossier, create=False) as opened:
        found = told.told(opened, questions.question(**filters))
    with _output(output, format) as out:
        if format == "page":
            out.write(view.page(found, columns=_columns(), **given).encode("utf-8", "replace"))
        else:
            schema = view.schema() if hasattr(view, "schema") else told.group_schema()
            told.write(view.lines(found), schema, format, out)
    return 0


# ---- out ----


@ascribe.command()
@_dossier
@_format(NAMES, type=_ExportName(NAMES, case_sensitive=False), required=True)
@_output_option
@_debug
def export(dossier: str, format: str, output: str | None, debug: bool) -> int:
    """Write a dossier for other programs.

    jsonl, csv and parquet hold everything; what each other format holds and loses is said in docs/exports.md. Statements
    that a format cannot hold are left out and counted on standard error.
    """
    from ascribe import view
    from ascribe.store import open_dossier

    with open_dossier(dossier, create=False) as opened, _output(output, format) as out:
        left = view.export(opened, format, out)
    if left:
        reasons = ", ".join(f"{count:,} {why}" for why, count in sorted(left.items(), key=lambda item: (-item[1], item[0])))
        _tell(f"{left.total():,} {'statement' if left.total() == 1 else 'statements'} left out: {reasons}")
    return 0


@ascribe.command("import")
@_inputs
@_dossier
@_format(READABLE, " Default: as found.")
@_debug
def import_(inputs: tuple[str, ...], dossier: str, format: str | None, debug: bool) -> int:
    """Keep events of other data sets, or annotations, in a dossier.

    INPUT is a file of POLECAT, ICEWS or GDELT events, each row a statement without a text on the word of its publisher; or
    an export of Label Studio or doccano with annotations by the codebook.
    """
    from ascribe.store import open_dossier
    from ascribe.view.exports import read_file

    progress, there = _Progress(), 0
    files = [read_file(path, format) for path in inputs]
    with open_dossier(dossier, weights=data.weights_version()) as opened:
        for found in files:
            there += _store(opened, progress.watch(found), progress, batch=_ROWS_STORED)
    _tell(f"{progress.seen} in, {progress.done} stored, {there} already there, {progress.lost} refused")
    return _REFUSED if progress.lost else 0


@ascribe.command()
@click.argument("a", metavar="A")
@click.argument("b", metavar="B")
@click.option("--days", type=click.IntRange(0, 366), default=1, metavar="N", help="Days that two may lie apart. Default: 1.")
@click.option(
    "--by",
    type=_choice(["quad", "type"]),
    default="quad",
    metavar="KIND",
    help="quad or type must be the same. Default: quad.",
)
@click.option("--from", "from_", metavar="DATE", help="From this day on. Default: the first that both have.")
@click.option("--until", metavar="DATE", help="Until this day. Default: the last that both have.")
@click.option(
    "--format", type=_choice(["page", "jsonl", "csv"]), default="page", metavar="FORMAT", help="page, jsonl or csv."
)
@_output_option
@_debug
def compare(
    a: str, b: str, days: int, by: str, from_: str | None, until: str | None, format: str, output: str | None, debug: bool
) -> int:
    """Hold two sets of events against each other.

    \b
      ascribe compare d.dossier polecat-2014.txt
      ascribe compare gold.dossier d.dossier --by type --days 0 --format csv -o missed.csv

    A and B are dossiers, or files that `import` reads. Events of one pair of countries match by day and kind.
    """
    from ascribe.store.postgres import without_password
    from ascribe.view import compare as view

    pairs = view.compare(view.events_at(a), view.events_at(b), days=days, by=by, period=view.period_of(from_, until))
    with _output(output, format) as out:
        if format == "page":
            out.write(
                view.page(pairs, without_password(a), without_password(b), columns=_columns()).encode("utf-8", "replace")
            )
        else:
            view.write(pairs, format, out)
    return 0


@ascribe.command()
@_dossier
@click.option("--host", default="127.0.0.1", metavar="HOST", help="The address to bind. Default: this machine alone.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8040, metavar="N", help="The port; 0 takes a free one. Default: 8040."
)
@click.option("--allow-host", multiple=True, metavar="NAME", help="A further name under which the desk may be asked for.")
@click.option("--read-only", is_flag=True, help="Show, and let nobody add or correct anything.")
@_debug
def serve(dossier: str, host: str, port: int, allow_host: tuple[str, ...], read_only: bool, debug: bool) -> int:
    """Open a dossier in the browser.

    Prints the address to open and serves until Ctrl-C. Nothing leaves the machine. Bound to another address than this
    machine's own, the desk needs the token that the address then holds.
    """
    from ascribe.store import open_dossier

    try:
        from ascribe.web import Settings
        from ascribe.web import serve as run_desk
    except ImportError as error:
        raise UsageError(f"the desk needs {error.name}; pip install 'ascribe[web]'") from error
    settings = Settings(host, port, tuple(name.lower() for name in allow_host), not read_only)
    with open_dossier(dossier, create=False, weights=data.weights_version()) as opened:
        run_desk(opened, settings, lambda address: click.echo(f"{dossier}: open {address} in a browser; Ctrl-C ends it"))
    return 0


@ascribe.command()
@click.argument("statement", metavar="STATEMENT")
@click.argument("field", metavar="FIELD")
@click.argument("value", metavar="VALUE", required=False)
@_dossier
@click.option("--by", "who", metavar="WHO", required=True, help="Who says so.")
@click.option("--why", metavar="WHY", required=True, help="The reason, kept with it.")
@click.option("--undo", is_flag=True, help="Take the last correction of FIELD back; no VALUE then.")
@_debug
def correct(statement: str, field: str, value: str | None, dossier: str, who: str, why: str, undo: bool, debug: bool) -> int:
    """Say what a statement should say.

    STATEMENT is its id, as `ask --format jsonl` shows it. What the reader said is kept, and so is who corrected what, when
    and why. An empty VALUE ("") says that it is not known.
    """
    from ascribe.store import open_dossier

    if undo == (value is not None):
        raise UsageError("--undo takes no VALUE" if undo else "name the VALUE that is right, or take one back with --undo")
    with open_dossier(dossier, create=False) as opened:
        if value is None:
            done = opened.undo(statement, field, who=who, why=why)
        else:
            done = opened.correct(statement, field, value, who=who, why=why)
    click.echo(safe(f"{done.statement} {done.field}: {json.dumps(done.old)} → {json.dumps(done.new)}"))
    return 0


@ascribe.command()
@_dossier
@click.option("--repair", is_flag=True, help="Keep the rest in its place; the damaged file stays beside it as FILE.damaged.")
@_debug
def check(dossier: str, repair: bool, debug: bool) -> int:
    """See whether a dossier is whole.

    Reads every row against its seal, and every index against the rows. Says what is lost. The exit code is 3 if anything is.
    """
    from ascribe.store.checking import check_dossier, repair_dossier
    from ascribe.store.postgres import without_password

    found = list(repair_dossier(dossier) if repair else check_dossier(dossier))
    for damage in found:
        click.echo(safe(damage))
    shown = without_password(dossier)
    _tell(f"{shown}: {len(found)} found" if found else f"{shown}: whole")
    return _REFUSED if found else 0


@ascribe.command()
@_dossier
@click.option("--output", "-o", metavar="DIR", required=True, help="The folder in which the release becomes a folder.")
@click.option("--with-text", is_flag=True, help="Also the texts of the reports; see that you may publish them.")
@_debug
def release(dossier: str, output: str, with_text: bool, debug: bool) -> int:
    """Write a release that can be cited.

    Parquet tables with a manifest (datapackage.json) and a citation file, in a folder named by their content: the same
    dossier gives the same bytes under the same name. Its path is printed.
    """
    from ascribe.store import open_dossier
    from ascribe.view.release import release as write_release

    with open_dossier(dossier, create=False) as opened:
        click.echo(safe(write_release(opened, output, with_text=with_text)))
    return 0


@ascribe.command()
@click.argument("before", metavar="A")
@click.argument("after", metavar="B")
@_debug
def diff(before: str, after: str, debug: bool) -> int:
    """Say how two releases differ.

    A and B are folders that `release` wrote. One line of JSON a statement that came, went or changed, and why.
    """
    from ascribe.view.difference import differences

    count = 0
    for line in differences(before, after):
        _print_json(line)
        count += 1
    _tell(f"{count:,} {'difference' if count == 1 else 'differences'}")
    return 0


@ascribe.command()
@_debug
def doctor(debug: bool) -> int:
    """See whether everything works.

    Says what is installed, then reads and stores a sentence. The exit code is 1 if anything is wrong.
    """
    from ascribe.doctor import examine

    findings = list(examine())
    for finding in findings:
        click.echo(f"{'ok   ' if finding.good else 'WRONG'}  {finding.what:<14} {safe(finding.said)}")
    return 0 if all(finding.good for finding in findings) else 1


# ---- where output goes ----


@contextmanager
def _output(path: str | None, format: str) -> Iterator[BinaryIO]:
    """Standard output, or a file that appears under its name only when it is whole."""
    if path is None:
        if format == "parquet" and sys.stdout.isatty():
            raise UsageError("parquet is nothing for a terminal; name a file with --output")
        yield sys.stdout.buffer
        return
    unfinished = f"{path}.unfinished"
    try:
        with open(unfinished, "wb") as out:
            yield out
        os.replace(unfinished, path)
    except OSError as error:
        raise AscribeError(f"{path}: cannot be written ({error.strerror})") from error
    finally:
        Path(unfinished).unlink(missing_ok=True)


def _columns() -> int:
    """As wide as the terminal, within what is good to read; 100 where there is none."""
    return min(max(shutil.get_terminal_size((100, 24)).columns, 60), 160)


def _colour() -> bool:
    return sys.stdout.isatty() and "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb"


# ---- reading, for the commands that do ----


def _read(inputs: Iterable[str], jobs: int | None, debug: bool, gathering: dict[str, Any]) -> Iterator[Record | Refusal]:
    from ascribe.engines import local
    from ascribe.gather import gather

    return local.read(gather(inputs, _options(**gathering)), jobs=jobs, debug=debug)


def _options(*, fetch: bool, column: tuple[str, ...], limits: str, any_language: bool) -> Options:
    from ascribe.gather.fields import columns_of
    from ascribe.gather.reader import Options, limits_of

    return Options(limits_of(limits), columns_of(column), any_language, fetch)


def _is_dossier(result: Record | Refusal, dossier: str) -> bool:
    """The dossier may lie in a folder that is read, with the two files that SQLite keeps beside it: no input is lost."""
    own = {os.path.realpath(f"{dossier}{ending}") for ending in ("", "-wal", "-shm", ".watch")}
    return isinstance(result, Refusal) and os.path.realpath(result.input) in own


def _batches(results: Iterable[Record | Refusal], size: int = _BATCH) -> Iterator[list[Record | Refusal]]:
    """Small enough that what is read is soon safe, large enough that the disk is not asked for each report."""
    batch: list[Record | Refusal] = []
    until = time.monotonic() + _BATCH_SECONDS
    for result in results:
        batch.append(result)
        if len(batch) >= size or time.monotonic() >= until:
            yield batch
            batch, until = [], time.monotonic() + _BATCH_SECONDS
    if batch:
        yield batch


def _print_json(line: dict[str, Any]) -> None:
    # Half a character (a lone surrogate) has no UTF-8 form; an escape is how JSON writes it.
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

    def stored(self, id: str) -> None:
        """Acknowledge a report that is on the disk."""
        self.done += 1
        self._wipe()
        click.echo(f"stored {safe(id)}")

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
