"""The text report: what an editor reads, in a terminal and in a pipe."""

import re
from dataclasses import replace

from report_sample import DRAFT, document, report, span
from rich.cells import cell_len

from verify.finding import Bead, Category, Finding, Report, Severity
from verify.report import render
from verify.report.excerpt import clean_range, clipped
from verify.report.quotes import render as render_quotes
from verify.report.wrap import folded
from verify.text import Document, Segment, visible

ANSI = re.compile(r"\x1b\[[0-9;]*m")


def test_quotes_come_first_then_findings_by_place_then_the_sum():
    text = render(report())
    order = [text.index(part) for part in ("QUOTES", "1. draft.en.txt:1:16  Kato replied", "FINDINGS", "draft.en.txt:1:22", "draft.en.txt:2:6",
                                           "draft.en.txt:3:46", "draft.en.txt:4:1", "5 findings: 1 critical, 2 major, 2 minor", "pocket-1|")]
    assert order == sorted(order)


def test_every_quote_stands_beside_every_witness():
    quotes = render(report()).split("FINDINGS")[0]
    assert "toutiao  我们确实握有一张牌。" in quotes and "– 加藤 回答说" in quotes
    assert "zaobao   我想，作为一张牌，它是存在的。" in quotes
    assert "record   found nowhere in this witness" in quotes


def test_findings_of_one_sentence_share_it_and_mark_both_sides():
    text = render(report())
    assert text.count('Kato replied: "We do [[indeed]] [[hold]] a card.') == 1
    assert "カードとしては[[ある]]と思う" in text
    assert "Differs from record; agrees with toutiao." in " ".join(text.split())
    assert "Try: there is a card" in text


def test_what_is_missing_is_said_on_the_side_where_it_is_missing():
    text = render(report())
    assert re.search(r"draft +nothing here\n +toutiao +\[\[不过，日本也面临两难。\]\]", text)
    assert re.search(r"draft +\[\[Analysts were delighted\.\]\]\n +toutiao +nothing here", text)


def test_lines_fit_the_width_in_cells_and_colour_changes_no_letter():
    plain = report()
    for width in (40, 60, 100):
        assert all(cell_len(line) <= width for line in render(plain, width=width).splitlines())
        assert all(cell_len(ANSI.sub("", line)) <= width for line in render(plain, width=width, colour=True).splitlines())
    strip = lambda text: re.sub(r"[\[\]\s]", "", ANSI.sub("", text)).lower()
    assert strip(render(plain, colour=True)) == strip(render(plain))
    assert "\x1b[" not in render(plain)


def test_no_line_begins_with_closing_punctuation():
    text = "他说：“我想，作为一张牌，它是存在的。至于打不打这张牌，则是另一个问题。”" * 5
    for width in range(20, 44):
        assert not [line for line in folded(text, width).split("\n") if line[0] in "，。”：" or line[-1] == "“"]
        assert folded(text, width).replace("\n", "") == text


def test_one_finding_told_of_two_witnesses_is_printed_once():
    r = report()
    r.findings = [Finding("number", Category.MISTRANSLATION, Severity.MAJOR, "1.07 trillion is another amount.", span(w, words),
                          span(r.draft, "$1.07 trillion"), 0.9, w.name) for w, words in zip(r.witnesses, ("1.07万亿", "1.07万亿"), strict=False)]
    text = render(r)
    assert text.count("is another amount") == 1 and "Differs from toutiao, zaobao." in text
    assert "2 findings: 2 major" in text


def test_where_there_is_one_witness_it_goes_without_saying_from_which_the_draft_differs():
    r = report()
    r.witnesses = [w for w in r.witnesses if w.name == "record"]
    r.findings, r.quotes = [f for f in r.findings if f.witness == "record"], []
    assert r.findings and "Differs from" not in render(r)


def test_no_findings_and_no_quotes_make_a_short_report():
    r = report()
    r.findings, r.quotes = [], []
    assert render(r).count("\n") < 8 and "no findings" in render(r)
    assert "no quotes found" in render_quotes(r)


def test_controls_in_a_text_never_reach_the_terminal():
    evil = document("dr\x1baft", "en", "He said \x1b[31mred\u202e and \x9b left. <script>")
    r = Report(evil, [], notes=["no\x07te"], findings=[
        Finding("number", Category.ADDITION, Severity.MINOR, "a\x1b]0;title\x07", None, span(evil, "red"), 0.5)])
    for text in (render(r), render(r, "json"), render(r, "html")):
        assert not set("\x1b\u202e\x9b\x07") & set(text)
    assert "‹U+001B›[31m[[red]]‹U+202E›" in render(r)


def test_marks_follow_offsets_through_removed_markup():
    text = "A <b>firm</b> &amp; clear no."
    clean = "A firm & clear no."
    offsets = (0, 1, 5, 6, 7, 8, 13, 14, *range(19, 29))
    segment = Segment(clean, 0, len(text), offsets=offsets)
    cut = lambda a, b: clean[slice(*clean_range(segment, a, b))]
    assert cut(5, 9) == "firm" and cut(14, 19) == "&" and cut(0, len(text)) == clean
    assert clean_range(segment, 2, 5) is None  # only a tag


def test_a_very_long_segment_is_shown_around_its_marks():
    parts = clipped([("x" * 5000, ()), ("mark", (1,)), ("y" * 5000, ())])
    assert sum(len(text) for text, _ in parts) < 400 and ("mark", (1,)) in parts


def test_quote_table_has_one_row_a_quote_and_one_column_a_witness():
    table = render_quotes(report(), width=80)
    assert all(cell_len(line) <= 80 for line in table.splitlines())
    lines = render_quotes(report(), "tsv").splitlines()
    assert lines[0].split("\t") == ["place", "speaker", "verb", "quote", "toutiao", "zaobao", "record"]
    assert len(lines) == 2 and lines[1].split("\t")[4].startswith("我们确实") and lines[1].split("\t")[6] == ""


def test_place_of_a_bead_without_target_words_is_its_sentence():
    draft = document("d", "en", DRAFT)
    witness = document("w", "zh", "一。\n二。")
    r = Report(draft, [witness], beads={"w": [Bead((0,), (1,)), Bead((1,), (2,))]}, findings=[
        Finding("emphasis", Category.OMISSION, Severity.MINOR, "确实 is gone.", span(witness, "二"), None, 0.5, "w", evidence={"bead": 1})])
    assert "d:3:1\n" in render(r) and "[[二]]。" in render(r)


def test_visible_keeps_ordinary_text():
    assert visible("naïve “图” 👩‍👩‍👧 الله") == "naïve “图” 👩‍👩‍👧 الله"
    assert visible("a\tb\r\nc") == "a b c"


def test_document_path_is_shown_from_the_working_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    draft = Document("draft.txt", "en", "Hi.", [Segment("Hi.", 0, 3)], path=tmp_path / "story" / "draft.txt")
    assert render(Report(draft, [])).startswith("story/draft.txt (en)")


def test_the_verb_is_shown_as_the_text_has_it():
    r = report()
    quote = r.draft.quotes[0]
    start = DRAFT.index("replied")
    r.quotes = [replace(pair, target=replace(quote, verb="reply", verb_span=(start, start + 7))) for pair in r.quotes]
    assert "Kato replied" in render(r)
