"""Fit what checks learn from distortions: `verb_time.npz`, `kept_negations.npz`, `unlinked_negations.npz` and the trees of `kept_marks.py`.

    python tools/fit_learned.py [--check NAME ...] --short ../shared/train/tatoeba_cmn.tsv.xz --short ../shared/train/nyt_study_notes.tsv.xz

On train.jsonl of corpora/nuance: verb forms, negations and vocabulary words that a distortion has changed, beside those of faithful
renderings. Those sentences are long; so that short ones are not judged by their length, words of `--short` pairs as they are, and
negations with one side's taken away. Boosted trees (scikit-learn, at fitting time only). What is printed comes from folds that did
not see the item. A quarter of an hour for each topic.
"""

from __future__ import annotations

import argparse
import lzma
import os
import random
import re
from collections.abc import Callable, Iterator
from functools import cache, partial
from pathlib import Path
from typing import NamedTuple

import numpy as np
from fit_coverage import view
from fit_doubts import arrays
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.model_selection import GroupKFold

from verify.bench.judgements import auc
from verify.bench.nuance import load, nearest
from verify.languages import get
from verify.languages.vocabulary import Mark
from verify.nuance import kept_marks, kept_negations, verb_time
from verify.nuance.check import Side

NUANCE = Path(__file__).resolve().parents[1] / "corpora" / "nuance"
LONGER = 25  # characters by which an edit of a verb's form may differ in length: more is another clause
_FORM = re.compile(r"\b(will|would|shall|to be|is to|are to|was to|were to|being|had|has|have|been|plans?|planned|was|were|is|are)\b|ed\b|ing\b")
_DENIES = re.compile(r"\b(not|no|never|nothing|none|nobody|neither|nor|cannot|without)\b|n['’]t", re.I)
SHAPE = dict(max_iter=250, learning_rate=0.06, max_leaf_nodes=16, min_samples_leaf=20, l2_regularization=1.0, random_state=1)
CATEGORY = {"modality": "modality", "hedge": "hedge_evidential", "emphasis": "emphasis", "quantifier": "scope_quantifier", "condition": "condition_cause", "time": "time"}
SHORT, ONE_IN = 4000, 6  # pairs of short sentences
_EN_LESS = {r"\bcan['’]t\b|\bcannot\b": "can", r"\bwon['’]t\b": "will", r"n['’]t\b": "", r" not\b": "", r"\bnever ": "", r"\bnothing\b": "something",
            r"\b(?:nobody|no one)\b": "somebody", r"\bwithout\b": "with", r"\bno\b": "a"}
_ZH_LESS = {"没有": "有", "不是|并非": "是", "[不没未]": ""}
Seen = Iterator[tuple[bool, np.ndarray]]  # whether the distortion has changed it, and its row
Range = tuple[int, int]


class Edit(NamedTuple):
    """A distortion: its category, the Chinese concerned (None for an addition), the rendering that it was made of, and what of that
    goes and what of the distorted rendering comes instead."""

    category: str
    there: Range | None
    good: str
    bad: str
    gone: Range
    come: Range

    @classmethod
    def of(cls, item: dict, bad: dict) -> Edit:
        good, made, span = item["good"][nearest(item["good"], bad["en"])], bad["en"], bad["zh_span"]
        start = len(os.path.commonprefix([good, made]))
        rest = len(os.path.commonprefix([good[start:][::-1], made[start:][::-1]]))
        while start > 0 and made[start - 1].isalpha():
            start -= 1
        while rest > 0 and made[len(made) - rest].isalpha():
            rest -= 1
        at = item["zh"].find(span) if span else -1
        return cls(bad["category"], (at, at + len(span)) if at >= 0 else None, good, made, (start, len(good) - rest), (start, max(start + 1, len(made) - rest)))

    @property
    def words(self) -> tuple[str, str]:
        """Those that go, those that come."""
        return self.good[slice(*self.gone)], self.bad[slice(*self.come)]


def verbs(zh: str, en: str, edit: Edit | None) -> Seen:
    """Of a distortion those verb groups that it has changed, of a faithful rendering (`edit` is None) all."""
    if edit:
        gone, come = edit.words
        if edit.category != "time" or not (_FORM.search(gone) and _FORM.search(come) and abs(len(gone) - len(come)) < LONGER):
            return
    for group, row in zip(*verb_time.verb_groups(view(zh, en, True))):
        if not edit or _over(group, edit.come):
            yield bool(edit), row


def negations(zh: str, en: str, edit: Edit | None, linked: bool = True) -> Seen:
    """The same of negations: Chinese ones that an edit has dropped in the English, English ones that it has put in; with or without word links."""
    of: tuple[int, Range] | None = None  # the side and the range of the negations that the edit has changed
    if edit:
        before, after = (bool(_DENIES.search(words)) for words in edit.words)
        if edit.category != "negation" or before == after or before and not edit.there:
            return
        of = (0, edit.there) if before else (1, edit.come)
    for (side, mark), row in zip(*kept_negations.negation_rows(view(zh, en, linked).pair)):
        if of is None or side == of[0] and _over(mark, of[1]):
            yield of is not None, row


def words(zh: str, en: str, edit: Edit | None, topic: str) -> Seen:
    """The same of the words of a topic: those that lose their counterpart, or that come without one, by an edit of whatever category."""
    had: list[Mark] = []
    has: list[Mark] = []
    if edit:
        had, has = ([m for m in kept_marks.find(topic)(Side(text, get("en")), topic) if _over(m, where)] for text, where in ((edit.good, edit.gone), (edit.bad, edit.come)))
        if edit.category != CATEGORY[topic] and not had and not has:
            return
    pair = view(zh, en, True).pair
    found = kept_marks.found(pair, topic)
    for (side, n), row in zip(*kept_marks.mark_rows(pair, topic, found, senses_of(topic))):
        mark = (found.source, found.target)[side][n]
        if not edit or _changed(mark, side, topic, edit, had, has):
            yield bool(edit), row


def _changed(mark: Mark, side: int, topic: str, edit: Edit, had: list[Mark], has: list[Mark]) -> bool:
    """Whether an edit has changed a word: it stands where the edit is, and no English word of its sense stays there (or was there before)."""
    where = (edit.there, edit.come)[side]
    if not where or not _over(mark, where) or any(_alike(mark, other) for other in (has if side == 0 else had)):
        return False
    answered = any(not set(mark.asks).isdisjoint(other.senses) or not set(mark.senses).isdisjoint(other.asks) for other in had)
    return edit.category == CATEGORY[topic] or (answered if side == 0 else not answered and edit.category != "omission")


def _alike(one: Mark, other: Mark) -> bool:
    return not set(one.asks).isdisjoint(other.asks)


def _over(one, where: Range) -> bool:
    return one.start < where[1] and where[0] < one.end


@cache
def senses_of(topic: str) -> dict[str, int]:
    """The numbers of the senses that a topic has now; they go into the file with the trees."""
    return {sense: n for n, sense in enumerate(kept_marks.senses_of(topic))}


def short_pairs(paths: list[Path], rng: random.Random) -> Iterator[tuple[int, str, str]]:
    """(number, Chinese, English) of pairs of short sentences, in an order of their own."""
    lines = [line for path in paths for line in lzma.open(path, "rt", encoding="utf-8").read().splitlines() if "\t" in line]
    rng.shuffle(lines)
    yield from ((number, *line.split("\t")[:2]) for number, line in enumerate(lines))


def short_negations(paths: list[Path], rng: random.Random) -> Iterator[tuple[int, str, str, bool, np.ndarray]]:
    """(number of the pair, Chinese, English, whether it is lost or put in, row) of pairs of short sentences; of one in `ONE_IN` with one negation on each side
    also with one side's taken away."""
    taken = single = 0
    for number, zh, en in short_pairs(paths, rng):
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


def short_words(paths: list[Path], rng: random.Random, topic: str) -> Iterator[tuple[int, str, str, bool, np.ndarray]]:
    """The same of the words of a topic; of one in `ONE_IN` of two that answer each other also with the one or the other taken away."""
    taken = alike = 0
    for number, zh, en in short_pairs(paths, rng):
        pair = view(zh, en, True).pair
        found = kept_marks.found(pair, topic)
        asked, seen = kept_marks.mark_rows(pair, topic, found, senses_of(topic))
        yield from ((number, zh, en, False, row) for row in seen)
        for s, t in ((found.source[i], found.target[j]) for i, j in found.links):
            alike += _alike(s, t)
            if not _alike(s, t) or alike % ONE_IN:
                continue
            for side, mark, texts in ((0, s, (zh, en[: t.start] + en[t.end :].lstrip())), (1, t, (zh[: s.start] + zh[s.end :], en))):
                changed = view(*texts, True).pair
                now = kept_marks.found(changed, topic)
                for (where, n), row in zip(*kept_marks.mark_rows(changed, topic, now, senses_of(topic))):
                    if where == side and (now.source, now.target)[side][n].start == mark.start:
                        yield number, *texts, True, row
        taken += bool(asked)
        if taken == SHORT:
            return


def _taken(text: str, table: dict[str, str]) -> str:
    """The text without its negation."""
    word = next((word for word in table if re.search(word, text)), None)
    return re.sub(word, table[word], text, count=1) if word else text


class Learned(NamedTuple):
    """What a check learns from: rows of a rendering, rows of short pairs, how many faithful renderings of each item; and where its trees go."""

    rows: Callable[[str, str, Edit | None], Seen]
    short: Callable[[list[Path], random.Random], Iterator[tuple[int, str, str, bool, np.ndarray]]] | None
    faithful: int
    file: Path
    trees: int = 250
    topic: str = ""  # of words: its senses go into the file


CHECKS = {"time": Learned(verbs, None, 1, verb_time.FILE), "negation": Learned(negations, short_negations, 1, kept_negations.LINKED),
          "negation-unlinked": Learned(partial(negations, linked=False), None, 1, kept_negations.UNLINKED)}
CHECKS |= {f"{topic}-words": Learned(partial(words, topic=topic), partial(short_words, topic=topic), 2, kept_marks.file_of(topic), 400, topic) for topic in CATEGORY}


def fit(check: str, short: list[Path]) -> None:
    learned = CHECKS[check]
    rng, rows, wrong, item_of, text_of = random.Random(1), [], [], [], []
    for number, item in enumerate(load(NUANCE / "train.jsonl")):
        edits = [Edit.of(item, bad) for bad in item["bad"]]
        for en, edit in [*((edit.bad, edit) for edit in edits), *((good, None) for good in rng.sample(item["good"], learned.faithful))]:
            for is_wrong, row in learned.rows(item["zh"], en, edit):
                rows.append(row)
                wrong.append(is_wrong)
                item_of.append(number)
                text_of.append((item["zh"], en))
    for number, zh, en, is_wrong, row in learned.short(short, rng) if short and learned.short else ():
        rows.append(row)
        wrong.append(is_wrong)
        item_of.append(-1 - number)
        text_of.append((zh, en))
    rows, wrong, shape = np.array(rows), np.array(wrong), partial(HistGradientBoostingClassifier, **SHAPE | {"max_iter": learned.trees})
    chance = np.zeros(len(wrong))
    for learn, test in GroupKFold(2).split(rows, wrong, item_of):
        chance[test] = shape().fit(rows[learn], wrong[learn]).predict_proba(rows[test])[:, 1]
    highest: dict[tuple[str, str], float] = {}
    for text, is_wrong, one in zip(text_of, wrong, chance):
        if not is_wrong:
            highest[text] = max(one, highest.get(text, 0.0))
    print(f"{check}: {len(wrong)} rows, {wrong.sum()} of them wrong; area under the curve {auc(chance, wrong):.3f}")
    for share in (0.002, 0.005, 0.01, 0.02, 0.05):
        least = np.quantile(list(highest.values()), 1 - share)
        print(f"  told in {share:.1%} of the faithful renderings that have any (from {least:.2f}): {np.mean(chance[wrong] > least):.3f} of the wrong ones")
    more = {"senses": np.array(list(senses_of(learned.topic)))} if learned.topic else {}
    np.savez_compressed(learned.file, **arrays(shape().fit(rows, wrong), 1), **more)
    print(f"  {learned.file.name}: {learned.file.stat().st_size / 1e3:.0f} kB", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="append", choices=CHECKS, help="this one alone (default: all)")
    parser.add_argument("--short", type=Path, action="append", default=[], help="faithful pairs of short sentences, tab-separated, xz")
    options = parser.parse_args()
    for check in options.check or CHECKS:
        fit(check, options.short)


if __name__ == "__main__":
    main()
