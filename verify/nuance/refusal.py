"""Refusals: 拒绝接受 rendered as "accepted", or left out.

拒绝 negates what follows it, but English says so in many ways (declined, would not, turned down, no), so only a draft
with no such word at the corresponding place has lost it.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..finding import Finding, Severity
from ..languages.vocabulary import Mark, vocabulary
from .sides import Bilingual
from .verbs import with_verb

NOWHERE, ELSEWHERE = 0.75, 0.55  # confidence: no word of refusal or negation at all, or only in other places


def refused(both: Bilingual) -> Iterator[Finding]:
    if both.chinese.language.base != "zh":
        return
    english, text = vocabulary(both.english.language), both.english.text
    said = english.find("refusal", text)
    words = [*said, *english.find("negation", text)]
    source, draft = both.turned("source", "draft")
    for mark in vocabulary(both.chinese.language).find("refusal", both.chinese.text):
        if said or any(both.near((mark.start, mark.end), (word.start, word.end)) for word in words):
            return
        verb = _verb(both, mark)
        instead = f"the {draft} has “{text[slice(*verb)]}”" if verb else f"the {draft} does not"
        yield both.finding("negation", Severity.CRITICAL, f"The {source} refuses with {mark.text}; {instead}.", (mark.start, mark.end), verb,
                           ELSEWHERE if words else NOWHERE, suggestion="restore the refusal" if both.draft_is_english else "", by="refusal")


def _verb(both: Bilingual, mark: Mark) -> tuple[int, int] | None:
    """The English word for what is refused: the first word that renders something right behind 拒绝, or 拒绝 itself."""
    found = [w for w in both.support.words if w.share >= 0.05 and w.run and mark.start <= w.run[0] < mark.end + 4]
    best = min(found, key=lambda w: w.run[0], default=None)
    return with_verb(both.english.text, best.start, best.end) if best else None
