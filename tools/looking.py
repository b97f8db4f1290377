"""What `verify score` sees of a pair before any finding is settled, for the tools that fit how it is settled."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from joblib import Parallel, delayed

from verify.align import words
from verify.evidence import detector, estimator, likelihood
from verify.evidence.detector import Opinion
from verify.finding import Finding
from verify.nuance import checks
from verify.nuance.check import Comparison
from verify.nuance.echoes import without_echoes
from verify.nuance.word_evidence import WordRows, word_rows
from verify.one_pair import from_models, plain_side
from verify.translate import load
from verify.translate.cache import CachedEngine

PROCESSES, BATCH = 2, 256


class Look(NamedTuple):
    zh: str
    en: str
    pair: Comparison
    opinion: Opinion
    found: list[Finding]

    @property
    def rows(self) -> tuple[WordRows, WordRows] | None:
        return word_rows(self.pair, self.found, self.opinion)


def in_shares(work: Callable[[Sequence], Sequence], inputs: Sequence) -> Iterator:
    """work(some inputs) for all of them in order, spread over processes; `work` is a function of a module, or a partial of one."""
    parts = [inputs[start : start + BATCH] for start in range(0, len(inputs), BATCH)]
    done = 0
    for part, made in zip(parts, Parallel(n_jobs=PROCESSES, return_as="generator")(delayed(work)(part) for part in parts)):
        yield from made
        done += len(part)
        print(f"  {done} of {len(inputs)}", flush=True)


@lru_cache
def remembering(name: str, folder: Path) -> CachedEngine:
    """An engine that keeps what it said in `folder`; one in each process."""
    folder.mkdir(parents=True, exist_ok=True)
    return CachedEngine(load(name, cache=False), folder / "engine.sqlite")


def looks(texts: Sequence[tuple[str, str]], folder: Path) -> list[Look | None]:
    """One for each (Chinese, English) pair, in order; None where the detector has no opinion. `folder`: see `remembering`."""
    active, made = checks(), []
    chances = likelihood.likelihoods(remembering("pocket", folder), texts, "zh", "en")
    for (zh, en), chance, opinion, estimate in zip(texts, chances, detector.opinions(texts, "zh", "en"), estimator.estimates(texts, "zh", "en")):
        if opinion is None:
            made.append(None)
            continue
        evidence = from_models(chance, opinion, estimate)
        pair = Comparison(plain_side(zh, "zh", "source"), plain_side(en, "en", "target"), words.links(zh, en, "zh", "en"), evidence)
        made.append(Look(zh, en, pair, opinion, without_echoes([f for check in active for f in check(pair)])))
    return made
