"""The TOML files of this room."""

from __future__ import annotations

import sys
from functools import lru_cache
from pathlib import Path
from typing import Any


@lru_cache(maxsize=8)
def load(name: str) -> dict[str, Any]:
    """The parsed data file `name`."""
    if sys.version_info >= (3, 11):
        import tomllib
    else:
        import tomli as tomllib
    return tomllib.loads(Path(__file__).with_name(name).read_text(encoding="utf-8"))
