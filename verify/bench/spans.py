"""Do the places that verify doubts lie where professionals marked an error? F1 over the characters of translations."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from ..scoring import Score

# Findings under this confidence are shown to a user as doubts, and count as no span.
SURE = 0.5
WORD = re.compile(r"\w+(?:['’-]\w+)*|[^\w\s]")
LEAST = 4  # what a threshold is chosen among: this many steps a nat


def marked(text: str, spans: Sequence[tuple[int, int]]) -> np.ndarray:
    """[characters] whether each lies in one of the spans."""
    found = np.zeros(len(text), bool)
    for start, end in spans:
        found[max(0, start):end] = True
    return found


def surprise(result: Score) -> np.ndarray:
    """[characters] minus the log-probability of the word that each lies in; 0 between words and without an engine."""
    made = np.zeros(len(result.target))
    if result.likelihood is None:
        return made
    tokens = result.likelihood.target_tokens
    for word in WORD.finditer(result.target):
        inside = [p for (start, end), p in zip(tokens.spans, tokens.log_probs) if start < word.end() and end > word.start() and start < end]
        made[word.start():word.end()] = -sum(inside)
    return made


def figures(results: Sequence[Score], errors: Sequence[Sequence[dict]], documents: Sequence[str]) -> dict:
    """F1 over characters by what was marked. The threshold of unlikely words is chosen, for either half of the
    documents, on the other half."""
    gold = [marked(r.target, [(e["start"], e["end"]) for e in given]) for r, given in zip(results, errors)]
    found = [marked(r.target, [(f.target.start, f.target.end) for f in r.findings if f.target and f.confidence >= SURE]) for r in results]
    doubt = [surprise(r) for r in results]
    half = np.array([sorted(set(documents)).index(d) % 2 for d in documents])
    unlikely: list[np.ndarray] = [np.zeros(0, bool)] * len(results)
    steps = np.arange(2, 15 * LEAST) / LEAST
    for side in (0, 1):
        other = [i for i in range(len(results)) if half[i] != side]
        best = max(steps, key=lambda t: f1([gold[i] for i in other], [doubt[i] > t for i in other])) if other else 5.0
        for i in np.flatnonzero(half == side):
            unlikely[i] = doubt[i] > best
    both = [a | b for a, b in zip(found, unlikely)]
    share = sum(int(b.sum()) for b in both) / max(1, sum(map(len, both)))
    rng = np.random.default_rng(7)
    made = {"findings": found, "unlikely words": unlikely, "findings and unlikely words": both,
            "floor: every character": [np.ones(len(g), bool) for g in gold],
            "floor: random words, as many": [marked(r.target, [w.span() for w in WORD.finditer(r.target) if rng.random() < share]) for r in results]}
    return {name: f1(gold, spans) for name, spans in made.items()}


def f1(gold: Sequence[np.ndarray], found: Sequence[np.ndarray]) -> float:
    """Of all characters of all translations together."""
    right = sum(int((g & f).sum()) for g, f in zip(gold, found))
    both = sum(int(g.sum()) + int(f.sum()) for g, f in zip(gold, found))
    return 2 * right / both if both else 0.0


def markdown(made: dict) -> str:
    return "\n".join(["| what is marked | span F1, characters |", "|---|---|", *(f"| {name} | {value:.3f} |" for name, value in made.items())])
