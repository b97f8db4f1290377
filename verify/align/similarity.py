"""How well a span of source segments and a span of target segments match, as a gain in nats.

A similarity is anything with `compare(source, target) -> Scores`; `Scores.gains` serves the dynamic
programme of `beads`. `LexicalSimilarity` needs no model: it asks how much better each word is explained
by the other side than by chance (the likelihood ratio of IBM model 1, as in Moore 2002), both ways, and
the same for the words of a back-translation where one is given. Spans are sums, so overlaps cost nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from . import lexicon as lexicons
from .lexicon import Entries

LONGEST = 8  # segments in a bead, both sides together
SHAPES = tuple((m, n) for m in range(1, LONGEST) for n in range(1, LONGEST + 1 - m))

MISS = 0.25  # probability that a word is not a translation of anything opposite
OWN = 2000  # words of a text whose own frequencies weigh half as much as they can
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
    """Lexicon, numbers, names, marks; and back-translations, when given, as a second voice.

    `back_translations[j]` is target segment j in the source language, `forward_translations[i]` source
    segment i in the target language.
    """

    source_language: str
    target_language: str
    back_translations: Sequence[str] | None = None
    forward_translations: Sequence[str] | None = None

    def compare(self, source: Sequence[str], target: Sequence[str]) -> WordScores:
        voices = [Channel.between(source, target, self.source_language, self.target_language)]
        if self.back_translations is not None:
            voices.append(Channel.between(source, self.back_translations, self.source_language, self.source_language))
        if self.forward_translations is not None:
            voices.append(Channel.between(self.forward_translations, target, self.target_language, self.target_language))
        return WordScores(voices)


class Channel:
    """Two texts as words, and the table that says which word explains which."""

    def __init__(self, source: Bag, target: Bag, entries: Entries):
        self.source, self.target, self.entries = source, target, entries
        order = np.argsort(entries.source, kind="stable")
        self.columns = entries.target[order]
        self.tables = entries.forward[order], entries.backward[order]
        self.starts = np.searchsorted(entries.source[order], np.arange(len(source.frequency) + 1))

    @classmethod
    def between(cls, source: Sequence[str], target: Sequence[str], source_language: str, target_language: str) -> Channel:
        a, b = Bag.read(source, source_language), Bag.read(target, target_language)
        return cls(a, b, lexicons.load().entries(a.vocabulary, b.vocabulary, source_language, target_language))

    def ratios(self, rows: tuple[int, int], columns: tuple[int, int]) -> tuple[list[np.ndarray], list[np.ndarray]]:
        """Log-likelihood ratios against chance, in nats, within a window of segments.

        First list: item m−1, shape (rows − m + 1, columns): the words of one target segment, given m source
        segments. Second list: item n−1, shape (rows, columns − n + 1): the words of one source segment, given
        n target segments.
        """
        s_types, s_counts = self.source.window(*rows)
        t_types, t_counts = self.target.window(*columns)
        forward, backward = self._dense(s_types, t_types)
        to_target = _explained(s_counts @ forward, s_counts.sum(1), self.target.frequency[t_types], t_counts)
        to_source = _explained(t_counts @ backward.T, t_counts.sum(1), self.source.frequency[s_types], s_counts)
        return to_target, [table.T for table in to_source]

    def _dense(self, s_types: np.ndarray, t_types: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        place = np.full(len(self.target.frequency), -1)
        place[t_types] = np.arange(len(t_types))
        length = self.starts[s_types + 1] - self.starts[s_types]
        rows = np.repeat(np.arange(len(s_types)), length)
        before = np.cumsum(length) - length
        cells = np.arange(length.sum()) + np.repeat(self.starts[s_types] - before, length)
        columns = place[self.columns[cells]]
        kept = columns >= 0
        dense = np.zeros((2, len(s_types), len(t_types)), np.float32)
        for table, probabilities in zip(dense, self.tables):
            table[rows[kept], columns[kept]] = probabilities[cells[kept]]
        return dense[0], dense[1]


def _explained(mass: np.ndarray, lengths: np.ndarray, chance: np.ndarray, counts: np.ndarray) -> list[np.ndarray]:
    """Item k−1: ratios of every segment of `counts` given k neighbouring givers; shape (givers − k + 1, segments).

    `mass[i, w]` is the sum over the words of giver i of p(w | word), `lengths[i]` its words, `chance[w]` the
    frequency of w.
    """
    tables = []
    for k in range(1, min(LONGEST, len(mass) + 1)):
        words = np.maximum(sums(lengths[:, None], k), 1)
        ratio = np.log((1 - MISS) * sums(mass, k) / words / chance + MISS)
        tables.append(ratio.astype(np.float32) @ counts.T)
    return tables


@dataclass(frozen=True)
class Bag:
    """A text as counts of words by segment; `words[ends[i]:ends[i + 1]]` index the vocabulary."""

    vocabulary: list[str]
    frequency: np.ndarray
    words: np.ndarray
    ends: np.ndarray

    @classmethod
    def read(cls, segments: Sequence[str], language: str) -> Bag:
        lexicon = lexicons.load()
        listed = [lexicon.words(text, language, marks=True).keys for text in segments]
        index: dict[str, int] = {}
        words = np.array([index.setdefault(key, len(index)) for keys in listed for key in keys], np.int64)
        vocabulary = list(index)
        here = np.bincount(words, minlength=len(vocabulary)) / max(1, len(words))
        # A name that fills this text says less about a place in it than its rarity elsewhere promises.
        own = 0.5 * len(words) / (len(words) + OWN)
        frequency = (1 - own) * lexicon.frequency(vocabulary, language) + own * here
        return cls(vocabulary, frequency, words, np.cumsum([0] + [len(keys) for keys in listed]))

    def window(self, first: int, last: int) -> tuple[np.ndarray, np.ndarray]:
        """Distinct words of segments first:last, and their counts (segments, words), float32."""
        words = self.words[self.ends[first]:self.ends[last]]
        types, where = np.unique(words, return_inverse=True)
        counts = np.zeros((last - first, len(types)), np.float32)
        segment = np.repeat(np.arange(last - first), np.diff(self.ends[first:last + 1]))
        np.add.at(counts, (segment, where), 1)
        return types, counts

    def information(self) -> np.ndarray:
        """Sum of −log p of the words of each segment, in nats."""
        known = np.concatenate([[0.0], np.cumsum(-np.log(self.frequency[self.words]))])
        return known[self.ends[1:]] - known[self.ends[:-1]]


class WordScores:
    """Scores of one or more channels, averaged."""

    def __init__(self, channels: Sequence[Channel]):
        self.channels = channels

    def gains(self, rows: tuple[int, int], columns: tuple[int, int]) -> np.ndarray:
        total = None
        for channel in self.channels:
            to_target, to_source = channel.ratios(rows, columns)
            gains = [sums(to_target[m - 1], n, 1) + sums(to_source[n - 1], m) if m <= len(to_target) and n <= len(to_source)
                     else np.zeros((0, 0), np.float32) for m, n in SHAPES]
            block = stack(gains, rows[1] - rows[0], columns[1] - columns[0])
            total = block if total is None else total + block
        return total * np.float32(TEMPER / 2 / len(self.channels))

    def information(self) -> tuple[np.ndarray, np.ndarray]:
        sides = [sum(bag.information() for bag in bags) * TEMPER / 2 / len(bags)
                 for bags in ([c.source for c in self.channels], [c.target for c in self.channels])]
        return sides[0], sides[1]

    def vectors(self) -> tuple[np.ndarray, np.ndarray]:
        return sketch(self.channels)


def sketch(channels: Sequence[Channel], size: int = 512) -> tuple[np.ndarray, np.ndarray]:
    """Segments as random projections of their weighted words (those of the source translated)."""
    random = np.random.default_rng(7)
    sides = []
    for channel in channels:
        source, target, entries = channel.source, channel.target, channel.entries
        base = random.standard_normal((len(target.frequency), size)).astype(np.float32)
        base *= -np.log(target.frequency)[:, None].astype(np.float32)
        translated = np.zeros((len(source.frequency), size), np.float32)
        weight = np.sqrt(entries.forward * entries.backward)[:, None]
        np.add.at(translated, entries.source, base[entries.target] * weight)
        sides.append((_pool(translated, source), _pool(base, target)))
    joined = [np.concatenate(parts, 1) for parts in zip(*sides)]
    return joined[0], joined[1]


def _pool(vectors: np.ndarray, bag: Bag) -> np.ndarray:
    pooled = np.zeros((len(bag.ends) - 1, vectors.shape[1]), np.float32)
    np.add.at(pooled, np.repeat(np.arange(len(pooled)), np.diff(bag.ends)), vectors[bag.words])
    return pooled / np.maximum(np.linalg.norm(pooled, axis=1, keepdims=True), 1e-9)


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


def stack(tables: Sequence[np.ndarray], rows: int, columns: int) -> np.ndarray:
    """One table a shape, each padded with −inf to (rows, columns)."""
    block = np.full((len(tables), rows, columns), -np.inf, np.float32)
    for plane, table in zip(block, tables):
        plane[: table.shape[0], : table.shape[1]] = table
    return block
