"""What an engine is: two methods, whatever runs the network.

Language codes are those of `verify.text.Document.language` ("en", "zh", "ja", ...); an engine maps them
to its model's own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable


@dataclass(frozen=True)
class Translation:
    """`score` is the mean natural-log probability a token; `faults` names why it is not to be trusted."""

    text: str
    score: float
    faults: tuple[str, ...] = ()  # "repetition", "blow-up", "short", "script", "empty"


@dataclass(frozen=True)
class TokenScores:
    """Forced decoding: natural-log probability of each target token, the end token included.

    `spans[i]` is the half-open character range of token i in the target text; the end token's is empty.
    """

    tokens: tuple[str, ...]
    log_probs: tuple[float, ...]
    spans: tuple[tuple[int, int], ...]

    @property
    def total(self) -> float:
        return sum(self.log_probs)

    @property
    def mean(self) -> float:
        return self.total / max(1, len(self.log_probs))


@runtime_checkable
class Engine(Protocol):
    """`signature` names model and version, library, precision and generation settings."""

    name: str
    signature: str

    def supports(self, source: str, target: str) -> bool: ...

    def translate(self, texts: Sequence[str], source: str, target: str) -> list[Translation]: ...

    def score(self, pairs: Sequence[tuple[str, str]], source: str, target: str) -> list[TokenScores]: ...


def both_ways(engine: Engine, pairs: Sequence[tuple[str, str]], source: str, target: str) -> tuple[list[TokenScores], list[TokenScores]]:
    """Forced decoding there and back; in one go where the engine offers that (`score_both`)."""
    if hasattr(engine, "score_both"):
        return engine.score_both(pairs, source, target)
    return each_way(engine, pairs, source, target)


def each_way(engine: Engine, pairs: Sequence[tuple[str, str]], source: str, target: str) -> tuple[list[TokenScores], list[TokenScores]]:
    """Forced decoding there, then back."""
    return engine.score(pairs, source, target), engine.score([(t, s) for s, t in pairs], target, source)


class NoEngine(Exception):
    """No model for this pair of languages; the message says which command gets one."""
