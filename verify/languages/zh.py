"""Chinese, in both scripts."""

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
        """Simplified script, half-width letters and digits, corner brackets as “ ”; the length stays."""
        return folding.fold_cjk_marks(folding.fold_wide(folding.to_simplified(text)))
