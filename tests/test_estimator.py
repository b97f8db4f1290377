"""The estimator: the shipped weights on sentences that it was not trained on."""

import pytest

from verify.evidence.estimator import FOLDER, estimates

pytestmark = pytest.mark.skipif(not (FOLDER / "model.bin").exists(), reason="the estimator's weights are not in this tree")

ZH = "法院周三表示，该公司必须在六个月内向所有受害者支付赔偿金。"
EN = "The court said on Wednesday that the company must pay compensation to all victims within six months."
BROKEN = "Court Wednesday, the company is must at six month to pay money for all hurt people the court."


def test_a_broken_translation_is_judged_lower():
    good, bad = estimates([(ZH, EN), (ZH, BROKEN)], "zh", "en")
    assert good.value > bad.value
    assert "".join(EN[start:end] for start, end in good.spans) == EN.replace(" ", "")


def test_it_judges_both_directions_and_no_other():
    assert estimates([(EN, ZH)], "en", "zh")[0].value != estimates([(ZH, EN)], "zh", "en")[0].value
    assert estimates([("Guten Tag", "Good day")], "de", "en") == [None]
    assert estimates([("", EN), (ZH * 100, EN)], "zh", "en") == [None, None]
