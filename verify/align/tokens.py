"""Words of a text with their places, as keys that the lexicon knows: folded, stemmed, segmented."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np

from .japanese import glosses

HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_LETTER = rf"(?:(?![{HAN}々\u3040-\u30ff])[^\W\d_])"
_RUNS = re.compile(
    rf"(?P<word>(?:[A-Za-z]+|{_LETTER})+(?:['’]{_LETTER}+)?)|(?P<han>[{HAN}々]+)|(?P<mark>[^\w\s])"
    rf"|(?P<number>\d+(?:[.,]\d+)*)|(?P<kana>[\u30a0-\u30ff]{{2,}})")
# Marks of both scripts that do one work share a key; brackets, dashes and the rest are left out.
_MARKS = {m: key for key, marks in {"!?": "?？", "!!": "!！", "!.": ".。．", "!,": ",，、", "!;": ";；", "!:": ":：",
                                    '!"': "\"“”「」『』«»"}.items() for m in marks}
_VOWELS = frozenset("aeiouy")
_LONGEST = 6  # characters of the longest Chinese word in the lexicon
_UNKNOWN = 18.0  # nats for a character that the lexicon has never seen


@dataclass(frozen=True)
class Words:
    """`keys[i]` stands for the half-open character range `ranges[i]` of the text as given."""

    keys: tuple[str, ...]
    ranges: list[tuple[int, int]]

    @cached_property
    def starts(self) -> np.ndarray:
        return np.array([start for start, _ in self.ranges], np.int64)

    @cached_property
    def ends(self) -> np.ndarray:
        return np.array([end for _, end in self.ranges], np.int64)

    def __len__(self) -> int:
        return len(self.keys)


def split(text: str, language: str, costs: Mapping[str, float], marks: bool = False) -> Words:
    """Words of `text`. `costs` gives −log p of each Chinese word; `marks` adds punctuation.

    Chinese and Japanese characters are folded to simplified ones, so both are looked up alike. Japanese words
    of `japanese.toml` come as their Chinese ones; other Hiragana is passed over.
    """
    base = language.split("-")[0]
    keys: list[str] = []
    ranges: list[tuple[int, int]] = []

    def add(key: str, start: int, end: int) -> None:
        keys.append(key)
        ranges.append((start, end))

    if base == "ja":
        for chinese, start, end in glosses(text):
            for word in chinese:
                add(word, start, end)
            text = text[:start] + " " * (end - start) + text[end:]
    folded = _simplify(text, base) if base in ("zh", "ja") else text
    for match in _RUNS.finditer(folded):
        kind, run, (start, end) = match.lastgroup, match.group(), match.span()
        if kind == "word":
            add(run.lower() if base in ("zh", "ja") else stem(run), start, end)
        elif kind == "han":
            for a, b in segment(run, costs):
                add(run[a:b], start + a, start + b)
        elif kind == "mark":
            if marks and run in _MARKS:
                add(_MARKS[run], start, end)
        elif kind == "number":
            add(unicodedata.normalize("NFKC", run).replace(",", ""), start, end)
        else:
            add(run, start, end)
    if base == "ja":  # the others are in order as they are found
        order = sorted(range(len(keys)), key=lambda i: ranges[i][0])
        keys, ranges = [keys[i] for i in order], [ranges[i] for i in order]
    return Words(tuple(keys), ranges)


def segment(run: str, costs: Mapping[str, float]) -> list[tuple[int, int]]:
    """The most probable division of a run of Chinese characters into words (unigram Viterbi search)."""
    n, known = len(run), costs.get
    best, back = [0.0] + [float("inf")] * n, [0] * (n + 1)
    for i in range(n):
        here, cost = best[i], known(run[i], _UNKNOWN)
        if here + cost < best[i + 1]:
            best[i + 1], back[i + 1] = here + cost, i
        for j in range(i + 2, min(n, i + _LONGEST) + 1):
            cost = known(run[i:j])
            if cost is not None and here + cost < best[j]:
                best[j], back[j] = here + cost, i
    ranges = []
    while n:
        ranges.append((back[n], n))
        n = back[n]
    return ranges[::-1]


@lru_cache(maxsize=1 << 16)
def stem(word: str) -> str:
    """An English word without case, accents and inflection: cards, carded, carding → card.

    Coarse on purpose: a stem is only ever compared with stems. The lexicon was trained on these, so a
    change here needs the lexicon trained again.
    """
    word = _plain(word.lower().replace("’", "'"))
    if word.endswith("'s"):
        word = word[:-2]
    if len(word) < 4 or not word[0].isalpha():
        return word
    if word.endswith("ies") and len(word) > 4:
        word = word[:-3] + "y"
    elif word.endswith(("sses", "shes", "ches", "xes", "zes")):
        word = word[:-2]
    elif word.endswith("s") and word[-2] not in "sui":
        word = word[:-1]
    for suffix in ("ing", "ed"):
        rest = word[: -len(suffix)]
        if word.endswith(suffix) and len(rest) > 2 and _VOWELS & set(rest):
            word = rest[:-1] if len(rest) > 3 and rest[-1] == rest[-2] and rest[-1] not in "lsz" else rest
            break
    if word.endswith("e") and len(word) > 3:
        word = word[:-1]
    if word.endswith("y") and len(word) > 3 and word[-2] not in _VOWELS:
        word = word[:-1] + "i"
    return word


def _plain(word: str) -> str:
    """Accents off."""
    if word.isascii():
        return word
    return "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))


def _simplify(text: str, base: str) -> str:
    from ..languages.folding import shinjitai, to_simplified

    return to_simplified(text.translate(shinjitai()) if base == "ja" else text)
