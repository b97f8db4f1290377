"""Which words of a pair the other side does not bear out: a small encoder that was trained on minimal pairs.

It gives every token of both texts the probability that it is part of a fault (replaced-token detection, Clark et al.
2020, across two languages; see `tools/train_detector.py`), and ranks renderings of one source. Chinese and English
only. What it gives is a question for an editor, not a verdict.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np

from . import pair_reader
from .pair_reader import CHINESE, ENGLISH, PairReader, Range, Reading

FOLDER = Path(__file__).parent / "detector"


@dataclass(frozen=True)
class Suspicion:
    """Of one side of a pair: `spans[i]` is the half-open character range of token i, `chances[i]` 0..1 the
    probability that it is part of a fault, `kinds[i]` [K] how probable each of `Detector.kinds` is if it is one."""

    spans: tuple[Range, ...]
    chances: np.ndarray
    kinds: np.ndarray

    def of(self, start: int, end: int) -> float:
        """The highest chance among the tokens that touch [start, end); 0 where there are none."""
        return self.at(start, end)[0]

    def top(self, start: int, end: int) -> int | None:
        """The most doubtful of the tokens that touch [start, end)."""
        top = None
        for i, (a, b) in enumerate(self.spans):
            if a < end and start < b and (top is None or self.chances[i] > self.chances[top]):
                top = i
        return top

    def at(self, start: int, end: int, kind: int | None = None) -> tuple[float, float]:
        """The highest chance among the tokens that touch [start, end), and how probable `kind` is of that token."""
        top = self.top(start, end)
        even = 1.0 / max(1, self.kinds.shape[1])
        if top is None:
            return 0.0, even
        return float(self.chances[top]), even if kind is None else float(self.kinds[top, kind])


class Opinion(NamedTuple):
    """Suspicions of both sides; log-odds that the target is faithful, good for ranking renderings of one source; and the
    expected judgement of a professional, a standard score, by the detector (the estimator has learned from little else);
    `states` as in `pair_reader.Reading`."""

    source: Suspicion
    target: Suspicion
    faithful: float
    rated: float
    states: np.ndarray


class Detector:
    def __init__(self):
        self._reader = PairReader(FOLDER)
        names = self._reader.token_names
        self.kinds = names[1 : names.index("marked")]  # the first is "ok"
        self._faithful = self._reader.pair_names.index("faithful")
        self._rated = {into: self._reader.pair_names.index(name) for into, name in (("en", "judged"), ("zh", "estimated"))}

    def __call__(self, pairs: Sequence[tuple[str, str]], into: str = "en") -> list[Opinion | None]:
        """For each (Chinese, English) pair the suspicions of both sides; None for a pair that is empty or too long.

        `into`: the language of the translation. What is suspect does not depend on it.
        """
        return [one and Opinion(self._suspicion(one, CHINESE), self._suspicion(one, ENGLISH), float(one.pair[self._faithful]), float(one.pair[self._rated[into]]),
                                one.states)
                for one in self._reader.read(pairs)]

    def _suspicion(self, reading: Reading, side: int) -> Suspicion:
        outputs = reading.tokens[side]
        kinds = outputs[:, 2 : 1 + len(self.kinds)]
        kinds = np.exp(kinds - kinds.max(1, keepdims=True))
        return Suspicion(reading.spans[side], 1 / (1 + np.exp(-outputs[:, 0])), kinds / kinds.sum(1, keepdims=True))


def opinions(pairs: Sequence[tuple[str, str]], source: str, target: str) -> list[Opinion | None]:
    """The shipped detector's suspicions of (source, target) texts; None where it has none: other languages, no weights."""
    bases = source.split("-")[0], target.split("-")[0]
    found = detector() if set(bases) == {"zh", "en"} else None
    if found is None:
        return [None] * len(pairs)
    if bases[0] == "zh":
        return found(pairs)
    return [one and one._replace(source=one.target, target=one.source) for one in found([pair[::-1] for pair in pairs], "zh")]


@lru_cache(maxsize=1)
def detector() -> Detector | None:
    """The one that ships, None where it does not."""
    return Detector() if (FOLDER / "model.bin").exists() else None


def signature() -> str:
    """Which detector a result was made with."""
    return pair_reader.signature(FOLDER)
