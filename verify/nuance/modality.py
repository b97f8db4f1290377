"""Modality: 可能, 或, 恐, 料, 应, 须, 有望, 不排除 beside may, could, should, must, will."""

from __future__ import annotations

from collections.abc import Iterator

from ..finding import Finding, Severity
from .check import Comparison
from .contradictions import contradicted
from .kept_marks import changes
from .wording import finding, strength

# Advice and orders are acts of speech: only advice turned into an order, or back, is a change of modality.
_ACTS = {"advise", "oblige"}
_FACTS = {"will", "certain"}


class Modality:
    name = "modality"

    def __call__(self, pair: Comparison) -> Iterator[Finding]:
        both = pair.bilingual
        told = list(contradicted(both, "modality")) if both else []
        yield from told
        at = {(pair.source.place(f.source)[0], pair.target.place(f.target)[0]) for f in told}
        for change in changes(pair, "modality"):
            if change.kind == "changed":
                if (change.source.start, change.target.start) in at:
                    continue
                # Likely is near will on the scale, but only will gives it as a fact.
                grave = abs(strength("modality", change.source) - strength("modality", change.target)) >= 3 or {*change.source.asks, *change.target.asks} & _FACTS
                yield finding("modality", "modality", pair, change, Severity.MAJOR if grave else Severity.MINOR)
            elif not {*(change.source or change.target).asks} <= _ACTS:
                yield finding("modality", "modality", pair, change, Severity.MAJOR)
