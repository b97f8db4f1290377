"""How the findings of one pair are put together: one place, one finding."""

from datetime import date

import pytest

import verify
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


@pytest.mark.parametrize(("zh", "en", "found"), [
    ("公司去年亏损严重。", "The company lost heavily in 2019.", [("major", "去年", "2019")]),
    ("公司去年亏损严重。", "The company lost heavily in 2024.", []),
    ("公司去年亏损严重。", "The company lost heavily last year.", []),
    ("部长今天说，谈判失败了。", "The minister said on Thursday that the talks had failed.", [("major", "今天", "Thursday")]),
    ("部长昨天说，谈判失败了。", "The minister said on Thursday that the talks had failed.", []),
    ("部长5月2日说，谈判失败了。", "The minister said on Friday that the talks had failed.", []),
    ("昨天在五月的会议上，他说不行。", "At the May meeting yesterday he said no.", []),
])
def test_times_are_counted_from_the_date_line_and_without_one_are_left_open(zh, en, found):
    draft, witness = verify.read("draft", "en", text=en), verify.read("one", "zh", text=zh)
    run = lambda dateline: verify.check(draft, [witness], verify.Plan(select=["time"], dateline=dateline))
    dated = run(date(2025, 5, 2))
    assert [(f.severity.value, f.source.text, f.target.text) for f in dated.findings] == found
    assert dated.signature.endswith("|date:2025-05-02") and not run(None).findings
