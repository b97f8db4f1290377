"""Words that look negative and only render a word that is none: *against* for 针对, *gone* for 消失, 缺席 for *absent*.

Such a word keeps no negation that stands beside what it renders: 并非针对 as "against" has lost its 并非, while 不影响 as
"unaffected" has not. The lexicon tells them apart: 针对 is "against" by itself, 影响 is no "unaffected".
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..align.lexicon import load
from ..languages.vocabulary import Mark, vocabulary
from .places import Places

RENDERS = 0.35  # link probability from which a word is taken to render the word it is linked to
KNOWN = 0.001  # lexicon's chance of two words being translations, from which the one is the other's own word
_NEGATED = re.compile(r"(?:dis|in|im|ir|il|non-?)(?=[a-z]{4})", re.I)


def meant(places: Places, side: int, marks: Sequence[Mark], opposite: Sequence[Mark]) -> list[Mark]:
    """The marks of a side without the loose ones that are some other word's own translation."""
    if not places.spaced[side]:
        return list(marks)
    pair = places.pair
    own = (pair.source, pair.target)[side]
    stand_in = vocabulary(own.language).find("stand_in", own.text)
    return [mark for mark in marks if mark.asks or any(m.start < mark.end and mark.start < m.end for m in stand_in)
            or not _own(places, side, mark, opposite)]


def _own(places: Places, side: int, mark: Mark, opposite: Sequence[Mark]) -> bool:
    if places.links is None:
        return False
    table = places.table(side)
    for j in places.inside(side, mark.start, mark.end):
        i = int(table[j].argmax()) if table.shape[1] else -1
        if i < 0 or table[j, i] < RENDERS:
            continue
        start, end = places.words[1 - side][i]
        if not any(m.start < end and start < m.end for m in opposite) and _pair(places, side, j, i):
            return True
    return False


def _pair(places: Places, side: int, j: int, i: int) -> bool:
    """Whether the two words translate each other as they stand; *disagree* for 同意 does not, *agree* being the word."""
    # un- always negates; in- and dis- do not (independent, disappear).
    words = [places.texts[k][slice(*places.words[k][n])] for k, n in ((side, j), (1 - side, i))]
    if _chance(places, side, *words) < KNOWN:
        return False
    english = 0 if places.spaced[side] else 1
    if words[english].lower().startswith("un"):
        return False
    bare = _NEGATED.sub("", words[english], count=1) if _NEGATED.match(words[english]) else ""
    if not bare:
        return True
    words[english] = bare
    return _chance(places, side, *words) < KNOWN


def _chance(places: Places, side: int, word: str, other: str) -> float:
    sides = [places.pair.source, places.pair.target]
    codes = sides[side].language.code, sides[1 - side].language.code
    keys = load().words(word, codes[0]).keys, load().words(other, codes[1]).keys
    return max((load().chance(a, b, *codes) for a in keys[0] for b in keys[1]), default=0.0)
