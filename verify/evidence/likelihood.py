"""Likelihood: what forced decoding says of a pair, in both directions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..translate.engine import Engine, TokenScores


@dataclass(frozen=True)
class Likelihood:
    """Natural-log probabilities of a pair under the model.

    `forward` is the mean log P(target token | source), `backward` the mean log P(source token | target),
    `worst` the mean of the three least likely target tokens, `spread` their standard deviation.
    `dual` is the dual conditional cross-entropy |H1-H2| + (H1+H2)/2 (Junczys-Dowmunt 2018): 0 is best.
    """

    forward: float
    backward: float
    worst: float
    worst_backward: float
    spread: float
    dual: float
    target_tokens: TokenScores
    source_tokens: TokenScores


def _spread(values: Sequence[float]) -> float:
    mean = sum(values) / len(values)
    return (sum((v - mean) ** 2 for v in values) / len(values)) ** 0.5


def _worst(values: Sequence[float], count: int = 3) -> float:
    least = sorted(values)[:count]
    return sum(least) / len(least)


def likelihoods(engine: Engine, pairs: Sequence[tuple[str, str]], source: str, target: str) -> list[Likelihood]:
    """Forced decoding of (source text, target text) pairs both ways, in input order.

    Raises NoEngine when the model lacks one of the two directions.
    """
    forward = engine.score(pairs, source, target)
    backward = engine.score([(t, s) for s, t in pairs], target, source)
    made = []
    for there, back in zip(forward, backward):
        h1, h2 = -there.mean, -back.mean
        made.append(Likelihood(
            forward=there.mean, backward=back.mean, worst=_worst(there.log_probs), worst_backward=_worst(back.log_probs),
            spread=_spread(there.log_probs), dual=abs(h1 - h2) + (h1 + h2) / 2, target_tokens=there, source_tokens=back))
    return made
