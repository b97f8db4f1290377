"""Which words of one side the other side accounts for, by a table of Chinese runs and English stems.

The table is `word_support.npz`, made by `tools/make_word_support.py`: for runs of one to four Chinese characters the
share of their sentences whose English has a stem that belongs to them, and for each run and stem its *reliability*,
how often an occurrence finds a partner in a faithful pair. A word that nearly always finds one says much when it does not.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

FUNCTION_WORDS = frozenset(
    ["a", "an", "the", "of", "to", "in", "on", "at", "by", "for", "with", "from", "as", "is", "are", "was", "were", "be", "been", "being", "am", "do", "does", "did", "done", "have", "has", "had", "having", "it", "its", "this", "that", "these", "those", "he", "she", "they", "them", "his", "her", "him", "their", "i", "me", "my", "we", "our", "us", "you", "your", "who", "whom", "whose", "which", "what", "and", "or", "but", "if", "so", "than", "then", "there", "here", "not", "no", "nor", "s", "t", "d", "ll", "re", "ve", "m", "will", "would", "shall", "should", "can", "could", "may", "might", "must", "also", "such", "up", "out", "into", "about", "over", "off", "down", "one", "ones", "own", "very", "just"])
FLOOR = 0.02  # least share that counts as support; the reliabilities were measured with it
LONGEST = 4
_WORD = re.compile(r"[A-Za-zÀ-ɏ]+(?:['’][A-Za-z]+)?")


@dataclass(frozen=True)
class Word:
    """An English content word. `share` 0..1 is how strongly `run`, a range of the Chinese side, supports it.

    `reliability` is None for a stem that the table does not know.
    """

    start: int
    end: int
    stem: str
    share: float
    run: tuple[int, int] | None
    reliability: float | None

    @property
    def covered(self) -> bool:
        return self.share >= FLOOR


@dataclass(frozen=True)
class Support:
    """`words` of the English side; `shares[i]` the support of Chinese character i, 0 where it is no Chinese character.

    `runs` are all runs of the table found in the Chinese text, as (start, end, share, reliability).
    """

    words: tuple[Word, ...]
    shares: tuple[float, ...]
    runs: tuple[tuple[int, int, float, float], ...]


@lru_cache(maxsize=1)
def _stemmer():
    import snowballstemmer

    return snowballstemmer.stemmer("english")


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """The Porter2 stem of a word."""
    word = word.lower().replace("’", "'")
    return _stemmer().stemWord(word.removesuffix("'s"))


def stems_of(text: str) -> list[tuple[str, int, int]]:
    """(stem, start, end) of each English word."""
    return [(stem(m.group()), *m.span()) for m in _WORD.finditer(text)]


def han_codes(text: str) -> np.ndarray:
    """One code a character, 0 for anything that is not a Chinese character."""
    codes = np.frombuffer(text.encode("utf-32-le"), np.uint32)
    return np.where((codes >= 0x3400) & (codes < 0xA000), codes, 0).astype(np.int32)


class WordSupport:
    """The table, read once."""

    def __init__(self, path: Path):
        with np.load(path) as table:
            self._runs = table["runs"]
            self._run_reliable = table["run_reliable"]
            stems = table["stems"].item().decode("utf-8").split("\n")
            self._number = {s: i for i, s in enumerate(stems)}
            self._stem_reliable = table["stem_reliable"]
            self._stem = table["stem"]
            self._share = table["share"]
            self._first = np.searchsorted(table["row"], np.arange(len(self._runs) + 1))

    def find(self, chinese: str) -> list[tuple[int, int, int]]:
        """(start, end, row) of every run of the table in simplified text."""
        codes = han_codes(chinese).astype(np.uint64)
        found = []
        code = np.zeros(len(codes), np.uint64)
        good = np.ones(len(codes), bool)
        for n in range(1, LONGEST + 1):
            size = len(codes) - n + 1
            if size <= 0:
                break
            code = code[:size] * np.uint64(65536) + codes[n - 1 :]
            good = good[:size] & (codes[n - 1 :] > 0)
            rows = np.searchsorted(self._runs, code)
            rows[rows == len(self._runs)] = 0
            for at in np.flatnonzero(good & (self._runs[rows] == code)):
                found.append((int(at), int(at) + n, int(rows[at])))
        return found

    def weigh(self, chinese: str, english: str) -> Support:
        """Support of both texts by each other; `chinese` in simplified script."""
        stems = stems_of(english)
        numbers = {self._number[s]: s for s, _, _ in stems if s in self._number}
        best: dict[str, tuple[float, tuple[int, int]]] = {}
        shares = [0.0] * len(chinese)
        runs = []
        for start, end, row in self.find(chinese):
            first, last = self._first[row], self._first[row + 1]
            top = 0.0
            for stem_number, share in zip(self._stem[first:last].tolist(), self._share[first:last].tolist()):
                word = numbers.get(stem_number)
                if word is not None:
                    share /= 255
                    top = max(top, share)
                    if share > best.get(word, (0.0,))[0]:
                        best[word] = share, (start, end)
            runs.append((start, end, top, self._run_reliable[row] / 255))
            if top >= FLOOR:
                for i in range(start, end):
                    shares[i] = max(shares[i], top)
        words = []
        for word, start, end in stems:
            if word in FUNCTION_WORDS:
                continue
            number = self._number.get(word)
            share, run = best.get(word, (0.0, None))
            words.append(Word(start, end, word, share, run, None if number is None else self._stem_reliable[number] / 255))
        return Support(tuple(words), tuple(shares), tuple(runs))


@lru_cache(maxsize=1)
def table() -> WordSupport:
    return WordSupport(Path(__file__).with_name("word_support.npz"))


@lru_cache(maxsize=64)
def support(chinese: str, english: str) -> Support:
    """`table().weigh`, kept for the checks that ask for the same pair."""
    return table().weigh(chinese, english)


def surprise(reliability: float) -> float:
    """Nats of evidence that a word of this reliability is missing on the other side, when no partner is found."""
    return -math.log(max(0.02, 1 - reliability))
