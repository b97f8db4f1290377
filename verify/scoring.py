"""Score pairs: the journey of `pipeline` for texts that are already aligned, one bead a pair."""

from __future__ import annotations

import math
import re
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import islice
from typing import NamedTuple

import numpy as np

from . import __version__
from .align import words
from .evidence import detector, estimator, likelihood, quality
from .evidence.detector import Opinion
from .evidence.estimator import Estimate
from .evidence.likelihood import Likelihood
from .finding import Category, Finding, Severity
from .nuance import Check, Comparison, checks, ranking
from .nuance.suspicion import EVIDENCE
from .one_pair import from_models, plain_side, run_checks
from .text import Span
from .translate.engine import Engine, Translation

Pair = tuple[str, str]
FIRST, FEWEST = 128, 32  # pairs of the first batch, and of the last ones
COPIED = 4  # words (Han characters) from which a translation that is its source again was left untranslated
_WORD = re.compile(r"[\u3400-\u9fff]|[^\W\d_]+")


@dataclass
class Score:
    """`score` 0..1, higher is better. Spans of `findings` are character offsets in `source` and `target`.

    `likelihood` holds what forced decoding said of the pair, None without an engine or text; `states` as `evidence.quality` has them.
    """

    source: str
    target: str
    score: float
    findings: list[Finding]
    back_translation: str | None
    features: dict[str, float]
    signature: str
    unreliable: tuple[str, ...] = field(default_factory=tuple)
    likelihood: Likelihood | None = None
    states: np.ndarray | None = field(default=None, repr=False, compare=False)  # arrays have no one answer to ==


class Said(NamedTuple):
    """What the models say of one pair, None where they were not asked."""

    chance: Likelihood | None = None
    back: Translation | None = None
    opinion: Opinion | None = None
    estimate: Estimate | None = None


@dataclass
class ScorePlan:
    """`fast`: likelihood, estimator and lexicon only; no checks, no detector, no back-translation.

    `calibration` replaces the shipped one: fitted for another engine or pair of languages by tools/fit_quality.py.
    """

    source_language: str = "zh"
    target_language: str = "en"
    back_translation: bool = True
    fast: bool = False
    select: Sequence[str] = ()
    ignore: Sequence[str] = ()
    check_options: dict = field(default_factory=dict)
    min_confidence: float = 0.3
    batch: int = 512
    calibration: quality.Calibration | None = None

    def model(self, engine: Engine | None, read: bool = True) -> quality.Quality | None:
        """The fitted model for what this plan gathers with this engine; None where none was fitted.

        `read`: whether the detector read the pair. One that is too long for it is scored as `fast` would.
        """
        there, here = self.source_language, self.target_language
        fitted = self.calibration or quality.shipped(there, here)
        if fitted is None or not fitted.serves(there, here, engine):
            return None
        return fitted.models.get(quality.kind_of(engine, self.fast or not read))


def score(pairs: Iterable[Pair], plan: ScorePlan | None = None, engine: Engine | None = None) -> Iterator[Score]:
    """Scores in input order, lazily, a batch at a time; the engine works at the next batch meanwhile.

    Each pair is judged by itself: batch size and order do not change a score.
    """
    plan = plan or ScorePlan()
    active = [] if plan.fast else checks(plan.select, plan.ignore, **plan.check_options)
    models, line = {read: plan.model(engine, read) for read in (True, False)}, signature(engine, plan)
    faults: list[Exception] = []
    asked: deque[tuple[list[Pair], Future[dict[int, Said]]]] = deque()
    with ThreadPoolExecutor(1) as ahead:
        for batch in _batches(iter(pairs), plan.batch, faults):
            asked.append((batch, ahead.submit(_ask, batch, plan, engine)))
            # As many pairs as make a batch are asked about ahead of those that are judged: the small ones at the end all at once.
            while sum(len(some) for some, _ in asked) - len(asked[0][0]) >= plan.batch:
                yield from _judged(*asked.popleft(), plan, active, models, line)
        while asked:
            yield from _judged(*asked.popleft(), plan, active, models, line)
    if faults:
        raise faults[0]


def _batches(stream: Iterator[Pair], size: int, faults: list[Exception]) -> Iterator[list[Pair]]:
    """Pairs in batches; what stops the reading goes to `faults`: those before a bad row are scored before it is told.

    The first and the last are smaller: until the first is asked about there is nothing to judge, and while the very last is
    judged, on one core, nothing to ask.
    """
    held: list[Pair] = []
    now = min(size, FIRST)
    while not faults:
        try:
            held.extend(islice(stream, now + 1 - len(held)))  # one more tells whether this is the end
        except Exception as fault:
            faults.append(fault)
        if len(held) <= now:
            break
        yield held[:now]
        held, now = held[now:], min(size, 2 * now)
    while held:
        some = max(FEWEST, -(-len(held) // 2))
        yield held[:some]
        held = held[some:]


def _ask(batch: Sequence[Pair], plan: ScorePlan, engine: Engine | None) -> dict[int, Said]:
    """What the models say of those pairs of the batch that are a text and a translation, by place in the batch."""
    whole = [i for i, pair in enumerate(batch) if _whole(pair) and not _copied(pair, plan)]
    if not engine or not whole:
        return {}
    there, here = plan.source_language, plan.target_language
    some, nothing = [batch[i] for i in whole], [None] * len(whole)
    with ThreadPoolExecutor(1) as beside:  # the two encoders read while the engine works
        estimates = beside.submit(estimator.estimates, some, there, here)
        opinions = beside.submit(detector.opinions, some, there, here) if not plan.fast else None
        chances = likelihood.likelihoods(engine, some, there, here)
        backs = engine.translate([target for _, target in some], here, there) if plan.back_translation and not plan.fast else nothing
        return dict(zip(whole, map(Said, chances, backs, opinions.result() if opinions else nothing, estimates.result())))


def _judged(batch: Sequence[Pair], asked: Future[dict[int, Said]], plan: ScorePlan, active: Sequence[Check], models: Mapping[bool, quality.Quality | None],
            line: str) -> Iterator[Score]:
    said = asked.result()
    for i, pair in enumerate(batch):
        yield _judge(pair, said.get(i, Said()), plan, active, models, line)


def _whole(pair: Pair) -> bool:
    return bool(pair[0].strip() and pair[1].strip())


def _copied(pair: Pair, plan: ScorePlan) -> bool:
    """Whether the translation is the source again. A short one may well be: a name, a code, a figure."""
    if plan.source_language.split("-")[0] == plan.target_language.split("-")[0]:
        return False
    source, target = (_WORD.findall(text.casefold()) for text in pair)
    return source == target and len(source) >= COPIED


def _judge(pair: Pair, said: Said, plan: ScorePlan, active: Sequence[Check], models: Mapping[bool, quality.Quality | None], line: str) -> Score:
    source, target = pair
    there, here = plan.source_language, plan.target_language
    known = quality.states(said.opinion, said.estimate)
    nothing = ("both sides are empty",) if not source.strip() and not target.strip() else ()
    made = lambda value, found, row: Score(source, target, value, found, said.back.text if said.back else None, row, line,
                                           said.back.faults if said.back else nothing, said.chance, known)
    copied = _copied(pair, plan)
    if copied or not _whole(pair):
        # A text that is missing or was not touched is no translation; of nothing beside nothing nobody can say that it is right.
        row = quality.features(source, target, (there, here))
        return made(0.0, _gap(source, target, {check.name for check in active}, copied), row)
    links = words.links(source, target, there, here)
    coverage = float(links.source_covered.mean()) if len(links.source_covered) and len(links.target_covered) else None
    found, opinion, rank = None, said.opinion, math.nan
    if not plan.fast:
        evidence = from_models(said.chance, said.opinion, said.estimate)
        both = Comparison(plain_side(source, there, "source"), plain_side(target, here, "target"), links, evidence)
        found = [f for f in run_checks(both, active) if f.confidence >= plan.min_confidence]
        opinion = both.evidence.get(EVIDENCE)
        rank = both.evidence.get(ranking.EVIDENCE, rank)
    model = models[known is not None]
    row = quality.features(source, target, (there, here), said.chance, coverage, found, opinion, said.estimate, ranked=rank,
                           overall=model.overall(known) if model else math.nan)
    return made(model.score(row) if model else uncalibrated(row), found or [], row)


def _gap(source: str, target: str, active: set[str], copied: bool) -> list[Finding]:
    """The finding of a pair with an empty side, as `verify check` has it of a bead with one, or of one that was not translated."""
    span = lambda name, text: Span(name, 0, len(text), text)
    if copied:
        return [Finding("omission", Category.UNTRANSLATED, Severity.MAJOR, "The translation is the source again.", source=span("source", source),
                        target=span("target", target), confidence=1.0)] if "omission" in active else []
    if source.strip() and "omission" in active:
        return [Finding("omission", Category.OMISSION, Severity.MAJOR, "The translation is empty.", source=span("source", source), confidence=1.0)]
    if target.strip() and "addition" in active:
        return [Finding("addition", Category.ADDITION, Severity.MAJOR, "There is no source for this text.", target=span("target", target), confidence=1.0)]
    return []


def uncalibrated(row: dict[str, float]) -> float:
    """Geometric mean of both directions' token probabilities, lowered by findings; 0..1 but no probability."""
    known = lambda name, otherwise: otherwise if math.isnan(row[name]) else row[name]
    chance = (known("forward", -1.0) + known("backward", -1.0)) / 2
    return round(math.exp(chance - known("found_heavy", 0.0) / 10 - known("found_light", 0.0) / 20 - row["faults"]), 6)


def signature(engine: Engine | None, plan: ScorePlan) -> str:
    """What reproduces a score, as one line."""
    model = plan.model(engine)
    parts = [engine.signature if engine else "model:none", f"quality:{model.version if model else 'uncalibrated'}"]
    if plan.fast:
        parts.append("fast")
    elif not plan.back_translation:
        parts.append("no-back-translation")
    if engine:
        parts[1:1] = [estimator.signature()] if plan.fast else [detector.signature(), estimator.signature()]
    if plan.select or plan.ignore:
        parts.append("checks:" + ",".join([*sorted(plan.select), *(f"-{s}" for s in sorted(plan.ignore))]))
    if plan.source_language.split("-")[0] != "zh" or plan.target_language.split("-")[0] != "en":
        parts.append(f"{plan.source_language}-{plan.target_language}")
    return "|".join([*parts, f"verify:{__version__}"])
