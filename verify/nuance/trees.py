"""Boosted regression trees (Friedman 2001) as plain arrays: fitted with scikit-learn by a tool, read with numpy alone."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import numpy as np


class Trees:
    """`arrays`: nodes of all trees one after the other (`feature`, `threshold`, `left`, `right`, `missing_left`, `value`; a leaf
    is its own child), `first` [trees] where each tree begins, `output` [trees] which output it adds to, `base` [outputs].
    A tree has 16 leaves at most.

    Every row is asked all questions of all trees at once. Leaves are bits, from left to right: who goes right at a question is in
    none of the leaves to its left, and so is in the leftmost leaf that is still open (QuickScorer, Lucchese et al. 2015). Numpy does
    that several times as fast as it walks from node to node.
    """

    def __init__(self, arrays: Mapping[str, np.ndarray]):
        left, right, first = (arrays[name].tolist() for name in ("left", "right", "first"))
        asked, closed, ends = ([[] for _ in first] for _ in range(3))  # of each tree: questions, leaves to the left of each, leaves
        for tree, root in enumerate(first):
            ahead, leaves = [root], {}
            while ahead:
                node = ahead.pop()
                if left[node] == node:
                    leaves[node] = 1 << len(ends[tree])
                    ends[tree].append(node)
                else:
                    asked[tree].append(node)
                    ahead += [right[node], left[node]]
            for node in reversed(asked[tree]):
                leaves[node] = leaves[left[node]] | leaves[right[node]]
            closed[tree] = [leaves[left[node]] for node in asked[tree]]
        # Trees with fewer questions or leaves are filled up: with the root once more, closing nothing, and leaves that nobody reaches.
        even = lambda lists, fill, kind=np.int64: np.array([one + [fill(tree)] * (max(map(len, lists)) - len(one)) for tree, one in enumerate(lists)], kind).T
        questions, self._closed = even(asked, first.__getitem__), even(closed, lambda tree: 0, np.uint16)
        self._feature, self._missing_left = arrays["feature"][questions], arrays["missing_left"][questions].astype(bool)
        # Rounded like the values they are compared with: a value that is its threshold has to stay so.
        self._threshold = arrays["threshold"][questions].astype(np.float32).ravel()
        self._value = arrays["value"][even(ends, first.__getitem__)].astype(np.float64)  # [leaves, trees]
        self._base = arrays["base"]
        self._sum = (arrays["output"][:, None] == np.arange(len(self._base))).astype(np.float64)  # [trees, outputs]

    def __call__(self, rows: np.ndarray) -> np.ndarray:
        """Margins [N, outputs] of feature rows [N, F]; NaN is a missing value."""
        # NaN is not at most anything and goes right; the questions that send it left see -inf in its place.
        columns = np.concatenate([rows, np.where(np.isnan(rows), -np.inf, rows)], 1).astype(np.float32)
        right = ~(columns.take((self._feature + rows.shape[1] * self._missing_left).ravel(), 1) <= self._threshold)
        closed = np.bitwise_or.reduce((right * self._closed.ravel()).reshape(len(rows), *self._closed.shape), 1)
        return self._value[_LOWEST_OPEN[closed], np.arange(closed.shape[1])] @ self._sum + self._base

    def chances(self, rows: np.ndarray) -> np.ndarray:
        """[N] 0..1: the probability that trees of one output give each row."""
        return 1 / (1 + np.exp(-self(rows)[:, 0]))


@cache
def trees(file: Path) -> Trees:
    """The trees of a file; it may hold more than their arrays."""
    with np.load(file) as stored:
        return Trees(dict(stored))


_SETS = np.arange(2**16, dtype=np.uint32)
_LOWEST_OPEN = np.frexp((~_SETS & (_SETS + np.uint32(1))).astype(np.float64))[1] - 1  # the lowest bit that is not set
