"""Fit what two checks learn from distortions: `verb_time.npz`, `kept_negations.npz` and `unlinked_negations.npz` in `verify/nuance`.

    python tools/fit_learned.py [--check time] [--check negation] [--check negation-unlinked] --short ../shared/train/tatoeba_cmn.tsv.xz --short ../shared/train/nyt_study_notes.tsv.xz

On train.jsonl of corpora/nuance: verb forms and negations that a distortion has changed, beside those of faithful renderings. Those
sentences are long; so that short ones are not judged by their length, negations of `--short` pairs as they are, and with one side's
taken away. Boosted trees (scikit-learn, at fitting time only). What is printed comes from folds that did not see the item.
"""

from __future__ import annotations

import argparse
import lzma
import os
import random
import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import numpy as np
from fit_coverage import view
from fit_doubts import arrays
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.model_selection import GroupKFold

from verify.bench.judgements import auc
from verify.bench.nuance import load, nearest
from verify.nuance import kept_negations, verb_time

NUANCE = Path(__file__).resolve().parents[1] / "corpora" / "nuance"
LONGER = 25  # characters by which an edit of a verb's form may differ in length: more is another clause
_FORM = re.compile(r"\b(will|would|shall|to be|is to|are to|was to|were to|being|had|has|have|been|plans?|planned|was|were|is|are)\b|ed\b|ing\b")
_DENIES = re.compile(r"\b(not|no|never|nothing|none|nobody|neither|nor|cannot|without)\b|n['’]t", re.I)
SHAPE = dict(max_iter=250, learning_rate=0.06, max_leaf_nodes=16, min_samples_leaf=20, l2_regularization=1.0, random_state=1)
SHORT, ONE_IN = 4000, 6  # pairs of short sentences
_EN_LESS = {r"\bcan['’]t\b|\bcannot\b": "can", r"\bwon['’]t\b": "will", r"n['’]t\b": "", r" not\b": "", r"\bnever ": "", r"\bnothing\b": "something",
            r"\b(?:nobody|no one)\b": "somebody", r"\bwithout\b": "with", r"\bno\b": "a"}
_ZH_LESS = {"没有": "有", "不是|并非": "是", "[不没未]": ""}
Seen = Iterator[tuple[bool, np.ndarray]]  # whether the distortion has changed it, and its row


def edit(good: str, bad: str) -> tuple[str, str, int, int]:
    """The words that go, those that come, and the range of these in the distorted rendering."""
    start = len(os.path.commonprefix([good, bad]))
    rest = len(os.path.commonprefix([good[start:][::-1], bad[start:][::-1]]))
    while start > 0 and bad[start - 1].isalpha():
        start -= 1
    while rest > 0 and bad[len(bad) - rest].isalpha():
        rest -= 1
    return good[start : len(good) - rest], bad[start : len(bad) - rest], start, max(start + 1, len(bad) - rest)


def verbs(zh: str, en: str, changed: tuple | None, span: str) -> Seen:
    """Of a distortion those verb groups that it has changed, of a faithful rendering (`changed` is None) all."""
    if changed:
        gone, come, start, end = changed
        if not (_FORM.search(gone) and _FORM.search(come) and abs(len(gone) - len(come)) < LONGER):
            return
    for group, row in zip(*verb_time.verb_groups(view(zh, en, True))):
        if not changed or group.start < end and start < group.end:
            yield bool(changed), row


def negations(zh: str, en: str, changed: tuple | None, span: str, linked: bool = True) -> Seen:
    """The same of negations: Chinese ones that an edit has dropped in the English, English ones that it has put in; with or without word links."""
    of = None  # the side and the range of the negations that the edit has changed
    if changed:
        gone, come, *put_in = changed
        before, after = bool(_DENIES.search(gone)), bool(_DENIES.search(come))
        if before == after or before and not span:
            return
        of = (0, zh.find(span), zh.find(span) + len(span)) if before else (1, *put_in)
    for (side, mark), row in zip(*kept_negations.negation_rows(view(zh, en, linked).pair)):
        if of is None or side == of[0] and of[1] < mark.end and mark.start < of[2]:
            yield of is not None, row


def short_negations(paths: list[Path], rng: random.Random) -> Iterator[tuple[int, str, str, bool, np.ndarray]]:
    """(number of the pair, Chinese, English, whether it is lost or put in, row) of pairs of short sentences; of one in `ONE_IN` with one negation on each side
    also with one side's taken away."""
    lines = [line for path in paths for line in lzma.open(path, "rt", encoding="utf-8").read().splitlines() if "\t" in line]
    rng.shuffle(lines)
    taken = single = 0
    for number, (zh, en) in enumerate(line.split("\t")[:2] for line in lines):
        found, seen = kept_negations.negation_rows(view(zh, en, True).pair)
        yield from ((number, zh, en, False, row) for row in seen)
        alone = [side for side, _ in found] == [0, 1]
        single += alone
        if alone and single % ONE_IN == 0:
            for side, texts in enumerate(((zh, _taken(en, _EN_LESS)), (_taken(zh, _ZH_LESS), en))):  # lost in the English, put into it
                found, seen = kept_negations.negation_rows(view(*texts, True).pair)
                if [one for one, _ in found] == [side]:
                    yield number, *texts, True, seen[0]
        taken += bool(found)
        if taken == SHORT:
            return


def _taken(text: str, table: dict[str, str]) -> str:
    """The text without its negation."""
    word = next((word for word in table if re.search(word, text)), None)
    return re.sub(word, table[word], text, count=1) if word else text


# name -> (category of the distortions, rows, where the trees go)
CHECKS = {"time": ("time", verbs, verb_time.FILE), "negation": ("negation", negations, kept_negations.LINKED),
          "negation-unlinked": ("negation", partial(negations, linked=False), kept_negations.UNLINKED)}


def fit(check: str, short: list[Path]) -> None:
    category, rows_of, file = CHECKS[check]
    rng, rows, wrong, item_of, text_of = random.Random(1), [], [], [], []
    for number, item in enumerate(load(NUANCE / "train.jsonl")):
        edited = [(bad["en"], edit(item["good"][nearest(item["good"], bad["en"])], bad["en"]), bad["zh_span"] or "") for bad in item["bad"] if bad["category"] == category]
        for en, changed, span in [*edited, (rng.choice(item["good"]), None, "")]:
            for is_wrong, row in rows_of(item["zh"], en, changed, span):
                rows.append(row)
                wrong.append(is_wrong)
                item_of.append(number)
                text_of.append((item["zh"], en))
    for number, zh, en, is_wrong, row in short_negations(short, rng) if short and check == "negation" else ():
        rows.append(row)
        wrong.append(is_wrong)
        item_of.append(-1 - number)
        text_of.append((zh, en))
    rows, wrong = np.array(rows), np.array(wrong)
    chance = np.zeros(len(wrong))
    for learn, test in GroupKFold(4).split(rows, wrong, item_of):
        chance[test] = HistGradientBoostingClassifier(**SHAPE).fit(rows[learn], wrong[learn]).predict_proba(rows[test])[:, 1]
    highest: dict[tuple[str, str], float] = {}
    for text, is_wrong, one in zip(text_of, wrong, chance):
        if not is_wrong:
            highest[text] = max(one, highest.get(text, 0.0))
    print(f"{check}: {len(wrong)} rows, {wrong.sum()} of them wrong; area under the curve {auc(chance, wrong):.3f}")
    for share in (0.002, 0.005, 0.01, 0.02, 0.05):
        least = np.quantile(list(highest.values()), 1 - share)
        print(f"  told in {share:.1%} of the faithful renderings that have any (from {least:.2f}): {np.mean(chance[wrong] > least):.3f} of the wrong ones")
    np.savez_compressed(file, **arrays(HistGradientBoostingClassifier(**SHAPE).fit(rows, wrong), 1))
    print(f"  {file.name}: {file.stat().st_size / 1e3:.0f} kB", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="append", choices=CHECKS, help="this one alone (default: all)")
    parser.add_argument("--short", type=Path, action="append", default=[], help="faithful pairs of short sentences, tab-separated, xz")
    options = parser.parse_args()
    for check in options.check or CHECKS:
        fit(check, options.short)


if __name__ == "__main__":
    main()
