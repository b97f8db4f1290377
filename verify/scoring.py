"""Score pairs: the journey of `pipeline` for texts that are already aligned, one bead a pair."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from . import __version__
from .align import words
from .evidence import likelihood, quality, round_trip
from .finding import Finding
from .nuance import Check, Comparison, checks
from .pipeline import plain_side, run_checks
from .translate.engine import Engine


@dataclass
class Score:
    """`score` 0..1, higher is better. Spans of `findings` are character offsets in `source` and `target`."""

    source: str
    target: str
    score: float
    findings: list[Finding]
    back_translation: str | None
    features: dict[str, float]
    signature: str
    unreliable: tuple[str, ...] = field(default_factory=tuple)


@dataclass
class ScorePlan:
    """`fast`: likelihood and lexicon only, no checks, no back-translation."""

    source_language: str = "zh"
    target_language: str = "en"
    back_translation: bool = True
    fast: bool = False
    select: Sequence[str] = ()
    ignore: Sequence[str] = ()
    check_options: dict = field(default_factory=dict)
    min_confidence: float = 0.3
    batch: int = 256


def score(pairs: Iterable[tuple[str, str]], plan: ScorePlan | None = None, engine: Engine | None = None) -> Iterator[Score]:
    """Scores in input order, lazily, a batch at a time.

    Each pair is judged by itself: batch size and order do not change a score.
    """
    plan = plan or ScorePlan()
    active = [] if plan.fast else checks(plan.select, plan.ignore, **plan.check_options)
    model = quality.shipped("fast" if plan.fast else "full")
    line = signature(engine, plan, model)
    stream = iter(pairs)
    while batch := list(islice(stream, plan.batch)):
        yield from _batch(batch, plan, engine, active, model, line)


def _batch(batch, plan: ScorePlan, engine, active: Sequence[Check], model, line: str) -> Iterator[Score]:
    there, here = plan.source_language, plan.target_language
    whole = [i for i, (a, b) in enumerate(batch) if a.strip() and b.strip()]
    chances, backs = {}, {}
    if engine and whole:
        chances = dict(zip(whole, likelihood.likelihoods(engine, [batch[i] for i in whole], there, here)))
        if plan.back_translation and not plan.fast:
            backs = dict(zip(whole, engine.translate([batch[i][1] for i in whole], here, there)))
    rows, found_all = [], []
    for i, (source, target) in enumerate(batch):
        found: list[Finding] = []
        coverage = chrf = None
        if i in chances or (whole and i in whole):
            links = words.links(source, target, there, here)
            coverage = (float(links.source_covered.mean()), float(links.target_covered.mean())) if len(links.source_covered) and len(links.target_covered) else None
            if i in backs and not backs[i].faults:
                chrf = round_trip.round_trip(backs[i].text, source, there).chrf
            if active:
                evidence = {}
                if i in chances:
                    evidence = {"target_token_scores": chances[i].target_tokens, "source_token_scores": chances[i].source_tokens}
                pair = Comparison(plain_side(source, there, "source"), plain_side(target, here, "target"), links,
                                  backs[i].text if i in backs else "", evidence)
                found = [f for f in run_checks(pair, active) if f.confidence >= plan.min_confidence]
        rows.append(quality.features(source, target, chances.get(i), coverage, found, chrf))
        found_all.append(found)
    values = [model.score(row) if model else uncalibrated(row) for row in rows]
    for i, (source, target) in enumerate(batch):
        value = values[i] if i in whole or not (source.strip() or target.strip()) else 0.0
        yield Score(source, target, value, found_all[i], backs[i].text if i in backs else None, rows[i], line,
                    backs[i].faults if i in backs else ())


def uncalibrated(row: dict[str, float]) -> float:
    """Geometric mean of both directions' token probabilities, lowered by findings; 0..1 but no probability."""
    chance = (row["forward"] + row["backward"]) / 2 if not math.isnan(row["forward"]) else -1.0
    return round(math.exp(chance) * math.exp(-row["found_heavy"] / 10 - row["found_light"] / 20), 4)


def signature(engine: Engine | None, plan: ScorePlan, model) -> str:
    """What reproduces a score, as one line."""
    parts = [engine.signature if engine else "model:none", f"quality:{model.version if model else 'uncalibrated'}"]
    if plan.fast:
        parts.append("fast")
    elif not plan.back_translation:
        parts.append("no-back-translation")
    if plan.select or plan.ignore:
        parts.append("checks:" + ",".join([*sorted(plan.select), *(f"-{s}" for s in sorted(plan.ignore))]))
    return "|".join([*parts, f"verify:{__version__}"])
