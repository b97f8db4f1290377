"""Weights that ship, back as tensors for training on: what a session trained is the start of the next one's.

CTranslate2's `model.bin` (its binary version 6): names, shapes and values one after the other; int8 rows with a scale
each. Turning them back loses nothing that the shipped model had, only the optimiser's state is gone.
"""

from __future__ import annotations

import struct
from pathlib import Path

import numpy as np
import torch

TYPES = {0: "f4", 1: "i1", 2: "i2", 3: "i4", 4: "f2"}
NORMS = {"gamma": "weight", "beta": "bias"}


def arrays(path: Path) -> dict[str, np.ndarray]:
    """All variables of a model.bin by name, int8 matrices as float32. Raises ValueError for another version."""
    data, at = path.read_bytes(), 0

    def number(form: str) -> int:
        nonlocal at
        value = struct.unpack_from("<" + form, data, at)[0]
        at += struct.calcsize("<" + form)
        return value

    def string() -> str:
        nonlocal at
        size = number("H")
        at += size
        return data[at - size : at - 1].decode()

    if (version := number("I")) != 6:
        raise ValueError(f"{path}: binary version {version}, not 6. Install the CTranslate2 that converted it")
    string(), number("I")
    found = {}
    for _ in range(number("I")):
        name, shape = string(), [number("I") for _ in range(number("B"))]
        kind, size = np.dtype(TYPES[number("B")]), number("I")
        found[name] = np.frombuffer(data, kind, size // kind.itemsize, at).reshape(shape)
        at += size
    for name in [name for name in found if name.endswith("_scale")]:
        matrix = name.removesuffix("_scale")
        found[matrix] = found[matrix].astype(np.float32) / found.pop(name)[:, None]
    return found


def read(path: Path) -> dict[str, torch.Tensor]:
    """The state dict of a folder of shipped weights, or of a trainer's final.pt or resume.pt, in float32."""
    if path.is_dir():
        return state(path)
    return {name: value.float() for name, value in torch.load(path, map_location="cpu", weights_only=True)["model"].items()}


def shape(state: dict[str, torch.Tensor]) -> dict[str, int]:
    """What `pocket_model.Marian` was made with; heads leave no trace and are always eight."""
    layers = lambda part: len({name.split(".")[2] for name in state if name.startswith(part + ".layers.")})
    inner, width = state["encoder.layers.0.fc1.weight"].shape
    return dict(width=width, heads=8, inner=inner, encoder_layers=layers("encoder"), decoder_layers=layers("decoder"))


def state(folder: Path) -> dict[str, torch.Tensor]:
    """The state dict that `pocket_model.Marian`, or `train_detector.Detector` without its heads, loads."""
    made: dict[str, np.ndarray] = {}
    for name, value in arrays(folder / "model.bin").items():
        parts = name.split("/")
        if parts[1] in ("embeddings", "embeddings_0") and parts[-1] == "weight":
            made["shared.weight"] = value
        if not parts[1].startswith("layer_"):
            continue
        layer = f"{parts[0]}.layers.{parts[1].removeprefix('layer_')}"
        block, kind, leaf = parts[2], parts[3], parts[4]
        attention = {"self_attention": "self_attn", "attention": "encoder_attn"}.get(block)
        if attention is None:
            inner = f"fc{int(kind[-1]) + 1}" if kind.startswith("linear") else "final_layer_norm"
            made[f"{layer}.{inner}.{NORMS.get(leaf, leaf)}"] = value
        elif kind == "layer_norm":
            made[f"{layer}.{attention}_layer_norm.{NORMS[leaf]}"] = value
        else:
            # Fused on export: q, k and v of self-attention; k and v of cross-attention.
            fused = {("self_attn", 0): "qkv", ("self_attn", 1): "o", ("encoder_attn", 0): "q", ("encoder_attn", 1): "kv",
                     ("encoder_attn", 2): "o"}[attention, int(kind[-1])]
            for letter, part in zip(fused, np.split(value, len(fused))):
                made[f"{layer}.{attention}.{'out' if letter == 'o' else letter}_proj.{leaf}"] = part
    return {name: torch.from_numpy(np.array(value, np.float32)) for name, value in made.items()}
