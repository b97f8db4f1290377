"""Acts of speech on both sides of a pair, and who performs them."""

from __future__ import annotations

import re

from ..languages.vocabulary import Mark, vocabulary
from .check import Side

_SENTENCE = re.compile(r"[。！？!?；;]|\.(?=\s|$)")
_BEFORE, _AFTER = {True: 90, False: 26}, {True: 70, False: 0}  # characters around a verb where its subject stands
_CITES = re.compile(r"according to|in the words of|in the view of|\bby\b", re.IGNORECASE)


def speech_marks(side: Side, topic: str = "speech") -> list[Mark]:
    """Reporting verbs (they ask for a verb of the same act) and the nouns and phrases that can stand for them."""
    words = vocabulary(side.language).find(topic, side.text)
    verbs = []
    for verb in side.language.reporting_verbs(side.text):
        also = {sense for word in words if word.start < verb.end and verb.start < word.end for sense in word.senses}
        verbs.append(Mark(verb.start, verb.end, side.text[verb.start : verb.end], (verb.act, *sorted(also - {verb.act})), (verb.act,), verb.lemma))
    free = [w for w in words if not any(w.start < v.end and v.start < w.end for v in verbs)]
    return sorted([*verbs, *free], key=lambda mark: mark.start)


def speaker_of(side: Side, act: Mark, roles: list[Mark]) -> Mark | None:
    """The role word nearest to where the subject of an act of speech stands; None where there is none."""
    spaced = side.language.spaced
    low, high = max(0, act.start - _BEFORE[spaced]), min(len(side.text), act.end + _AFTER[spaced])
    stops = [m.end() for m in _SENTENCE.finditer(side.text, low, act.start)]
    low = stops[-1] if stops else low
    stop = _SENTENCE.search(side.text, act.end, high)
    high = stop.start() if stop else high
    before = [r for r in roles if low <= r.start and r.end <= act.start]
    after = [r for r in roles if act.end <= r.start and r.end <= high]
    # Inversion: "…", said a diplomat; according to a diplomat. The verb follows a comma or a closing quote mark.
    inverted = spaced and (_CITES.match(side.text, act.start) or re.search(r"[,”\"’']\s*$", side.text[: act.start]))
    if inverted and after:
        return after[0]
    return before[-1] if before else None
