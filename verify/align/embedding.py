"""Sentence embeddings as a similarity, for languages without lexicon: LaBSE and its like (Feng et al. 2022)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from ..text import InputError
from .band import mutual
from .similarity import LONGEST, SHAPES, sums

PART = 0.15  # share of its information that a typical true pair gains, and a random one loses
SPAN = 0.25  # least distance of cosines between true and random pairs: noise is not stretched to look true
WORTH = 0.1  # nats a character of the text with fewer carries, tempered as in the lexical similarity

Encoder = Callable[[Sequence[str]], np.ndarray]


class SentenceTransformerSimilarity:
    """`encode(texts)` gives one vector a text, (texts, d). A span is the sum of its segments' vectors, weighted by
    their lengths. The scale of cosines is taken from the two texts themselves, so any model will do.
    """

    def __init__(self, encode: Encoder):
        self.encode = encode

    def compare(self, source: Sequence[str], target: Sequence[str]) -> EmbeddingScores:
        return EmbeddingScores(source, target, self.encode(source), self.encode(target))


def load(model: str) -> Encoder:
    """The encoder of a sentence-transformers model. Raises InputError.

    A folder is read as it is, without the network; any other name is asked of the hub. A model's own code is never run.
    """
    try:
        from sentence_transformers import SentenceTransformer
    except ImportError:
        raise InputError(model, "sentence-transformers is not installed", "pip install 'verify-translation[align]'") from None
    try:
        return SentenceTransformer(model, local_files_only=Path(model).is_dir(), trust_remote_code=False).encode
    except Exception as error:  # a missing file, the network and a foreign format fail in many ways, each library's own
        what = (str(error).splitlines() or [type(error).__name__])[0]
        raise InputError(model, f"cannot be loaded: {what}", "Give a sentence-transformers folder, or a name on the hub") from None


class EmbeddingScores:
    """Scores from one vector a segment, (n, d) and (m, d)."""

    def __init__(self, source: Sequence[str], target: Sequence[str], source_vectors: np.ndarray, target_vectors: np.ndarray):
        self.unit = _normed(np.asarray(source_vectors, np.float32)), _normed(np.asarray(target_vectors, np.float32))
        lengths = [np.array([max(1, len(text)) for text in texts], np.float32) for texts in (source, target)]
        self.heavy = [vectors * length[:, None] for vectors, length in zip(self.unit, lengths)]
        shorter = min(length.sum() for length in lengths)
        self.known = [length / length.sum() * shorter * WORTH for length in lengths]
        sample = self.unit[0][:: max(1, len(source) // 500)] @ self.unit[1][:: max(1, len(target) // 500)].T
        random = float(np.median(sample))
        best = [float(self.unit[0][i] @ self.unit[1][j]) for i, j in mutual(*self.unit)]
        true = max(random + SPAN, float(np.median(best)) if best else 1.0)
        self.middle, self.half = (true + random) / 2, (true - random) / 2

    def gains(self, rows: tuple[int, int], columns: tuple[int, int]) -> np.ndarray:
        s, t = self.heavy[0][slice(*rows)], self.heavy[1][slice(*columns)]
        s_known, t_known = self.known[0][slice(*rows)], self.known[1][slice(*columns)]
        block = np.full((len(SHAPES), len(s), len(t)), -np.inf, np.float32)
        s_spans = [_normed(sums(s, k)) for k in range(1, min(LONGEST - 1, len(s)) + 1)]
        t_spans = [_normed(sums(t, k)) for k in range(1, min(LONGEST - 1, len(t)) + 1)]
        for plane, (m, n) in zip(block, SHAPES):
            if m <= len(s) and n <= len(t):
                share = PART * (s_spans[m - 1] @ t_spans[n - 1].T - self.middle) / self.half
                plane[: share.shape[0], : share.shape[1]] = share * (sums(s_known, m)[:, None] + sums(t_known, n)[None])
        return block

    def information(self) -> tuple[np.ndarray, np.ndarray]:
        return self.known[0], self.known[1]

    def vectors(self) -> tuple[np.ndarray, np.ndarray]:
        return self.unit


def _normed(vectors: np.ndarray) -> np.ndarray:
    return vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
