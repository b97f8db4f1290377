"""Japanese."""

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

    def words(self, text: str) -> list[Range]:
        from .words import cjk

        return cjk(text)

    def fold(self, text: str) -> str:
        """Half-width letters and digits; the length stays."""
        return folding.fold_wide(text)

    def reporting_verbs(self, text: str) -> list[ReportingVerb]:
        from .speech_ja import find

        return find(self.fold(text))
