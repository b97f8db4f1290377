"""The cache: same answers, less work, nothing readable, and never in the way."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from verify.translate.cache import CachedEngine
from verify.translate.engine import Engine, TokenScores, Translation


class Counting:
    """An engine that counts the inputs it has to work for."""

    name, signature = "counting", "model:counting-1"

    def __init__(self):
        self.worked = []

    def supports(self, source, target):
        return True

    def translate(self, texts, source, target):
        self.worked += texts
        return [Translation(f"{target}: {text}", -0.25, ("repetition",) if "loop" in text else ()) for text in texts]

    def score(self, pairs, source, target):
        self.worked += pairs
        return [TokenScores(("▁a", "</s>"), (-0.125, -1 / 3), ((0, 1), (1, 1))) for _ in pairs]


@pytest.fixture
def path(tmp_path):
    return tmp_path / "cache" / "engines.sqlite"


def test_what_was_said_is_not_computed_again(path):
    inner = Counting()
    engine = CachedEngine(inner, path)
    first = engine.translate(["一", "loop", "一"], "zh", "en")
    scores = engine.score([("一", "one")], "zh", "en")
    assert inner.worked == ["一", "loop", ("一", "one")]
    later = CachedEngine(Counting(), path)
    assert later.translate(["loop", "一"], "zh", "en") == [first[1], first[0]]
    assert later.score([("一", "one")], "zh", "en") == scores
    assert later.engine.worked == []
    assert isinstance(later, Engine)


def test_another_direction_model_or_method_is_another_question(path):
    engine = CachedEngine(Counting(), path)
    engine.translate(["一"], "zh", "en")
    engine.translate(["一"], "zh", "ja")
    other = Counting()
    other.signature = "model:counting-2"
    CachedEngine(other, path).translate(["一"], "zh", "en")
    assert engine.engine.worked == ["一", "一"] and other.worked == ["一"]


def test_no_text_can_be_read_in_the_file(path):
    engine = CachedEngine(Counting(), path)
    engine.translate(["the minister resigns tomorrow"], "en", "zh")
    engine.cache.connection.close()
    stored = b"".join(file.read_bytes() for file in path.parent.iterdir())
    assert len(stored) > 4096
    for word in (b"minister", b"resigns", b"zh: ", b"repetition"):
        assert word not in stored


def test_a_broken_file_is_set_aside_and_rebuilt(path, capsys):
    path.parent.mkdir()
    path.write_bytes(b"this is no database" * 1000)
    engine = CachedEngine(Counting(), path)
    engine.translate(["一"], "zh", "en")
    assert "set aside as engines.sqlite.broken" in capsys.readouterr().err
    assert (path.parent / "engines.sqlite.broken").read_bytes().startswith(b"this is no")
    again = CachedEngine(Counting(), path)
    again.translate(["一"], "zh", "en")
    assert again.engine.worked == []


def test_a_damaged_entry_is_computed_anew(path):
    engine = CachedEngine(Counting(), path)
    made = engine.translate(["一"], "zh", "en")
    engine.cache.connection.execute("UPDATE said SET value = x'00112233'")
    assert engine.translate(["一"], "zh", "en") == made
    assert engine.engine.worked == ["一", "一"]


def test_without_a_place_to_write_it_works_without_a_cache(tmp_path, capsys):
    (tmp_path / "file").write_text("not a folder")
    engine = CachedEngine(Counting(), tmp_path / "file" / "engines.sqlite")
    engine.translate(["一"], "zh", "en")
    assert [made.text for made in engine.translate(["一"], "zh", "en")] == ["en: 一"]
    assert capsys.readouterr().err.count("no cache") == 1


def test_a_cache_over_its_limit_begins_anew(path, monkeypatch):
    CachedEngine(Counting(), path).translate(["一"], "zh", "en")
    monkeypatch.setattr("verify.translate.cache.LARGEST", 1)
    engine = CachedEngine(Counting(), path)
    engine.translate(["一"], "zh", "en")
    assert engine.engine.worked == ["一"]


def test_several_processes_write_at_once(path):
    program = (
        "import sys; from pathlib import Path; sys.path.insert(0, 'tests'); from test_translate_cache import Counting;"
        "from verify.translate.cache import CachedEngine; engine = CachedEngine(Counting(), Path(sys.argv[1]));"
        "[engine.translate([f'{sys.argv[2]}-{i}', f'shared-{i}'], 'zh', 'en') for i in range(40)]")
    root = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    running = [subprocess.Popen([sys.executable, "-c", program, str(path), str(n)], cwd=root, stderr=subprocess.PIPE,
                                env={**os.environ, "PYTHONPATH": root}) for n in range(3)]
    assert [process.communicate()[1] for process in running] == [b""] * 3
    engine = CachedEngine(Counting(), path)
    engine.translate([f"{n}-{i}" for n in range(3) for i in range(40)] + [f"shared-{i}" for i in range(40)], "zh", "en")
    assert engine.engine.worked == []
