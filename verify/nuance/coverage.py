"""What `omission` and `addition` share: the least supported stretch of one side, weighed."""

from __future__ import annotations

import math
from collections.abc import Iterator

from ..finding import Category, Finding, Severity
from .check import Comparison
from .sides import Bilingual, finding
from .stretches import chinese_gap, english_gap

# Nats at which a gap is as likely real as a free rendering, and how quickly that grows: wide, because
# free renderings in the dev part of corpora/nuance leave up to 12 nats unaccounted for.
CURVE = {"zh": (13.0, 0.5), "en": (13.0, 0.5)}
SHOWN = 0.4
MAJOR = 0.6


class Coverage:
    name = ""
    of_draft = False

    def __call__(self, pair: Comparison) -> Iterator[Finding]:
        view = Bilingual.of(pair)
        if view is None or pair.source.language.base == "ja" or pair.target.language.base == "ja":
            return
        english = self.of_draft == view.draft_is_english
        stretch = english_gap(view) if english else chinese_gap(view)
        if stretch is None:
            return
        middle, rate = CURVE["en" if english else "zh"]
        confidence = 1 / (1 + math.exp(-rate * (stretch.weight - middle)))
        if confidence < SHOWN:
            return
        place = (stretch.start, stretch.end)
        severity = Severity.MAJOR if confidence >= MAJOR else Severity.MINOR
        if self.of_draft:
            text = pair.target.text[slice(*place)]
            yield finding(pair, self.name, severity, f"Nothing in the source accounts for “{text}”.", None, place, confidence,
                          Category.ADDITION, f"leave out “{text}”, or find its source", nats=round(stretch.weight, 2))
        else:
            text = pair.source.text[slice(*place)]
            yield finding(pair, self.name, severity, f"Nothing in the draft accounts for {text}.", place, None, confidence,
                          Category.OMISSION, nats=round(stretch.weight, 2))
