"""Turn a training checkpoint into what ships: a CTranslate2 int8 model and its tokeniser.

    python tools/export_pocket.py --data pocket-build --weights pocket-build/final.pt --out verify/translate/pocket

`--hf FOLDER` keeps the model in the format of transformers as well (for the hub engine and for benchmarks); of what ships:

    python tools/export_pocket.py --weights verify/translate/pocket --hf pocket-build/hf
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
from pathlib import Path

import sentencepiece
import shipped_weights
import torch
from pocket_model import Marian

from verify.bench.nuance import load
from verify.translate.convert import convert

NUANCE = Path(__file__).resolve().parents[1] / "corpora" / "nuance" / "dev.jsonl"
DESCRIPTION = {
    "name": "pocket", "family": "marian", "licence": "see MODEL_CARD.md", "fold": "simplified", "longest": 130,
    "pairs": [{"source": "zh", "target": "en", "prefix": ">>en<<"}, {"source": "en", "target": "zh", "prefix": ">>zh<<"}],
}
NEVER = -1e4  # logit bias of what must not be produced: language tokens, padding, fillers


def vocabulary(spm: Path, size: int) -> list[str]:
    """Pieces in the tokeniser's order, the two language tokens, padding, and fillers up to `size`."""
    pieces = sentencepiece.SentencePieceProcessor(model_file=str(spm))
    tokens = [pieces.id_to_piece(i) for i in range(pieces.get_piece_size())] + [">>zh<<", ">>en<<", "<pad>"]
    return tokens + [f"<filler{i}>" for i in range(size - len(tokens))]


def marian_folder(weights: dict, shape: dict, tokens: list[str], spm: Path, folder: Path):
    """Write the folder that `MarianMTModel.from_pretrained` and `MarianTokenizer` read; returns the model."""
    from transformers import GenerationConfig, MarianConfig, MarianMTModel, MarianTokenizer

    pad = tokens.index("<pad>")
    config = MarianConfig(
        vocab_size=len(tokens), d_model=shape["width"], max_position_embeddings=512,
        encoder_layers=shape["encoder_layers"], decoder_layers=shape["decoder_layers"],
        encoder_attention_heads=shape["heads"], decoder_attention_heads=shape["heads"],
        encoder_ffn_dim=shape["inner"], decoder_ffn_dim=shape["inner"],
        activation_function="swish", scale_embedding=True, dropout=0.0,
        pad_token_id=pad, decoder_start_token_id=pad, eos_token_id=0, forced_eos_token_id=None,
        share_encoder_decoder_embeddings=True, tie_word_embeddings=True)
    model = MarianMTModel(config)
    named = {f"model.{name}": value for name, value in weights.items() if name != "final_logits_bias"}
    for part in ("model.encoder.embed_tokens.weight", "model.decoder.embed_tokens.weight", "lm_head.weight"):
        named[part] = weights["shared.weight"]
    named["final_logits_bias"] = torch.zeros(1, len(tokens))
    named["final_logits_bias"][0, tokens.index(">>zh<<"):] = NEVER
    missing, unexpected = model.load_state_dict(named, strict=False)
    assert not unexpected and all("embed_positions" in name for name in missing), (missing, unexpected)
    model.eval()
    model.generation_config = GenerationConfig(
        pad_token_id=pad, decoder_start_token_id=pad, eos_token_id=0, max_length=512, num_beams=4)
    folder.mkdir(parents=True, exist_ok=True)
    model.save_pretrained(folder)
    (folder / "vocab.json").write_text(json.dumps({t: i for i, t in enumerate(tokens)}, ensure_ascii=False), encoding="utf-8")
    for name in ("source.spm", "target.spm"):
        shutil.copy(spm, folder / name)
    MarianTokenizer(str(folder / "source.spm"), str(folder / "target.spm"), str(folder / "vocab.json"),
                    source_lang="zh", target_lang="en").save_pretrained(folder)
    return MarianMTModel.from_pretrained(folder, use_safetensors=True).eval()


@torch.no_grad()
def assert_same(trained: Marian, exported, spm: Path, tokens: list[str]) -> float:
    """Largest difference of log-probabilities between both models on pairs of our own; fails over 1e-4."""
    pieces = sentencepiece.SentencePieceProcessor(model_file=str(spm))
    worst = 0.0
    for item in load(NUANCE)[:4]:
        zh, en = pieces.encode(item["zh"]), pieces.encode(item["good"][0])
        for prefix, source, target in ((">>en<<", zh, en), (">>zh<<", en, zh)):
            source_ids = torch.tensor([[tokens.index(prefix), *source, 0, trained.pad]])
            start = torch.tensor([[trained.pad, *target]])
            states, _ = trained(source_ids, start)
            ours = states @ trained.shared.weight.T + exported.final_logits_bias
            theirs = exported(input_ids=source_ids, attention_mask=(source_ids != trained.pad).long(),
                              decoder_input_ids=start).logits
            real = exported.final_logits_bias[0] == 0
            worst = max(worst, float((ours.log_softmax(-1) - theirs.log_softmax(-1))[..., real].abs().max()))
    assert worst < 1e-4, f"the exported model differs from the trained one by {worst:.4f} nats"
    return worst


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, help="folder with spm.model (by default that of shipped weights)")
    parser.add_argument("--weights", type=Path, help="final.pt (by default that of --data), resume.pt of an unfinished run, or a folder of shipped weights")
    parser.add_argument("--out", type=Path, help="write what ships here")
    parser.add_argument("--hf", type=Path, help="keep the transformers folder here")
    parser.add_argument("--quantization", default="int8")
    options = parser.parse_args()
    if not (options.out or options.hf) or not (options.data or options.weights):
        parser.error("name what to export (--weights, --data or both) and where to (--out, --hf or both)")
    weights = shipped_weights.read(options.weights or options.data / "final.pt")
    spm = (options.data or options.weights) / "spm.model"
    tokens = vocabulary(spm, len(weights["shared.weight"]))
    shape = shipped_weights.shape(weights)
    trained = Marian(len(tokens), pad=tokens.index("<pad>"), dropout=0.0, **shape).eval()
    trained.load_state_dict(weights, strict=False)  # shipped weights have no bias of their own
    with tempfile.TemporaryDirectory() as spare:
        folder = options.hf or Path(spare)
        exported = marian_folder(weights, shape, tokens, spm, folder)
        print(f"largest difference to the trained model: {assert_same(trained, exported, spm, tokens):.1e} nats")
        if not options.out:
            return
        kept = {path: path.read_bytes() for path in options.out.glob("*.md")}  # the model card stays
        convert(folder, options.out, DESCRIPTION, options.quantization)
    for path, content in kept.items():
        path.write_bytes(content)
    for name in ("source.spm", "target.spm"):
        (options.out / name).unlink()
    shutil.copy(spm, options.out / "spm.model")
    size = sum(path.stat().st_size for path in options.out.iterdir())
    print(f"{options.out}: {size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
