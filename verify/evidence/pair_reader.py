"""A small encoder that reads a Chinese and an English text as one sequence: what it puts out for tokens and for the pair.

Trained by `tools/train_detector.py`, exported by `tools/export_detector.py`; the detector and the estimator are two of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np

from ..translate.batches import alike
from ..translate.processor import ctranslate2

LONGEST = 320  # tokens of both sides
AT_ONCE = 1024  # tokens of a batch
Range = tuple[int, int]
CHINESE, ENGLISH = 0, 1


@dataclass(frozen=True)
class Reading:
    """Of each side (Chinese, English): `spans[side][i]` the half-open character range of token i, `tokens[side]` [T, outputs].
    `pair` [outputs]. The outputs' names are the reader's. `states` [64] is the hidden layer that `pair` is made of."""

    spans: tuple[tuple[Range, ...], tuple[Range, ...]]
    tokens: tuple[np.ndarray, np.ndarray]
    pair: np.ndarray
    states: np.ndarray


class _Tokens(NamedTuple):
    """Both sides as one sequence: `ids[cut]` is what stands between them; `spans` as in `Reading`."""

    ids: list[int]
    cut: int
    spans: tuple[tuple[Range, ...], tuple[Range, ...]]


class PairReader:
    """`folder` holds a CTranslate2 encoder and `head.npz`; the tokeniser is the pocket model's."""

    def __init__(self, folder: Path):
        from ..translate import pieces, pocket_engine

        # int8 costs a few hundredths of log-odds on average and runs in two fifths of the time.
        self.encoder = ctranslate2().Encoder(str(folder), compute_type="int8", inter_threads=1, intra_threads=1)
        with np.load(folder / "head.npz") as head:
            self._head = {name: head[name] for name in head.files}
        self.token_names = tuple(map(str, self._head.pop("token_names")))
        self.pair_names = tuple(map(str, self._head.pop("pair_names")))
        self._pieces = pieces.pieces(pocket_engine.FOLDER / "spm.model")
        self._fold = pieces.fold_simplified
        self._id = self._pieces.processor.piece_to_id
        self._first = {"zh": self._pieces.processor.get_piece_size(), "en": self._pieces.processor.get_piece_size() + 1}

    def read(self, pairs: Sequence[tuple[str, str]], into: str = "en") -> list[Reading | None]:
        """Of (Chinese, English) texts; `into` is the language of the translation. None where a side is empty or both
        together are too long.

        Pairs of equally many tokens share a batch, which changes no bit of what is read: none depends on its neighbours.
        """
        tokens = [self._tokens(zh, en, into) for zh, en in pairs]
        read = [i for i, one in enumerate(tokens) if one]
        made: list[Reading | None] = [None] * len(pairs)
        for batch in alike((len(tokens[i].ids) for i in read), lambda length: AT_ONCE // length):
            some = [read[place] for place in batch]
            states = np.array(self.encoder.forward_batch([tokens[i].ids for i in some]).last_hidden_state)
            for i, of_one in zip(some, states):
                made[i] = self._reading(tokens[i], of_one)
        return made

    def _tokens(self, zh: str, en: str, into: str) -> _Tokens | None:
        (zh_tokens, zh_spans), (en_tokens, en_spans) = (self._pieces.encode(self._fold(text, language)) for text, language in ((zh, "zh-Hant"), (en, "en")))
        if not zh.strip() or not en.strip() or len(zh_tokens) + len(en_tokens) + 3 > LONGEST:
            return None
        ids = [self._first[into], *map(self._id, zh_tokens), 0, *map(self._id, en_tokens), 0]
        return _Tokens(ids, 1 + len(zh_tokens), (tuple(zh_spans), tuple(en_spans)))

    def _reading(self, read: _Tokens, states: np.ndarray) -> Reading:
        head = self._head
        # Not `@`: after each product its helper threads wait in a loop, which costs the other core what the encoder itself takes.
        tokens = np.einsum("ts,os->to", states, head["token_weight"]) + head["token_bias"]
        sides = [(states[a:b], tokens[a:b]) for a, b in ((1, read.cut), (read.cut + 1, len(read.ids) - 1))]
        hidden = np.einsum("s,hs->h", _pooled(states[0], sides), head["pooled_weight"]) + head["pooled_bias"]
        hidden = hidden / (1 + np.exp(-hidden))
        pair = np.einsum("h,oh->o", hidden, head["pair_weight"]) + head["pair_bias"]
        return Reading(read.spans, (sides[CHINESE][1], sides[ENGLISH][1]), pair, hidden)


def _pooled(first: np.ndarray, sides: Sequence[tuple[np.ndarray, np.ndarray]]) -> np.ndarray:
    """As `pooled` of tools/detector_model.py: the first state; mean and maximum of each side's states; of each side the
    log of the summed odds and the mean chance of the first token output."""
    parts, numbers = [first], []
    for states, tokens in sides:
        parts += [states.mean(0), states.max(0)]
        odds = tokens[:, 0]
        top = odds.max()
        numbers += [top + np.log(np.exp(odds - top).sum()), (1 / (1 + np.exp(-odds))).mean()]
    return np.concatenate([*parts, numbers])


def signature(folder: Path) -> str:
    """Which weights of that folder a result was made with."""
    from ..translate.ctranslate2_engine import fingerprint

    return f"{folder.name}:{fingerprint(folder) if (folder / 'model.bin').exists() else 'none'}"
