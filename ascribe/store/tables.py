"""The tables of a dossier. A report's rows hang on `reports.seq`, a statement's on `statements.seq`.

What a report says stands in statements and never changes. What we believe it means stands in `statements.means`;
`statements.earliest` and `.latest`, `columns` and the indexes `said` and `passages` are made from both and can be made
again (remaking.py).
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
)

APPLICATION_ID: Final = 0x61736372  # "ascr": tells a dossier from any other SQLite file

metadata = MetaData()

# In the order of their bytes in both stores; yes and no as 1 and 0; more than two thousand millions.
Ordered: Final = Text().with_variant(Text(collation="C"), "postgresql")
Flag: Final = Boolean(create_constraint=False).with_variant(SmallInteger, "postgresql")
_Large: Final = Integer().with_variant(BigInteger, "postgresql")

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
    Column("id", Ordered, nullable=False, unique=True),
    Column("content", Text, nullable=False),  # Report.content
    Column("text", Text, nullable=False),
    Column("headline", Text),
    Column("publisher", Text),
    Column("published", Ordered),
    Column("url", Text),
    Column("language", Text),
    Column("format", Text),
    Column("run", Integer, ForeignKey("runs.seq"), nullable=False),
    Index("reports_in_order", "published", "id"),
)

statements = Table(
    "statements",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("id", Ordered, nullable=False, unique=True),
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
    Column("quoted", Flag, nullable=False),
    Column("answers", Text),
    Column("same_as", Text),
    Column("confidence", Float, nullable=False),
    Column("earliest", Text),  # first and last day the content may be of: YYYY-MM-DD
    Column("latest", Text),
    Column("words", Text, nullable=False),  # JSON: who, whom, what, where, when, on whose word (rows.py)
    Column("means", Text, nullable=False),  # JSON: the identities
    UniqueConstraint("report", "position"),
)

# A checksum of each report's rows (seals.py).
seals = Table(
    "seals",
    metadata,
    Column("report", Integer, ForeignKey("reports.seq"), primary_key=True),
    Column("seal", _Large, nullable=False),
)

# What filters look at, packed (columns.py). Made from the tables above and can be made again.
columns = Table(
    "columns",
    metadata,
    Column("first", Integer, primary_key=True),  # statements.seq
    Column("statements", LargeBinary, nullable=False),
    Column("reports", LargeBinary, nullable=False),
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
    "CREATE VIRTUAL TABLE said USING fts5(actor, recipient, source, about, content='', columnsize=0, "
    "tokenize=\"porter unicode61 remove_diacritics 2 tokenchars '¤'\")"
)
# The text of reports, each word once: a paragraph that makes statements under the seq of the first of them, the rest of a
# report under its own seq with a minus.
PASSAGES: Final = (
    "CREATE VIRTUAL TABLE passages USING fts5(words, content='', columnsize=0, "
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
