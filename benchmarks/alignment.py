"""Sentence alignment on gold beads, beside Gale-Church and random; word alignment error rate. Prints Markdown.

    python benchmarks/alignment.py [--engine none|pocket] [--data ../shared/eval]

Strict F1 counts a bead as right when both its sides are exactly those of a gold bead, lax F1 when they share
a segment with one on both sides (the two measures of Vecalign, Thompson and Koehn 2019); beads with an empty
side are not counted. Alignment error rate is that of Och and Ney 2003.
"""

from __future__ import annotations

import argparse
import json
import lzma
import math
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np

from verify.align.beads import align
from verify.align.words import links

SETS = {"literary chapters": "mac", "medical articles": "nejm"}
Beads = list[tuple[tuple[int, ...], tuple[int, ...]]]


def rows(path: Path) -> Iterator[dict]:
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


# ------------------------------------------------------------ Gale and Church 1993

SHAPES = {(1, 1): 0.89, (1, 0): 0.0099, (0, 1): 0.0099, (2, 1): 0.089, (1, 2): 0.089, (2, 2): 0.011}
VARIANCE = 6.8


def gale_church(source: list[str], target: list[str]) -> Beads:
    """Lengths only, in UTF-8 bytes (so that both sides count alike); the expected ratio is that of the whole texts."""
    s, t = ([0, *np.cumsum([len(text.encode()) for text in side]).tolist()] for side in (source, target))
    ratio, width = t[-1] / s[-1], len(t)
    best, back = [math.inf] * (len(s) * width), [(0, 0)] * (len(s) * width)
    best[0] = 0.0
    prices = [(a, b, -math.log(prior)) for (a, b), prior in SHAPES.items()]
    for i in range(len(s)):
        for j in range(width):
            for a, b, price in prices:
                if a > i or b > j:
                    continue
                one, two = s[i] - s[i - a], t[j] - t[j - b]
                delta = (two - one * ratio) / math.sqrt((one + two / ratio) / 2 * VARIANCE)
                cost = best[(i - a) * width + j - b] + price - math.log(max(1e-300, math.erfc(abs(delta) / math.sqrt(2))))
                if cost < best[i * width + j]:
                    best[i * width + j], back[i * width + j] = cost, (a, b)
    beads, i, j = [], len(source), len(target)
    while i or j:
        a, b = back[i * width + j]
        beads.append((tuple(range(i - a, i)), tuple(range(j - b, j))))
        i, j = i - a, j - b
    return beads[::-1]


# ------------------------------------------------------------ ours


def ours(engine) -> Callable[[list[str], list[str]], Beads]:
    def run(source: list[str], target: list[str]) -> Beads:
        back = [made.text for made in engine.translate(target, "en", "zh")] if engine else None
        return [(b.source, b.target) for b in align(source, target, source_language="zh", target_language="en", back_translations=back)]
    return run


# ------------------------------------------------------------ measures


def counts(gold: Beads, found: Beads) -> np.ndarray:
    """Found right (strict), found, gold, found right (lax), gold found (lax)."""
    gold, found = ([(tuple(a), tuple(b)) for a, b in beads if a and b] for beads in (gold, found))
    exact = set(gold)
    touches = lambda bead, others: any(set(bead[0]) & set(a) and set(bead[1]) & set(b) for a, b in others)
    return np.array([sum(bead in exact for bead in found), len(found), len(gold),
                     sum(touches(bead, gold) for bead in found), sum(touches(bead, found) for bead in gold)])


def f1(right_found: float, found: float, right_gold: float, gold: float) -> float:
    precision, recall = right_found / max(1, found), right_gold / max(1, gold)
    return 2 * precision * recall / max(1e-9, precision + recall)


def sentences(path: Path, methods: dict[str, Callable]) -> Iterator[str]:
    documents = list(rows(path))
    yield "| set | method | strict F1 | lax F1 | seconds |"
    yield "|---|---|---|---|---|"
    for title, prefix in SETS.items():
        chosen = [d for d in documents if d["doc"].startswith(prefix)]
        for name, method in methods.items():
            started = time.perf_counter()
            total = sum(counts(d["beads"], method(d["zh"], d["en"])) for d in chosen)
            spent = time.perf_counter() - started
            yield (f"| {title} ({len(chosen)}) | {name} | {f1(total[0], total[1], total[0], total[2]):.3f} "
                   f"| {f1(total[3], total[1], total[4], total[2]):.3f} | {spent:.1f} |")


def words(path: Path) -> Iterator[str]:
    both = sure_found = found = sure = 0
    pairs = 0
    for row in rows(path):
        pairs += 1
        places = [(tuple(int(n) - 1 for n in link.replace("p", "-").split("-")), "p" in link) for link in row["links_1based"]]
        gold, possible = {p for p, maybe in places if not maybe}, {p for p, _ in places}
        (zh, zh_places), (en, en_places) = laid(row["zh"], ""), laid(row["en"], " ")
        links_ = {(i, j) for (a, b), (c, d), _ in links(zh, en, "zh", "en").links
                  for i in range(zh_places[a], zh_places[b - 1] + 1) for j in range(en_places[c], en_places[d - 1] + 1)}
        both, sure_found, found, sure = both + len(links_ & possible), sure_found + len(links_ & gold), found + len(links_), sure + len(gold)
    yield f"| word alignment, {pairs} pairs | precision | recall | error rate |"
    yield "|---|---|---|---|"
    yield f"| verify, lexicon | {both / found:.3f} | {sure_found / sure:.3f} | {100 * (1 - (both + sure_found) / (found + sure)):.1f} |"


def laid(tokens: list[str], joint: str) -> tuple[str, dict[int, int]]:
    """Tokens as a text, and the token of each character."""
    text, places = "", {}
    for number, token in enumerate(tokens):
        if text:
            text += joint
        places |= dict.fromkeys(range(len(text), len(text) + len(token)), number)
        text += token
    return text, places


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--engine", default="none", help="none, or an engine that translates English into Chinese")
    parser.add_argument("--data", type=Path, default=Path(__file__).resolve().parents[1] / ".." / "shared" / "eval")
    options = parser.parse_args()
    methods: dict[str, Callable] = {"Gale-Church": gale_church, "verify, lexicon": ours(None)}
    if options.engine != "none":
        from verify.translate import load

        engine = load(options.engine)
        methods[f"verify, lexicon and {options.engine}"] = ours(engine)
    for line in sentences(options.data / "sentence-alignment.jsonl.xz", methods):
        print(line, flush=True)
    print()
    for line in words(options.data / "word-alignment.jsonl.xz"):
        print(line)


if __name__ == "__main__":
    main()
