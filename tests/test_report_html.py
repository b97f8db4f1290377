"""The HTML report: one file, nothing from outside, every text shown as text."""

import base64
import hashlib
import re
from collections import Counter

from lxml import html as lxml_html
from report_sample import document, report, span

from verify.finding import Bead, Category, Finding, QuotePair, Report, Severity
from verify.report import render
from verify.report.rows import rows
from verify.text import Quote, QuoteKind


def page(r: Report):
    return lxml_html.document_fromstring(render(r, "html"))


def test_nothing_is_loaded_from_outside_and_the_policy_allows_only_our_own_script():
    text = render(report(), "html")
    assert not re.search(r"""(?:src|href)\s*=\s*["']?[^"'#\s]|url\(|@import|https?:""", re.sub(r"<meta[^>]*>", "", text))
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', text)[1].replace("&#39;", "'")
    script, style = (re.search(rf"<{tag}>(.*?)</{tag}>", text, re.S)[1] for tag in ("script", "style"))
    for source, kind in ((script, "script-src"), (style, "style-src")):
        digest = base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()
        assert f"{kind} 'sha256-{digest}'" in policy
    assert "default-src 'none'" in policy and " style=" not in text


def test_links_lead_somewhere_and_ids_are_unique():
    tree = page(report())
    ids = Counter(tree.xpath("//@id"))
    assert max(ids.values()) == 1
    for href in tree.xpath("//@href"):
        assert href[0] == "#" and href[1:] in ids
    assert len(tree.xpath("//li[contains(@class, 'finding')]")) == 5


def test_counterparts_share_a_label_and_texts_carry_their_language():
    tree = page(report())
    lit = lambda label: tree.xpath(f"//*[contains(concat(' ', @data-l, ' '), ' {label} ')]")
    table = tree.xpath("//table")[0]
    assert {e.text for e in lit("f0") if table in e.iterancestors()} == {"hold", "ある"}
    assert {e.xpath("ancestor-or-self::*[@lang][1]/@lang")[0] for e in lit("b2-0")} == {"en", "ja"}
    assert {td.get("lang") for td in table.xpath(".//td")} == {"en", "zh", "ja"}


def test_a_quote_card_names_what_was_dropped_from_the_quote():
    r = report()
    zaobao = r.witnesses[1]
    r.findings.append(Finding("hedge", Category.OMISSION, Severity.MINOR, "我想 is gone.", span(zaobao, "我想"), None, 0.6, "zaobao"))
    chips = page(r).xpath("//*[@id='quotes']//a[contains(@class, 'chip')]")
    assert [" ".join(chip.text_content().split()) for chip in chips] == ["major agent record", "minor emphasis zaobao", "minor hedge zaobao"]


def test_hostile_text_shows_as_text():
    bad = '<script>alert(1)</script><img src=x onerror=alert(1)> "\' \u202eright {{ 7*7 }}'
    draft = document("<b>draft</b>", "en", bad)
    witness = document('w"><script>x()</script>', "zh", "坏</td>" + bad)
    r = Report(draft, [witness], beads={witness.name: [Bead((0,), (0,), 1.0)]}, back_translations={witness.name: {0: bad}},
               quotes=[QuotePair(Quote(bad, 0, len(bad), QuoteKind.DIRECT, (0,), bad, bad), None, witness.name)],
               findings=[Finding("number", Category.MISTRANSLATION, Severity.MAJOR, bad, span(witness, "坏"), span(draft, "right"), 0.5,
                                 witness.name, bad, {"<i>": bad})], notes=[bad], signature=bad, title=bad)
    tree = page(r)
    assert len(tree.xpath("//script")) == 1 and not tree.xpath("//img|//b|//i")
    assert not [name for name in tree.xpath("//@*") if name.attrname.startswith("on")]
    assert "\u202e" not in render(r, "html") and "‹U+202E›" in tree.text_content() and "{{ 7*7 }}" in tree.text_content()


def test_rows_hold_every_segment_once_and_beads_whole():
    r = report()
    table = rows(r)
    assert [i for row in table for i in row.draft] == [0, 1, 2, 3]
    for w in r.witnesses:
        assert [i for row in table for i in row.witnesses.get(w.name, [])] == list(range(len(w.segments)))
    gap = next(row for row in table if not row.draft)
    assert gap.witnesses == {"toutiao": [3]} and table.index(gap) == 3
    r.beads["record"] = [Bead((0,), (0, 1)), Bead((1,), (2, 3))]
    assert [row.draft for row in rows(r) if row.draft] == [[0, 1], [2, 3]]


def test_a_witness_that_was_set_aside_has_no_column():
    r = report()
    r.beads["record"] = []
    r.findings = [f for f in r.findings if f.witness != "record"]
    assert len(page(r).xpath("//thead//th")) == 3


def test_no_findings_and_many_findings():
    r = report()
    one = r.findings[0]
    r.findings = []
    assert "No findings." in page(r).text_content() and not page(r).xpath("//*[@id='findings']")
    r.findings = [one.with_(message=f"number {n} {w.name}", witness=w.name, source=None) for n in range(14) for w in r.witnesses]
    assert len(page(r).xpath("//li[contains(@class, 'finding')]")) == 42
