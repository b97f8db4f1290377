"""Amounts that have changed places: 7人遇难、12人受伤 as "12 dead, seven injured", 38岁老将 with 31分 as a veteran of 31 with 38 points;
and amounts of something else: 17人失联 as "17 were injured".

Both texts have all amounts, so none is missing; the words beside them tell what each counts (`languages/counted.toml`). Of amounts of one
thing (两封及五封) the order tells.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import combinations
from typing import NamedTuple

from ..finding import Finding, Severity
from ..languages.language import load_toml, word_patterns
from ..languages.quantities import Quantity
from .amounts import agreeing, numbers
from .sides import Bilingual, Range

FILE = "counted.toml"
EXCHANGED, RECOUNTED = "exchanged amounts", "amounts of something else"
CONFIDENCE = 0.75
AFTER, BEFORE = {"zh": 6, "en": 24}, {"zh": 4, "en": 14}  # characters about an amount in which the word for what it counts may stand
_STOP = re.compile(r"[，。；：！？、]|[.,;:!?]\s| and | with ")
_LISTED = {"zh": re.compile(r"[^\d，。；、]{0,3}[和及与至]"), "en": re.compile(r"\D{0,20} (?:and|to) \D{0,6}")}  # what stands between two amounts of a list


class _Amount(NamedTuple):
    """An amount of both texts; of each what it counts ("" where no word tells) and its place with that word."""

    chinese: Quantity
    english: Quantity
    there: tuple[str, Range]
    here: tuple[str, Range]


def miscounted(both: Bilingual) -> Iterator[Finding]:
    """At most one finding."""
    if both.chinese.language.base != "zh":
        return
    pairs = [both.turned(a, b) for a, b, how in agreeing(both.pair) if how == "same" and a.value is not None]
    often = Counter(a.value for a, _ in pairs)
    once = sorted((pair for pair in pairs if often[pair[0].value] == 1), key=lambda pair: pair[0].start)
    amounts = [_Amount(a, b, _counted(both, "zh", a), _counted(both, "en", b)) for a, b in once]
    for one in amounts:
        if _something_else(both, one):
            yield _finding(both, "The number is of something else", one.there[1], one.here[1], RECOUNTED)
            return
    for one, other in combinations(amounts, 2):
        if _crossed(one, other) or _other_units(one, other) or _other_units(other, one) or _turned(both, one, other):
            there = one.chinese.start, max(one.there[1][1], other.there[1][1])
            here = min(one.english.start, other.english.start), max(one.here[1][1], other.here[1][1])
            yield _finding(both, "Two numbers seem to have changed places", there, here, EXCHANGED)
            return


def _finding(both: Bilingual, what: str, there: Range, here: Range, by: str) -> Finding:
    source, draft = both.turned(both.chinese.text[slice(*there)], both.english.text[slice(*here)])
    return both.finding("number", Severity.CRITICAL, f"{what}: “{source}” in the source, “{draft}” in the draft.", there, here, CONFIDENCE, by=by)


def _crossed(one: _Amount, other: _Amount) -> bool:
    """Whether each amount counts what the other one counts on the other side."""
    a, c, b, d = (word for word, _ in (one.there, other.there, one.here, other.here))
    return bool(a and c) and a != c and (a, c) == (d, b)


def _something_else(both: Bilingual, one: _Amount) -> bool:
    """Whether the two sides count what cannot be both, and neither has a word anywhere for what the other counts."""
    (there, _), (here, _) = one.there, one.here
    if there == here or not any(there in kinds and here in kinds for kinds in map(str.split, load_toml(FILE)["apart"].values())):
        return False
    return not word_patterns(FILE, "zh")[here].search(both.simplified) and not word_patterns(FILE, "en")[there].search(both.english.text)


def _other_units(one: _Amount, other: _Amount) -> bool:
    """38岁老将 who scored 31分, "the 31-year-old" with 38 points: the one unit that there is has gone over to the other amount."""
    unit = one.chinese.unit
    return bool(unit) and unit == other.english.unit and unit not in (other.chinese.unit, one.english.unit) and one.chinese.low == one.english.low


def _counted(both: Bilingual, base: str, q: Quantity) -> tuple[str, Range]:
    """What an amount counts ("" where no word beside it tells), by the first word after it, or else the last before it."""
    side, text = (both.chinese, both.simplified) if base == "zh" else (both.english, both.english.text)
    others = [other for other in numbers(side) if other is not q]
    stop = _STOP.search(text, q.end)
    end = min([other.start for other in others if other.start >= q.end] + [stop.start() if stop else len(text), q.end + AFTER[base]])
    start = max([other.end for other in others if other.end <= q.start] + [m.end() for m in _STOP.finditer(text, 0, q.start)] + [q.start - BEFORE[base], 0])
    words = word_patterns(FILE, base)
    find = lambda a, b: [(*m.span(), name) for name, word in words.items() for m in word.finditer(text, a, b)]
    first, last, name = min(find(q.end, end), default=None) or max(find(start, q.start), default=(q.start, q.end, ""))
    return name, (min(first, q.start), max(last, q.end))


def _turned(both: Bilingual, one: _Amount, other: _Amount) -> bool:
    """Whether a list of two amounts of one thing stands the other way round."""
    (a, b), (c, d) = one[:2], other[:2]
    return (a.unit == c.unit and d.start < b.start and bool(_LISTED["zh"].fullmatch(both.simplified, a.end, c.start))
            and bool(_LISTED["en"].fullmatch(both.english.text, d.end, b.start)))
