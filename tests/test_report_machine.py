"""Formats for machines: each is read back by the reader it is for, hostile texts included."""

import csv
import io
import json
import re

import jsonschema
import pytest
from deciding import decide
from junitparser import Error, Failure, JUnitXml
from openpyxl import load_workbook
from report_sample import DRAFT, document, report, span
from schema_store import schema

from verify.cli.main import main
from verify.decisions import Decisions
from verify.finding import Bead, Category, Finding, QuotePair, Report, Severity, Suppressed
from verify.nuance import MEMBERS
from verify.report import FORMATS, render
from verify.report.rules import RULES
from verify.text import Quote, QuoteKind

BAD = '=HYPERLINK("http://x")]](1)<v>%0A::error file=x,line=1::y\u202e\x00 \ufffe <script>&amp;]]> \ud800'


def hostile() -> Report:
    draft, witness = document("dr,a:ft%.txt", "en", f"{BAD}\nSecond."), document("w\t=1", "zh", f"坏 {BAD}\n二。")
    target = Quote(BAD, 0, len(BAD), QuoteKind.DIRECT, (0,), BAD, BAD)
    finding = Finding("number", Category.MISTRANSLATION, Severity.MAJOR, BAD, span(witness, "坏"), span(draft, "HYPERLINK"), 0.5, "w\t=1", BAD, {"x": BAD})
    return Report(draft, [witness], beads={"w\t=1": [Bead((0,), (0,)), Bead((1,), (1,))]}, quotes=[QuotePair(target, None, "w\t=1")],
                  findings=[finding, finding.with_(target=None)], suppressed=[Suppressed(finding, BAD)], notes=[BAD], signature=BAD, title=BAD)


def sarif(r: Report) -> dict:
    log = json.loads(render(r, "sarif"))
    jsonschema.validate(log, schema("https://json.schemastore.org/sarif-2.1.0.json"))
    return log["runs"][0]


def test_sarif_is_valid_and_points_at_the_words_on_both_sides():
    r = report()
    run = sarif(r)
    assert len(run["results"]) == 5 and run["columnKind"] == "unicodeCodePoints"
    agent = next(x for x in run["results"] if x["ruleId"] == "agent")
    here, there = agent["locations"][0]["physicalLocation"], agent["relatedLocations"][0]["physicalLocation"]
    for place, text in ((here, DRAFT), (there, r.witnesses[2].text)):
        region = place["region"]
        assert text[region["charOffset"]:region["charOffset"] + region["charLength"]] == region["snippet"]["text"]
        line = text.split("\n")[region["startLine"] - 1]
        assert line[region["startColumn"] - 1:region["endColumn"] - 1] == region["snippet"]["text"]
    assert "[ある](1)" in agent["message"]["text"] and agent["level"] == "error"
    assert agent["partialFingerprints"] == {"verify/v1": r.findings[0].fingerprint}
    rules = run["tool"]["driver"]["rules"]
    assert all(rules[x["ruleIndex"]]["id"] == x["ruleId"] and rules[x["ruleIndex"]]["help"]["text"] for x in run["results"])


def test_sarif_keeps_what_a_person_set_aside():
    r = report()
    r.suppressed = [Suppressed(r.findings.pop(), "checked (mei)"), Suppressed(r.findings.pop(), "a comment in the draft", inline=True)]
    aside = [x["suppressions"][0] for x in sarif(r)["results"] if "suppressions" in x]
    assert [(s["kind"], s["justification"]) for s in aside] == [("external", "checked (mei)"), ("inSource", "a comment in the draft")]


def test_every_check_has_a_rule():
    assert set(RULES) == set(MEMBERS)


def test_junit_has_a_case_for_every_quote_and_sentence_and_fails_those_with_grave_findings():
    r = report()
    xml = JUnitXml.fromstring(render(r, "junit").encode())
    cases = {(suite.name.split(": ")[1], case.name.split(":")[0]): case for suite in xml for case in suite}
    failed = {key for key, case in cases.items() if any(isinstance(x, Failure) for x in case.result)}
    assert failed == {("quotes", "quote 1"), ("text", "4"), ("gaps", "nothing for")}
    assert {key for key in cases if key[0] == "text"} == {("text", str(n)) for n in (1, 2, 3, 4)}
    assert (xml.tests, xml.failures, xml.errors) == (6, 3, 0) and not any(isinstance(x, Error) for c in cases.values() for x in c.result)
    assert "Nothing in the original stands for “indeed”" in cases["quotes", "quote 1"].system_out
    assert JUnitXml.fromstring(render(r, "junit", fail_on="never").encode()).failures == 0


def test_github_annotations_are_escaped_and_nothing_in_a_text_can_make_one():
    lines = render(report(), "github").splitlines()
    assert lines[0].startswith("::error file=draft.en.txt,line=4,endLine=4,col=1,endColumn=25,title=addition (critical%2C toutiao)::No witness")
    assert [line.split(" ")[0] for line in lines[:-1]] == ["::error"] * 3 + ["::warning"] * 2
    assert "%0Arecord: ある" in next(line for line in lines if "agent" in line)
    text = render(hostile(), "github")
    assert len(text.splitlines()) == 3 and text.count("\n::error ") + text.startswith("::error ") == 2
    assert "file=dr%2Ca%3Aft%25.txt," in text and "%250A" in text


def test_marot_has_ten_columns_and_spans_that_mark_the_words():
    for r in (report(), hostile()):
        rows = list(csv.DictReader(io.StringIO(render(r, "marot")), delimiter="\t", quoting=csv.QUOTE_NONE))
        assert len(rows[0]) == 10 and len([row for row in rows if row["category"] != "no-error"]) == len(r.findings)
        assert {(row["doc"], row["docSegId"]) for row in rows} == {
            (f"{r.draft.name}/{w.name}:{w.language}-en".replace("\t", " "), str(n + 1)) for w in r.witnesses for n in range(len(r.beads[w.name]))}
        tokens = {}
        for row in rows:
            metadata = json.loads(row["metadata"])
            for side in ("source", "target"):
                if "segment" in metadata:
                    tokens[row["globalSegId"], side] = metadata["segment"][f"{side}_tokens"]
                mine = tokens[row["globalSegId"], side]
                assert "".join(mine) == re.sub("</?v>", "", row[side])
                for first, last in metadata.get(f"{side}_spans", []):
                    assert f"<v>{''.join(mine[first:last + 1])}</v>" in row[side]
    marked = [row for row in csv.DictReader(io.StringIO(render(report(), "marot")), delimiter="\t", quoting=csv.QUOTE_NONE) if row["severity"] == "Major"]
    assert "We do indeed <v>hold</v> a card" in marked[-1]["target"] and "<v>ある</v>" in marked[-1]["source"]
    assert marked[-1]["category"] == "Accuracy/Mistranslation"


def test_csv_and_xlsx_hold_every_finding_and_no_formula():
    for r in (report(), hostile()):
        rows = list(csv.DictReader(io.StringIO(render(r, "csv", mark=True).removeprefix("\ufeff"))))
        assert len(rows) == len(r.findings) + len(r.suppressed)
        assert not any(cell[:1] in "=+-@" for row in rows for cell in row.values() if cell)
        assert {row["fingerprint"] for row in rows} == {f.fingerprint for f in r.findings}
        book = load_workbook(io.BytesIO(render(r, "xlsx")))
        assert book.sheetnames == ["Findings", "Quotes", "Run"] and book["Findings"].max_row == len(rows) + 1
        for sheet in book:
            assert sheet.freeze_panes == "A2" and sheet["A2"].alignment.wrap_text and not sheet._hyperlinks
            assert not any(cell.data_type == "f" for row in sheet for cell in row)
    message = next(cell for cell in book["Findings"]["L"] if "HYPERLINK" in str(cell.value))
    assert message.value.startswith("=HYPERLINK") and message.quotePrefix and message.data_type == "s"


@pytest.mark.parametrize("form", sorted(set(FORMATS) - {"text", "html", "json"}))
def test_hostile_and_empty_reports_are_written_in_every_format(form):
    empty = Report(document("a.txt", "en", "One."), [document("b", "zh", "一。")])
    for r in (hostile(), empty):
        made = render(r, form)
        text = made if isinstance(made, str) else ""
        assert "\u202e" not in text and "\x00" not in text and made
        if form == "sarif":
            sarif(r)
        if form == "junit":
            assert JUnitXml.fromstring(made.encode()).tests >= 1


@pytest.fixture
def story(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".git").mkdir()
    folder = tmp_path / "stories"
    folder.mkdir()
    (folder / "draft.txt").write_text("The bank will sell 300 million yuan of bonds.\n", "utf-8")
    (folder / "zh.txt").write_text("该银行可能出售2亿元债券。\n", "utf-8")
    return ["check", "stories/draft.txt", "-s", "stories/zh.txt", "--engine", "none"]


def test_check_writes_the_format_that_the_suffix_names_with_paths_of_the_repository(story, tmp_path):
    for name, begins in (("a.sarif", b"{"), ("a.xml", b"<?xml"), ("a.csv", b"\xef\xbb\xbffile"), ("a.tsv", b"system\tdoc"), ("a.xlsx", b"PK")):
        assert main([*story, "--out", name]) == 1
        assert (tmp_path / name).read_bytes().startswith(begins)
    log = json.loads((tmp_path / "a.sarif").read_text("utf-8"))
    assert {a["location"]["uri"] for a in log["runs"][0]["artifacts"]} == {"stories/draft.txt", "stories/zh.txt"}


def test_what_an_editor_dismissed_does_not_come_back_and_stays_in_the_sarif(story, tmp_path, capsys):
    assert main([*story, "--format", "json"]) == 1
    found = json.loads(capsys.readouterr().out)["findings"]
    with Decisions(tmp_path / "decisions.sqlite") as decisions:
        for finding in found:
            decide(decisions, finding["fingerprint"], "dismissed", author="mei", reason="checked by telephone")
        (tmp_path / "decisions.jsonl").write_text(decisions.to_text(), "utf-8")
    for baseline in ("decisions.sqlite", "decisions.jsonl"):
        assert main([*story, "--baseline", baseline, "--format", "sarif"]) == 0
        results = json.loads(capsys.readouterr().out)["runs"][0]["results"]
        assert {r["suppressions"][0]["justification"] for r in results} == {"checked by telephone (mei)"} and len(results) == len(found)
        before = (tmp_path / baseline).read_bytes()
        assert main([*story, "--write-baseline", baseline, "--reason", "x"]) == 2 and (tmp_path / baseline).read_bytes() == before
