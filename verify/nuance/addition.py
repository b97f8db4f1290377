"""Addition: a stretch of the draft that nothing in the source accounts for, or that stands twice."""

from __future__ import annotations

from collections.abc import Iterator

from ..finding import Finding
from .check import Comparison
from .coverage import Coverage
from .doubled import doubled


class Addition(Coverage):
    name = "addition"
    of_draft = True

    def __call__(self, pair: Comparison) -> Iterator[Finding]:
        yield from super().__call__(pair)
        yield from doubled(pair)
