"""What an amount leaves out: 敲定两项 as "agreed on all but two", where the Chinese excepts nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..finding import Finding, Severity
from .amounts import agreeing
from .sides import Bilingual

EXCEPTION = "exception"
CONFIDENCE = 0.7
_ALL_BUT = re.compile(r"\ball but (?:the |some |about )?$", re.I)
# Excepted, left over, or almost: all but three months for 近三个月.
_EXCEPTED = re.compile(r"除|以外|之外|外|余|剩|近|几乎|差不多|[仅只唯一][^，。；]{0,12}[不没未无]|[不没未无][^，。；]{0,8}[仅只]|(?:仅|只有)[一1]")


def excepted(both: Bilingual) -> Iterator[Finding]:
    if both.chinese.language.base != "zh":
        return
    for *amounts, _ in agreeing(both.pair):
        a, b = both.turned(*amounts)
        before = _ALL_BUT.search(both.english.text, max(0, b.start - 20), b.start)
        if before and not _EXCEPTED.search(both.simplified):
            source, draft = both.turned(both.chinese.text[a.start : a.end], both.english.text[before.start() : b.end])
            message = f"The source has “{source}”, the draft “{draft}”: only the English leaves out so many."
            yield both.finding("number", Severity.CRITICAL, message, (a.start, a.end), (before.start(), b.end), CONFIDENCE, by=EXCEPTION)
