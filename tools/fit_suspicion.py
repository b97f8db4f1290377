"""Fit how far the detector's opinion moves the checks' findings, and how sure its own findings are.

    python tools/fit_suspicion.py --faithful ../shared/eval/ntrex.jsonl.xz

On the items of corpora/nuance that the detector was not trained on and that are not its test part. Positives are findings that touch the annotated span of a distorted rendering; negatives all others there, and all on
faithful texts, weighed by --weight. Two logistic regressions with a ridge; their
intercepts are then moved so that --shown of the faithful sentences have a finding that is shown at all, and the least
confidence of a major finding is set so that --alarms of them have one.
Writes verify/nuance/suspicion.json.
"""

from __future__ import annotations

import argparse
import json
import random
from functools import partial
from pathlib import Path

import numpy as np
from fit_coverage import read
from looking import Look, in_shares, looks
from parts import items_for_fitting, renderings

from verify.bench.nuance import touches
from verify.evidence.detector import Opinion, detector
from verify.finding import Severity
from verify.nuance import checks, suspicion, word_doubts

REPO = Path(__file__).resolve().parents[1]
STEPS = 60


def logistic(x, y, weight, ridge):
    """Weights by Newton's method; the last column of x is the intercept."""
    w = np.zeros(x.shape[1])
    for _ in range(STEPS):
        p = 1 / (1 + np.exp(-x @ w))
        h = (x * (weight * p * (1 - p))[:, None]).T @ x + np.diag(ridge) + 1e-6 * np.eye(len(w))
        step = np.linalg.solve(h, x.T @ (weight * (y - p)) - ridge * w)
        w += step
        if abs(step).max() < 1e-7:
            break
    return w


def weighed(texts: list[tuple[str, str]], folder: Path) -> list[tuple[Look, Opinion] | None]:
    return [look and (look, word_doubts.weighed(look.rows, look.opinion)) for look in looks(texts, folder)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--faithful", type=Path, required=True)
    parser.add_argument("--limit", type=int, default=900, help="faithful sentences")
    parser.add_argument("--weight", type=float, default=0.4, help="of all faithful sentences, against the contrastive ones together")
    parser.add_argument("--shown", type=float, default=0.5)
    parser.add_argument("--alarms", type=float, default=0.06)
    parser.add_argument("--work", type=Path, default=REPO / "quality-build", help="folder of what the engine said")
    parser.add_argument("--out", type=Path, default=Path("verify/nuance/suspicion.json"))
    options = parser.parse_args()
    names = [c.name for c in checks()]
    texts = renderings(items_for_fitting(REPO / "corpora" / "nuance"), most=4)
    faithful = read(options.faithful)
    random.Random(1).shuffle(faithful)
    contrastive = len(texts)
    texts += [(zh, en, None) for zh, en in faithful[: options.limit]]
    seen = []
    for n, (one, (zh, _, bad)) in enumerate(zip(in_shares(partial(weighed, folder=options.work), [text[:2] for text in texts]), texts)):
        if one:
            look, opinion = one
            found = [(f, suspicion.features(look.pair, f, opinion, detector().kinds)) for f in look.found]
            seen.append((bad, n >= contrastive, zh, look.pair, opinion, found))
    hit = lambda f, zh, bad: bool(bad and touches(f, zh, bad))
    model = {"settle": regression([(f.check, values, hit(f, zh, bad), outside) for bad, outside, zh, _, _, found in seen for f, values in found],
                                  names, options.weight)}
    settled = [[(f.with_(confidence=suspicion.confidence(model["settle"], f.check, values)), f) for f, values in found] for *_, found in seen]
    alone = [suspicion.doubted_places(pair, opinion, detector().kinds, [f for f, _ in done if f.confidence >= suspicion.SHOWN], names)
             for (_, _, _, pair, opinion, _), done in zip(seen, settled)]
    made = [[suspicion._finding(pair, d, 0.5, 0.5) for d in some] for (_, _, _, pair, *_), some in zip(seen, alone)]
    model["own"] = regression([(d.kind, d.features, hit(f, zh, bad), outside) for (bad, outside, zh, *_), some, findings in zip(seen, alone, made)
                               for d, f in zip(some, findings)], names, options.weight)

    def odds(place: int):
        """Log-odds of each finding of a text, and whether it is grave by its nature."""
        return [(suspicion.logit(f.confidence), suspicion.nature(meant) >= Severity.MAJOR) for f, meant in settled[place]] + [
            (suspicion.logit(suspicion.confidence(model["own"], d.kind, d.features)), d.kind not in suspicion.MINOR) for d in alone[place]]

    right = [n for n, (bad, outside, *_) in enumerate(seen) if bad is None and not outside]
    outside = [n for n, one in enumerate(seen) if one[1]]
    most = lambda places, grave: [max((o for o, g in odds(n) if g or not grave), default=-9.0) for n in places]
    bar = lambda values, share: float(np.quantile(values, 1 - share))
    strictest = lambda grave, share: max(bar(most(places, grave), share) for places in (right, outside))
    shift = suspicion.logit(suspicion.SHOWN) - strictest(False, options.shown)
    model["grave"] = round(max(0.5, suspicion.sigmoid(strictest(True, options.alarms) + shift)), 3)
    shown = lambda n: any(o + shift >= suspicion.logit(suspicion.SHOWN) for o, _ in odds(n))
    print(f"shift of all log-odds {shift:.2f}; grave from {model['grave']}; shown: {np.mean([shown(n) for n in right]):.2f} of {len(right)} faithful "
          f"renderings, {np.mean([shown(n) for n in outside]):.2f} of {len(outside)} faithful sentences")
    for part in ("settle", "own"):
        model[part]["base"] = {name: round(value + shift, 3) for name, value in model[part]["base"].items()}
    options.out.write_text(json.dumps(model, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(model))


def regression(rows, names, outside_weight: float) -> dict:
    """`rows`: (kind, features, right, from the faithful collection); one weight a feature, one intercept a kind."""
    x = np.array([[*values, *(float(kind == name) for name in names), 1.0] for kind, values, *_ in rows])
    y = np.array([right for *_, right, _ in rows], float)
    outside = np.array([one for *_, one in rows])
    weight = np.where(outside, outside_weight * (~outside).sum() / max(1, outside.sum()), 1.0)
    many = x.shape[1] - len(names) - 1
    w = logistic(x, y, weight, np.array([0.5] * many + [2.0] * len(names) + [0.0]))
    base = {"*": float(w[-1]), **{name: float(w[many + i] + w[-1]) for i, name in enumerate(names)}}
    return {"weights": [round(float(v), 3) for v in w[:many]], "base": {name: round(value, 3) for name, value in base.items()}}


if __name__ == "__main__":
    main()
