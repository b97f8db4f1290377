"""Agreement with professionals: figures on judged translations, from held-out scores.

acc*eq is pairwise accuracy with tie calibration within a source segment (Deutsch et al. 2023).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np


def auc(scores: Sequence[float], labels: Sequence[int]) -> float:
    """Area under the ROC curve: chance that a 1 scores above a 0, ties counted half."""
    labels = np.asarray(labels)
    _, place, count = np.unique(scores, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(count) - (count - 1) / 2)[place]  # tied scores share their mean rank
    ones, zeros = labels.sum(), (1 - labels).sum()
    return float((ranks[labels == 1].sum() - ones * (ones + 1) / 2) / (ones * zeros))


def calibration_error(probabilities: Sequence[float], labels: Sequence[int], bins: int = 10) -> float:
    """Expected calibration error over equally filled bins."""
    order = np.argsort(probabilities)
    p, y = np.asarray(probabilities)[order], np.asarray(labels)[order]
    parts = np.array_split(np.arange(len(p)), bins)
    return float(sum(len(part) / len(p) * abs(p[part].mean() - y[part].mean()) for part in parts))


def pairs_within(groups: Sequence[str], metric: Sequence[float], human: Sequence[float]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Differences (metric, human) of all pairs of translations of one source segment, and the first row of each pair."""
    members = defaultdict(list)
    for i, group in enumerate(groups):
        members[group].append(i)
    metric, human = np.asarray(metric, float), np.asarray(human, float)
    gaps_m, gaps_h, first = [], [], []
    for rows in members.values():
        if len(rows) > 1:
            a, b = np.triu_indices(len(rows), 1)
            rows = np.array(rows)
            gaps_m.append(metric[rows[a]] - metric[rows[b]])
            gaps_h.append(human[rows[a]] - human[rows[b]])
            first.append(rows[a])
    return np.concatenate(gaps_m), np.concatenate(gaps_h), np.concatenate(first)


def acc_eq(groups: Sequence[str], metric: Sequence[float], human: Sequence[float]) -> float:
    """acc*eq: the best accuracy over all tie thresholds, counting human ties as right when the metric ties."""
    return acc_eq_of_pairs(*pairs_within(groups, metric, human)[:2])


def acc_eq_of_pairs(gm: np.ndarray, gh: np.ndarray) -> float:
    """The same from differences (metric, human) of pairs."""
    order = np.argsort(np.abs(gm))
    size, sign_right, tied = np.abs(gm)[order], (np.sign(gm) == np.sign(gh))[order] & (gh[order] != 0), (gh == 0)[order]
    # Threshold after k pairs: those are called ties, the rest keep their sign. Equal gaps move together.
    right = np.r_[0, np.cumsum(tied)] + (sign_right.sum() - np.r_[0, np.cumsum(sign_right)])
    allowed = np.r_[True, size[1:] != size[:-1], True]
    # With no threshold a metric's exact ties still count as ties.
    if len(size) and size[0] == 0:
        allowed[0] = False
    return float(right[allowed].max() / len(gm))


def kendall(groups: Sequence[str], metric: Sequence[float], human: Sequence[float]) -> float:
    """Kendall's tau-b over pairs of one segment, pooled."""
    gm, gh, _ = pairs_within(groups, metric, human)
    concordant = float((np.sign(gm) * np.sign(gh)).sum())
    return concordant / float(np.sqrt((gm != 0).sum() * (gh != 0).sum()))


def bootstrap(figure, groups: Sequence[str], draws: int = 200, seed: int = 7) -> tuple[float, float]:
    """95% interval of `figure(rows)` resampling whole groups (documents); `rows` indexes what `groups` labels."""
    members = defaultdict(list)
    for i, group in enumerate(groups):
        members[group].append(i)
    blocks = [np.array(v) for v in members.values()]
    rng = np.random.default_rng(seed)
    values = [figure(np.concatenate([blocks[k] for k in rng.integers(0, len(blocks), len(blocks))])) for _ in range(draws)]
    return float(np.quantile(values, 0.025)), float(np.quantile(values, 0.975))
