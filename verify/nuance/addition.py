"""Addition: a stretch of the draft that nothing in the source accounts for."""

from __future__ import annotations

from .coverage import Coverage


class Addition(Coverage):
    name = "addition"
    of_draft = True
