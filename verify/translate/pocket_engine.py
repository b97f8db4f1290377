"""The model that ships with the package: Chinese and English, both ways, offline."""

from __future__ import annotations

from pathlib import Path

from ..text import InputError
from .ctranslate2_engine import CTranslate2Engine

FOLDER = Path(__file__).with_name("pocket")


def pocket(**settings) -> CTranslate2Engine:
    """Load it (well under a second); `settings` are those of CTranslate2Engine."""
    if not (FOLDER / "model.bin").exists():
        raise InputError("pocket", "the model that ships with verify is missing from this installation",
                         "Install verify anew, or use --engine none")
    return CTranslate2Engine(FOLDER, **settings)
