"""Fit how likely each word is part of a fault, by all evidence: `verify/nuance/word_doubts.npz`.

    python tools/fit_doubts.py --faithful ../shared/eval/ntrex.jsonl.xz

On items of corpora/nuance that the detector was not trained on (parts.py) and on faithful news sentences; dev.jsonl tells
how good it is. Three sets of boosted trees (scikit-learn, at fitting time only): the words of the Chinese side, those of
the English side, and which kind of fault a faulty word is.
"""

from __future__ import annotations

import argparse
import random
from functools import partial
from pathlib import Path

import numpy as np
from fit_coverage import read
from looking import in_shares, looks
from parts import items_for_doubts, renderings
from sklearn.ensemble import HistGradientBoostingClassifier

from verify.bench.judgements import auc
from verify.bench.nuance import CHECK_OF, load
from verify.evidence.detector import Opinion, detector
from verify.nuance.word_doubts import LEAST, kind_rows, shipped
from verify.nuance.word_evidence import NAMES, WordRows

REPO = Path(__file__).resolve().parents[1]
NUANCE = REPO / "corpora" / "nuance"
WORDS = NAMES.index("words")
SHAPE = dict(learning_rate=0.07, max_leaf_nodes=16, min_samples_leaf=40, l2_regularization=5.0, random_state=1)


class Sample:
    """Rows, labels and groups (which rendering) of the words of one side; `kinds` rows and labels of faulty words."""

    def __init__(self):
        self.rows, self.bad, self.text, self.known = [], [], [], []
        self.kind_rows, self.kinds = [], []

    def stacked(self):
        return np.vstack(self.rows), np.concatenate(self.bad), np.concatenate(self.text)


def evidence(texts: list[tuple[str, str]], folder: Path) -> list[tuple[tuple[WordRows, WordRows] | None, Opinion] | None]:
    return [look and (look.rows, look.opinion) for look in looks(texts, folder)]


def sample(texts: list[tuple[str, str, dict | None]], folder: Path) -> dict[str, Sample]:
    """Of (Chinese, English, the distortion or None)."""
    sides = {"zh": Sample(), "en": Sample()}
    kinds = list(detector().kinds[1:])
    for number, ((zh, en, bad), one) in enumerate(zip(texts, in_shares(partial(evidence, folder=folder), [text[:2] for text in texts]))):
        if not one or not one[0]:
            continue
        made, opinion = one
        for name, words, text, suspicion in zip(sides, made, (zh, en), (opinion.source, opinion.target)):
            span = bad and bad[f"{name}_span"]
            start = text.index(span) if span else -1
            label = np.array([bool(span) and a < start + len(span) and start < b for a, b in words.spans])
            one = sides[name]
            one.rows.append(words.rows)
            one.bad.append(label)
            one.text.append(np.full(len(label), number))
            kind = bad and CHECK_OF.get(bad["category"], bad["category"])
            if label.any() and kind in kinds:
                one.kind_rows.append(kind_rows(words, suspicion, np.flatnonzero(label)))
                one.kinds += [kinds.index(kind)] * int(label.sum())
    return sides


def arrays(model: HistGradientBoostingClassifier, outputs: int) -> dict[str, np.ndarray]:
    """The trees of a fitted model as `verify.nuance.trees` reads them."""
    parts: dict[str, list] = {name: [] for name in ("feature", "threshold", "left", "right", "missing_left", "value")}
    first, output, size = [], [], 0
    for stage in model._predictors:
        for number, tree in enumerate(stage):
            nodes = tree.nodes
            leaf, own = nodes["is_leaf"].astype(bool), np.arange(len(nodes))
            for name, values in (("feature", np.where(leaf, 0, nodes["feature_idx"])), ("threshold", nodes["num_threshold"]), ("missing_left", nodes["missing_go_to_left"].astype(bool)),
                                 ("left", np.where(leaf, own, nodes["left"]) + size), ("right", np.where(leaf, own, nodes["right"]) + size), ("value", nodes["value"])):
                parts[name].append(values)
            first.append(size)
            output.append(number)
            size += len(nodes)
    kind = dict(feature=np.int16, threshold=np.float32, left=np.int32, right=np.int32, missing_left=bool, value=np.float32)
    made = {name: np.concatenate(values).astype(kind[name]) for name, values in parts.items()}
    return made | {"first": np.array(first, np.int32), "output": np.array(output, np.int8), "base": np.ravel(model._baseline_prediction)[:outputs]}


def report(name: str, odds: np.ndarray, bad: np.ndarray, text: np.ndarray) -> str:
    """Area under the curve of words; of the renderings with a fault, how often the most doubtful word lies in it."""
    hits = [bad[text == t][odds[text == t].argmax()] for t in np.unique(text[bad])]
    return f"{name}: words {auc(odds, bad):.3f}, most doubtful in the fault {np.mean(hits):.3f} of {len(hits)}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--faithful", type=Path, required=True, help="faithful sentences, as for fit_coverage.py")
    parser.add_argument("--limit", type=int, default=500, help="faithful sentences")
    parser.add_argument("--work", type=Path, default=REPO / "quality-build")
    parser.add_argument("--out", type=Path, default=REPO / "verify" / "nuance" / "word_doubts.npz")
    options = parser.parse_args()
    faithful = read(options.faithful)
    random.Random(1).shuffle(faithful)
    fitted = sample(renderings(items_for_doubts(NUANCE)) + [(zh, en, None) for zh, en in faithful[-options.limit :]], options.work)
    held = sample(renderings(load(NUANCE / "dev.jsonl")), options.work)
    stored = {}
    for name in ("zh", "en"):
        rows, bad, _ = fitted[name].stacked()
        # How long a text is says nothing of a word, but the faithful sentences are shorter than the items: the trees would take short ones for faultless.
        rows[:, WORDS] = 0.0
        model = HistGradientBoostingClassifier(max_iter=140, **SHAPE).fit(rows, bad)
        rows, bad, text = held[name].stacked()
        print(report(f"{name} detector alone", rows[:, 0], bad, text), flush=True)
        if before := shipped():  # a fit that is no better need not replace it
            print(report(f"{name} all evidence, as it ships", before.odds(name, rows), bad, text), flush=True)
        print(report(f"{name} all evidence", model.decision_function(rows), bad, text), flush=True)
        stored |= {f"{name}_{key}": value for key, value in arrays(model, 1).items()}
    both = lambda sides, part: [one for name in ("zh", "en") for one in getattr(sides[name], part)]
    model = HistGradientBoostingClassifier(max_iter=40, **SHAPE).fit(np.vstack(both(fitted, "kind_rows")), both(fitted, "kinds"))
    assert list(model.classes_) == list(range(len(detector().kinds) - 1)), "a kind of fault without an example"
    rows, kinds = np.vstack(both(held, "kind_rows")), np.array(both(held, "kinds"))
    print(f"kind of a faulty word: detector {np.mean(np.nan_to_num(rows[:, -len(model.classes_) - 1 : -1]).argmax(1) == kinds):.3f}, "
          f"all evidence {np.mean(model.predict(rows) == kinds):.3f} of {len(kinds)}")
    stored |= {f"kind_{key}": value for key, value in arrays(model, len(model.classes_)).items()}
    np.savez_compressed(options.out, **stored)
    print(f"{options.out.name}: {options.out.stat().st_size / 1e6:.1f} MB; words under {LEAST} are not asked for their kind")


if __name__ == "__main__":
    main()
