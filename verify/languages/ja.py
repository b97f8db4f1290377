"""Japanese."""

from __future__ import annotations

from . import folding
from .language import Language, Range


class Room(Language):
    spaced = False

    def _split(self, text: str, start: int, end: int) -> list[Range]:
        from .sentences_cjk import split

        return split(text, start, end)

    def words(self, text: str) -> list[Range]:
        from .words import cjk

        return cjk(text)

    def fold(self, text: str) -> str:
        """Half-width letters and digits; the length stays."""
        return folding.fold_wide(text)
