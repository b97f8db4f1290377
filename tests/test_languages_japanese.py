"""Japanese news sentences with faithful and distorted renderings, written by a hand that did not know the vocabulary."""

import json
from pathlib import Path

from verify.finding import Severity
from verify.scoring import ScorePlan, score

ITEMS = [json.loads(line) for line in (Path(__file__).resolve().parents[1] / "corpora" / "japanese" / "pairs.jsonl").read_text(encoding="utf-8").splitlines()]
PLAN = ScorePlan(source_language="ja")


def test_faithful_renderings_stay_quiet():
    pairs = [(item["ja"], en) for item in ITEMS for en in item["good"]]
    grave = [one.target for one in score(pairs, PLAN) if any(f.severity >= Severity.MAJOR for f in one.findings)]
    assert len(grave) <= 0.08 * len(pairs), grave


def test_most_negations_that_come_or_go_are_found():
    pairs = [(item["ja"], bad["en"]) for item in ITEMS for bad in item["bad"] if bad["category"] == "negation"]
    found = [any(f.check == "negation" for f in one.findings) for one in score(pairs, PLAN)]
    assert len(found) == 29 and sum(found) >= 16


def test_a_possibility_is_no_certainty():
    said = "可能性があると述べた"
    for english, changed in (("He said prices may rise.", False), ("He said prices will rise.", True)):
        (one,) = score([(f"物価が上がる{said}。", english)], PLAN)
        assert any(f.check == "modality" for f in one.findings) == changed


def test_whether_or_not_negates_nothing():
    (one,) = score([("大臣は「切るのか切らないのかは別の問題だ」と語った。", "“Whether we play it or not is another matter,” the minister said.")], PLAN)
    assert not [f for f in one.findings if f.check == "negation"]


def test_a_negated_word_that_is_affirmed_is_found_beside_another_negation_and_at_the_beginning():
    spill = "油の流出は確認されていないとし、環境への影響はないと説明した。"
    for ja, english, changed in (
        (spill, "It said no oil spill had been confirmed and that there was no effect on the environment.", False),
        (spill, "It said an oil spill had been confirmed and that there was no effect on the environment.", True),
        ("確認されていない。", "It has not been confirmed.", False), ("確認されていない。", "It has been confirmed.", True)):
        (one,) = score([(ja, english)], PLAN)
        assert any(f.check == "negation" for f in one.findings) == changed, english
