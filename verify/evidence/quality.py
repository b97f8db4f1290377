"""The score of a pair: the calibrated probability that a professional would mark no major error.

A generalised additive model (Hastie and Tibshirani 1986): logistic, one monotone piecewise-linear curve a
feature, held as plain arrays in `quality_*.json` and fitted by `tools/fit_quality.py`. A score is therefore
exactly the sum of what each feature adds, and better evidence can never lower it.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np

from .likelihood import Likelihood

# Names and meaning of all features; NaN where the evidence was not gathered.
FEATURES = {
    "forward": "mean log P(target token | source)",
    "backward": "mean log P(source token | target)",
    "worst": "mean of the three least likely target tokens",
    "worst_backward": "mean of the three least likely source tokens",
    "spread": "standard deviation of the target tokens' log-probabilities",
    "unlikely": "share of target tokens under log-probability -5",
    "unlikely_backward": "share of source tokens under log-probability -5",
    "dual": "dual conditional cross-entropy",
    "length_ratio": "log of target words over source characters, against the usual ratio",
    "length": "log of 1 + source characters",
    "coverage_source": "share of source words that the lexicon links",
    "coverage_target": "share of target words that the lexicon links",
    "found_heavy": "sum over findings of weight times confidence, major and critical",
    "found_light": "the same for minor ones",
    "chrf": "chrF of the back-translation",
}
# Words per Han character of faithful zh-en news translation (mean over the training pairs).
USUAL_RATIO = 0.62


def features(source: str, target: str, likelihood: Likelihood | None, coverage: tuple[float, float] | None,
             findings: Sequence, chrf: float | None) -> dict[str, float]:
    """All `FEATURES` of one pair; NaN for evidence that was not gathered."""
    nan = math.nan
    made = dict.fromkeys(FEATURES, nan)
    if likelihood:
        share = lambda scores: sum(p < -5 for p in scores.log_probs) / max(1, len(scores.log_probs))
        made |= {"forward": likelihood.forward, "backward": likelihood.backward, "worst": likelihood.worst,
                 "worst_backward": likelihood.worst_backward, "spread": likelihood.spread, "dual": likelihood.dual,
                 "unlikely": share(likelihood.target_tokens), "unlikely_backward": share(likelihood.source_tokens)}
    if coverage:
        made["coverage_source"], made["coverage_target"] = coverage
    weight = lambda finding: finding.severity.weight * finding.confidence
    made["found_heavy"] = sum(weight(f) for f in findings if f.severity.weight >= 5)
    made["found_light"] = sum(weight(f) for f in findings if f.severity.weight < 5)
    made["length"] = math.log1p(len(source))
    made["length_ratio"] = math.log((len(target.split()) + 2) / (USUAL_RATIO * len(source) + 2))
    if chrf is not None:
        made["chrf"] = chrf
    return made


class Quality:
    """The fitted model: log-odds = base + sum over features of a monotone piecewise-linear curve.

    `curves[name]` has `knots` [K] ascending, `values` [K] (contribution at each knot, straight lines
    between, flat beyond) and `missing` (contribution where the evidence was not gathered).
    """

    def __init__(self, data: Mapping):
        self.version: str = data["version"]
        self.base: float = data["base"]
        self.curves: dict[str, dict] = data["curves"]

    def contributions(self, row: Mapping[str, float]) -> dict[str, float]:
        """What each feature adds to the log-odds; with `base` they sum to the whole."""
        made = {}
        for name, curve in self.curves.items():
            value = row.get(name, math.nan)
            made[name] = curve["missing"] if math.isnan(value) else float(np.interp(value, curve["knots"], curve["values"]))
        return made

    def score(self, row: Mapping[str, float]) -> float:
        """Probability of no major error, rounded to 1e-6."""
        margin = self.base + sum(self.contributions(row).values())
        return round(1 / (1 + math.exp(-margin)), 6)


@lru_cache(maxsize=4)
def shipped(kind: str = "full") -> Quality | None:
    """The model that ships for a kind of evidence ("full" or "fast"), None where none was fitted."""
    path = Path(__file__).parent / f"quality_{kind}.json"
    return Quality(json.loads(path.read_text(encoding="utf-8"))) if path.exists() else None
