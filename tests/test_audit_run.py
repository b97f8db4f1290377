"""An audit's shards depend on corpus and settings alone: kills, processes and order leave no trace in them."""

import os
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

pytest.importorskip("pyarrow")
pytest.importorskip("duckdb")

import pyarrow.parquet as parquet  # noqa: E402

from verify.audit import AuditSettings, run, shard  # noqa: E402
from verify.audit.folder import Folder  # noqa: E402
from verify.text import InputError  # noqa: E402

SETTINGS = AuditSettings(model="none", fast=True, shard_rows=20)


def corpus(tmp_path: Path, rows: int = 130) -> Path:
    path = tmp_path / "corpus.tsv"
    lines = [f"他在{i % 90}月说了第{i % 90}句话。\tHe said sentence {i % 90} in month {i % 90}." for i in range(rows)]
    lines[7:7] = ["alone", "好\0\tgood"]
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.name != ".lock"}


def command(path: Path, out: Path, *more: str) -> list[str]:
    return [sys.executable, "-m", "verify.cli.main", "audit", str(path), "--out", str(out), "--model", "none", "--fast",
            "--shard-rows", "20", *more]


def table(folder: Path) -> list[dict]:
    return [row for path in sorted(folder.glob("shard-*.parquet")) for row in parquet.read_table(path).to_pylist()]


def test_bad_rows_stand_in_their_place_and_equal_pairs_are_computed_once(tmp_path, monkeypatch):
    seen = []
    real = shard.score
    monkeypatch.setattr(shard, "score", lambda pairs, *rest: real(seen.extend(pairs) or pairs, *rest))
    path = tmp_path / "twice.tsv"
    path.write_text("是\tyes\nalone\n是\tyes\n好\0\tgood\n", "utf-8")
    outcome = run([str(path)], tmp_path / "out", SETTINGS)
    assert outcome.complete and outcome.rows == 4 and outcome.errors == 2
    assert seen == [("是", "yes")]
    rows = table(tmp_path / "out")
    assert [(r["place"], r["error"]) for r in rows if r["error"]] == [(2, "1 column(s), expected at least 2"), (4, "a NUL byte: this is no text")]
    assert rows[0]["score"] == rows[2]["score"] is not None
    assert outcome.summary["first_errors"][0] == {"file": str(path), "place": 2, "error": "1 column(s), expected at least 2", "rows": 1}


def test_a_pair_that_breaks_a_check_is_recorded_and_its_neighbours_are_scored(tmp_path, monkeypatch):
    real = shard.score

    def fragile(pairs, *rest):
        if any("41" in source for source, _ in pairs):
            raise ZeroDivisionError("at 41")
        return real(pairs, *rest)

    monkeypatch.setattr(shard, "score", fragile)
    run([str(corpus(tmp_path))], tmp_path / "out", SETTINGS)
    rows = table(tmp_path / "out")
    wrong = [r for r in rows if (r["error"] or "").startswith("could not be scored: ZeroDivisionError")]
    assert [("41" in r["source"]) for r in wrong] == [True]
    assert sum(r["score"] is not None for r in rows) == 129


def test_killed_and_resumed_is_byte_for_byte_the_uninterrupted_run(tmp_path):
    path = corpus(tmp_path, 1500)
    run([str(path)], tmp_path / "whole", SETTINGS)
    kills = 0
    for _ in range(3):
        before = len(list((tmp_path / "killed").glob("shard-*"))) if kills else 0
        process = subprocess.Popen(command(path, tmp_path / "killed", "--processes", "1"), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while process.poll() is None and len(list((tmp_path / "killed").glob("shard-*"))) < before + 3:
            time.sleep(0.005)
        kills += process.poll() is None
        process.send_signal(signal.SIGKILL)
        process.wait()
    assert kills == 3 and "summary.json" not in contents(tmp_path / "killed")
    assert subprocess.run(command(path, tmp_path / "killed"), capture_output=True).returncode == 0
    assert contents(tmp_path / "killed") == contents(tmp_path / "whole")


def test_a_worker_that_is_killed_costs_nothing(tmp_path):
    path = corpus(tmp_path, 1000)
    run([str(path)], tmp_path / "one", SETTINGS)
    killed = []

    def kill_one(outcome):
        if outcome.rows > 100 and not killed:
            children = Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children")
            if not children.exists():
                pytest.skip("no /proc to find a worker in")
            workers = [int(pid) for pid in children.read_text().split() if b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes()]
            killed.append(workers[0])
            os.kill(workers[0], signal.SIGKILL)

    outcome = run([str(path)], tmp_path / "two", SETTINGS, processes=2, progress=kill_one)
    assert killed and outcome.complete
    assert contents(tmp_path / "two") == contents(tmp_path / "one")


def test_a_full_disk_is_one_line_and_the_same_command_goes_on(tmp_path):
    path = corpus(tmp_path)
    limited = subprocess.run(command(path, tmp_path / "out", "--processes", "1"), capture_output=True, text=True,
                             preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096)))
    assert limited.returncode == 2
    assert "cannot be written: file too large" in limited.stderr.splitlines()[-1] and "Traceback" not in limited.stderr
    assert not list((tmp_path / "out").glob("shard-*")) and not list((tmp_path / "out").glob(".*.tmp"))
    run([str(path)], tmp_path / "out", SETTINGS)
    run([str(path)], tmp_path / "whole", SETTINGS)
    assert contents(tmp_path / "out") == contents(tmp_path / "whole")


def test_budget_stops_in_order_and_the_rest_follows(tmp_path):
    path = corpus(tmp_path)
    stopped = run([str(path)], tmp_path / "out", SETTINGS, budget=0)
    assert not stopped.complete and stopped.rows == 0 and stopped.summary["complete"] is False
    finished = run([str(path)], tmp_path / "out", SETTINGS)
    assert finished.complete and finished.rows == 132
    again = run([str(path)], tmp_path / "out", SETTINGS)
    assert again.earlier == 132 and again.digest == finished.digest


def test_what_is_refused_is_refused_before_anything_is_touched(tmp_path):
    path = corpus(tmp_path)
    run([str(path)], tmp_path / "out", SETTINGS)
    before = contents(tmp_path / "out")
    with pytest.raises(InputError, match="other settings .shard_rows: 20 there, 30 now"):
        run([str(path)], tmp_path / "out", AuditSettings(model="none", fast=True, shard_rows=30))
    with Folder(tmp_path / "out").locked(), pytest.raises(InputError, match="another audit is writing"):
        run([str(path)], tmp_path / "out", SETTINGS)
    path.write_text("好\tother\n", "utf-8")
    with pytest.raises(InputError, match="other inputs"):
        run([str(path)], tmp_path / "out", SETTINGS)
    assert contents(tmp_path / "out") == before
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("years of work")
    with pytest.raises(InputError, match="holds other things"):
        run([str(path)], tmp_path / "mine", SETTINGS)
    with pytest.raises(InputError, match="cannot be written"):
        run([str(path)], path / "below-a-file", SETTINGS)
    wrong = tmp_path / "wrong.csv"
    wrong.write_text("left,right\n1,2\n")
    with pytest.raises(InputError, match="no column"):
        run([str(wrong)], tmp_path / "never", SETTINGS)
    assert not (tmp_path / "never").exists()


def test_a_folder_is_read_in_order_and_a_broken_file_in_it_is_one_bad_row(tmp_path):
    (tmp_path / "in" / "sub").mkdir(parents=True)
    (tmp_path / "in" / "b.jsonl").write_text('{"source": "是", "target": "yes"}\n')
    (tmp_path / "in" / "sub" / "c.xlf").write_text('<xliff version="1.0"/>')
    (tmp_path / "in" / "a.tsv").write_text("好\tgood\n")
    (tmp_path / "in" / "notes.pdf").write_text("no pairs")
    run([str(tmp_path / "in")], tmp_path / "out", SETTINGS)
    rows = table(tmp_path / "out")
    assert [Path(r["file"]).name for r in rows] == ["a.tsv", "b.jsonl", "c.xlf"]
    assert "XLIFF version" in rows[2]["error"]


def test_scores_of_the_shipped_model_do_not_depend_on_the_shard(tmp_path):
    pytest.importorskip("ctranslate2")
    path = corpus(tmp_path, 30)
    scores = []
    for size in (4, 30):
        settings = AuditSettings(fast=True, shard_rows=size)
        try:
            run([str(path)], tmp_path / f"out{size}", settings, cache=False)
        except InputError as missing:
            pytest.skip(str(missing))
        scores.append([row["score"] for row in table(tmp_path / f"out{size}")])
    assert scores[0] == scores[1] and len(set(scores[0])) > 5


def test_results_of_audits_are_no_part_of_a_corpus(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.tsv").write_text("source\ttarget\n好\tgood\n", "utf-8")
    (tmp_path / "in" / "site").mkdir()
    (tmp_path / "in" / "site" / "manifest.json").write_text('{"name": "a web page", "start_url": "."}')
    (tmp_path / "in" / "site" / "b.tsv").write_text("source\ttarget\n是\tyes\n", "utf-8")
    first = run([str(tmp_path / "in")], tmp_path / "in" / "out", SETTINGS)
    again = run([str(tmp_path / "in")], tmp_path / "in" / "out", SETTINGS)
    beside = run([str(tmp_path / "in")], tmp_path / "in" / "site" / "out", SETTINGS)
    assert first.rows == 2 and again.earlier == 2 and again.digest == first.digest == beside.digest
    assert beside.notes == [f"{(tmp_path / 'in' / 'out').as_posix()}: left out, it holds the results of an audit"]
    with pytest.raises(InputError, match="holds the results of an audit, and no corpus"):
        run([str(tmp_path / "in" / "out")], tmp_path / "never", SETTINGS)
    assert not (tmp_path / "never").exists()
