"""Emphasis: 确实, 绝, 甚至, 仅, 只, 尤其 beside indeed, absolutely, even, only, especially."""

from __future__ import annotations

from collections.abc import Iterator

from ..finding import Finding, Severity
from .check import Comparison
from .kept_marks import changes
from .wording import finding, in_quote


class Emphasis:
    name = "emphasis"

    def __call__(self, pair: Comparison) -> Iterator[Finding]:
        for change in changes(pair, "emphasis"):
            yield finding("emphasis", "emphasis", pair, change, Severity.MAJOR if in_quote(pair, change) and change.kind != "added" else Severity.MINOR)
