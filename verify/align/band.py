"""Where a path can run: sure one-to-one matches, the longest rising chain of them, and a margin around it."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

import numpy as np

from .similarity import Scores

SMALL = 250_000  # cells below which nothing is left out
MARGIN = 40  # segments on each side of the chain
SURE = 0.25  # cosine below which a best match is no anchor
TRUST = 20  # segments whose length ratio weighs as much as what is usual for the languages


@dataclass(frozen=True)
class Band:
    """Row i (i source segments consumed) may meet columns low[i]..high[i], both included.

    `ratio` is the log of target characters for one source character in true pairs.
    """

    low: np.ndarray
    high: np.ndarray
    ratio: float


def find_band(scores: Scores, s_length: np.ndarray, t_length: np.ndarray, ratio: float) -> Band:
    """`ratio` is what is usual for the languages; matches found move it to that of these texts."""
    n, m = len(s_length), len(t_length)
    anchors = chain(mutual(*scores.vectors()))
    if anchors:
        found = np.log([t_length[j] / s_length[i] for i, j in anchors])
        ratio = (ratio * TRUST + np.median(found) * len(found)) / (TRUST + len(found))
    if n * m <= SMALL:
        return Band(np.zeros(n + 1, np.int64), np.full(n + 1, m, np.int64), float(ratio))
    points = [(0, 0), *((i, j) for i, j in anchors), (n, m)]
    low, high = np.full(n + 1, m, np.int64), np.zeros(n + 1, np.int64)
    for (i, j), (k, last) in zip(points, points[1:]):
        # Between two anchors any path may run; a margin forgives an anchor that is slightly off.
        rows = slice(max(0, i - MARGIN), min(n, k + MARGIN) + 1)
        low[rows] = np.minimum(low[rows], max(0, j - MARGIN))
        high[rows] = np.maximum(high[rows], min(m, last + MARGIN))
    return Band(low, high, float(ratio))


def mutual(source: np.ndarray, target: np.ndarray, chunk: int = 1024) -> list[tuple[int, int]]:
    """Pairs of segments that are each other's best match, ascending; memory stays linear."""
    best_column = np.zeros(len(source), np.int64)
    column_best, column_row = np.full(len(target), -np.inf), np.zeros(len(target), np.int64)
    row_best = np.zeros(len(source))
    for first in range(0, len(source), chunk):
        products = source[first:first + chunk] @ target.T
        best_column[first:first + chunk] = products.argmax(1)
        row_best[first:first + chunk] = products.max(1)
        top = products.argmax(0)
        value = products[top, np.arange(len(target))]
        better = value > column_best
        column_best[better], column_row[better] = value[better], top[better] + first
    rows = np.flatnonzero((column_row[best_column] == np.arange(len(source))) & (row_best > SURE))
    return [(int(i), int(best_column[i])) for i in rows]


def chain(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest chain of pairs that rises on both sides."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for index, (_, j) in enumerate(pairs):
        place = bisect_left(tails, j)
        before.append(ends[place - 1] if place else -1)
        tails[place:place + 1] = [j]
        ends[place:place + 1] = [index]
    rising, index = [], ends[-1] if ends else -1
    while index >= 0:
        rising.append(pairs[index])
        index = before[index]
    rising.reverse()
    return rising
