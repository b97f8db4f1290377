"""Where models and the cache lie on a user's machine."""

from __future__ import annotations

import os
from pathlib import Path


def _folder(variable: str, fallback: str, default: str) -> Path:
    if os.environ.get(variable):
        return Path(os.environ[variable]).expanduser()
    return Path(os.environ.get(fallback) or Path("~").expanduser() / default) / "verify"


def home() -> Path:
    """`$VERIFY_HOME`, or `verify` in the user's data folder."""
    return _folder("VERIFY_HOME", "XDG_DATA_HOME", ".local/share")


def downloads() -> Path:
    """Models as their authors publish them, one folder each."""
    return home() / "hub"


def models() -> Path:
    """Converted models, one folder each."""
    return home() / "models"


def cache() -> Path:
    """The cache file: in `$VERIFY_CACHE`, or `verify` in the user's cache folder."""
    return _folder("VERIFY_CACHE", "XDG_CACHE_HOME", ".cache") / "engines.sqlite"
