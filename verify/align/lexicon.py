"""Which word translates which: probabilities both ways, between Chinese and English words.

`lexicon.npz` is made by `tools/make_word_lexicon.py` (IBM model 1, Brown et al. 1993, in both directions).
Japanese characters are looked up as Chinese ones; between other languages only equal words match.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

import numpy as np

from .japanese import sound
from .tokens import Words, split, stem

FILE = Path(__file__).with_name("lexicon.npz")
SAME = 0.8  # probability that a word found letter by letter on the other side is its own translation
MARKS = {"!.": 0.05, "!,": 0.06, '!"': 0.02, "!:": 0.004, "!;": 0.003, "!?": 0.004, "!!": 0.002}  # marks among words
_KATAKANA = frozenset(map(chr, range(ord("ァ"), ord("ヺ") + 1)))
_CHANCES = np.exp(np.arange(256, dtype=np.float32) / -20.0)  # what a byte of the table stands for
UNSEEN = 1e-6  # frequency of a word that the training texts do not have


@dataclass(frozen=True)
class Entries:
    """Pairs of words out of two vocabularies: `source[k]`, `target[k]` index the lists asked about."""

    source: np.ndarray
    target: np.ndarray
    forward: np.ndarray  # p(target word | source word)
    backward: np.ndarray  # p(source word | target word)

    def dense(self, rows: int, columns: int) -> tuple[np.ndarray, np.ndarray]:
        """Both tables as arrays of (rows, columns)."""
        forward, backward = np.zeros((2, rows, columns), np.float32)
        forward[self.source, self.target] = self.forward
        backward[self.source, self.target] = self.backward
        return forward, backward


class Lexicon:
    """Loads its table at first use. One instance serves all languages: see `load()`."""

    @cached_property
    def _data(self) -> dict[str, np.ndarray]:
        with np.load(FILE) as data:
            return dict(data)

    @cached_property
    def _ids(self) -> dict[str, dict[str, int]]:
        words = {side: self._data[f"{side}_words"].tobytes().decode().split("\n") for side in ("zh", "en")}
        return {side: {word: number for number, word in enumerate(listed)} for side, listed in words.items()}

    @cached_property
    def _costs(self) -> dict[str, dict[str, float]]:
        return {side: dict(zip(ids, (self._data[f"{side}_cost"] / 1000.0).tolist())) for side, ids in self._ids.items()}

    @cached_property
    def _row_starts(self) -> np.ndarray:
        return np.concatenate([[0], np.cumsum(self._data["row_lengths"].astype(np.int64))])

    def words(self, text: str, language: str, marks: bool = False) -> Words:
        """The words of `text` with their character ranges; `marks` adds punctuation."""
        return split(text, language, self._costs["zh"], marks)

    def frequency(self, keys: Sequence[str], language: str) -> np.ndarray:
        """Relative frequency of each word in the training texts, at least `UNSEEN`; of marks, about what is usual."""
        costs = self._costs.get(_side(language), {})
        known = np.exp(-np.array([costs.get(key, 99.0) for key in keys], float)).clip(UNSEEN)
        return np.array([MARKS.get(key, p) for key, p in zip(keys, known)])

    def covers(self, source: str, target: str) -> bool:
        """Whether translations between the two languages are known (beyond equal words)."""
        return {_side(source), _side(target)} == {"zh", "en"}

    def entries(self, source: Sequence[str], target: Sequence[str], source_language: str,
                target_language: str) -> Entries:
        """All known pairs between two lists of distinct words, equal words among them."""
        s, t = np.array(_equal(source, target), np.int64).reshape(-1, 2).T
        same = np.full(len(s), SAME)
        parts = [(s, t, same, same), *self._listed(source, target, source_language, target_language)]
        s, t, forward, backward = (np.concatenate(column) for column in zip(*parts))
        # A pair that is both equal and listed keeps the higher probability of each direction.
        key, where = np.unique(s * max(1, len(target)) + t, return_inverse=True)
        both = np.zeros((2, len(key)), np.float32)
        np.maximum.at(both[0], where, forward)
        np.maximum.at(both[1], where, backward)
        width = max(1, len(target))
        return Entries(key // width, key % width, both[0], both[1])

    def tables(self, source: Sequence[str], target: Sequence[str], source_language: str, target_language: str) -> np.ndarray:
        """`entries(…).dense(…)`, quicker for the few words of a sentence."""
        made = np.zeros((2, len(source), len(target)), np.float32)
        for s, t, *chances in self._listed(source, target, source_language, target_language):
            made[0, s, t], made[1, s, t] = chances
        s, t = np.array(_equal(source, target), np.int64).reshape(-1, 2).T
        made[:, s, t] = np.maximum(made[:, s, t], SAME)
        return made

    def chance(self, source: str, target: str, source_language: str, target_language: str) -> float:
        """p(target word | source word) · p(source word | target word), 0 for words that no entry pairs."""
        alike = stem(source) == stem(target) or source[0] in _KATAKANA or target[0] in _KATAKANA
        if alike and _equal([source], [target]):
            return SAME * SAME
        sides = _side(source_language), _side(target_language)
        if set(sides) != {"zh", "en"}:
            return 0.0
        chinese, english = (source, target) if sides[0] == "zh" else (target, source)
        zh, en = self._ids["zh"].get(chinese), self._ids["en"].get(english)
        if zh is None or en is None:
            return 0.0
        first, last = self._row_starts[zh : zh + 2].tolist()
        listed = self._data["en"][first:last].tolist()
        if en not in listed:
            return 0.0
        cell = first + listed.index(en)
        return math.exp((int(self._data["en_given_zh"][cell]) + int(self._data["zh_given_en"][cell])) / -20.0)

    def rendering(self, word: str) -> tuple[str, float]:
        """The English word that goes best with a Chinese one, and the geometric mean of its probabilities both ways."""
        number = self._ids["zh"].get(word)
        first, last = self._row_starts[number : number + 2] if number is not None else (0, 0)
        if first == last:
            return "", 0.0
        costs = self._data["en_given_zh"][first:last].astype(int) + self._data["zh_given_en"][first:last]
        best = int(costs.argmin())
        return self._english[self._data["en"][first + best]], math.exp(int(costs[best]) / -40.0)

    @cached_property
    def _english(self) -> list[str]:
        return list(self._ids["en"])

    def _listed(self, source: Sequence[str], target: Sequence[str], source_language: str, target_language: str) -> list[tuple[np.ndarray, ...]]:
        """The columns of `Entries` for the pairs of the table; an empty list where it says nothing of the two languages."""
        sides = _side(source_language), _side(target_language)
        if sides == ("zh", "en"):
            return [self._known(source, target)]
        if sides == ("en", "zh"):
            zh, en, forward, backward = self._known(target, source)
            return [(en, zh, backward, forward)]
        return []

    def _known(self, zh: Sequence[str], en: Sequence[str]) -> tuple[np.ndarray, ...]:
        place = np.full(len(self._ids["en"]), -1, np.int32)
        for index, word in enumerate(en):
            number = self._ids["en"].get(word)
            if number is not None:
                place[number] = index
        numbered = [(index, self._ids["zh"][word]) for index, word in enumerate(zh) if word in self._ids["zh"]]
        if not numbered:
            return np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0), np.zeros(0)
        index, number = np.array(numbered, np.int64).T
        first = self._row_starts[number]
        length = self._row_starts[number + 1] - first
        ends = length.cumsum()
        cells = np.arange(ends[-1]) + np.repeat(first - ends + length, length)
        columns = place[self._data["en"][cells]]
        kept = np.flatnonzero(columns >= 0)
        cells = cells[kept]
        return np.repeat(index, length)[kept], columns[kept], _CHANCES[self._data["en_given_zh"][cells]], _CHANCES[self._data["zh_given_en"][cells]]


def _equal(source: Sequence[str], target: Sequence[str]) -> list[tuple[int, int]]:
    """Words that stand on both sides alike (names, numbers, marks), or sound alike in Katakana, by their numbers.

    A lone letter says nothing.
    """
    known = {stem(word): index for index, word in enumerate(target)}
    sounding: dict[str, list[int]] = {}
    if not _KATAKANA.isdisjoint([word[0] for word in (*source, *target)]):
        for index, word in enumerate(target):
            sounding.setdefault(sound(word), []).append(index)
    pairs = []
    for index, word in enumerate(source):
        same = known.get(stem(word))
        if same is not None and (len(word) > 1 or not word.isascii() or word.isdigit()):
            pairs.append((index, same))
        elif sounding and sound(word):
            pairs += [(index, j) for j in sounding.get(sound(word), ())]
    return pairs


def _side(language: str) -> str:
    base = language.split("-")[0]
    return "zh" if base == "ja" else base


@lru_cache(maxsize=1)
def load() -> Lexicon:
    """The shipped lexicon."""
    return Lexicon()
