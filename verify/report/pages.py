"""What makes pages of templates."""

from __future__ import annotations

from collections.abc import Callable

from jinja2 import BaseLoader, Environment


def environment(loader: BaseLoader | None = None, finalize: Callable | None = None, **filters: Callable) -> Environment:
    """Whatever a text holds is escaped; `finalize` is called with what is to be shown."""
    made = Environment(loader=loader, finalize=finalize, autoescape=True, trim_blocks=True, lstrip_blocks=True)
    made.filters.update(filters)
    return made
