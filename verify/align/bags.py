"""A text as counts of words by segment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from . import lexicon as lexicons

OWN = 2000  # words of a text whose own frequencies weigh half as much as they can


@dataclass(frozen=True)
class Bag:
    """`words[ends[i]:ends[i + 1]]` are the words of segment i, as places in the vocabulary.

    `frequency` is how often each word is met by chance.
    """

    vocabulary: list[str]
    frequency: np.ndarray
    words: np.ndarray
    ends: np.ndarray

    @classmethod
    def read(cls, segments: Sequence[str], language: str) -> Bag:
        listed = _words(segments, language)
        index: dict[str, int] = {}
        words = np.array([index.setdefault(key, len(index)) for keys in listed for key in keys], np.int64)
        vocabulary = list(index)
        here = np.bincount(words, minlength=len(vocabulary)) / max(1, len(words))
        # A name that fills this text says less about a place in it than its rarity elsewhere promises.
        own = 0.5 * len(words) / (len(words) + OWN)
        frequency = (1 - own) * lexicons.load().frequency(vocabulary, language) + own * here
        return cls(vocabulary, frequency, words, np.cumsum([0] + [len(keys) for keys in listed]))

    def reread(self, segments: Sequence[str], language: str) -> Bag:
        """Other segments in the same vocabulary; words that it lacks are left out."""
        index = {word: place for place, word in enumerate(self.vocabulary)}
        listed = [[index[key] for key in keys if key in index] for keys in _words(segments, language)]
        words = np.array([place for places in listed for place in places], np.int64)
        return Bag(self.vocabulary, self.frequency, words, np.cumsum([0] + [len(places) for places in listed]))

    def __len__(self) -> int:
        return len(self.ends) - 1

    def types(self, first: int, last: int) -> np.ndarray:
        """Distinct words of segments first:last, ascending."""
        return np.unique(self.words[self.ends[first]:self.ends[last]])

    def counts(self, first: int, last: int, types: np.ndarray) -> np.ndarray:
        """How often each of `types` (ascending) stands in segments first:last: (segments, types), float32."""
        place = np.full(len(self.vocabulary), -1)
        place[types] = np.arange(len(types))
        columns = place[self.words[self.ends[first]:self.ends[last]]]
        rows = np.repeat(np.arange(last - first), np.diff(self.ends[first:last + 1]))
        table = np.zeros((last - first, len(types)), np.float32)
        np.add.at(table, (rows[columns >= 0], columns[columns >= 0]), 1)
        return table

    def information(self) -> np.ndarray:
        """Sum of −log p of the words of each segment, in nats."""
        known = np.concatenate([[0.0], np.cumsum(-np.log(self.frequency[self.words]))])
        return known[self.ends[1:]] - known[self.ends[:-1]]

    def pool(self, vectors: np.ndarray, chunk: int = 256) -> np.ndarray:
        """Each segment as the sum of its words' vectors, of unit length."""
        parts = []
        for first in range(0, len(self), chunk):
            last = min(len(self), first + chunk)
            types = self.types(first, last)
            parts.append(self.counts(first, last, types) @ vectors[types])
        pooled = np.concatenate(parts)
        return pooled / np.maximum(np.linalg.norm(pooled, axis=1, keepdims=True), 1e-9)


def _words(segments: Sequence[str], language: str) -> list[tuple[str, ...]]:
    lexicon = lexicons.load()
    return [lexicon.words(text, language, marks=True).keys for text in segments]
