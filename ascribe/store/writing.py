"""Many rows at once: tuples straight to the driver, whichever it is."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection


def put(connection: Connection, table: str, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
    """Insert `rows`, each in the order of `columns`."""
    if not rows:
        return
    place = "?" if connection.dialect.name == "sqlite" else "%s"
    named, places = ", ".join(f'"{column}"' for column in columns), ", ".join(place for _ in columns)
    connection.exec_driver_sql(f"INSERT INTO {table} ({named}) VALUES ({places})", list(rows))


def those_there(connection: Connection, table: str, column: str, values: Sequence[str]) -> set[str]:
    """Which of `values` stand in a column already."""
    listed, place = (
        ("json_each(?)", "value") if connection.dialect.name == "sqlite" else ("json_array_elements_text(%s)", "*")
    )
    found = f"SELECT {column} FROM {table} WHERE {column} IN (SELECT {place} FROM {listed})"
    return set(connection.exec_driver_sql(found, (json.dumps(values),)).scalars())
