"""直到上周才承认 is "not until"; "admitted until last week" says the opposite: that it went on till then, and stopped."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..finding import Finding, Severity
from ..languages.inflection import is_verb_form
from .sides import Bilingual

_ONLY_THEN = re.compile(r"(?:直到|直至|等到|一直到)[^。；！？]{1,24}?(?:才|方(?=[能可始]))")
_UNTIL = re.compile(r"\b(?:until|till)\b", re.I)
# What makes it "only then", or another verb than the one that happens then.
_OTHERWISE = re.compile(r"\b(?:not|never|no|nobody|none|only|without|neither|refus\w*|fail\w*|wait\w*|delay\w*|hold\w*|held|resist\w*|den(?:y|ied|ies)|put off|unable|unwilling)\b|n[’']t\b", re.I)
CONFIDENCE = 0.6


def until(both: Bilingual) -> Iterator[Finding]:
    text = both.english.text
    for mark in _ONLY_THEN.finditer(both.simplified):
        for word in _UNTIL.finditer(text):
            start = max(text.rfind(c, 0, word.start()) for c in ".;:!?") + 1
            end = min((i for c in ".;:!?" if (i := text.find(c, word.end())) >= 0), default=len(text))
            if _OTHERWISE.search(text, start, end):
                continue
            happens = [w for w in both.support.words if w.share >= 0.05 and w.run and mark.end() <= w.run[0] < mark.end() + 4
                       and start <= w.start < word.start() and is_verb_form(text[w.start : w.end])]
            if happens:
                verb = happens[0]
                source, draft = both.turned("source", "draft")
                yield both.finding("time", Severity.MAJOR,
                                   f"In the {source} it happens only then ({both.chinese.text[slice(*mark.span())]}); in the {draft} it lasts till then: “{text[verb.start : word.end()]}”.",
                                   mark.span(), (verb.start, word.end()), CONFIDENCE, suggestion="“not … until”" if both.draft_is_english else "", by="until")
                return
