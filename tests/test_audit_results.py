"""What is read out of an audit: summary, page, query, difference, sample."""

import json
from pathlib import Path

import pytest

pytest.importorskip("pyarrow")
pytest.importorskip("duckdb")

from verify.audit import AuditSettings, run  # noqa: E402
from verify.audit.shelf import query  # noqa: E402
from verify.audit.summary import diff, wilson  # noqa: E402
from verify.cli.main import main  # noqa: E402
from verify.text import InputError  # noqa: E402

PAIRS = [("他可能同意。", "He will agree."), ("<script>alert(1)</script>没有人来。", "<b>Everybody came.</b>"), ("我们有三张牌。", "We have three cards.")]


@pytest.fixture
def audited(tmp_path):
    def make(name: str, pairs=PAIRS, **settings) -> Path:
        path = tmp_path / f"{name}.tsv"
        path.write_text("".join(f"{a}\t{b}\n" for a, b in pairs), "utf-8")
        run([str(path)], tmp_path / name, AuditSettings(**{"model": "none", "select": ("modality",), **settings}))
        return tmp_path / name

    return make


def test_findings_reach_shards_summary_and_page(audited):
    folder = audited("plain")
    columns, rows = query(folder, "select place, f.check, f.severity, source[f.source_start + 1:f.source_end] from (select *, unnest(findings) as f from pairs)")
    assert columns[:2] == ["place", "check"]
    assert [(row[0], row[1], row[3]) for row in rows] == [(1, "modality", "可能")]
    summary = json.loads((folder / "summary.json").read_text("utf-8"))
    assert summary["rows"] == summary["scored"] == sum(summary["score"]["histogram"]) == 3
    assert summary["findings_by_check"][0]["check"] == "modality"
    page = (folder / "report.html").read_text("utf-8")
    assert "<script" not in page and "&lt;script&gt;" in page and "<svg" in page and "http" not in page.replace("http-equiv", "")


def test_without_text_nothing_of_the_texts_is_written(audited):
    folder = audited("hashed", text=False)
    whole = b"".join(path.read_bytes() for path in folder.iterdir())
    rows = query(folder, "select source, target, back_translation, source_hash, findings[1].message, findings[1].check from pairs")[1]
    assert rows[0][:3] == (None, None, None) and len(rows[0][3]) == 32 and rows[0][4] is None and rows[0][5] == "modality"
    assert "可能".encode() not in whole and b"Everybody" not in whole


def test_query_only_reads_and_only_this_folder(audited, tmp_path, capfd):
    folder = audited("plain")
    for sql in ("drop view pairs", "copy pairs to 'x.csv'", "select 1; select 2", "select * from read_csv('/etc/hosts')", "selec", "select nothing from pairs"):
        with pytest.raises(InputError):
            query(folder, sql)
    assert main(["audit", "query", str(folder), "select count(*) as pairs from pairs", "--format", "jsonl"]) == 0
    assert json.loads(capfd.readouterr().out) == {"pairs": 3}
    assert main(["audit", "query", str(folder), "select source from pairs"]) == 0
    assert "<script>" in capfd.readouterr().out
    assert main(["audit", "query", str(tmp_path), "select 1"]) == 2
    assert "holds no audit" in capfd.readouterr().err


def test_what_steers_a_terminal_is_shown_by_its_number(audited, capfd, monkeypatch):
    steers = "\x1b[2J\x07\x9b31m\u202e"
    folder = audited("steers", [(f"他可能{steers}同意。", f"He{steers} will agree.")])
    texts = [(folder / name).read_text("utf-8") for name in ("report.html", "summary.json")]
    sql = "select target, 'inf'::double as i, [1.5, 'nan'::double] as l, date '2024-05-02' as d from pairs"
    assert main(["audit", "query", str(folder), sql, "--format", "jsonl"]) == 0
    texts.append(capfd.readouterr().out)
    assert json.loads(texts[-1]) == {"target": f"He{steers} will agree.", "i": None, "l": [1.5, None], "d": "2024-05-02"} and "NaN" not in texts[-1]
    assert main(["audit", "query", str(folder), sql, "--format", "csv"]) == 0
    assert f"He{steers} will agree.,inf," in capfd.readouterr().out  # a pipe gets them as they are
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    assert main(["audit", "query", str(folder), sql, "--format", "csv"]) == 0
    texts.append(capfd.readouterr().out)
    assert all("He‹U+001B›[2J‹U+0007›‹U+009B›31m‹U+202E›" in text for text in (texts[0], texts[-1]))
    assert not set("".join(texts)) & set("\x1b\x07\x9b\u202e")


def test_diff_matches_by_source_and_says_what_changed(audited, capfd):
    old = audited("old")
    new = audited("new", [PAIRS[2], ("他可能不来。", "He will come."), (PAIRS[0][0], "He may agree.")])
    same = diff(old, old, least=0)
    assert (same["better"], same["worse"], same["most_better"]) == (0, 0, [])
    found = diff(old, new, least=0.001)
    assert (found["compared"], found["retranslated"], found["only_old"], found["only_new"]) == (2, 1, 1, 1)
    assert (found["better"], found["worse"]) == (1, 0)
    assert found["most_better"][0]["new_target"] == "He may agree." and found["note"] == ""
    assert found["findings_by_check"] == [{"check": "modality", "old": 1, "new": 0}]  # not the one on the pair that is new
    assert main(["audit", "diff", str(old), str(new)]) == 0
    assert "1 retranslated" in capfd.readouterr().out


def test_diff_of_a_memory_that_was_sorted_anew_shows_no_change(audited):
    pairs = [("他可能同意。", f"He {word} agree.") for word in ("will", "may", "will", "must")] + [("好。", "Good.")]
    old = audited("old", pairs)
    found = diff(old, audited("sorted", sorted(pairs)[::-1]), least=0.001)
    assert (found["compared"], found["retranslated"], found["better"], found["worse"], found["only_old"], found["only_new"]) == (5, 0, 0, 0, 0, 0)
    mended = diff(old, audited("mended", [pairs[3], pairs[1], pairs[1], pairs[0]]), least=0.001)  # one "will" has become "may"
    assert (mended["compared"], mended["retranslated"], mended["better"], mended["worse"], mended["only_old"]) == (4, 1, 1, 0, 1)
    assert (mended["most_better"][0]["old_target"], mended["most_better"][0]["new_target"]) == ("He will agree.", "He may agree.")


def test_sample_is_drawn_once_and_carries_an_interval(audited):
    pairs = [(f"第{i}句话。", f"Sentence {i}.") for i in range(200)]
    ask = lambda folder: [row[0] for row in query(folder, "select place from pairs order by row")[1]]
    first, again, other = (audited(name, pairs, sample=40, seed=seed) for name, seed in (("a", 1), ("b", 1), ("c", 2)))
    assert ask(first) == ask(again) != ask(other)
    assert len(set(ask(first))) == 40 and ask(first) == sorted(ask(first))
    share = json.loads((first / "summary.json").read_text())["major_error"]
    assert share["interval95"] == wilson(share["pairs"], 40)


def test_wilson_interval():
    # Brown, Cai and DasGupta 2001 give the formula; 8 of 10 is the textbook example.
    assert wilson(8, 10) == pytest.approx([0.4902, 0.9433], abs=1e-4)
    assert wilson(0, 10)[0] == 0 and wilson(0, 0) == [0.0, 1.0]


def test_command_says_what_it_did_and_fails_on_what_it_is_told_to(tmp_path, capfd):
    path = tmp_path / "a.tsv"
    path.write_text("他可能同意。\tHe will agree.\nalone\n", "utf-8")
    args = ["audit", str(path), "--out", str(tmp_path / "out"), "--model", "none", "--select", "modality", "--processes", "1"]
    assert main(args) == 0
    out, err = capfd.readouterr()
    assert "2 of 2 rows, 1 unreadable" in out and "a.tsv:2: 1 column(s)" in err
    assert main([*args, "--fail-on", "minor"]) == 1
    assert main([*args, "--budget", "soon"]) == 2
    assert "30m" in capfd.readouterr().err


def test_a_spent_budget_is_said_and_is_no_success(tmp_path, capfd):
    path = tmp_path / "a.tsv"
    path.write_text("".join(f"他说了第{i}句话。\tHe said sentence {i}.\n" for i in range(6)), "utf-8")
    args = ["audit", str(path), "--out", str(tmp_path / "out"), "--model", "none", "--fast", "--processes", "1", "--shard-rows", "2"]
    assert main([*args, "--budget", "0s"]) == 2
    out, err = capfd.readouterr()
    assert "0 of 6 rows, 0 unreadable; stopped" in out and "stopped by --budget with 6 of 6 rows to go. The same command goes on" in err
    assert main([*args, "--budget", "1h"]) == 0
    assert "6 of 6 rows, 0 unreadable\n" in capfd.readouterr().out
