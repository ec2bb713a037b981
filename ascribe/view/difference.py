"""What two releases say differently: the statements that came, went or changed, and why."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from ascribe.errors import UsageError

Row = dict[str, Any]
_HANGING: Final = ("mentions", "sources", "identities")
_AT_ONCE: Final = 20_000


@dataclass(slots=True)
class _Release:
    """What is compared: of each statement a digest a table, of each report what read it."""

    statements: dict[str, str] = field(default_factory=dict)  # id → report
    digests: dict[str, dict[str, str]] = field(default_factory=dict)  # table → statement → digest
    reports: dict[str, tuple[str | None, str | None]] = field(default_factory=dict)  # id → software, weights
    corrections: dict[str, list[Row]] = field(default_factory=dict)


def differences(before: str, after: str) -> Iterator[Row]:
    """One row a statement: `what` (came, went, changed), its id, its report, `why`, and the tables in which it differs."""
    old, new = _read(Path(before)), _read(Path(after))
    for id in sorted(old.statements.keys() | new.statements.keys()):
        if id not in old.statements:
            report = new.statements[id]
            why = "new report" if report not in old.reports else _reading(old, new, report)
            yield _row("came", id, report, why, [])
        elif id not in new.statements:
            report = old.statements[id]
            why = "the report is gone" if report not in new.reports else _reading(old, new, report)
            yield _row("went", id, report, why, [])
        elif tables := [name for name in old.digests if old.digests[name].get(id) != new.digests[name].get(id)]:
            yield _row("changed", id, new.statements[id], _why_changed(old, new, id), tables)


def _row(what: str, id: str, report: str, why: str, tables: list[str]) -> Row:
    return {"what": what, "statement": id, "report": report, "why": why, "tables": tables}


def _reading(old: _Release, new: _Release, report: str) -> str:
    """Why a report is read otherwise: other weights, else other software."""
    (software, weights), (new_software, new_weights) = old.reports[report], new.reports[report]
    if weights != new_weights:
        return f"weights {weights or 'none'} → {new_weights or 'none'}"
    if software != new_software:
        return f"software {software} → {new_software}"
    return "read again"


def _why_changed(old: _Release, new: _Release, id: str) -> str:
    known = {correction["number"] for correction in old.corrections.get(id, ())}
    made = [correction for correction in new.corrections.get(id, ()) if correction["number"] not in known]
    if made:
        return "; ".join(f"correction of {c['field']} by {c['who']}: {c['why']}" for c in made)
    if old.corrections.get(id, []) != new.corrections.get(id, []):
        return "correction"
    read = _reading(old, new, new.statements[id])
    return "table" if read == "read again" else read


# ---- reading a release ----


def _read(folder: Path) -> _Release:
    _checked(folder)
    release = _Release(digests={"statements": {}})
    for row in _rows(folder, "reports"):
        release.reports[row["id"]] = (row["software"], row["weights"])
    for row in _rows(folder, "statements"):
        release.statements[row["id"]] = row["report"]
        release.digests["statements"][row["id"]] = _digest([row])
    for table in _HANGING:
        by_statement: dict[str, list[Row]] = defaultdict(list)
        for row in _rows(folder, table):
            by_statement[row["statement"]].append(row)
        release.digests[table] = {id: _digest(rows) for id, rows in by_statement.items()}
    for row in _rows(folder, "corrections"):
        release.corrections.setdefault(row["statement"], []).append(row)
    return release


def _checked(folder: Path) -> None:
    """A release whose files are not those of its manifest says nothing that can be compared."""
    try:
        manifest = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
        for resource in manifest["resources"]:
            held = hashlib.sha256((folder / Path(resource["path"]).name).read_bytes()).hexdigest()
            if resource["hash"] != f"sha256:{held}":
                raise UsageError(f"{folder}: {resource['path']} is not what the manifest says; take a whole copy")
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UsageError(f"{folder}: is no release; name a folder that `ascribe release` wrote") from error


def _rows(folder: Path, table: str) -> Iterator[Row]:
    import pyarrow.parquet as pq

    with pq.ParquetFile(folder / f"{table}.parquet") as opened:
        for batch in opened.iter_batches(_AT_ONCE):
            yield from batch.to_pylist()


def _digest(rows: list[Row]) -> str:
    return hashlib.blake2b(json.dumps(rows, sort_keys=True).encode(), digest_size=8).hexdigest()
