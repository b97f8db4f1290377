"""Fit the score on professional judgements: `verify/evidence/quality_full.json` and `quality_fast.json`.

    python tools/fit_quality.py --eval ../shared/eval --work quality-build

Step 1 gathers features (kept in --work, so that it is done once); step 2 fits the additive model with
folds by document. Judgements: MQM of WMT20 news (mean of three raters;
"major" when the mean is -5 or worse), WMT21 news and TED (error spans).
Needs scipy at fitting time only.
"""

from __future__ import annotations

import argparse
import json
import random
import time
import zlib
from pathlib import Path

import numpy as np

from verify.bench.agreement import judged
from verify.evidence.quality import FEATURES, Quality
from verify.scoring import ScorePlan, score

FAST = ["forward", "backward", "worst", "worst_backward", "spread", "unlikely", "unlikely_backward", "dual",
        "length_ratio", "length", "coverage_source", "coverage_target"]
# Better evidence can't make a pair worse: +1 the score may only rise with the feature, -1 only fall.
MONOTONE = {"forward": 1, "backward": 1, "worst": 1, "worst_backward": 1, "unlikely": -1, "unlikely_backward": -1,
            "coverage_source": 1, "coverage_target": 1, "found_heavy": -1, "found_light": -1, "chrf": 1}


def judgements(folder: Path) -> list[dict]:
    """The judged translations of the three sets; see verify/bench/agreement.py for the fields."""
    rows = []
    for name in ("mqm-wmt20-news", "mqm-wmt21-news", "mqm-wmt21-ted"):
        for row in judged(folder / f"{name}.jsonl.xz"):
            rows.append(row | {"set": name, "doc": f"{name}:{row['doc']}", "seg": f"{name}:{row['seg']}"})
    return rows


def minimal_pairs(path: Path) -> list[dict]:
    """The challenge set's dev part: faithful renderings 1, distorted ones with a major or critical change 0."""
    rows = []
    for line in path.open(encoding="utf-8"):
        item = json.loads(line)
        for en, y in [(en, 1) for en in item["good"]] + [(b["en"], 0) for b in item["bad"] if b["severity"] != "minor"]:
            rows.append(dict(zh=item["zh"], en=en, doc=item["id"], y=y, mqm=0.0 if y else -5.0, set="nuance", seg=f"nuance:{item['id']}", system="-"))
    return rows


def gather(rows: list[dict], full: bool, path: Path, cap: int) -> None:
    """Write features of (a seeded sample of) the rows; skips what a former run has done."""
    from verify.translate import load

    engine = load("pocket", cache=False)
    done = sum(1 for _ in path.open(encoding="utf-8")) if path.exists() else 0
    order = [i for i, row in enumerate(rows) if row["set"] != "nuance"]
    random.Random(5).shuffle(order)
    order = [i for i, row in enumerate(rows) if row["set"] == "nuance"] + order[:cap]
    todo = [rows[i] for i in order][done:]
    plan = ScorePlan(fast=not full, batch=512)
    started = time.time()
    with path.open("a", encoding="utf-8") as out:
        for count, (row, result) in enumerate(zip(todo, score(((r["zh"], r["en"]) for r in todo), plan, engine)), 1):
            keep = {k: row[k] for k in ("doc", "y", "mqm", "set", "seg", "system")} | {"zh_len": len(row["zh"]), "en_len": len(row["en"])}
            out.write(json.dumps({**keep, "features": {k: (None if v != v else v) for k, v in result.features.items()}}) + "\n")
            if count % 2048 == 0:
                print(f"{done + count} of {done + len(todo)}, {count / (time.time() - started):.0f} pairs/s", flush=True)


def load_features(path: Path, names: list[str]) -> tuple[np.ndarray, list[dict]]:
    rows = [json.loads(line) for line in path.open(encoding="utf-8")]
    value = lambda row, name: np.nan if row["features"].get(name) is None else row["features"][name]
    return np.array([[value(row, name) for name in names] for row in rows], float), rows


# Sums of severity weight times confidence: most pairs have none, so quantiles would leave the rest one knot.
KNOTS = {"found_heavy": [0, 1, 2.5, 5, 12, 25, 60], "found_light": [0, 0.3, 0.6, 1, 2, 4]}
# Least change a step between knots: where fluency is equal, a finding or a less likely word must still tell.
SLOPE = {"found_heavy": 0.2, "found_light": 0.06, "forward": 0.05, "backward": 0.05, "worst": 0.05, "worst_backward": 0.05}


def knots_of(name: str, column: np.ndarray, count: int = 7) -> np.ndarray:
    """Quantiles of the values that occur, or fixed places."""
    if name in KNOTS:
        return np.array(KNOTS[name], float)
    known = column[~np.isnan(column)]
    if not len(known):
        return np.array([0.0, 1.0])
    places = np.unique(np.quantile(known, np.linspace(0.01, 0.99, count)).round(5))
    return places if len(places) > 1 else np.array([places[0], places[0] + 1])


def ramps(column: np.ndarray, knots: np.ndarray) -> np.ndarray:
    """[N, K]: K-1 ramps from 0 to 1 between neighbouring knots, then 1 where the value is missing."""
    missing = np.isnan(column)
    steps = np.clip((np.where(missing, knots[0], column)[:, None] - knots[:-1]) / np.diff(knots), 0, 1)
    steps[missing] = 0
    return np.c_[steps, missing]


def solve(x: np.ndarray, y: np.ndarray, weight: np.ndarray, names: list[str], knots: list[np.ndarray]) -> tuple[float, list[np.ndarray]]:
    """Penalised logistic regression with signs held: base and the increments of every curve."""
    from scipy.optimize import minimize

    blocks = [ramps(x[:, i], knots[i]) for i in range(len(names))]
    design = np.hstack([np.ones((len(x), 1)), *blocks])
    bounds: list[tuple[float | None, float | None]] = [(None, None)]
    for name, block in zip(names, blocks):
        sign, least = MONOTONE.get(name, 0), SLOPE.get(name, 0.0)
        bounds += [((least, None) if sign > 0 else (None, -least) if sign < 0 else (None, None))] * (block.shape[1] - 1) + [(None, None)]
    ridge = np.r_[0.0, np.full(design.shape[1] - 1, 1.0)]

    def loss(w):
        margin = design @ w
        p = 1 / (1 + np.exp(-margin))
        value = float(weight @ (np.logaddexp(0, margin) - y * margin) + 0.5 * ridge @ w**2)
        return value, design.T @ (weight * (p - y)) + ridge * w

    w = minimize(loss, np.array([low if low else high if high else 0.0 for low, high in bounds]), jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": 500}).x
    parts, start = [], 1
    for block in blocks:
        parts.append(w[start : start + block.shape[1]])
        start += block.shape[1]
    return float(w[0]), parts


def as_model(base: float, parts: list[np.ndarray], names: list[str], knots: list[np.ndarray], version: str) -> dict:
    curves = {name: {"knots": [round(float(k), 5) for k in places],
                     "values": [round(float(v), 5) for v in np.r_[0.0, np.cumsum(part[:-1])]], "missing": round(float(part[-1]), 5)}
              for name, part, places in zip(names, parts, knots)}
    return {"version": version, "base": round(base, 5), "curves": curves}


def fit(path: Path, names: list[str], version: str) -> tuple[dict, np.ndarray, list[dict]]:
    """The model fitted on all rows, and the held-out probability of every row from folds by document.

    Minimal pairs of the challenge set (dev part) are fitted along with the judgements, in every fold: they
    teach what a finding weighs where fluency is equal. Their own scores are never reported from here.
    """
    x, rows = load_features(path, names)
    y = np.array([row["y"] for row in rows], float)
    judged = np.array([row["set"] != "nuance" for row in rows])
    weight = np.where(judged, 1.0, 1.5)
    fold = np.array([zlib.crc32(row["doc"].encode()) % 5 for row in rows])
    knots = [knots_of(name, x[:, i]) for i, name in enumerate(names)]
    held = np.zeros(len(y))
    for number in range(5):
        train = ~judged | (fold != number)
        model = Quality(as_model(*solve(x[train], y[train], weight[train], names, knots), names, knots, version))
        for i in np.flatnonzero(fold == number):
            held[i] = model.score(dict(zip(names, x[i])))
    return as_model(*solve(x, y, weight, names, knots), names, knots, version), held, rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--eval", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--cap", type=int, default=16_000, help="judged pairs to use for the fast model")
    parser.add_argument("--cap-full", type=int, default=5_000, help="the same for the full one, which costs more a pair")
    parser.add_argument("--version", default="1")
    options = parser.parse_args()
    options.work.mkdir(parents=True, exist_ok=True)
    rows = judgements(options.eval) + minimal_pairs(Path(__file__).resolve().parents[1] / "corpora" / "nuance" / "dev.jsonl")
    room = Path(__file__).resolve().parents[1] / "verify" / "evidence"
    for kind, names, cap in (("fast", FAST, options.cap), ("full", list(FEATURES), options.cap_full)):
        path = options.work / f"features-{kind}.jsonl"
        gather(rows, kind == "full", path, cap)
        data, held, kept = fit(path, names, f"{kind}-{options.version}")
        (room / f"quality_{kind}.json").write_text(json.dumps(data) + "\n", encoding="utf-8")
        with (options.work / f"held-out-{kind}.jsonl").open("w", encoding="utf-8") as out:
            for probability, row in zip(held, kept):
                out.write(json.dumps({**row, "score": float(probability)}) + "\n")
        print(f"{kind}: {len(kept)} pairs")


if __name__ == "__main__":
    main()
