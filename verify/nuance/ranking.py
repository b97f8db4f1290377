"""Which of two renderings of one source is the more faithful: what the evidence on each word costs a rendering, summed.

A small network puts a cost on every word by its row of `word_evidence.py`; to that comes what the models say of the whole
pair. Fitted on faithful renderings and the distortions made of them, so that the faithful one ranks higher (RankNet, Burges
et al. 2005): `tools/fit_ranking.py` makes `ranking.npz`.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np

from .word_evidence import NAMES, WordRows

EVIDENCE = "ranked"  # key of Comparison.evidence: the value
FILE = Path(__file__).with_name("ranking.npz")
SIDES = ("zh", "en")
WHOLE = ("faithful", "forward", "backward")  # of the pair, added as they are
_WHOLE = [NAMES.index(name) for name in WHOLE]
CLIP = 5.0  # standard deviations


class Ranking:
    """`FILE` holds for both sides' columns their means and deviations, three layers of weights and biases, and the weights of `WHOLE`."""

    def __init__(self):
        with np.load(FILE) as stored:
            self._arrays = {name: stored[name].astype(np.float64) for name in stored.files}

    def costs(self, words: WordRows) -> np.ndarray:
        """[N] what each word of a side costs its rendering, 0 or more."""
        at, hidden = self._arrays, inputs(words, self._arrays["mean"], self._arrays["deviation"])
        for layer in (0, 1):
            hidden = np.einsum("ni,oi->no", hidden, at[f"weight_{layer}"]) + at[f"bias_{layer}"]  # not `@`: see evidence/pair_reader.py
            hidden = hidden / (1 + np.exp(-hidden))
        return np.logaddexp(0, np.einsum("ni,oi->n", hidden, at["weight_2"]) + at["bias_2"])

    def __call__(self, sides: Sequence[WordRows]) -> float:
        """Of both sides of a pair; higher is better, and means nothing beside another source."""
        return float(whole(sides, self._arrays["whole_mean"], self._arrays["whole_deviation"]) @ self._arrays["whole"]
                     - sum(self.costs(words).sum() for words in sides if len(words.rows)))


def inputs(words: WordRows, mean: np.ndarray, deviation: np.ndarray) -> np.ndarray:
    """[N, 2 |NAMES| + 2]: standard scores, 0 where a value is missing; where it is; which side."""
    place = SIDES.index(words.base)
    missing, columns = np.isnan(words.rows), words.rows.shape[1]
    made = np.zeros((len(missing), 2 * columns + 2))
    scores = np.minimum(np.maximum((words.rows - mean[place]) / deviation[place], -CLIP), CLIP)
    np.copyto(made[:, :columns], scores, where=~missing)
    made[:, columns:-2] = missing
    made[:, 2 * columns + place] = 1.0
    return made


def whole(sides: Sequence[WordRows], mean: np.ndarray, deviation: np.ndarray) -> np.ndarray:
    """[|WHOLE|] standard scores, 0 where a value is missing."""
    row = next((words.rows[0] for words in sides if len(words.rows)), None)
    if row is None:
        return np.zeros(len(WHOLE))
    scores = (row[_WHOLE] - mean) / deviation
    return np.where(np.isnan(scores), 0.0, scores)


@lru_cache(maxsize=1)
def shipped() -> Ranking | None:
    return Ranking() if FILE.exists() else None


def ranked(sides: Sequence[WordRows] | None) -> float:
    """By the model that ships; NaN without it, or where there are no rows."""
    model = shipped()
    return model(sides) if model and sides else float("nan")
