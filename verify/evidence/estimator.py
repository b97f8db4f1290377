"""How professionals would judge a translation without a reference: a small encoder trained on their judgements.

A quality estimator (as COMET-QE and COMETKiwi: Rei et al. 2020, 2022) of ten million parameters, trained on MQM of WMT20
and WMT21 for Chinese into English, and on the scores of MLQE-PE for English into Chinese; see `tools/train_detector.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np

from . import pair_reader
from .pair_reader import ENGLISH, PairReader, Range

FOLDER = Path(__file__).parent / "estimator"


class Estimate(NamedTuple):
    """`value`: expected judgement as a standard score, higher is better. `spans`, `marked`: of each token of the English
    side, its half-open character range and the chance 0..1 that a professional would mark it (major weighs 1, minor .4);
    `states` as in `pair_reader.Reading`."""

    value: float
    spans: tuple[Range, ...]
    marked: np.ndarray
    states: np.ndarray


class Estimator:
    def __init__(self):
        self._reader = PairReader(FOLDER)
        self._marked = self._reader.token_names.index("marked")
        self._value = {into: self._reader.pair_names.index(name) for into, name in (("en", "judged"), ("zh", "estimated"))}

    def __call__(self, pairs: Sequence[tuple[str, str]], into: str) -> list[Estimate | None]:
        """Of (Chinese, English) texts; `into` is the language of the translation. None for a pair that is empty or too long."""
        return [one and Estimate(float(one.pair[self._value[into]]), one.spans[ENGLISH], 1 / (1 + np.exp(-one.tokens[ENGLISH][:, self._marked])), one.states)
                for one in self._reader.read(pairs, into)]


def estimates(pairs: Sequence[tuple[str, str]], source: str, target: str) -> list[Estimate | None]:
    """The shipped estimator's of (source, target) texts; None where it has none: other languages, no weights."""
    there, here = source.split("-")[0], target.split("-")[0]
    found = estimator() if {there, here} == {"zh", "en"} else None
    if found is None:
        return [None] * len(pairs)
    return found(pairs if there == "zh" else [pair[::-1] for pair in pairs], here)


@lru_cache(maxsize=1)
def estimator() -> Estimator | None:
    """The one that ships, None where it does not."""
    return Estimator() if (FOLDER / "model.bin").exists() else None


def signature() -> str:
    """Which estimator a result was made with."""
    return pair_reader.signature(FOLDER)
