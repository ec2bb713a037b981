"""Who and where is meant, asked again of everything that a dossier holds: nothing is read or marked anew.

Tables learn of a new minister, or a user brings tables of their own; what people corrected stays as they said, and rows of
other event data sets keep the codes of those.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ascribe.resolve import resolve
from ascribe.schema import Identity
from ascribe.store import Dossier
from ascribe.thread.kept import unthread
from ascribe.view.exports.imported import DATA_SETS


def resolve_again(dossier: Dossier) -> Iterator[tuple[str, bool]]:
    """For each report its id, and whether anything in it is now believed to mean something else.

    A report that changed is taken out of the threads; they take it in again when they are next asked for."""
    corrected = {correction.statement for correction in dossier.corrections()}
    for record in dossier.records():
        if record.report.format in DATA_SETS:
            yield record.report.id, False
            continue
        means = resolve(record.report, record.statements)
        changed = _of_others(means, corrected) != _of_others(record.identities, corrected)
        if changed or any(statement.id in corrected for statement in record.statements):
            if changed:
                unthread(dossier, record.report.id)
            dossier.replace_identities(record.report.id, means)
        yield record.report.id, changed


def _of_others(identities: Sequence[Identity], corrected: set[str]) -> list[Identity]:
    """What is believed of the statements that nobody corrected."""
    return sorted((one for one in identities if one.statement not in corrected), key=_order)


def _order(identity: Identity) -> tuple[str, str, int, int]:
    return identity.statement, identity.role, identity.span.start, identity.span.stop
