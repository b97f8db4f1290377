"""Any language without a room of its own: general sentence splitting and quote marks, no vocabulary."""

from __future__ import annotations

from .language import Language, Range
from .sentences_cjk import split as split_cjk
from .words import cjk

_UNSPACED = frozenset({"th", "lo", "km", "my", "bo", "yue", "wuu"})


class Room(Language):
    @property
    def spaced(self) -> bool:  # type: ignore[override]
        return self.base not in _UNSPACED

    def _split(self, text: str, start: int, end: int) -> list[Range]:
        return super()._split(text, start, end) if self.spaced else split_cjk(text, start, end, self._attributes)

    def words(self, text: str) -> list[Range]:
        return super().words(text) if self.spaced else cjk(text)
