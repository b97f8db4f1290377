"""Fit what the engine's answer does to a finding of a lost word, for `verify check`.

    python tools/fit_conditioning.py --faithful ../shared/eval/ntrex.jsonl.xz

On the items of corpora/nuance that `fit_suspicion.py` takes. One logistic regression for the checks of `ASKED`: the finding's own
log-odds, the nats that the draft loses without the word, an intercept a check. Positives are findings that touch the
annotated span of a distorted rendering, negatives those of faithful ones; the intercepts are then moved so that as many
of the latter are shown as before. Prints, for each check, the area under the ROC curve before and after, in folds of items.
Writes verify/nuance/conditioning.json.
"""

from __future__ import annotations

import argparse
import json
import random
import zlib
from functools import partial
from pathlib import Path

import numpy as np
from fit_coverage import read
from fit_suspicion import logistic
from looking import in_shares, looks, remembering
from parts import items_for_fitting, renderings

from verify.bench.judgements import auc
from verify.bench.nuance import touches
from verify.evidence.contrast import support
from verify.nuance import checks, conditioning, suspicion, word_doubts
from verify.pipeline import one_a_word

REPO = Path(__file__).resolve().parents[1]
ASKED = ("negation", "modality", "hedge", "emphasis", "omission")  # of the others a word lost is not what is found
FROM = 0.2  # findings surer than this are asked about: some of those that were hidden are shown then
RIDGE = 0.5


def rows(texts: list[tuple[str, str, dict | None]], folder: Path) -> list[list[tuple[str, float, float, bool]]]:
    """Of each text its findings: check, log-odds, nats, right."""
    engine, names, made = remembering("pocket", folder), [c.name for c in checks()], []
    for look, (zh, _, bad) in zip(looks([text[:2] for text in texts], folder), texts):
        found = []
        if look:
            look.pair.evidence[suspicion.EVIDENCE] = word_doubts.weighed(look.rows, look.opinion)
            found = [f for f in one_a_word(suspicion.weigh(look.pair, look.found, names)) if f.check in ASKED and f.source and f.confidence >= FROM]
        nats = support(engine, [conditioning.question(look.pair, f) for f in found])
        made.append([(f.check, suspicion.logit(f.confidence), n, bool(bad and touches(f, zh, bad))) for f, n in zip(found, nats)])
    return made


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--faithful", type=Path, required=True)
    parser.add_argument("--limit", type=int, default=900, help="faithful sentences")
    parser.add_argument("--work", type=Path, default=REPO / "quality-build", help="folder of what the engine said")
    parser.add_argument("--out", type=Path, default=REPO / "verify" / "nuance" / "conditioning.json")
    options = parser.parse_args()
    texts = renderings(items_for_fitting(REPO / "corpora" / "nuance"), most=6)
    faithful = read(options.faithful)
    random.Random(1).shuffle(faithful)
    texts += [(zh, en, None) for zh, en in faithful[: options.limit]]
    seen = in_shares(partial(rows, folder=options.work), texts)
    # What else is found on a distorted rendering may be right or wrong: nobody has said.
    kept = [(zh, *row) for (zh, _, bad), found in zip(texts, seen) for row in found if row[3] or bad is None]
    kinds, y = np.array([row[1] for row in kept]), np.array([row[4] for row in kept], float)
    own = np.array([row[2] for row in kept])
    x = np.column_stack([own, np.clip([row[3] for row in kept], -conditioning.MOST, conditioning.MOST), *(kinds == name for name in ASKED)])
    ridge = np.array([0.0, 0.0] + [RIDGE] * len(ASKED))
    fold = np.array([zlib.crc32(row[0].encode()) % 5 for row in kept])
    held = np.zeros(len(y))
    for part in range(5):
        held[fold == part] = x[fold == part] @ logistic(x[fold != part], y[fold != part], np.ones((fold != part).sum()), ridge)
    for name in ("all", *ASKED):
        some = kinds == name if name != "all" else np.ones(len(y), bool)
        if some.any():
            print(f"{name}: {some.sum()} findings, {y[some].mean():.2f} right; area {auc(own[some], y[some] > 0):.3f} before, {auc(held[some], y[some] > 0):.3f} after")
    weights = logistic(x, y, np.ones(len(y)), ridge)
    odds, bar, wrong = x @ weights, suspicion.logit(suspicion.SHOWN), y == 0
    shift = bar - np.quantile(odds[wrong], 1 - (own[wrong] >= bar).mean())
    print(f"shift {shift:.2f}; shown of the right ones {(own[~wrong] >= bar).mean():.3f} before, {(odds[~wrong] + shift >= bar).mean():.3f} after, of the others {(own[wrong] >= bar).mean():.3f}")
    model = {"from": FROM, "weights": [round(float(w), 3) for w in weights[:2]], "base": {name: round(float(w + shift), 3) for name, w in zip(ASKED, weights[2:])}}
    options.out.write_text(json.dumps(model, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(model))


def hash_of(zh: str) -> int:
    import zlib

    return zlib.crc32(zh.encode()) % 5


if __name__ == "__main__":
    main()
