"""First this, then that: 先改善服务，再谈票价 as "talk about fares first and improve the service afterwards" has exchanged them.

Both sides have both actions and say that one comes first; the word table tells which stands where. The patterns are data,
`languages/sequences.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ..finding import Finding, Severity
from ..languages.language import load_toml
from .sides import Bilingual, Range

SEQUENCE = "sequence"
CONFIDENCE = 0.75
_LINK = 0.05  # share from which a word counts
_EACH, _STRAIGHT = 0.15, 0.3  # summed shares: of each action where the other should be; from which the order is the same


def reordered(both: Bilingual) -> Iterator[Finding]:
    if both.chinese.language.base != "zh":
        return
    english = [(match.span(), match.span("first"), match.span("then")) for pattern in _patterns("en") for match in pattern.finditer(both.english.text)]
    for mark in (match for pattern in _patterns("zh") for match in pattern.finditer(both.simplified)):
        first, then = mark.span("first"), mark.span("then")
        found = [(whole, _links(both, a, first) + _links(both, b, then), (_links(both, a, then), _links(both, b, first))) for whole, a, b in english]
        if any(straight > _STRAIGHT and straight >= sum(crossed) for _, straight, crossed in found):
            continue
        if turned := next((whole for whole, straight, crossed in found if min(crossed) >= _EACH and sum(crossed) > 2 * straight), None):
            words = both.chinese.text[slice(*mark.span())], both.english.text[slice(*turned)].strip()
            source, draft = words if both.draft_is_english else words[::-1]
            yield both.finding("time", Severity.MAJOR, f"What comes first in the source, “{source}”, comes last in the draft: “{draft}”.", mark.span(), turned, CONFIDENCE, by=SEQUENCE)


def _links(both: Bilingual, english: Range, chinese: Range) -> float:
    """How much of the Chinese range the words of the English range render."""
    return sum(w.share for w in both.support.words if w.share >= _LINK and english[0] <= w.start < english[1] and w.run and chinese[0] <= w.run[0] < chinese[1])


@cache
def _patterns(base: str) -> tuple[re.Pattern, ...]:
    return tuple(re.compile(pattern, re.I) for pattern in load_toml("sequences.toml")[base].values())
