"""How the findings of one pair are put together: one place, one finding."""

import pytest

from verify.evidence.detector import detector
from verify.scoring import ScorePlan, score
from verify.translate import load


@pytest.mark.skipif(detector() is None, reason="the weights are not in this tree")
def test_a_word_that_is_said_to_be_changed_is_not_said_to_be_missing_too():
    zh, en = "发言人说，不排除有少量燃油外泄。", "The spokesman said it could not be ruled out that a large amount of fuel had leaked."
    [made] = score([(zh, en)], ScorePlan(back_translation=False), load("pocket", cache=False))
    assert [(f.check, f.source.text, f.target.text) for f in made.findings if f.source and "少量" in f.source.text] == [("quantifier", "少量", "a large amount")]


@pytest.mark.skipif(detector() is None, reason="the weights are not in this tree")
def test_a_word_of_degree_that_became_its_opposite_is_told_once():
    zh, en = "港鐵公司昨日公布，首季乘客量按年微跌百分之一點二。", "MTR Corporation announced yesterday that passenger numbers plunged 1.2 per cent year on year in the first quarter."
    [made] = score([(zh, en)], ScorePlan(back_translation=False), load("pocket", cache=False))
    assert [(f.check, f.source.text, f.target.text) for f in made.findings if f.source and "微" in f.source.text] == [("number", "微跌", "plunged")]
