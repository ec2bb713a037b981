"""Step 1: the data sets as documents of words with labels.

One document is `ascribe.mark.window.Words` plus what is known of it. What a data set does not label stays None and is not
trained: PolNeAR knows nothing of triggers, the newswire names nothing of cues. Labels sit on words; a span is
(first word, stop).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ascribe.mark.sentences import sentences
from ascribe.mark.window import Words, lay_out
from ascribe.mark.wordpiece import Vocabulary
from ascribe.schema import STANCES, STATUSES, TYPES, Span
from evaluation.adapt import read_rows
from evaluation.places import demonyms
from training.model import NAMES, PLV

Stretch = tuple[int, int]
UNKNOWN = -100  # a word whose label a data set leaves open; torch's cross entropy passes it over


@dataclass
class Ask:
    """An asking word with the stretches of words that fill its roles. `kind`: 0 trigger, 1 cue."""

    kind: int
    words: Stretch
    roles: dict[str, list[Stretch]]
    type: int = -1
    status: int = -1
    stance: int = -1


@dataclass
class Document:
    id: str
    words: Words
    kinds: list[int] | None = None  # BIO over TYPES
    names: list[int] | None = None  # BIO over NAMES
    cues: list[int] | None = None  # BIO
    asks: list[Ask] = field(default_factory=list)
    known: tuple[str, ...] = ()  # roles that this data set labels
    relation: tuple[Stretch, Stretch, int] | None = None


def line_spans(text: str) -> list[Span]:
    out, start = [], 0
    for line in text.split("\n"):
        if line.strip():
            out.append(Span(start, start + len(line)))
        start += len(line) + 1
    return out


class Places:
    """From characters to words of one document."""

    def __init__(self, words: Words) -> None:
        self.starts = [span.start for span in words.spans]
        self.stops = [span.stop for span in words.spans]

    def stretch(self, start: int, stop: int) -> Stretch | None:
        first, last = bisect_right(self.stops, start), bisect_left(self.starts, stop)
        return (first, last) if first < last else None


def bio(labels: list[int], stretch: Stretch, label: int) -> None:
    """Write one stretch, unless another label is there already (the first telling wins)."""
    if any(labels[stretch[0] : stretch[1]]):
        return
    labels[stretch[0]] = 2 * label + 1
    for index in range(stretch[0] + 1, stretch[1]):
        labels[index] = 2 * label + 2


# ---- statements ----

CONTENT_ROLES = ("actor", "recipient", "object", "place", "time")


def statement_document(report: dict, vocabulary: Vocabulary) -> Document:
    words = lay_out(report["text"], line_spans(report["text"]), vocabulary)
    places = Places(words)
    document = Document(report["id"], words, kinds=[0] * len(words.spans), known=(*CONTENT_ROLES, "source", "relay", "cue"))
    taken: set[int] = set()
    for statement in report["statements"]:
        trigger = places.stretch(statement["trigger"]["start"], statement["trigger"]["end"])
        if trigger is None or trigger[0] in taken:
            continue
        taken.add(trigger[0])
        label = TYPES.index(statement["type"])
        bio(document.kinds, trigger, label)
        roles: dict[str, list[Stretch]] = {}
        for role in CONTENT_ROLES:
            given = statement[role] if isinstance(statement[role], list) else [statement[role]] if statement[role] else []
            roles[role] = [s for m in given if (s := places.stretch(m["start"], m["end"]))]
        sources = [(m, places.stretch(m["start"], m["end"])) for m in statement["sources"] if m["end"]]
        roles["source"] = [s for _, s in sources[-1:] if s]
        roles["relay"] = [s for _, s in sources[:-1] if s]
        roles["cue"] = [s for m, _ in sources if m["cue"] and (s := places.stretch(m["cue"]["start"], m["cue"]["end"]))]
        document.asks.append(
            Ask(0, trigger, roles, label, STATUSES.index(statement["status"]), STANCES.index(statement["stance"]))
        )
        ask_cues(
            document,
            [(places.stretch(m["cue"]["start"], m["cue"]["end"]) if m["cue"] else None, s) for m, s in sources],
            None,
        )
    return document


def ask_cues(
    document: Document, links: Sequence[tuple[Stretch | None, Stretch | None]], content: list[Stretch] | None
) -> None:
    """Each cue of a chain (outermost first) asks for its own source, for those outside of it, and for the words told."""
    if document.cues is None:
        document.cues = [UNKNOWN] * len(document.words.spans)
    for number, (cue, mention) in reversed(list(enumerate(links))):  # a cue shared by two links asks for the inner one
        if cue is None or any(ask.kind == 1 and ask.words[0] == cue[0] for ask in document.asks):
            continue
        for index in range(*cue):
            document.cues[index] = 2 if index > cue[0] else 1
        roles = {"source": [mention] if mention else [], "relay": [m for _, m in links[:number] if m]}
        if content is not None and number == len(links) - 1:
            roles["content"] = content
        document.asks.append(Ask(1, cue, roles))


def relay_documents(path: Path, vocabulary: Vocabulary) -> Iterator[Document]:
    """Passages of our own with one relayed chain each and every attribution in them (training/annotations/relays.jsonl)."""
    for passage in read_rows(path):
        text = passage["text"]
        words = lay_out(text, sentences(text), vocabulary)
        places = Places(words)
        document = Document(passage["id"], words, cues=[0] * len(words.spans), known=("source", "relay", "content"))

        def found(span: Sequence[int] | None, places: Places = places) -> Stretch | None:
            return places.stretch(*span) if span else None

        links = [(found(link["cue"]), found(link["mention"])) for link in passage["chain"]]
        ask_cues(document, links, [s for span in passage["content"] if (s := found(span))])
        for source, cue, content in passage["others"]:
            spans = [s for span in content if (s := found(span))]
            ask_cues(document, [(found(cue), found(source))], spans)
        yield document


# ---- attributions ----


def attribution_documents(path: Path, vocabulary: Vocabulary) -> Iterator[Document]:
    """PolNeAR: each cue asks for its source and the words told. Only outermost attributions are annotated there, so that
    what stands inside the words told of one may be a cue or not: unknown."""
    for article in read_rows(path):
        text = article["text"]
        words = lay_out(text, sentences(text), vocabulary)
        places = Places(words)
        document = Document(f"polnear-{article['id']}", words, cues=[0] * len(words.spans), known=("source", "content"))
        for attribution in article["attributions"]:
            found = {
                role: [s for start, stop in attribution[role] if (s := places.stretch(start, stop))]
                for role in ("source", "cue", "content")
            }
            if not found["cue"] or not found["content"]:
                continue
            for start, stop in found["content"]:
                for index in range(start, stop):
                    document.cues[index] = document.cues[index] or UNKNOWN
            for index in range(*found["cue"][0]):
                document.cues[index] = 2 if index > found["cue"][0][0] else 1
            document.asks.append(Ask(1, found["cue"][0], {"source": found["source"], "content": found["content"]}))
        yield document


# ---- names ----

NAME_LABELS = {
    "Person": "person", "Organization": "organisation", "NORP": "group", "Location": "place", "Date": "time",
}  # fmt: skip
_END = re.compile(r"[.!?]$")


def name_documents(path: Path, vocabulary: Vocabulary) -> Iterator[Document]:
    for report in read_rows(path):
        text, spans, stretches = "", [], []
        start = 0
        ends = set(report["ends"])
        for index, token in enumerate(report["tokens"]):
            spans.append((len(text), len(text) + len(token)))
            text += token
            following = report["tokens"][index + 1 : index + 2]
            if index + 1 in ends or (_END.search(token) and following and following[0][:1].isupper()):
                stretches.append(Span(start, len(text)))
                start = len(text) + 1
            text += " "
        if start < len(text.rstrip()):
            stretches.append(Span(start, len(text.rstrip())))
        words = lay_out(text, stretches, vocabulary)
        places = Places(words)
        document = Document(f"names-{report['id']}", words, names=[0] * len(words.spans))
        for first, stop, label in name_spans(report["labels"]):
            stretch = places.stretch(spans[first][0], spans[stop - 1][1])
            if stretch and label in NAME_LABELS:
                bio(document.names, stretch, NAMES.index(NAME_LABELS[label]))
        yield document


def place_documents(path: Path, vocabulary: Vocabulary) -> Iterator[Document]:
    """Every other article of LGL (Lieberman et al. 2010), so that the rest can be measured on. Only places are marked there:
    other words with a capital may be names or not, and are left open."""
    for number, article in enumerate(read_rows(path)):
        if number % 2:
            continue
        text = article["text"]
        words = lay_out(text, sentences(text), vocabulary)
        places = Places(words)
        labels = [UNKNOWN if span.of(text)[0].isupper() else 0 for span in words.spans]
        for toponym in article["toponyms"]:
            stretch = places.stretch(toponym["start"], toponym["end"])
            if stretch is None:
                continue
            kind = NAMES.index("group" if text[toponym["start"] : toponym["end"]] in demonyms() else "place")
            for index in range(*stretch):
                labels[index] = 2 * kind + (2 if index > stretch[0] else 1)
        yield Document(f"lgl-{article['id']}", words, names=labels)


def name_spans(labels: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """(first, stop, label) of BIO labels with S- and E- where the corpus has them."""
    first, kind = 0, ""
    for index, label in enumerate([*labels, "O"]):
        part, _, name = label.partition("-")
        if kind and (part in ("O", "B", "S") or name != kind):
            yield first, index, kind
            kind = ""
        if part in ("B", "S") or (name and not kind):
            first, kind = index, name


# ---- relations ----


def relation_documents(rows: Sequence[dict], vocabulary: Vocabulary) -> Iterator[Document]:
    """PLV: who does what to whom, given both. A row without one of its spans is left out."""
    for row in rows:
        words = lay_out(row["text"], [Span(0, len(row["text"]))], vocabulary)
        places = Places(words)
        if row["source"] and row["target"]:
            here, there = places.stretch(*row["source"]), places.stretch(*row["target"])
            if here and there:
                yield Document(str(row["id"]), words, relation=(here, there, PLV.index(row["root"])))
