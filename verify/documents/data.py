"""The TOML files of this room."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from ..toml_file import beside


@lru_cache(maxsize=8)
def load(name: str) -> dict[str, Any]:
    """The parsed data file `name`."""
    return beside(__file__, name)
