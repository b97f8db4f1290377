"""The public challenge set holds what its README promises, and its validator sees faults."""

import importlib.util
import json
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


def test_no_sentence_is_in_both_parts():
    dev, test = ({json.loads(line)["zh"] for line in (FOLDER / name).read_text(encoding="utf-8").splitlines()}
                 for name in ("dev.jsonl", "test.jsonl"))
    assert dev and test and not dev & test


@pytest.mark.parametrize("damage, told", [
    (lambda item: item["bad"][0].update(en_span="not there at all"), "is not in en"),
    (lambda item: item["bad"][0].update(zh_span="并无此句"), "is not in zh"),
    (lambda item: item["bad"][0].update(en=item["good"][1]), "two renderings are the same"),
    (lambda item: item["bad"][0].update(category="tone"), "unknown category"),
    (lambda item: item["bad"][0].update(en="Something else entirely.", en_span="else"), "too far from both"),
    (lambda item: item.update(region="taiwan"), "in a text of region taiwan"),
    (lambda item: item.update(id="x1"), "is not n or v"),
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
