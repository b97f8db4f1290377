"""Ranks: 第二大 rendered as "the largest", 最大的…之一 as "the largest", and the other way round."""

from __future__ import annotations

from collections.abc import Iterator

from ..finding import Finding, Severity
from ..languages.language import patterns
from .sides import Bilingual


def ranks(both: Bilingual, check: str) -> Iterator[Finding]:
    """`check`: number for the place in an order, quantifier for one among several."""
    if both.chinese.language.base != "zh":
        return
    p, chinese, english = {base: patterns("ranks.toml", base) for base in ("zh", "en")}, both.simplified, both.english.text
    kind = "place" if check == "number" else "one_of"
    asked = list(p["zh"][kind].finditer(chinese))
    if len(asked) != 1 or p["en"][kind].search(english):
        return
    tops = list(p["en"]["top"].finditer(english))
    if len(tops) != 1:
        return  # with several there is no telling which is which
    # 第二大 beside a "largest" of another: the Chinese has its own 最 for that.
    if kind == "place" and p["zh"]["top"].search(chinese):
        return
    ranges = asked[0].span(), tops[0].span()
    first, second = both.turned(asked[0].group(), tops[0].group())
    yield both.finding(check, Severity.MAJOR, f"The source has “{first}”; the draft has “{second}”, another rank.", *ranges, 0.6, by="rank")
