"""The negations of both sides, and how well each is answered, one to one.

Where the source negates three times and the draft twice, one was lost, although each has another near it: what answers
one answers no second. `word_evidence.py` hands this to the trees.
"""

from __future__ import annotations

import math
import re
from typing import NamedTuple

import numpy as np

from ..languages.vocabulary import Mark
from .check import Comparison
from .own_words import meant
from .places import Places
from .senses import vocabulary_marks

CLAUSE_END = re.compile(r"[，。；：！？,;:!?—()（）]|\.(?!\d)|\b(?:but|and|while|although|though|because|whereas|so that|yet)\b")
REACH = {True: 60, False: 12}  # characters that a negation word can govern: spaced languages, others
_HEADS = 4  # words after a negation among which what it negates is
_FADES = {True: 30, False: 5}  # characters over which a word after a negation becomes less likely what it negates
_BEFORE = {True: 6, False: 2}  # the same of a word before it ("matters not"), at half
_BEYOND = 0.15  # at which worth it is where a clause ends between them
_LEAST = 0.25  # link probability from which a word leads to the other side
_PLACE = 0.25  # weight of standing at the same part of the text
_LOOSE = 0.8  # of an answer that need not negate (*avoid*); of two such squared


class Negations(NamedTuple):
    """Of source and target: the marks in order, and of each how well it is answered, 0..1 (0: nothing is left to answer it); `worth`
    [source, target]: how well each pair of them answers each other, whatever else they answer."""

    marks: tuple[list[Mark], list[Mark]]
    answered: tuple[list[float], list[float]]
    worth: np.ndarray

    @property
    def counts(self) -> list[tuple[int, int]]:
        """Of each side: how many negate, and how many only can (*avoid*)."""
        return [(denying := sum(bool(mark.asks) for mark in marks), len(marks) - denying) for marks in self.marks]


def negations(pair: Comparison) -> Negations:
    places, every = pair.places, [vocabulary_marks(side, "negation") for side in (pair.source, pair.target)]
    source, target = (meant(places, side, every[side], every[1 - side]) for side in (0, 1))
    answered: tuple[list[float], list[float]] = [0.0] * len(source), [0.0] * len(target)
    worth = _worths(places, source, target)
    for value, i, j in sorted(((value, i, j) for i, row in enumerate(worth) for j, value in enumerate(row)), reverse=True):
        if not answered[0][i] and not answered[1][j]:
            answered[0][i] = answered[1][j] = value
    return Negations((source, target), answered, np.array(worth).reshape(len(source), len(target)))


def _worths(places: Places, source: list[Mark], target: list[Mark]) -> list[list[float]]:
    if not (source and target):
        return []
    led = [_led(places, 0, one) for one in source], [_led(places, 1, one) for one in target]
    sure = lambda one: 1.0 if one.asks else _LOOSE
    return [[sure(a) * sure(b) * _worth(places, a, b, led[0][i], led[1][j]) for j, b in enumerate(target)] for i, a in enumerate(source)]


def governed(places: Places, side: int, mark: Mark) -> list[int]:
    """The words after a mark, in its clause and within reach, nearest first."""
    text, reach = places.texts[side], REACH[places.spaced[side]]
    stop = CLAUSE_END.search(text, mark.end, mark.end + reach)
    return places.inside(side, mark.end, stop.start() if stop else mark.end + reach)[:_HEADS]


def _led(places: Places, side: int, mark: Mark) -> list[tuple[float, int, int]]:
    """Where the words after a negation lead: how surely, and the word of the other side."""
    if places.links is None:
        return []
    best, chances = places.best[side]
    return [(chances[i] * 0.9**rank, *places.words[1 - side][best[i]])
            for rank, i in enumerate(governed(places, side, mark)) if chances[i] >= _LEAST]


def _worth(places: Places, a: Mark, b: Mark, from_a: list, from_b: list) -> float:
    best = places.linked(a, b)
    for side, mark, led in ((1, b, from_a), (0, a, from_b)):
        for chance, start, end in led:
            if chance > best:
                best = max(best, chance * _governs(places.texts[side], places.spaced[side], mark, start, end))
    apart = abs(a.middle / len(places.texts[0]) - b.middle / len(places.texts[1]))
    return (1 - _PLACE) * best + _PLACE * math.exp(-4 * apart)


def _governs(text: str, spaced: bool, negation: Mark, start: int, end: int) -> float:
    """0..1: how likely a negation of a text governs the word at start:end."""
    if negation.start < end and start < negation.end:
        return 1.0
    if end <= negation.start:
        return 0.5 * math.exp((end - negation.start) / _BEFORE[spaced])
    beyond = CLAUSE_END.search(text, negation.end, start)
    return (_BEYOND if beyond else 1.0) * math.exp((negation.end - start) / _FADES[spaced])
