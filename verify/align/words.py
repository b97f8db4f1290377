"""Word links of one sentence pair, as character ranges with probabilities.

Each side's words are asked which words opposite they come from (IBM model 1 with a pull to the diagonal,
Brown et al. 1993, Dyer et al. 2013); a link that its neighbours confirm gains, as in the HMM of Vogel et al. 1996
but without its training; the geometric mean of both directions is the link's probability.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from .lexicon import load

Range = tuple[int, int]

DIAGONAL = 4.0  # strength of the pull to the diagonal; zh-en reorders a lot
NULL = 0.08  # share of words without counterpart
NEIGHBOURS = 2.0  # how much a neighbouring link speaks for a link
ROUNDS = 3
SMOOTH = 0.3  # trust in a link between words that the lexicon does not know as a pair, over chance
LINK = 0.4  # probability from which a pair of words is a link
# Neighbours of a cell and their weight: the diagonal most, then words linked to the same word.
_NEAR = ((1.0, ((1, 1),)), (0.5, ((1, 0), (0, 1), (2, 1), (1, 2), (2, 2))))


@dataclass(frozen=True)
class WordLinks:
    """Links between two texts; ranges are half-open, in characters of the texts as given.

    `links` are (source range, target range, probability), in source order; `probability[i, j]` is the
    same for every pair of words; `source_covered[i]` is the probability that source word i has a
    counterpart, `target_covered[j]` that of target word j; grammar words often have none.
    """

    source_words: list[Range]
    target_words: list[Range]
    probability: np.ndarray
    source_covered: np.ndarray
    target_covered: np.ndarray

    @cached_property
    def links(self) -> list[tuple[Range, Range, float]]:
        return [(self.source_words[i], self.target_words[j], float(self.probability[i, j]))
                for i, j in zip(*np.nonzero(self.probability >= LINK))]

    def targets(self, start: int, end: int) -> list[tuple[Range, float]]:
        """Target words linked to source text start:end, in order, each with its best probability."""
        return self._opposite(self.source_words, self.target_words, self.probability, start, end)

    def sources(self, start: int, end: int) -> list[tuple[Range, float]]:
        """Source words linked to target text start:end."""
        return self._opposite(self.target_words, self.source_words, self.probability.T, start, end)

    @staticmethod
    def _opposite(words, others, probability, start, end):
        rows = [i for i, (a, b) in enumerate(words) if a < end and b > start]
        if not rows or not others:
            return []
        best = probability[rows].max(0)
        return [(others[j], float(best[j])) for j in np.flatnonzero(best >= LINK)]


def links(source_text: str, target_text: str, source_language: str = "zh", target_language: str = "en") -> WordLinks:
    """Word alignment of two texts (a bead's sides; a few sentences at most: the work grows with their product)."""
    lexicon = load()
    s, t = lexicon.words(source_text, source_language, marks=True), lexicon.words(target_text, target_language, marks=True)
    ranges = s.ranges, t.ranges
    if not len(s) or not len(t):
        return WordLinks(*ranges, np.zeros((len(s), len(t))), np.zeros(len(s)), np.zeros(len(t)))
    s_types, t_types = list(dict.fromkeys(s.keys)), list(dict.fromkeys(t.keys))
    s_place, t_place = ({key: i for i, key in enumerate(types)} for types in (s_types, t_types))
    rows, columns = [s_place[k] for k in s.keys], [t_place[k] for k in t.keys]
    forward, backward = lexicon.tables(s_types, t_types, source_language, target_language).take(rows, 1).take(columns, 2)
    s_chance, t_chance = lexicon.frequency(s.keys, source_language), lexicon.frequency(t.keys, target_language)
    to_target, to_source = _posteriors(forward, backward, s_chance, t_chance, _diagonal(len(s), len(t)))
    probability = np.sqrt(to_target * to_source)
    return WordLinks(*ranges, probability, probability.sum(1).clip(max=1.0), probability.sum(0).clip(max=1.0))


def _diagonal(n: int, m: int) -> np.ndarray:
    away = np.abs((np.arange(n)[:, None] + 0.5) / n - (np.arange(m)[None] + 0.5) / m)
    return np.exp(-DIAGONAL * away)


def _posteriors(forward, backward, s_chance, t_chance, prior) -> tuple[np.ndarray, np.ndarray]:
    """p(source word | target word) with columns that sum to ≤ 1, and its mirror with rows that do."""
    n, m = prior.shape
    forward, backward = forward + SMOOTH * t_chance, backward + SMOOTH * s_chance[:, None]
    no_source = NULL / (1 - NULL) * 0.4 * n * t_chance
    no_target = NULL / (1 - NULL) * 0.4 * m * s_chance

    def shares(weight: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        a, b = weight * forward, weight * backward
        return a / (a.sum(0) + no_source), b / (b.sum(1) + no_target)[:, None]

    a, b = shares(prior)
    for _ in range(ROUNDS):
        a, b = shares(prior * np.exp(NEIGHBOURS * _neighbours(np.sqrt(a * b))))
    return a, b


def _neighbours(links: np.ndarray) -> np.ndarray:
    """What speaks for each cell. The rows lie in one line with zeros between them, so that a neighbour is a shift of the whole line."""
    (n, m), width = links.shape, links.shape[1] + 4
    padded = np.zeros((n + 4, width))
    padded[2:-2, 2:-2] = links
    line, first, last = padded.ravel(), 2 * width + 2, (n + 2) * width - 2  # the first cell, and the end of the last one
    total = np.zeros(n * width)
    cells = total[:last - first]
    for weight, places in _NEAR:
        speaking = weight * line
        for i, j in places:
            away = i * width + j
            cells += speaking[first - away:last - away]
            cells += speaking[first + away:last + away]
    return total.reshape(n, width)[:, :m]
