"""Quantifiers and scope: 所有, 部分, 多数, 个别, 至少, 至多, 只有 beside all, some, most, individual, at least, at most, only."""

from __future__ import annotations

from collections.abc import Iterator

from ..finding import Finding, Severity
from .check import Comparison
from .contradictions import contradicted
from .kept_marks import changes
from .ranks import ranks
from .scope import scopes, within_negation
from .wording import finding, strength

_UNMEASURED = {"at_least", "at_most", "per", "sole_main", "only", "average", "rest", "together", "extreme"}  # these say nothing of how many
_LIGHT = {"rest", "together", "one_of", "local"}  # lost, they change little
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
            grave = not asked <= _LIGHT
            if change.kind == "changed":
                apart = abs(strength("quantifier", change.source) - strength("quantifier", change.target))
                # Most is near all on the scale, but all leaves no exception.
                grave = bool(asked & _ABSOLUTE) or asked == {"at_least", "at_most"} or not asked & _UNMEASURED and apart >= 3
            yield finding("quantifier", "quantifier", pair, change, Severity.MAJOR if grave else Severity.MINOR)
        if both:
            yield from ranks(both, "quantifier")
