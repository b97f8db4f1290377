"""English."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .language import Language, Range

if TYPE_CHECKING:
    from .quantities import Quantity
    from .speech import ReportingVerb
    from .times import TimeExpression


class Room(Language):

    def _attributes(self, text: str, start: int, end: int) -> bool:
        from .speech_en import attributes

        return attributes(text[max(0, start - 3) : end])

    def reporting_verbs(self, text: str) -> list[ReportingVerb]:
        from .speech_en import find

        return find(text)

    def numbers(self, text: str) -> list[Quantity]:
        from . import numbers_en, shares_en

        times = [(time.start, time.end) for time in self.dates(text)]
        shares = [q for q in shares_en.find(text) if not any(a < q.end and q.start < b for a, b in times)]
        counts = numbers_en.find(text, times + [(q.start, q.end) for q in shares])
        return sorted(shares + counts, key=lambda q: q.start)

    def dates(self, text: str) -> list[TimeExpression]:
        from .dates_en import find

        return find(text)
