"""The shared question of the vocabulary checks: which words of one side have no equivalent on the other?

Each language's vocabulary marks the words of a topic with the senses they can stand for; a mark that asks
for a counterpart is paired with a compatible mark of the other side, the nearer the better. What stays
unpaired is lost, added, or, where both sides have one at corresponding places, changed. How much that
means is measured, not felt: `rates.py` knows how often each word goes unanswered in faithful translations.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from ..languages.vocabulary import Mark, vocabulary
from .check import Comparison
from .rates import rates


@dataclass(frozen=True)
class Change:
    """One unpaired mark, or two at corresponding places that do not mean the same.

    `confidence` is the probability, 0..1, that this is a change and not a free rendering.
    """

    source: Mark | None
    target: Mark | None
    confidence: float
    evidence: dict = field(default_factory=dict)

    @property
    def kind(self) -> str:
        return "changed" if self.source and self.target else "lost" if self.source else "added"


@dataclass(frozen=True)
class Pairing:
    """The marks of a topic on both sides and who answers whom (indexes)."""

    source: list[Mark]
    target: list[Mark]
    links: list[tuple[int, int]]
    alone_source: list[int]
    alone_target: list[int]


class Places:
    """Where on the other side the counterpart of a place is to be expected."""

    def __init__(self, pair: Comparison):
        self.pair = pair
        self.source, self.target = pair.source.text, pair.target.text
        self.reach = 10 + 0.1 * len(self.target)  # characters within which two places correspond
        self._seen: dict[tuple[int, int], list[tuple[float, float]]] = {}

    def expected(self, mark: Mark) -> list[tuple[float, float]]:
        """(place in the target, weight) for a mark of the source."""
        key = mark.start, mark.end
        if key not in self._seen:
            guess = mark.middle / max(1, len(self.source)) * len(self.target)
            self._seen[key] = [*self._linked(mark), (guess, 0.4)]
        return self._seen[key]

    def _linked(self, mark: Mark) -> list[tuple[float, float]]:
        """Places of the mark itself and of its neighbours in the clause, as the word alignment has them."""
        if self.pair.links is None:
            return []
        out = []
        for (start, end), p in self.pair.links.targets(mark.start, mark.end):
            out.append(((start + end) / 2, p))
        for low, high in ((mark.end, mark.end + 8), (mark.start - 6, mark.start)):
            low, high = max(0, low), min(len(self.source), high)
            if low < high:
                for (start, end), p in self.pair.links.targets(low, high):
                    out.append(((start + end) / 2, 0.7 * p))
        return sorted(out, key=lambda item: -item[1])[:6]

    def closeness(self, mark: Mark, other: Mark) -> float:
        """0..1: how well a mark of the target stands where that of the source leads to expect it."""
        return max(weight * math.exp(-abs(other.middle - place) / self.reach) for place, weight in self.expected(mark))


def compatible(source: Mark, target: Mark) -> float:
    """0 if neither can stand for the other; 1 if both mean the same sense in the first place."""
    if set(source.asks) & set(target.asks):
        return 1.0
    if set(source.asks) & set(target.senses) or set(target.asks) & set(source.senses):
        return 0.75
    return 0.0


def pairing(pair: Comparison, topic: str, places: Places | None = None) -> Pairing:
    """Pair the marks of a topic, best first; one word can answer a second one only if it stands close to it."""
    source = vocabulary(pair.source.language).find(topic, pair.source.text)
    target = vocabulary(pair.target.language).find(topic, pair.target.text)
    places = places or Places(pair)
    scored = []
    for i, s in enumerate(source):
        for j, t in enumerate(target):
            if fit := compatible(s, t):
                scored.append((fit * (0.4 + 0.6 * places.closeness(s, t)), fit, i, j))
    scored.sort(reverse=True)
    taken_source, taken_target, links = set(), set(), []
    for _, _, i, j in scored:
        if i not in taken_source and j not in taken_target:
            taken_source.add(i)
            taken_target.add(j)
            links.append((i, j))
    for score, fit, i, j in scored:
        if (i in taken_source) != (j in taken_target) and score / fit > 0.7:
            taken_source.add(i)
            taken_target.add(j)
            links.append((i, j))
    return Pairing(source, target, links,
                   [i for i, s in enumerate(source) if s.asks and i not in taken_source],
                   [j for j, t in enumerate(target) if t.asks and j not in taken_target])


def changes(pair: Comparison, topic: str) -> list[Change]:
    """Everything unpaired in a topic, with the probability that it is a change of meaning."""
    if topic not in vocabulary(pair.source.language) or topic not in vocabulary(pair.target.language):
        return []
    places = Places(pair)
    found = pairing(pair, topic, places)
    known = rates()
    code_source, code_target = pair.source.language.base, pair.target.language.base
    source = {i: known.unanswered(code_source, topic, found.source[i]) for i in found.alone_source}
    target = {j: known.unanswered(code_target, topic, found.target[j]) for j in found.alone_target}
    out: list[Change] = []
    contrasts = sorted(((places.closeness(found.source[i], found.target[j]), i, j) for i in source for j in target), reverse=True)
    for near, i, j in contrasts:
        if near < 0.2 or i not in source or j not in target:
            continue
        # Both are missing where the other stands: each alone would have to be a free rendering.
        rate = source[i] * max(target[j], 0.25)
        out.append(Change(found.source[i], found.target[j], posterior(rate), _evidence(source[i], target[j])))
        del source[i], target[j]
    out += [Change(found.source[i], None, posterior(rate), _evidence(rate, None)) for i, rate in source.items()]
    out += [Change(None, found.target[j], posterior(rate), _evidence(None, rate)) for j, rate in target.items()]
    return out


def _evidence(source: float | None, target: float | None) -> dict:
    out = {"by": "vocabulary"}
    if source is not None:
        out["source_word_unanswered_in_faithful_texts"] = round(source, 3)
    if target is not None:
        out["target_word_unanswered_in_faithful_texts"] = round(target, 3)
    return out


PRIOR = 0.1  # of a marked word in a text worth checking, how many were changed
CAUGHT = 0.8  # of the changed ones, how many show as unpaired


def posterior(rate: float) -> float:
    """Probability of a change, when in faithful texts this happens at `rate` (Bayes)."""
    return PRIOR * CAUGHT / (PRIOR * CAUGHT + (1 - PRIOR) * max(rate, 0.002))
