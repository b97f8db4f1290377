"""Japanese."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from . import folding
from .language import Language, Range

if TYPE_CHECKING:
    from .attribution import Attribution
    from .quantities import Quantity
    from .speech import ReportingVerb
    from .times import TimeExpression

_TERM = re.compile(r"(?:いわゆる|という)$")


class Room(Language):
    spaced = False

    def _split(self, text: str, start: int, end: int) -> list[Range]:
        from .sentences_cjk import split

        return split(text, start, end, self._attributes)

    def words(self, text: str) -> list[Range]:
        from .words import cjk

        return cjk(text)

    def fold(self, text: str) -> str:
        """Half-width letters and digits; the length stays."""
        return folding.fold_wide(text)

    def reporting_verbs(self, text: str) -> list[ReportingVerb]:
        from .speech_ja import find

        return find(self.fold(text))

    def dates(self, text: str) -> list[TimeExpression]:
        from .dates_zh import find

        plain = self._plain(text)
        return [_japanese(plain, time) for time in find(plain)]

    def numbers(self, text: str) -> list[Quantity]:
        from .numbers_zh import find

        plain = self._plain(text)
        return find(plain, [(time.start, time.end) for time in self.dates(plain)])

    @staticmethod
    def _plain(text: str) -> str:
        return folding.to_simplified(folding.fold_wide(text))

    def attribution(self, masked: str, start: int, end: int) -> Attribution | None:
        from .attribution_ja import attribute

        return attribute(self.fold(masked), start, end)

    def splits_quote(self, gap: str) -> bool:
        from .attribution_ja import splits

        return splits(self.fold(gap))

    def names_body(self, after: str) -> str:
        from .speech import body_behind

        return body_behind(self.fold(after), "japanese")

    def names_term(self, before: str) -> bool:
        return _TERM.search(before) is not None


def _japanese(text: str, time: TimeExpression) -> TimeExpression:
    """前年 is the previous year here, not the last but one, which is 一昨年; 再来年 is the next but one."""
    offset = time.values.get("offset")
    if offset and text.startswith("前年", time.start):
        return replace(time, values=time.values | {"offset": -1, "loose": True})
    if offset and text[max(0, time.start - 1) : time.start + 1] in ("一昨", "再来"):
        return replace(time, start=time.start - 1, values=time.values | {"offset": 2 * offset})
    return time
