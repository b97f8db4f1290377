"""The detector of faults: the shipped weights on sentences that it was not trained on."""

import numpy as np
import pytest

from verify.evidence.detector import FOLDER, Opinion, Suspicion, detector, opinions
from verify.languages import get
from verify.nuance import suspicion
from verify.nuance.check import Comparison, Side

pytestmark = pytest.mark.skipif(not (FOLDER / "model.bin").exists(), reason="the detector's weights are not in this tree")

ZH = "法院周三表示，该公司必须在六个月内向所有受害者支付赔偿金。"
EN = "The court said on Wednesday that the company must pay compensation to all victims within six months."


def chance(text: str, word: str, zh: str = ZH) -> float:
    """How doubtful the detector finds a word of the English text."""
    start = text.index(word)
    return detector()([(zh, text)])[0][1].of(start, start + len(word))


@pytest.mark.parametrize("right, wrong", [("must", "may"), ("Wednesday", "Friday"), ("six", "nine"), ("all", "some"), ("company", "bank"), ("court", "police")])
def test_a_changed_word_is_more_doubtful_than_the_right_one(right, wrong):
    assert chance(EN.replace(right, wrong), wrong) > 2 * chance(EN, right)


def test_a_dropped_word_makes_its_source_doubtful():
    start = ZH.index("周三")
    there = lambda en: detector()([(ZH, en)])[0][0].of(start, start + 2)
    assert there(EN.replace(" on Wednesday", "")) > 2 * there(EN)


def test_a_pair_does_not_depend_on_its_neighbours():
    alone = detector()([(ZH, EN)])[0]
    among = detector()([("天气很好。", "The weather is fine."), (ZH, EN), (ZH, "No.")])[1]
    assert np.array_equal(alone[1].chances, among[1].chances)


def test_spans_are_of_the_text_as_given_and_traditional_script_reads_the_same():
    zh = ZH.replace("该", "該").replace("内", "內").replace("须", "須")
    one = detector()([(zh, EN)])[0]
    assert "".join(zh[start:end] for start, end in one[0].spans) == zh
    assert np.allclose(one[1].chances, detector()([(ZH, EN)])[0][1].chances, atol=0.05)


def test_opinions_follow_the_direction_and_are_none_for_other_languages():
    assert opinions([(ZH, EN)], "zh", "en")[0][1].spans == opinions([(EN, ZH)], "en", "zh")[0][0].spans
    assert opinions([("Guten Tag", "Good day")], "de", "en") == [None]
    assert opinions([("", EN), (ZH * 100, EN)], "zh", "en") == [None, None]


def test_what_no_check_has_named_becomes_a_finding_of_the_likeliest_check():
    wrong = EN.replace("court", "police")
    pair = Comparison(Side(ZH, get("zh")), Side(wrong, get("en")), evidence={suspicion.EVIDENCE: opinions([(ZH, wrong)], "zh", "en")[0]})
    opinion, start = pair.evidence[suspicion.EVIDENCE].target, wrong.index("police")
    likeliest = detector().kinds[1 + opinion.kinds[opinion.top(start, start + len("police"))].argmax()]
    assert likeliest in ("attribution", "name")  # who said it, or which institution
    found = suspicion.weigh(pair, [], ["figurative", "name", "agent", "attribution"])
    assert [f.check for f in found if f.target and f.target.text == "police"] == [likeliest]
    assert suspicion.weigh(pair, [], []) == []


@pytest.mark.parametrize("text, doubted, shown", [
    ("Barred from leaving for eight months.", "for", "for eight"), ("It was as had been agreed.", "had", "had been agreed"), ("What he spoke of, they knew.", "of", "of"),
    ("He may go.", "may", "may"), ("It cost 8 yuan.", "8", "8"), ("Prices fell sharply.", "fell", "fell")])
def test_a_doubt_of_words_of_grammar_is_shown_with_what_they_belong_to(text, doubted, shown):
    start = text.index(doubted)
    place = suspicion.readable(Side(text, get("en")), suspicion.Doubt(start, start + len(doubted), 0.5, "name"))
    assert text[slice(*place)] == shown


def test_a_word_of_an_amount_that_both_sides_have_is_no_finding():
    kinds = detector().kinds[1:]  # the first is "ok"

    def about(zh: str, en: str, word: str) -> list[str]:
        """The findings, were that word of the source in doubt and no other."""
        at, none = zh.index(word), Suspicion((), np.zeros(0), np.zeros((0, len(kinds))))
        doubted = Suspicion(((at, at + len(word)),), np.array([0.99]), np.eye(len(kinds))[[kinds.index("number")]])
        pair = Comparison(Side(zh, get("zh")), Side(en, get("en")), evidence={suspicion.EVIDENCE: Opinion(doubted, none, -5.0, 0.0, np.zeros(1))})
        return [f.source.text for f in suspicion.weigh(pair, [], ["number"])]

    zh = "他被判处入狱五年零四个月。"
    assert about(zh, "He was sentenced to five years and four months in prison.", "零四个") == []
    assert about(zh, "He was sentenced to five years in prison.", "零四个") == ["零四个"]
