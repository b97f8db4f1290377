"""Word-translation probabilities and word links from the training pairs, on the tokeniser's pieces.

    python tools/make_lexicon.py --data pocket-build --out pocket-build

IBM model 1 (Brown et al. 1993) with a fixed pull to the diagonal (as in Dyer et al. 2013), trained in
both directions. Writes `links.npz` (the links that both directions agree on: they guide one attention
head of the pocket model) and `lexicon.npz` (the pruned geometric mean of both tables:
`train_pocket.py` starts its embeddings from it and `distortions.py` looks up translations; alignment has that of `make_word_lexicon.py`).
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

import numba
import numpy as np

DIAGONAL = 3.0  # strength of the pull to the diagonal; zh-en reorders a lot, so gentler than fast_align's 4
NULL = 0.08  # probability that a word has no counterpart


@numba.njit(fastmath=True)
def expectation(source, source_ends, target, target_ends, rows, table, counts, null, first):
    """One E-step of t(target|source): adds expected counts, returns the log-likelihood."""
    total = 0.0
    cells = np.empty(1024, np.float32)
    for row in rows:
        s0, s1 = source_ends[row], source_ends[row + 1]
        t0, t1 = target_ends[row], target_ends[row + 1]
        width, height = s1 - s0, t1 - t0
        for j in range(height):
            word = target[t0 + j]
            mass = np.float32(0)
            for i in range(width):
                away = abs((i + 0.5) / width - (j + 0.5) / height)
                prior = np.exp(-DIAGONAL * away)
                value = prior if first else prior * table[source[s0 + i], word]
                cells[i] = value
                mass += value
            floor = NULL / (1 - NULL) * (np.float32(1.0 * width) * 0.4 if first else width * 0.4 * null[word])
            mass += floor
            if mass <= 0:
                continue
            total += np.log(mass)
            for i in range(width):
                counts[source[s0 + i], word] += cells[i] / mass
    return total


@numba.njit(fastmath=True)
def best_links(source, source_ends, target, target_ends, table, null, out):
    """For every target token the source position it most probably comes from, or -1."""
    for row in range(len(source_ends) - 1):
        s0, s1 = source_ends[row], source_ends[row + 1]
        t0, t1 = target_ends[row], target_ends[row + 1]
        width, height = s1 - s0, t1 - t0
        for j in range(height):
            word = target[t0 + j]
            best, place = NULL / (1 - NULL) * width * 0.4 * null[word], -1
            for i in range(width):
                away = abs((i + 0.5) / width - (j + 0.5) / height)
                value = np.exp(-DIAGONAL * away) * table[source[s0 + i], word]
                if value > best:
                    best, place = value, i
            out[t0 + j] = place


def train(source, source_ends, target, target_ends, rows, vocabulary, iterations, name):
    table = np.zeros((1, 1), np.float32)
    null = (np.bincount(target, minlength=vocabulary) / len(target)).astype(np.float32)
    for iteration in range(iterations):
        started = time.time()
        counts = np.zeros((vocabulary, vocabulary), np.float32)
        likelihood = expectation(source, source_ends, target, target_ends, rows, table, counts, null, iteration == 0)
        sums = counts.sum(1, keepdims=True)
        # Add-a-little in the denominator: a word seen once must not be certain of anything.
        counts /= sums + 0.5
        table = counts
        print(f"{name} iteration {iteration} log-likelihood {likelihood / len(rows):.2f} {time.time() - started:.0f}s", flush=True)
    return table, null


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder written by pocket_data.py")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--pairs", type=int, default=450_000, help="pairs to train on")
    parser.add_argument("--iterations", type=int, default=5)
    options = parser.parse_args()
    data = np.load(options.data / "ids.npz")
    zh, zh_ends, en, en_ends = (data[k] for k in ("zh", "zh_ends", "en", "en_ends"))
    vocabulary = int(max(zh.max(), en.max())) + 1
    rng = np.random.default_rng(2)
    # Technical manuals teach the lexicon little that news needs; every other source is used.
    origin, names = data["origin"], list(data["names"])
    useful = ~np.isin(origin, [names.index(n) for n in ("python_docs", "tf_docs")])
    law = origin == names.index("tw_law")
    chosen = np.flatnonzero(useful & (~law | (rng.random(len(origin)) < 0.3)))
    rows = rng.permutation(chosen)[: options.pairs]
    forward, null_en = train(zh, zh_ends, en, en_ends, rows, vocabulary, options.iterations, "en|zh")
    to_zh = np.empty(len(en), np.int16)
    best_links(zh, zh_ends, en, en_ends, forward, null_en, to_zh)
    backward, null_zh = train(en, en_ends, zh, zh_ends, rows, vocabulary, options.iterations, "zh|en")
    to_en = np.empty(len(zh), np.int16)
    best_links(en, en_ends, zh, zh_ends, backward, null_zh, to_en)
    # A link stays where both directions name it.
    row_of_en = np.repeat(np.arange(len(en_ends) - 1), np.diff(en_ends))
    position = np.arange(len(en)) - en_ends[row_of_en]
    linked = to_zh >= 0
    back = np.full(len(en), -2)
    back[linked] = to_en[zh_ends[row_of_en[linked]] + to_zh[linked]]
    agreed = np.where(back == position, to_zh, -1).astype(np.int16)
    print(f"links agreed: {(agreed >= 0).mean():.2f} of English tokens")
    np.savez(options.out / "links.npz", en_to_zh=agreed)
    # Lexicon: geometric mean of the two directions, pruned.
    mean = np.sqrt(forward * backward.T)
    z, e = np.nonzero((mean > 0.012) & (forward + backward.T > 0.02))
    z_to_e, e_to_z = forward[z, e], backward[e, z]
    print("lexicon entries", len(z))
    quantise = lambda p: np.clip(np.round(-np.log(np.maximum(p, 1e-9)) * 20), 0, 255).astype(np.uint8)
    np.savez_compressed(options.out / "lexicon.npz", zh=z.astype(np.uint16), en=e.astype(np.uint16),
                        en_given_zh=quantise(z_to_e), zh_given_en=quantise(e_to_z))


if __name__ == "__main__":
    main()
