"""Negated words that are affirmed: 不排除 as "ruled out", 不意味着 as "this means". The Chinese negates a word; the English has a word for it
that nothing about it denies, which says the opposite. The words are data, `languages/undenied.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ..finding import Finding, Severity
from ..languages.language import load_toml
from ..languages.vocabulary import either, vocabulary
from .sides import Bilingual, Range

UNDENIED = "denial"
CONFIDENCE = 0.8
_BEFORE, _AFTER = 70, 40  # characters about an English word in which its negation may stand


def undenied(both: Bilingual) -> Iterator[Finding]:
    if both.chinese.language.base != "zh":
        return
    text, english = both.simplified, both.english.text
    for word in load_toml("undenied.toml")["words"]:
        if word not in text:
            continue
        denied, verbs = _patterns(word)
        mark = denied.search(text)
        # 不否认 beside another 否认: which of the two the English word stands for nobody can tell.
        if mark is None or text.count(word) > len(denied.findall(text)) or _twice(both, mark) or _excepted(text, mark):
            continue
        found = [m.span() for m in verbs.finditer(english)]
        if found and not any(_negated(english, verb) for verb in found):
            source, draft = both.turned(both.chinese.text[slice(*mark.span())], english[slice(*found[0])])
            yield both.finding("negation", Severity.CRITICAL, f"The source has “{source}”, the draft “{draft}”: only one of them is negated.", mark.span(), found[0],
                               CONFIDENCE, suggestion="restore the negation" if both.draft_is_english else "", by=UNDENIED)


def _twice(both: Bilingual, mark: re.Match) -> bool:
    """Whether the negation is half of a double one: 没有人不知道."""
    return any(twice.start < mark.end() and mark.start() < twice.end for twice in vocabulary(both.chinese.language).find("double_negation", both.chinese.text))


def _excepted(text: str, mark: re.Match) -> bool:
    """Whether the negated word only says who is left out: 除两个不合格外全部过关 as "all but two passed"."""
    before = text.rfind("除", 0, mark.start())
    return before >= 0 and not re.search("[，。；]", text[before : mark.start()]) and re.match("[^，。；]{0,6}外", text[mark.end() :]) is not None


def _negated(text: str, verb: Range) -> bool:
    start = max([text.rfind(c, 0, verb[0]) + 1 for c in ".;:!?"] + [verb[0] - _BEFORE])
    end = min([i for c in ".;:!?," if (i := text.find(c, verb[1])) >= 0] + [verb[1] + _AFTER])
    negation = _negation()
    return bool(negation.search(text, start, verb[0]) or negation.search(text, verb[1], end))


@cache
def _patterns(word: str) -> tuple[re.Pattern, re.Pattern]:
    """A Chinese word with a negation, and the English ones that say the same as it."""
    table = load_toml("undenied.toml")
    return re.compile(table["negation"]["zh"] + word), either(table["words"][word])


@cache
def _negation() -> re.Pattern:
    return re.compile(load_toml("undenied.toml")["negation"]["en"], re.I)
