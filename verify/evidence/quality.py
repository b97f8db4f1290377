"""The score of a pair: the calibrated probability that a professional would mark no major error.

A generalised additive model (Hastie and Tibshirani 1986): logistic, one monotone piecewise-linear curve a
feature, held as plain arrays in `quality_*.json` and fitted by `tools/fit_quality.py`. A score is therefore
exactly the sum of what each feature adds, and better evidence can never lower it.

A new feature is one line in `FEATURES` and its value among those that `features` is given; then fit anew.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from ..text import InputError
from ..translate.faults import faults
from .detector import Opinion
from .estimator import Estimate
from .likelihood import Likelihood

FULL, FAST, VOCABULARY = "full", "fast", "vocabulary"  # the kinds of evidence, each with a model of its own


@dataclass(frozen=True)
class Feature:
    """`sign`: +1 the score may only rise with it, -1 only fall, 0 either. `needs`: what must be gathered for it
    ("engine", "checks", "detector", "estimator", or nothing). `step`: least change of log-odds between knots, before the scale is set (some three times), so that it always tells.
    `knots`: fixed places where quantiles would not do."""

    meaning: str
    sign: int = 0
    needs: str = ""
    step: float = 0.0
    knots: tuple[float, ...] = ()


# All features; NaN where the evidence was not gathered.
FEATURES = {
    "forward": Feature("mean log P(target token | source)", 1, "engine", 0.02),
    "backward": Feature("mean log P(source token | target)", 1, "engine", 0.02),
    "worst": Feature("mean of the three least likely target tokens", 1, "engine", 0.03),
    "worst_backward": Feature("mean of the three least likely source tokens", 1, "engine", 0.03),
    "length_ratio": Feature("log of target over source length, against the usual ratio"),
    "length": Feature("log of 1 + source characters"),
    "coverage": Feature("share of source words that the lexicon links", 1),
    "faults": Feature("repetition, blow-up, wrong script, far too short: how many", -1, "", 0.27, (0, 1, 2, 3)),
    "suspect_all": Feature("minus the log of the chance that no word of either side is part of a fault", -1, "detector", 0.03),
    "faithful": Feature("the detector's log-odds of a faithful rendering", 1, "detector", 0.03),
    "rated": Feature("the detector's expected judgement, a standard score", 1, "detector", 0.03),
    "judged": Feature("the estimator's expected judgement, a standard score", 1, "estimator", 0.06),
    "overall": Feature("the judgement that the states of both encoders let expect of the whole rendering, whatever single words do", 1, "detector", 0.03),
    "ranked": Feature("what ranks it among renderings of one source, by the evidence on every word", 1, "detector", 0.03),
    # Sums of severity weight times confidence: most pairs have none, so quantiles would leave the rest one knot.
    "found_heavy": Feature("sum over findings of weight times confidence, major and critical", -1, "checks", 0.02, (0, 1, 2.5, 5, 12, 25, 60)),
    "found_light": Feature("the same for minor ones", -1, "checks", 0.006, (0, 0.3, 0.6, 1, 2, 4)),
}
# Words (Han characters) of the target per Han character (word) of the source in faithful news translation.
USUAL_RATIO = {"zh": 0.62, "en": 1.61}


def kind_of(engine: object | None, fast: bool) -> str:
    """Which model judges evidence from this engine."""
    return VOCABULARY if engine is None else FAST if fast else FULL


def names(kind: str) -> list[str]:
    """The features of a kind of evidence."""
    without = {FULL: (), FAST: ("checks", "detector"), VOCABULARY: ("engine", "detector", "estimator")}[kind]
    return [name for name, feature in FEATURES.items() if feature.needs not in without]


def features(source: str, target: str, languages: tuple[str, str], likelihood: Likelihood | None = None,
             coverage: float | None = None, findings: Sequence | None = None,
             opinion: Opinion | None = None, estimate: Estimate | None = None, **more: float) -> dict[str, float]:
    """All `FEATURES` of one pair; NaN for evidence that was not gathered (None). `more` are ready values by name."""
    made = dict.fromkeys(FEATURES, math.nan)
    if likelihood:
        made |= {"forward": likelihood.forward, "backward": likelihood.backward, "worst": likelihood.worst,
                 "worst_backward": likelihood.worst_backward}
    if coverage is not None:
        made["coverage"] = coverage
    if findings is not None:
        weight = lambda finding: finding.severity.weight * finding.confidence
        made["found_heavy"] = sum(weight(f) for f in findings if f.severity.weight >= 5)
        made["found_light"] = sum(weight(f) for f in findings if f.severity.weight < 5)
    if opinion:
        made["suspect_all"] = float(-sum(np.log1p(-np.clip(one.chances, 0.001, 0.999)).sum() for one in (opinion.source, opinion.target)))
        made["faithful"], made["rated"] = opinion.faithful, opinion.rated
    if estimate:
        made["judged"] = estimate.value
    there, here = (_size(text, language) for text, language in zip((source, target), languages))
    usual = USUAL_RATIO.get(languages[0].split("-")[0], 1.0)
    made["length"] = math.log1p(len(source))
    made["length_ratio"] = math.log((here + 2) / (usual * there + 2))
    # Faults are those of a text that repeats itself or is no text of its language; lengths are in words here.
    made["faults"] = float(len(faults(source, target, languages[1], round(usual * there), round(here))))
    return made | more


def states(opinion: Opinion | None, estimate: Estimate | None) -> np.ndarray | None:
    """[128] what detector and estimator make of a whole pair; None where they did not read it."""
    return None if opinion is None or estimate is None else np.concatenate([opinion.states, estimate.states])


def _size(text: str, language: str) -> int:
    return len(text) if language.split("-")[0] in ("zh", "ja") else len(text.split())


class Quality:
    """The fitted model: log-odds = base + sum over features of a monotone piecewise-linear curve.

    `curves[name]` has `knots` [K] ascending, `values` [K] (contribution at each knot, straight lines
    between, flat beyond) and `missing` (contribution where the evidence was not gathered). `readout`, where there is one,
    makes the feature "overall": a constant, then the weights of `states`.
    """

    def __init__(self, data: Mapping):
        self.version: str = data["version"]
        self.base: float = data["base"]
        self.curves: dict[str, dict] = data["curves"]
        self.readout: list[float] = data.get("readout", [])
        self._slopes = np.asarray(self.readout[1:])

    def overall(self, known: np.ndarray | None) -> float:
        """The feature of that name; NaN without a readout, or without `states`."""
        return math.nan if known is None or not self.readout else self.readout[0] + float((self._slopes * known).sum())

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


@dataclass(frozen=True)
class Calibration:
    """What `tools/fit_quality.py` writes: a model for each kind of evidence, fitted with one engine and direction."""

    source: str
    target: str
    engine: str  # the signature's first part: "model:pocket-2a1f601d"
    models: Mapping[str, Quality]

    def serves(self, source: str, target: str, engine: object | None) -> bool:
        """For this direction, and the engine (same weights) that it was fitted with, or no engine at all."""
        base = lambda code: code.split("-")[0]
        return (base(source), base(target)) == (self.source, self.target) and (engine is None or model_of(engine) == self.engine)


def model_of(engine) -> str:
    """Name and weights of an engine, without the settings of a run."""
    return "+".join(part.split("|")[0] for part in engine.signature.split("+model:"))


def read(path: Path) -> Calibration:
    """Raises InputError for a file that is none."""
    try:
        data = json.loads(Path(path).read_text(encoding="utf-8"))
        return Calibration(data["source"], data["target"], data["engine"], {kind: Quality(model) for kind, model in data["models"].items()})
    except OSError as error:
        raise InputError(path, (error.strerror or "cannot be read").lower(), "Name a file that tools/fit_quality.py wrote") from None
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputError(path, f"is no calibration ({error})", "Name a file that tools/fit_quality.py wrote") from None


@lru_cache(maxsize=8)
def shipped(source: str, target: str) -> Calibration | None:
    """The calibration that ships for a direction ("zh", "en"), None where none was fitted."""
    path = Path(__file__).parent / f"quality_{source.split('-')[0]}-{target.split('-')[0]}.json"
    return read(path) if path.exists() else None
