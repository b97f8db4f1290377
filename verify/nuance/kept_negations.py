"""How likely each negation of one side is lost, or put in, on the other: 并未违宪 as "was unconstitutional".

A negation word proves nothing by itself: 未归案 is "at large", 不影响 "leave untouched", and English negates where Chinese need not. So
boosted trees judge each by what answers it, what is negated about it on both sides, and where the words it governs lead;
they are fitted by `tools/fit_learned.py` on faithful renderings and on distortions that drop or add a negation. For pairs without word
links, and for Japanese, there are trees of their own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from ..languages.vocabulary import Mark, vocabulary
from .answered_negations import CLAUSE_END, governed
from .check import Comparison
from .places import WIDE, clause
from .rates import rates
from .trees import trees

LINKED, UNLINKED = (Path(__file__).with_name(name) for name in ("kept_negations.npz", "unlinked_negations.npz"))
_LED = 0.2  # link probability from which a governed word leads to the other side
_FAR = 999
_NEGATIVE = re.compile(r"(?:un|in|im|ir|il|dis|non|mis|de)(?=[a-z]{3})|\w+less\b", re.I)
_STOP = re.compile(r"[，。；：、！？,;:!?—()（）“”「」\"]|\.(?!\d)")


class Judged(NamedTuple):
    """A negation of `side` (0 source, 1 target), and the chance that it is lost or put in."""

    side: int
    mark: Mark
    chance: float


def judged(pair: Comparison) -> list[Judged]:
    """Each negation of both sides that expects a counterpart; of Japanese as if it were Chinese."""
    found, rows = negation_rows(pair)
    chances = trees(LINKED if _linked(pair) else UNLINKED).chances(rows) if found else ()
    return [Judged(side, mark, float(chance)) for (side, mark), chance in zip(found, chances)]


def negation_rows(pair: Comparison) -> tuple[list[tuple[int, Mark]], np.ndarray]:
    """The negations (side, mark) that expect a counterpart, and what is seen of each, [N, F] float32."""
    places, marks, known = pair.places, pair.negations.marks, rates()
    sides = pair.source, pair.target
    twice = [vocabulary(side.language).find("double_negation", side.text) for side in sides]
    found, rows = [], []
    for side in (0, 1):
        own, opposite, answered = marks[side], marks[1 - side], pair.negations.answered[side]
        table = pair.negations.worth if side == 0 else pair.negations.worth.T
        text, other, language = places.texts[side], places.texts[1 - side], sides[side].language.base
        strict, loose = ([m for m in opposite if bool(m.asks) is asks] for asks in (True, False))
        deny = sum(bool(m.asks) for m in own)
        for n, mark in enumerate(own):
            if not mark.asks:
                continue
            near = table[n].tolist()
            rows.append([language == "en", answered[n], max(near, default=0.0), max((value for value, m in zip(near, opposite) if m.asks), default=0.0),
                         deny, len(own) - deny, len(strict), len(loose), deny - len(strict), len(own) - len(opposite),
                         sum(value < answered[n] for value, m in zip(answered, own) if m.asks),
                         known.unanswered(language, "negation", mark, places.tightness), places.tightness,
                         mark.middle / len(text), len(text), len(other) / len(text), mark.end - mark.start, bool(sides[side].quotes) and sides[side].quoted(mark.start, mark.end),
                         *_governed(pair, side, mark, strict, loose), *_clause(pair, side, mark, strict, loose),
                         any(double.start <= mark.start < double.end for double in twice[side]), len(twice[side]), len(twice[1 - side])])
            found.append((side, mark))
    return found, np.array(rows, np.float32)


def _linked(pair: Comparison) -> bool:
    """Japanese negates behind the verb, and only its kanji are linked: as if they were not."""
    return pair.places.links is not None and "ja" not in (pair.source.language.base, pair.target.language.base)


def _governs(pair: Comparison, side: int, mark: Mark) -> list[int]:
    """The words after a negation that it can negate, nearest first."""
    if not _linked(pair):
        return []
    return governed(pair.places, side, mark)


def _governed(pair: Comparison, side: int, mark: Mark, strict: Sequence[Mark], loose: Sequence[Mark]) -> list[float]:
    """Where the words after a negation lead, and how far the negations of the other side are from there."""
    places, words = pair.places, _governs(pair, side, mark)
    made = [0.0, 0.0, 0.0, 0.0, 0.0, _FAR, _FAR, _FAR, len(words)]
    best, chances = places.best[side] if words else ((), ())
    if not len(chances):
        return made
    other = places.texts[1 - side]
    made[0], made[1] = chances[words[0]], max(chances[i] for i in words)
    for i in words[:3]:
        if chances[i] < _LED:
            continue
        start, end = places.words[1 - side][best[i]]
        over = lambda m, start=start, end=end: m.start < end and start < m.end
        away = lambda m, start=start, end=end: abs(m.middle - (start + end) / 2)
        made[2] = max(made[2], bool(_NEGATIVE.match(other[start:end])))
        made[3], made[4] = max(made[3], any(map(over, loose))), max(made[4], any(map(over, strict)))
        made[5] = min([made[5], *(start - m.end for m in strict if m.end <= start and not CLAUSE_END.search(other, m.end, start))])
        made[6], made[7] = min([made[6], *map(away, strict)]), min([made[7], *map(away, loose)])
    return made


def _clause(pair: Comparison, side: int, mark: Mark, strict: Sequence[Mark], loose: Sequence[Mark]) -> list[float]:
    """How many negate in the clause, and where its words lead."""
    places, own = pair.places, pair.negations.marks[side]
    low, high = clause(places.texts[side], mark.start, mark.end, _STOP)
    made: list[float] = [0, -1, -1, -1]
    if _linked(pair) and (led := places.led(side, low, high)):
        wide, (many, first, last) = WIDE[places.spaced[1 - side]], led
        made = [many, last - first, *(sum(first - wide <= m.middle <= last + wide for m in marks) for marks in (strict, loose))]
    inside = [m for m in own if low <= m.start < high]
    asking = sum(bool(m.asks) for m in inside)
    return [*made, asking, len(inside) - asking, high - low, mark.start - low]


def head(pair: Comparison, side: int, mark: Mark) -> Mark | None:
    """The word of the other side for what a negation negates: where its first governed word with a sure link leads."""
    places = pair.places
    for i in _governs(pair, side, mark):
        best, chances = places.best[side]
        if len(chances) and chances[i] > 0.5:
            start, end = places.words[1 - side][best[i]]
            if end - start > 1:
                return Mark(start, end, places.texts[1 - side][start:end], (), (), "")
    return None
