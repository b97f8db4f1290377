"""What the sign-off says of a quote: never more than was compared."""

import pytest
from report_sample import document, span

from verify.decisions import Decisions
from verify.finding import Bead, Category, Finding, QuotePair, Report, Severity, Suppressed
from verify.review.diff import differences
from verify.review.quote_state import PROMISES
from verify.review.signoff import signoff_html, verdict
from verify.suppress import OPTIONS
from verify.text import Document, Quote, QuoteKind, Segment

DRAFT = 'Liu Guifang said: "We have waited three years. We have no water."\nThe works end in December.\nA crowd came.'
WITNESS = "刘桂芳说：“我们等了三年。我们没有水。”\n工程在十二月结束。\n人群来了。"


def quoted(name, language, text, words, second, speaker, verb):
    """A text whose first line is a quote of two sentences, `second` the beginning of the other one."""
    whole = document(name, language, text)
    cut, end = text.index(second), text.index("\n")
    first = Segment(text[:cut].rstrip(), 0, len(text[:cut].rstrip()))
    start, at = text.index(words), text.index(verb)
    quote = Quote(words, start, start + len(words), QuoteKind.DIRECT, (0, 1), speaker, verb, (at, at + len(verb)), ((start, start + len(words)),))
    return Document(name, language, text, [first, Segment(text[cut:end], cut, end), *whole.segments[1:]], [quote])


@pytest.fixture
def story():
    draft = quoted("draft.en.txt", "en", DRAFT, "We have waited three years. We have no water.", "We have no", "Liu Guifang", "said")
    witness = quoted("village", "zh", WITNESS, "我们等了三年。我们没有水。", "我们没有", "刘桂芳", "说")
    beads = [Bead((n,), (n,), 0.9) for n in range(4)]
    return Report(draft, [witness], beads={"village": beads}, back_translations={"village": dict(enumerate("abcd"))}, signature="pocket-1",
                  quotes=[QuotePair(draft.quotes[0], witness.quotes[0], "village", 0.9, "我们等了三年。我们没有水。")])


def told(report, tmp_path):
    """The state that the page gives the story's one quote."""
    from lxml import html

    with Decisions(tmp_path / "d.sqlite") as decisions:
        page = html.document_fromstring(signoff_html(report, decisions, author="Mei"))
        assert verdict(report, decisions) is not None
    return page.xpath("//article/header/span")[0].text_content(), page.xpath("//article//td/span[@class='dim']")[0].text_content()


def finding(source, target, severity=Severity.MINOR, confidence=0.5):
    return Finding("omission", Category.OMISSION, severity, "x", source, target, confidence, "village")


def test_verified_is_a_quote_of_which_every_sentence_and_the_speaker_were_compared(story, tmp_path):
    assert told(story, tmp_path) == ("Verified", "no difference found")
    assert PROMISES["Verified"] in signoff_html(story, {}, author="Mei")


def test_what_only_the_source_has_in_the_quote_is_a_difference_of_the_quote(story, tmp_path):
    story.findings = [finding(span(story.witnesses[0], "我们没有水"), None)]
    assert told(story, tmp_path) == ("Differs in minor points", "differs (1 open)")


@pytest.mark.parametrize("words", ["Liu Guifang", "said"])
def test_a_difference_of_speaker_or_verb_is_one_of_the_quote(story, tmp_path, words):
    story.findings = [finding(None, span(story.draft, words), Severity.MAJOR)]
    assert told(story, tmp_path)[0] == "Open: 1 undecided"


def test_a_difference_elsewhere_is_none_of_the_quote(story, tmp_path):
    story.findings = [finding(span(story.witnesses[0], "人群"), span(story.draft, "crowd"))]
    assert told(story, tmp_path)[0] == "Verified"


def test_a_sentence_beside_nothing_of_the_source_is_named(story, tmp_path):
    story.beads["village"] = [Bead((0, 1), (0,), 0.9), Bead((2,), (1,), 0.03), Bead((), (2,), 0.0), Bead((3,), (3,), 0.9)]
    text = story.draft.text.replace("We have no water", "The moon is made of cheese")
    story.draft = quoted("draft.en.txt", "en", text, "We have waited three years. The moon is made of cheese.", "The moon", "Liu Guifang", "said")
    story.quotes = [QuotePair(story.draft.quotes[0], story.witnesses[0].quotes[0], "village", 0.8)]
    assert told(story, tmp_path)[0] == "Not fully compared: sentence 2 of it has no sure counterpart"
    story.beads["village"] = [Bead((0,), (0,), 0.9), Bead((1,), (), 0.0), Bead((2,), (2,), 0.9)]
    assert "sentence 2 of it has no sure counterpart; sentence 2 in village has no sure counterpart" in told(story, tmp_path)[0]


def test_doubts_that_are_not_shown_are_counted(story, tmp_path):
    story.doubts = [finding(span(story.witnesses[0], "三年"), None, confidence=0.2), finding(None, span(story.draft, "crowd"), confidence=0.2)]
    assert told(story, tmp_path) == ("No difference found (1 weaker doubt not shown)", "no difference found (1 weaker doubt not shown)")
    story.doubts = None  # a report of before they were kept
    assert told(story, tmp_path)[0] == "No difference found (weaker doubts are not in this report)"


def test_what_was_set_aside_in_a_quote_is_a_difference_that_somebody_passed(story, tmp_path):
    story.suppressed = [Suppressed(finding(None, span(story.draft, "water")), "known (jo)")]
    assert told(story, tmp_path) == ("Differs; passed by the editor", "differs; set aside before")
    story.suppressed = [Suppressed(finding(None, span(story.draft, "water")), OPTIONS)]  # --ignore beside a report in JSON
    assert told(story, tmp_path)[0] == "Not fully compared: some checks were off"


@pytest.mark.parametrize("change, words", [
    (dict(signature="pocket-1|checks:number"), "Not fully compared: some checks were off"),
    (dict(back_translations={}), "Not fully compared: village was read by vocabulary alone"),
])
def test_a_run_that_looked_at_less_promises_less(story, tmp_path, change, words):
    for name, value in change.items():
        setattr(story, name, value)
    assert told(story, tmp_path)[0] == words


def test_checks_that_have_no_words_of_the_language_are_named(story, tmp_path):
    from dataclasses import replace

    story.witnesses = [replace(story.witnesses[0], language="ko")]
    assert "negation, modality, hedge, emphasis, quantifier and condition are not checked in village (ko)" in told(story, tmp_path)[0]


@pytest.mark.parametrize("aside, words", [(False, "Differs in minor points"), (True, "Differs; passed by the editor")])
def test_a_small_difference_hides_no_gap(story, tmp_path, aside, words):
    small = finding(None, span(story.draft, "water"))
    story.findings, story.suppressed = ([], [Suppressed(small, "known (jo)")]) if aside else ([small], [])
    story.back_translations = {}
    assert told(story, tmp_path)[0] == f"{words}; not fully compared: village was read by vocabulary alone"


def test_a_speaker_that_cannot_be_compared_is_said_so(story, tmp_path):
    from dataclasses import replace

    story.quotes = [replace(story.quotes[0], source=replace(story.quotes[0].source, speaker="她"))]
    assert told(story, tmp_path) == ("No difference found; speaker not compared", "no difference found; speaker not compared")


def test_an_open_remark_does_not_answer_for_a_quote_that_no_witness_has(story, tmp_path):
    story.quotes = [QuotePair(story.draft.quotes[0], None, "village")]
    story.findings = [finding(None, span(story.draft, "water"))]
    assert told(story, tmp_path) == ("Found in no witness", "not found")
    assert not verdict(story, {}).signed


def test_a_difference_in_the_shared_counterpart_that_is_told_of_another_sentence_of_the_draft_is_not_the_quotes(story, tmp_path):
    story.findings = [finding(span(story.witnesses[0], "我们没有水"), span(story.draft, "December"))]
    assert told(story, tmp_path) == ("Verified", "no difference found")


def test_two_scripts_of_chinese_are_compared_word_by_word():
    traditional, simplified = "可能是貨輪勾斷", "可能是货轮勾断的"
    assert differences(traditional, simplified, "zh-Hant") == ([(traditional, False)], [("可能是货轮勾断", False), ("的", True)])
