"""From pairs that speak for or against being one to clusters. The result depends on the pairs alone, not on their order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from heapq import heapify, heappop, heappush
from typing import Final

_UNLIKELY: Final = -2.0  # log-odds of a pair that was never compared or is not near
SURE: Final = 2.0  # log-odds that a pair in a crowd needs


Join = Callable[[list[str], dict[tuple[str, str], float]], list[list[str]]]


def averaged(ids: list[str], edges: dict[tuple[str, str], float]) -> list[list[str]]:
    """Clusters in which two are joined as long as the mean of the log-odds between them speaks for it, the surest first."""
    clusters = {id: [id] for id in ids}
    sums: dict[str, dict[str, float]] = {id: {} for id in ids}
    counts: dict[str, dict[str, int]] = {id: {} for id in ids}
    for (a, b), odds in edges.items():
        sums[a][b] = sums[b][a] = odds
        counts[a][b] = counts[b][a] = 1
    heap = [(-odds, a, b, 1, 1) for (a, b), odds in edges.items() if odds > 0]
    heapify(heap)
    while heap:
        _, a, b, size_a, size_b = heappop(heap)
        if a not in clusters or b not in clusters or len(clusters[a]) != size_a or len(clusters[b]) != size_b:
            continue
        clusters[a] = sorted(clusters[a] + clusters.pop(b))
        for c, total in sums.pop(b).items():
            number = counts[b][c]
            sums[c].pop(b, None)
            counts[c].pop(b, None)
            if c != a:
                sums[a][c] = sums[c][a] = sums[a].get(c, 0.0) + total
                counts[a][c] = counts[c][a] = counts[a].get(c, 0) + number
        counts.pop(b)
        for c, total in sums[a].items():
            pairs = len(clusters[a]) * len(clusters[c])
            mean = round((total + _UNLIKELY * (pairs - counts[a][c])) / pairs, 9)
            if mean > 0:
                one, other = min(a, c), max(a, c)
                heappush(heap, (-mean, one, other, len(clusters[one]), len(clusters[other])))
    return list(clusters.values())


def linked(ids: list[str], edges: dict[tuple[str, str], float]) -> list[list[str]]:
    """Clusters of whatever hangs together by sure pairs."""
    parent = {id: id for id in ids}

    def root(id: str) -> str:
        while parent[id] != id:
            parent[id] = id = parent[parent[id]]
        return id

    for (a, b), odds in edges.items():
        if odds > SURE:
            one, other = sorted((root(a), root(b)))
            parent[other] = one
    clusters: dict[str, list[str]] = defaultdict(list)
    for id in ids:
        clusters[root(id)].append(id)
    return list(clusters.values())
