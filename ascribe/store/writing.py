"""Many rows at once: tuples straight to the driver, whichever it is."""

from __future__ import annotations

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
