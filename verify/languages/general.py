"""Any language without a room of its own: general sentence splitting and quote marks, no vocabulary."""

from __future__ import annotations

from .language import Language, Range
from .sentences_cjk import split as split_cjk
from .sentences_spaced import split as split_spaced
from .words import cjk

_UNSPACED = frozenset({"th", "lo", "km", "my", "bo", "yue", "wuu"})
# Languages that write 3. for third.
_ORDINALS = frozenset(["de", "da", "no", "nb", "nn", "fi", "et", "lv", "cs", "sk", "sl", "hr", "sr", "bs", "hu", "pl", "tr", "is", "lb"])


class Room(Language):
    @property
    def spaced(self) -> bool:  # type: ignore[override]
        return self.base not in _UNSPACED

    def _split(self, text: str, start: int, end: int) -> list[Range]:
        if not self.spaced:
            return split_cjk(text, start, end)
        return split_spaced(text, start, end, ordinals=self.base in _ORDINALS)

    def words(self, text: str) -> list[Range]:
        return super().words(text) if self.spaced else cjk(text)
