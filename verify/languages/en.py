"""English."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .language import Language, Range

if TYPE_CHECKING:
    from .speech import ReportingVerb


class Room(Language):

    def _attributes(self, text: str, start: int, end: int) -> bool:
        from .speech_en import attributes

        return attributes(text[max(0, start - 3) : end])

    def reporting_verbs(self, text: str) -> list[ReportingVerb]:
        from .speech_en import find

        return find(text)
