"""The agreement figures, on cases small enough to count by hand."""

import numpy as np
import pytest

from verify.bench.judgements import acc_eq, auc, calibration_error, kendall


def test_auc_counts_ties_half():
    assert auc([0.9, 0.8, 0.1], [1, 1, 0]) == 1.0
    assert auc([0.5, 0.5], [1, 0]) == 0.5


def test_acc_eq_rewards_ties_where_people_tie():
    # One segment, three systems; people tie the first two.
    human = [0.0, 0.0, -5.0]
    assert acc_eq(["s"] * 3, [0.90, 0.89, 0.10], human) == 1.0
    # A constant metric is right exactly where people tie: one pair of three.
    assert acc_eq(["s"] * 3, [1, 1, 1], human) == pytest.approx(1 / 3)
    # The wrong order can only win the tie.
    assert acc_eq(["s"] * 3, [0.1, 0.1, 0.9], human) == pytest.approx(1 / 3)


def test_pairs_never_cross_segments():
    assert kendall(["a", "a", "b", "b"], [1, 2, 9, 8], [1, 2, 8, 7]) == pytest.approx(1.0)


def test_calibration_error_is_zero_for_honest_probabilities_and_large_for_boasts():
    rng = np.random.default_rng(0)
    p = rng.random(20000)
    y = rng.random(20000) < p
    assert calibration_error(p, y) < 0.02
    assert calibration_error(np.full(1000, 0.99), np.arange(1000) % 2) > 0.45
