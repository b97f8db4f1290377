"""Any sentence encoder can align."""

import json
import sys
from types import ModuleType

import numpy as np
import pytest

from verify.align.beads import align
from verify.align.embedding import SentenceTransformerSimilarity
from verify.cli.main import main

FILL = " la" * 20
FR = ["un" + FILL, "deux trois" + FILL + FILL, "quatre" + FILL, "cinq" + FILL, "six" + FILL]
EN = [word + FILL for word in ("one", "two", "three", "four", "six")]
MEANING = {"un": 0, "one": 0, "deux": 1, "two": 1, "trois": 2, "three": 2, "quatre": 3, "four": 3, "cinq": 4, "six": 5}


def encode(texts):
    """A noisy bag of meanings."""
    vectors = np.random.default_rng(0).normal(0, 0.05, (len(texts), 16))
    for row, text in enumerate(texts):
        for word in set(text.split()) & set(MEANING):
            vectors[row, MEANING[word]] += 1
    return vectors


def test_beads_follow_the_encoder():
    similarity = SentenceTransformerSimilarity(encode)
    beads = align(FR, EN, similarity, source_language="fr", target_language="en")
    assert [(b.source, b.target) for b in beads] == [((0,), (0,)), ((1,), (1, 2)), ((2,), (3,)), ((3,), ()), ((4,), (4,))]


@pytest.fixture
def command(monkeypatch, tmp_path):
    """`verify align --embeddings` over a stand-in for sentence-transformers, and what the stand-in was asked for."""
    asked = []

    class SentenceTransformer:
        def __init__(self, model, **options):
            asked.append((model, options))
            if model == "nobody/nothing":
                raise OSError("nobody/nothing is not a local folder\nand more lines")
            self.encode = encode

    module = ModuleType("sentence_transformers")
    module.SentenceTransformer = SentenceTransformer
    monkeypatch.setitem(sys.modules, "sentence_transformers", module)
    for name, lines in (("fr.txt", FR), ("en.txt", EN)):
        (tmp_path / name).write_text("\n".join(lines) + "\n", "utf-8")
    texts = str(tmp_path / "fr.txt"), str(tmp_path / "en.txt")
    return lambda *args: main(["align", *texts, "--from", "fr", "--to", "en", "--one-per-line", "--format", "json", "--embeddings", *args]), asked


def test_the_command_aligns_by_the_model_and_a_folder_stays_off_the_network(command, capsys, tmp_path):
    run, asked = command
    for model, here in ((str(tmp_path), True), ("sentence-transformers/LaBSE", False)):
        assert run(model) == 0
        assert [(b["source"], b["target"]) for b in json.loads(capsys.readouterr().out)["beads"]][1:3] == [([1], [1, 2]), ([2], [3])]
        assert asked.pop() == (model, {"local_files_only": here, "trust_remote_code": False})


def test_what_is_missing_is_told_in_one_line(command, capsys, monkeypatch):
    run, _ = command
    assert run("nobody/nothing") == 2
    assert capsys.readouterr().err.splitlines()[-1].startswith("nobody/nothing: cannot be loaded: nobody/nothing is not a local folder.")
    assert run("nobody/nothing", "--engine", "pocket") == 2
    assert "--engine would be ignored" in capsys.readouterr().err
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)  # as where the extra is not installed
    assert run("sentence-transformers/LaBSE") == 2
    assert capsys.readouterr().err.splitlines()[-1] == (
        "sentence-transformers/LaBSE: sentence-transformers is not installed. pip install 'verify-translation[align]'.")
