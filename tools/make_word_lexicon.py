"""The word lexicon of the alignment room, from sentence pairs.

    pip install jieba numba
    python tools/make_word_lexicon.py --train ../shared/train --out verify/align/lexicon.npz

Chinese words are those that jieba (MIT) finds often enough; the texts are then divided by our own search over
these words, as the room does when it aligns, and English words are its stems. Probabilities are those of IBM model 1
with a fixed pull to the diagonal (Brown et al. 1993, Dyer et al. 2013), trained in both directions and pruned by
their geometric mean.

Arrays written: `zh_words`, `en_words` (UTF-8, a line feed between words, by frequency), `zh_cost`, `en_cost` (−1000 ln of
the relative frequency), and by rows of Chinese words: `row_lengths`, `en`, `en_given_zh`, `zh_given_en` (−20 ln p).
"""

from __future__ import annotations

import argparse
import re
import sys
import time
from collections import Counter
from pathlib import Path

import numba
import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tools.pocket_data import read_pairs  # noqa: E402
from verify.align.tokens import HAN, split  # noqa: E402

SHARE = {"python_docs": 0.1, "tf_docs": 0.1, "tw_law": 0.35}  # of the sources far from news, so much is used
RARE = 4  # a word seen less often is left out, or read as its characters
DIAGONAL, NULL = 4.0, 0.08
SLOTS = 1 << 27  # of the hash table of pairs


def sample(folder: Path) -> list[tuple[str, str]]:
    pairs, origin, names, _ = read_pairs(folder)
    share = np.array([SHARE.get(name, 1.0) for name in names])[origin]
    return [pairs[i] for i in np.flatnonzero(np.random.default_rng(2).random(len(pairs)) < share)]


def chinese_words(pairs: list[tuple[str, str]]) -> Counter:
    """Words of at most six characters that jieba finds, and all characters."""
    import jieba

    jieba.setLogLevel(40)
    counts: Counter = Counter()
    for zh, _ in pairs:
        counts.update(jieba.cut(zh))
    word = re.compile(f"[{HAN}]{{1,6}}")
    kept = Counter({w: count for w, count in counts.items() if count >= RARE and word.fullmatch(w)})
    for character in set(re.findall(f"[{HAN}]", "".join(counts))) - set(kept):
        kept[character] = 1
    return kept


def numbered(rows: list[tuple[str, ...]], least: int) -> tuple[list[str], np.ndarray, np.ndarray, np.ndarray]:
    """Words by frequency, their counts, and the texts as numbers (−1: rare) with the end of each."""
    counts = Counter(word for row in rows for word in row)
    words = [word for word, count in counts.most_common(65_000) if count >= least]
    index = {word: number for number, word in enumerate(words)}
    flat = np.fromiter((index.get(word, -1) for row in rows for word in row), np.int32)
    ends = np.cumsum([0] + [len(row) for row in rows])
    return words, np.array([counts[word] for word in words]), flat, ends


@numba.njit
def slot(keys, key):
    place = key * np.int64(-7046029254386353131)
    place = (place ^ (place >> np.int64(29))) & np.int64(SLOTS - 1)
    while keys[place] != -1 and keys[place] != key:
        place = (place + 1) & np.int64(SLOTS - 1)
    return place


@numba.njit
def meet(zh, zh_ends, en, en_ends, width, keys, times):
    """Counts how often each pair of words stands in one sentence pair."""
    used = 0
    for row in range(len(zh_ends) - 1):
        for i in range(zh_ends[row], zh_ends[row + 1]):
            for j in range(en_ends[row], en_ends[row + 1]):
                if zh[i] < 0 or en[j] < 0:
                    continue
                key = np.int64(zh[i]) * width + en[j]
                place = slot(keys, key)
                if keys[place] == -1:
                    if used > 0.8 * SLOTS:
                        continue
                    keys[place] = key
                    used += 1
                if times[place] < 65535:
                    times[place] += 1


@numba.njit
def put(known, keys, where):
    for number in range(len(known)):
        where[number] = slot(keys, known[number])
        keys[where[number]] = known[number]


@numba.njit(fastmath=True)
def expectation(giver, giver_ends, taker, taker_ends, swapped, width, keys, table, counts, sums, chance, first):
    """One E-step of p(taker word | giver word); returns the log-likelihood."""
    total = 0.0
    cells, places = np.empty(600, np.float32), np.empty(600, np.int64)
    for row in range(len(giver_ends) - 1):
        g, t = giver_ends[row], taker_ends[row]
        n, m = giver_ends[row + 1] - g, taker_ends[row + 1] - t
        if n == 0 or m == 0 or n > 600:
            continue
        for j in range(m):
            word = taker[t + j]
            if word < 0:
                continue
            mass, prior = np.float32(0), np.float32(0)
            for i in range(n):
                pull = np.exp(-DIAGONAL * abs((i + 0.5) / n - (j + 0.5) / m))
                prior += pull
                places[i] = -1
                if giver[g + i] < 0:
                    continue
                key = np.int64(word) * width + giver[g + i] if swapped else np.int64(giver[g + i]) * width + word
                place = slot(keys, key)
                if keys[place] == -1:
                    continue
                places[i] = place
                cells[i] = pull if first else pull * table[place]
                mass += cells[i]
            mass += NULL / (1 - NULL) * prior * (1.0 if first else chance[word])
            total += np.log(mass / prior)
            for i in range(n):
                if places[i] >= 0:
                    counts[places[i]] += cells[i] / mass
                    sums[giver[g + i]] += cells[i] / mass
    return total


def train(giver, giver_ends, taker, taker_ends, swapped, width, keys, known, where, iterations, name) -> np.ndarray:
    """p(taker word | giver word) of the known pairs."""
    chance = (np.bincount(taker[taker >= 0], minlength=taker.max() + 1) / len(taker)).astype(np.float32)
    words = known % width if swapped else known // width
    table = np.zeros(SLOTS, np.float32)
    for iteration in range(iterations):
        started = time.time()
        counts, sums = np.zeros(SLOTS, np.float32), np.zeros(giver.max() + 1)
        likelihood = expectation(giver, giver_ends, taker, taker_ends, swapped, width, keys, table, counts, sums, chance, iteration == 0)
        # A word seen once must not be certain of anything: one more in the denominator.
        table[:] = 0
        table[where] = counts[where] / (sums[words] + 1.0)
        print(f"{name} iteration {iteration} log-likelihood {likelihood / (len(giver_ends) - 1):.2f} {time.time() - started:.0f}s", flush=True)
    return table[where]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--train", type=Path, required=True, help="folder of zh<TAB>en .tsv.xz files")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--iterations", type=int, default=5)
    parser.add_argument("--least", type=float, default=0.001, help="geometric mean of both probabilities below which a pair is dropped")
    options = parser.parse_args()
    pairs = sample(options.train)
    found = chinese_words(pairs)
    total = sum(found.values())
    costs = {word: float(-np.log(count / total)) for word, count in found.items()}
    print(len(pairs), "pairs", len(costs), "Chinese words", flush=True)
    zh_words, zh_counts, zh, zh_ends = numbered([split(zh, "zh", costs).keys for zh, _ in pairs], 1)
    en_words, en_counts, en, en_ends = numbered([split(en, "en", costs).keys for _, en in pairs], RARE)
    width = len(en_words)
    print(len(zh_words), width, "words in use", flush=True)
    keys, times = np.full(SLOTS, -1, np.int64), np.zeros(SLOTS, np.uint16)
    meet(zh, zh_ends, en, en_ends, width, keys, times)
    known = keys[times >= 2]
    keys[:] = -1
    where = np.empty(len(known), np.int64)
    put(known, keys, where)
    print(len(known), "pairs of words", flush=True)
    forward = train(zh, zh_ends, en, en_ends, False, width, keys, known, where, options.iterations, "en|zh")
    backward = train(en, en_ends, zh, zh_ends, True, width, keys, known, where, options.iterations, "zh|en")
    chosen = np.flatnonzero(np.sqrt(forward * backward) > options.least)
    chosen = chosen[np.argsort(known[chosen])]
    quantised = lambda p: np.clip(np.round(-20 * np.log(np.maximum(p, 1e-9))), 0, 255).astype(np.uint8)
    cost = lambda counts: np.round(-1000 * np.log(counts / counts.sum())).astype(np.uint16)
    listed = lambda words: np.frombuffer("\n".join(words).encode(), np.uint8)
    np.savez_compressed(
        options.out, zh_words=listed(zh_words), en_words=listed(en_words), zh_cost=cost(zh_counts), en_cost=cost(en_counts),
        row_lengths=np.bincount(known[chosen] // width, minlength=len(zh_words)).astype(np.uint16),
        en=(known[chosen] % width).astype(np.uint16), en_given_zh=quantised(forward[chosen]), zh_given_en=quantised(backward[chosen]))
    print(len(chosen), "entries,", options.out.stat().st_size, "bytes")


if __name__ == "__main__":
    main()
