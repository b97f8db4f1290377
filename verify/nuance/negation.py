"""Negation: dropped, added, or moved: 未必, 并非, 不得不, 难免, 除非 and what English does instead."""

from __future__ import annotations

from collections.abc import Iterator

from ..finding import Finding, Severity
from .check import Comparison
from .senses import changes
from .wording import finding


class Negation:
    name = "negation"

    def __call__(self, pair: Comparison) -> Iterator[Finding]:
        for change in changes(pair, "negation"):
            yield finding("negation", "negation", pair, change, Severity.CRITICAL)
