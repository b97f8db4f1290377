"""How likely each word of a pair is part of a fault, by all the evidence there is (stacking: Wolpert 1992).

The detector reads the texts, forced decoding weighs every token, the tables know what is rendered, the checks know names
for differences: boosted trees over `word_evidence.py` put these together. `word_doubts.npz` is fitted by
`tools/fit_doubts.py` on hand-written distortions that the detector was not trained on.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np

from ..evidence.detector import Opinion, Suspicion
from .trees import Trees
from .word_evidence import WordRows

FILE = Path(__file__).with_name("word_doubts.npz")
LEAST = 0.02  # of less doubtful words nobody asks the kind


class WordDoubts:
    def __init__(self):
        with np.load(FILE) as stored:
            part = lambda name: Trees({key.removeprefix(name + "_"): stored[key] for key in stored.files if key.startswith(name + "_")})
            self._fault = {"zh": part("zh"), "en": part("en")}
            self._kind = part("kind")

    def __call__(self, sides: Sequence[WordRows], opinion: Opinion) -> Opinion:
        """`opinion` with chances and kinds of whole words, by all evidence. `sides`: source and target."""
        judged = [self._judged(*one) for one in zip(sides, (opinion.source, opinion.target))]
        return opinion._replace(source=judged[0], target=judged[1])

    def odds(self, base: str, rows: np.ndarray) -> np.ndarray:
        """[N] log-odds that each word of a side ("zh", "en") is part of a fault, by its row."""
        return self._fault[base](rows)[:, 0]

    def _judged(self, words: WordRows, suspicion: Suspicion) -> Suspicion:
        kinds = np.full((len(words.spans), suspicion.kinds.shape[1]), 1 / max(1, suspicion.kinds.shape[1]))
        if not words.spans:
            return Suspicion((), np.zeros(0), kinds)
        chances = self._fault[words.base].chances(words.rows)
        asked = np.flatnonzero(chances >= LEAST)
        if len(asked):
            margins = self._kind(kind_rows(words, suspicion, asked))
            margins = np.exp(margins - margins.max(1, keepdims=True))
            kinds[asked] = margins / margins.sum(1, keepdims=True)
        return Suspicion(words.spans, chances, kinds)


def kind_rows(words: WordRows, suspicion: Suspicion, asked: Sequence[int]) -> np.ndarray:
    """The rows of some words with what the detector thinks of the kind of each, and the side: for the question of kind."""
    unseen = np.full(suspicion.kinds.shape[1], np.nan)
    tops = [suspicion.top(*words.spans[i]) for i in asked]
    seen = np.array([unseen if top is None else suspicion.kinds[top] for top in tops])
    return np.hstack([words.rows[list(asked)], seen, np.full((len(asked), 1), float(words.base == "en"))])


def weighed(sides: Sequence[WordRows] | None, opinion: Opinion) -> Opinion:
    """By the model that ships; `opinion` itself where none does, or where there are no rows."""
    model = shipped()
    return model(sides, opinion) if model and sides else opinion


@lru_cache(maxsize=1)
def shipped() -> WordDoubts | None:
    return WordDoubts() if FILE.exists() else None
