"""Several witnesses: what one is silent about and another bears out weighs less."""

import pytest
from report_sample import document, span

from verify.finding import Bead, Category, Finding, Report, Severity
from verify.pipeline import Plan, settled

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
