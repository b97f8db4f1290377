"""Segments that a bead only carries along are taken out of it, so that what is missing opposite shows as a gap."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from .search import Step
from .similarity import SHAPES, Scores

# A segment at the edge of a bead is not part of it if its presence adds less than this share of its information.
# Random neighbours add −0.14 (median; three quarters less than −0.10), segments of true beads 0.08. A close
# translation is held to more than a free one: the share that its beads explain on the whole moves the bar.
FREE, CLOSE, RISE = -0.20, -0.03, 0.9
_PLANE = {shape: k for k, shape in enumerate(SHAPES)}


def shed(path: list[Step], scores: Scores, information: tuple[np.ndarray, np.ndarray]) -> Iterator[Step]:
    """The path with such segments as gaps before or after their bead. `information` is that of `scores`."""
    least = _least(path, information)
    for step in path:
        if max(step.b - step.a, step.d - step.c) < 2 or step.b == step.a or step.d == step.c:
            yield step
            continue
        after: list[Step] = []
        gains = scores.gains((step.a, step.b), (step.c, step.d))
        base = step
        while (worst := _worst(step, base, gains, information, least)) is not None:
            gap, step = worst
            if (gap.a, gap.c) < (step.a, step.c):
                yield gap
            else:
                after.insert(0, gap)
        yield step
        yield from after


def _least(path: list[Step], information: tuple[np.ndarray, np.ndarray]) -> float:
    shares = [s.gain / max(1e-9, information[0][s.a:s.b].sum() + information[1][s.c:s.d].sum())
              for s in path if s.b > s.a and s.d > s.c]
    return float(np.clip(FREE + RISE * np.median(shares), FREE, CLOSE)) if shares else FREE


def _worst(step: Step, base: Step, gains: np.ndarray, information, least: float) -> tuple[Step, Step] | None:
    """The edge segment that adds least, as a gap, and the bead without it; None when all add enough."""
    value = lambda s: float(gains[_PLANE[s.b - s.a, s.d - s.c], s.a - base.a, s.c - base.c])
    options = []
    if step.b - step.a > 1:
        options += [(information[0][step.a], Step(step.a, step.a + 1, step.c, step.c), replace(step, a=step.a + 1)),
                    (information[0][step.b - 1], Step(step.b - 1, step.b, step.d, step.d), replace(step, b=step.b - 1))]
    if step.d - step.c > 1:
        options += [(information[1][step.c], Step(step.a, step.a, step.c, step.c + 1), replace(step, c=step.c + 1)),
                    (information[1][step.d - 1], Step(step.b, step.b, step.d - 1, step.d), replace(step, d=step.d - 1))]
    if not options:
        return None
    rated = [((value(step) - value(rest)) / max(known, 1e-9), gap, replace(rest, gain=value(rest))) for known, gap, rest in options]
    added, gap, rest = min(rated, key=lambda option: option[0])
    return (gap, rest) if added < least else None
