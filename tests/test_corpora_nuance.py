"""The public challenge set holds what its README promises, and its validator sees faults."""

import importlib.util
import json
import subprocess
import sys
from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parents[1] / "corpora" / "nuance"


@pytest.fixture(scope="module")
def validate():
    spec = importlib.util.spec_from_file_location("validate_nuance", FOLDER / "validate.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def item():
    return json.loads((FOLDER / "dev.jsonl").read_text(encoding="utf-8").splitlines()[0])


def test_the_set_is_valid_and_complete(validate, capsys):
    assert validate.main([]) == 0, capsys.readouterr().err


def test_the_other_files_are_valid(validate, capsys):
    assert validate.main([str(FOLDER / name) for name in ("fresh.jsonl", "train.jsonl", "tune.jsonl")]) == 0, capsys.readouterr().err


def test_no_sentence_is_in_two_parts():
    parts = [{json.loads(line)["zh"] for line in (FOLDER / name).read_text(encoding="utf-8").splitlines()}
             for name in ("dev.jsonl", "test.jsonl", "fresh.jsonl", "train.jsonl", "tune.jsonl")]
    assert all(parts) and len(set().union(*parts)) == sum(map(len, parts))


SHORT = """@ mainland economy
Z 央行行长周三表示，下半年降息“并非不可能”。
A The central bank governor said on Wednesday that a rate cut in the second half was "not impossible".
B A second-half rate cut is "not out of the question", the governor of the central bank said on Wednesday.
A negation critical | "not impossible" => "not possible" | 并非不可能
B omission minor hard | said on Wednesday => said | 周三
A addition minor hard | rate cut => modest rate cut | -
"""


def compose(tmp_path, text):
    (tmp_path / "items.txt").write_text(text, encoding="utf-8")
    done = subprocess.run([sys.executable, FOLDER / "compose.py", tmp_path / "items.txt", "--out", tmp_path / "items.jsonl"], capture_output=True, text=True)
    return done, [json.loads(line) for line in (tmp_path / "items.jsonl").read_text(encoding="utf-8").splitlines()]


def test_the_short_form_copies_all_but_the_edit_and_finds_its_words(tmp_path):
    done, (item,) = compose(tmp_path, SHORT)
    assert done.returncode == 0 and [bad["en_span"] for bad in item["bad"]] == ['possible"', None, "modest"]
    assert [bad["zh_span"] for bad in item["bad"]] == ["并非不可能", "周三", None]
    assert item["bad"][0]["en"] == item["good"][0].replace("impossible", "possible")


def test_a_fault_of_the_short_form_is_told_with_its_line(tmp_path):
    done, items = compose(tmp_path, SHORT.replace("said on Wednesday => said", "said on Thursday => said"))
    assert done.returncode == 1 and not items and "items.txt:6: 'said on Thursday' stands 0 times" in done.stderr


@pytest.mark.parametrize("damage, told", [
    (lambda item: item["bad"][0].update(en_span="not there at all"), "is not in en"),
    (lambda item: item["bad"][0].update(zh_span="并无此句"), "is not in zh"),
    (lambda item: item["bad"][0].update(en=item["good"][1]), "two renderings are the same"),
    (lambda item: item["bad"][0].update(category="tone"), "unknown category"),
    (lambda item: item["bad"][0].update(en="Something else entirely.", en_span="else"), "too far from both"),
    (lambda item: item.update(region="taiwan"), "in a text of region taiwan"),
    (lambda item: item.update(id="x1"), "is not n, v or f"),
])
def test_a_fault_is_told_with_its_line(validate, item, tmp_path, capsys, damage, told):
    damage(item)
    broken = tmp_path / "broken.jsonl"
    broken.write_text(json.dumps(item, ensure_ascii=False) + "\n", encoding="utf-8")
    assert validate.main([str(broken)]) == 1
    error = capsys.readouterr().err
    assert error.startswith("broken.jsonl:1: ") and told in error


def test_a_line_seen_twice_is_told(validate, item, tmp_path, capsys):
    twice = tmp_path / "twice.jsonl"
    twice.write_text((json.dumps(item) + "\n") * 2, encoding="utf-8")
    assert validate.main([str(twice)]) == 1
    assert "is already at twice.jsonl:1" in capsys.readouterr().err
