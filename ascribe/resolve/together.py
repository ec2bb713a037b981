"""Which meanings of the place names of one report go together: those near each other, in one region, of one state."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, Final

import numpy as np

from ascribe.resolve.meanings import Candidate

# In natural logarithms of odds, found by trying on every second article of LGL (Lieberman et al. 2010).
_TOGETHER: Final = 6.0
_COUNTRY, _REGION, _NEAR, _ABROAD = 0.5, 1.0, 4.0, 0.2  # same country, same region, next to each other, states among states
_NEAR_KM: Final = 90.0
_ROUNDS: Final = 5


def support(candidates: Sequence[Candidate], owner: Any, base: Any, weight: Any) -> Any:
    """How much the other names speak for each candidate. `owner` is the number of its name, `base` what is known of
    the candidate alone, `weight` how much each name counts."""
    pull = _pull(candidates) * (owner[:, None] != owner[None, :]) * weight[owner][None, :]
    found = np.zeros(len(candidates))
    for _ in range(_ROUNDS):
        found = _TOGETHER * np.log1p(pull @ _shares(base + found, owner, len(weight)))
    return found


def _pull(candidates: Sequence[Candidate]) -> Any:
    """How much each candidate, if meant, speaks for each other."""
    countries, regions = _numbers([c.country or "" for c in candidates]), _numbers([c.region for c in candidates])
    points = np.radians(np.array([(c.lat, c.lon) for c in candidates]))
    xyz = np.stack(
        [
            np.cos(points[:, 0]) * np.cos(points[:, 1]),
            np.cos(points[:, 0]) * np.sin(points[:, 1]),
            np.sin(points[:, 0]),
        ],
        axis=1,
    )
    km = 6371.0 * np.sqrt(np.maximum(0.0, 2.0 - 2.0 * xyz @ xyz.T))
    local = np.array([not c.is_state for c in candidates])
    near = np.exp(-km / _NEAR_KM) * (local[:, None] & local[None, :])
    abroad = ~(local[:, None] | local[None, :]) & (countries[:, None] != countries[None, :])
    return _COUNTRY * _same(countries) + _REGION * _same(regions) + _NEAR * near + _ABROAD * abroad


def _numbers(words: Sequence[str]) -> Any:
    known: dict[str, int] = {"": -1}
    return np.array([known.setdefault(word, len(known)) for word in words])


def _same(numbers: Any) -> Any:
    return (numbers[:, None] == numbers[None, :]) & (numbers[:, None] >= 0)


def softmax(logits: Any) -> Any:
    """Logarithms of odds as shares of one."""
    powers = np.exp(logits - logits.max())
    return powers / powers.sum()


def likeliest(candidates: Sequence[Candidate], shares: Any) -> tuple[int, float]:
    """The likeliest, and the share of its region: whether a town, its district or its region is meant matters less."""
    regions: dict[str, float] = defaultdict(float)
    for candidate, share in zip(candidates, shares, strict=True):
        regions[candidate.region or candidate.id] += float(share)
    best = max(range(len(candidates)), key=lambda at: (regions[candidates[at].region or candidates[at].id], shares[at]))
    return best, regions[candidates[best].region or candidates[best].id]


def _shares(logits: Any, owner: Any, count: int) -> Any:
    most = np.full(count, -np.inf)
    np.maximum.at(most, owner, logits)
    powers = np.exp(logits - most[owner])
    return powers / np.bincount(owner, powers, minlength=count)[owner]
