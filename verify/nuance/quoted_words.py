"""Do two quotes hold the same words? A Chinese and an English quote, weighed by the words that answer each other.

The weights are data, `quoted_words.json`, fitted by `tools/fit_quotes.py` on the quotes of faithful pairs and on quotes
whose words were exchanged.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from .sides import Bilingual, Range
from .word_support import table

#: features of a pair of quotes, in the order of `Match.features`
FEATURES = ("english_open", "chinese_open", "open", "length", "longest_english", "longest_chinese", "outside")
_WEAKEST = 0.15  # nats: below this a word without a partner says nothing


@dataclass(frozen=True)
class Match:
    """Two quotes. `answered` 0..1 is the share of their words that answer each other, by weight; `english` and
    `chinese` are the longest stretches without a partner in the other quote, as ranges of the sides' texts."""

    features: tuple[float, ...]
    answered: float
    english: Range | None
    chinese: Range | None


@lru_cache(maxsize=512)
def _weigh(chinese: str, english: str):
    return table().weigh(chinese, english)


def match(view: Bilingual, chinese: Range, english: Range) -> Match:
    """Weigh an English quote against a Chinese one."""
    inside = _weigh(view.simplified[slice(*chinese)], view.english.text[slice(*english)])
    shift = lambda items, by: [(item.start + by, item.end + by, item.covered, weight) for item, weight in items]
    words = shift([(w, w.weight) for w in inside.words], english[0])
    units = shift([(u, u.weight) for u in inside.units if u.weight > _WEAKEST], chinese[0])
    total = [sum(w for *_, w in side) or 0.5 for side in (words, units)]
    lost = [sum(w for *_, covered, w in side if not covered) for side in (words, units)]
    runs = [_longest(side) for side in (words, units)]
    # Words of the English quote that some Chinese outside the quote accounts for: the quote may only be longer.
    elsewhere = sum(w.weight for w in view.support.words if english[0] <= w.start < english[1] and w.share >= 0.05
                    and not (chinese[0] <= w.run[0] and w.run[1] <= chinese[1]))
    open_shares = lost[0] / total[0], lost[1] / total[1]
    return Match((*open_shares, open_shares[0] * open_shares[1], math.log(sum(total)), *(min(6.0, weight) for _, weight in runs), elsewhere / total[0]),
                 1 - sum(lost) / sum(total), runs[0][0], runs[1][0])


def _longest(items) -> tuple[Range | None, float]:
    """The heaviest run of adjacent words without a partner, and its weight."""
    best, top, start, total = None, 0.0, None, 0.0
    for a, b, covered, weight in items:
        if covered:
            start, total = None, 0.0
            continue
        start, total = (a if start is None else start), total + weight
        if total > top:
            best, top = (start, b), total
    return best, top


def pairs(view: Bilingual, chinese: list[Range], english: list[Range]) -> tuple[list[tuple[int, int, Match]], dict[tuple[int, int], Match]]:
    """The quotes that belong together, best first, each once; and all matches."""
    matches = {(i, j): match(view, c, e) for i, c in enumerate(chinese) for j, e in enumerate(english)}
    order = lambda i, j: abs((i + 0.5) / len(chinese) - (j + 0.5) / len(english))
    ranked = sorted(matches, key=lambda ij: (-matches[ij].answered + 0.3 * order(*ij), ij))
    out, taken = [], (set(), set())
    for i, j in ranked:
        if i not in taken[0] and j not in taken[1]:
            taken[0].add(i)
            taken[1].add(j)
            out.append((i, j, matches[i, j]))
    return out, matches


@lru_cache(maxsize=1)
def _model() -> tuple[tuple[float, ...], float]:
    row = json.loads(Path(__file__).with_suffix(".json").read_text(encoding="utf-8"))
    return tuple(row["weights"][name] for name in FEATURES), row["intercept"]


def doubt(found: Match) -> float:
    """Probability, 0..1, that the quotes say different things."""
    weights, intercept = _model()
    return 1 / (1 + math.exp(-intercept - sum(w * x for w, x in zip(weights, found.features))))
