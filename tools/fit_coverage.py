"""Fit what `omission` and `addition` believe of a stretch that the other side does not account for.

    python tools/fit_coverage.py PAIRS.tsv [PAIRS.tsv ...] --faithful ../shared/eval/ntrex.jsonl.xz corpora/nuance/dev.jsonl

Positives are made from faithful pairs by deleting a word, a phrase or a clause on one side, which turns its rendering
on the other side into an addition (or leaves it omitted); negatives are the stretches of the untouched pairs. Writes
`verify/nuance/coverage.json`: a logistic regression for each side, scaled so that of the faithful pairs of other
collections 2% have a stretch of confidence .6 or more, and 10% one of .3 or more (the strictest collection counts).
"""

from __future__ import annotations

import argparse
import json
import lzma
import math
import random
import re
from pathlib import Path

import numpy as np

from verify.align.words import links
from verify.bench.judgements import auc
from verify.languages import get
from verify.nuance import stretches
from verify.nuance.check import Comparison, Side
from verify.nuance.sides import Bilingual

BARS = ((0.02, 0.6), (0.1, 0.3))  # share of faithful pairs, confidence


def view(zh: str, en: str, linked: bool = False) -> Bilingual:
    side = lambda text, code: Side(text, get(code), quotes=tuple((q.start, q.end) for q in get(code).quotes(text)))
    return Bilingual.of(Comparison(side(zh, "zh"), side(en, "en"), links(zh, en) if linked else None))


def views(pairs) -> list[Bilingual]:
    return [view(zh, en, True) for zh, en in pairs]


def cut_chinese(zh: str, en: str, rng: random.Random) -> tuple[str, tuple[int, int]] | None:
    """Delete Chinese words; returns the text left and the range of English that has lost its source."""
    words = view(zh, en).support.words
    if rng.random() < 0.3:  # a clause
        clauses = [m.span() for m in re.finditer(r"[^，。；：、！？“”]{4,16}[，。；]", zh)]
        if len(clauses) < 2:
            return None
        start, end = rng.choice(clauses)
    else:
        strong = [w for w in words if w.share >= 0.1 and w.run[1] - w.run[0] >= 2]
        if not strong:
            return None
        word = rng.choice(strong)
        chosen = [w for w in strong if 0 <= w.start - word.start <= rng.choice([0, 0, 12, 30])]
        start, end = min(w.run[0] for w in chosen), max(w.run[1] for w in chosen)
        if end - start > 12:
            return None
        if zh[end : end + 1] in [*"的地、"]:
            end += 1
    gone = [w for w in words if w.covered and start <= w.run[0] and w.run[1] <= end]
    if not gone or gone[-1].end - gone[0].start > 90:
        return None
    if sum(gone[0].start <= w.start <= gone[-1].start for w in words) > 1.5 * len(gone) + 1:
        return None
    return zh[:start] + zh[end:], (gone[0].start, gone[-1].end)


def cut_english(zh: str, en: str, rng: random.Random) -> tuple[str, tuple[int, int]] | None:
    """Delete English words; returns the text left and the range of Chinese that has lost its rendering."""
    support = view(zh, en).support
    covered = [i for i, u in enumerate(support.units) if u.share >= 0.05 and u.end - u.start >= 2]
    if not covered:
        return None
    first = rng.choice(covered)
    last = min(len(support.units) - 1, first + rng.choice([0, 0, 0, 1, 2, 4, 6]))
    start, end = support.units[first].start, support.units[last].end
    if re.search(r"[，。；：]", zh[start:end]):
        return None
    gone = [w for w in support.words if w.covered and start <= w.run[0] and w.run[1] <= end]
    if not gone:
        return None
    low, high = gone[0].start, gone[-1].end
    if sum(low <= w.start < high for w in support.words) > len(gone) or high - low > 80:
        return None
    lead = re.search(r"(?:\b(?:in|on|at|by|for|with|from|of|the|a|an|and|as|to|its|their)\s+)+$", en[:low])
    low = lead.start() if lead and rng.random() < 0.7 else low
    return (en[:low] + en[high:].lstrip()), (start, end)


def overlapping(found, place):
    """The stretches that share half of the shorter one's length with a place."""
    return [s for s in found if min(s.end, place[1]) - max(s.start, place[0]) >= 0.5 * min(s.end - s.start, place[1] - place[0])]


def examples(pairs, direction: str, rng: random.Random):
    """Features and labels of stretches."""
    see = stretches.english_stretches if direction == "en" else stretches.chinese_stretches
    changed, places = [], []
    for zh, en in pairs:
        if made := (cut_chinese if direction == "en" else cut_english)(zh, en, rng):
            changed.append((made[0], en) if direction == "en" else (zh, made[0]))
            places.append(made[1])
    rows = [(s.features, 0) for one in views(pairs) for s in see(one)]
    rows += [(s.features, 1) for one, place in zip(views(changed), places) for s in overlapping(see(one), place)]
    return np.array([r for r, _ in rows]), np.array([label for _, label in rows], float)


def logistic(x, y, ridge=1.0):
    """Weights and intercept by Newton's method; features are standardised inside."""
    mean, scale = x.mean(0), x.std(0) + 1e-6
    z = np.hstack([(x - mean) / scale, np.ones((len(x), 1))])
    w = np.zeros(z.shape[1])
    for _ in range(30):
        p = 1 / (1 + np.exp(-z @ w))
        penalty = ridge * np.append(np.ones(z.shape[1] - 1), 0)
        step = np.linalg.solve((z * (p * (1 - p))[:, None]).T @ z + np.diag(penalty), z.T @ (y - p) - penalty * w)
        w += step
        if abs(step).max() < 1e-6:
            break
    return w[:-1] / scale, w[-1] - (w[:-1] * mean / scale).sum()


def read(path: Path) -> list[tuple[str, str]]:
    text = lzma.open(path, "rt", encoding="utf-8").read() if path.suffix == ".xz" else path.read_text(encoding="utf-8")
    if ".jsonl" in path.name:
        rows = list(map(json.loads, text.splitlines()))
        if "good" in rows[0]:
            return [(row["zh"], en) for row in rows for en in row["good"]]
        if "errors" in rows[0]:  # professionals' judgements: the human references in which they marked nothing grave
            bad = {(r["zh"], r["en"]) for r in rows if any(e["severity"] in ("major", "critical") for e in r["errors"])}
            return sorted({(r["zh"], r["en"]) for r in rows if r["system"].startswith("ref")} - bad)
        return [(row.get("zh_hans") or row["zh"], row["en"]) for row in rows]
    rows = (line.split("\t")[:2] for line in text.splitlines() if "\t" in line)
    return [(zh, en) for zh, en in rows if 10 <= len(zh) <= 120 and len(en.split()) >= 6]


def scaled(collections: list[list[float]], bars=BARS) -> tuple[float, float]:
    """Factor and offset that put the best stretches of the faithful pairs at the confidences of `bars`."""
    ranked = [sorted(values, reverse=True) for values in collections]
    (high, sure), (low, unsure) = [(max(v[int(share * len(v))] for v in ranked), math.log(p / (1 - p))) for share, p in bars]
    factor = (sure - unsure) / max(1e-6, high - low)
    return factor, sure - factor * high


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pairs", type=Path, nargs="+", help="faithful human translations, zh⇥en")
    parser.add_argument("--faithful", type=Path, required=True, nargs="+", help="other faithful pairs, which set the confidences")
    parser.add_argument("--limit", type=int, default=3000, help="pairs of each file")
    parser.add_argument("--out", type=Path, default=Path("verify/nuance/coverage.json"))
    options = parser.parse_args()
    rng = random.Random(4)
    pairs = []
    for path in options.pairs:
        rows = read(path)
        pairs += rng.sample(rows, min(options.limit, len(rows)))
    collections = [read(path) for path in options.faithful]
    known = [views(rng.sample(rows, min(len(rows), 600))) for rows in collections]
    model = {}
    for direction in ("en", "zh"):
        see = stretches.english_stretches if direction == "en" else stretches.chinese_stretches
        x, y = examples(pairs, direction, rng)
        half = np.arange(len(x)) % 2 == 0
        weights, _ = logistic(x[half], y[half])
        print(f"{direction}: {len(x)} stretches, {int(y.sum())} made; area under the curve on the other half {auc(x[~half] @ weights, y[~half]):.3f}")
        weights, _ = logistic(x, y)
        factor, offset = scaled([[max((float(np.dot(s.features, weights)) for s in see(one)), default=-9.0) for one in rows] for rows in known])
        model[direction] = {"weights": dict(zip(stretches.FEATURES, np.round(factor * weights, 4).tolist())), "intercept": round(offset, 4)}
        print({k: round(v, 2) for k, v in model[direction]["weights"].items()}, model[direction]["intercept"])
    options.out.write_text(json.dumps(model, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
