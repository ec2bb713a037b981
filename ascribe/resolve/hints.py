"""A guess at the sector of a party that no table explains, from the words in and around it and from what it does.

Every hint adds its weight to a sector (sector_hints.csv); the sector with the most wins. The guess is right two times in
five, where saying the most frequent sector is right once in five (`python -m evaluation.hints` measures both).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache

from ascribe.data import rows
from ascribe.resolve.index import Index
from ascribe.schema import Span

ALWAYS = "always"  # the hint that every party brings
_BEFORE, _AFTER = 6, 9  # tokens around a name that are looked at
_TWICE = 2  # places of a name that are looked at
_SHARE = 0.1  # sectors that fewer of the report's parties have say nothing


@cache
def _weights() -> dict[str, dict[str, float]]:
    found: dict[str, dict[str, float]] = defaultdict(dict)
    for row in rows("sector_hints"):
        found[row["hint"]][row["sector"]] = float(row["weight"])
    return dict(found)


def hints_of(index: Index, span: Span, acts: Iterable[str], sectors: Mapping[str, int]) -> dict[str, float]:
    """What may tell the sector of a mention: "in mayor", "near senator", "act recipient ASSAULT", "report PTY".

    `acts` are what it does in the statements of the report, `sectors` how many of the report's parties have which sector.
    """
    first, last = index.tokens_in(span.start, span.stop)
    inside = index.tokens[first:last]
    capitals = [token for token in inside if token.capital and not token.key.isdigit()]
    found = {ALWAYS: 1.0, f"shape {_shape(index, span, len(inside), len(capitals))}": 1.0}
    found |= {f"in {index.tokens[at].key}": 1.0 for at in range(first, last) if at not in index.named_tokens}
    places = index.capitals[capitals[-1].key][:_TWICE] if capitals else [last - 1]
    for place in places:
        around = range(max(0, place - _BEFORE), min(len(index.tokens), place + _AFTER))
        found |= {f"near {index.tokens[at].key}": 1.0 for at in around if at not in index.named_tokens}
    found |= {f"act {act}": 1.0 for act in acts}
    total = sum(sectors.values())
    found |= {f"report {sector}": n / total for sector, n in sectors.items() if n >= _SHARE * total}
    return found


def _shape(index: Index, span: Span, words: int, capitals: int) -> str:
    text = index.text[span.start : span.stop]
    if text.isupper() and len(text) > 1:
        return "short"
    if words and capitals == words:
        return f"name{min(3, words)}"
    return "mixed" if capitals else "small"


def guess(hints: Mapping[str, float]) -> tuple[str | None, str]:
    """The sector for which the hints speak most, and the two that speak loudest for it."""
    total: dict[str, float] = defaultdict(float)
    heard = [hint for hint in hints if hint in _weights()]
    for hint in heard:
        for sector, weight in _weights()[hint].items():
            total[sector] += weight * hints[hint]
    if not total:
        return None, "no hint at its sector"
    best = max(total, key=lambda sector: (total[sector], sector))
    loud = sorted(((_weights()[hint].get(best, 0.0) * hints[hint], hint) for hint in heard if hint != ALWAYS), reverse=True)
    spoken = [f'"{hint}"' for weight, hint in loud[:2] if weight > 0]
    return best, f"guessed as {best} from {' and '.join(spoken) or 'nothing'}, sector_hints.csv"
