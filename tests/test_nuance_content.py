"""The checks of content: what is left out or put in, quoted, named, done to whom, and what figures of speech mean."""

import pytest

from verify.align import words
from verify.finding import Severity
from verify.nuance import Comparison, checks
from verify.nuance.name_sounds import japanese
from verify.nuance.word_support import support
from verify.one_pair import plain_side, run_checks


def found(check, zh, en):
    pair = Comparison(plain_side(zh, "zh", "source"), plain_side(en, "en", "target"), words.links(zh, en, "zh", "en"))
    return list(run_checks(pair, checks(select=[check])))


def says(findings, words):
    return [f for f in findings if any(span and words in span.text for span in (f.source, f.target))]


# check, source, a faithful rendering, a distorted one, words that the finding must hold
DISTORTED = [
    ("quotation", "总理说，改革“没有回头路”，但需要时间。", "The prime minister said there was “no turning back” on reform, but that it would take time.",
     "The prime minister said that reform was “a complete waste of money”, but that it would take time.", "waste of money"),
    ("quotation", "市长表示，他“不会辞职”，并将在下周公布调查报告。", "The mayor said he “would not resign” and would publish the investigation report next week.",
     "The mayor said he “would not resign and would publish the investigation report next week”.", "investigation report"),
    ("quotation", "大使说：“我不会回避这个问题。”", "The ambassador said: “I will not avoid this question.”",
     "The ambassador said: “He will not avoid this question.”", "He"),
    ("quotation", "部长说，政府将增加教育开支。", "The minister said the government would increase spending on education.",
     "The minister said the government would “increase spending on education”.", "increase spending"),
    ("omission", "警方依法拘留了两名嫌疑人。", "Police detained two suspects in accordance with the law.", "Police detained two suspects.", "依法"),
    ("omission", "双方已就停火初步达成协议。", "The two sides have reached a preliminary agreement on a ceasefire.", "The two sides have reached an agreement on a ceasefire.", "初步"),
    ("addition", "公司宣布了重组计划。", "The company announced a restructuring plan.", "The company reluctantly announced a restructuring plan.", "reluctantly"),
    ("addition", "他说，政府将在周三公布结果。", "He said the government will announce the results on Wednesday.",
     "He said the government will announce the results on Wednesday on Wednesday.", "on Wednesday"),
    ("addition", "她挨家做工作，一再说她早就知道。", "She went door to door to say again and again and again that she had had word of it.",
     "She went door to door to say again and again and again that she had had word of the the matter.", "the"),
    ("condition", "他表示，指控若属实，公司将解雇他。", "He said the company would dismiss him were the allegation true.",
     "He said the allegation is true and the company will dismiss him.", "is true"),
    ("figurative", "两党谈判一波三折，昨日终于签约。", "After many twists and turns in the talks between the two parties, they signed yesterday at last.",
     "The talks between the two parties had one wave and three folds; they signed yesterday at last.", "folds"),
    ("agent", "公司收购了竞争对手。", "Its competitor was acquired by the company.", "The company was acquired by its competitor.", "acquired by"),
    ("agent", "意大利批评德国。", "Italy criticised Germany.", "Germany criticised Italy.", "Germany"),
    ("name", "副市长出席了仪式。", "The deputy mayor attended the ceremony.", "The mayor attended the ceremony.", "mayor"),
]


@pytest.mark.parametrize(("check", "zh", "faithful", "distorted", "held"), DISTORTED, ids=[f"{row[0]}-{row[4]}" for row in DISTORTED])
def test_a_distortion_is_found_at_its_place_and_a_faithful_rendering_is_left_alone(check, zh, faithful, distorted, held):
    assert says(found(check, zh, distorted), held)
    assert not [f for f in found(check, zh, faithful) if f.severity >= Severity.MAJOR]
    assert not says(found(check, zh, faithful), held)


def test_an_addition_never_has_a_place_in_the_source_nor_an_omission_one_in_the_draft():
    zh, en = "警方依法拘留了两名嫌疑人。", "Police reluctantly detained two suspects over dinner in the neighbouring village."
    for check, side in (("addition", "source"), ("omission", "target")):
        findings = found(check, zh, en)
        assert findings and all(getattr(f, side) is None for f in findings)


def test_a_split_quote_is_one_quote():
    en = "“I will not avoid this question,” the ambassador said. “But I need time.”"
    assert not found("quotation", "大使说：“我不会回避这个问题，但我需要时间。”", en)
    en = "“We have received applications from several firms,” the minister said. “Whether they are approved depends on the assessment.”"
    assert not found("quotation", "部长说：“我们收到了几家企业的申请，是否批准要看评估的结果。”", en)


def test_british_and_american_spelling_are_one_word():
    shares = [max(w.share for w in support("他们组织了示威", f"They {word} a demonstration").words) for word in ("organised", "organized")]
    assert shares[0] == pytest.approx(shares[1], rel=0.2)


def test_a_japanese_given_name_is_no_stranger_where_japan_is_spoken_of():
    assert japanese("Katsunobu", "日本财务大臣加藤胜信")
    assert not japanese("Katsunobu", "美国总统特朗普") and not japanese("Smith", "日本财务大臣加藤胜信")
