"""The engine asked about a finding: a word is left out of the source, and what that does to the draft's likelihood."""

from types import SimpleNamespace

import pytest

import verify
from verify.evidence.detector import detector
from verify.finding import Severity
from verify.languages import get
from verify.nuance import conditioning, suspicion
from verify.nuance.check import Comparison, Side
from verify.nuance.sides import finding

ZH, EN = "他们并未同意。", "They agreed."
fitted = pytest.mark.skipif(conditioning.weights() is None or suspicion.weights() is None, reason="the weights are not in this tree")


class Engine:
    """Says that the draft is `lost` nats less likely where the source lacks a word; remembers what it was asked."""

    def __init__(self, lost: float):
        self.lost, self.asked = lost, []

    def score(self, pairs, source, target):
        self.asked += pairs
        return [SimpleNamespace(total=-10.0 if zh == ZH else -10.0 - self.lost) for zh, _ in pairs]


def settled(lost: float, check: str = "negation", sure: float = 0.5):
    pair, engine = Comparison(Side(ZH, get("zh")), Side(EN, get("en"))), Engine(lost)
    one = finding(pair, check, Severity.CRITICAL, "not", (2, 4), None, sure)
    [made] = conditioning.conditioned(pair, [suspicion.graded(one, sure)], engine)
    return made, engine


@fitted
def test_what_the_draft_bears_out_is_less_sure_to_be_lost_and_what_it_does_not_is_surer():
    (kept, engine), (lost, _) = settled(8.0), settled(-2.0)
    assert kept.confidence < 0.5 < lost.confidence
    assert {zh for zh, _ in engine.asked} == {ZH, "他们同意。"}
    assert lost.evidence[conditioning.EVIDENCE] == -2.0


@fitted
def test_severity_follows_the_new_confidence():
    bar = suspicion.weights()["grave"]["critical"]
    (sure, _), (unsure, _) = settled(-2.0, sure=bar - 0.01), settled(8.0, sure=bar + 0.01)
    assert sure.severity == Severity.CRITICAL and unsure.severity == Severity.MINOR


@fitted
def test_only_checks_of_lost_words_are_asked_about():
    made, engine = settled(8.0, "number")
    assert made.confidence == 0.5 and not engine.asked


@fitted
@pytest.mark.skipif(detector() is None, reason="the weights are not in this tree")
def test_a_check_of_documents_asks_and_says_what_it_heard(tmp_path):
    draft, source = tmp_path / "draft.en.txt", tmp_path / "source.zh.txt"
    draft.write_text("The secretary said the scheme would go ahead, which was tantamount to a retreat by the government.", encoding="utf-8")
    source.write_text("局长表示，计划将会推行，这并不等于政府让步。", encoding="utf-8")
    report = verify.check(verify.read(draft), [verify.read(source)], engine=verify.load("pocket", cache=False))
    [negation] = [f for f in report.findings if f.check == "negation"]
    assert isinstance(negation.evidence[conditioning.EVIDENCE], float) and "meant" not in negation.evidence
