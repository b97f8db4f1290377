"""Agreement with professionals: figures on judged translations, from held-out scores.

acc*eq is pairwise accuracy with tie calibration (Deutsch et al. 2023), grouped by item: translations of one
source segment are compared, each segment counts alike, and one tie threshold holds for the whole set. A constant
then has the share of human ties within a segment.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np

BINS = 10  # of calibration, equally filled
SEED = 7  # of the bootstrap


def auc(scores: Sequence[float], labels: Sequence[int]) -> float:
    """Area under the ROC curve: chance that a 1 scores above a 0, ties counted half; nan where not both occur, or labels between them."""
    labels = np.asarray(labels)
    if set(labels.tolist()) != {0, 1}:
        return float("nan")
    _, place, count = np.unique(scores, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(count) - (count - 1) / 2)[place]  # tied scores share their mean rank
    ones, zeros = labels.sum(), (1 - labels).sum()
    return float((ranks[labels == 1].sum() - ones * (ones + 1) / 2) / (ones * zeros))


def calibration_error(probabilities: Sequence[float], labels: Sequence[int]) -> float:
    """Expected calibration error over equally filled bins."""
    order = np.argsort(probabilities)
    p, y = np.asarray(probabilities)[order], np.asarray(labels)[order]
    parts = np.array_split(np.arange(len(p)), max(1, min(BINS, len(p))))
    return float(sum(len(part) / len(p) * abs(p[part].mean() - y[part].mean()) for part in parts))


def pairs_within(groups: Sequence[str], metric: Sequence[float], human: Sequence[float]) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """All pairs of translations of one source segment: differences (metric, human), the first row of each pair,
    and the weight by which every segment counts alike."""
    members = defaultdict(list)
    for i, group in enumerate(groups):
        members[group].append(i)
    metric, human = np.asarray(metric, float), np.asarray(human, float)
    parts = []
    for rows in members.values():
        if len(rows) > 1:
            a, b = np.triu_indices(len(rows), 1)
            rows = np.array(rows)
            parts.append((metric[rows[a]] - metric[rows[b]], human[rows[a]] - human[rows[b]], rows[a], np.full(len(a), 1 / len(a))))
    if not parts:
        return np.zeros(0), np.zeros(0), np.zeros(0, int), np.zeros(0)
    return tuple(np.concatenate(part) for part in zip(*parts))


def acc_eq(groups: Sequence[str], metric: Sequence[float], human: Sequence[float]) -> float:
    """acc*eq: the best accuracy over all tie thresholds, counting human ties as right when the metric ties."""
    gm, gh, _, weight = pairs_within(groups, metric, human)
    return acc_eq_of_pairs(gm, gh, weight)


def acc_eq_of_pairs(gm: np.ndarray, gh: np.ndarray, weight: np.ndarray | None = None) -> float:
    """The same from differences (metric, human) of pairs and their weights (default: alike)."""
    if not len(gm):
        return float("nan")
    order = np.argsort(np.abs(gm))
    weight = np.ones(len(gm)) if weight is None else weight[order]
    size, tied = np.abs(gm)[order], weight * (gh[order] == 0)
    sign_right = weight * ((np.sign(gm) == np.sign(gh)) & (gh != 0))[order]
    # Threshold after k pairs: those are called ties, the rest keep their sign. Equal gaps move together.
    right = np.r_[0, np.cumsum(tied)] + (sign_right.sum() - np.r_[0, np.cumsum(sign_right)])
    allowed = np.r_[True, size[1:] != size[:-1], True]
    # With no threshold a metric's exact ties still count as ties.
    if size[0] == 0:
        allowed[0] = False
    return float(right[allowed].max() / weight.sum())


def pair_accuracy(groups: Sequence[str], metric: Sequence[float], human: Sequence[float]) -> float:
    """Share of the pairs of one segment that people rank which the metric ranks alike; a metric's tie counts half."""
    gm, gh, _, _ = pairs_within(groups, metric, human)
    ranked = gh != 0
    return float(np.mean((np.sign(gm) == np.sign(gh))[ranked] + 0.5 * (gm == 0)[ranked])) if ranked.any() else float("nan")


def kendall(groups: Sequence[str], metric: Sequence[float], human: Sequence[float]) -> float:
    """Kendall's tau-b over pairs of one segment, pooled."""
    gm, gh, _, _ = pairs_within(groups, metric, human)
    ranked = float(np.sqrt((gm != 0).sum() * (gh != 0).sum()))
    return float((np.sign(gm) * np.sign(gh)).sum()) / ranked if ranked else float("nan")


def bootstrap(figure, groups: Sequence[str], draws: int = 200) -> tuple[float, float] | None:
    """95% interval of `figure(rows)` resampling whole groups (documents); `rows` indexes what `groups` labels.
    Give a difference as `figure` to compare two metrics on the same draws. None where there is no interval: of
    one document, or where no draw has a figure."""
    members = defaultdict(list)
    for i, group in enumerate(groups):
        members[group].append(i)
    blocks = [np.array(v) for v in members.values()]
    if len(blocks) < 2:
        return None
    rng = np.random.default_rng(SEED)
    values = [figure(np.concatenate([blocks[k] for k in rng.integers(0, len(blocks), len(blocks))])) for _ in range(draws)]
    return None if np.isnan(values).all() else (float(np.nanquantile(values, 0.025)), float(np.nanquantile(values, 0.975)))
