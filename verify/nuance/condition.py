"""Condition and cause: 若, 除非, 只要, 因, 由于, 尽管, 否则 beside if, unless, as long as, because, although, otherwise."""

from __future__ import annotations

from collections.abc import Iterator

from ..finding import Finding, Severity
from ..languages.vocabulary import vocabulary
from .answered_negations import CLAUSE_END
from .check import Comparison
from .contradictions import contradicted
from .kept_marks import changes
from .senses import Change
from .wording import finding

_JOINING = {"but", "or", "related"}  # what is lost with one of these is seldom what a reader acts on


class Condition:
    name = "condition"

    def __call__(self, pair: Comparison) -> Iterator[Finding]:
        if both := pair.bilingual:
            yield from contradicted(both, "condition")
        for change in changes(pair, "condition"):
            if _denied_if(pair, change):
                continue
            asked = {sense for mark in (change.source, change.target) if mark for sense in mark.asks}
            yield finding("condition", "condition", pair, change, Severity.MINOR if asked <= _JOINING else Severity.MAJOR)


def _denied_if(pair: Comparison, change: Change) -> bool:
    """Whether the one side has an *if* and denies what follows, which is the *unless* of the other: 若议会不追加预算."""
    if change.kind != "changed":
        return False
    for side, mark, other in ((pair.source, change.source, change.target), (pair.target, change.target, change.source)):
        if "if" in mark.asks and "unless" in other.asks:
            stop = CLAUSE_END.search(side.text, mark.end)
            return any(m.asks and mark.end <= m.start < (stop.start() if stop else len(side.text)) for m in vocabulary(side.language).find("negation", side.text))
    return False
