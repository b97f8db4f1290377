"""Hedges and evidence: 据称, 似乎, 涉嫌, 基本, 某种程度上, "I think" kept as weak as they were."""

from __future__ import annotations

from collections.abc import Iterator

from ..finding import Finding, Severity
from .check import Comparison
from .kept_marks import changes
from .wording import finding

# Dropping one of these changes who vouches for a claim; the others only how far it goes.
_VOUCHING = {"alleged", "claimed", "seem", "partial", "opinion", "assured", "principle", "whether", "feared"}


class Hedge:
    name = "hedge"

    def __call__(self, pair: Comparison) -> Iterator[Finding]:
        for change in changes(pair, "hedge"):
            asked = {sense for mark in (change.source, change.target) if mark for sense in mark.asks}
            severity = Severity.MAJOR if asked & _VOUCHING or change.kind == "changed" else Severity.MINOR
            yield finding("hedge", "hedge", pair, change, severity)
