"""Decisions: append-only, undone, merged as text, shared by processes, and whole after a kill."""

import json
import signal
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from deciding import decide
from report_sample import report

from verify.cli.main import main
from verify.decisions import Decisions, dismissed, holds_decisions
from verify.finding import Category, Finding, Severity
from verify.suppress import read_baseline
from verify.text import InputError, Span

F, G = "00112233aabbccdd", "ffeeddccbbaa9988"
ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture
def path(tmp_path):
    return tmp_path / "decisions.sqlite"


def test_decisions_survive_curly_quote_marks_in_the_draft():
    def fingerprint(words, context, said="确实"):
        target, source = (Span(name, 0, len(text), text) for name, text in (("d", words), ("w", said)))
        return Finding("name", Category.MISTRANSLATION, Severity.MINOR, "x", source, target, evidence={"context": context}).fingerprint

    straight = fingerprint("it's \"a card\"", 'He said: "it\'s "a card"." 12')
    assert straight == fingerprint("it’s “a card”", "He said: “it’s “a card”.” 12") == "302f443d856cba97"  # as saved before
    assert straight != fingerprint("it's \"a card\"", 'He said: "it\'s "a card"." 12', said="“确实”")


def test_the_latest_decision_counts_and_all_are_kept(path):
    with Decisions(path) as d:
        decide(d, F, "accepted", author="mei")
        last = decide(d, F, "dismissed", author="jo", reason="  the minister's own English ", check="emphasis", message="说", witness="record")
    with Decisions(path) as d:
        assert d.current() == {F: last} and last.reason == "the minister's own English"
        assert [x.state for x in d.history(F)] == ["accepted", "dismissed"] and d.history(G) == []
        assert d.since(1) == [last] and d.since(last.number) == []


@pytest.mark.parametrize("given", [dict(state="dismissed", author="mei"), dict(state="wrong", author="mei"), dict(state="open", author=" "),
                                   dict(state="open", author="mei", fingerprint="../etc")])
def test_what_is_no_decision_is_refused_and_not_recorded(path, given):
    with Decisions(path) as d:
        with pytest.raises(InputError):
            decide(d, given.pop("fingerprint", F), given.pop("state"), **given)
        assert d.history() == []


def test_undo_reverses_the_authors_own_latest_decision_and_nobody_elses(path):
    with Decisions(path) as d:
        decide(d, F, "dismissed", author="mei", reason="first")
        decide(d, F, "dismissed", author="mei", reason="second")
        decide(d, G, "accepted", author="jo")
        assert d.undo("mei").state == "dismissed" and d.current()[F].reason == "first"
        assert d.undo("mei").state == "open" and d.current()[F].state == "open"
        assert d.undo("mei") is None and d.current()[G].state == "accepted"
        decide(d, F, "accepted", author="mei")
        assert d.current()[F].state == "accepted" and len(d.history()) == 6


def test_a_bulk_is_undone_whole(path):
    findings = report().findings
    with Decisions(path) as d:
        decide(d, F, "accepted", author="mei")
        assert len(d.decide_all(findings, "dismissed", author="mei", reason="checked by telephone")) == len(findings)
        d.undo("mei")
        assert {f.fingerprint: "open" for f in findings} | {F: "accepted"} == {k: v.state for k, v in d.current().items()}


def test_texts_merge_in_any_order_and_twice_with_one_result(tmp_path):
    with Decisions(tmp_path / "a") as a, Decisions(tmp_path / "b") as b:
        decide(a, F, "dismissed", author="mei", reason="tab\there,\nline “quote” \u2028 \x7f <b>")
        assert b.merge(a.to_text()) == 1
        decide(b, F, "accepted", author="jo")
        decide(b, G, "accepted", author="jo")
        b.undo("jo")
        a.undo("mei")
        decide(a, G, "dismissed", author="mei", reason="no")
        union = "".join(sorted({*a.to_text().splitlines(True), *b.to_text().splitlines(True)}, reverse=True))
        assert a.merge(b.to_text()) == 3 and b.merge(union) == 2
        assert a.merge(union) == b.merge(a.to_text()) == 0
        assert a.to_text() == b.to_text() and a.to_text().count("\n") == 6
        states = lambda d: {k: v.state for k, v in d.current().items()}
        assert states(a) == states(b) == {F: "accepted", G: "dismissed"}


def test_a_line_that_was_altered_or_left_in_conflict_is_refused_with_its_number_and_nothing_is_taken(tmp_path):
    with Decisions(tmp_path / "a") as a, Decisions(tmp_path / "b") as b:
        for state in ("accepted", "open"):
            decide(a, F, state, author="mei")
        good = a.to_text()
        future = good.replace("20", "90", 1)
        for bad in (good.replace('"open"', '"accepted"'), good + "<<<<<<< HEAD\n", good + "{}\n", good + "[1]\n", good + "x\n", future,
                    good + json.dumps({"fingerprint": 3}) + "\n"):
            with pytest.raises(InputError) as error:
                b.merge(bad, "mei.jsonl")
            assert error.value.line == (1 if bad is future else 3 if bad.startswith(good) else 2) and b.history() == []


def test_dismissals_are_a_baseline_as_file_and_as_text(path, tmp_path):
    findings = report().findings
    with Decisions(path) as d:
        d.decide_all(findings[:2], "dismissed", author="mei", reason="ok")
        decide(d, findings[2].fingerprint, "accepted", author="mei")
        text = tmp_path / "decisions.jsonl"
        text.write_text(d.to_text(), "utf-8")
    for file in (path, text):
        assert holds_decisions(file)
        assert {(e.fingerprint, e.reason, e.author) for e in read_baseline(file)} == {(f.fingerprint, "ok", "mei") for f in findings[:2]}


def test_foreign_and_damaged_files_are_an_input_error_and_stay_as_they_are(tmp_path):
    other = tmp_path / "places.sqlite"
    with sqlite3.connect(other) as connection:
        connection.execute("CREATE TABLE bookmarks (url TEXT)")
    text = tmp_path / "notes.txt"
    text.write_text("do not overwrite")
    whole = tmp_path / "whole.sqlite"
    with Decisions(whole) as d:
        for n in range(200):
            decide(d, F, "dismissed", author="mei", reason=f"{n} " * 40)
    data = whole.read_bytes()
    torn, scrambled = tmp_path / "torn.sqlite", tmp_path / "scrambled.sqlite"
    torn.write_bytes(data[:6000])
    scrambled.write_bytes(data[:4096] + b"\xa5" * 8192 + data[12288:])
    for file in (other, text, torn, scrambled, tmp_path, tmp_path / "no" / "folder.sqlite"):
        before = file.read_bytes() if file.is_file() else None
        with pytest.raises(InputError) as error:
            Decisions(file)
        assert str(file) in str(error.value)
        assert before == (file.read_bytes() if file.is_file() else None)
    with pytest.raises(InputError):
        dismissed(torn)


def test_two_editors_and_many_threads_lose_nothing(path):
    other = "import sys; sys.path.append('tests')\nfrom deciding import decide\nfrom verify.decisions import Decisions\nwith Decisions(sys.argv[1]) as d:\n for n in range(60): decide(d, f'{n:016x}', 'accepted', author='jo')"
    process = subprocess.Popen([sys.executable, "-c", other, str(path)], cwd=ROOT)
    with Decisions(path) as d:
        work = lambda name: [decide(d, f"{n:016x}", "accepted", author=name) for n in range(30)]
        threads = [threading.Thread(target=work, args=(f"mei{k}",)) for k in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert process.wait(60) == 0
        assert len(d.history()) == len(d.since(0)) == 60 + 90
        times = [x.time for x in d.since(0)]
        assert times == sorted(set(times))


def test_nothing_acknowledged_is_lost_when_the_writer_is_killed(path):
    writer = """import sys; sys.path.append('tests')
from deciding import decide
from verify.decisions import Decisions
d = Decisions(sys.argv[1])
while True: print(decide(d, '00112233aabbccdd', 'dismissed', author='mei', reason='x' * 3000).id, flush=True)"""
    acknowledged = []
    for kill_after in (1, 7, 23):
        process = subprocess.Popen([sys.executable, "-c", writer, str(path)], cwd=ROOT, stdout=subprocess.PIPE, text=True)
        acknowledged += [process.stdout.readline().strip() for _ in range(kill_after)]
        process.send_signal(signal.SIGKILL)
        acknowledged += [line.strip() for line in process.stdout.read().split("\n")[:-1]]  # told before it died
        process.wait()
        with Decisions(path) as d:
            ids = [x.id for x in d.history()]
            assert set(acknowledged) <= set(ids) and len(ids) - len(acknowledged) <= 3  # one a kill was written and not yet told
            decide(d, G, "open", author="mei")
            acknowledged.append(d.history(G)[-1].id)


def test_the_command_shows_exports_and_merges_and_loses_nothing(path, tmp_path, capsys):
    text, other = tmp_path / "decisions.jsonl", tmp_path / "jo.sqlite"
    with Decisions(path) as d:
        decide(d, F, "dismissed", author="mei", reason="fine", check="agent", witness="record", message="there \u202e is")
        decide(d, G, "accepted", author="mei")
        d.undo("mei")
    with Decisions(other) as d:
        decide(d, G, "accepted", author="jo")
    assert main(["decisions", "export", str(path), "--out", str(text)]) == 0
    assert main(["decisions", "export", str(other), "--out", str(text)]) == 0  # what is there stays
    assert text.read_text("utf-8").count("\n") == 4
    assert main(["decisions", "merge", str(other), str(text), str(text)]) == 0
    assert "3 new decisions" in (said := capsys.readouterr().err) and "0 new decisions" in said
    assert main(["decisions", "show", str(other)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 2 and "mei  agent record: there ‹U+202E› is  Reason: fine" in lines[0] and lines[1].startswith("accepted")
    assert main(["decisions", "show", str(text), "--history"]) == 0 and "(undone)" in capsys.readouterr().out
    (tmp_path / "notes.txt").write_text("hello")
    for command in (["show", "none"], ["show", str(tmp_path / "notes.txt")], ["export", str(tmp_path / "notes.txt")], ["merge", str(path), str(tmp_path / "notes.txt")]):
        assert main(["decisions", *command]) == 2


def test_a_merge_that_fails_leaves_nothing_half_made(path, tmp_path, capsys):
    with Decisions(path) as a:
        decide(a, F, "accepted", author="jo")
        good = a.to_text()
    (tmp_path / "good.jsonl").write_text(good, "utf-8")
    (tmp_path / "bad.jsonl").write_text("no decision\n", "utf-8")
    new = tmp_path / "new" / "decisions.sqlite"
    new.parent.mkdir()
    assert main(["decisions", "merge", str(new), str(tmp_path / "good.jsonl"), str(tmp_path / "bad.jsonl")]) == 2
    assert "bad.jsonl:1: no decision" in capsys.readouterr().err and not list(new.parent.iterdir())
