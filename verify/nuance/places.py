"""Where a word's counterpart is to be expected on the other side, by the word alignment.

A word of grammar (may, not, only) is seldom aligned itself, but its neighbours are: the counterpart of
可能 stands near the counterpart of the verb that follows it.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cached_property, lru_cache

import numpy as np

from ..align.lexicon import load
from ..languages.vocabulary import Mark
from .check import Comparison

Place = tuple[float, float]  # middle of a word, in characters of its text; weight 0..1

_STOP = re.compile(r"[。！？；;.!?]")
_NEAR = {True: (26, 18), False: (8, 6)}  # characters after and before a mark that count as its neighbours: spaced, not
_GUESS = 0.4  # weight of "at the same relative position"
TIGHT = (0.56, 0.66)  # mean best link probability of a pair's words at which it counts as usual, as close
KNOWN = 0.01  # geometric mean of both translation probabilities from which two words count as translations
OCCUPIED = 0.45  # link probability from which a word is taken to translate the word it is linked to
LOOSE = 0.3  # closeness from which a word that is linked to nothing can stand for another
WIDE = {True: 25, False: 6}  # characters about where a clause leads: spaced languages, others
_AROUND = 0.25  # link probability from which a word of a clause leads to the other side
_BESIDE = {True: 40, False: 2}  # characters after a word in which what it governs begins: spaced languages, others
ANCHORED = 2.4  # summed link probability of the neighbours from which a place is known


def clause(text: str, start: int, end: int, stop: re.Pattern) -> tuple[int, int]:
    """The range between the stops before and after a place of a text."""
    low, after = max((before.end() for before in stop.finditer(text, 0, start)), default=0), stop.search(text, end)
    return low, after.start() if after else len(text)


class Places:
    """Lookups between the two sides of one comparison."""

    def __init__(self, pair: Comparison):
        self.texts = pair.source.text, pair.target.text
        self.spaced = pair.source.language.spaced, pair.target.language.spaced
        # How far apart two words may stand and still be neighbours of each other's counterparts.
        self.reach = [10 + 0.08 * len(text) if spaced else 5 + 0.08 * len(text) for text, spaced in zip(self.texts, self.spaced)]
        self.pair = pair
        self.links = pair.links
        self.middles: list[list[float]] = []
        self.words: list[list[tuple[int, int]]] = [[], []]
        if pair.links is not None:
            self.words = [pair.links.source_words, pair.links.target_words]
            self.middles = [[(a + b) / 2 for a, b in words] for words in self.words]
        content = [[(i, a, b) for i, (a, b) in enumerate(words) if text[a:b].isalnum()] for words, text in zip(self.words, self.texts)]
        self._content = [tuple(zip(*words)) or ((), (), ()) for words in content]  # of each side: numbers, starts and ends of its words, in order
        self._seen: dict[tuple[int, int, int], tuple[list[Place], float]] = {}
        self.known = False  # whether `know` was told of all words already
        self._near = np.zeros((0, 0))  # closeness of marks by their numbers in `_at`, which has a table of each side
        self._at: tuple[dict[tuple[int, int], int], ...] = ({}, {})

    def table(self, side: int) -> np.ndarray:
        """Link probabilities with the words of `side` (0 source, 1 target) as rows."""
        return self.links.probability if side == 0 else self.links.probability.T

    @cached_property
    def best(self) -> list[tuple[list[int], list[float]]]:
        """Of each side: for each of its words the word opposite that it is linked to best, and how surely."""
        tables = self.table(0), self.table(1)
        return [(table.argmax(1).tolist(), table.max(1).tolist()) if table.size else ([0] * len(table), [0.0] * len(table)) for table in tables]

    def inside(self, side: int, start: int, end: int) -> list[int]:
        """Words of a side that overlap a range of its text."""
        numbers, starts, ends = self._content[side]
        return list(numbers[bisect_right(ends, start) : bisect_left(starts, end)])

    def led(self, side: int, start: int, end: int) -> tuple[int, float, float] | None:
        """How many words of a range lead to the other side, and from where to where there, without the outermost: links go astray."""
        best, chances = self.best[side]
        led = sorted(sum(self.words[1 - side][best[i]]) / 2 for i in self.inside(side, start, end) if chances[i] >= _AROUND)
        return (len(led), led[len(led) // 8], led[-1 - len(led) // 8]) if led else None

    def expected(self, side: int, mark: Mark) -> tuple[list[Place], float]:
        """Places on the other side where the counterpart of a mark may stand, and how surely they are known."""
        key = side, mark.start, mark.end
        if key not in self._seen:
            self._seen[key] = self._expected(side, mark)
        return self._seen[key]

    def _expected(self, side: int, mark: Mark) -> tuple[list[Place], float]:
        text, other = self.texts[side], self.texts[1 - side]
        places = [(mark.middle / max(1, len(text)) * len(other), _GUESS)]
        if self.links is None:
            return places, 0.0
        after, before = _NEAR[self.spaced[side]]
        right = text[mark.end : mark.end + after]
        left = text[max(0, mark.start - before) : mark.start]
        stop = _STOP.search(right)
        right = right[: stop.start()] if stop else right
        stops = list(_STOP.finditer(left))
        left = left[stops[-1].end() :] if stops else left
        (best, chances), surety = self.best[side], 0.0
        for start, end, trust in ((mark.start, mark.end, 1.0), (mark.end, mark.end + len(right), 0.9), (mark.start - len(left), mark.start, 0.6)):
            for i in self.inside(side, start, end):
                if chances[i] < 0.25:
                    continue
                places.append((self.middles[1 - side][best[i]], trust * chances[i]))
                surety += trust * chances[i] if trust < 1 else 0.0
        return places, surety

    def anchored(self, side: int, mark: Mark) -> bool:
        """Whether the alignment says where on the other side the mark's counterpart belongs."""
        return self.expected(side, mark)[1] >= ANCHORED

    def closeness(self, source: Mark, target: Mark) -> float:
        """0..1: how well two marks stand at corresponding places."""
        i, j = self._at[0].get((source.start, source.end)), self._at[1].get((target.start, target.end))
        if i is not None and j is not None:
            return self._near.item(i, j)
        return max(self._closeness(0, source, target), self._closeness(1, target, source))

    def know(self, sources: Sequence[Mark], targets: Sequence[Mark]) -> None:
        """Work out the closeness of all these marks at once, which is cheaper than one by one."""
        self.known = True
        every = [list({(mark.start, mark.end): mark for mark in marks}.values()) for marks in (sources, targets)]
        if not all(every):
            return
        made = []
        for side, marks, others in ((0, *every), (1, *every[::-1])):
            places = [self.expected(side, mark)[0] for mark in marks]
            place, weight = np.array([one for some in places for one in some]).T[:, :, None]
            starts = np.cumsum([0, *map(len, places[:-1])])
            middle, half = np.array([(mark.middle, (mark.end - mark.start) / 2) for mark in others]).T
            near = weight * np.exp(-np.maximum(abs(middle - place) - half, 0.0) / self.reach[1 - side])
            made.append(np.maximum.reduceat(near, starts))
        self._near = np.maximum(made[0], made[1].T)
        self._at = tuple({(mark.start, mark.end): n for n, mark in enumerate(marks)} for marks in every)

    def all_close(self, sources: Sequence[Mark], targets: Sequence[Mark]) -> np.ndarray:
        """[sources, targets] the closeness of all of them."""
        rows, columns = ([at.get((mark.start, mark.end)) for mark in marks] for at, marks in zip(self._at, (sources, targets)))
        if rows and columns and None not in rows and None not in columns:
            return self._near[np.ix_(rows, columns)]
        return np.array([[self.closeness(s, t) for t in targets] for s in sources]).reshape(len(sources), len(targets))

    def all_linked(self, sources: Sequence[Mark], targets: Sequence[Mark]) -> np.ndarray:
        """[sources, targets] what `linked` says of all of them."""
        made = np.zeros((len(sources), len(targets)))
        if self.links is None or not made.size:
            return made
        of_words = np.zeros((len(sources), self.links.probability.shape[1]))
        for n, mark in enumerate(sources):
            if rows := self.inside(0, mark.start, mark.end):
                of_words[n] = self.links.probability[rows[0]] if len(rows) == 1 else self.links.probability[rows].max(0)
        for n, mark in enumerate(targets):
            if columns := self.inside(1, mark.start, mark.end):
                made[:, n] = of_words[:, columns[0]] if len(columns) == 1 else of_words[:, columns].max(1)
        return made

    def _closeness(self, side: int, mark: Mark, other: Mark) -> float:
        closest, middle, half, reach = 0.0, other.middle, (other.end - other.start) / 2, self.reach[1 - side]
        for place, weight in self.expected(side, mark)[0]:
            away = abs(middle - place) - half
            near = weight * math.exp(-away / reach) if away > 0 else weight
            if near > closest:
                closest = near
        return closest

    def free_for(self, side: int, weak: Mark, strong: Mark, near: float, others: Sequence[Mark] = ()) -> bool:
        """Whether a word of `side` that can stand for many things is free to stand for `strong`, one of `others` opposite.

        It is not when it translates a word of its own: beside 并没有失望, *disappoint* is 失望 and no 没有.
        """
        if self.links is None:
            return True
        (best, chances), linked = self.best[side], False
        for i in self.inside(side, weak.start, weak.end):
            if chances[i] < OCCUPIED:
                continue
            linked = True
            start, end = self.words[1 - side][best[i]]
            if any(other is not strong and other.start < end and start < other.end for other in others):
                continue
            if start - strong.end <= _BESIDE[self.spaced[1 - side]] and strong.start - end <= _BESIDE[self.spaced[1 - side]] - 2:
                return True
        return not linked and near >= LOOSE

    @cached_property
    def tightness(self) -> int:
        """How literally the pair is translated: 1 free, 2 usual, 3 close; 0 where there is no alignment."""
        if self.links is None or not all(self.links.probability.shape):
            return 0
        rows, columns = self.inside(0, 0, len(self.texts[0])), self.inside(1, 0, len(self.texts[1]))
        if not rows or not columns:
            return 0
        mean = lambda side, words: float(np.add.reduce([self.best[side][1][i] for i in words])) / len(words)
        best = (mean(0, rows) + mean(1, columns)) / 2
        return 1 + sum(best >= limit for limit in TIGHT)

    def linked(self, source: Mark, target: Mark) -> float:
        """Highest link probability between a word of one mark and a word of the other."""
        if self.links is None:
            return 0.0
        rows, columns = self.inside(0, source.start, source.end), self.inside(1, target.start, target.end)
        chance = self.links.probability.item
        return max([chance(i, j) for i in rows for j in columns], default=0.0)

    def translates(self, source: Mark, target: Mark) -> bool:
        """Whether the lexicon knows a word of the one as a translation of a word of the other (a link may be a guess)."""
        if self.links is None:
            return False
        codes = [side.language.code for side in (self.pair.source, self.pair.target)]
        return any(load().chance(a, b, *codes) > KNOWN**2 for a in _words(source.text, codes[0]) for b in _words(target.text, codes[1]))


@lru_cache(maxsize=4096)  # mostly single words, which come again
def _words(text: str, code: str) -> tuple[str, ...]:
    return load().words(text, code).keys
