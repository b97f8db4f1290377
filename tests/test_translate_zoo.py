"""The table of known models, and how names become engines."""

from __future__ import annotations

import json
import re

import pytest

from verify.text import InputError
from verify.translate import load, places, zoo
from verify.translate.engine import NoEngine
from verify.translate.family import Coded, Direction, Marian
from verify.translate.registry import Several


@pytest.fixture(autouse=True)
def own_home(tmp_path, monkeypatch):
    monkeypatch.setenv("VERIFY_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("VERIFY_CACHE", str(tmp_path / "cache"))


def test_every_row_says_what_a_user_must_know():
    for name, model in zoo.models().items():
        assert re.fullmatch(r"[a-z0-9.-]+", name)
        assert model.repository.count("/") == 1 and model.size > 0 and model.licence
        assert model.family in ("marian", "nllb", "m2m100") and bool(model.pairs) == (model.family == "marian")
        json.dumps(model.description())


def test_opus_en_zh_is_told_the_script():
    pairs = {p["target"]: p.get("prefix") for p in zoo.find("Helsinki-NLP/opus-mt-en-zh").pairs}
    assert pairs == {"zh": ">>cmn_Hans<<", "zh-Hant": ">>cmn_Hant<<"}


def test_nllb_says_that_it_is_not_for_commerce():
    assert zoo.find("nllb-200-distilled-600M").licence == "CC-BY-NC-4.0"
    assert zoo.codes("nllb")["zh-Hant"] == "zho_Hant"


def test_directions_and_scripts():
    both = [Direction("en", "zh-Hant", ">>cmn_Hant<<"), Direction("en", "zh", ">>cmn_Hans<<")]
    family = Marian.__new__(Marian)
    family.directions = {(d.source, d.target): d for d in both}
    assert family.source_tokens(["▁a"], "en", "zh") == [">>cmn_Hans<<", "▁a", "</s>"]
    assert family.source_tokens(["▁a"], "en", "zh-Hant")[0] == ">>cmn_Hant<<"
    assert family.source_tokens(["▁a"], "en", "zh-TW")[0] == ">>cmn_Hans<<"
    assert not family.supports("zh", "en")
    coded = Coded.__new__(Coded)
    coded.codes = zoo.codes("nllb")
    assert coded.source_tokens(["▁a"], "zh-Hant", "en") == ["zho_Hant", "▁a", "</s>"]
    assert coded.target_prefix("en") == ["eng_Latn"]
    assert coded.supports("ja", "zh") and not coded.supports("xx", "en")


@pytest.mark.parametrize("source, target, advice", [
    ("ja", "en", "verify models download opus-mt-ja-en"), ("zh", "ja", "verify models download m2m100-418m"),
    ("tlh", "en", "hub:REPOSITORY")])
def test_the_error_for_a_pair_names_a_way(source, target, advice):
    error = zoo.no_engine("pocket", source, target)
    assert isinstance(error, NoEngine) and advice in str(error) and f"{source}→{target}" in str(error)


def test_a_model_that_is_here_already_is_named_instead():
    folder = places.models() / "opus-mt-ja-en"
    folder.mkdir(parents=True)
    (folder / "model.bin").touch()
    assert "--engine ct2:opus-mt-ja-en" in str(zoo.no_engine("pocket", "ja", "en"))


@pytest.mark.parametrize("spec, what", [
    ("ct2:opus-mt-zh-en", "verify models download opus-mt-zh-en"), ("ct2:nothing-like-it", "verify models list"),
    ("hub:opus-mt-zh-en", "verify models download opus-mt-zh-en"), ("opus-mt-zh-en", "ct2:opus-mt-zh-en"),
    ("bablefish", "pocket, ct2:NAME"), (",", "pocket, ct2:NAME"), ("ct2:", "pocket, ct2:NAME")])
def test_a_name_without_a_model_is_refused_with_a_cure(spec, what):
    if spec.startswith("hub:"):
        pytest.importorskip("transformers")
    with pytest.raises(InputError, match=re.escape(what)):
        load(spec)


def test_a_folder_that_is_no_model_is_refused(tmp_path):
    pytest.importorskip("ctranslate2")
    with pytest.raises(InputError, match=r"model\.bin is missing"):
        load(f"ct2:{tmp_path}")
    (tmp_path / "model.bin").write_bytes(b"no model")
    with pytest.raises(InputError, match="which languages"):
        load(f"ct2:{tmp_path}")
    (tmp_path / "verify.json").write_text("{broken")
    with pytest.raises(InputError, match="cannot be read"):
        load(f"ct2:{tmp_path}")


def test_several_engines_share_the_directions():
    class One:
        def __init__(self, pair):
            self.pair, self.name, self.signature = pair, "-".join(pair), f"model:{pair}"

        def supports(self, source, target):
            return (source, target) == self.pair

        def translate(self, texts, source, target):
            return [self.name]

    engine = Several([One(("zh", "en")), One(("en", "zh"))])
    assert engine.translate(["x"], "en", "zh") == ["en-zh"] and engine.translate(["x"], "zh", "en") == ["zh-en"]
    with pytest.raises(NoEngine):
        engine.translate(["x"], "ja", "en")
