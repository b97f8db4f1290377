"""One sentence an input: models drop the second of two sentences, and cut what is too long without a word."""

from __future__ import annotations

import re
from collections.abc import Callable

from ..languages import get

Range = tuple[int, int]
# (what a cut may follow, what it costs as a share of the text's length away from the ideal place)
_BREAKS = ((re.compile(r"[。！？!?.…][”’」』\"')）]*(?=\s|[^\x00-\x7f]|$)"), 0.0), (re.compile(r"[；;：:—]+[”’」』]?"), 0.04),
           (re.compile(r"[，,、]+[”’」』]?(?!\d)"), 0.08), (re.compile(r"\s"), 0.2))


def sentences(text: str, language: str) -> list[Range]:
    return get(language).sentences(text)


def within(text: str, ranges: list[Range], longest: int, length: Callable[[str], int]) -> list[Range]:
    """The ranges, those of more than `longest` tokens cut at clause marks (at any character if need be)."""
    short: list[Range] = []
    for start, end in ranges:
        tokens = length(text[start:end])
        if tokens <= longest or end - start < 2:
            short.append((start, end))
        else:
            parts = cut(text[start:end], -(-tokens // longest))
            short += within(text, [(start + a, start + b) for a, b in parts], longest, length)
    return short


def cut(text: str, parts: int) -> list[Range]:
    """`parts` ranges of about the same length that cover `text`, cut after the best mark near each ideal place."""
    parts = min(parts, len(text))
    cost: dict[int, float] = {}
    for pattern, price in reversed(_BREAKS):
        cost.update((match.end(), price) for match in pattern.finditer(text))
    ranges, start = [], 0
    for number in range(1, parts):
        ideal = len(text) * number / parts
        last = len(text) - (parts - number)  # every part after this one gets a character at least
        nearest = min(max(round(ideal), start + 1), last)
        window = [place for place in cost if start < place <= last and abs(place - ideal) < 0.5 * len(text) / parts]
        place = min(window, key=lambda place: abs(place - ideal) / len(text) + cost[place], default=nearest)
        ranges.append((start, place))
        start = place
    return [*ranges, (start, len(text))]


def joint(language: str) -> str:
    """What stands between two sentences."""
    return " " if get(language).spaced else ""
