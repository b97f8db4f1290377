"""Condition and cause: 若, 除非, 只要, 因, 由于, 尽管, 否则 beside if, unless, as long as, because, although, otherwise."""

from __future__ import annotations

from collections.abc import Iterator

from ..finding import Finding, Severity
from .check import Comparison
from .contradictions import contradicted
from .kept_marks import changes
from .wording import finding

_JOINING = {"but", "or", "related"}  # what is lost with one of these is seldom what a reader acts on


class Condition:
    name = "condition"

    def __call__(self, pair: Comparison) -> Iterator[Finding]:
        if both := pair.bilingual:
            yield from contradicted(both, "condition")
        for change in changes(pair, "condition"):
            asked = {sense for mark in (change.source, change.target) if mark for sense in mark.asks}
            yield finding("condition", "condition", pair, change, Severity.MINOR if asked <= _JOINING else Severity.MAJOR)
