"""Reporting verbs in running text, and which language a text is in."""

import pytest

from verify.documents import read
from verify.languages import detect, get, speech
from verify.nuance.speech import load_acts


def verbs(code, text):
    return [(text[v.start : v.end], v.act) for v in get(code).reporting_verbs(text)]


@pytest.mark.parametrize(
    ("code", "text", "expected"),
    [
        ("en", "He emphasized that Japan denied selling and pointed out the risk.", [("emphasized", "stress"), ("denied", "deny"), ("pointed out", "note")]),
        ("en", "The claims, a report and his warning in the United States.", []),
        ("en", "Officials claim that it is over; the so-called deal added 3%.", [("claim", "claim")]),
        ("en", "The strike was called off, the loan written off; write the rest off and tell the twins apart.", []),
        ("en", "He wrote in a post that it rained.", [("wrote", "write")]),
        ("zh", "他坦言困难，並否認出售，强调不会改变。", [("坦言", "admit"), ("否認", "deny"), ("强调", "stress")]),
        ("zh", "名称和职称，小说的说明书，与其说是他。", []),
        ("zh", "据报道，中国称不会卖。", [("报道", "report"), ("称", "say")]),
        ("zh", "财长不得不承认目标难以实现。", [("承认", "admit")]),
        ("ja", "大臣は「ある」と述べ、重要性を強調した。", [("述べ", "say"), ("強調した", "stress")]),
    ],
)
def test_verbs_that_report_and_words_that_do_not(code, text, expected):
    assert verbs(code, text) == expected


@pytest.mark.parametrize(("code", "text", "speaker", "words"), [
    ("en", "“You can't call this a natural disaster,” in Hsu's view.", "Hsu", "in Hsu's view"),
    ("en", "“It is over,” in his words.", "he", "in his words"),
    ("en", "“Wait and see,” was the officer's curt answer to that.", "the officer", "answer"),
    ("en", "Most was paid as “lecture fees”, according to the indictment.", "the indictment", "according to"),
    ("en", "The minister said the US court's ruling was “wrong”.", "The minister", "said"),
    ("zh", "周海涛当庭表示：“我对不起患者。”", "周海涛", "表示"),
    ("zh", "一位面店老板苦笑说：“店也没了。”", "一位面店老板", "苦笑说"),
    ("zh", "大使微笑着对记者说：“很好。”", "大使", "对记者说"),
    ("zh", "被告人王强事后高声承认：“是我做的。”", "被告人王强", "承认"),
    ("zh", "陈坦然说：“很好。”", "陈坦然", "说"),
    ("zh", "当地一名餐馆老板说：“停水三天了。”", "当地一名餐馆老板", "说"),
    ("zh", "当时县长说：“水够用。”", "县长", "说"),
    ("zh", "当选市长王强说：“谢谢。”", "当选市长王强", "说"),
    ("zh", "当天县长说：“水够用。”", "县长", "说"),
    ("zh", "当记者追问时，李四说：“没有。”", "李四", "说"),
])
def test_a_speaker_is_named_without_how_it_was_said(code, text, speaker, words):
    (quote,) = read("x", code, text=text).quotes
    assert (quote.speaker, text[slice(*quote.verb_span)]) == (speaker, words)


@pytest.mark.parametrize(("code", "least"), [("en", 120), ("zh", 120), ("ja", 40)])
def test_every_verb_has_one_act_and_the_acts_are_those_of_every_language(code, least):
    listed = [verb for members in speech.data()[code].values() for verb in members]
    assert len(listed) == len(set(listed)) >= least
    acts = set(speech.data()[code])
    assert acts == set(speech.data()["en"])
    assert all({act, *others} <= acts for act, others in load_acts().items())


@pytest.mark.parametrize(
    ("text", "code"),
    [("The minister said so.", "en"), ("加藤胜信说，我们有一张牌。", "zh"), ("加藤勝信說，我們有一張牌。", "zh-Hant"), ("カードとしてはあると思う", "ja"), ("카드가 있다", "ko"),
     ("Der Minister sagte, dass er die Karte nicht spielen werde.", "de"), ("Le ministre a dit que la carte est sur la table.", "fr"), ("Министр сказал", "ru"), ("", "und")],
)
def test_language_is_told_by_script_and_common_words(text, code):
    assert detect(text) == code


@pytest.mark.parametrize("code", ["en", "zh", "ja", "de"])
def test_folding_keeps_the_length(code):
    text = "說明１２％「」“”’ﬁ 億円 ABC"
    assert len(get(code).fold(text)) == len(text)


def test_both_scripts_of_chinese_are_one_room_with_their_own_codes():
    assert get("zh-TW").code == get("zh-Hant").code == "zh-Hant" and get("zh").code == "zh"
    assert get("zh-Hant").fold("說") == get("zh").fold("说")
    assert get("xx").code == "xx" and get("xx").sentences("A b. C d.") == [(0, 4), (5, 9)]
