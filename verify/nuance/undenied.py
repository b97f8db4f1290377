"""Denials denied: 并不否认 as "deny", 不排除 as "ruled out". The Chinese negates a word that is negative in itself; the English has that
word alone, which says the opposite. The words are data, `languages/undenied.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ..finding import Finding, Severity
from ..languages.language import load_toml
from .sides import Bilingual, Range

UNDENIED = "denial"
CONFIDENCE = 0.85
_BEFORE, _AFTER = 70, 40  # characters about an English verb in which its negation may stand


def undenied(both: Bilingual) -> Iterator[Finding]:
    if both.chinese.language.base != "zh":
        return
    text, english = both.simplified, both.english.text
    for word, (denied, verbs) in _words().items():
        mark = denied.search(text)
        # 不否认 beside another 否认: which of the two the English verb stands for nobody can tell.
        if mark is None or text.count(word) > len(denied.findall(text)):
            continue
        found = [m.span() for m in verbs.finditer(english)]
        if found and not any(_negated(english, verb) for verb in found):
            draft = english[slice(*found[0])]
            source, draft = both.turned(mark.group(), draft)
            yield both.finding("negation", Severity.CRITICAL, f"The source has “{source}”, the draft “{draft}”: only one of them is negated.", mark.span(), found[0],
                               CONFIDENCE, suggestion=f"not {english[slice(*found[0])]}" if both.draft_is_english else "", by=UNDENIED)


def _negated(text: str, verb: Range) -> bool:
    start = max([text.rfind(c, 0, verb[0]) + 1 for c in ".;:!?"] + [verb[0] - _BEFORE])
    end = min([i for c in ".;:!?," if (i := text.find(c, verb[1])) >= 0] + [verb[1] + _AFTER])
    negation = _negation()
    return bool(negation.search(text, start, verb[0]) or negation.search(text, verb[1], end))


@cache
def _words() -> dict[str, tuple[re.Pattern, re.Pattern]]:
    """By the Chinese word: it with a negation, and the English verbs."""
    table = load_toml("undenied.toml")
    return {word: (re.compile(table["negation"]["zh"] + word), re.compile(rf"\b{verbs}\b", re.I)) for word, verbs in table["words"].items()}


@cache
def _negation() -> re.Pattern:
    return re.compile(load_toml("undenied.toml")["negation"]["en"], re.I)
