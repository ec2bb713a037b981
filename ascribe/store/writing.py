"""Many rows at once: to SQLite as tuples, to PostgreSQL as one JSON text, which saves a way there and back for each."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, Final

import orjson
from sqlalchemy import Connection

_AT_ONCE: Final = 2_000  # rows in one JSON text


def put(
    connection: Connection, table: str, columns: Sequence[str], rows: Sequence[tuple[Any, ...]], *, once: bool = False
) -> None:
    """Insert `rows`, each in the order of `columns`. With `once`, those that are there already stay alone."""
    if not rows:
        return
    named = ", ".join(f'"{column}"' for column in columns)
    unless = " ON CONFLICT DO NOTHING" if once else ""
    if connection.dialect.name == "sqlite":
        places = ", ".join("?" for _ in columns)
        connection.exec_driver_sql(f"INSERT INTO {table} ({named}) VALUES ({places}){unless}", list(rows))
        return
    values = f"SELECT {named} FROM json_populate_recordset(NULL::{table}, %s::json)"
    for start in range(0, len(rows), _AT_ONCE):
        some = [dict(zip(columns, row, strict=True)) for row in rows[start : start + _AT_ONCE]]
        as_json = orjson.dumps(some, default=_bytes).decode()
        connection.exec_driver_sql(f"INSERT INTO {table} ({named}) {values}{unless}", (as_json,))


def _bytes(value: bytes) -> str:
    return "\\x" + value.hex()


def those_there(connection: Connection, table: str, column: str, values: Sequence[str]) -> set[str]:
    """Which of `values` stand in a column already."""
    listed = "json_each(?)" if connection.dialect.name == "sqlite" else "json_array_elements_text(%s::json)"
    found = f"SELECT t.{column} FROM {listed} AS wanted CROSS JOIN {table} AS t WHERE t.{column} = wanted.value"
    return set(connection.exec_driver_sql(found, (json.dumps(values),)).scalars())
