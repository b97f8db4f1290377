"""Negations of both sides answer each other one to one."""

import pytest

from verify.align.words import links
from verify.nuance import Comparison
from verify.one_pair import plain_side

ZH = "局长直言，保障房不是“回收站”，价格不得高于重置成本。"
EN = "The director said bluntly that affordable housing was not a “recycling station” and that prices must not be higher than the replacement cost."


def answered(zh: str, en: str) -> tuple[dict[str, float], dict[str, float]]:
    found = Comparison(plain_side(zh, "zh", "source"), plain_side(en, "en", "target"), links(zh, en, "zh", "en")).negations
    return tuple({mark.text: value for mark, value in zip(marks, values)} for marks, values in zip(found.marks, found.answered))


def test_each_has_its_own_answer():
    source, _ = answered(ZH, EN)
    assert source["不是"] > 0.5 and source["不得"] > 0.5


@pytest.mark.parametrize("said, instead, lost, kept", [("was not a", "was a", "不是", "不得"), ("must not be", "must be", "不得", "不是")])
def test_what_answers_one_answers_no_second(said, instead, lost, kept):
    source, _ = answered(ZH, EN.replace(said, instead))
    assert source[lost] == 0.0 < source[kept]


def test_a_word_that_need_not_negate_can_answer_but_less_surely():
    source, target = answered("部长无意辞职。", "The minister declines to resign.")
    assert 0 < source["无意"] < answered("部长无意辞职。", "The minister has no intention of resigning.")[0]["无意"]
    assert len(target) == 1


def test_without_negations_there_is_nothing_to_answer():
    assert answered("部长周五辞职。", "The minister resigned on Friday.") == ({}, {})
