"""First this, then that: 先改善服务，再谈票价 as "talk about fares first and improve the service afterwards" has exchanged them.

Both sides have both actions and say that one comes first; the word table tells which stands where. The patterns are data,
`languages/sequences.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..finding import Finding, Severity
from ..languages.language import patterns
from .sides import Bilingual

SEQUENCE = "sequence"
CONFIDENCE = 0.75
_LINK = 0.05  # share from which a word counts
_EACH, _STRAIGHT = 0.15, 0.3  # summed shares: of each action where the other should be; from which the order is the same


def reordered(both: Bilingual) -> Iterator[Finding]:
    if both.chinese.language.base != "zh":
        return
    chinese = list(_found("zh", both.simplified))
    english = [(match.span(), match.span("first"), match.span("then")) for match in _found("en", both.english.text)] if chinese else []
    share = lambda there, here: both.rendered(there, here, _LINK)
    for mark in chinese:
        first, then = mark.span("first"), mark.span("then")
        found = [(whole, share(a, first) + share(b, then), (share(a, then), share(b, first))) for whole, a, b in english]
        if any(straight > _STRAIGHT and straight >= sum(crossed) for _, straight, crossed in found):
            continue
        if turned := next((whole for whole, straight, crossed in found if min(crossed) >= _EACH and sum(crossed) > 2 * straight), None):
            words = both.chinese.text[slice(*mark.span())], both.english.text[slice(*turned)]
            source, draft = both.turned(*words)
            yield both.finding("time", Severity.MAJOR, f"What comes first in the source, “{source}”, comes last in the draft: “{draft}”.", mark.span(), turned, CONFIDENCE, by=SEQUENCE)


def _found(base: str, text: str) -> Iterator[re.Match]:
    for pattern in patterns("sequences.toml", base).values():
        yield from pattern.finditer(text)
