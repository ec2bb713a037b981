"""The indexes of words, `said` and `passages`: FTS5 in a file, tsvector under GIN in PostgreSQL.

Both answer alike: a word is found by any form that has the same Porter stem, with or without capitals and accents. A code
("¤chn") is one word and has no other form.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np
import orjson
from sqlalchemy import Connection, text

from ascribe.store import tables
from ascribe.store.writing import put

Array = np.ndarray[Any, np.dtype[Any]]
Asked = Mapping[str, Sequence[Sequence[str]]]  # column → alternatives: of one of them, all words stand there

COLUMNS: Final = {"said": ("actor", "recipient", "source", "about"), "passages": ("words",)}
_TOKEN: Final = re.compile(r"(?:[^\W_]|¤)+")
_LONGEST: Final = 200  # letters; PostgreSQL takes 2 kB
_ROOM: Final = 800_000  # bytes of different words in a paragraph; a tsvector holds 1 MB


def _in_file(connection: Connection) -> bool:
    return connection.dialect.name == "sqlite"


def make(connection: Connection) -> None:
    """Make both indexes in a new dossier."""
    for made in (tables.SAID, tables.PASSAGES) if _in_file(connection) else _MADE:
        connection.execute(text(made))


def add(connection: Connection, index: str, rows: Sequence[tuple[Any, ...]]) -> None:
    """Put rows in: their number, then a text for each column."""
    if _in_file(connection):
        put(connection, index, ("rowid", *COLUMNS[index]), rows)
    elif rows:
        spelled = [[row[0], *(" ".join(tokens_of(each)) for each in row[1:])] for row in rows]
        connection.exec_driver_sql(_ADDED[index], (orjson.dumps(spelled).decode(),))


def forget(connection: Connection, index: str, row: tuple[Any, ...]) -> None:
    """Take a row out again; FTS5 must be told what stood in it."""
    if _in_file(connection):
        put(connection, index, (index, "rowid", *COLUMNS[index]), [("delete", *row)])
    else:
        connection.exec_driver_sql(f"DELETE FROM {index} WHERE rowid = %s", (row[0],))


def clear(connection: Connection) -> None:
    """Empty both."""
    for index in COLUMNS:
        emptied = f"INSERT INTO {index}({index}) VALUES ('delete-all')" if _in_file(connection) else f"DELETE FROM {index}"
        connection.exec_driver_sql(emptied)


def look_up(connection: Connection, index: str, asked: Asked) -> Array:
    """Numbers of the rows of which each column asked for fits, ascending."""
    # They are joined to one text on the way: that is thrice as fast as rows.
    if _in_file(connection):
        found = f"SELECT group_concat(rowid) FROM (SELECT rowid FROM {index} WHERE {index} MATCH ? ORDER BY rowid)"
        joined = connection.exec_driver_sql(found, (_match(asked),)).scalar()
    else:
        fits = " AND ".join(f"{column} @@ %s::tsquery" for column in asked)
        found = f"SELECT string_agg(rowid::text, ',' ORDER BY rowid) FROM {index} WHERE {fits}"
        joined = connection.exec_driver_sql(found, tuple(_queries(connection, asked))).scalar()
    return np.fromstring(joined, np.int64, sep=",") if joined else np.zeros(0, np.int64)


def _match(asked: Asked) -> str:
    """A query of FTS5. Words hold letters and digits alone: nothing typed is read as a query."""
    columns = []
    for column, alternatives in asked.items():
        either = " OR ".join("(" + " AND ".join(f'"{word}"' for word in words) + ")" for words in alternatives if any(words))
        columns.append(f"{{{column}}} : ({either})")
    return " AND ".join(columns)


# ---- PostgreSQL ----

# Stems as FTS5 does: by Porter, words of three letters and more, without a list of words that are left out.
_STEM: Final = (
    "CASE WHEN length(w) < 3 OR position('¤' IN w) > 0 THEN w ELSE coalesce((ts_lexize('ascribe_porter', w))[1], w) END"
)
_MADE: Final = (
    "CREATE TEXT SEARCH DICTIONARY ascribe_porter (TEMPLATE = snowball, Language = porter)",
    "CREATE TABLE said (rowid INTEGER PRIMARY KEY, actor TSVECTOR NOT NULL, recipient TSVECTOR NOT NULL, "
    "source TSVECTOR NOT NULL, about TSVECTOR NOT NULL)",
    "CREATE TABLE passages (rowid INTEGER PRIMARY KEY, words TSVECTOR NOT NULL)",
    "CREATE INDEX said_words ON said USING gin (actor, recipient, source, about)",
    "CREATE INDEX passages_words ON passages USING gin (words)",
)


def _added(index: str) -> str:
    columns = COLUMNS[index]
    stems = (
        f"(SELECT coalesce(array_to_tsvector(array_agg(DISTINCT {_STEM})), '') "
        f"FROM unnest(string_to_array(r->>{number}, ' ')) w)"
        for number in range(1, 1 + len(columns))
    )
    values = f"SELECT (r->>0)::int, {', '.join(stems)} FROM json_array_elements(%s::json) r"
    return f"INSERT INTO {index} (rowid, {', '.join(columns)}) {values}"


_ADDED: Final = {index: _added(index) for index in COLUMNS}


def tokens_of(written: str) -> list[str]:
    """The different words of a text, without accents and capitals; of a monstrous paragraph those that there is room for."""
    written = written.lower()
    if not written.isascii():
        apart = unicodedata.normalize("NFD", written)
        written = "".join([sign for sign in apart if unicodedata.category(sign) != "Mn"])
    words = list(dict.fromkeys(word[:_LONGEST] for word in _TOKEN.findall(written)))
    if sum(map(len, words)) < _ROOM / 4 - len(words):
        return words
    room = _ROOM
    return [word for word in words if (room := room - len(word.encode()) - 8) > 0]


def _queries(connection: Connection, asked: Asked) -> list[str]:
    """A query for each column: 'stem' & 'stem' | 'code'."""
    spelled = {
        column: [words for words in ([t for each in some for t in tokens_of(each)] for some in alternatives) if words]
        for column, alternatives in asked.items()
    }
    all_words = sorted({word for alternatives in spelled.values() for words in alternatives for word in words})
    stemmed = f"SELECT w, {_STEM} FROM json_array_elements_text(%s::json) w"
    rows = connection.exec_driver_sql(stemmed, (orjson.dumps(all_words).decode(),))
    stems: dict[str, str] = dict(tuple(row) for row in rows)
    return [
        " | ".join("(" + " & ".join(f"'{stems[word]}'" for word in words) + ")" for words in alternatives)
        for alternatives in spelled.values()
    ]
