"""The score's model: exact sums, monotone curves, missing evidence."""

import math

import pytest

from verify.evidence.quality import Quality

MODEL = Quality({"version": "t", "base": 0.5, "curves": {
    "forward": {"knots": [-4.0, -1.0], "values": [0.0, 3.0], "missing": 1.0},
    "found_heavy": {"knots": [0.0, 5.0, 25.0], "values": [0.0, -2.0, -4.0], "missing": 0.0},
}})


def test_a_score_is_the_sum_of_its_contributions():
    row = {"forward": -2.5, "found_heavy": 5.0}
    parts = MODEL.contributions(row)
    assert parts == {"forward": pytest.approx(1.5), "found_heavy": pytest.approx(-2.0)}
    assert MODEL.score(row) == pytest.approx(1 / (1 + math.exp(-(0.5 + 1.5 - 2.0))), abs=1e-6)


def test_missing_evidence_has_its_own_value():
    assert MODEL.contributions({"found_heavy": 0.0})["forward"] == 1.0
    assert MODEL.contributions({"forward": math.nan, "found_heavy": 0.0})["forward"] == 1.0


def test_heavier_findings_never_raise_a_score():
    scores = [MODEL.score({"forward": -2.0, "found_heavy": heavy}) for heavy in (0, 1, 5, 10, 25, 100)]
    assert scores == sorted(scores, reverse=True)
