"""The languages: `get(code)` gives one, `detect(text)` says which.

A new language is one new file with a subclass of `Language`, and one line in `_ROOMS`.
"""

from __future__ import annotations

from functools import lru_cache
from importlib import import_module

from .detect import detect
from .language import Language

#: language code -> module of this folder whose class `Room` speaks it
_ROOMS = {"en": "en", "zh": "zh", "ja": "ja"}
#: the codes of ISO 639-2 and 639-3, as translation memories have them
_ALIASES = {"cmn": "zh", "zho": "zh", "chi": "zh", "eng": "en", "jpn": "ja"}


@lru_cache(maxsize=64)
def get(code: str) -> Language:
    """The language of a BCP 47 code (`en`, `zh`, `zh-Hant`, `zh-TW`, `ja`); any other gets general behaviour."""
    base, _, rest = code.replace("_", "-").partition("-")
    base = _ALIASES.get(base.lower(), base.lower())
    if base == "zh" and rest.lower() in ("hant", "tw", "hk", "mo", "hant-tw", "hant-hk"):
        return import_module(".zh", __package__).Room("zh-Hant")
    if base in _ROOMS:
        return import_module(f".{_ROOMS[base]}", __package__).Room(base)
    return import_module(".general", __package__).Room(base or "und")


__all__ = ["Language", "detect", "get"]
