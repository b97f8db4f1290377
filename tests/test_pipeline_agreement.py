"""Several witnesses: what one is silent about and another bears out weighs less."""

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


@pytest.mark.parametrize("related, notes", [(0.04, ["it was set aside"]), (0.07, ["leave it out"]), (0.2, [])])
def test_a_witness_that_vocabulary_hardly_knows_is_kept_with_one_note(monkeypatch, related, notes):
    monkeypatch.setattr("verify.align.beads.relatedness", lambda *texts: related)
    report = pipeline.check(DRAFT, [OTHER], Plan())
    assert bool(report.beads["other"]) is (related > 0.05) and [any(end in note for end in notes) for note in report.notes] == [True] * len(notes)
