"""How well a span of source segments and a span of target segments match, as a gain in nats.

A similarity is anything with `compare(source, target) -> Scores`; `Scores.gains` serves the dynamic
programme of `search`. `LexicalSimilarity` needs no model: it asks how much better each word is explained
by the other side than by chance (the likelihood ratio of IBM model 1, as in Moore 2002), both ways; a
translation, where one is given, is one more voice that can explain a word. Spans are sums, so overlaps
cost nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from . import lexicon as lexicons
from .bags import Bag

LONGEST = 8  # segments in a bead, both sides together
SHAPES = tuple((m, n) for m in range(1, LONGEST) for n in range(1, LONGEST + 1 - m))

# Share of a word's explanation that is a machine translation's, where there is one: beside a lexicon, and alone.
ECHO, ECHO_ALONE = 0.25, 0.75
MISS = 0.35  # probability that a word is not a translation of anything opposite
SKETCH = 256  # dimensions of the random projection
TEMPER = 0.3  # words of a sentence are no independent witnesses: their nats count for so much


class Scores(Protocol):
    """What a similarity knows about one pair of texts (n source and m target segments)."""

    def gains(self, rows: tuple[int, int], columns: tuple[int, int]) -> np.ndarray:
        """Gain in nats of each bead over chance: shape (len(SHAPES), rows, columns), float32.

        Cell [k, i, j] is the bead of SHAPES[k] whose first segments are rows[0] + i and columns[0] + j;
        −inf where it does not fit into the window.
        """
        ...

    def information(self) -> tuple[np.ndarray, np.ndarray]:
        """What each segment would gain if every word of it were certain: (n,) and (m,), in the nats of `gains`."""
        ...

    def vectors(self) -> tuple[np.ndarray, np.ndarray]:
        """A unit vector a segment, (n, d) and (m, d): their products rank candidates for the band."""
        ...


class Similarity(Protocol):
    def compare(self, source: Sequence[str], target: Sequence[str]) -> Scores: ...


@dataclass(frozen=True)
class LexicalSimilarity:
    """Lexicon, numbers, names, marks; and a machine translation, where given: `back_translations[j]` is target segment j in the source language."""

    source_language: str
    target_language: str
    back_translations: Sequence[str] | None = None

    def compare(self, source: Sequence[str] | Bag, target: Sequence[str]) -> LexicalScores:
        return LexicalScores(self, source, target)


class LexicalScores:
    """Two texts as words, and the table that says which word explains which."""

    def __init__(self, similarity: LexicalSimilarity, source: Sequence[str] | Bag, target: Sequence[str]):
        languages = similarity.source_language, similarity.target_language
        self.source = source if isinstance(source, Bag) else Bag.read(source, languages[0])
        self.target = Bag.read(target, languages[1])
        back = similarity.back_translations
        self.source_echo = self.source.reread(back, languages[0]) if back is not None else None
        self.trust = ECHO if lexicons.load().covers(*languages) else ECHO_ALONE
        self.entries = lexicons.load().entries(self.source.vocabulary, self.target.vocabulary, *languages)
        self.starts = np.searchsorted(self.entries.source, np.arange(len(self.source.vocabulary) + 1))

    def gains(self, rows: tuple[int, int], columns: tuple[int, int]) -> np.ndarray:
        s_types, t_types = self.source.types(*rows), self.target.types(*columns)
        s_counts, t_counts = self.source.counts(*rows, s_types), self.target.counts(*columns, t_types)
        forward, backward = self._dense(s_types, t_types)
        to_target = _Explained(s_counts @ forward, s_counts, self.target.frequency[t_types], t_counts)
        to_source = _Explained(t_counts @ backward.T, t_counts, self.source.frequency[s_types], s_counts)
        if self.source_echo:
            to_source.hear(self.source_echo.counts(*columns, s_types), self.trust)
        height, width = rows[1] - rows[0], columns[1] - columns[0]
        by_source = [to_target.by(m) for m in range(1, min(LONGEST - 1, height) + 1)]  # (starts, target segments)
        by_target = [to_source.by(n).T for n in range(1, min(LONGEST - 1, width) + 1)]  # (source segments, starts)
        block = np.full((len(SHAPES), height, width), -np.inf, np.float32)
        for plane, (m, n) in zip(block, SHAPES):
            if m <= height and n <= width:
                plane[: height - m + 1, : width - n + 1] = sums(by_source[m - 1], n, 1) + sums(by_target[n - 1], m)
        block *= TEMPER / 2
        return block

    def _dense(self, s_types: np.ndarray, t_types: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """p(target word | source word) and p(source word | target word) for some words of both."""
        place = np.full(len(self.target.vocabulary), -1)
        place[t_types] = np.arange(len(t_types))
        length = self.starts[s_types + 1] - self.starts[s_types]
        cells = np.arange(length.sum()) + np.repeat(self.starts[s_types] - (np.cumsum(length) - length), length)
        rows, columns = np.repeat(np.arange(len(s_types)), length), place[self.entries.target[cells]]
        kept = columns >= 0
        dense = np.zeros((2, len(s_types), len(t_types)), np.float32)
        dense[0][rows[kept], columns[kept]] = self.entries.forward[cells[kept]]
        dense[1][rows[kept], columns[kept]] = self.entries.backward[cells[kept]]
        return dense[0], dense[1]

    def information(self) -> tuple[np.ndarray, np.ndarray]:
        return self.source.information() * TEMPER / 2, self.target.information() * TEMPER / 2

    def vectors(self) -> tuple[np.ndarray, np.ndarray]:
        """Random projections of the weighted words; those of the source as their translations."""
        base = np.random.default_rng(7).standard_normal((len(self.target.vocabulary), SKETCH)).astype(np.float32)
        base *= -np.log(self.target.frequency)[:, None].astype(np.float32)
        translated = np.zeros((len(self.source.vocabulary), SKETCH), np.float32)
        weight = np.sqrt(self.entries.forward * self.entries.backward)
        best_first = np.lexsort((-weight, self.entries.source))
        for rank in range(3):  # the three best translations of each word
            cells = best_first[(self.starts[:-1] + rank)[np.diff(self.starts) > rank]]
            translated[self.entries.source[cells]] += base[self.entries.target[cells]] * weight[cells, None]
        return self.source.pool(translated), self.target.pool(base)


class _Explained:
    """How well the segments of one side (givers) explain the words of the segments of the other (takers).

    `mass[i, w]` is the sum over the words of giver i of p(w | word), `giver_counts` (givers, words) what
    they hold, `chance[w]` the frequency of w, `counts` (takers, words) what the takers hold.
    """

    def __init__(self, mass: np.ndarray, giver_counts: np.ndarray, chance: np.ndarray, counts: np.ndarray):
        self.mass, self.lengths, self.chance, self.counts = mass, giver_counts.sum(1, keepdims=True), chance, counts
        self.echo, self.trust = None, 0.0

    def hear(self, echo: np.ndarray, trust: float) -> None:
        """`echo` (givers, words): what a translation of the givers holds; `trust` its share of the explanation."""
        self.echo, self.trust = echo, trust

    def by(self, k: int) -> np.ndarray:
        """Log-likelihood ratio of each taker against chance, given k givers in a row: (givers − k + 1, takers)."""
        explained = sums(self.mass, k) / np.maximum(sums(self.lengths, k), 1)
        if self.echo is not None:
            heard = sums(self.echo, k)
            explained = (1 - self.trust) * explained + self.trust * lexicons.SAME * heard / np.maximum(heard.sum(1, keepdims=True), 1)
        ratio = np.log((1 - MISS) * explained / self.chance + MISS)
        return ratio.astype(np.float32) @ self.counts.T


def sums(values: np.ndarray, width: int, axis: int = 0) -> np.ndarray:
    """Sums of `width` neighbours along an axis; that axis is shorter by width − 1."""
    if width == 1:
        return values
    length = values.shape[axis] - width + 1
    part = [slice(None)] * values.ndim
    total = 0
    for shift in range(width):
        part[axis] = slice(shift, shift + length)
        total = total + values[tuple(part)]
    return total
