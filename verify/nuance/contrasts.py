"""Not A but B: which of the two is denied. 是延期而非取消 as "cancelled and not postponed" has exchanged them.

Both sides have the negation and both words, so neither is missing; the word table tells which word stands where.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..finding import Finding, Severity
from ..languages.language import load_toml, patterns
from .sides import Bilingual, Range

CONTRAST = "contrast"
CONFIDENCE = 0.65
_WAYS = {"up": "升涨增进", "down": "降跌减退"}
_LEAST = 0.05  # summed share from which the words of one part are taken to render a part


def exchanged(both: Bilingual) -> Iterator[Finding]:
    """A contrast of the Chinese whose denied half the English affirms, and the other way round."""
    if both.chinese.language.base != "zh":
        return
    chinese = list(_contrasts("zh", both.simplified))
    english = list(_contrasts("en", both.english.text)) if chinese else []
    for denied, meant in chinese:
        for not_this, this in english:
            straight = min(both.rendered(not_this, denied), both.rendered(this, meant))
            crossed = min(both.rendered(not_this, meant), both.rendered(this, denied))
            if crossed >= _LEAST and straight < _LEAST / 2 or _turned_round(both, denied, not_this, this):
                text = both.english.text[slice(*not_this)].strip()
                words = both.chinese.text[slice(*denied)]
                source, draft = both.turned("source", "draft")
                yield both.finding("negation", Severity.CRITICAL, f"The {source} denies {words}; the {draft} denies “{text}”, the other half of the contrast.",
                                   _around(denied, meant), _around(not_this, this), CONFIDENCE, suggestion="check what is denied" if both.draft_is_english else "", by=CONTRAST)
                return


def _contrasts(base: str, text: str) -> Iterator[tuple[Range, Range]]:
    """(what is denied, what is meant) of each contrast."""
    for pattern in patterns("contrasts.toml", base).values():
        for match in pattern.finditer(text):
            yield match.span("denied"), match.span("meant")


def _turned_round(both: Bilingual, denied: Range, not_this: Range, this: Range) -> bool:
    """Whether the English denies the other direction: 不升反跌 as "rose instead of falling"."""
    way = next((way for way, words in _WAYS.items() if both.simplified[slice(*denied)] in words), None)
    if way is None:
        return False
    ways = load_toml("changes.toml")["en"]
    goes = [{w for w in _WAYS if re.search(rf"\b(?:{ways[w]})\b", both.english.text[slice(*part)], re.I)} for part in (not_this, this)]
    return goes == [set(_WAYS) - {way}, {way}]


def _around(one: Range, other: Range) -> Range:
    return min(one[0], other[0]), max(one[1], other[1])
