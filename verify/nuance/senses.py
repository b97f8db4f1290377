"""The shared question of the vocabulary checks: which words of one side have no equivalent on the other?

Each language's vocabulary marks the words of a topic with the senses they can stand for; a mark that asks
for a counterpart is paired with a compatible mark of the other side, the nearer the better. What stays
unpaired is lost, added, or, where both sides have one at corresponding places, changed. How much that
means is measured, not felt: `rates.py` knows how often each word goes unanswered in faithful translations.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from ..languages.vocabulary import Mark, vocabulary
from .check import Comparison, Side
from .places import Places
from .rates import posterior, rates

FAR = 0.12  # closeness below which two marks do not answer each other, where the place is known
SAME_WORD = 0.7  # closeness from which one word can answer for two
RARE = 0.1  # share of a sense's renderings up to which a different sense opposite it is worth asking about
CONTRAST = 0.2  # closeness from which an unpaired mark stands where another is missing


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

    def unlike(self) -> list[tuple[Mark, Mark]]:
        """Marks that answer each other though each asks for something else."""
        both = ((self.source[i], self.target[j]) for i, j in self.links)
        return [(s, t) for s, t in both if s.asks and t.asks and not set(s.asks) & set(t.asks)]

    def alone(self, side: int) -> list[Mark]:
        """Unanswered marks of a side."""
        marks, alone = (self.source, self.alone_source) if side == 0 else (self.target, self.alone_target)
        return [marks[i] for i in alone]


def compatible(source: Mark, target: Mark) -> float:
    """0 if neither can stand for the other; 1 if both mean the same sense in the first place."""
    if set(source.asks) & set(target.asks):
        return 1.0
    if set(source.asks) & set(target.senses) or set(target.asks) & set(source.senses):
        return 0.75
    return 0.0


def vocabulary_marks(side: Side, topic: str) -> list[Mark]:
    return vocabulary(side.language).find(topic, side.text)


Finder = Callable[[Side, str], list[Mark]]


def pairing(pair: Comparison, topic: str, find: Finder = vocabulary_marks) -> Pairing:
    """Pair the marks of a topic, best first; one word can answer a second one only if it stands close to it."""
    source, target = find(pair.source, topic), find(pair.target, topic)
    places = Places(pair)
    scored = []
    for i, s in enumerate(source):
        for j, t in enumerate(target):
            fit = compatible(s, t)
            if not fit:
                continue
            near = places.closeness(s, t)
            if near < FAR and places.anchored(0, s) and places.anchored(1, t):
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
    known = rates()
    source, target = ({mark: known.unanswered(side.language.base, topic, mark, found.places.tightness) for mark in found.alone(number)}
                      for number, side in enumerate((pair.source, pair.target)))
    codes = pair.source.language.base, pair.target.language.base
    out = [Change(s, t, posterior(rate), {"by": "vocabulary", "so_rendered_in_faithful_texts": round(rate, 4)})
           for s, t in found.unlike() if (rate := known.rendered(codes, topic, s, t)) < RARE]
    contrasts = sorted(((found.places.closeness(s, t), s.start, t.start, s, t) for s in source for t in target), reverse=True,
                       key=lambda item: item[:3])
    for near, _, _, s, t in contrasts:
        if near >= CONTRAST and s in source and t in target:
            # Two free renderings at one place: rarer than each alone, though not independent.
            out.append(Change(s, t, posterior(source[s] * max(target[t], 0.25)), _evidence(source.pop(s), target.pop(t))))
    out += [Change(mark, None, posterior(rate), _evidence(rate, None)) for mark, rate in source.items()]
    out += [Change(None, mark, posterior(rate), _evidence(None, rate)) for mark, rate in target.items()]
    return out


def _evidence(source: float | None, target: float | None) -> dict:
    out = {"by": "vocabulary"}
    if source is not None:
        out["source_word_unanswered_in_faithful_texts"] = round(source, 3)
    if target is not None:
        out["target_word_unanswered_in_faithful_texts"] = round(target, 3)
    return out
