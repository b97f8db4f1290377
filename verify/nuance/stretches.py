"""The stretch of a text that the other side accounts for least: a maximum-sum run over words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .sides import Bilingual
from .word_support import surprise

COVERED = 1.6  # nats that a word with a partner speaks against a gap
DOUBT = 0.35  # nats that any word must overcome: free renderings leave words alone too
UNKNOWN = 0.25  # nats of a word that the table has never seen


@dataclass(frozen=True)
class Stretch:
    """`weight` in nats; `words` counts the uncovered content words of [start, end)."""

    start: int
    end: int
    weight: float
    words: int


def best(items: Sequence[tuple[int, int, float]]) -> Stretch | None:
    """The contiguous run of (start, end, weight) with the largest sum (Kadane), None if nothing is positive."""
    top, total, first, count = None, 0.0, 0, 0
    for i, (_, end, weight) in enumerate(items):
        if total <= 0:
            total, first, count = 0.0, i, 0
        total += weight
        count += weight > 0
        if weight > 0 and total > 0 and (top is None or total > top.weight):
            top = Stretch(items[first][0], end, total, count)
    return top


def english_gap(view: Bilingual) -> Stretch | None:
    """The stretch of the English side with least support in the Chinese."""
    items = []
    for word in view.support.words:
        if word.covered:
            weight = -COVERED
        elif word.reliability is None:
            weight = 0.0 if view.english.text[word.start].isupper() else UNKNOWN
        else:
            weight = surprise(word.reliability) - DOUBT
        items.append((word.start, word.end, weight))
    return best(items)


def chinese_gap(view: Bilingual) -> Stretch | None:
    """The stretch of the Chinese side with least support in the English; its longest runs are its words."""
    runs = {}
    for start, end, share, reliability in view.support.runs:
        runs.setdefault(start, []).append((end, share, reliability))
    items, at = [], 0
    shares = view.support.shares
    while at < len(shares):
        options = runs.get(at, [])
        if not options:
            at += 1
            continue
        end, share, reliability = max(options)
        if share >= 0.02 or max(shares[at:end]) >= 0.02:
            items.append((at, end, -COVERED))
        else:
            items.append((at, end, surprise(reliability) - DOUBT))
        at = end
    return best(items)
