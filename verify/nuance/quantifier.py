"""Quantifiers and scope: 所有, 部分, 多数, 个别, 至少, 至多, 只有 beside all, some, most, individual, at least, at most, only."""

from __future__ import annotations

from collections.abc import Iterator

from ..finding import Finding, Severity
from .check import Comparison
from .contradictions import contradicted
from .ranks import ranks
from .scope import scopes, within_negation
from .senses import changes
from .wording import finding, strength

_UNMEASURED = {"at_least", "at_most", "per", "sole_main", "only"}  # these say nothing of how many
_ABSOLUTE = {"all", "both", "none_of"}


class Quantifier:
    name = "quantifier"

    def __call__(self, pair: Comparison) -> Iterator[Finding]:
        both = pair.bilingual
        if both and both.chinese.language.base == "zh":
            yield from scopes(both)
            yield from contradicted(both, "quantifier")
        for change in changes(pair, "quantifier"):
            if both and within_negation(both, change):
                continue
            asked = {sense for mark in (change.source, change.target) if mark for sense in mark.asks}
            if "only" in asked and (change.kind != "changed" or asked != {"only"}):
                continue  # "only" is the emphasis check's; "all I want" is 只 too
            severity = Severity.MAJOR
            if change.kind == "changed":
                scales = [strength("quantifier", mark) for mark in (change.source, change.target)]
                measured = not asked & _UNMEASURED
                apart = abs(scales[0] - scales[1]) if measured else 9 if asked == {"at_least", "at_most"} else 0
                if apart < 2:
                    continue
                # Most is near all on the scale, but all leaves no exception.
                severity = Severity.MAJOR if apart >= 3 or asked & _ABSOLUTE else Severity.MINOR
            yield finding("quantifier", "quantifier", pair, change, severity)
        if both:
            yield from ranks(both, "quantifier")
