"""Exports for editors: DOCX with comments at their words, XLIFF 2.0 with notes, both read back."""

import io
import zipfile

import docx
import pytest
from deciding import decide
from lxml import etree
from report_sample import DRAFT, document, report, span

from verify.decisions import Decisions
from verify.documents import read
from verify.documents.xliff import read_xliff
from verify.finding import Bead, Category, Finding, Report, Severity
from verify.review.export_docx import docx_with_comments
from verify.review.export_xliff import NAMESPACE, xliff_with_notes
from verify.text import InputError, Span

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture
def decisions(tmp_path):
    with Decisions(tmp_path / "decisions.sqlite") as d:
        yield d


def commented(data: bytes) -> dict[str, str]:
    """First line of each comment → the words between its marks."""
    file = docx.Document(io.BytesIO(data))
    out = {}
    for comment in file.comments:
        inside, words = False, ""
        for element in file.element.body.iter():
            if element.tag in (f"{W}commentRangeStart", f"{W}commentRangeEnd") and element.get(f"{W}id") == str(comment.comment_id):
                inside = element.tag == f"{W}commentRangeStart"
            elif inside and element.tag == f"{W}t":
                words += element.text
        out[comment.text.split("\n")[0]] = words
    return out


def test_a_text_draft_becomes_a_document_with_comments_at_the_words(decisions):
    r = report()
    decide(decisions, r.findings[2].fingerprint, "dismissed", author="mei", reason="fine")
    data = docx_with_comments(r, decisions)
    assert "\n".join(p.text for p in docx.Document(io.BytesIO(data)).paragraphs) == DRAFT
    found = commented(data)
    assert found["major agent: The record says that a card exists; the draft says who holds it."] == "hold"
    assert found["critical addition: No witness holds this sentence."] == "Analysts were delighted."
    assert found["minor emphasis: Nothing in the original stands for “indeed”."] == "indeed"
    assert len(found) == 4 and not any("attribution" in line for line in found)  # dismissed: does not come back
    omission = next(c for c in docx.Document(io.BytesIO(data)).comments if c.text.startswith("major omission"))
    assert "toutiao: 不过，日本也面临两难。" in omission.text and omission.author == "verify"


def test_a_docx_draft_keeps_its_looks_and_gets_comments_across_runs(decisions, tmp_path):
    file = docx.Document()
    file.add_heading("A card", 1)
    paragraph = file.add_paragraph("We do ")
    paragraph.add_run("indeed").bold = True
    paragraph.add_run(" hold a card.\tWhether")
    paragraph.add_run().add_break()
    file.add_table(1, 1).cell(0, 0).text = "In a table: 1.07 trillion."
    file.add_paragraph("")
    file.add_paragraph("The end.")
    file.save(tmp_path / "draft.docx")
    before = (tmp_path / "draft.docx").read_bytes()
    draft, witness = read(tmp_path / "draft.docx", "en"), document("zh", "zh", "我们有一张牌。")
    wanted = ["do indeed hold", "indeed", "eed ho", "1.07", "The end.", "A card", "card.\tWhe"]
    cut = lambda words: Span(draft.name, draft.text.index(words), draft.text.index(words) + len(words), words)
    findings = [Finding("number", Category.MISTRANSLATION, Severity.MAJOR, f"about {w!r}", None, cut(w), 0.5, "zh") for w in wanted]
    r = Report(draft, [witness], beads={"zh": [Bead((0,), (0,))]}, findings=findings)
    data = docx_with_comments(r, decisions)
    (tmp_path / "out.docx").write_bytes(data)
    found = commented(data)
    assert {line.split("about ")[1]: words for line, words in found.items()} == {repr(w): w.replace("\t", "") for w in wanted}
    assert read(tmp_path / "out.docx", "en").text == draft.text and (tmp_path / "draft.docx").read_bytes() == before
    bold = [run.text for p in docx.Document(io.BytesIO(data)).paragraphs for run in p.runs if run.bold]
    assert "".join(bold) == "indeed" and len(docx.Document(io.BytesIO(data)).tables) == 1


def test_an_edited_docx_draft_is_written_anew(decisions, tmp_path):
    file = docx.Document()
    file.add_paragraph("Old words.")
    file.save(tmp_path / "draft.docx")
    r = report()
    r.draft.path, r.draft.format = tmp_path / "draft.docx", "docx"
    assert commented(docx_with_comments(r, decisions))["critical addition: No witness holds this sentence."] == "Analysts were delighted."


def test_a_docx_draft_with_a_bomb_beside_the_text_is_not_opened(decisions, tmp_path):
    docx.Document().save(tmp_path / "draft.docx")
    with zipfile.ZipFile(tmp_path / "draft.docx", "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/media/image1.png", bytes(30_000_000))
    r = report()
    r.draft.path, r.draft.format = tmp_path / "draft.docx", "docx"
    with pytest.raises(InputError, match="a zip bomb"):
        docx_with_comments(r, decisions)


def test_xliff_reads_back_as_the_beads_and_notes_stand_at_their_units(decisions):
    r = report()
    decide(decisions, r.findings[1].fingerprint, "dismissed", author="mei", reason="fine")
    decide(decisions, r.findings[0].fingerprint, "accepted", author="mei", reason="mend it")
    data = xliff_with_notes(r, decisions)
    pairs = list(read_xliff(io.BytesIO(data), "x.xlf", "zh", "en"))
    toutiao = r.witnesses[0]
    assert [(p.source, p.target) for p in pairs] == [("".join(toutiao.segments[i].text for i in b.source), " ".join(r.draft.segments[i].text for i in b.target))
                                                     for b in r.beads["toutiao"] if b.target]
    root = etree.fromstring(data)
    ns = {"x": NAMESPACE}
    assert root.get("srcLang") == "zh" and root.get("trgLang") == "en" and root.get("version") == "2.0"
    notes = {unit.get("id"): [n.text for n in unit.findall(".//x:note", ns)] for unit in root.iterfind(".//x:unit", ns)}
    assert len(notes["u1"]) == 1 and notes["u1"][0].startswith("major agent: ") and "Accepted as a fault by mei" in notes["u1"][0]
    assert notes["u2"][0].startswith("minor attribution") and notes["u3"] == [] and notes["u4"][0].startswith("major omission")
    assert notes["u5"][0].startswith("critical addition")
    units = root.findall(".//x:unit", ns)
    assert [u.find("x:segment", ns).get("state") for u in units] == ["translated", "translated", "translated", "initial", "translated"]
    assert all([child.tag.split("}")[1] for child in u] in (["segment"], ["notes", "segment"]) for u in units)
    japanese = etree.fromstring(xliff_with_notes(r, decisions, "record"))
    assert japanese.get("srcLang") == "ja" and "「（交渉の）カード" in japanese.find(".//x:source", ns).text


def test_what_no_xml_can_hold_does_not_break_an_export(decisions):
    bad = "a\x00b \ufffe <v>&amp;]]> \u202e \ud800 c"
    draft, witness = document("d\x01.txt", "en", bad), document("w", "zh", bad)
    r = Report(draft, [witness], beads={"w": [Bead((0,), (0,))]}, signature=bad, notes=[bad], title=bad,
               findings=[Finding("number", Category.MISTRANSLATION, Severity.MAJOR, bad, span(witness, "a"), span(draft, "c"), 0.5, "w", bad)])
    assert list(commented(docx_with_comments(r, decisions)).values()) == ["c"]
    assert len(list(read_xliff(io.BytesIO(xliff_with_notes(r, decisions)), "x.xlf", "zh", "en"))) == 1
    assert xliff_with_notes(Report(draft, [witness]), decisions) and docx_with_comments(Report(draft, [witness]), decisions)
