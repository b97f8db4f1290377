"""Span F1 over characters, on cases small enough to count by hand."""

import numpy as np
import pytest

from verify.bench import spans
from verify.evidence.likelihood import Likelihood
from verify.finding import Category, Finding, Severity
from verify.scoring import Score
from verify.text import Span
from verify.translate.engine import TokenScores

TEXT = "We hold a card."


def result(log_probs, findings=()):
    tokens = TokenScores(("We", "hold", "a", "card", ".", "</s>"), log_probs, ((0, 2), (2, 7), (7, 9), (9, 14), (14, 15), (15, 15)))
    chance = Likelihood(-1, -1, -1, -1, tokens, tokens)
    return Score("我们握有一张牌。", TEXT, 0.5, list(findings), None, {}, "", likelihood=chance)


def found(start, end, confidence):
    return Finding("term", Category.MISTRANSLATION, Severity.MAJOR, "m", target=Span("target", start, end, TEXT[start:end]), confidence=confidence)


def test_a_words_surprise_is_that_of_all_its_tokens_and_of_no_blank():
    made = spans.surprise(result((-1.0, -4.0, 0.0, -9.0, -0.5, -7.0)))
    assert made[3:7].tolist() == [4.0] * 4 and made[2] == 0 and made[10:14].tolist() == [9.0] * 4 and made[14] == 0.5


def test_f1_counts_characters_of_all_texts_together():
    gold = [np.array([True, True, False, False]), np.array([True])]
    assert spans.f1(gold, [np.array([False, True, True, False]), np.array([True])]) == pytest.approx(2 * 2 / (3 + 3))
    assert spans.f1([np.zeros(3, bool)], [np.zeros(3, bool)]) == 0.0


def test_findings_and_unlikely_words_are_held_against_marked_errors():
    results = [result((-1, -1, -1, -9, -1, -1), [found(10, 14, 0.9), found(0, 2, 0.2)]) for _ in range(4)]
    made = spans.figures(results, [[{"start": 10, "end": 14}]] * 4, ["a", "b", "c", "d"])
    assert made["findings"] == made["unlikely words"] == made["findings and unlikely words"] == 1.0
    assert made["floor: every character"] == pytest.approx(2 * 4 / (4 + 15))
    assert made["floor: random words, as many"] < 0.9
