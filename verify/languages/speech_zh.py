"""Reporting verbs in running Chinese; give simplified text (`Language.fold`)."""

from __future__ import annotations

import re
from functools import lru_cache

from . import speech
from .numerals import any_of
from .speech import ReportingVerb

_ASPECT = "(?:着|了|过|到|道|说|称)?"
_MARK_AFTER = re.compile(_ASPECT + r"\s*[：:，,“「『\"]")
_CLOSES_QUOTE = re.compile(r"[”」』\"’][，,。]?[^。！？“”「」，,]{0,16}$")
_STOP_AFTER = re.compile(_ASPECT + r"\s*(?:[。！？，,；;]|$)")
_FULL_STOP_AFTER = re.compile(_ASPECT + r"\s*(?:[。！？]|$)")
# What makes a verb a noun: 作出表态, 四点建议, 倡导者
_NOUN_BEFORE = re.compile(r"(?:的|做出|作出|提出|发出|上述|这[一番种个]|[一两三四五六七八九十几]点|项)$")
_NOUN_AFTER = re.compile("[者书]")
# 一说 is a noun, but not on Mondays, nor where a name ends (高木真一说：“): the noun opens no quote.
_MONDAY = re.compile("(?:周|星期|礼拜)一$")
_NAME_IN_ONE = re.compile("[^有另此这那么的]一$")
_QUOTE_AFTER = re.compile(r"\s*[：:]\s*[“「『\"]")
_BEFORE_CLAUSE_END = re.compile(r"[，,][^。！？，,“”]{1,12}$")


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern:
    return re.compile(any_of(speech.acts("zh")))


@lru_cache(maxsize=1)
def _needs_mark() -> frozenset[str]:
    return frozenset(speech.data()["chinese"]["needs_mark"])


@lru_cache(maxsize=1024)
def _guards(verb: str) -> tuple[re.Pattern | None, re.Pattern | None]:
    chinese = speech.data()["chinese"]
    before, after = chinese["not_before"].get(verb), chinese["not_after"].get(verb)
    return (re.compile(f"(?:{before})$") if before else None, re.compile(after) if after else None)


def find(text: str) -> list[ReportingVerb]:
    """Reporting verbs in order, `text` in simplified script."""
    needs_mark = _needs_mark()
    acts = speech.acts("zh")
    found: list[ReportingVerb] = []
    at = 0
    while match := _pattern().search(text, at):
        verb, start, end = match.group(), match.start(), match.end()
        # 指出 can fail where a shorter verb at the same place holds; try the longest that reports.
        for size in range(len(verb), 0, -1):
            short = verb[:size]
            if short in acts and _reports(text, start, start + size, short, needs_mark):
                found.append(ReportingVerb(start, start + size, short, acts[short]))
                end = start + size
                break
        else:
            end = start + 1
        at = end
    return found


def _reports(text: str, start: int, end: int, verb: str, needs_mark: frozenset[str]) -> bool:
    before, after = _guards(verb)
    if _NOUN_AFTER.match(text, end) or len(verb) > 1 and _NOUN_BEFORE.search(text, max(0, start - 4), start) and not _MARK_AFTER.match(text, end):
        return False
    monday = _MONDAY.search(text, max(0, start - 6), start) or len(verb) == 1 and _NAME_IN_ONE.search(text, max(0, start - 6), start) and _QUOTE_AFTER.match(text, end)
    if before and not monday and before.search(text, max(0, start - 6), start) or after and after.match(text, end):
        return False
    if verb in needs_mark:
        if text[start - 1 : start] in ("被", "获", "遭"):
            return False
        closes = _CLOSES_QUOTE.search(text, max(0, start - 20), start) and _STOP_AFTER.match(text, end)
        ends = len(verb) > 1 and _BEFORE_CLAUSE_END.search(text, max(0, start - 14), start) and _FULL_STOP_AFTER.match(text, end)
        return bool(_MARK_AFTER.match(text, end) or closes or ends)
    return True


def attributes(clause: str) -> bool:
    """Whether a clause says whose the words before it were: 他说。 or 她说，“. The first character of `clause` is the
    closing mark, the last two are what follows it."""
    for verb in reversed(find(clause)):
        rest = re.sub("^" + _ASPECT, "", clause[verb.end :])
        return bool(re.match(r"[。！？.!?]|[，,][“‘「\"]|$", rest))
    return False
