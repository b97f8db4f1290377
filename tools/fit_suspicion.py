"""Fit how far the detector's opinion moves the checks' findings, and how sure its own findings are.

    python tools/fit_suspicion.py --contrastive corpora/nuance/dev.jsonl ../shared/eval/nuance-dev.jsonl --faithful ../shared/eval/ntrex.jsonl.xz

Positives are findings that touch the annotated span of a distorted rendering; negatives all others there, and all on
faithful texts, weighed by --weight. Two logistic regressions with a ridge; their
intercepts are then moved so that --shown of the faithful sentences have a finding that is shown at all, and the least
confidence of a major finding is set so that --alarms of them have one.
Writes verify/nuance/suspicion.json.
"""

from __future__ import annotations

import argparse
import json
import random
from pathlib import Path

import numpy as np
from fit_coverage import read

from verify.bench.nuance import load, touches
from verify.evidence.detector import detector
from verify.finding import Severity
from verify.nuance import checks, suspicion
from verify.nuance.check import Comparison
from verify.pipeline import plain_side, without_echoes

LEAST = 0.02  # doubts below this are no findings in the fit either


def compare(zh: str, en: str, active):
    """The findings of the checks and all doubts of the detector, each with its features."""
    from verify.align import words

    pair = Comparison(plain_side(zh, "zh", "source"), plain_side(en, "en", "target"), words.links(zh, en, "zh", "en"))
    found = without_echoes([f for check in active for f in check(pair)])
    opinions = detector()([(zh, en)])[0]
    if opinions is None:
        return [], []
    kinds = detector().kinds
    known = [(f, suspicion.logit(f.confidence), suspicion.logit(suspicion.shared(pair, f, opinions))) for f in found]
    model = {"own": [1.0, 0.0], "settle": {}, "grave": 0.5}
    alone = suspicion.own(pair, opinions, kinds, found, [c.name for c in active], model, shown=LEAST)
    return known, [(f, suspicion.logit(f.evidence["detector"])) for f in alone]


def logistic(x, y, weight, ridge, steps=60):
    """Weights by Newton's method; the last column of x is the intercept."""
    w = np.zeros(x.shape[1])
    for _ in range(steps):
        p = 1 / (1 + np.exp(-x @ w))
        h = (x * (weight * p * (1 - p))[:, None]).T @ x + np.diag(ridge) + 1e-6 * np.eye(len(w))
        step = np.linalg.solve(h, x.T @ (weight * (y - p)) - ridge * w)
        w += step
        if abs(step).max() < 1e-7:
            break
    return w


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--contrastive", type=Path, nargs="+", required=True)
    parser.add_argument("--faithful", type=Path, required=True)
    parser.add_argument("--limit", type=int, default=1200, help="faithful sentences")
    parser.add_argument("--weight", type=float, default=0.4, help="of all faithful sentences, against the contrastive ones together")
    parser.add_argument("--shown", type=float, default=0.40)
    parser.add_argument("--alarms", type=float, default=0.03)
    parser.add_argument("--out", type=Path, default=Path("verify/nuance/suspicion.json"))
    options = parser.parse_args()
    active = checks()
    names = [c.name for c in active]
    settle_rows, own_rows = [], []  # (check, c, chance, y, set) and (chance, y, set)
    per_sentence: list[tuple[list, list]] = []
    for path in options.contrastive:
        for item in load(path):
            for en, bad in [*((en, None) for en in item["good"]), *((b["en"], b) for b in item["bad"])]:
                known, alone = compare(item["zh"], en, active)
                settle_rows += [(f.check, c, d, bool(bad and touches(f, item["zh"], bad)), 0) for f, c, d in known]
                own_rows += [(d, bool(bad and touches(f, item["zh"], bad)), 0) for f, d in alone]
                if bad is None:
                    per_sentence.append((known, alone))
    faithful = read(options.faithful)
    random.Random(1).shuffle(faithful)
    for zh, en in faithful[: options.limit]:
        known, alone = compare(zh, en, active)
        settle_rows += [(f.check, c, d, False, 1) for f, c, d in known]
        own_rows += [(d, False, 1) for f, d in alone]
        per_sentence.append((known, alone))

    def weight(sets):
        sets = np.array(sets)
        return np.where(sets == 1, options.weight * (sets == 0).sum() / max(1, (sets == 1).sum()), 1.0)

    x = np.zeros((len(settle_rows), 3 + len(names)))
    for i, (check, c, d, _, _) in enumerate(settle_rows):
        x[i, :2], x[i, 2 + names.index(check)], x[i, -1] = (c, d), 1, 1
    y = np.array([r[3] for r in settle_rows], float)
    ridge = np.array([0.5, 0.5] + [2.0] * len(names) + [0.0])
    w = logistic(x, y, weight([r[4] for r in settle_rows]), ridge)
    settle = {"*": [round(float(w[0]), 3), round(float(w[1]), 3), round(float(w[-1]), 3)]}
    for i, name in enumerate(names):
        settle[name] = [settle["*"][0], settle["*"][1], round(float(w[2 + i] + w[-1]), 3)]
    xo = np.array([[d, 1.0] for d, _, _ in own_rows])
    wo = logistic(xo, np.array([r[1] for r in own_rows], float), weight([r[2] for r in own_rows]), np.array([0.1, 0.0]))
    model = {"settle": settle, "own": [round(float(v), 3) for v in wo]}

    def odds(sentence):
        """Log-odds of each finding of a faithful sentence, and whether it is grave by its nature."""
        known, alone = sentence
        return [(_odds(model, f.check, c, d), suspicion.nature(f) >= Severity.MAJOR) for f, c, d in known] + [
            (model["own"][0] * d + model["own"][1], f.check not in suspicion.MINOR) for f, d in alone]

    def bar(values, share: float) -> float:
        """What `share` of the values exceed."""
        return float(np.quantile(values, 1 - share))

    every = [odds(one) for one in per_sentence]
    most = lambda one, grave: max((o for o, g in one if g or not grave), default=-9.0)
    shift = suspicion.logit(suspicion.SHOWN) - bar([most(one, False) for one in every], options.shown)
    for values in settle.values():
        values[2] = round(values[2] + shift, 3)
    model["own"][1] = round(model["own"][1] + shift, 3)
    model["grave"] = round(max(0.5, suspicion.sigmoid(bar([most(one, True) for one in every], options.alarms) + shift)), 3)
    print(f"shift of all log-odds {shift:.2f}; grave from {model['grave']}; {len(every)} faithful sentences")
    options.out.write_text(json.dumps(model, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(model))


def _odds(model, check, c, d):
    own, there, base = model["settle"].get(check, model["settle"]["*"])
    return own * c + there * d + base


if __name__ == "__main__":
    main()
