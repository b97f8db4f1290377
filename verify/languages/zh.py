"""Chinese, in both scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import folding
from .language import Language, Range

if TYPE_CHECKING:
    from .speech import ReportingVerb


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
        return folding.fold_cjk_marks(folding.fold_wide(folding.to_simplified(text)))

    def reporting_verbs(self, text: str) -> list[ReportingVerb]:
        from .speech_zh import find

        return find(self.fold(text))
