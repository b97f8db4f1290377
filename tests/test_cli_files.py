"""The files that a person writes for the tool: case.toml, settings, baseline. Mistakes get a line and a cure."""

from datetime import date

import pytest
from report_sample import report

from verify.case import load_case
from verify.cli.common import gather
from verify.decisions import Decisions
from verify.finding import Report, Severity
from verify.report import render
from verify.review.reopen import read_report
from verify.review.signoff import signoff_html
from verify.settings import Settings, check_slugs, load_settings
from verify.suppress import accept, apply, baseline_text, read_baseline
from verify.text import InputError

CASE = """title = "The card"
date = 2025-05-02
draft = "draft.txt"

[[witness]]
name = "a"
file = "a.zh.txt"
language = "zh"
relays = "b"
source = "a post"

[[witness]]
file = "b.zh.txt"
"""


@pytest.fixture
def folder(tmp_path):
    for name in ("draft.txt", "a.zh.txt", "b.zh.txt"):
        (tmp_path / name).write_text("text")
    (tmp_path / "case.toml").write_text(CASE)
    return tmp_path


def test_a_case_names_its_draft_and_witnesses(folder):
    case = load_case(folder)
    assert (case.title, case.dateline, case.draft) == ("The card", date(2025, 5, 2), folder / "draft.txt")
    first, second = case.witnesses
    assert (first.name, first.language, first.relays, first.title, first.path) == ("a", "zh", "b", "a post", folder / "a.zh.txt")
    assert (second.name, second.language, second.relays) == ("b", None, None)
    assert load_case(folder / "case.toml") == case


def test_where_a_witness_came_from_is_told_in_the_report_and_in_the_sign_off(folder):
    (folder / "a.zh.txt").write_text("谈判可能在五月举行。", "utf-8")
    inputs = gather(draft=None, sources=(), case=folder)
    made = Report(inputs.draft, inputs.witnesses)
    assert "against a (zh, relays b; a post), b (en)" in " ".join(render(made).split())
    (folder / "report.json").write_text(render(made, "json"), "utf-8")
    with Decisions(folder / "decisions.sqlite") as decisions:
        assert "a (zh, relays b; a post)" in signoff_html(read_report(folder / "report.json")[0], decisions, author="mei")


@pytest.mark.parametrize("change, line, word", [
    (("title", "titel"), 1, "did you mean 'title'"),
    (("draft.txt", "drat.txt"), 3, "is not a file"),
    (('"b.zh.txt"', '"c.zh.txt"'), 13, "is not a file"),
    (('relays = "b"', 'relays = "c"'), 9, "relays 'c'"),
    (('name = "a"', 'name = "b"'), 12, "two witnesses"),
    (('file = "b.zh.txt"', 'file = "b.zh.txt"\nrelays = "a"'), 9, "relays itself, by way of b"),
    (('language = "zh"', 'langauge = "zh"'), 8, "did you mean 'language'"),
    (('language = "zh"', "language = 3"), 8, "text in quotes"),
    (("2025-05-02", '"yesterday"'), 2, "2025-05-02"),
    (('draft = "draft.txt"', "draft = "), 3, "not TOML"),
    (('draft = "draft.txt"', ""), 1, "no 'draft'"),
])
def test_a_mistake_in_a_case_is_named_with_its_line(folder, change, line, word):
    (folder / "case.toml").write_text(CASE.replace(*change))
    with pytest.raises(InputError) as error:
        load_case(folder)
    assert f"case.toml:{line}:" in str(error.value) and word.lower() in str(error.value).lower()


def test_a_folder_without_case_says_so(tmp_path):
    for place in (tmp_path, tmp_path / "none"):
        with pytest.raises(InputError):
            load_case(place)


def test_settings_come_from_the_nearest_file_above_the_draft(tmp_path):
    below = tmp_path / "a" / "b"
    below.mkdir(parents=True)
    (tmp_path / "verify.toml").write_text('ignore = "emphasis"\nfail_on = "critical"\nbaseline = "accepted.toml"\nmin_confidence = 1\n')
    (tmp_path / "a" / "pyproject.toml").write_text('[project]\nname = "verify-me"\n')  # no [tool.verify]: passed over
    settings = load_settings(below / "draft.txt")
    assert (settings.ignore, settings.fail_on, settings.baseline, settings.min_confidence) == (("emphasis",), "critical", tmp_path / "accepted.toml", 1.0)
    (tmp_path / "a" / "pyproject.toml").write_text('[tool.verify]\nselect = ["number", "negation"]\ntermbase = ["terms.csv"]\n')
    settings = load_settings(below)
    assert (settings.select, settings.ignore, settings.termbase) == (("number", "negation"), (), (tmp_path / "a" / "terms.csv",))
    assert settings.changed(engine="none", select=None) == Settings(("number", "negation"), engine="none", termbase=settings.termbase, path=settings.path)


@pytest.mark.parametrize("text, line, word", [
    ("[tool.verify]\nselect = []\nfail-on = 'major'\n", 3, "fail_on"),
    ("[tool.other]\nselect = 1\n[tool.verify]\nselect = 1\n", 4, "a list"),
    ("[tool.verify]\nfail_on = 'always'\n", 2, "never"),
    ("[tool.verify]\nmin_confidence = 2\n", 2, "from 0 to 1"),
])
def test_a_mistake_in_the_settings_is_named_with_its_line(tmp_path, text, line, word):
    (tmp_path / "pyproject.toml").write_text(text)
    with pytest.raises(InputError) as error:
        load_settings(tmp_path)
    assert f"pyproject.toml:{line}:" in str(error.value) and word in str(error.value)


def test_an_unknown_check_is_refused_with_the_nearest_name():
    with pytest.raises(InputError, match="negation"):
        check_slugs(["negatoin"], ["negation", "number"], "--ignore")


def test_fail_on_is_a_threshold():
    assert Settings().fails([Severity.MAJOR]) and not Settings().fails([Severity.MINOR]) and not Settings(fail_on="never").fails([Severity.CRITICAL])


def test_suppression_keeps_the_rest_and_says_why():
    findings = report().findings
    hold = findings[0].target
    out = apply(findings, ignore=["omission"], min_confidence=0.65, inline=[(hold.start - 3, hold.start + 1, ["agent"])],
                baseline=accept(findings[4:], "a joke", "mei"))
    assert [f.check for f in out.kept] == ["attribution"]
    assert out.note == "suppressed: 1 by a comment in the draft, 1 by --min-confidence, 1 by --select or --ignore, 1 by the baseline"
    assert [f.check for f in apply(findings, select=["agent"]).kept] == ["agent"]
    assert apply(findings).kept == findings and apply(findings).note == ""
    assert "agent" in [f.check for f in apply(findings, inline=[(hold.end, hold.end + 5, [])]).kept]


@pytest.mark.parametrize("name", ["accepted.toml", "accepted.tsv"])
def test_a_baseline_survives_the_way_through_its_file(tmp_path, name):
    path = tmp_path / name
    entries = accept(report().findings, 'said "so"\tby\nher', "加藤\\")
    path.write_text(baseline_text(entries, path), "utf-8")
    read = read_baseline(path)
    assert [e.fingerprint for e in read] == [e.fingerprint for e in entries] and read[0].reason == 'said "so" by her' and read[0].author == "加藤\\"
    assert not apply(report().findings, baseline=read).kept
    again = accept(report().findings, "another", "li", before=read)
    assert again == read  # the first reason stands


@pytest.mark.parametrize("name, text, line", [
    ("b.tsv", "# head\nabcdef0123456789\treason\n", 2),
    ("b.tsv", "not a fingerprint\treason\tme\n", 1),
    ("b.toml", '[[accepted]]\nfingerprint = "abcdef0123456789"\nreason = ""\nauthor = "me"\n', 3),
    ("b.toml", '[[accepted]]\nfingerprint = "abcdef0123456789"\nreason = "x"\n', 1),
    ("b.toml", '[[accept]]\n', 1),
])
def test_a_baseline_entry_without_reason_or_author_is_refused(tmp_path, name, text, line):
    (tmp_path / name).write_text(text)
    with pytest.raises(InputError) as error:
        read_baseline(tmp_path / name)
    assert error.value.line == line
