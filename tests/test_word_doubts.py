"""Boosted trees read from arrays, and what all evidence together says of each word."""

import numpy as np
import pytest

from verify.evidence.detector import detector, opinions
from verify.languages import get
from verify.nuance import word_doubts
from verify.nuance.check import Comparison, Side
from verify.nuance.trees import Trees
from verify.nuance.word_evidence import NAMES, word_rows

ZH = "法院周三表示，该公司必须在六个月内向所有受害者支付赔偿金。"
EN = "The court said on Wednesday that the company must pay compensation to all victims within six months."
STUMPS = {"feature": [0, 0, 0, 1, 0, 0], "threshold": [0.5, 0, 0, 2.0, 0, 0], "left": [1, 1, 2, 4, 4, 5], "right": [2, 1, 2, 5, 4, 5],
          "missing_left": [True, 0, 0, False, 0, 0], "value": [0, -1.0, 1.0, 0, -0.5, 0.5], "first": [0, 3], "output": [0, 0], "depth": 1, "base": [0.25]}


def test_trees_add_up_and_send_missing_values_their_way():
    trees = Trees({name: np.array(value) for name, value in STUMPS.items()})
    rows = np.array([[0.0, 1.0], [1.0, 3.0], [np.nan, np.nan]])
    assert trees(rows)[:, 0] == pytest.approx([0.25 - 1.5, 0.25 + 1.5, 0.25 - 1.0 + 0.5])


def pair_of(zh: str, en: str) -> Comparison:
    return Comparison(Side(zh, get("zh")), Side(en, get("en")))


def judged(pair: Comparison, opinion):
    return word_doubts.weighed(word_rows(pair, [], opinion), opinion)


@pytest.mark.skipif(detector() is None or word_doubts.shipped() is None, reason="the weights are not in this tree")
class TestShipped:
    def judged(self, zh: str, en: str):
        return judged(pair_of(zh, en), opinions([(zh, en)], "zh", "en")[0])

    def test_a_row_a_word_on_both_sides(self):
        source, target = word_rows(pair_of(ZH, EN), [], opinions([(ZH, EN)], "zh", "en")[0])
        assert [EN[s:e] for s, e in target.spans] == EN.replace(".", " .").split() and target.rows.shape == (len(target.spans), len(NAMES))
        assert "".join(ZH[s:e] for s, e in source.spans) == ZH.replace("，", "").replace("。", "")

    @pytest.mark.parametrize("right, wrong", [("must", "may"), ("Wednesday", "Friday"), ("six", "nine"), ("all", "some"), ("court", "police")])
    def test_a_changed_word_is_more_doubtful_than_the_right_one(self, right, wrong):
        text = EN.replace(right, wrong)
        at = text.index(wrong)
        assert self.judged(ZH, text).target.of(at, at + len(wrong)) > self.judged(ZH, EN).target.of(EN.index(right), EN.index(right) + len(right))

    def test_kinds_are_shares_and_an_english_source_is_judged_as_well(self):
        opinion = self.judged(ZH, EN.replace("must", "may"))
        assert opinion.target.kinds.sum(1) == pytest.approx(np.ones(len(opinion.target.spans)))
        turned = judged(Comparison(Side(EN, get("en")), Side(ZH, get("zh"))), opinions([(EN, ZH)], "en", "zh")[0])
        assert len(turned.source.spans) == len(opinion.target.spans)
