"""What an imported CAMEO code is in our terms: type, mode, contexts, label."""

from __future__ import annotations

from ascribe.errors import ReadError
from ascribe.view.exports import cameo


def kind_of(code: str) -> tuple[str, str | None, tuple[str, ...], str]:
    """Type, mode, contexts and label; a code that is no event of ours is refused with the reason."""
    row = cameo.row_of(code)
    if row is None:
        raise ReadError(f"{code!r} is no CAMEO code; mend the line")
    if not row["type"]:
        raise ReadError(f"CAMEO {row['code']} ({row['label']}) says no event that the codebook has; leave the line out")
    return row["type"], row["mode"] or None, tuple(filter(None, row["contexts"].split(";"))), row["label"]
