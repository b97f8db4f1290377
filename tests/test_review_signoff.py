"""The sign-off page: what it says, when it refuses to sign, and that it prints."""

import shutil
from datetime import datetime, timezone

import pytest
from deciding import decide
from lxml import html as lxml_html
from report_sample import document, report, span

from verify.decisions import Decisions
from verify.finding import Bead, Category, Finding, QuotePair, Report, Severity
from verify.gaps import compare_gaps
from verify.plan import Plan
from verify.review.print_pdf import BROWSERS
from verify.review.signoff import signoff_html, signoff_pdf, verdict
from verify.text import InputError, Quote, QuoteKind

NOW = datetime(2025, 5, 2, 14, 3, tzinfo=timezone.utc)


@pytest.fixture
def decisions(tmp_path):
    with Decisions(tmp_path / "decisions.sqlite") as d:
        yield d


def page(r, d):
    return lxml_html.document_fromstring(signoff_html(r, d, author="Mei", time=NOW))


def grave(r):
    return [f for f in r.findings if f.severity >= Severity.MAJOR]


def words(tree, path="."):
    return " ".join(" ".join(e.text_content() for e in tree.xpath(path)).split())


def test_a_story_with_undecided_grave_findings_is_not_signed(decisions):
    r = report()
    tree = page(r, decisions)
    assert words(tree, "//section[contains(@class, 'verdict')]/strong") == "Not signed: 3 open" and "Signed by" not in words(tree)
    assert not tree.xpath("//div[@class='sign']") and tree.xpath("//article//span[contains(@class, 'state open')]")


def test_what_was_accepted_as_a_fault_must_be_mended_first(decisions):
    r = report()
    decisions.decide_all(grave(r), "dismissed", author="mei", reason="ok")
    decide(decisions, grave(r)[0].fingerprint, "accepted", author="jo")
    assert verdict(r, decisions).reasons == ("1 to be mended",) and "Signed" not in words(page(r, decisions), "//section[1]/strong")


def test_a_decided_story_is_signed_with_who_decided_when_and_why(decisions):
    r = report()
    made = decisions.decide_all(grave(r), "dismissed", author="Jo & Co", reason="the ministry's own <English>")
    tree = page(r, decisions)
    said = words(tree)
    assert words(tree, "//section[contains(@class, 'verdict')]/strong") == "Signed: 1 quote"
    assert "Signed by Mei, 2 May 2025, 14:03 UTC. 2 minor remarks left undecided." in said
    assert said.count("Dismissed by Jo & Co") == len(grave(r)) and "the ministry's own <English>" in said
    assert made[0].time[:4] in said and r.signature in said and "No witness holds this sentence." in said
    quote = tree.xpath("//article")[0]
    assert words(quote, ".//header/span") == "Differs; passed by the editor" and "Differs; passed by the editor: 1." in said
    assert {e.text_content() for e in quote.xpath(".//mark")} == {"hold", "indeed"}
    cells = [words(row) for row in quote.xpath(".//tbody/tr")]
    assert "我们确实握有一张牌" in cells[0] and "no difference found" in cells[0] and "no counterpart" in cells[2]
    decisions.undo("Jo & Co")
    assert not verdict(r, decisions).signed


def test_a_quote_that_no_witness_has_is_not_verified_until_someone_answers_for_it(decisions):
    r = report()
    r.quotes, r.findings = [pair for pair in r.quotes if pair.source is None], []
    assert verdict(r, decisions).reasons == ("1 quote found in no witness",)
    other = Finding("time", Category.ADDITION, Severity.MAJOR, "The draft says indeed.", None, span(r.draft, "indeed"), 0.9, "toutiao")
    decisions.decide_all([other], "dismissed", author="mei", reason="house style")
    r.findings = [other]
    assert verdict(r, decisions).reasons == ("1 quote found in no witness",)  # that was another question
    compare_gaps(r, r.witnesses, Plan())
    [unheld] = [f for f in r.findings if f.unheld]
    assert verdict(r, decisions).reasons[0].endswith(" open")
    decisions.decide_all(r.findings, "dismissed", author="mei", reason="heard it myself")
    assert unheld.severity is Severity.MAJOR and verdict(r, decisions).signed


def test_what_was_not_compared_is_not_signed(decisions):
    r = report()
    r.findings = []
    assert verdict(r, decisions).signed
    r.beads["record"], r.quotes = [], [pair for pair in r.quotes if pair.witness != "record"]  # as of a witness that is set aside
    assert verdict(r, decisions).reasons == ("record was set aside, not compared",)
    assert "set aside, not compared" in words(page(r, decisions), "//article//tbody/tr[3]")
    r.beads, r.quotes = {name: [] for name in r.beads}, []
    tree = page(r, decisions)
    assert words(tree, "//section[contains(@class, 'verdict')]/strong") == "Not signed: 1 quote found in no witness, nothing was compared with any witness"
    assert words(tree, "//article/header/span") == "Found in no witness"


def test_a_draft_that_changed_on_disk_is_not_signed_and_hashes_are_those_of_the_files(decisions, tmp_path):
    import hashlib

    r = report()
    r.findings = []
    r.draft.path = tmp_path / "draft.en.txt"
    r.draft.path.write_text(r.draft.text, "utf-8")
    assert verdict(r, decisions).signed
    assert hashlib.sha256(r.draft.path.read_bytes()).hexdigest() in signoff_html(r, decisions, author="Mei", time=NOW)
    r.draft.path.write_text("Something else.", "utf-8")
    assert verdict(r, decisions).reasons == ("draft.en.txt is not what its file holds",)


def test_the_record_number_changes_with_the_decisions_and_only_then(decisions):
    r = report()
    number = lambda: words(page(r, decisions), "//th[text()='This record']/following-sibling::td")
    first = number()
    assert first == number() and len(first) == 64
    decisions.decide_all(grave(r), "dismissed", author="mei", reason="ok")
    assert number() != first


def test_hostile_texts_show_as_text(decisions):
    bad = '<script>alert(1)</script><img src=x onerror=alert(1)> {{ 7*7 }} \u202e'
    draft, witness = document("<b>d", "en", bad), document("<i>w", "zh", "坏" + bad)
    r = Report(draft, [witness], beads={"<i>w": [Bead((0,), (0,))]}, quotes=[QuotePair(Quote(bad, 0, len(bad), QuoteKind.DIRECT, (0,), bad, bad), None, "<i>w")],
               findings=[Finding("number", Category.MISTRANSLATION, Severity.MAJOR, bad, span(witness, "坏"), span(draft, "alert"), 0.5, "<i>w", bad)],
               notes=[bad], signature=bad, title=bad)
    decisions.decide_all(r.findings, "dismissed", author=bad, reason=bad)
    text = signoff_html(r, decisions, author=bad, time=NOW)
    tree = lxml_html.document_fromstring(text)
    assert not tree.xpath("//script|//img|//b|//i|//@style|//@src|//@href") and "\u202e" not in text and "{{ 7*7 }}" in words(tree)


@pytest.mark.skipif(not any(map(shutil.which, BROWSERS)), reason="needs Chromium or Chrome")
def test_it_prints_to_pdf(decisions, tmp_path):
    out = signoff_pdf(signoff_html(report(), decisions, author="Mei", time=NOW), tmp_path / "record.pdf")
    assert out.read_bytes().startswith(b"%PDF-") and b"/MediaBox" in out.read_bytes()
    with pytest.raises(InputError):
        signoff_pdf("<p>", tmp_path / "no" / "folder.pdf")


def test_without_a_browser_it_says_what_to_do(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(InputError, match="print it to PDF"):
        signoff_pdf("<p>", tmp_path / "record.pdf")
