"""Relation types for score_relations: `python -m evaluation.relations IN.jsonl OUT.jsonl` (PLV: Hu et al., ACL 2024).

A row without one of its spans gets the type between the span it has and the whole text."""

from __future__ import annotations

import sys

from ascribe.mark.reader import relations
from ascribe.schema import Span
from evaluation.adapt import Row, adapt


def relation(row: Row) -> Row:
    whole = Span(0, len(row["text"]))
    here, there = (Span(*row[side]) if row.get(side) else whole for side in ("source", "target"))
    return {"id": row["id"], "root": relations(row["text"], [(here, there)])[0]}


if __name__ == "__main__":
    sys.exit(adapt(__doc__, relation))
