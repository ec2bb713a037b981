"""The tables of what is said across reports (ascribe/thread). All but the judgements and moves can be made again.

A statement stands under its id, as everywhere outside of the records."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Float, Index, Integer, Table, Text

from ascribe.store.tables import Flag, Ordered, metadata

# Reports that were compared with all others.
thread_reports = Table(
    "thread_reports", metadata, Column("seq", Integer, primary_key=True), Column("id", Ordered, nullable=False, unique=True)
)

# Where the like of a report is looked for (thread.groups.keys_of).
thread_keys = Table(
    "thread_keys",
    metadata,
    Column("key", BigInteger, primary_key=True),
    Column("report", Integer, primary_key=True),  # thread_reports.seq
    Index("thread_keys_by_report", "report"),
    sqlite_with_rowid=False,
)

# Each statement with its group, named by the least id of its statements.
thread_statements = Table(
    "thread_statements",
    metadata,
    Column("id", Ordered, primary_key=True),
    Column("report", Ordered, nullable=False),
    Column("group", Ordered),
    Index("thread_statements_by_group", "group"),
    Index("thread_statements_by_report", "report"),
    sqlite_with_rowid=False,
)

# Statements that may tell the same, both ways round, with the log-odds that they do.
thread_near = Table(
    "thread_near",
    metadata,
    Column("one", Ordered, primary_key=True),
    Column("other", Ordered, primary_key=True),
    Column("odds", Float, nullable=False),
    sqlite_with_rowid=False,
)

# What a person said of two statements. A row is never changed; the last word counts.
thread_judged = Table(
    "thread_judged",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("one", Ordered, nullable=False),
    Column("other", Ordered, nullable=False),
    Column("same", Flag, nullable=False),
    Column("who", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("at", Text, nullable=False),  # UTC, ISO 8601
    Index("thread_judged_by_pair", "one", "other"),
)

# What moved from one group to another, and why.
thread_moves = Table(
    "thread_moves",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("statement", Ordered, nullable=False),
    Column("from", Ordered),
    Column("to", Ordered),
    Column("because", Text, nullable=False),
    Column("at", Text, nullable=False),
)

# Corrections of statements (corrections.seq) since which their reports were compared anew.
thread_followed = Table("thread_followed", metadata, Column("correction", Integer, primary_key=True, autoincrement=False))
