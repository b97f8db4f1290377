"""Scores of pairs: the same whatever the company, honest about calibration, lossless on bad input."""

import gzip
import json
import lzma
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from verify.cli import main
from verify.evidence import quality
from verify.scoring import ScorePlan, score
from verify.text import InputError

ROOT = Path(__file__).resolve().parents[1]
PAIRS = [
    ("我们确实握有一张牌。", "We do indeed hold a card."),
    ("央行行长周三表示，下半年降息“并非不可能”。", "The central bank governor said on Thursday that a rate cut was impossible."),
    ("出口额增长了百分之三。", "Exports rose by 30 percent, the ministry said, and imports fell."),
    ("", ""), ("谈判可能在五月举行。", ""), ("日本持有1万亿美元国债。", "日本持有1万亿美元国债。"),
    ("谈判可能在五月举行。", "Talks will be held in May."), ("谈判可能在五月举行。", "Talks could be held in May."),
]
verify = lambda *args: main.main([str(a) for a in args])


@pytest.fixture(scope="module")
def pocket():
    pytest.importorskip("ctranslate2")
    from verify.translate import load

    return load("pocket", cache=False, beam=1)


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "pairs.tsv"
    path.write_text("source\ttarget\n" + "".join(f"{a}\t{b}\n" for a, b in PAIRS), "utf-8")
    return path


def test_a_score_depends_on_no_neighbour_order_or_batch(pocket):
    alone = {pair: next(iter(score([pair], ScorePlan(), pocket))).score for pair in PAIRS}
    for batch, pairs in ((2, PAIRS), (3, PAIRS[::-1]), (256, PAIRS * 2)):
        made = list(score(pairs, ScorePlan(batch=batch), pocket))
        assert [(r.source, r.target) for r in made] == pairs
        assert [r.score for r in made] == pytest.approx([alone[pair] for pair in pairs], abs=1e-6)


def test_the_back_translation_is_for_the_eye_and_moves_no_score(pocket):
    some = PAIRS[:3]
    scores = [[r.score for r in score(some, ScorePlan(back_translation=on), pocket)] for on in (True, False)]
    assert scores[0] == scores[1]


def test_a_pair_too_long_for_the_detector_is_scored_as_fast_would(pocket):
    pair = ("谈判可能在五月举行，部长说。" * 30, "Talks could be held in May, the minister said. " * 30)
    full, fast = (next(iter(score([pair], ScorePlan(back_translation=False, fast=fast), pocket))) for fast in (False, True))
    assert full.states is None and full.score == fast.score
    assert next(iter(score(PAIRS[:1], ScorePlan(back_translation=False), pocket))).states.shape == (128,)


def test_the_same_input_gives_the_same_bytes(table, capsys):
    pytest.importorskip("ctranslate2")
    outputs = []
    for _ in range(2):
        assert verify("score", table, "--no-cache", "--explain") == 0
        outputs.append(capsys.readouterr().out)
    assert outputs[0] == outputs[1] and outputs[0].count("\n") == len(PAIRS)


def test_rows_around_a_bad_one_are_scored_and_it_is_named(tmp_path, capsys, monkeypatch):
    path = tmp_path / "pairs.jsonl"
    path.write_text('{"source": "一。", "target": "One."}\n{"source": "二。"}\n{"source": "三。", "target": null}\n{"source": "四。", "target": "Four."}\n', "utf-8")
    assert verify("score", path, "--engine", "none") == 2
    out, err = capsys.readouterr()
    assert [json.loads(line)["place"] for line in out.splitlines()] == [1, 4]
    assert [line.split("jsonl")[1][:4] for line in err.splitlines()[:2]] == [":2: ", ":3: "] and "2 pairs," in err and "unreadable: 2," in err
    monkeypatch.setattr("verify.cli.score.TOLD", 1)
    assert verify("score", path, "--engine", "none") == 2
    err = capsys.readouterr().err
    assert ":3: " not in err and "and 1 more" in err
    assert verify("score", "--compare", path, path, "--engine", "none") == 2
    out, err = capsys.readouterr()
    assert not out and len(err.splitlines()) == 1 and "pairs.jsonl:2: no text under 'target'" in err


def test_a_line_says_which_pair_it_is_of(tmp_path, table, capsys):
    shape = {"place", "score", "findings", "back_translation", "signature"}
    assert verify("score", table, "--engine", "none") == 0
    rows = list(map(json.loads, capsys.readouterr().out.splitlines()))
    assert [row["place"] for row in rows] == list(range(2, len(PAIRS) + 2)) and all(set(row) - {"unreliable"} == shape for row in rows)
    unit = '<trans-unit {}><source>是。</source><target>{}</target></trans-unit>'
    units = unit.format('id="u-7"', "Yes.") + unit.format('id="u-8"', "") + unit.format("", "Yes.")
    (tmp_path / "a.xlf").write_text(f'<xliff version="1.2"><file>{units}</file></xliff>', "utf-8")
    assert verify("score", tmp_path / "a.xlf", "--engine", "none") == 0
    rows = list(map(json.loads, capsys.readouterr().out.splitlines()))
    assert [(row["place"], row.get("id")) for row in rows] == [(1, "u-7"), (3, None)]
    (tmp_path / "a.jsonl").write_text(json.dumps({"source": "是。", "target": "Yes.", "id": "a\x9b31m\u202eb"}) + "\n")
    assert verify("score", tmp_path / "a.jsonl", "--engine", "none") == 0
    assert '"id": "a\\u009b31m\\u202eb"' in capsys.readouterr().out


def test_a_file_cut_short_is_scored_as_far_as_it_goes(tmp_path, capsys):
    lines = "".join(f"第{i}句。\tSentence {i}.\n" for i in range(400)).encode()
    (tmp_path / "cut.tsv.gz").write_bytes(gzip.compress(lines)[:-600])
    assert verify("score", tmp_path / "cut.tsv.gz", "--engine", "none", "--fast") == 2
    out, err = capsys.readouterr()
    assert 100 < out.count("\n") < 400 and "the compressed file ends too soon" in err and "unreadable: 1," in err


def test_contributions_add_up_to_the_score(table, capsys):
    import math

    assert verify("score", table, "--engine", "none", "--explain") == 0
    out, err = capsys.readouterr()
    row = json.loads(out.splitlines()[1])
    assert all(f"\n{name}: " in err for name in row["features"])
    whole = row["base"] + sum(row["contributions"].values())
    assert row["score"] == pytest.approx(1 / (1 + math.exp(-whole)), abs=1e-3)


def test_comparison_tells_the_better_of_two_systems(tmp_path, capsys):
    for name, column in (("good", [b for _, b in PAIRS[:3]]), ("bad", ["Nothing.", "5 5 5 5 5 5 5 5 5 5", "我们"])):
        (tmp_path / f"{name}.tsv").write_text("".join(f"{a}\t{b}\n" for (a, _), b in zip(PAIRS, column)), "utf-8")
    assert verify("score", "--compare", tmp_path / "good.tsv", tmp_path / "bad.tsv", "--engine", "none") == 0
    made = json.loads(capsys.readouterr().out)
    assert made["difference"] > 0 and made["pairs"] == 3 and made["interval95"][0] <= made["difference"] <= made["interval95"][1]
    assert verify("score", "--compare", tmp_path / "good.tsv", tmp_path / "good.tsv", "--engine", "none") == 0
    assert json.loads(capsys.readouterr().out)["p"] == 1.0
    (tmp_path / "other.tsv").write_text("别的。\tOther.\n", "utf-8")
    assert verify("score", "--compare", tmp_path / "good.tsv", tmp_path / "other.tsv", "--engine", "none") == 2


def test_an_engine_without_calibration_says_so_and_one_fitted_for_it_serves(tmp_path, table, capsys):
    pytest.importorskip("scipy")
    pytest.importorskip("torch")
    from translate_tiny import converted, marian

    engine = f"ct2:{converted(marian(True))}"
    assert verify("score", table, "--engine", engine, "--no-cache") == 0
    out, err = capsys.readouterr()
    assert "|quality:uncalibrated|" in out and "uncalibrated" in err.splitlines()[-1]
    assert all(0 <= json.loads(line)["score"] <= 1 for line in out.splitlines())

    folder = tmp_path / "eval"
    folder.mkdir()
    write = lambda name, rows: lzma.open(folder / name, "wt", encoding="utf-8").writelines(json.dumps(row) + "\n" for row in rows)
    texts = [("谈判可能在五月举行。" + "我们" * i, f"Talks could be held in May {'x ' * i}.", f"Exports rose {i}.") for i in range(24)]
    write("mqm-wmt20-news.jsonl.xz", [dict(system=s, seg=20 * i, zh=zh, en=en, mqm=m) for i, (zh, a, b) in enumerate(texts) for s, en, m in (("A", a, -1), ("B", b, -9))])
    for name in ("mqm-wmt21-news", "mqm-wmt21-ted"):
        write(f"{name}.jsonl.xz", [dict(system=s, doc=f"d{i % 7}", seg=str(i), rater="r", zh=zh, en=en, errors=e) for i, (zh, a, b) in enumerate(texts)
                                   for s, en, e in (("A", a, []), ("B", b, [{"start": 0, "end": 3, "severity": "major"}]))])
    write("demetr-zh-odd.jsonl.xz", [dict(id=i, src_sent=zh, mt_sent=a, pert_sent=b) for i, (zh, a, b) in enumerate(texts)])
    sys.path.insert(0, str(ROOT / "tools"))
    import fit_quality

    out = tmp_path / "own.json"
    fit_quality.main(["--direction", "zh-en", "--engine", engine, "--eval", str(folder), "--work", str(tmp_path / "w"), "--out", str(out), "--share", "0.1"])
    capsys.readouterr()
    assert verify("score", table, "--engine", engine, "--no-cache", "--calibration", out) == 0
    printed, err = capsys.readouterr()
    assert "|quality:zh-en-full-" in printed and "uncalibrated" not in printed + err
    good, bad = (next(iter(score([pair], replace(ScorePlan(), calibration=quality.read(out)), None))) for pair in (texts[0][:2], texts[0][::2]))
    assert good.score > bad.score  # what it was taught, even without the engine
    assert verify("score", table, "--calibration", out) == 2  # another engine than it was fitted for
    assert "was fitted for zh-en" in capsys.readouterr().err
    with pytest.raises(InputError, match="tiny"):
        quality.read(tmp_path / "tiny")


def test_a_pair_with_an_empty_side_has_the_finding_of_a_gap():
    both = list(score([("谈判可能在五月举行。", ""), ("", "Talks could be held in May."), ("", "")], ScorePlan(back_translation=False)))
    assert [[f.check for f in one.findings] for one in both] == [["omission"], ["addition"], []]
    assert both[0].findings[0].source.end == 10 and [one.score for one in both] == [0, 0, 0]
    assert [one.unreliable for one in both] == [(), (), ("both sides are empty",)]
    only_numbers = score([("谈判可能在五月举行。", "")], ScorePlan(back_translation=False, select=["number"]))
    assert next(only_numbers).findings == []


@pytest.mark.parametrize("text, plan, copied", [
    ("央行周三宣布加息。", ScorePlan(), True), ("The bank raised rates on Wednesday.", ScorePlan(), True), ("The  Bank raised rates, on Wednesday", ScorePlan(fast=True), True),
    ("Windows 11 Pro", ScorePlan(), False), ("央行周三宣布加息。", ScorePlan(target_language="zh-Hant"), False)])
def test_a_translation_that_is_its_source_again_was_not_translated(text, plan, copied):
    [made] = score([(text, text.replace("  ", " "))], plan)
    assert (made.score == 0) == copied
    assert [(f.check, f.category.value) for f in made.findings] == [("omission", "accuracy/untranslated")] * (copied and not plan.fast)


@pytest.mark.parametrize("content, message", [
    ('{"source": "你好。", "target": "Hello."}\n{"source": "你好\\ud800。", "target": "Hello."}\n', ":2: half a surrogate"),
    ('{"source": "你好。", "target": "Hel\\u0000lo."}\n', ":1: a NUL byte"),
    ('{"source": "你好。", "target": "' + 417 * "Hello there. " + '"}\n', ":1: 5,421 characters on a side"),
])
def test_a_row_that_is_no_text_is_named(content, message, tmp_path, capsys):
    (tmp_path / "a.jsonl").write_text(content, encoding="utf-8")
    assert verify("score", str(tmp_path / "a.jsonl"), "--engine", "none") == 2
    assert message in capsys.readouterr().err


def test_a_file_without_a_pair_is_no_success(tmp_path, capsys):
    (tmp_path / "a.tsv").write_text("source\ttarget\n", encoding="utf-8")
    assert verify("score", str(tmp_path / "a.tsv"), "--engine", "none") == 2
    assert "holds no pairs from zh to en" in capsys.readouterr().err


@pytest.mark.parametrize("head", [b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\n", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"])  # a photograph, a drawing
def test_a_binary_file_is_told_of_in_one_line(head, tmp_path, capsys):
    (tmp_path / "a.tsv").write_bytes(head + b"\x89\x02\n" * 40)
    assert verify("score", str(tmp_path / "a.tsv"), "--engine", "none") == 2
    told = capsys.readouterr().err.strip()
    assert "a.tsv:1: is binary, not text" in told and "\n" not in told
