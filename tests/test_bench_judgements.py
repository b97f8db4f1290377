"""The agreement figures, on cases small enough to count by hand."""

import numpy as np
import pytest

from verify.bench import agreement
from verify.bench.judgements import acc_eq, auc, bootstrap, calibration_error, kendall, pair_accuracy


def test_auc_counts_ties_half():
    assert auc([0.9, 0.8, 0.1], [1, 1, 0]) == 1.0
    assert auc([0.5, 0.5], [1, 0]) == 0.5


def test_no_interval_where_there_is_none(recwarn):
    labels = [0, 0, 0]  # of one kind alone: no draw has an area under the curve
    assert bootstrap(lambda i: auc([0.1, 0.2, 0.3], [labels[k] for k in i]), ["a", "b", "c"]) is None
    assert bootstrap(lambda i: 0.5, ["one document"] * 3) is None and bootstrap(lambda i: 0.5, ["a", "b"]) == (0.5, 0.5)
    assert not recwarn


def test_acc_eq_rewards_ties_where_people_tie():
    # One segment, three systems; people tie the first two.
    human = [0.0, 0.0, -5.0]
    assert acc_eq(["s"] * 3, [0.90, 0.89, 0.10], human) == 1.0
    # A constant metric is right exactly where people tie: one pair of three.
    assert acc_eq(["s"] * 3, [1, 1, 1], human) == pytest.approx(1 / 3)
    # The wrong order can only win the tie.
    assert acc_eq(["s"] * 3, [0.1, 0.1, 0.9], human) == pytest.approx(1 / 3)


def test_every_segment_counts_alike_in_acc_eq():
    # Three pairs wrong in one segment, one right in the other: the mean over segments, not over pairs.
    assert acc_eq(["a"] * 3 + ["b"] * 2, [3, 2, 1, 2, 1], [1, 2, 3, 2, 1]) == pytest.approx(1 / 2)


def test_pairs_never_cross_segments():
    assert kendall(["a", "a", "b", "b"], [1, 2, 9, 8], [1, 2, 8, 7]) == pytest.approx(1.0)


def test_calibration_error_is_zero_for_honest_probabilities_and_large_for_boasts():
    rng = np.random.default_rng(0)
    p = rng.random(20000)
    y = rng.random(20000) < p
    assert calibration_error(p, y) < 0.02
    assert calibration_error(np.full(1000, 0.99), np.arange(1000) % 2) > 0.45


def test_ranked_pairs_count_a_metrics_tie_half():
    assert pair_accuracy(["s"] * 3, [1, 1, 2], [0, 1, 1]) == pytest.approx((0.5 + 1) / 2)
    assert np.isnan(pair_accuracy(["a", "b"], [1, 2], [1, 2]))


def test_margins_over_the_floors_are_those_of_the_same_documents():
    rng = np.random.default_rng(1)
    rows = []
    for n in range(600):
        mqm = -float(rng.integers(0, 10))
        rows.append({"score": 1 + mqm / 10 + rng.normal() / 50, "mqm": mqm, "y": int(mqm > -5), "seg": f"s{n // 6}", "doc": f"d{n // 30}", "en_len": int(rng.integers(20, 90)),
                     "system": "Human-A" if n % 6 == 0 else f"mt{n % 6}", "features": {"forward": float(rng.normal()), "chrf": 1.0 if n < 60 else None}})
    made = agreement.figures(rows)
    assert {name: part["translations"] for name, part in made["parts"].items()} == {"all": 600, "machine output": 500, "with a back-translation": 60}
    metrics = made["parts"]["all"]["metrics"]
    assert metrics["verify"]["auc"] > 0.95 and "chrf" not in metrics and "chrf" in made["parts"]["with a back-translation"]["metrics"]
    low, high = metrics["minus length"]["auc_over"]
    assert 0.3 < low < metrics["verify"]["auc"] - metrics["minus length"]["auc"] < high < 0.65
    assert "verify over it" in agreement.markdown(made | {"signature": "s"})
