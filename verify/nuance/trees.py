"""Boosted regression trees (Friedman 2001) as plain arrays: fitted with scikit-learn by a tool, read with numpy alone."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np


class Trees:
    """`arrays`: nodes of all trees one after the other (`feature`, `threshold`, `left`, `right`, `missing_left`, `value`; a
    leaf is its own child), `first` [trees] where each tree begins, `output` [trees] which output it adds to, `base` [outputs]."""

    def __init__(self, arrays: Mapping[str, np.ndarray]):
        self._node = {name: arrays[name] for name in ("feature", "threshold", "left", "right", "missing_left", "value")}
        self._first, self._output, self._base = arrays["first"].astype(np.int64), arrays["output"], arrays["base"]
        self._depth = int(arrays["depth"])
        self._sum = (self._output[:, None] == np.arange(len(self._base))).astype(np.float64)  # [trees, outputs]

    def __call__(self, rows: np.ndarray) -> np.ndarray:
        """Margins [N, outputs] of feature rows [N, F]; NaN is a missing value."""
        node = self._node
        place = np.broadcast_to(self._first, (len(rows), len(self._first))).copy()
        at = np.arange(len(rows))[:, None]
        for _ in range(self._depth):
            value = rows[at, node["feature"][place]]
            left = np.where(np.isnan(value), node["missing_left"][place], value <= node["threshold"][place])
            place = np.where(left, node["left"][place], node["right"][place])
        return node["value"][place] @ self._sum + self._base
