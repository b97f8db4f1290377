"""The score's model: exact sums, monotone curves, missing evidence, whose calibration it is."""

import json
import math
from types import SimpleNamespace

import numpy as np
import pytest

from verify.evidence import quality
from verify.evidence.detector import Opinion, Suspicion
from verify.evidence.estimator import Estimate
from verify.evidence.quality import FEATURES, Quality
from verify.text import InputError

MODEL = Quality({"version": "t", "base": 0.5, "curves": {
    "forward": {"knots": [-4.0, -1.0], "values": [0.0, 3.0], "missing": 1.0},
    "found_heavy": {"knots": [0.0, 5.0, 25.0], "values": [0.0, -2.0, -4.0], "missing": 0.0},
}})
SHIPPED = [quality.shipped("zh", "en"), quality.shipped("en", "zh")]


def test_a_score_is_the_sum_of_its_contributions():
    row = {"forward": -2.5, "found_heavy": 5.0}
    parts = MODEL.contributions(row)
    assert parts == {"forward": pytest.approx(1.5), "found_heavy": pytest.approx(-2.0)}
    assert MODEL.score(row) == pytest.approx(1 / (1 + math.exp(-(0.5 + 1.5 - 2.0))), abs=1e-6)


def test_missing_evidence_has_its_own_value():
    assert MODEL.contributions({"found_heavy": 0.0})["forward"] == 1.0
    assert MODEL.contributions({"forward": math.nan, "found_heavy": 0.0})["forward"] == 1.0


@pytest.mark.parametrize("calibration", SHIPPED, ids=lambda c: f"{c.source}-{c.target}")
def test_in_what_ships_better_evidence_never_lowers_a_score(calibration):
    assert set(calibration.models) == {quality.FULL, quality.FAST, quality.VOCABULARY}
    for kind, model in calibration.models.items():
        assert set(model.curves) <= set(quality.names(kind))
        for name, curve in model.curves.items():
            steps = [b - a for a, b in zip(curve["values"], curve["values"][1:])]
            assert all(step * FEATURES[name].sign >= 0 for step in steps if FEATURES[name].sign), (kind, name)


def test_a_sure_major_finding_always_lowers_the_shipped_score_visibly():
    model = quality.shipped("zh", "en").models[quality.FULL]
    clean = {name: curve["knots"][-2] for name, curve in model.curves.items()} | {"found_heavy": 0.0, "found_light": 0.0, "faults": 0.0}
    fall = [model.score(clean | {"found_heavy": heavy}) for heavy in (0, 2.5, 5, 12, 25)]
    assert all(a - b > 0.002 for a, b in zip(fall, fall[1:])) and fall[0] - fall[2] > 0.03


def test_a_calibration_serves_only_the_engine_and_direction_it_was_fitted_for():
    fitted = quality.shipped("zh", "en")
    engine = SimpleNamespace(signature=f"{fitted.engine}|ct2:9|int8|beam:1")
    assert fitted.serves("zh", "en", engine) and fitted.serves("zh-Hant", "en", engine) and fitted.serves("zh", "en", None)
    assert not fitted.serves("en", "zh", engine)
    assert not fitted.serves("zh", "en", SimpleNamespace(signature="model:opus-mt-1234|float32"))
    assert quality.shipped("ja", "en") is None


def test_what_ships_was_fitted_on_the_weights_that_ship():
    pytest.importorskip("ctranslate2")
    from verify.translate import load

    engine = load("pocket", cache=False)
    for calibration in SHIPPED:
        assert calibration.engine == quality.model_of(engine), "fit anew: python tools/fit_quality.py"


def test_a_broken_calibration_is_named(tmp_path):
    for text in ("", "[]", '{"source": "zh"}', json.dumps({"source": "zh", "target": "en", "engine": "e", "models": {"full": {}}})):
        (tmp_path / "c.json").write_text(text)
        with pytest.raises(InputError, match="c.json: is no calibration"):
            quality.read(tmp_path / "c.json")


def test_a_feature_that_was_not_gathered_is_missing_and_no_number():
    row = quality.features("我们。", "We.", ("zh", "en"))
    assert set(row) == set(FEATURES) and math.isnan(row["forward"]) and math.isnan(row["found_heavy"]) and row["faults"] == 0
    assert quality.features("我们去公园看花。", "go go go go go go go go go go go go", ("zh", "en"))["faults"] >= 1
    assert math.isnan(row["suspect_all"]) and math.isnan(row["ranked"])
    assert quality.names(quality.FAST) == [n for n in FEATURES if FEATURES[n].needs not in ("checks", "detector")]


def test_the_readout_is_a_weighted_sum_of_what_both_encoders_make_of_a_pair():
    model = Quality({"version": "t", "base": 0.0, "curves": {}, "readout": [0.5, 1.0, -2.0]})
    none = Suspicion((), np.zeros(0), np.zeros((0, 1)))
    known = quality.states(Opinion(none, none, 0.0, 0.0, np.array([1.0])), Estimate(0.0, (), np.zeros(0), np.array([0.25])))
    assert model.overall(known) == pytest.approx(1.0)
    assert quality.states(None, None) is None and math.isnan(model.overall(None)) and math.isnan(MODEL.overall(known))


def test_suspicion_rises_with_every_doubtful_word():
    side = lambda *chances: Suspicion(((0, 1),) * len(chances), np.array(chances), np.zeros((len(chances), 1)))
    row = lambda source, target: quality.features("我们。", "We.", ("zh", "en"), opinion=Opinion(source, target, 0.5, 0.0, np.zeros(2)))
    quiet, one, two = row(side(0.1), side(0.1, 0.1)), row(side(0.1), side(0.1, 0.9)), row(side(0.8), side(0.9, 0.9))
    assert quiet["suspect_all"] < one["suspect_all"] < two["suspect_all"]
    assert math.isfinite(row(side(), side(1.0, 0.0))["suspect_all"])
    assert "suspect_all" not in quality.names(quality.FAST)
