"""The shared question of the vocabulary checks: which words of one side have no equivalent on the other?

Each language's vocabulary marks the words of a topic with the senses they can stand for; a mark that asks
for a counterpart is paired with a compatible mark of the other side, the nearer the better. What stays
unpaired is lost, added, or, where both sides have one at corresponding places, changed. How much that
means is measured, not felt: `rates.py` knows how often each word goes unanswered in faithful translations.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

from ..languages.vocabulary import Mark, vocabulary
from .check import Comparison, Side
from .places import Places
from .rates import posterior, rates

FAR = 0.12  # closeness below which two marks do not answer each other, where the place is known
SAME_WORD = 0.7  # closeness from which one word can answer for two
SCALES = {"quantifier"}  # topics of which a loose answer may be a word of another strength (some for all)
# Of the marks of a text worth checking, how many were changed so: into a given other sense, the same though something
# looser answers one of the two, into any, dropped, put in.
PRIORS = {"changed": 0.03, "answered": 0.01, "both": 0.15, "lost": 0.1, "added": 0.07}
HINT = 0.3  # confidence below which two marks at one place are not reported together
TRANSLATED = 0.8  # link probability from which a word is the translation of another
CONTRAST = 0.45  # closeness from which an unpaired mark stands where another is missing


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
    """The marks of a topic on both sides, who answers whom (indexes), and who is unanswered."""

    places: Places
    source: list[Mark]
    target: list[Mark]
    links: list[tuple[int, int]]
    alone_source: list[int]
    alone_target: list[int]

    @cached_property
    def contrasts(self) -> list[tuple[int, int]]:
        """Marks (indexes) at corresponding places of which each asks for something that the other does not say.

        A mark with an answer of its own sense, or that its own translation answers (预计 as *expects*), is in none. What answers
        one of them only loosely (a 将 beside 可能, when the draft has *will*) does not count: whether such a pair is free rendering is for the rates to say.
        """
        said: tuple[set[int], set[int]] = set(), set()
        for i, j in self.links:
            s, t = self.source[i], self.target[j]
            alike = _meet(s.asks, t.asks)
            own = not alike and self.places.linked(s, t) >= TRANSLATED
            if alike or own and _meet(s.asks, t.senses):
                said[0].add(i)
            if alike or own and _meet(t.asks, s.senses):
                said[1].add(j)
        left = [[k for k, mark in enumerate(marks) if mark.asks and k not in said[side]]
                for side, marks in enumerate((self.source, self.target))]
        if not (left[0] and left[1]):
            return []
        found = sorted(((self.places.closeness(self.source[i], self.target[j]), i, j) for i in left[0] for j in left[1]), reverse=True)
        chosen: dict[int, int] = {}
        for near, i, j in found:
            if near >= CONTRAST and i not in chosen and j not in chosen.values():
                chosen[i] = j
        return sorted(chosen.items())

    def alone(self, side: int) -> list[Mark]:
        """Unanswered marks of a side."""
        marks, alone = (self.source, self.alone_source) if side == 0 else (self.target, self.alone_target)
        return [marks[i] for i in alone]


def compatible(source: Mark, target: Mark) -> float:
    """0 if neither can stand for the other; 1 if both mean the same sense in the first place."""
    if _meet(source.asks, target.asks):
        return 1.0
    return 0.75 if _meet(source.asks, target.senses) or _meet(target.asks, source.senses) else 0.0


def _meet(some: tuple[str, ...], others: tuple[str, ...]) -> bool:
    return bool(some) and not set(some).isdisjoint(others)


def vocabulary_marks(side: Side, topic: str) -> list[Mark]:
    return vocabulary(side.language).find(topic, side.text)


Finder = Callable[[Side, str], list[Mark]]


def pairing(pair: Comparison, topic: str, find: Finder = vocabulary_marks) -> Pairing:
    """Pair the marks of a topic, best first; one word can answer a second one only if it stands close to it."""
    source, target = find(pair.source, topic), find(pair.target, topic)
    places = pair.places
    scored = []
    for i, s in enumerate(source):
        for j, t in enumerate(target):
            fit = compatible(s, t)
            if not fit:
                continue
            near = places.closeness(s, t)
            if near < FAR and places.anchored(0, s) and places.anchored(1, t):
                continue
            if fit < 1 and not (_meet(s.asks, t.senses) and places.free_for(1, t, s, near, source)
                                or _meet(t.asks, s.senses) and places.free_for(0, s, t, near, target)):
                continue
            scored.append((fit * (0.4 + 0.6 * max(near, places.linked(s, t))), near, i, j))
    scored.sort(reverse=True)
    taken: tuple[set[int], set[int]] = set(), set()
    links = []
    for _, _, i, j in scored:
        if i not in taken[0] and j not in taken[1]:
            taken[0].add(i)
            taken[1].add(j)
            links.append((i, j))
    for _, near, i, j in scored:
        if (i in taken[0]) != (j in taken[1]) and near > SAME_WORD:
            taken[0].add(i)
            taken[1].add(j)
            links.append((i, j))
    return Pairing(places, source, target, links, [i for i, s in enumerate(source) if s.asks and i not in taken[0]],
                   [j for j, t in enumerate(target) if t.asks and j not in taken[1]])


def changes(pair: Comparison, topic: str) -> list[Change]:
    """Everything unpaired in a topic, with the probability that it is a change of meaning."""
    if topic not in vocabulary(pair.source.language) or topic not in vocabulary(pair.target.language):
        return []
    return judged(pair, topic, pairing(pair, topic))


def judged(pair: Comparison, topic: str, found: Pairing) -> list[Change]:
    """The changes that a pairing shows."""
    known, places = rates(), found.places
    codes = pair.source.language.base, pair.target.language.base
    alone = [{k: known.unanswered(codes[side], topic, marks[k], places.tightness) for k in indexes}
             for side, (marks, indexes) in enumerate(((found.source, found.alone_source), (found.target, found.alone_target)))]
    out = []
    for i, j in found.contrasts:
        s, t = found.source[i], found.target[j]
        rate = known.rendered(codes, topic, s, t)
        confidence = posterior(rate, PRIORS["changed" if i in alone[0] and j in alone[1] or topic in SCALES and (i, j) in found.links else "answered"])
        if i in alone[0] and j in alone[1]:
            # Nothing answers either of them, be it loosely: two free renderings at one place, not quite independent.
            confidence = (confidence + posterior(alone[0][i] * max(alone[1][j], 0.25), PRIORS["both"])) / 2
        if confidence < HINT:
            continue
        out.append(Change(s, t, confidence, {"by": "vocabulary", "so_rendered_in_faithful_texts": round(rate, 4)}))
        alone[0].pop(i, None)
        alone[1].pop(j, None)
    out += [Change(found.source[i], None, posterior(rate, PRIORS["lost"]), _evidence(rate, None)) for i, rate in alone[0].items()]
    out += [Change(None, found.target[j], posterior(rate, PRIORS["added"]), _evidence(None, rate)) for j, rate in alone[1].items()]
    return out


def _evidence(source: float | None, target: float | None) -> dict:
    out = {"by": "vocabulary"}
    if source is not None:
        out["source_word_unanswered_in_faithful_texts"] = round(source, 3)
    if target is not None:
        out["target_word_unanswered_in_faithful_texts"] = round(target, 3)
    return out
