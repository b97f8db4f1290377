"""Which words of a pair the other side does not bear out: a small encoder that was trained on minimal pairs.

It reads both texts as one sequence and gives every token of both the probability that it is part of a fault
(replaced-token detection, Clark et al. 2020, across two languages; see `tools/train_detector.py`). Chinese and English
only. What it gives is a question for an editor, not a verdict: its training faults were made by machine.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

FOLDER = Path(__file__).parent / "detector"
LONGEST = 320  # tokens of both sides; it was trained on half of that
Range = tuple[int, int]


@dataclass(frozen=True)
class Suspicion:
    """Of one side of a pair: `spans[i]` is the half-open character range of token i, `chances[i]` 0..1 the
    probability that it is part of a fault, `kinds[i]` [K] how probable each of `Detector.kinds` is if it is one."""

    spans: tuple[Range, ...]
    chances: np.ndarray
    kinds: np.ndarray

    def of(self, start: int, end: int) -> float:
        """The highest chance among the tokens that touch [start, end); 0 where there are none."""
        inside = [c for c, (a, b) in zip(self.chances, self.spans) if a < end and start < b]
        return float(max(inside, default=0.0))


class Detector:
    """`folder` holds a CTranslate2 encoder and `head.npz`; the tokeniser is the pocket model's."""

    def __init__(self, folder: Path = FOLDER, spm: Path | None = None, threads: int = 1):
        import ctranslate2

        from ..translate import pieces, pocket_engine

        # int8 costs .02 nats of log-odds on average (news pairs) and runs in two fifths of the time.
        self.encoder = ctranslate2.Encoder(str(folder), compute_type="int8", inter_threads=1, intra_threads=threads)
        with np.load(folder / "head.npz") as head:
            self._weight, self._bias = head["weight"], head["bias"]
            self.kinds = tuple(str(kind) for kind in head["kinds"])
        self._pieces = pieces.pieces(spm or pocket_engine.FOLDER / "spm.model")
        self._fold = pieces.fold_simplified
        self._id = self._pieces.processor.piece_to_id
        self._first = self._pieces.processor.get_piece_size() + 1  # the token >>en<<

    def __call__(self, pairs: Sequence[tuple[str, str]]) -> list[tuple[Suspicion, Suspicion] | None]:
        """For each (Chinese, English) pair the suspicions of both sides; None for a pair that is empty or too long.

        Pairs go through one by one, so that no pair depends on its neighbours.
        """
        return [self._one(zh, en) for zh, en in pairs]

    def _one(self, zh: str, en: str) -> tuple[Suspicion, Suspicion] | None:
        sides = [self._pieces.encode(self._fold(text, language)) for text, language in ((zh, "zh-Hant"), (en, "en"))]
        (zh_tokens, zh_spans), (en_tokens, en_spans) = sides
        if not zh.strip() or not en.strip() or len(zh_tokens) + len(en_tokens) + 3 > LONGEST:
            return None
        ids = [self._first, *map(self._id, zh_tokens), 0, *map(self._id, en_tokens), 0]
        states = np.array(self.encoder.forward_batch([ids]).last_hidden_state)[0]
        logits = states @ self._weight.T + self._bias
        chances = 1 / (1 + np.exp(-logits[:, 0]))
        kinds = np.exp(logits[:, 2:] - logits[:, 2:].max(1, keepdims=True))
        kinds /= kinds.sum(1, keepdims=True)
        cut = 1 + len(zh_tokens)
        return (Suspicion(tuple(zh_spans), chances[1:cut], kinds[1:cut]), Suspicion(tuple(en_spans), chances[cut + 1 : -1], kinds[cut + 1 : -1]))


def opinions(pairs: Sequence[tuple[str, str]], source: str, target: str) -> list[tuple[Suspicion, Suspicion] | None]:
    """The shipped detector's suspicions of (source, target) texts; None where it has none: other languages, no weights."""
    bases = source.split("-")[0], target.split("-")[0]
    found = detector() if set(bases) == {"zh", "en"} else None
    if found is None:
        return [None] * len(pairs)
    if bases[0] == "zh":
        return found(pairs)
    return [one and one[::-1] for one in found([pair[::-1] for pair in pairs])]


@lru_cache(maxsize=1)
def detector() -> Detector | None:
    """The one that ships, None where it does not."""
    return Detector() if (FOLDER / "model.bin").exists() else None


def signature() -> str:
    """Which detector a result was made with."""
    from ..translate.ctranslate2_engine import fingerprint

    return f"detector:{fingerprint(FOLDER) if (FOLDER / 'model.bin').exists() else 'none'}"
