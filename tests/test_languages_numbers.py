"""Amounts by value, and amounts of two texts beside each other."""

import json
import lzma
from fractions import Fraction as F
from pathlib import Path

import pytest

from verify.languages import get
from verify.languages.agreement import agree
from verify.languages.quantities import relation

EVAL = Path(__file__).resolve().parents[1] / ".." / "shared" / "eval"
TRILLION = 10**12


@pytest.mark.parametrize(
    ("code", "text", "value"),
    [
        ("zh", "近1.07万亿美元", F("1.07") * TRILLION), ("en", "$1.07 trillion", F("1.07") * TRILLION), ("en", "$1,070 billion", F("1.07") * TRILLION),
        ("zh", "3亿5000万元", 350_000_000), ("zh", "11万7015辆", 117_015), ("zh", "三百二十一人", 321), ("zh", "一万二千人", 12_000),
        ("zh", "两成半", F(1, 4)), ("zh", "六成七", F("0.67")), ("zh", "百分之十二", F("0.12")), ("zh", "三分之一", F(1, 3)),
        ("zh", "１２００億元", 120_000_000_000), ("zh", "1.3个百分点", F("0.013")), ("zh", "第三次", 3), ("zh", "翻一番", 2), ("ja", "約3割", F("0.3")),
        ("en", "RMB 2.7bn", 2_700_000_000), ("en", "two hundred and five", 205), ("en", "half a million", 500_000), ("en", "twenty-one", 21),
        ("en", "two and a half", F(5, 2)), ("en", "two thirds of them", F(2, 3)), ("en", "one in five", F(1, 5)), ("en", "25 basis points", F("0.0025")),
        ("en", "£11million", 11_000_000), ("en", "a dozen", 12), ("en", "the 21st", 21), ("en", "threefold", 3),
    ],
)
def test_one_amount_and_its_value(code, text, value):
    (quantity,) = get(code).numbers(text)
    assert quantity.value == value


@pytest.mark.parametrize(
    ("code", "text", "low", "high"),
    [("zh", "3至5%", F("0.03"), F("0.05")), ("zh", "5-6百万人", 5_000_000, 6_000_000), ("zh", "十几万人", 120_000, 199_999), ("zh", "七八成", F("0.7"), F("0.8")), ("zh", "两到三成", F("0.2"), F("0.3")), ("zh", "七旬老翁", 70, 79),
     ("en", "between 3 and 5 per cent", F("0.03"), F("0.05")), ("en", "five to six", 5, 6), ("en", "tens of thousands", 10_000, 99_999)],
)
def test_ranges(code, text, low, high):
    (quantity,) = get(code).numbers(text)
    assert (quantity.low, quantity.high) == (low, high)


@pytest.mark.parametrize("text", ["一些人一直统一，万一不行，千万别去。", "百姓十分高兴，三明治在四川。", "他说唯一的办法是重新开始。", "二审驳回“赔偿”二字，三级医院还差十万八千里。"])
def test_words_with_numerals_ask_for_no_number(text):
    assert [q for q in get("zh").numbers(text) if q.asks] == []


@pytest.mark.parametrize("text", ["No one came.", "He waited a second.", "One of them left with another one."])
def test_english_pronouns_ask_for_no_number(text):
    assert [q for q in get("en").numbers(text) if q.asks] == []


def test_兆_has_both_its_values():
    (quantity,) = get("zh").numbers("2兆元")
    assert {2 * TRILLION, 2_000_000} == set(quantity.values)


@pytest.mark.parametrize(
    ("zh", "en", "how"),
    [
        ("逾27亿元", "over 2.7 billion yuan", "same"), ("近四成", "nearly 40%", "same"), ("上百人", "hundreds of people", "same"), ("十余人", "a dozen or so", "same"),
        ("七折", "30% off", "same"), ("100公里", "62 miles", "same"), ("300美元", "$300", "same"), ("万分之三", "three in 10,000", "same"), ("不得超过三笔", "no more than three", "same"), ("人数不过十二人", "no more than 12", "same"),
        ("近1.07万亿美元", "over $1.07 trillion", "approximator"), ("约2600间", "more than 2,600", "approximator"),
        ("1.07万亿美元", "$1.1 trillion", "rounded"), ("1.3个百分点", "1.3%", "unit"), ("60亿元人民币", "US$6 billion", "unit"), ("3000万元", "US$30 million", "unit"), ("3000万元", "$30 million", "same"),
        ("1.07万亿美元", "$107 billion", "different"), ("3公里", "3 miles", "unit"), ("20至30人", "20 to 40", "different"),
    ],
)
def test_how_two_amounts_stand(zh, en, how):
    (a,), (b,) = get("zh").numbers(zh), get("en").numbers(en)
    assert relation(a, b) == how


def compared(zh, en, code="zh"):
    source, target = get(code), get("en")
    return agree(source.numbers(zh), source.dates(zh), target.numbers(en), target.dates(en))


def test_agreement_names_what_one_side_lacks():
    result = compared("5月2日，约1200人到场，其中三成是学生。", "On 2 May about 1,300 people came, 30% of them students.")
    assert [q.low for q in result.missing] == [1200] and [q.low for q in result.extra] == [1300]
    assert not result.missing_times and not result.extra_times


def rows_of(name):
    with lzma.open(EVAL / name, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


@pytest.mark.skipif(not EVAL.exists(), reason="evaluation data are not beside this checkout")
@pytest.mark.parametrize(("code", "field", "most"), [("zh", "zh_hans", 45), ("zh-Hant", "zh_hant", 55)])
def test_right_translations_seldom_disagree(code, field, most):
    pairs = rows_of("ntrex.jsonl.xz")
    results = [compared(pair[field], pair["en"], code) for pair in pairs]
    assert sum(bool(r.missing or r.extra) for r in results) <= most  # of 1,997, most of them the translators' own doing
    assert sum(bool(r.missing_times or r.extra_times) for r in results) <= 30


@pytest.mark.skipif(not EVAL.exists(), reason="evaluation data are not beside this checkout")
def test_replaced_numbers_are_seen():
    rows = rows_of("demetr-zh-odd.jsonl.xz")
    rows = [row for row in rows if row["pert_name"].endswith("numbers_replaced")]
    differs = lambda r: bool(r.missing or r.extra or r.missing_times or r.extra_times)
    assert sum(differs(compared(row["src_sent"], row["pert_sent"])) for row in rows) >= 0.9 * len(rows)


@pytest.mark.parametrize("code, text", [("en", "It grew 2½ times."), ("zh", "涨了2½倍。")])
def test_two_and_a_half(code, text):
    assert [q.low for q in get(code).numbers(text)] == [F(5, 2)]


@pytest.mark.parametrize("run", ["万", "十", "三千", "百万亿", "3万"])
def test_a_long_run_of_numerals_is_read_in_one_way_only(run):
    """Otherwise this would not come to an end: twenty 万 in a row once took for ever."""
    read = get("zh").numbers(run * 100 + "分")
    assert read and all(q.end - q.start <= 60 for q in read)
