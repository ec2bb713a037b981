"""The values that flow through `ascribe`, in the order in which they arise. Read this file first.

    Report ──mark──▶ Reading ──relate──▶ Statement ──resolve──▶ Identity ──store──▶ dossier

Every value is frozen. What a report says (`Statement`) never changes; what we believe its words mean (`Identity`) can be
made again when a table learns of a new minister or a person corrects a link. All spans count characters (code points) of
`Report.text`. A value that is not known is None, never a word or a zero. The words used here are those of docs/codebook.md.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from dataclasses import dataclass
from typing import Final

EVENTS: Final = (
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST",
    "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
)  # fmt: skip
POSITIONS: Final = ("CLAIM", "CONTROL", "STANCE", "RELATION")
TYPES: Final = EVENTS + POSITIONS
STATUSES: Final = ("actual", "future", "hypothetical", "negated", "historical")
STANCES: Final = ("asserts", "denies", "hedges")
SOURCE_KINDS: Final = ("person", "group", "organisation", "media", "document")
SECTORS: Final = (
    "GOV", "MIL", "COP", "JUD", "LEG", "PTY", "OPP", "REB", "IGO", "NGO", "BUS", "MED", "CVL", "CRM", "UNK",
)  # fmt: skip
ROLES: Final = ("actor", "recipient", "object", "place", "time", "source", "relay", "cue")


def digest(*parts: object) -> str:
    """Sixteen hex digits made from the content of `parts`: the same content gives the same id everywhere."""
    joined = "\x1f".join("" if part is None else str(part) for part in parts)
    return hashlib.sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()[:16]


# ---- gather: a text and where it came from ----


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Characters `start` up to but not including `stop` of `Report.text`."""

    start: int
    stop: int

    def of(self, text: str) -> str:
        return text[self.start : self.stop]

    def overlaps(self, other: Span) -> bool:
        return self.start < other.stop and other.start < self.stop

    def covers(self, other: Span) -> bool:
        return self.start <= other.start and other.stop <= self.stop


@dataclass(frozen=True, slots=True)
class Report:
    """One published text. If it has a headline, `text` begins with it and a line break."""

    id: str  # given by the input, else `digest` of the content
    text: str
    headline: str | None = None
    publisher: str | None = None  # as printed: "AFP"
    published: str | None = None  # ISO 8601, as precise as known: "2014-02-06" or "2014-02-06T10:15:00+00:00"
    url: str | None = None
    language: str | None = None  # BCP 47: "en"
    format: str | None = None  # "text", "html", "jsonl"

    @property
    def content(self) -> str:
        """Digest of everything but the id: two reports with one content are one report."""
        return digest(self.text, self.headline, self.publisher, self.published, self.url)


@dataclass(frozen=True, slots=True)
class Refusal:
    """An input that was not read, and why, in words a person can act on: `input: place: what is wrong; remedy`."""

    input: str  # file, URL or "-"
    place: str | None  # "line 17"
    reason: str

    def __str__(self) -> str:
        where = f"{self.input}: {self.place}" if self.place else self.input
        return f"{where}: {self.reason}"


# ---- mark: sentences and the marks on them, in the report's words, nothing interpreted ----


@dataclass(frozen=True, slots=True)
class Name:
    """A stretch of text that names something: label is "person", "organisation", "group" (peoples), "place", "time"."""

    span: Span
    label: str
    score: float


@dataclass(frozen=True, slots=True)
class Arc:
    """From a trigger to the words that fill one of its roles (`ROLES`).

    `source` is the innermost source, `relay` one that passes it on, `cue` the words that make a source one."""

    role: str
    span: Span
    score: float


@dataclass(frozen=True, slots=True)
class Trigger:
    """The words that express an event or position, what the reader takes them for, and the arcs to their fillers."""

    span: Span
    type: str
    score: float
    status: str = "actual"
    stance: str = "asserts"
    arcs: tuple[Arc, ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """One attribution: a cue, whom it makes a source (none where nobody is named), the words told,
    and who passed them on."""

    cue: Span | None
    source: Span | None
    content: tuple[Span, ...]
    score: float
    relays: tuple[Span, ...] = ()  # outside of the source, in the order of the text


@dataclass(frozen=True, slots=True)
class Reading:
    """A report with everything that was marked on it, each group in the order of the text."""

    report: Report
    sentences: tuple[Span, ...]
    names: tuple[Name, ...] = ()
    triggers: tuple[Trigger, ...] = ()
    told: tuple[Told, ...] = ()  # acts of communication: what relate builds chains from
    attributed: tuple[Told, ...] = ()  # attributions in the wide sense of PolNeAR: beliefs, intentions and likings too

    def sentence_at(self, position: int) -> int:
        """Index of the sentence that holds character `position` (the last one before it between sentences)."""
        return max(bisect_right(self.sentences, position, key=lambda sentence: sentence.start) - 1, 0)


# ---- relate: what the report says, on whose word ----


@dataclass(frozen=True, slots=True)
class Mention:
    """A party, place, time or thing as the report words it. Who or what it is stands in an Identity."""

    text: str  # as written: "Diaoyus"
    span: Span
    confidence: float = 1.0  # how sure the reader is that these words fill this field

    @classmethod
    def at(cls, report: Report, span: Span, confidence: float = 1.0) -> Mention:
        return cls(span.of(report.text), span, confidence)


@dataclass(frozen=True, slots=True)
class Source:
    """One link of a chain: who is said to say so, and the words that make him a source."""

    mention: Mention
    cue: Mention | None  # None where the cue stands in an earlier sentence
    kind: str  # SOURCE_KINDS
    named: bool


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing that a report says about the political world, on somebody's word (the codebook, sections 1 to 5).

    `chain` runs from the outermost source to the innermost; the publisher is always its root and is not in it."""

    id: str
    report: str
    kind: str  # "event" or "position"
    type: str  # TYPES
    trigger: Mention
    actors: tuple[Mention, ...] = ()
    recipients: tuple[Mention, ...] = ()
    object: Mention | None = None
    place: Mention | None = None
    time: Mention | None = None
    status: str = "actual"
    quoted: bool = False
    chain: tuple[Source, ...] = ()
    stance: str = "asserts"
    answers: str | None = None  # id of another statement of the same report
    same_as: str | None = None
    mode: str | None = None  # PLOVER mode
    contexts: tuple[str, ...] = ()  # PLOVER contexts
    confidence: float = 1.0
    corrected: tuple[str, ...] = ()  # fields in which a person has the last word ("status", "actor.1.country")


# ---- resolve: what we believe the words mean, and why ----


@dataclass(frozen=True, slots=True)
class Identity:
    """Who, where or when a mention means, as of the report's date, and the reason.

    One mention of one statement gives one identity. `role` is "actor", "recipient", "source", "place", "time", or "dispute"
    for the dispute that the whole statement belongs to (then `span` is the words that say so). Fields that do not
    apply to a role are None: `lat` and `lon` (degrees) for places, `earliest`, `latest`
    (ISO 8601 prefixes) and `granularity` for times."""

    statement: str
    role: str
    span: Span
    entity: str | None = None  # id in the tables: "JPN", "mainichi-shimbun", "senkaku"
    name: str | None = None  # "Japan", "Mainichi Shimbun"
    country: str | None = None  # ISO 3166-1 alpha-3, historical codes allowed
    sector: str | None = None  # SECTORS
    lat: float | None = None
    lon: float | None = None
    dispute: str | None = None
    earliest: str | None = None
    latest: str | None = None
    granularity: str | None = None  # "day", "month", "year", "decade", "era"
    score: float = 0.0
    because: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """A report with all that was made of it: what the pipeline gives and the dossier keeps."""

    report: Report
    statements: tuple[Statement, ...] = ()
    identities: tuple[Identity, ...] = ()
