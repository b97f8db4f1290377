"""Partial and total negation: 并非所有 (not all) rendered as "none", 所有…都没有 (none) as "not all".

Both sides negate and both speak of all, so neither the negation nor the quantifier is missing: only their order differs.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..finding import Finding, Severity
from ..languages.vocabulary import Mark, vocabulary
from .senses import Change
from .sides import Bilingual

CONFIDENCE = 0.7
_SAID = {"not_all": "not all", "none_of": "none"}


def scopes(both: Bilingual) -> Iterator[Finding]:
    chinese, english = (vocabulary(side.language).find("scope", side.text) for side in (both.chinese, both.english))
    for meant, other in (("not_all", "none_of"), ("none_of", "not_all")):
        asked = [m for m in chinese if meant in m.asks]
        if len(asked) != 1 or _says(english, meant) or _says(chinese, other):
            continue
        strange = [m for m in english if other in m.asks and both.near((asked[0].start, asked[0].end), (m.start, m.end))]
        if len(strange) == 1:
            mark, wrong = asked[0], strange[0]
            words = [f"has {mark.text} ({_SAID[meant]})", f"has “{wrong.text}” ({_SAID[other]})"][:: 1 if both.draft_is_english else -1]
            yield both.finding("quantifier", Severity.CRITICAL, f"The source {words[0]}; the draft {words[1]}.", (mark.start, mark.end), (wrong.start, wrong.end),
                               CONFIDENCE, suggestion=f"“{_SAID[meant]}”" if both.draft_is_english else "", by="scope of the negation")


def _says(marks: list[Mark], sense: str) -> bool:
    return any(sense in mark.senses for mark in marks)


def within_negation(both: Bilingual, change: Change) -> bool:
    """Whether the quantifier of the Chinese is one that a negation takes in: "some failed" says 并非所有…通过 as well."""
    mark = change.source if both.draft_is_english else change.target
    if mark is None or "all" not in mark.asks or "none_of" in mark.asks:
        return False
    return any(m.asks and m.start < mark.end and mark.start < m.end for m in vocabulary(both.chinese.language).find("scope", both.chinese.text))
