"""The tables of a dossier. A report's rows hang on `reports.seq`, a statement's on `statements.seq`.

What a report says stands in statements, mentions and sources and never changes. What we believe it means stands in
identities; `statements.earliest` and `.latest` and the index `said` are made from both and can be made again.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import Boolean, Column, Float, ForeignKey, Index, Integer, MetaData, Table, Text, UniqueConstraint

APPLICATION_ID: Final = 0x61736372  # "ascr": tells a dossier from any other SQLite file

metadata = MetaData()

meta = Table("meta", metadata, Column("key", Text, primary_key=True), Column("value", Text, nullable=False))

runs = Table(
    "runs",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("started", Text, nullable=False),  # UTC, ISO 8601
    Column("software", Text, nullable=False),
    Column("weights", Text),  # None: read by tables alone
)

reports = Table(
    "reports",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("content", Text, nullable=False, index=True),  # Report.content
    Column("text", Text, nullable=False),
    Column("headline", Text),
    Column("publisher", Text),
    Column("published", Text),
    Column("url", Text),
    Column("language", Text),
    Column("format", Text),
    Column("run", Integer, ForeignKey("runs.seq"), nullable=False),
)

statements = Table(
    "statements",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("report", Integer, ForeignKey("reports.seq"), nullable=False),
    Column("position", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("type", Text, nullable=False),
    Column("mode", Text),
    Column("contexts", Text, nullable=False),  # joined by blanks
    Column("start", Integer, nullable=False),  # of the trigger
    Column("stop", Integer, nullable=False),
    Column("trigger", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("stance", Text, nullable=False),
    Column("quoted", Boolean(create_constraint=False), nullable=False),
    Column("answers", Text),
    Column("same_as", Text),
    Column("confidence", Float, nullable=False),
    Column("earliest", Text),  # first and last day the content may be of: YYYY-MM-DD
    Column("latest", Text),
    UniqueConstraint("report", "position"),
    Index("statements_by_type", "type", "earliest"),
    Index("statements_by_status", "status", "earliest"),
    Index("statements_by_stance", "stance", "earliest"),
    Index("statements_by_day", "earliest", "latest"),
)

mentions = Table(
    "mentions",
    metadata,
    Column("statement", Integer, ForeignKey("statements.seq"), primary_key=True),
    Column("role", Text, primary_key=True),  # actor, recipient, object, place, time
    Column("position", Integer, primary_key=True),
    Column("start", Integer, nullable=False),
    Column("stop", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("confidence", Float, nullable=False),
    sqlite_with_rowid=False,
)

sources = Table(
    "sources",
    metadata,
    Column("statement", Integer, ForeignKey("statements.seq"), primary_key=True),
    Column("position", Integer, primary_key=True),  # 0 is the outermost
    Column("start", Integer, nullable=False),
    Column("stop", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("confidence", Float, nullable=False),
    Column("kind", Text, nullable=False),
    Column("named", Boolean(create_constraint=False), nullable=False),
    Column("cue_start", Integer),
    Column("cue_stop", Integer),
    Column("cue", Text),
    sqlite_with_rowid=False,
)

identities = Table(
    "identities",
    metadata,
    Column("statement", Integer, ForeignKey("statements.seq"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("role", Text, nullable=False),
    Column("start", Integer, nullable=False),
    Column("stop", Integer, nullable=False),
    Column("entity", Text),
    Column("name", Text),
    Column("country", Text),
    Column("sector", Text),
    Column("lat", Float),
    Column("lon", Float),
    Column("dispute", Text),
    Column("earliest", Text),
    Column("latest", Text),
    Column("granularity", Text),
    Column("score", Float, nullable=False),
    Column("because", Text, nullable=False),
    sqlite_with_rowid=False,
)

refusals = Table(
    "refusals",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("input", Text, nullable=False),
    Column("place", Text, nullable=False),  # "" where the whole input was refused: NULLs would never be equal
    Column("reason", Text, nullable=False),
    Column("run", Integer, ForeignKey("runs.seq"), nullable=False),
    UniqueConstraint("input", "place", "reason"),
)

# Words and codes of a statement, one row each under the statement's seq. It keeps no text of its own (content=''). The sign
# "¤" begins a code (see search.code), so that the country CAN is not the word "can".
SAID: Final = (
    "CREATE VIRTUAL TABLE said USING fts5(actor, recipient, source, about, content='', "
    "tokenize=\"porter unicode61 remove_diacritics 2 tokenchars '¤'\")"
)

# What people correct. A row is never changed: taking a correction back is a row that names the one it undoes.
corrections = Table(
    "corrections",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("statement", Integer, ForeignKey("statements.seq"), nullable=False),
    Column("field", Text, nullable=False),  # "status", "actor.1.country"
    Column("old", Text),  # JSON, as are the new ones
    Column("new", Text),
    Column("who", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("at", Text, nullable=False),  # UTC, ISO 8601
    Column("undoes", Integer, ForeignKey("corrections.seq")),
    Index("corrections_by_statement", "statement"),
)
