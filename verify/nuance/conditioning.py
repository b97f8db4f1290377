"""The engine asked about findings: a word that the draft is said to have lost is left out of the source, and the draft scored again.

Where the draft is as likely without the word as with it, nothing there renders it (contrastive conditioning, Vamvas and
Sennrich 2022); where it becomes much less likely, something does, whatever the vocabulary says. It takes a pass of the
engine a finding, so `verify check` and `verify review` ask and `verify score` does not. Weights: `conditioning.json`, fitted
by `tools/fit_conditioning.py`.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from ..evidence.contrast import Question, support
from ..finding import Finding
from ..translate.engine import Engine
from . import suspicion
from .check import Comparison

EVIDENCE = "nats_without_it"  # of a finding: by how much the draft becomes less likely where the source lacks the word
MOST = 8.0  # nats beyond which more says no more


@lru_cache(maxsize=1)
def weights() -> dict | None:
    path = Path(__file__).with_name("conditioning.json")
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else None


def asked(finding: Finding, model: dict) -> bool:
    return finding.check in model["base"] and finding.source is not None and finding.confidence >= model["from"]


def question(pair: Comparison, finding: Finding) -> Question:
    return Question(pair.source.text, *pair.source.place(finding.source), pair.target.text, pair.source.language.code, pair.target.language.code)


def conditioned(pair: Comparison, findings: Sequence[Finding], engine: Engine) -> list[Finding]:
    """The findings, the confidence and severity of some settled by what the engine says; it has to know both languages."""
    model = weights()
    if not model or not suspicion.weights():
        return list(findings)
    doubtful = [f for f in findings if asked(f, model)]
    nats = dict(zip(map(id, doubtful), support(engine, [question(pair, f) for f in doubtful])))
    return [_settled(f, nats[id(f)], model) if id(f) in nats else f for f in findings]


def _settled(finding: Finding, nats: float, model: dict) -> Finding:
    own, lost = model["weights"]
    odds = own * suspicion.logit(finding.confidence) + lost * max(-MOST, min(MOST, nats)) + model["base"][finding.check]
    return suspicion.graded(finding.with_(evidence={**finding.evidence, EVIDENCE: round(nats, 2)}), suspicion.sigmoid(odds))
