"""Fit what `quotation` believes of two quotes whose words do not answer each other.

    python tools/fit_quotes.py PAIRS.tsv [PAIRS.tsv ...] --faithful ../shared/eval/ntrex.jsonl.xz corpora/nuance/dev.jsonl

Negatives are quotes of faithful pairs; positives have the English quote, or a part of it, exchanged for that of another
pair. Writes `verify/nuance/quoted_words.json`, scaled so that of the faithful pairs with quotes 3% reach a confidence
of .67 and 20% one of .3 (the strictest collection counts).
"""

from __future__ import annotations

import argparse
import json
import random
from pathlib import Path

import numpy as np
from fit_coverage import logistic, read, scaled, view

from verify.bench.judgements import auc
from verify.nuance.quotation import merged
from verify.nuance.quoted_words import FEATURES, match, pairs

BARS = ((0.03, 0.67), (0.2, 0.3))  # share of faithful pairs, confidence


def quoting(path: Path, limit: int, rng: random.Random):
    """Views of pairs with as many quotes on either side, and their quotes."""
    rows = [row for row in read(path) if any(mark in row[0] for mark in "“「\"")]
    rng.shuffle(rows)
    seen = ((one, merged(one.chinese), merged(one.english)) for one in (view(zh, en) for zh, en in rows[:limit]))
    return [(one, c, e) for one, c, e in seen if c and len(c) == len(e)]


def exchanged(one, c, e, pool: list[str], rng: random.Random):
    """The match of a quote with other words, and whether only a part of them was exchanged; None if there is no mate."""
    i, j, found = rng.choice(pairs(one, c, e)[0])
    (start, end), text = e[j], one.english.text
    old = text[start:end].split()
    mates = [quote.split() for quote in rng.sample(pool, min(40, len(pool)))]
    mates = [new for new in mates if abs(len(new) - len(old)) <= max(1, len(old) // 3) and new != old]
    if found.answered < 0.4 or not mates:
        return None
    new = rng.choice(mates)
    part = len(old) >= 5 and rng.random() < 0.5
    if part:
        count = max(2, int(len(old) * rng.uniform(0.35, 0.7)))
        new = old[:-count] + new[-count:] if rng.random() < 0.6 else new[:count] + old[count:]
    words = " ".join(new)
    return match(view(one.chinese.text, text[:start] + words + text[end:]), c[i], (start, start + len(words))), part


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pairs", type=Path, nargs="+", help="faithful human translations, zh⇥en")
    parser.add_argument("--faithful", type=Path, required=True, nargs="+", help="other faithful pairs, which set the confidences")
    parser.add_argument("--limit", type=int, default=1500, help="pairs of each file")
    parser.add_argument("--out", type=Path, default=Path("verify/nuance/quoted_words.json"))
    options = parser.parse_args()
    rng = random.Random(4)
    seen = [row for path in options.pairs for row in quoting(path, options.limit, rng)]
    pool = [one.english.text[a:b] for one, _, e in seen for a, b in e]
    rows = [(found.features, 0, False) for row in seen for *_, found in pairs(*row)[0] if found.answered > 0]
    made = [exchanged(*row, pool, rng) for row in seen]
    rows += [(found[0].features, 1, found[1]) for found in made if found]
    x, y, part = (np.array(column, float) for column in zip(*rows))
    half = np.random.default_rng(1).random(len(x)) < 0.5
    weights, _ = logistic(x[half], y[half])
    for name, kind in (("whole", 0), ("part", 1)):
        rest = ~half & ((y == 0) | (part == kind))
        print(f"{name} quotes exchanged: {int((y[part == kind]).sum())}; area under the curve on the other half {auc(x[rest] @ weights, y[rest]):.3f}")
    weights, _ = logistic(x, y)
    known = [[max((float(np.dot(found.features, weights)) for *_, found in pairs(*row)[0]), default=-9.0) for row in quoting(path, 3000, rng)]
             for path in options.faithful]
    factor, offset = scaled(known, BARS)
    model = {"weights": dict(zip(FEATURES, np.round(factor * weights, 4).tolist())), "intercept": round(offset, 4)}
    options.out.write_text(json.dumps(model, indent=1) + "\n", encoding="utf-8")
    print(model)


if __name__ == "__main__":
    main()
