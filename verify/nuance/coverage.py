"""What `omission` and `addition` share: the stretch of one side that the other accounts for least, weighed.

The weights are data, `coverage.json`, fitted by `tools/fit_coverage.py`.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from ..finding import Category, Finding, Severity
from .amounts import agreement
from .check import Comparison
from .modifiers import doubt, unanswered
from .sides import finding
from .stretches import FEATURES, Stretch, chinese_stretches, english_stretches

SHOWN = 0.3
_TIMES = re.compile(r"(?:\s+times?\b)?")  # the second time
MAJOR = 0.6


@lru_cache(maxsize=1)
def model() -> dict[str, tuple[tuple[float, ...], float]]:
    """Weights in the order of `FEATURES`, and the intercept, for the stretches of each side."""
    table = json.loads(Path(__file__).with_name("coverage.json").read_text(encoding="utf-8"))
    return {side: (tuple(row["weights"][name] for name in FEATURES), row["intercept"]) for side, row in table.items()}


def _agreed(pair: Comparison, of_draft: bool) -> Iterator[tuple[int, int]]:
    """Amounts and times of a side that the other side has too, so that their words have a source: 同比, "from the year-ago period"."""
    found, text = agreement(pair), pair.target.text if of_draft else pair.source.text
    for item in [*found.times, *found.numbers]:
        one = item[1 if of_draft else 0]
        yield one.start, one.end + len(_TIMES.match(text, one.end).group())


def belief(stretch: Stretch, english: bool) -> float:
    """Probability, 0..1, that the other side has lost (or never had) the stretch."""
    weights, intercept = model()["en" if english else "zh"]
    value = intercept + sum(w * x for w, x in zip(weights, stretch.features))
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, value))))


class Coverage:
    name = ""
    of_draft = False

    def __call__(self, pair: Comparison) -> Iterator[Finding]:
        view = pair.bilingual
        if view is None or pair.source.language.base == "ja" or pair.target.language.base == "ja":
            return
        english = self.of_draft == view.draft_is_english
        told = list(_agreed(pair, self.of_draft))
        found = [(belief(s, english), s) for s in (english_stretches(view) if english else chinese_stretches(view))]
        shown: list[tuple[int, int]] = []
        # A pair with many such stretches is a free rendering, or no translation at all: the surest two are enough.
        for confidence, stretch in sorted(found, key=lambda item: (-item[0], item[1].start))[:2]:
            if confidence >= SHOWN and not any(a <= stretch.start and stretch.end <= b for a, b in told):
                shown.append((stretch.start, stretch.end))
                yield self._finding(pair, shown[-1], confidence, Severity.MAJOR if confidence >= MAJOR else Severity.MINOR)
        tightness = pair.places.tightness
        for key, place in unanswered(view, english):
            if (confidence := doubt(key, tightness)) >= SHOWN and not any(a < place[1] and place[0] < b for a, b in shown):
                yield self._finding(pair, place, confidence, Severity.MINOR)

    def _finding(self, pair: Comparison, place: tuple[int, int], confidence: float, severity: Severity) -> Finding:
        if self.of_draft:
            text = pair.target.text[slice(*place)]
            return finding(pair, self.name, severity, f"Nothing in the source accounts for “{text}”.", None, place, confidence,
                           Category.ADDITION, f"leave out “{text}”, or find its source", by="words without a partner")
        text = pair.source.text[slice(*place)]
        return finding(pair, self.name, severity, f"Nothing in the draft accounts for {text}.", place, None, confidence,
                       Category.OMISSION, by="words without a partner")
