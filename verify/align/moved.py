"""Second pass: a sentence that stands elsewhere in the other text, off the common path of both."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from .search import Step
from .similarity import Scores

SURE = 0.97  # probability from which two gaps are counterparts


def moved(path: list[Step], scores: Scores, rate: Callable[[Step], float]) -> list[Step]:
    """The path with gaps of both sides joined where each is the other's best and surely its counterpart.

    `rate` gives the probability of a bead. The joined bead stands at the target's place.
    """
    lost_source, lost_target = [p.a for p in path if p.c == p.d], [p.c for p in path if p.a == p.b]
    if not lost_source or not lost_target or len(path) == len(lost_source) + len(lost_target):
        return path
    source, target = scores.vectors()
    near = source[lost_source] @ target[lost_target].T
    found: dict[int, Step] = {}
    for row, column in enumerate(near.argmax(1)):
        if near[:, column].argmax() != row:
            continue
        i, j = lost_source[row], lost_target[int(column)]
        step = Step(i, i + 1, j, j + 1)
        step = replace(step, gain=float(scores.gains((i, i + 1), (j, j + 1))[0, 0, 0]))
        if rate(step) >= SURE:
            found[j] = step
    taken = {step.a for step in found.values()}
    return [found.get(p.c, p) if p.a == p.b else p for p in path if not (p.c == p.d and p.a in taken)]
