"""Sentences without a counterpart."""

from report_sample import document

from verify.finding import Bead, Report
from verify.gaps import compare_gaps
from verify.plan import Plan


def test_a_bead_as_good_as_picked_at_random_holds_no_sentence():
    draft = document("draft.en.txt", "en", "Prices rose in May.\nThis is a wake-up call.\n")
    witness = document("post", "zh", "五月物价上涨。\n村里来了客人。\n")
    for score, missing in ((0.15, {"This is a wake-up call."}), (0.9, set())):
        report = Report(draft, [witness], beads={"post": [Bead((0,), (0,), 0.95), Bead((1,), (1,), score)]})
        compare_gaps(report, [witness], Plan())
        assert {f.target.text for f in report.findings if f.check == "addition"} == missing
