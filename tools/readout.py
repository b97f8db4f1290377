"""The feature "overall" of the score: what the states of both encoders say of a whole rendering, whatever single words do.

A quality estimate moves with a fault that was put into a rendering, up as often as down, by enough to drown the evidence on
words (`ranked`). So both readouts here are made blind to what
changes between a rendering and its distortion: the squared step is penalised, as within-class scatter is in Fisher's (1936)
discriminant. The first orders translations of one segment as professionals do. The second expects `ranked`: people like free
renderings, whose words have less to bear them out, and what `ranked` holds against them for that is given back.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from ordered import ordered

BLIND = {"judgement": 1000.0, "allowance": 6.0}  # weight of a squared step within a preference pair
RIDGE = {"judgement": 30.0, "allowance": 100.0}
CLASSES = 0.3  # weight of "no major error" beside the order
ALLOWED = 0.1  # of what `ranked` is expected to be, in deviations of the first readout


def overall(rows: Sequence[dict], folds: np.ndarray) -> tuple[np.ndarray, list[float]]:
    """[N] the feature of every row, by a fit that did not see its fold (NaN without states), and the readout of all rows:
    a constant, then the weights."""
    known = np.array([row["states"] is not None for row in rows])
    blank = np.zeros(len(next(row["states"] for row in rows if row["states"] is not None)))
    states = np.array([blank if row["states"] is None else row["states"] for row in rows], float)
    made = np.full(len(rows), np.nan)
    for fold in np.unique(folds):
        weights = fit(rows, states, known & (folds != fold))
        here = known & (folds == fold)
        made[here] = weights[0] + states[here] @ weights[1:]
    return made, [round(float(w), 6) for w in fit(rows, states, known)]


def fit(rows: Sequence[dict], states: np.ndarray, part: np.ndarray) -> np.ndarray:
    """[1 + S] a constant and the weights of the states."""
    mean, deviation = states[part].mean(0), states[part].std(0) + 1e-6
    x = (states - mean) / deviation
    pairs, preferences = ordered(rows, part)
    steps = x[preferences[:, 0].astype(int)] - x[preferences[:, 1].astype(int)]
    scatter = steps.T @ steps / len(steps)
    judged = np.flatnonzero(part & np.array([row["set"].startswith("mqm") for row in rows]))
    first = _judgement(rows, x, judged, pairs, scatter)
    first /= (x[judged] @ first).std()
    weights = (first - ALLOWED * _allowance(rows, x, judged, scatter)) / deviation
    return np.r_[-mean @ weights, weights]


def _judgement(rows: Sequence[dict], x: np.ndarray, judged: np.ndarray, pairs: np.ndarray, scatter: np.ndarray) -> np.ndarray:
    from scipy.optimize import minimize

    gaps, share = x[pairs[:, 0].astype(int)] - x[pairs[:, 1].astype(int)], pairs[:, 2] / pairs[:, 2].sum()
    design, y = np.c_[np.ones(len(judged)), x[judged]], np.array([rows[i]["y"] for i in judged])
    ridge, blind = RIDGE["judgement"] / len(judged), BLIND["judgement"]

    def loss(w):
        slack, margin = gaps @ w[1:], design @ w
        value = share @ np.logaddexp(0, -slack) + CLASSES * np.mean(np.logaddexp(0, margin) - y * margin)
        slope = CLASSES * design.T @ (1 / (1 + np.exp(-margin)) - y) / len(y)
        slope[1:] += 2 * blind * scatter @ w[1:] + ridge * w[1:] - gaps.T @ (share / (1 + np.exp(slack)))
        return value + w[1:] @ (blind * scatter @ w[1:] + 0.5 * ridge * w[1:]), slope

    return minimize(loss, np.zeros(design.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 500}).x[1:]


def _allowance(rows: Sequence[dict], x: np.ndarray, judged: np.ndarray, scatter: np.ndarray) -> np.ndarray:
    """Ridge regression of `ranked` on the states, both as differences from the mean of their segment."""
    judged = np.array([i for i in judged if rows[i]["features"]["ranked"] is not None])
    _, segment = np.unique([rows[i]["seg"] for i in judged], return_inverse=True)
    values = np.c_[x[judged], [rows[i]["features"]["ranked"] for i in judged]]
    means = np.zeros((segment.max() + 1, values.shape[1]))
    np.add.at(means, segment, values)
    values -= (means / np.bincount(segment)[:, None])[segment]
    inner, target = values[:, :-1], values[:, -1]
    gram = inner.T @ inner / len(inner) + BLIND["allowance"] * scatter + RIDGE["allowance"] / len(inner) * np.eye(inner.shape[1])
    return np.linalg.solve(gram, inner.T @ target / len(inner))
