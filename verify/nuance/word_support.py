"""Which words of one side the other side accounts for, by a table of Chinese runs and English stems.

The table is `word_support.npz`, made by `tools/make_word_support.py`: for runs of one to four Chinese characters the
share of their sentences whose English has a stem that belongs to them, and for each run and stem its *reliability*,
how often an occurrence finds a partner in a faithful pair. A word that nearly always finds one says much when it does not.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

import numpy as np

FUNCTION_WORDS = frozenset(
    ["a", "an", "the", "of", "to", "in", "on", "at", "by", "for", "with", "from", "as", "is", "are", "was", "were", "be", "been", "being", "am", "do", "does", "did", "done", "have", "has", "had", "having", "it", "its", "this", "that", "these", "those", "he", "she", "they", "them", "his", "her", "him", "their", "i", "me", "my", "we", "our", "us", "you", "your", "who", "whom", "whose", "which", "what", "and", "or", "but", "if", "so", "than", "then", "there", "here", "not", "no", "nor", "s", "t", "d", "ll", "re", "ve", "m", "will", "would", "shall", "should", "can", "could", "may", "might", "must", "also", "such", "up", "out", "into", "about", "over", "off", "down", "one", "ones", "own", "very", "just"])
FLOOR = 0.02  # least share that counts as support; the reliabilities were measured with it
LONGEST = 4
_STRANGER = 18.0  # nats of a character that is no word of the table
_PART = 0.3  # trust in a run that is not made of whole words
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

    @cached_property
    def weight(self) -> float:
        """Nats that the word says where nothing answers it."""
        return 0.8 if self.reliability is None else min(4.0, surprise(self.reliability))


@dataclass(frozen=True)
class Unit:
    """A Chinese word of the sentence. `row` is its number in the table, -1 for a character that is no word of it."""

    start: int
    end: int
    row: int
    share: float
    reliability: float

    @property
    def covered(self) -> bool:
        return self.share >= FLOOR

    @cached_property
    def weight(self) -> float:
        return min(4.0, surprise(self.reliability)) if self.row >= 0 else 0.5


@dataclass(frozen=True)
class Support:
    """`words` of the English side, `units` of the Chinese one.

    `runs` are all runs of the table found in the Chinese text, overlapping ones too, as (start, end, share, reliability).
    """

    words: tuple[Word, ...]
    units: tuple[Unit, ...]
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


# British spellings and the American ones, which most of the table's texts use.
_SPELLINGS = [(re.compile(p), r) for p, r in (
    (r"is(e[sdr]?|ers?|ing|ations?)$", r"iz\1"), (r"ys(e[sdr]?|ing)$", r"yz\1"), (r"(?<=[a-z]{2}[^aeiou])our", "or"), (r"(?<=[a-z][aeiou])our", "or"), (r"(?<=lab|hum|hon|col|arm|fav|ard)our", "or"),
    (r"([tb])re(s?)$", r"\1er\2"), (r"(def|off|lic|pret)ence", r"\1ense"), (r"(trav|canc|counc|mod|lab|fu|jew|sign|mars|chann|tot|quarr)ell(ed|ing|ors?|ers?)", r"\1el\2"),
    (r"^programme", "program"), (r"ogue(s?)$", r"og\1"), (r"^(h?a)emo", r"\1emo"), (r"^paed", "ped"), (r"^cheque", "check"), (r"^grey", "gray"), (r"^tyre", "tire"), (r"^sceptic", "skeptic"), (r"^plough", "plow"), (r"lment", "llment"))]


@lru_cache(maxsize=100_000)
def other_spelling(word: str) -> str | None:
    """The stem of a word's American spelling, None where it is the same."""
    lower = changed = word.lower().replace("’", "'")
    for pattern, american in _SPELLINGS:
        changed = pattern.sub(american, changed)
    return stem(changed) if changed != lower else None


def stems_of(text: str) -> list[tuple[str, int, int]]:
    """(stem, start, end) of each English word."""
    return [(stem(m.group()), m.start(), m.end()) for m in _WORD.finditer(text)]


def han_codes(text: str) -> np.ndarray:
    """One code a character, 0 for anything that is not a Chinese character."""
    codes = np.frombuffer(text.encode("utf-32-le"), np.uint32)
    return np.where((codes >= 0x3400) & (codes < 0xA000), codes, 0).astype(np.int32)


class WordSupport:
    """The table, read once."""

    def __init__(self, path: Path):
        with np.load(path) as table:
            # Plain lists: a sentence asks for single numbers, and numpy is slow with those.
            self._rows = {run: row for row, run in enumerate(_decoded(table["runs"]))}
            self._run_reliable = table["run_reliable"].tolist()
            self._cost = (math.log(float(table["run_seen"].sum())) - np.log(table["run_seen"].astype(np.float64))).tolist()
            self.stems = table["stems"].item().decode("utf-8").split("\n")
            self._number = {s: i for i, s in enumerate(self.stems)}
            self._stem_reliable = table["stem_reliable"].tolist()
            self._stem = table["stem"]
            self._share = table["share"]
            self._first = np.searchsorted(table["row"], np.arange(self.size + 1)).tolist()

    @property
    def size(self) -> int:
        return len(self._rows)

    def total_shares(self) -> np.ndarray:
        """For each run the sum of its shares, about the number of its English words."""
        return np.bincount(np.repeat(np.arange(self.size), np.diff(self._first)), self._share / 255, minlength=self.size)

    def find(self, chinese: str) -> list[tuple[int, int, int]]:
        """(start, end, row) of every run of the table in simplified text."""
        found = []
        for n in range(1, LONGEST + 1):
            for at in range(len(chinese) - n + 1):
                row = self._rows.get(chinese[at : at + n])
                if row is not None:
                    found.append((at, at + n, row))
        return found

    def segment(self, chinese: str, found: list[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
        """The likeliest words of the text, as (start, end, row), by unigram probability (Viterbi)."""
        ending: dict[int, list[tuple[int, int]]] = {}
        for start, end, row in found:
            ending.setdefault(end, []).append((start, row))
        best = [(0.0, 0, -1)]
        for end in range(1, len(chinese) + 1):
            likeliest = best[end - 1][0] + _STRANGER, end - 1, -1
            for start, row in ending.get(end, ()):
                option = best[start][0] + self._cost[row], start, row
                if option < likeliest:
                    likeliest = option
            best.append(likeliest)
        words, end = [], len(chinese)
        while end > 0:
            _, start, row = best[end]
            if row >= 0 or "\u3400" <= chinese[start] < "\ua000":
                words.append((start, end, row))
            end = start
        return words[::-1]

    def weigh(self, chinese: str, english: str) -> Support:
        """Support of both texts by each other; `chinese` in simplified script."""
        stems, alike = stems_of(english), {}
        numbers = {self._number[s]: s for s, _, _ in stems if s in self._number}
        # A word counts as known in whichever spelling the table knows better.
        for s, start, end in stems:
            if (american := other_spelling(english[start:end])) in self._number:
                numbers[self._number[american]] = s
                alike[s] = self._number[american]
        found = self.find(chinese)
        words = self.segment(chinese, found)
        whole = {(start, end) for start, end, row in words if row >= 0 and self._first[row] < self._first[row + 1]}
        inside = {i for start, end in whole for i in range(start + 1, end)}
        best: dict[str, tuple[float, tuple[int, int]]] = {}
        shares = [0.0] * len(chinese)
        runs = []
        for start, end, row in found:
            # A part of a word, or a chance meeting of two, says little: 公 in 公开 is no company.
            trust = 1.0 if start not in inside and end not in inside else _PART
            top = 0.0
            first, last = self._first[row], self._first[row + 1]
            for number, share in zip(self._stem[first:last].tolist(), self._share[first:last].tolist()):
                word = numbers.get(number)
                if word is not None:
                    share = share / 255 * trust
                    top = max(top, share)
                    if share > best.get(word, (0.0,))[0]:
                        best[word] = share, (start, end)
            runs.append((start, end, top, self._run_reliable[row] / 255))
            if top >= FLOOR:
                for i in range(start, end):
                    shares[i] = max(shares[i], top)
        units = tuple(Unit(start, end, row, max(shares[start:end]), self._run_reliable[row] / 255 if row >= 0 else 0.0)
                      for start, end, row in words)
        content = []
        for word, start, end in stems:
            if word in FUNCTION_WORDS:
                continue
            number = self._number.get(word, alike.get(word))
            share, run = best.get(word, (0.0, None))
            content.append(Word(start, end, word, share, run, None if number is None else self._stem_reliable[number] / 255))
        return Support(tuple(content), units, tuple(runs))


def _decoded(runs: np.ndarray) -> list[str]:
    """Runs of up to four characters, of 16 bits each, the last one lowest."""
    shifts = np.arange(LONGEST - 1, -1, -1, dtype=np.uint64) * np.uint64(16)
    codes = (runs[:, None] >> shifts & np.uint64(0xFFFF)).astype("<u4")
    return [run.lstrip("\0") for run in codes.view(f"<U{LONGEST}")[:, 0].tolist()]


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
