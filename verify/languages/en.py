"""English."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .language import Language

if TYPE_CHECKING:
    from .attribution import Attribution
    from .quantities import Quantity
    from .speech import ReportingVerb
    from .times import TimeExpression

_TERM = re.compile(r"\b(?:so-called|known as|dubbed|called|termed|nicknamed|labelled|labeled|titled|entitled|the term|the word|the phrase|a)\s*$")


class Room(Language):

    def _attributes(self, text: str, start: int, end: int) -> bool:
        from .speech_en import attributes

        return attributes(text[max(0, start - 3) : end])

    def reporting_verbs(self, text: str) -> list[ReportingVerb]:
        from .speech_en import find

        return find(text)

    def numbers(self, text: str) -> list[Quantity]:
        from . import numbers_en, shares_en
        from .taken import Taken

        times = [(time.start, time.end) for time in self.dates(text)]
        taken = Taken(len(text), times)
        shares = [q for q in shares_en.find(text) if taken.free(q.start, q.end)]
        counts = numbers_en.find(text, times + [(q.start, q.end) for q in shares])
        return sorted(shares + counts, key=lambda q: q.start)

    def dates(self, text: str) -> list[TimeExpression]:
        from .dates_en import find

        return find(text)

    def attribution(self, masked: str, start: int, end: int) -> Attribution | None:
        from .attribution_en import attribute

        return attribute(masked, start, end)

    def splits_quote(self, gap: str) -> bool:
        from .attribution_en import splits

        return splits(gap)

    def names_term(self, before: str) -> bool:
        return _TERM.search(before) is not None
