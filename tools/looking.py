"""What `verify score` sees of a pair before any finding is settled, for the tools that fit how it is settled."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from verify.align import words
from verify.evidence import detector, estimator, likelihood
from verify.evidence.detector import Opinion
from verify.finding import Finding
from verify.nuance import checks
from verify.nuance.check import Comparison
from verify.pipeline import plain_side, without_echoes


class Look(NamedTuple):
    zh: str
    en: str
    pair: Comparison
    opinion: Opinion
    found: list[Finding]


def looks(texts: Sequence[tuple[str, str]], engine, batch: int = 256) -> Iterator[Look | None]:
    """One for each (Chinese, English) pair, in order; None where the detector has no opinion."""
    active = checks()
    for start in range(0, len(texts), batch):
        some = texts[start : start + batch]
        chances = likelihood.likelihoods(engine, some, "zh", "en")
        for (zh, en), chance, opinion, estimate in zip(some, chances, detector.opinions(some, "zh", "en"), estimator.estimates(some, "zh", "en")):
            if opinion is None:
                yield None
                continue
            evidence = {"target_token_scores": chance.target_tokens, "source_token_scores": chance.source_tokens, "estimate": estimate}
            pair = Comparison(plain_side(zh, "zh", "source"), plain_side(en, "en", "target"), words.links(zh, en, "zh", "en"), "", evidence)
            yield Look(zh, en, pair, opinion, without_echoes([f for check in active for f in check(pair)]))
        print(f"  {min(start + batch, len(texts))} of {len(texts)}", flush=True)
