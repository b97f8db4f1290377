"""The dynamic programme: the best path of beads and gaps through the table of gains."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .band import Band
from .similarity import LONGEST, SHAPES, Scores, sums

MERGE = 1.3  # price in nats of each segment over two in a bead
CROSS = 0.5  # further price where both sides have several, each with each: a large bead hides an order that differs
OPEN, EXTEND = -5.0, -3.0  # price of a gap's first segment, and of each further one
SPREAD = 0.35  # standard deviation of the log length ratio of true pairs
LENGTH = 1.3  # weight of the length penalty
STRIPE = 256  # rows computed at a time
FROM_GAP = 32  # added to a choice of shape when a gap stands before the bead


@dataclass(frozen=True)
class Side:
    """One text as the search sees it: characters of each segment, and what it costs to join each to the one before."""

    length: np.ndarray
    seam: np.ndarray

    def part(self, first: int, last: int) -> Side:
        return Side(self.length[first:last], self.seam[first:last])

    def lengths(self, count: int) -> np.ndarray:
        """Characters of `count` segments in a row, from each segment on."""
        return sums(self.length, count)

    def seams(self, count: int) -> np.ndarray:
        return sums(self.seam[1:], count - 1) if count > 1 else np.zeros(len(self.seam))


@dataclass(frozen=True)
class Step:
    """source[a:b] beside target[c:d]; an empty side is a gap of one segment. `gain` in nats, prices left out."""

    a: int
    b: int
    c: int
    d: int
    gain: float = 0.0


@dataclass(frozen=True)
class _Stripe:
    """Choices of rows first+1.., columns left..: how the best path came there."""

    first: int
    left: int
    shape: np.ndarray  # index of SHAPES, plus FROM_GAP
    into_gap: np.ndarray  # 0 from a bead above, 1 a gap above, 2 a bead on the left, 3 a gap on the left
    gain: np.ndarray


def priors(source: Side, target: Side, ratio: float) -> np.ndarray:
    """What shape and lengths say of each bead: (SHAPES, n, m), in nats; −inf where none fits."""
    block = np.full((len(SHAPES), len(source.length), len(target.length)), -np.inf, np.float32)
    for plane, (m, n) in zip(block, SHAPES):
        if m > len(source.length) or n > len(target.length):
            continue
        a, b = source.lengths(m)[:, None], target.lengths(n)[None]
        off = np.log(b / a) - ratio
        price = LENGTH / 2 * off * off / (SPREAD ** 2 + 4.0 / b) + source.seams(m)[:, None] + target.seams(n)[None]
        plane[: a.shape[0], : b.shape[1]] = -price - MERGE * (m + n - 2) - CROSS * (m - 1) * (n - 1)
    return block


def search(scores: Scores, band: Band, source: Side, target: Side) -> list[Step]:
    """The best path. Only the last rows of values are kept, and choices inside the band.

    `best[i][j]` is the value of the best path over source[:i], target[:j] that ends in a bead (or is
    empty), `gap[i][j]` of the best that ends in a gap.
    """
    n, m = len(source.length), len(target.length)
    best, gap = {0: np.full(m + 1, -np.inf)}, {0: OPEN + EXTEND * np.arange(-1.0, m)}
    best[0][0], gap[0][0] = 0.0, -np.inf
    stripes = []
    for first in range(0, n, STRIPE):
        last = min(n, first + STRIPE)
        top = max(0, first - LONGEST + 2)
        left, right = int(band.low[top:last + 1].min()), int(band.high[top:last + 1].max())
        gains = scores.gains((top, last), (left, right))
        total = gains + priors(source.part(top, last), target.part(left, right), band.ratio)
        stripe = _Stripe(first, left, *(np.zeros((last - first, right - left + 1), kind)
                                        for kind in (np.int8, np.int8, np.float32)))
        for i in range(first + 1, last + 1):
            _row(i, top, left, right, best, gap, gains, total, stripe, m)
        stripes.append(stripe)
    return _trace(stripes, n, m, bool(gap[n][m] > best[n][m]))


def _row(i, top, left, right, best, gap, gains, total, stripe, m) -> None:
    """Values and choices of one row, from the rows above it."""
    width = right - left + 1
    shape, into_gap, gain = (table[i - stripe.first - 1] for table in (stripe.shape, stripe.into_gap, stripe.gain))
    here = np.full(width, -np.inf)
    for k, (a, b) in enumerate(SHAPES):
        if i - a < top or b >= width:
            continue
        beads, gaps = best[i - a][left:right + 1 - b], gap[i - a][left:right + 1 - b]
        value = np.maximum(beads, gaps) + total[k, i - a - top, : width - b]
        better = value > here[b:]
        here[b:][better] = value[better]
        shape[b:][better] = (k + FROM_GAP * (gaps > beads))[better]
        gain[b:][better] = gains[k, i - a - top, : width - b][better]
    opened, extended = best[i - 1][left:right + 1] + OPEN, gap[i - 1][left:right + 1] + EXTEND
    down, across = np.maximum(opened, extended), np.concatenate([[-np.inf], here[:-1] + OPEN])
    start, slope = np.maximum(down, across), EXTEND * np.arange(width)
    run = np.maximum.accumulate(start - slope) + slope  # a gap goes on to the right
    into_gap[:] = np.where(run > start + 1e-9, 3, np.where(across > down, 2, extended > opened))
    best[i], gap[i] = np.full((2, m + 1), -np.inf)
    best[i][left:right + 1], gap[i][left:right + 1] = here, run
    best.pop(i - LONGEST, None)
    gap.pop(i - LONGEST, None)


def _trace(stripes: list[_Stripe], i: int, j: int, in_gap: bool) -> list[Step]:
    path = []
    while i or j:
        if i == 0:
            path.append(Step(0, 0, j - 1, j))
            j -= 1
            continue
        stripe = stripes[(i - 1) // STRIPE]
        cell = i - stripe.first - 1, j - stripe.left
        if in_gap:
            kind = stripe.into_gap[cell]
            down = int(kind < 2)
            path.append(Step(i - down, i, j - 1 + down, j))
            i, j, in_gap = i - down, j - 1 + down, kind in (1, 3)
        else:
            a, b = SHAPES[stripe.shape[cell] % FROM_GAP]
            path.append(Step(i - a, i, j - b, j, float(stripe.gain[cell])))
            i, j, in_gap = i - a, j - b, stripe.shape[cell] >= FROM_GAP
    return path[::-1]
