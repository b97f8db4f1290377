"""Turn a checkpoint of train_detector.py into what ships: a CTranslate2 int8 encoder and the heads as plain arrays.

    python tools/export_detector.py --weights detector-build/final.pt --data pocket-build --out verify/evidence/detector
    python tools/export_detector.py --weights estimator-build/final.pt --data pocket-build --out verify/evidence/estimator
"""

from __future__ import annotations

import argparse
import math
import tempfile
from pathlib import Path

import numpy as np
import torch
from detector_model import PAIR, TOKEN, Detector
from export_pocket import vocabulary


def encoder_spec(model: Detector, shape: dict, tokens: list[str]):
    """The CTranslate2 specification of the encoder; its activations are swish, its layers post-norm."""
    from ctranslate2.converters import utils
    from ctranslate2.specs import common_spec, transformer_spec

    encoder = transformer_spec.TransformerEncoderSpec(shape["layers"], shape["heads"], pre_norm=False, activation=common_spec.Activation.SWISH)
    array = lambda tensor: tensor.detach().float().numpy()

    def linear(spec, layer):
        spec.weight, spec.bias = array(layer.weight), array(layer.bias)
        return spec

    def norm(spec, layer):
        spec.gamma, spec.beta = array(layer.weight), array(layer.bias)

    encoder.scale_embeddings = math.sqrt(shape["width"])
    encoder.position_encodings.encodings = array(model.positions)
    encoder.embeddings[0].weight = array(model.shared.weight)
    for spec, layer in zip(encoder.layer, model.encoder.layers):
        attention = layer.self_attn
        utils.fuse_linear(spec.self_attention.linear[0],
                          [linear(common_spec.LinearSpec(), part) for part in (attention.q_proj, attention.k_proj, attention.v_proj)])
        linear(spec.self_attention.linear[-1], attention.out_proj)
        norm(spec.self_attention.layer_norm, layer.self_attn_layer_norm)
        linear(spec.ffn.linear_0, layer.fc1)
        linear(spec.ffn.linear_1, layer.fc2)
        norm(spec.ffn.layer_norm, layer.final_layer_norm)
    whole = transformer_spec.TransformerEncoderModelSpec(encoder)
    whole.register_vocabulary(tokens)
    whole.config.unk_token, whole.config.eos_token, whole.config.bos_token = "<unk>", "</s>", "</s>"
    return whole


def main() -> None:
    import ctranslate2

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--weights", type=Path, required=True, help="final.pt, or resume.pt of an unfinished run")
    parser.add_argument("--data", type=Path, required=True, help="folder with spm.model")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    saved = torch.load(options.weights, map_location="cpu", weights_only=True)
    model = Detector(**saved["shape"]).eval()
    model.load_state_dict(saved["model"])
    tokens = vocabulary(options.data / "spm.model", saved["shape"]["vocabulary"])
    options.out.mkdir(parents=True, exist_ok=True)
    rng = np.random.default_rng(1)
    ids = [[tokens.index(">>en<<"), *rng.integers(300, 15000, n).tolist(), 0, *rng.integers(300, 15000, n).tolist(), 0] for n in (4, 15, 60)]
    for form in ("float32", "int8"):
        spec = encoder_spec(model, saved["shape"], tokens)
        spec.validate()
        spec.optimize(quantization=None if form == "float32" else form)
        folder = options.out if form == "int8" else Path(tempfile.mkdtemp())
        spec.save(str(folder))
        encoder = ctranslate2.Encoder(str(folder), compute_type=form)
        worst = 0.0
        for one in ids:
            state = torch.from_numpy(np.array(encoder.forward_batch([one]).last_hidden_state))
            ours = (state @ model.head.weight.T + model.head.bias).detach()
            sides = torch.full((1, len(one)), 1)
            worst = max(worst, float((ours - model(torch.tensor([one]), sides)[0].detach()).abs()[..., 0].max()))
        print(f"{form}: largest difference of log-odds to the trained model {worst:.1e}")
        if form == "float32":
            assert worst < 1e-3, "the exported model is another one"
    heads = {f"{name}_{part}": getattr(layer, part).detach().numpy()
             for name, layer in (("token", model.head), ("pooled", model.pooled), ("pair", model.pair)) for part in ("weight", "bias")}
    np.savez_compressed(options.out / "head.npz", token_names=np.array(TOKEN), pair_names=np.array(PAIR), **heads)
    print(f"{options.out}: {sum(p.stat().st_size for p in options.out.iterdir()) / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
