"""Chinese, in both scripts."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from . import folding
from .language import Language, Range

if TYPE_CHECKING:
    from .attribution import Attribution
    from .quantities import Quantity
    from .speech import ReportingVerb
    from .times import TimeExpression

_TERM = re.compile(r"(?:所谓|所谓的|称为|称作|被称|称之为|名为|题为|叫做|俗称|号称|誉为)$")


class Room(Language):
    spaced = False

    def _split(self, text: str, start: int, end: int) -> list[Range]:
        from .sentences_cjk import split

        return split(text, start, end, self._attributes)

    def _attributes(self, text: str, start: int, end: int) -> bool:
        from .speech_zh import attributes

        return attributes(self.fold(text[start - 1 : end + 2]))

    def words(self, text: str) -> list[Range]:
        from .words import cjk

        return cjk(text)

    def fold(self, text: str) -> str:
        """Simplified script, half-width letters and digits, corner brackets as “ ”; the length stays."""
        return _folded(text)

    def reporting_verbs(self, text: str) -> list[ReportingVerb]:
        from .speech_zh import find

        return find(self.fold(text))

    def dates(self, text: str) -> list[TimeExpression]:
        from .dates_zh import find

        return find(self._plain(text))

    def numbers(self, text: str) -> list[Quantity]:
        from .numbers_zh import find

        plain = self._plain(text)
        return find(plain, [(time.start, time.end) for time in self.dates(plain)])

    @staticmethod
    @lru_cache(maxsize=8)
    def _plain(text: str) -> str:
        return folding.to_simplified(folding.fold_wide(text))

    def attribution(self, masked: str, start: int, end: int) -> Attribution | None:
        from .attribution_zh import attribute

        folded = self.fold(masked)
        found = attribute(folded, start, end)
        if not found or not found.speaker:
            return found
        at = folded.find(found.speaker)
        return replace(found, speaker=masked[at : at + len(found.speaker)])  # in the script as given

    def splits_quote(self, gap: str) -> bool:
        from .attribution_zh import splits

        return splits(self.fold(gap))

    def names_body(self, after: str) -> str:
        from .speech import body_behind

        return body_behind(self.fold(after), "chinese")

    def names_term(self, before: str) -> bool:
        return _TERM.search(self.fold(before)) is not None


@lru_cache(maxsize=8)  # several checks ask for one text, one after the other
def _folded(text: str) -> str:
    return folding.fold_cjk_marks(folding.fold_wide(folding.to_simplified(text)))
