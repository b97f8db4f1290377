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
