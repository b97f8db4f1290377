"""Who speaks: the same, another, or nothing that could be compared."""

import pytest

from verify import pipeline
from verify.documents import read
from verify.nuance.speakers import Likeness, likeness
from verify.plan import Plan


@pytest.mark.parametrize("chinese, english, told", [
    ("刘桂芳", "Liu Guifang", "same"), ("劉桂芳", "Ms Liu", "same"), ("薛部长", "Minister Xue", "same"), ("特朗普", "Donald Trump", "same"),
    ("外交部发言人毛宁", "Foreign Ministry spokesperson Mao Ning", "same"), ("发言人", "a spokesman", "same"), ("他", "he", "same"),
    ("教练Will Wade", "coach Will Wade", "same"),
    ("刘桂芳", "Zhao Guifang", "other"), ("刘桂芳", "Ms Zhao", "other"), ("王强", "Li Min", "other"), ("外交部发言人毛宁", "spokesperson Wang Wenbin", "other"),
    ("李部长", "Minister Wang", "other"), ("她", "he", "other"), ("特朗普", "Biden", "other"),
    # Spelled as Taiwan and Hong Kong spell; a surname is one where it stands for one, not where any character sounds like it.
    ("连新明", "Lien Xinming", "same"), ("台湾数字发展部门负责人周秉诚", "Digital affairs minister Chou Ping-cheng", "same"), ("谢明伦", "Ming-lun", "same"),
    ("李国华", "Guohua Li", "same"),
    ("周秉诚", "Cheng", "other"), ("在野黨立委吳佩瑜", "Hsieh Ming-lun", "other"), ("部长周秉诚", "Lin", "other"), ("周秉诚", "Chou Pei-yu", "other"),
    ("陈文辉", "Tan Boon Hui", "untold"), ("吳釗燮", "Joseph Wu", "untold"), ("鄭若驊", "Teresa Cheng Yeuk-wah", "untold"), ("李家超", "Lee Ka-chiu", "untold"), ("何立峰", "He", "untold"), ("高层", "Lin", "untold"),
    # A name that is known as another's is not the same because it sounds a little like it.
    ("美国总统特朗普", "Rubio", "other"), ("普京", "Rubio", "other"), ("特朗普政府官员", "Rubio", "untold"), ("特朗普发言人", "Leavitt", "untold"), ("特朗普团队", "Rubio", "untold"),
    ("中科院团队", "a CAS group", "untold"), ("鲁比奥", "Rubio", "same"),
    # A Japanese name by its surname, before a title or behind one; a place or a word that a name could begin with is nobody.
    ("加藤胜信", "Katsunobu Kato", "same"), ("大西健一", "Ohnishi", "same"), ("中田英寿", "Hidetoshi Nakada", "same"), ("日本足球联盟会长大西健一", "Kenichi Ōnishi", "same"),
    ("前国脚中村彻", "Onishi", "other"), ("发言人佐藤", "Kato", "other"), ("社长谷川彻", "Sato", "other"), ("社长谷川彻", "Tanigawa", "untold"),
    ("福岛渔民", "Suzuki", "untold"), ("渔民渡边", "a Fukushima fisherman", "untold"), ("加藤的秘书", "Sato", "untold"), ("中村", "Minami", "untold"),
    ("林芳正", "Hayashi", "untold"),
    # Other romanisations and readings, and whom a pronoun stands for, are not for the ear to say.
    ("李容浩", "Mr Ri", "untold"), ("她", "Liu Guifang", "untold"),
    ("村民代表", "Zhao Guifang", "untold"),
])
def test_speakers_are_told_apart_by_sound_and_title_or_not_at_all(chinese, english, told):
    assert likeness(chinese, english) is Likeness(told)


def test_a_surname_of_one_character_is_japanese_where_the_text_speaks_of_japan():
    assert likeness("林芳正", "Hayashi", "日本外相林芳正说") is Likeness.SAME
    assert likeness("林剑", "Lin Jian", "日本") is not Likeness.OTHER


def check(draft, witness, language="zh"):
    return pipeline.check(read("d.txt", "en", text=draft), [read("w.txt", language, text=witness)], Plan())


VILLAGE = "村民们周三聚集在村委会门口。\n刘桂芳说：“我们已经等了三年，还是没有水喝。”\n当地政府说，工程将在年底完工。\n"
DRAFT = ('Villagers gathered outside the village committee on Wednesday.\n"We have waited three years and still have no water to drink," {} said.\n'
         "The local government said the project would be finished by the end of the year.\n")


def test_a_quote_that_the_draft_gives_to_somebody_else_is_a_finding():
    (finding,) = [f for f in check(DRAFT.format("Zhao Guifang"), VILLAGE).findings if f.check == "attribution"]
    assert (finding.source.text, finding.target.text, finding.severity.value) == ("刘桂芳", "Zhao Guifang", "major")
    assert not [f for f in check(DRAFT.format("Liu Guifang"), VILLAGE).findings if f.check == "attribution"]


def test_a_speaker_in_traditional_characters_is_found_in_the_text():
    (finding,) = [f for f in check(DRAFT.format("Zhao Guifang"), VILLAGE.replace("刘桂芳", "劉桂芳"), "zh-Hant").findings if f.check == "attribution"]
    assert (finding.source.text, finding.target.text) == ("劉桂芳", "Zhao Guifang")


@pytest.mark.parametrize("speaker, wrong", [("中村徹", True), ("髙橋会長", True), ("大西健一会長", False), ("日本サッカー連盟の大西会長", False), ("会長", False), ("東京電力", False)])
def test_a_japanese_speaker_is_compared_by_the_reading_of_the_surname(speaker, wrong):
    report = check('"If it is true, it is deeply regrettable," Onishi said.\nThe meeting lasted three hours.\n',
                   f"{speaker}は「事実であれば、極めて遺憾だ」と述べた。\n会議は3時間続いた。\n", "ja")
    assert [f.check for f in report.findings if "speak" in f.message] == ["attribution"] * wrong


def test_the_speakers_of_two_quotes_that_changed_places_are_found():
    report = check('"We agree to this plan," Li Min said. "I object to it," Wang Qiang said.\nThe meeting lasted three hours.\n',
                   "王强说：“我们同意这个方案。”李敏说：“我反对它。”\n会议持续了三个小时。\n")
    assert {(f.source.text, f.target.text) for f in report.findings if f.check == "attribution" and f.source and f.target} == {
        ("王强", "Li Min"), ("李敏", "Wang Qiang")}


def test_what_is_too_unsure_to_show_is_kept_apart():
    plan = Plan(min_confidence=1.0)
    texts = read("d.txt", "en", text=DRAFT.format("Zhao Guifang")), [read("w.txt", "zh", text=VILLAGE)]
    report = pipeline.check(*texts, plan)
    assert not report.findings and any(f.check == "attribution" for f in report.doubts)


def test_whom_a_speaker_tells_is_no_title_and_a_firm_is_no_other_country():
    names = lambda draft, witness: [f.severity.value for f in check(draft, witness).findings if f.check == "name"]
    assert not names("Digital affairs minister Chou Ping-cheng told reporters: “An anchor severed it.”\n", "台湾数字发展部门负责人周秉诚称：“是货轮下锚时勾断的。”\n")
    assert "major" not in names("Services are normal, said Lin Shu-fen, a spokeswoman for Chunghwa Telecom.\n", "台湾中华电信发言人林淑芬说，服务正常。\n")
    assert "major" in names("Services are normal, said a spokesman from Wakanda.\n", "台湾发言人说，服务正常。\n")
