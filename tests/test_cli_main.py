"""The command line: exit codes, one line for an error, output files; the journey itself is tested elsewhere."""

import json
import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest
from report_sample import report

from verify.cli import common, main, output
from verify.text import Document, InputError
from verify.translate.engine import NoEngine

ROOT = Path(__file__).resolve().parents[1]
verify = lambda *args: main.main([str(a) for a in args])


@pytest.fixture
def story(tmp_path, monkeypatch):
    """A draft and an original on disk; the journey replaced by a ready report."""
    (tmp_path / "draft.en.txt").write_text("A draft.")
    (tmp_path / "one.zh.txt").write_text("一。", "utf-8")
    (tmp_path / "empty").touch()
    monkeypatch.setattr(common, "_read", lambda path, language, name: Document(name, language or "en", path.read_text("utf-8"), path=path))
    monkeypatch.setattr("verify.cli.check.run", lambda inputs, progress: report())
    monkeypatch.setattr("verify.cli.quotes.run", lambda inputs, progress, **plan: report())
    monkeypatch.setattr("verify.documents.suppressions", lambda document: [], raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


CHECK = ("check", "draft.en.txt", "--source", "one.zh.txt")


def fails(capsys, *args) -> str:
    assert verify(*args) == 2
    out = capsys.readouterr()
    assert out.err.count("\n") == 1 and "Traceback" not in out.err
    return out.err


def test_exit_code_says_whether_the_threshold_was_reached(story, capsys):
    assert verify(*CHECK) == 1
    assert "5 findings: 1 critical" in capsys.readouterr().out
    assert verify(*CHECK, "--fail-on", "never") == 0
    assert verify(*CHECK, "--ignore", "addition", "--fail-on", "critical") == 0
    assert "1 by --select or --ignore" in capsys.readouterr().out


def test_out_is_written_whole_and_never_over_an_input(story, capsys):
    assert verify(*CHECK, "--out", "r.json") == 1  # the suffix says which format
    assert json.loads((story / "r.json").read_text("utf-8"))["draft"] == "draft.en.txt"
    assert capsys.readouterr().out == ""
    assert verify(*CHECK, "--out", "r.html") == 1 and (story / "r.html").read_text("utf-8").startswith("<!DOCTYPE html>")
    assert verify(*CHECK, "--out", "r.pdf", "--format", "json") == 1 and (story / "r.pdf").read_text("utf-8").startswith("{")
    assert verify(*CHECK, "--out", "r.sarif.json") == 1 and "sarif" in (story / "r.sarif.json").read_text("utf-8")
    assert verify("quotes", *CHECK[1:], "--out", "q.tsv") == 0 and (story / "q.tsv").read_text("utf-8").startswith("place\t")
    assert capsys.readouterr().err.splitlines()[0] == "r.html: 5 findings: 1 critical, 2 major, 2 minor"
    os.link("one.zh.txt", "other-name.txt")
    for name in ("draft.en.txt", "./one.zh.txt", "other-name.txt"):
        assert "is an input" in fails(capsys, *CHECK, "--out", name)
    assert (story / "one.zh.txt").read_text("utf-8") == "一。"
    assert "folder" in fails(capsys, *CHECK, "--out", "none/r.txt") and "folder" in fails(capsys, *CHECK, "--out", ".")
    assert not [name for name in os.listdir(story) if name.startswith(".")]


def test_baseline_is_written_with_a_reason_and_then_holds(story, capsys):
    assert "--reason" in fails(capsys, *CHECK, "--write-baseline", "b.toml")
    assert verify(*CHECK, "--write-baseline", "b.toml", "--reason", "discussed", "--author", "mei") == 0
    assert verify(*CHECK, "--baseline", "b.toml") == 0
    assert "5 by the baseline" in capsys.readouterr().out
    (story / "verify.toml").write_text('baseline = "b.toml"\n')
    assert verify(*CHECK) == 0
    assert "is an input" in fails(capsys, *CHECK, "--out", "b.toml", "--format", "text")


def test_a_baseline_or_termbase_that_cannot_be_read_is_told_before_the_work(story, capsys, monkeypatch):
    def begun(*_, **__):
        raise AssertionError("the check was run")

    for module in ("check", "review"):
        monkeypatch.setattr(f"verify.cli.{module}.run", begun)
    (story / "bad.tsv").write_text("nothing of the kind\n")
    review = ("review", *CHECK[1:])
    for command in (CHECK, review):
        assert "none.toml" in fails(capsys, *command, "--baseline", "none.toml")
        assert "bad.tsv:1: not an entry" in fails(capsys, *command, "--baseline", "bad.tsv")
    assert "bad.tsv:1: not an entry" in fails(capsys, *CHECK, "--write-baseline", "bad.tsv", "--reason", "so")
    for name, word in (("none.csv", "no such termbase"), ("bad.tsv", "bad.tsv:1: no columns source and target")):
        (story / "verify.toml").write_text(f'termbase = ["{name}"]\n')
        assert word in fails(capsys, *CHECK) and word in fails(capsys, *review)
    assert verify("quotes", *CHECK[1:]) == 0  # which asks neither


def test_an_empty_text_holds_no_decisions(tmp_path, capsys):
    (tmp_path / "decisions.jsonl").touch()
    assert verify("decisions", "show", tmp_path / "decisions.jsonl") == 0 and ": 0 decisions" in capsys.readouterr().err
    (tmp_path / "other.txt").write_text("A text.")
    assert "holds no decisions" in fails(capsys, "decisions", "show", tmp_path / "other.txt")


def test_quotes_prints_the_table(story, capsys):
    (story / "verify.toml").write_text('ignore = ["quotation"]\n')  # of findings, not of the table
    assert verify("quotes", *CHECK[1:], "--format", "tsv") == 0
    assert capsys.readouterr().out.startswith("place\tspeaker\tverb\tquote\ttoutiao\tzaobao\trecord\n")


@pytest.mark.parametrize("args, word", [
    (("check",), "--source"),
    (("check", "draft.en.txt"), "--source"),
    (("check", "draft.en.txt", "original.zh.txt"), "An original is given with --source original.zh.txt"),
    ((*CHECK, "--case", "."), "not both"),
    (("check", "--case", "."), "case.toml"),
    ((*CHECK, "--nope"), "--nope"),
    ((*CHECK, "--select", "negatoin"), "'negation'"),
    ((*CHECK, "--select", "negation", "--ignore", "negation"), "leave no check on. Ignore fewer"),
    (("quotes", *CHECK[1:], "--out", "q.html"), "*.txt, *.json, *.tsv"),
    ((*CHECK, "--out", "r.pdf"), ".pdf files. Name the file *.txt, *.json"),
    ((*CHECK, "--min-confidence", "2"), "min-confidence"),
    (("check", "draft.en.txt", "--source", "draft.en.txt"), "the draft itself"),
    (("chekc",), "chekc"),
    (("score", "draft.en.txt", "--from", "EN"), "'EN' is no language code; give one such as zh"),
    (("translate", "draft.en.txt", "--from", "en", "--to", "klingon"), "'klingon' is no language code"),
    (("audit", "draft.en.txt", "--out", "d", "--to", "klingon"), "'klingon' is no language code"),
    (("audit", "draft.en.txt", "--out", "d", "--engine", "pocket"), "'ray'; a translation engine is named with --model"),
    (("audit", "qurey", "d", "select 1"), "Did you mean `verify audit query`?"),
    (("models", "list", "--from", "tlh"), "no model is known from tlh to any"),
    (("bench", "demetr", "draft.en.txt"), "draft.en.txt:1: no pair of DEMETR"),
    (("bench", "score", "draft.en.txt"), "draft.en.txt:1: no judged translation"),
    (("bench", "nuance", "draft.en.txt"), "draft.en.txt:1: no challenge item"),
    (("bench", "nuance", "empty", "--engine", "none"), "empty: no challenge item is left"),
    (("bench", "demetr", "empty", "--engine", "none"), "empty: no pair of DEMETR is left"),
    (("bench", "score", "empty", "--engine", "none"), "empty: no judged translation is left"),
    ((*CHECK, "--min-confidence", "nan"), "--min-confidence': nan is no number"),
    (("review", *CHECK[1:], "--min-confidence", "nan"), "--min-confidence': nan is no number"),
    (("score", "draft.en.txt", "--threshold", "nan"), "--threshold': nan is no number"),
    (("audit", "diff", "a", "b", "--least", "nan"), "--least': nan is no number"),
    ((*CHECK, "--select", ""), "--select': names no check"),
    (("audit", "draft.en.txt", "--out", "d", "--ignore", " , "), "--ignore': names no check"),
])
def test_a_wrong_call_gets_one_line(story, capsys, args, word):
    assert word in fails(capsys, *args)


def test_a_question_has_no_full_stop(story, capsys):
    assert fails(capsys, *CHECK, "--select", "negatoin").endswith("Did you mean 'negation'?\n")
    assert "?)." not in (said := fails(capsys, *CHECK, "--sourc", "x")) and "?." not in said


def test_a_sign_off_says_by_its_exit_code_whether_it_is_signed_and_makes_no_decisions(tmp_path, monkeypatch, capsys):
    from verify.decisions import Decisions
    from verify.review.desk import Source

    draft = tmp_path / "draft.en.txt"
    monkeypatch.setattr("verify.cli.review._source", lambda given: (Source(report()), draft, [draft]))
    call = ("review", draft, "--sign-off", "-", "--author", "mei")
    assert verify(*call) == 1 and not list(tmp_path.iterdir())
    assert "Not signed: 3 open" in capsys.readouterr().out
    assert verify(*call[:3], tmp_path / "page.html", "--author", "mei") == 1 and [p.name for p in tmp_path.iterdir()] == ["page.html"]
    with Decisions(tmp_path / "draft.en.txt.decisions.sqlite") as decisions:
        decisions.decide_all(report().findings, "dismissed", author="mei", reason="as it should be")
    assert verify(*call) == 0 and "Signed by mei" in capsys.readouterr().out
    assert "*.html or *.pdf" in fails(capsys, "review", draft, "--sign-off", tmp_path / "page.txt")


def test_whatever_goes_wrong_is_one_line_with_exit_code_2(story, capsys, monkeypatch):
    for error, word in [(InputError("a.txt", "is empty", "Give it text", 3), "a.txt:3: is empty. Give it text."),
                        (NoEngine("no model for fi-en"), "no model for fi-en"), (PermissionError(13, "Permission denied", "x"), "x: permission denied"),
                        (MemoryError(), "out of memory"), (KeyError("oops\nsecond line"), "VERIFY_DEBUG")]:
        monkeypatch.setattr("verify.cli.check.run", lambda inputs, progress, error=error: (_ for _ in ()).throw(error))
        assert word in fails(capsys, *CHECK)
    monkeypatch.setenv("VERIFY_DEBUG", "1")
    assert verify(*CHECK) == 2 and "Traceback" in capsys.readouterr().err
    monkeypatch.setattr("verify.cli.check.run", lambda inputs, progress: (_ for _ in ()).throw(KeyboardInterrupt))
    assert verify(*CHECK) == 130 and capsys.readouterr().err == "verify: interrupted\n"


def test_the_founding_case_from_the_command_line(capsys):
    assert verify("check", "--case", ROOT / "corpora" / "kato-card", "--engine", "none", "--select", "number", "--fail-on", "never",
                  "--format", "json") == 0
    out = json.loads(capsys.readouterr().out)
    quote = next(q for q in out["quotes"] if "We do indeed hold a card" in q["target"]["text"])
    assert set(quote["witnesses"]) == {"toutiao", "zaobao", "record"} == set(out["witnesses"])
    assert "我们确实握有一张牌" in quote["witnesses"]["toutiao"]["source"]["text"]


def test_the_date_line_reaches_the_checks_and_the_report_that_is_opened_again(tmp_path):
    from verify.cli.review import _source, review
    from verify.review.edited import edited
    from verify.review.recheck import recheck

    (tmp_path / "one.zh.txt").write_text("公司去年亏损严重。", "utf-8")
    (tmp_path / "draft.txt").write_text("The company lost heavily in 2019.")
    (tmp_path / "case.toml").write_text('date = 2025-05-02\ndraft = "draft.txt"\n[[witness]]\nfile = "one.zh.txt"\n')
    run = lambda *args: verify("check", *args, "--engine", "none", "--select", "time")
    named = (tmp_path / "draft.txt", "-s", tmp_path / "one.zh.txt")
    assert run(*named) == 0 and run(*named, "--date", "2025-05-02") == 1 and run("--case", tmp_path, "--date", "2020-05-02") == 0
    assert run("--case", tmp_path, "--out", tmp_path / "report.json") == 1
    own = {"port", "no_browser", "author", "decisions", "sign_off"}
    for draft in (tmp_path, tmp_path / "report.json"):
        with review.make_context("review", [str(draft), "--engine", "none"]) as given:
            source, *_ = _source({key: value for key, value in given.params.items() if key not in own})
        mended = edited(source.report.draft, 0, "The company lost a lot in 2019.")
        assert source.check(mended).findings and recheck(source.report, mended, source.plan, None).findings


def test_a_source_can_carry_name_and_language(story):
    parse = common.parse_source
    assert (parse("one.zh.txt").name, parse("one.zh.txt").language) == ("one", None)
    spec = parse("post=one.zh.txt:zh-Hant")
    assert (spec.name, str(spec.path), spec.language) == ("post", "one.zh.txt", "zh-Hant")
    (story / "a=b:en").write_text("x")
    assert str(parse("a=b:en").path) == "a=b:en"


def test_sources_of_one_name_are_told_apart(story):
    (story / "one.ja.txt").write_text("一。", "utf-8")
    inputs = common.gather(draft=story / "draft.en.txt", sources=["one.zh.txt", "one.ja.txt"], case=None)
    assert [w.name for w in inputs.witnesses] == ["one", "one.ja.txt"]


def test_colour_only_on_a_terminal_that_wants_it(monkeypatch):
    monkeypatch.setattr(sys, "stdout", type("Tty", (), {"isatty": lambda self: True})())
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    assert output.colour()
    monkeypatch.setenv("NO_COLOR", "1")
    assert not output.colour()


def test_every_command_shows_an_example(capsys):
    group = main.verify
    with group.make_context("verify", ["--version"], resilient_parsing=True) as ctx:
        for name in group.list_commands(ctx):
            assert verify(name, "--help") == 0
            assert f"verify {name} " in capsys.readouterr().out.split("xample", 1)[-1], name


def test_a_closed_pipe_is_no_error_message():
    command = [sys.executable, "-c", "import sys; from verify.cli import main; sys.exit(main.main(['--help']))"]
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run(command, stdout=write, stderr=subprocess.PIPE, check=False)
    os.close(write)
    assert done.returncode == 141 and done.stderr == b""  # as of a program that SIGPIPE ended


def test_a_stream_that_is_closed_or_full_changes_no_exit_code_and_shows_no_traceback(tmp_path):
    (tmp_path / "a.tsv").write_text("是\tyes\n", "utf-8")
    run = lambda words: subprocess.run(["sh", "-c", f"{sys.executable} -m verify {words}"], capture_output=True, text=True, cwd=tmp_path,
                                       env={**os.environ, "PYTHONPATH": str(ROOT)})
    closed = run("score a.tsv --engine none >&-")
    assert closed.returncode == 0 and "Traceback" not in closed.stderr and "1 pair, " in closed.stderr
    unheard = run("score a.tsv --engine none 2>&-")
    assert len(unheard.stdout.splitlines()) == 1  # what was meant for stderr does not end up among the objects
    assert run("score no.tsv 2>/dev/full").returncode == 2


def test_a_group_without_a_command_shows_its_help_in_lines(capsys):
    assert verify("models") == 2
    assert "\n  download " in capsys.readouterr().err


@pytest.mark.parametrize("args", [["check", "draft.en.txt", "-s", "one.zh.txt", "--engine", "none", "--format", form] for form in ("json", "xlsx")]
                         + [["score", "pairs.tsv", "--engine", "none", "--fast"]])
def test_a_reader_that_goes_away_ends_a_run_quietly(tmp_path, args):
    (tmp_path / "draft.en.txt").write_text("We hold a card.\n" * 3)
    (tmp_path / "one.zh.txt").write_text("我们有一张牌。\n" * 3, "utf-8")
    (tmp_path / "pairs.tsv").write_text("source\ttarget\n" + "我们有一张牌。\tWe hold a card.\n" * 300, "utf-8")
    command = [sys.executable, "-c", f"import sys; sys.path.insert(0, {str(ROOT)!r}); from verify.cli import main; sys.exit(main.main({args!r}))"]
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run(command, stdout=write, stderr=subprocess.PIPE, check=False, cwd=tmp_path)
    os.close(write)
    assert done.returncode == 141 and done.stderr == b""


def test_help_is_quick():
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run([sys.executable, "-m", "verify.cli.main", "--help"], capture_output=True, text=True, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert "check" in done.stdout
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < 0.3


def test_originals_of_another_story_are_no_pass(tmp_path, capsys):
    (tmp_path / "draft.txt").write_text("Bonjour le monde. Le ministre a dit que les exportations baisseraient.", "utf-8")
    (tmp_path / "other.txt").write_text("你好，世界。这是中文。", "utf-8")
    for command in (["check"], ["review", "--sign-off", "-"]):
        assert "nothing was checked" in fails(capsys, *command, tmp_path / "draft.txt", "--source", tmp_path / "other.txt", "--engine", "none")


@pytest.mark.parametrize(("args", "says"), [
    ("score {0} --fast --select number --ignore term", "verify score: --select and --ignore would be ignored: --fast runs no checks. Leave out one or the other."),
    ("score --compare {0} {0} --explain", "--explain would be ignored: --compare prints"),
    ("score --compare {0} {0} --threshold 0.5", "--threshold would be ignored: --compare prints"),
    ("audit {0} --out {0}.d --fast --ignore number", "--ignore would be ignored: --fast runs no checks"),
    ("audit {0} --out {0}.d --ray-address auto", "--ray-address would be ignored: --engine local"),
    ("audit {0} --out {0}.d --fast --fail-on minor", "--fail-on would be ignored: --fast runs no checks"),
    ("bench score {0} --set wmt", "--set would be ignored: only with --held-out"),
    ("bench score {0} --held-out --engine none", "--engine would be ignored: --held-out reads scores"),
    ("bench demetr {0} --fast --ignore number", "--ignore would be ignored: --fast runs no checks"),
])
def test_an_option_that_would_be_ignored_is_refused(args, says, tmp_path, capsys):
    path = tmp_path / "a.tsv"
    path.write_text("是\tyes\n", "utf-8")
    assert verify(*args.format(path).split()) == 2
    out, err = capsys.readouterr()
    assert not out and len(err.splitlines()) == 1 and says in err
    assert not (tmp_path / "a.tsv.d").exists()


def test_what_a_saved_report_settles_is_no_option_of_its_review(tmp_path, capsys):
    from verify.report import render

    (tmp_path / "r.json").write_text(render(report(), "json"), "utf-8")
    said = fails(capsys, "review", tmp_path / "r.json", "--language", "en", "--from", "zh", "--date", "2025-05-02")
    assert "--language and --from and --date would be ignored: " in said and "says what languages and date it is of" in said
    assert "--select would be ignored: the texts are not beside" in fails(capsys, "review", tmp_path / "r.json", "--select", "number")


def test_the_package_runs_as_a_module():
    done = subprocess.run([sys.executable, "-m", "verify", "check", "no-such-file.txt", "-s", "nor-this.txt"], capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (2, "")
    assert "no-such-file.txt" in done.stderr
