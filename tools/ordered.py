"""Which of two rows is the better one, for the tools that fit an order: pairs among the rows of tools/fit_quality.py."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np


def ordered(rows: Sequence[dict], part: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Two lists [N, 3] of places in `rows`, better and worse, and a weight; `part` [len(rows)] says which rows count.

    First translations of one segment that professionals rank, by the size of the step; then renderings beside their distortions.
    """
    groups: dict[str, list[int]] = {}
    for i in np.flatnonzero(part):
        groups.setdefault(rows[i]["pair"] and "pair:" + rows[i]["pair"] or rows[i]["seg"], []).append(i)
    found: dict[bool, list[tuple[int, int, float]]] = {True: [], False: []}
    for key, group in groups.items():
        ready = key.startswith("pair:")
        worth = {i: rows[i]["y"] if ready else -np.log1p(max(0.0, -rows[i]["mqm"])) for i in group}
        for a in group:
            found[ready] += [(a, b, (worth[a] - worth[b]) / len(group)) for b in group if worth[a] > worth[b]]
    return tuple(np.array(found[kind], float).reshape(-1, 3) for kind in (False, True))
