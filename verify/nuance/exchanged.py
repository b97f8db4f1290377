"""Amounts that have changed places: 7人遇难、12人受伤 as "12 dead, seven injured", 两人被困，实际有九人 as "nine trapped, in fact two".

Both texts have both amounts, so neither is missing; the words beside them tell what each counts (`languages/counted.toml`). Of amounts of one
thing (两封及五封) the order tells.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from ..finding import Finding, Severity
from ..languages.language import patterns
from ..languages.quantities import Quantity
from .amounts import agreeing, numbers
from .sides import Bilingual

EXCHANGED = "exchanged amounts"
CONFIDENCE = 0.75
AFTER, BEFORE = {"zh": 6, "en": 24}, {"zh": 4, "en": 14}  # characters about an amount in which the word for what it counts may stand
_STOP = re.compile(r"[，。；：！？、]|[.,;:!?]\s| and | with ")


def exchanged(both: Bilingual) -> Iterator[Finding]:
    if both.chinese.language.base != "zh":
        return
    pairs = [both.turned(a, b) for a, b, how in agreeing(both.pair) if how == "same" and a.value is not None]
    pairs = [(a, b) for a, b in pairs if sum(a.value == other.value for other, _ in pairs) == 1]
    for (a, b), (c, d) in combinations(sorted(pairs, key=lambda one: one[0].start), 2):
        counted = [[_counted(both, base, q) for q in amounts] for base, amounts in (("zh", (a, c)), ("en", (b, d)))]
        if _crossed(*counted) or _other_units(a, c, b, d) or _turned(both, (a, c), (b, d)):
            ends = [max(end for _, end in side) for side in counted]
            there, here = (a.start, max(c.end, ends[0])), (min(b.start, d.start), max(b.end, d.end, ends[1]))
            source, draft = both.turned(both.chinese.text[slice(*there)], both.english.text[slice(*here)])
            yield both.finding("number", Severity.CRITICAL, f"Two numbers seem to have changed places: “{source}” in the source, “{draft}” in the draft.", there, here, CONFIDENCE, by=EXCHANGED)
            return


def _crossed(chinese: list[tuple[str, int]], english: list[tuple[str, int]]) -> bool:
    """Whether each amount counts what the other one counts on the other side."""
    there, here = ([name for name, _ in side] for side in (chinese, english))
    return bool(all(there) and there[0] != there[1] and there == here[::-1])


def _other_units(a: Quantity, c: Quantity, b: Quantity, d: Quantity) -> bool:
    """38岁老将 who scored 31分, "the 31-year-old" with 38 points: the one unit that there is has gone over to the other amount."""
    return any(one.unit and one.unit == there.unit and one.unit not in (other.unit, here.unit) and one.low == here.low for one, other, here, there in ((a, c, b, d), (c, a, d, b)))


def _counted(both: Bilingual, base: str, q: Quantity) -> tuple[str, int]:
    """What an amount counts ("" where no word beside it tells) and where the word ends: the first word after it, or else the last before it."""
    side, text = (both.chinese, both.simplified) if base == "zh" else (both.english, both.english.text)
    others = [other for other in numbers(side) if other is not q]
    stop = _STOP.search(text, q.end)
    end = min([other.start for other in others if other.start >= q.end] + [stop.start() if stop else len(text), q.end + AFTER[base]])
    start = max([other.end for other in others if other.end <= q.start] + [m.end() for m in _STOP.finditer(text, 0, q.start)] + [q.start - BEFORE[base], 0])
    words = patterns("counted.toml", base, frame=r"\b(?:{})\b" if base == "en" else "(?:{})")
    find = lambda a, b: [(*m.span(), name) for name, word in words.items() for m in word.finditer(text, a, b)]
    _, last, name = min(find(q.end, end), default=None) or max(find(start, q.start), default=(0, 0, ""))
    return name, last


def _turned(both: Bilingual, chinese: tuple[Quantity, Quantity], english: tuple[Quantity, Quantity]) -> bool:
    """Whether a list of two amounts of one thing stands the other way round."""
    between = lambda text, one, other: text[one.end : other.start]
    (a, c), (b, d) = chinese, english
    return (a.unit == c.unit and d.start < b.start and bool(re.fullmatch(r"[^\d，。；、]{0,3}[和及与至]", between(both.simplified, a, c)))
            and bool(re.fullmatch(r"\D{0,20} (?:and|to) \D{0,6}", between(both.english.text, d, b))))
