"""Quantifiers and scope: 所有, 部分, 多数, 个别, 至少, 至多, 只有 beside all, some, most, individual, at least, at most, only."""

from __future__ import annotations

from collections.abc import Iterator

from ..finding import Finding, Severity
from .check import Comparison
from .senses import changes
from .wording import finding, strength


class Quantifier:
    name = "quantifier"

    def __call__(self, pair: Comparison) -> Iterator[Finding]:
        for change in changes(pair, "quantifier"):
            asked = {sense for mark in (change.source, change.target) if mark for sense in mark.asks}
            if change.kind != "changed" and asked <= {"only"}:
                continue  # a lost or added "only" is the emphasis check's
            severity = Severity.MAJOR
            if change.kind == "changed":
                scales = [strength("quantifier", mark) for mark in (change.source, change.target)]
                apart = abs(scales[0] - scales[1]) if all(scales) else 9
                if apart < 2:
                    continue
                severity = Severity.MAJOR if apart >= 3 else Severity.MINOR
            yield finding("quantifier", "quantifier", pair, change, severity)
