"""Gathering alone: pages, wires and JSON Lines a second, and memory and time for inputs of 10, 20 and 50 MB.

    python -m bench.gathering [--pages 60] [--wires 400] [--lines 4000]

Prints one JSON object, and each figure on standard error as it comes. Inputs are made here from sentences of ours, so that
anybody can repeat the figures; a page has the usual 60 KB of menus and scripts around its article. Seconds are those of the
processor in the process that parses; memory is its peak.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Final

from ascribe.gather import Limits, Options, gather, worker
from ascribe.schema import Report

_SENTENCES: Final = (
    "Two ships of the navy left Oslo on Monday to guard an exercise in the Barents Sea, the ministry said.",
    "Russia called the exercise a provocation, but a diplomat said that Moscow had been told of it a year ago.",
    "The minister told reporters that the talks with the neighbours would go on as long as they were useful.",
    "Officials in the north said that they had not been asked, and that the harbour was too small for the visitors.",
)
_MB: Final = 2**20


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--pages", type=int, default=60)
    parser.add_argument("--wires", type=int, default=400)
    parser.add_argument("--lines", type=int, default=4000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        figures: dict[str, object] = {"cores": os.cpu_count()}
        for what, count, make in (("pages", options.pages, _page), ("wires", options.wires, _wire)):
            below = folder / what
            below.mkdir()
            for number in range(count):
                (below / f"{number:06}").write_text(make(number), encoding="utf-8")
            figures[f"{what}_per_second"] = _rate(below, count)
            _tell(figures)
        lines = folder / "lines.jsonl"
        lines.write_text("".join(json.dumps({"text": _text(n, 30)}) + "\n" for n in range(options.lines)), encoding="utf-8")
        figures["json_lines_per_second"] = _rate(lines, options.lines)
        _tell(figures)
        figures["large"] = [_large(folder, kind, size, make) for kind, make in _LARGE.items() for size in (10, 20, 50)]
    print(json.dumps(figures, indent=1))
    return 0


def _tell(said: object) -> None:
    print(json.dumps(said), file=sys.stderr, flush=True)


def _rate(path: Path, count: int) -> float:
    """Reports a second of work, the libraries being loaded already."""
    list(gather([str(next(iter(path.iterdir())) if path.is_dir() else path)]))
    began = _work()
    found = sum(isinstance(item, Report) for item in gather([str(path)]))
    if found != count:
        raise SystemExit(f"{path}: {found} of {count} were read")
    return round(count / max(_work() - began, 0.01), 1)


def _large(folder: Path, kind: str, size: int, make: Callable[[int], str]) -> dict[str, object]:
    """One input of `size` MB, with limits that let it in, by a process of its own."""
    worker.end_all()
    path = folder / "large"
    path.write_text(make(size * _MB), encoding="utf-8")
    chosen = Options(Limits(report=64 * _MB, page=64 * _MB, memory=4096 * _MB, seconds=120))
    found = list(gather([str(path)], chosen))
    said = [item.reason for item in found if not isinstance(item, Report)]
    figures: dict[str, object] = {
        "kind": kind,
        "mb": size,
        "reports": len(found) - len(said),
        "refused": said[:1],
        "seconds": round(worker.used()[0], 1),
        "peak_mb": worker.used()[1] // _MB,
    }
    _tell(figures)
    return figures


def _work() -> float:
    """Seconds of the processor that the process that parses has used so far."""
    return worker.used()[0]


def _text(number: int, sentences: int) -> str:
    chosen = random.Random(number)
    return "\n".join(" ".join(chosen.choices(_SENTENCES, k=3)) for _ in range(sentences // 3))


def _page(number: int) -> str:
    menu = "".join(f"<li class='menu-item'><a href='/section/{n}'>Section {n}</a></li>" for n in range(400))
    script = "<script>" + "var unused = [1, 2, 3];" * 1200 + "</script>"
    article = "".join(f"<p>{line}</p>" for line in _text(number, 30).split("\n"))
    return (
        f"<!DOCTYPE html><html lang='en'><head><title>Report {number} of the day</title>{script}</head>"
        f"<body><nav><ul>{menu}</ul></nav>"
        f"<article><h1>Report {number} of the day</h1>{article}</article><footer>© 2014</footer></body></html>"
    )


def _wire(number: int) -> str:
    body = "".join(f"<p>{line}</p>" for line in _text(number, 30).split("\n"))
    return (
        f'<nitf><head><docdata><doc-id id-string="{number}"/><date.issue norm="20140206T101500Z"/></docdata></head>'
        f"<body><body.head><hedline><hl1>Report {number}</hl1></hedline></body.head>"
        f"<body.content>{body}</body.content></body></nitf>"
    )


def _repeated(size: int, piece: str) -> str:
    return piece * (size // len(piece.encode()) - 1)


_ITEM: Final = f"<item><title>Ships</title><description>{_SENTENCES[0]}</description></item>"
_PARAGRAPH: Final = f"<p>{_SENTENCES[0]}</p>"
_LARGE: Final[dict[str, Callable[[int], str]]] = {
    "one line of text": lambda size: _repeated(size, _SENTENCES[0] + " "),
    "text in paragraphs": lambda size: _repeated(size, "\n\n".join(_SENTENCES) + "\n\n"),
    "one line of JSON Lines": lambda size: json.dumps({"text": _repeated(size, _SENTENCES[0] + " ")}),
    "page": lambda size: f"<html><body><article><h1>A long report</h1>{_repeated(size, _PARAGRAPH)}</article></body></html>",
    "feed": lambda size: f"<rss><channel><title>Fjord</title>{_repeated(size, _ITEM)}</channel></rss>",
    "wire": lambda size: _wire(1).replace("<body.content>", f"<body.content>{_repeated(size, _PARAGRAPH)}"),
}


if __name__ == "__main__":
    sys.exit(main())
