"""Several witnesses: the draft agrees with one whose own text shows it; what one is silent about and another bears out weighs less."""

from dataclasses import replace

import pytest
from report_sample import document, span

from verify import pipeline
from verify.agreement import settled
from verify.finding import Bead, Category, Finding, Report, Severity
from verify.plan import Plan
from verify.report.text import told_apart

DRAFT = document("d", "en", "The minister spoke on Friday.")
ONE, OTHER = document("one", "zh", "部长讲了话。"), document("other", "zh", "部长周五讲了话。")


def settle(finding, score=0.9, more=()):
    report = Report(DRAFT, [ONE, OTHER], beads={"one": [Bead((0,), (0,), 0.9)], "other": [Bead((0,), (0,), score)]})
    return settled(report, [finding, *more], Plan(), None)[0]


def finding(source=None, witness="one", severity=Severity.MAJOR):
    return Finding("time", Category.ADDITION, severity, "The draft says Friday.", source, span(DRAFT, "Friday"), 0.7, witness)


@pytest.mark.parametrize("severity", [Severity.MAJOR, Severity.CRITICAL])
def test_words_that_another_witness_bears_out_are_minor_against_the_silent_one(severity):
    settled_ = settle(finding(severity=severity))
    assert (settled_.severity, settled_.agrees_with) == (Severity.MINOR, ("other",))


def test_a_witness_that_says_otherwise_is_not_silent():
    assert settle(finding(span(ONE, "讲了话"))).severity is Severity.MAJOR


def test_a_sentence_beside_it_by_force_bears_nothing_out():
    assert settle(finding(), score=0.03).severity is Severity.MAJOR


def test_where_no_witness_has_the_words_the_severity_stays():
    assert settle(finding(), more=[finding(witness="other")]).severity is Severity.MAJOR


@pytest.mark.parametrize("chain, way", [
    ({}, ""),
    ({"other": "one"}, "other"),  # the draft follows the relay, so the words were changed before they reached it
    ({"one": "other"}, ""),  # it follows the original
    ({"between": "one", "other": "between"}, "other"),  # by way of one that has the other words too
])
def test_a_relay_that_the_draft_follows_is_where_the_words_changed(chain, way):
    three = [replace(witness, relays=chain.get(witness.name)) for witness in (ONE, replace(ONE, name="between"), OTHER)]
    report = Report(DRAFT, three, beads={w.name: [Bead((0,), (0,), 0.9)] for w in three})
    both = settled(report, [finding(span(ONE, "讲了话")), finding(span(ONE, "讲了话"), "between")], Plan(), None)
    found = next(f for f in both if f.witness == "one")
    assert (found.agrees_with, found.changed_on_way_to) == (("other",), way)
    assert told_apart(found, ["one"]) == "Differs from one; agrees with other" + " (where it changed)" * bool(way) + "."


def test_a_relay_changed_nothing_for_sure_where_one_between_is_silent():
    three = [replace(ONE, relays=None), replace(ONE, name="between", relays="one"), replace(OTHER, relays="between")]
    report = Report(DRAFT, three, beads={w.name: [Bead((0,), (0,), 0.9)] for w in three})
    [found] = settled(report, [finding(span(ONE, "讲了话"))], Plan(), None)
    assert (found.agrees_with, found.changed_on_way_to) == (("other",), "")


def agrees(check, draft, record, words, lost, relay, quotes=((), (), ())):
    """The witnesses that a draft of one sentence follows in `words` (None: it has lost a word), where its record has `lost`."""
    texts = [document(*made, quoted) for made, quoted in zip((("d", "en", draft), ("record", "ja", record), ("relay", "zh", relay)), quotes)]
    one = Finding(check, Category.MISTRANSLATION, Severity.MAJOR, "They differ.", lost and span(texts[1], lost), words and span(texts[0], words), 0.7, "record", evidence={"bead": 0})
    report = Report(texts[0], [texts[1], replace(texts[2], relays="record")], beads={name: [Bead((0,), (0,), 0.9)] for name in ("record", "relay")})
    [found] = settled(report, [one], Plan(), None)
    return found.agrees_with


@pytest.mark.parametrize("check, draft, record, words, lost, relay, expected", [
    ("number", "Three first-division games are under suspicion.", "2部リーグの3試合が対象だ。", None, "2", "涉嫌的是三场乙级联赛。", False),  # second-tier, without a number
    ("quantifier", "Three first-division games are under suspicion.", "2部リーグの3試合が対象だ。", "first-division", None, "涉嫌的是三场乙级联赛。", False),
    ("number", "He sold three houses.", "家を二軒売った。", "three", "二", "他卖了3套房子。", True),
    ("attribution", "He said that he would resign.", "辞任すると強調した。", "said", "強調した", "他表示将辞职。", True),
    ("attribution", "He would not say whether he would resign.", "辞任については明言を避けた。", "say", "明言を避けた", "他没有明确表示是否会辞职。", False),
    ("addition", "He will not resign.", "調査に全力を尽くす。", "resign", None, "他没有表示是否会辞职。", False),  # and says not that he will not
    ("attribution", "He confirmed the report.", "報道を確認した。", "confirmed", "確認した", "他确认了报道。", False),  # the same word as the record's
    ("hedge", "The deal is dead.", "合意は消えたと思う。", None, "と思う", "协议已经失效。", True),
    ("hedge", "The deal is dead.", "合意は消えたと思う。", None, "と思う", "我认为，协议已经失效。", False),
])
def test_a_witness_is_agreed_with_only_where_its_text_shows_it(check, draft, record, words, lost, relay, expected):
    assert agrees(check, draft, record, words, lost, relay) == ("relay",) * expected


@pytest.mark.parametrize("quoted, expected", [("全力配合调查是我的责任", False), ("全力配合调查是我的责任，我不会辞职", True)])
def test_of_a_quote_a_witness_is_agreed_with_whose_marks_hold_the_words_too(quoted, expected):
    quotes = ("It is my duty to help, and I will not resign.",), ("私の責任だ",), (quoted,)
    found = agrees("quotation", "He said: “It is my duty to help, and I will not resign.”", "「私の責任だ」と述べ、辞任については明言を避けた。", "and I will not resign", "辞任", "他说：“全力配合调查是我的责任，我不会辞职”。", quotes)
    assert found == ("relay",) * expected


@pytest.mark.parametrize("related, notes", [(0.04, ["it was set aside"]), (0.07, ["leave it out"]), (0.2, [])])
def test_a_witness_that_vocabulary_hardly_knows_is_kept_with_one_note(monkeypatch, related, notes):
    monkeypatch.setattr("verify.align.beads.relatedness", lambda *texts: related)
    report = pipeline.check(DRAFT, [OTHER], Plan())
    assert bool(report.beads["other"]) is (related > 0.05) and [any(end in note for end in notes) for note in report.notes] == [True] * len(notes)
