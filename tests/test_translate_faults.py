"""What counts as a hallucinated translation, and what does not."""

from __future__ import annotations

import re

import pytest

from verify.translate.faults import faults, repeats


def judged(source, output, target):
    count = lambda text: len(re.findall(r"[\u3040-\u9fff]|\w+|[^\w\s]", text))
    return faults(source, output, target, count(source), count(output))


@pytest.mark.parametrize("source, output, target, fault", [
    ("谈判可能在五月举行。", "the talks of the talks of the talks of the talks of the talks of", "en", "repetition"),
    ("谈判可能在五月举行。", "May may may may may may", "en", "repetition"),
    ("Talks could be held in May.", "会谈，会谈，会谈，会谈，会谈", "zh", "repetition"),
    ("克罗斯走了。", "Crosstttttttttstttttttttt left.", "en", "repetition"),
    ("谈判可能在五月举行。", "...", "en", "empty"),
    ("谈判可能在五月举行。", "谈判可能在五月举行。", "en", "script"),
    ("Talks could be held in May, he said.", "Nobody knows whether they will", "zh", "script"),
    ("谈判可能在五月举行。", "Talks \ufffd\ufffd in May", "en", "script"),
])
def test_hallucinations_are_named(source, output, target, fault):
    assert fault in judged(source, output, target)


@pytest.mark.parametrize("source, output, target", [
    ("谈判可能在五月举行。", "Talks could be held in May.", "en"),
    ("美国国债达36,000,000,000,000美元，其中1,000,000,000,000美元由外国持有。", "US debt is 36,000,000,000,000 dollars, of which 1,000,000,000,000 is held abroad.", "en"),
    ("哈哈哈哈哈哈！", "Ha ha ha ha ha ha!", "en"),  # as the source does
    ("No, no, no, no, no!", "不，不，不，不，不！", "zh"),
    ("NVIDIA GeForce RTX 5090 Founders Edition", "NVIDIA GeForce RTX 5090 Founders Edition", "zh"),
    ("The CEO of OpenAI met Tim Cook.", "OpenAI的CEO会见了蒂姆·库克。", "zh"),
    ("哇哈哈哈哈哈哈哈", "Wahahahahahahahaha", "en"),
    ("谢谢。", "Thank you.", "en"),
    ("……", "", "en"),
    ("2025", "2025", "zh"),
    ("We agree.", "Мы согласны.", "ru"),
    ("We agree.", "賛成です。", "ja"),
])
def test_sound_translations_have_no_fault(source, output, target):
    assert judged(source, output, target) == ()


def test_lengths_out_of_proportion():
    assert "blow-up" in faults("是。", "one two three four five six seven eight nine ten", "en", 2, 20)
    assert "short" in faults("一" * 40, "One.", "en", 40, 2)
    assert faults("是的", "Yes, it is so.", "en", 2, 6) == ()


def test_four_grams_count_wherever_they_stand():
    phrase = ["of", "the", "state", "council"]
    text = [word for number in range(4) for word in [*phrase, f"x{number}"]]
    assert repeats(text) and not repeats(text[:15])
