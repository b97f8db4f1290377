"""Long inputs are cut at marks, and nothing falls between the cuts."""

from __future__ import annotations

import pytest

from verify.translate.cutting import cut, sentences, within


@pytest.mark.parametrize("text", ["他说，出口增长，进口下降；谈判继续。" * 9, "no marks " * 50, "字" * 300, "a,b" * 100, "x"])
@pytest.mark.parametrize("parts", [1, 2, 3, 7])
def test_cuts_cover_the_text_in_order(text, parts):
    ranges = cut(text, parts)
    assert len(ranges) == min(parts, len(text))
    assert ranges[0][0] == 0 and ranges[-1][1] == len(text)
    assert all(a < b for a, b in ranges) and all(b == c for (_, b), (c, _) in zip(ranges, ranges[1:]))


def test_a_sentence_end_is_the_best_place_then_a_semicolon_then_a_comma():
    assert [text[a:b] for text in ["甲乙丙，丁戊。己庚，辛壬癸"] for a, b in cut(text, 2)] == ["甲乙丙，丁戊。", "己庚，辛壬癸"]
    assert [text[a:b] for text in ["甲乙丙丁，戊己；庚辛，壬癸"] for a, b in cut(text, 2)] == ["甲乙丙丁，戊己；", "庚辛，壬癸"]


def test_a_number_is_not_cut_at_its_comma():
    text = "he counted 1,000,000 of them and 2,000,000 of those"
    assert all(text[b - 1] != "," for _, b in cut(text, 4))


def test_only_what_is_too_long_is_cut():
    text = "短句。" + "这一句很长，" * 20 + "完。"
    ranges = within(text, sentences(text, "zh"), 40, len)
    assert text[slice(*ranges[0])] == "短句。"
    assert len(ranges) > 3 and all(b - a <= 40 for a, b in ranges)
    assert "".join(text[a:b] for a, b in ranges) == text
