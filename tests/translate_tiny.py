"""Tiny random models of each family, built once and saved as their authors save theirs."""

from __future__ import annotations

import atexit
import json
import shutil
import tempfile
from functools import lru_cache
from pathlib import Path

import pytest

ZH = ["我们确实握有一张牌。", "这不是为了支持美国。", "他强调，两国关系十分重要。", "出口额增长了百分之三。", "谈判可能在五月举行。", "日本持有１万亿美元国债。"]
EN = ["We do indeed hold a card.", "This was not done to support America.", "He emphasized that relations are very important.",
      "Exports rose by three percent.", "Talks could be held in May.", "Japan holds 1 trillion dollars of bonds."]


@lru_cache(maxsize=1)
def workplace() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="verify-tiny-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


@lru_cache(maxsize=1)
def spm() -> Path:
    """A joint SentencePiece model with byte fallback; ids: </s> 0, <unk> 1."""
    sentencepiece = pytest.importorskip("sentencepiece")
    text = workplace() / "text.txt"
    text.write_text("\n".join((ZH + EN) * 3), encoding="utf-8")
    sentencepiece.SentencePieceTrainer.train(
        input=str(text), model_prefix=str(workplace() / "spm"), vocab_size=430, hard_vocab_limit=False, model_type="unigram", byte_fallback=True,
        split_digits=True, normalization_rule_name="identity", eos_id=0, unk_id=1, bos_id=-1, pad_id=-1, minloglevel=2)
    return workplace() / "spm.model"


def pieces() -> list[str]:
    import sentencepiece

    model = sentencepiece.SentencePieceProcessor(model_file=str(spm()))
    return [model.id_to_piece(i) for i in range(model.get_piece_size())]


def learn(model, sources: list[list[int]], targets: list[list[int]], zero_start: bool = False) -> None:
    """A few steps on one batch, so that outputs differ, follow their input and end."""
    import torch

    pad = model.config.pad_token_id
    padded = lambda rows, fill: torch.nn.utils.rnn.pad_sequence([torch.tensor(row) for row in rows], batch_first=True, padding_value=fill)
    ids, labels = padded(sources, pad), padded(targets, -100)
    optimiser = torch.optim.Adam(model.parameters(), lr=5e-3)
    model.train()
    for _ in range(150):
        if zero_start:
            model.model.shared.weight.data[pad] = 0.0
        optimiser.zero_grad()
        loss = model(input_ids=ids, attention_mask=(ids != pad).long(), labels=labels).loss
        loss.backward()
        optimiser.step()
    if zero_start:
        model.model.shared.weight.data[pad] = 0.0
    assert loss < 0.5, "the tiny model did not learn its sentences"
    model.eval()


def spm_ids(texts: list[str], tokens: list[str]) -> list[list[int]]:
    """Ids in `tokens`; a leading >>xx<< or __xx__ is one token; the end token closes."""
    import re

    import sentencepiece

    model, place = sentencepiece.SentencePieceProcessor(model_file=str(spm())), {token: i for i, token in enumerate(tokens)}
    rows = []
    for text in texts:
        code, text = re.fullmatch(r"(>>\w+<<|__\w+__|[a-z]{3}_[A-Z][a-z]{3})?(.*)", text, re.S).groups()
        found = [*([code] if code else []), *model.encode(text, out_type=str), "</s>"]
        rows.append([place.get(token, place["<unk>"]) for token in found])
    return rows


@lru_cache(maxsize=4)
def marian(own_start: bool) -> Path:
    """`own_start`: as the pocket model, with a start vector, both directions; else as opus-mt, zh→en with padding last."""
    torch, transformers = pytest.importorskip("torch"), pytest.importorskip("transformers")
    folder = workplace() / ("tiny-pocket" if own_start else "opus-mt-zh-en")
    folder.mkdir()
    tokens = pieces() + ([">>zh<<", ">>en<<", "<pad>", "<filler0>"] if own_start else ["<pad>"])
    pad = tokens.index("<pad>")
    torch.manual_seed(5)
    config = transformers.MarianConfig(
        vocab_size=len(tokens), d_model=32, encoder_layers=2, decoder_layers=2, encoder_attention_heads=4, decoder_attention_heads=4,
        encoder_ffn_dim=64, decoder_ffn_dim=64, activation_function="swish", scale_embedding=True, max_position_embeddings=512,
        pad_token_id=pad, decoder_start_token_id=pad, eos_token_id=0, forced_eos_token_id=None, init_std=0.1, dropout=0.0)
    model = transformers.MarianMTModel(config)
    if own_start:
        learn(model, spm_ids([f">>en<<{text}" for text in ZH] + [f">>zh<<{text}" for text in EN], tokens), spm_ids(EN + ZH, tokens))
    else:
        learn(model, spm_ids(ZH, tokens), spm_ids(EN, tokens), zero_start=True)
    with torch.no_grad():
        model.final_logits_bias[0, pad:] = -1e4 if own_start else 0.0
    model.save_pretrained(folder)
    (folder / "vocab.json").write_text(json.dumps({t: i for i, t in enumerate(tokens)}), encoding="utf-8")
    for name in ("source.spm", "target.spm"):
        shutil.copy(spm(), folder / name)
    transformers.MarianTokenizer(str(folder / "source.spm"), str(folder / "target.spm"), str(folder / "vocab.json"),
                                 source_lang="zh", target_lang="en").save_pretrained(folder)
    return folder


@lru_cache(maxsize=4)
def coded(family: str) -> Path:
    """`m2m100` or `nllb`."""
    torch, transformers = pytest.importorskip("torch"), pytest.importorskip("transformers")
    folder = workplace() / f"tiny-{family}"
    folder.mkdir()
    shutil.copy(spm(), folder / "sentencepiece.bpe.model")
    tokens = ["<s>", "<pad>", "</s>", "<unk>", *(piece for piece in pieces() if piece not in ("</s>", "<unk>"))]
    vocabulary = {token: i for i, token in enumerate(tokens)}
    if family == "m2m100":
        (folder / "vocab.json").write_text(json.dumps(vocabulary), encoding="utf-8")
        tokenizer = transformers.M2M100Tokenizer(str(folder / "vocab.json"), str(folder / "sentencepiece.bpe.model"))
        size = len(tokens) + len(tokenizer.lang_token_to_id) + 8
    else:
        tokenizer = transformers.NllbTokenizer(vocab=vocabulary, merges=[])
        size = len(tokenizer)
    tokenizer.save_pretrained(folder)
    torch.manual_seed(6)
    config = transformers.M2M100Config(
        vocab_size=size, d_model=32, encoder_layers=2, decoder_layers=2, encoder_attention_heads=4, decoder_attention_heads=4,
        encoder_ffn_dim=64, decoder_ffn_dim=64, pad_token_id=1, eos_token_id=2, bos_token_id=0, decoder_start_token_id=2,
        scale_embedding=True, init_std=0.1, dropout=0.0, attention_dropout=0.0, encoder_layerdrop=0.0, decoder_layerdrop=0.0)
    model = transformers.M2M100ForConditionalGeneration(config)
    zh, en = ("__zh__", "__en__") if family == "m2m100" else ("zho_Hans", "eng_Latn")
    everything = tokenizer.convert_ids_to_tokens(range(size - 8 if family == "m2m100" else size))
    learn(model, spm_ids([zh + text for text in ZH], everything), spm_ids([en + text for text in EN], everything))
    model.save_pretrained(folder)
    return folder


@lru_cache(maxsize=8)
def converted(folder: Path, quantization: str = "float32") -> Path:
    pytest.importorskip("ctranslate2")
    from verify.translate import hub
    from verify.translate.convert import convert

    out = workplace() / f"{folder.name}-{quantization}"
    convert(folder, out, hub.describe(folder, folder.name), quantization)
    return out
