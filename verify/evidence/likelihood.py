"""Likelihood: what forced decoding says of a pair, in both directions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..translate.engine import Engine, TokenScores, both_ways


@dataclass(frozen=True)
class Likelihood:
    """Natural-log probabilities of a pair under the model.

    `forward` is the mean log P(target token | source), `backward` the mean log P(source token | target),
    `worst` and `worst_backward` the means of the three least likely tokens.
    """

    forward: float
    backward: float
    worst: float
    worst_backward: float
    target_tokens: TokenScores
    source_tokens: TokenScores


def _worst(values: Sequence[float], count: int = 3) -> float:
    least = sorted(values)[:count]
    return sum(least) / len(least)


def likelihoods(engine: Engine, pairs: Sequence[tuple[str, str]], source: str, target: str) -> list[Likelihood]:
    """Forced decoding of (source text, target text) pairs both ways, in input order.

    Raises NoEngine when the model lacks one of the two directions.
    """
    forward, backward = both_ways(engine, pairs, source, target)
    return [Likelihood(there.mean, back.mean, _worst(there.log_probs), _worst(back.log_probs), there, back) for there, back in zip(forward, backward)]
