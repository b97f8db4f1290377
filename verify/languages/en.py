"""English."""

from __future__ import annotations

from .language import Language


class Room(Language):
    pass
