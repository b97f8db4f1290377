"""The founding case from files to findings, with the shipped model: what is there is seen, what is not is not."""

from pathlib import Path

import pytest

import verify
from verify.case import load_case

CASE = Path(__file__).resolve().parents[1] / "corpora" / "kato-card"
DRAFT = (CASE / "draft.en.txt").read_text(encoding="utf-8")
DILEMMA = next(p for p in DRAFT.split("\n\n") if p.startswith("However, Japan faces a dilemma"))
ADDED = "The Federal Reserve has quietly bought every bond that Japan sold through brokers in London."

# name: (check, what to replace, with what, words of the draft or of the witness that the finding must touch)
DISTORTIONS = {
    "indeed dropped": ("emphasis", "We do indeed hold a card", "We hold a card", "确实"),
    "trillion to billion": ("number", "$1.07 trillion", "$107 billion", "$107 billion"),
    "negation dropped": ("negation", "was not done specifically to support", "was done specifically to support", "并不是"),
    "could to will": ("modality", "could be a bargaining chip", "will be a bargaining chip", "will"),
    "emphasized to denied": ("attribution", "also emphasized that", "also denied that", "denied"),
    "paragraph removed": ("omission", DILEMMA + "\n\n", "", "日本也面临两难"),
    "sentence added": ("addition", "change its relatively weak position in the Japan-US relationship, no longer easily compromising with the United States.",
                       "change its relatively weak position in the Japan-US relationship, no longer easily compromising with the United States. " + ADDED, ADDED[:30]),
}


@pytest.fixture(scope="module")
def engine():
    return verify.load("pocket", cache=False)


@pytest.fixture(scope="module")
def witnesses():
    return [verify.read(w.path, language=w.language, name=w.name) for w in load_case(CASE).witnesses]


def run(tmp_path, text, witnesses, engine):
    draft = tmp_path / "draft.en.txt"
    draft.write_text(text, encoding="utf-8")
    return verify.check(verify.read(draft), witnesses, engine=engine)


@pytest.fixture(scope="module")
def unchanged(tmp_path_factory, witnesses, engine):
    return run(tmp_path_factory.mktemp("kato"), DRAFT, witnesses, engine)


def touching(report, check, words):
    return [f for f in report.findings if f.check == check and f.witness == "toutiao"
            and any(span and (words in span.text or span.text in words) for span in (f.source, f.target))]


@pytest.mark.parametrize("name", DISTORTIONS)
def test_each_distortion_is_found_where_it_is_and_only_there(name, tmp_path, witnesses, engine, unchanged):
    check, old, new, words = DISTORTIONS[name]
    assert old in DRAFT
    report = run(tmp_path, DRAFT.replace(old, new, 1), witnesses, engine)
    assert touching(report, check, words), [(f.check, f.witness, f.message) for f in report.findings]
    assert not touching(unchanged, check, words)


def test_the_quote_has_its_counterpart_in_every_witness(unchanged):
    pairs = {p.witness: p for p in unchanged.quotes if p.target.text.startswith("We do indeed hold a card")}
    assert "握有一张牌" in pairs["toutiao"].source.text
    assert "它是存在的" in pairs["zaobao"].source.text
    assert "カードとしてはあると思う" in pairs["record"].source.text


def test_the_record_says_there_is_where_the_draft_says_we_hold(unchanged):
    found = [f for f in unchanged.findings if f.check == "agent" and f.witness == "record"]
    assert any("hold" in f.target.text and "ある" in f.source.text for f in found)


def test_every_span_is_where_it_says(unchanged):
    texts = {d.name: d.text for d in [unchanged.draft, *unchanged.witnesses]}
    for finding in unchanged.findings:
        for span in (finding.source, finding.target):
            if span:
                assert texts[span.document][span.start : span.end].split() == span.text.split()


def test_to_hold_a_card_is_more_than_that_there_is_one(unchanged):
    for witness in ("zaobao", "record"):
        assert any(f.check == "agent" and f.severity.value == "major" and "names no owner" in f.message for f in unchanged.findings if f.witness == witness), witness


def test_the_parts_of_a_split_quote_are_held_against_the_whole_of_it(tmp_path):
    original, draft = tmp_path / "original.txt", tmp_path / "draft.txt"
    original.write_text("工会发言人说：“我们不想罢工。只要公司周末前拿出方案，我们随时可以坐下来。”\n", encoding="utf-8")
    draft.write_text('"We do not want to strike," the union spokesman said. "As long as the company presents a plan by the weekend, we can sit down at any time."\n', encoding="utf-8")
    report = verify.check(verify.read(draft), [verify.read(original)])
    assert len(report.quotes) == 2 and not touching_any(report, "周末")
    draft.write_text('"We do not want to strike," the union spokesman said.\n', encoding="utf-8")
    assert touching_any(verify.check(verify.read(draft), [verify.read(original)]), "周末")


def touching_any(report, words):
    return [f for f in report.findings if f.source and (words in f.source.text or f.source.text in words)]
