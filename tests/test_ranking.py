"""What ranks the renderings of one source: costs of words, and the models' view of the whole."""

import math

import numpy as np
import pytest

from verify.evidence.detector import detector, opinions
from verify.languages import get
from verify.nuance import ranking
from verify.nuance.check import Comparison, Side
from verify.nuance.word_evidence import NAMES, WordRows, word_rows

ZH = "据知情人士透露，双方可能在周五前达成初步协议，但并未排除谈判破裂。"
NEAR = "According to people familiar with the matter, the two sides may reach a preliminary deal before Friday, but have not ruled out a breakdown in the talks."
FREE = "A preliminary deal between the two could come by Friday, people familiar with the matter said, though a collapse of the talks has not been ruled out."


def rows(zh: str, en: str) -> tuple[WordRows, WordRows]:
    return word_rows(Comparison(Side(zh, get("zh")), Side(en, get("en"))), [], opinions([(zh, en)], "zh", "en")[0])


def test_there_is_no_rank_without_rows():
    assert math.isnan(ranking.ranked(None))


@pytest.mark.skipif(detector() is None or ranking.shipped() is None, reason="the weights are not in this tree")
class TestShipped:
    @pytest.mark.parametrize("right, wrong", [("may reach", "will reach"), ("Friday", "Thursday"), ("not ruled", "ruled"), ("preliminary", "final"), ("the two sides", "the ministry")])
    def test_a_distortion_ranks_below_what_it_was_made_of(self, right, wrong):
        assert ranking.ranked(rows(ZH, NEAR)) > ranking.ranked(rows(ZH, NEAR.replace(right, wrong)))

    def test_a_free_rendering_ranks_above_a_distortion_of_itself(self):
        assert ranking.ranked(rows(ZH, FREE)) > ranking.ranked(rows(ZH, FREE.replace("not been", "been"))) > ranking.ranked(rows(ZH, "The weather in the south was fine."))

    def test_every_word_costs_something_or_nothing_and_the_wrong_one_most(self):
        wrong = NEAR.replace("Friday", "Thursday")
        model, (_, words) = ranking.shipped(), rows(ZH, wrong)
        costs = model.costs(words)
        assert costs.shape == (len(words.spans),) and (costs >= 0).all()
        dearest = costs.argmax()
        assert wrong[slice(*words.spans[dearest])] == "Thursday"
        assert costs[dearest] > 2 * model.costs(rows(ZH, NEAR)[1])[dearest]  # than "Friday", which is right

    def test_no_words_and_missing_evidence_make_no_fault(self):
        empty = [WordRows(base, (), np.zeros((0, len(NAMES)))) for base in ranking.SIDES]
        assert ranking.shipped()(empty) == 0.0
        unknown = [WordRows(base, ((0, 1),), np.full((1, len(NAMES)), np.nan)) for base in ranking.SIDES]
        assert math.isfinite(ranking.shipped()(unknown))
