"""Beads whose sides have nothing in common come apart: the search pays less for a wrong bead than for two gaps.

How little is too little depends on the texts: a free translation shares little in its true beads too, so there the
bar is out of reach; where two texts are close, or are not but in places, a bead without a common word is none.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from .search import Step

# The bar, a share of explained information, rises with the share that the better beads of the texts explain (their
# upper quartile), from FREE, which no true bead of six literary chapters stays under, to CLOSE.
FREE, CLOSE, RISE = -0.20, -0.09, 0.9
UPPER = 75
LITTLE = 12.0  # nats of both sides under which a bead, a term or a name alone, says too little to be judged


def apart(path: list[Step], information: tuple[np.ndarray, np.ndarray]) -> Iterator[Step]:
    """The path with each such bead as gaps. `information` is that of the scores the path was found by."""
    known = lambda s: float(information[0][s.a:s.b].sum() + information[1][s.c:s.d].sum())
    share = lambda s: s.gain / max(1e-9, known(s))
    beads = [share(s) for s in path if s.b > s.a and s.d > s.c]
    least = float(np.clip(FREE + RISE * np.percentile(beads, UPPER), FREE, CLOSE)) if beads else FREE
    for step in path:
        if step.b == step.a or step.d == step.c or share(step) >= least or known(step) < LITTLE:
            yield step
            continue
        yield from (Step(i, i + 1, step.c, step.c) for i in range(step.a, step.b))
        yield from (Step(step.b, step.b, j, j + 1) for j in range(step.c, step.d))
