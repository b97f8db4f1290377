"""How likely each vocabulary word of a topic is lost, put in or another on the other side: 确实 without an *indeed*, 可能 as *will*.

That no word of its sense stands opposite proves little, and that one does not much more: it can belong to another clause. So
boosted trees, as for negations (`kept_negations.py`), judge each word that asks for a counterpart by what there is of its topic on
both sides, where it and the words about it lead, and how often it goes unanswered in faithful texts. `tools/fit_learned.py` fits
them on faithful renderings and on distortions. Without word links, and for Japanese, `senses.py` judges by rates alone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np

from ..languages.vocabulary import Mark, vocabulary
from . import senses
from .answered_negations import REACH, governed
from .check import Comparison
from .places import WIDE, clause
from .rates import rates
from .senses import Change, Finder, Pairing, pairing, vocabulary_marks
from .time_words import time_marks
from .trees import trees
from .wording import senses as glossary
from .wording import strength

TOPICS = ("modality", "hedge", "emphasis", "quantifier", "condition")
TIME = "time"  # all topics of time_words.toml as one
KEPT = "what answers it"
RARER = 3.0  # so many times rarer than among the distortions that the trees learned from is a change in what people translate; of the chances
# that come of it SURE (wording.py) is reached in about one of a hundred faithful renderings by the words of each topic
LEAST = 0.08  # chance from which a word is told
_ABOUT = (*TOPICS, "negation")  # topics of which a word can stand where one of another topic is expected
_NEAREST, _BEFORE = 3, 2  # words behind a mark and before it that lead to where its counterpart is
_LED = 0.2  # link probability from which such a word leads to the other side
_NONE, _FAR = -1.0, 999.0
_STOP = re.compile(r"[，。；：！？,;:!?—()（）]|\.(?!\d)")
Kinds = tuple[list[Mark], list[Mark], list[Mark]]  # marks of the other side: of the same sense, that can stand for it, of another


class Seen(NamedTuple):
    """What there is of a topic in a pair: the marks of both sides and how they are paired, and of each two of them how well their
    places correspond and how surely they are linked, [source, target]."""

    pair: Comparison
    topic: str
    pairs: Pairing
    near: np.ndarray
    linked: np.ndarray

    @property
    def marks(self) -> tuple[list[Mark], list[Mark]]:
        return self.pairs.source, self.pairs.target


def file_of(topic: str) -> Path:
    """Trees, and the senses of the topic by the numbers that they know them by."""
    return Path(__file__).with_name(f"kept_{topic}.npz")


def find(topic: str) -> Finder:
    return time_marks if topic == TIME else vocabulary_marks


def found(pair: Comparison, topic: str) -> Pairing:
    """The marks of a topic and how they are paired."""
    return pairing(pair, topic, find(topic))


def senses_of(topic: str) -> list[str]:
    """All senses that a topic has now."""
    return list(glossary()[topic])


@cache
def numbers(topic: str) -> dict[str, int]:
    with np.load(file_of(topic)) as stored:
        return {sense: n for n, sense in enumerate(stored["senses"].tolist())}


def changes(pair: Comparison, topic: str) -> list[Change]:
    """Every word of a topic that is likelier changed than `LEAST`; two at corresponding places as one change."""
    if pair.places.links is None or pair.bilingual is None or pair.bilingual.chinese.language.base != "zh":
        return senses.changes(pair, topic) if topic != TIME else []
    _know(pair)
    pairs = found(pair, topic)
    asked, rows = mark_rows(pair, topic, pairs, numbers(topic))
    if not asked:
        return []
    chances = trees(file_of(topic)).chances(rows)
    left = {one: chance for one, chance in zip(asked, (chances / (chances + RARER * (1 - chances))).tolist()) if chance >= LEAST}
    out = []
    for i, j in pairs.contrasts:
        if (0, i) in left and (1, j) in left:
            both = left.pop((0, i)), left.pop((1, j))
            out.append(Change(pairs.source[i], pairs.target[j], max(both), {"by": KEPT}))
    for (side, n), chance in left.items():
        out.append(Change(*((pairs.source[n], None) if side == 0 else (None, pairs.target[n])), chance, {"by": KEPT}))
    return out


def _know(pair: Comparison) -> None:
    """Work out once for all topics how well the places of their words correspond."""
    if not pair.places.known:
        pair.places.know(*([m for topic in (*_ABOUT, TIME) for m in find(topic)(side, topic)] for side in (pair.source, pair.target)))


def mark_rows(pair: Comparison, topic: str, pairs: Pairing, number: Mapping[str, int]) -> tuple[list[tuple[int, int]], np.ndarray]:
    """The marks (side, index) that expect a counterpart, and what is seen of each, [N, F] float32. `number`: of each sense."""
    places = pairs.places
    seen = Seen(pair, topic, pairs, places.all_close(pairs.source, pairs.target), places.all_linked(pairs.source, pairs.target))
    others = [{name: [m for m in vocabulary(side.language).find(name, side.text) if m.asks] for name in _ABOUT if name != topic} for side in (pair.source, pair.target)]
    support = pair.bilingual.turned(pair.bilingual.support.units, pair.bilingual.support.words)
    asked = [(side, n) for side in (0, 1) for n, mark in enumerate(seen.marks[side]) if mark.asks]
    rows = []
    for side, n in asked:
        mark, opposite = seen.marks[side][n], seen.marks[1 - side]
        kinds = _kinds(mark, opposite)
        standing = tuple([opposite[k] for k in some] for some in kinds)
        toward = lambda other, side=side, mark=mark: (mark, other) if side == 0 else (other, mark)
        rows.append([*_word(seen, side, n, number), *_answers(seen, side, n, kinds, number), *_counts(seen, side, n, kinds),
                     *_led(pair, side, mark, standing, others[1 - side]), *_clause(pair, side, mark, seen.marks[side], standing), *_supported(support[side], mark),
                     *(max((places.closeness(*toward(other)) for other in some), default=_NONE) for some in others[1 - side].values()),
                     *(len(others[side][name]) - len(others[1 - side][name]) for name in others[side])])
    return asked, np.array(rows, np.float32)


def _kinds(mark: Mark, opposite: Sequence[Mark]) -> tuple[list[int], list[int], list[int]]:
    asks, says, family = set(mark.asks), set(mark.senses), _family(mark)
    kinds: tuple[list[int], list[int], list[int]] = [], [], []
    for k, other in enumerate(opposite):
        if _family(other) == family:
            kinds[0 if asks.intersection(other.asks) else 1 if asks.intersection(other.senses) or says.intersection(other.asks) else 2].append(k)
    return kinds


def _family(mark: Mark) -> str:
    """The topic that a word about time has among them ("order.before"); "" for others."""
    return mark.senses[0].rpartition(".")[0]


def _word(seen: Seen, side: int, n: int, number: Mapping[str, int]) -> list[float]:
    """What the word is, and where it stands."""
    mark, sides = seen.marks[side][n], (seen.pair.source, seen.pair.target)
    text, other, tight, code = sides[side].text, sides[1 - side].text, seen.pairs.places.tightness, sides[side].language.base
    return [side, code == "en", number.get(mark.asks[0], -1), len(mark.asks), len(mark.senses), strength(seen.topic, mark),
            rates().unanswered(code, seen.topic, mark, tight), tight, mark.start / len(text), len(other) / len(text), mark.end - mark.start,
            sides[side].quoted(mark.start, mark.end)]


def _answers(seen: Seen, side: int, n: int, kinds: tuple[list[int], ...], number: Mapping[str, int]) -> list[float]:
    """The nearest mark of each kind opposite, and what the nearest of another sense is."""
    near, linked = (table[n] if side == 0 else table[:, n] for table in (seen.near, seen.linked))
    best = [max(((near[k], linked[k], k) for k in some), default=(_NONE, _NONE, -1)) for some in kinds]
    made = [*(value for one in best for value in one[:2]), max((linked[k] for some in kinds[:2] for k in some), default=_NONE)]
    if not kinds[2]:
        return [*made, 0, -1, -1, -1]
    mark, strange = seen.marks[side][n], seen.marks[1 - side][best[2][2]]
    codes = seen.pair.source.language.base, seen.pair.target.language.base
    rendered = rates().rendered(codes, seen.topic, *((mark, strange) if side == 0 else (strange, mark))) if strange.asks else -1
    return [*made, strength(seen.topic, strange) - strength(seen.topic, mark), rendered, bool(strange.asks), number.get(strange.senses[0], -1)]


def _counts(seen: Seen, side: int, n: int, kinds: tuple[list[int], ...]) -> list[float]:
    """How many there are of its sense and of its topic on both sides, and what the pairing made of it."""
    own, opposite, pairs = seen.marks[side], seen.marks[1 - side], seen.pairs
    mark, answer = own[n], next((two[1 - side] for two in pairs.links if two[side] == n), None)
    same, asking = sum(not set(mark.asks).isdisjoint(m.asks) for m in own), sum(bool(m.asks) for m in own)
    return [*map(len, kinds), len(own), asking, same, same - len(kinds[0]), same - len(kinds[0]) - len(kinds[1]), asking - sum(bool(m.asks) for m in opposite),
            n in (pairs.alone_source, pairs.alone_target)[side], any(two[side] == n for two in pairs.contrasts),
            sum(two[1 - side] == answer for two in pairs.links) if answer is not None else 0, -1 if answer is None else answer in kinds[0]]


def _led(pair: Comparison, side: int, mark: Mark, kinds: Kinds, others: Mapping[str, Sequence[Mark]]) -> list[float]:
    """Where the word itself leads, where the words after and before it lead, and how far the marks opposite are from there."""
    places = pair.places
    best, chances = places.best[side]
    own = max(places.inside(side, mark.start, mark.end), key=chances.__getitem__, default=None)
    made = [_NONE] * 5
    if own is not None and chances[own]:
        start, end = places.words[1 - side][best[own]]
        over = lambda m: m.start < end and start < m.end
        made = [chances[own], *(any(map(over, kind)) for kind in kinds), any(over(m) for some in others.values() for m in some)]
    after = governed(places, side, mark)
    before = places.inside(side, mark.start - REACH[places.spaced[side]] // 2, mark.start)[-_BEFORE:]
    made += [chances[after[0]] if after else _NONE, max((chances[i] for i in after), default=_NONE), len(after), max((chances[i] for i in before), default=_NONE)]
    for some in (after[:_NEAREST], before):
        away, ahead = [_FAR] * 3, _FAR  # of each kind; of one of the same sense, whether the place is after it
        for start, end in (places.words[1 - side][best[i]] for i in some if chances[i] >= _LED):
            for k, kind in enumerate(kinds):
                for m in kind:
                    if (far := abs(m.middle - (start + end) / 2)) < away[k]:
                        away[k] = far
                        ahead = start - m.end if k == 0 else ahead
        made += [*away, ahead]
    return made


def _clause(pair: Comparison, side: int, mark: Mark, own: Sequence[Mark], kinds: Kinds) -> list[float]:
    """Where the words of its clause lead, how many marks of each kind are there, and how many of its own topic are here."""
    places = pair.places
    low, high = clause(places.texts[side], mark.start, mark.end, _STOP)
    made: list[float] = [0, _NONE, _NONE, _NONE, _NONE]
    if led := places.led(side, low, high):
        wide, (many, first, last) = WIDE[places.spaced[1 - side]], led
        made = [many, last - first, *(sum(first - wide <= m.middle <= last + wide for m in marks) for marks in kinds)]
    inside = [m for m in own if low <= m.start < high]
    return [*made, len(inside), sum(not set(mark.asks).isdisjoint(m.asks) for m in inside), high - low, mark.start - low, high - mark.end]


def _supported(words: Sequence, mark: Mark) -> list[float]:
    """How far the word table finds the word rendered, how much that says, and the same of the words beside it."""
    over = [w for w in words if w.start < mark.end and mark.start < w.end]
    beside = [w for w in words if w.start < mark.end + 30 and mark.start - 30 < w.end and w not in over]
    after = [w.share for w in words if w.start >= mark.end][:2]
    return [max((w.share for w in over), default=_NONE), max((w.reliability or 0.0 for w in over), default=_NONE),
            *after, *[_NONE] * (2 - len(after)), sum(not w.covered for w in beside) / (len(beside) or 1)]
