"""The TOML files of this room."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from ..toml_file import tomllib


@lru_cache(maxsize=8)
def load(name: str) -> dict[str, Any]:
    """The parsed data file `name`."""
    return tomllib.loads(Path(__file__).with_name(name).read_text(encoding="utf-8"))
