"""Which English word stems does a Chinese phrase support? The table behind the omission, addition and name checks.

    python tools/make_word_support.py --train ../shared/train --out verify/nuance/word_support.npz

Chinese runs are the words of one to four characters that jieba (a tool of this script alone) finds in the pairs.
Candidates are pairs (run, English stem) that occur together more often than chance
(Dunning's G², 1993). The runs of a sentence then compete for each of its English words, as in Melamed's competitive
linking (2000), so that 降息 keeps *cut* and *rate* and gives up *inflation* to 通胀.
Each run and each stem also gets its *reliability*: how often, in pairs held out of the estimation, an occurrence
of it finds a partner on the other side. A word that nearly always finds one is strong evidence when it does not.
"""

from __future__ import annotations

import argparse
import lzma
import time
from collections import Counter
from pathlib import Path

import numba
import numpy as np

from verify.languages.folding import to_simplified
from verify.nuance.word_support import FUNCTION_WORDS, LONGEST, WordSupport, han_codes, stems_of

SHARES = {"tw_law": 0.35, "python_docs": 0.3, "tf_docs": 0.3}  # far from news: read in part


def read(folder: Path, limit: int | None) -> list[tuple[str, str]]:
    rng = np.random.default_rng(5)
    pairs = set()
    for path in sorted(folder.glob("*.tsv.xz")):
        share = SHARES.get(path.name.removesuffix(".tsv.xz"), 1.0)
        with lzma.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                parts = line.rstrip("\n").split("\t")
                if len(parts) >= 2 and rng.random() < share and len(parts[0]) < 200:
                    pairs.add((parts[0], parts[1]))
    pairs = sorted(pairs)
    rng.shuffle(pairs)
    return pairs[:limit]


def encode(pairs):
    """Flat character codes and stem numbers with the end of each sentence; the stems by number."""
    counts = Counter(stem for _, en in pairs for stem, _, _ in stems_of(en))
    stems = sorted(stem for stem, n in counts.items() if n >= 5 and stem not in FUNCTION_WORDS)
    number = {stem: i for i, stem in enumerate(stems)}
    zh, zh_ends, en, en_ends = [], [0], [], [0]
    for source, target in pairs:
        zh.append(han_codes(to_simplified(source)))
        zh_ends.append(zh_ends[-1] + len(zh[-1]))
        found = sorted({number[stem] for stem, _, _ in stems_of(target) if stem in number})
        en.append(np.array(found, np.int32))
        en_ends.append(en_ends[-1] + len(found))
    return np.concatenate(zh), np.array(zh_ends), np.concatenate(en), np.array(en_ends), stems


def words_of(pairs, at_least):
    """Codes of the Chinese words of up to LONGEST characters, sorted, and how often each stands in the pairs."""
    import jieba

    jieba.setLogLevel(60)
    counts = Counter(word for zh, _ in pairs for word in jieba.cut(to_simplified(zh), HMM=False))
    codes = {}
    for word, n in counts.items():
        if n >= at_least and len(word) <= LONGEST and (han_codes(word) > 0).all():
            code = 0
            for c in word:
                code = code << 16 | ord(c)
            codes[code] = n
    ordered = np.array(sorted(codes), np.uint64)
    return ordered, np.array([codes[int(c)] for c in ordered])


def find_runs(zh, zh_ends, words):
    """Number of the word at each (character, length-1), -1 for none."""
    ids = np.full((len(zh), LONGEST), -1, np.int32)
    sentence = np.repeat(np.arange(len(zh_ends) - 1), np.diff(zh_ends))
    code = np.zeros(len(zh), np.uint64)
    good = np.ones(len(zh), bool)
    for n in range(1, LONGEST + 1):
        part = zh[n - 1 :]
        code = code[: len(part)] * np.uint64(65536) + part.astype(np.uint64)
        good = good[: len(part)] & (part > 0) & (sentence[: len(part)] == sentence[n - 1 :])
        rows = np.searchsorted(words, code)
        rows[rows == len(words)] = 0
        found = good & (words[rows] == code)
        ids[: len(part), n - 1][found] = rows[found]
    return ids, sentence


@numba.njit
def candidates(runs, run_ends, en, en_ends, frequency, sentences, most, width):
    """Up to `width` stems for each run by G²; -1 fills."""
    found = np.full((len(run_ends) - 1, width), -1, np.int32)
    share = np.zeros((len(run_ends) - 1, width), np.float32)
    counts = np.zeros(len(frequency), np.int32)
    touched = np.empty(200_000, np.int32)
    for run in range(len(run_ends) - 1):
        begin, end = run_ends[run], run_ends[run + 1]
        n = end - begin
        step = max(1, n // most)
        size = 0
        seen = 0
        for i in range(begin, end, step):
            seen += 1
            for j in range(en_ends[runs[i]], en_ends[runs[i] + 1]):
                word = en[j]
                if counts[word] == 0 and size < len(touched):
                    touched[size] = word
                    size += 1
                counts[word] += 1
        scores = np.zeros(width, np.float32)
        for t in range(size):
            word = touched[t]
            a = float(counts[word])
            counts[word] = 0
            p, q = a / seen, frequency[word] / sentences
            if a < 2 or p < 0.015 or p < 2.5 * q:
                continue
            g = a * np.log(p / q)
            if seen > a:
                g += (seen - a) * np.log((1 - p) / (1 - q))
            if g < 9:
                continue
            lowest = np.argmin(scores)
            if g > scores[lowest]:
                scores[lowest] = g
                found[run, lowest] = word
                share[run, lowest] = p
    return found, share


@numba.njit
def compete(ids, zh_ends, en, en_ends, first, last, found, score, counts, mass_runs):
    """Counts, for each run and stem, the sentences in which no other run has a much better claim to the stem."""
    for row in range(first, last):
        for j in range(en_ends[row], en_ends[row + 1]):
            word = en[j]
            best, begin, end = 0.0, 0, 0
            for i in range(zh_ends[row], zh_ends[row + 1]):
                for n in range(ids.shape[1]):
                    run = ids[i, n]
                    if run >= 0:
                        for k in range(found.shape[1]):
                            if found[run, k] == word:
                                if score[run, k] > best:
                                    best, begin, end = score[run, k], i, i + n + 1
                                break
            if best <= 0:
                continue
            for i in range(zh_ends[row], zh_ends[row + 1]):
                for n in range(ids.shape[1]):
                    run = ids[i, n]
                    if run >= 0:
                        for k in range(found.shape[1]):
                            if found[run, k] == word:
                                # Runs that share characters with the best one say the same thing.
                                if score[run, k] >= 0.5 * best or (i < end and begin < i + n + 1):
                                    counts[run, k] += 1
                                break
        for i in range(zh_ends[row], zh_ends[row + 1]):
            for n in range(ids.shape[1]):
                if ids[i, n] >= 0:
                    mass_runs[ids[i, n]] += 1


def reliabilities(path: Path, pairs) -> tuple[np.ndarray, np.ndarray]:
    """How often an occurrence of each run (as a word of its sentence) and of each stem finds a partner in held-out pairs."""
    table = WordSupport(path)
    run_seen, run_hit = np.zeros(table.size), np.zeros(table.size)
    stem_seen, stem_hit = Counter(), Counter()
    for zh, en in pairs:
        support = table.weigh(to_simplified(zh), en)
        for word in support.words:
            stem_seen[word.stem] += 1
            stem_hit[word.stem] += word.covered
        for unit in support.units:
            if unit.row >= 0:
                run_seen[unit.row] += 1
                run_hit[unit.row] += unit.covered
    # Before it is seen, a word is believed to be covered as often as its shares add up to.
    believed = np.clip(table.total_shares(), 0.1, 0.95)
    general = sum(stem_hit.values()) / sum(stem_seen.values())
    print(f"covered in held-out pairs: {run_hit.sum() / run_seen.sum():.3f} of Chinese words, {general:.3f} of English words")
    return ((run_hit + 4 * believed) / (run_seen + 4),
            np.array([(stem_hit[s] + 4 * general) / (stem_seen[s] + 4) for s in table.stems]))


def parts_of(code: int) -> list[int]:
    """Codes of the shorter runs inside a run."""
    characters = []
    while code:
        characters.append(code & 0xFFFF)
        code >>= 16
    characters.reverse()
    inner = []
    for n in range(1, len(characters)):
        for i in range(len(characters) - n + 1):
            value = 0
            for c in characters[i : i + n]:
                value = value << 16 | c
            inner.append(value)
    return inner


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--train", type=Path, required=True, help="folder of zh⇥en .tsv.xz files")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--pairs", type=int, default=None)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--held-out", type=int, default=40_000)
    parser.add_argument("--floor", type=float, default=0.02, help="least share that counts as support")
    options = parser.parse_args()
    clock = time.time()
    say = lambda *what: print(f"{time.time() - clock:5.0f}s", *what, flush=True)
    pairs = read(options.train, options.pairs)
    say(len(pairs), "pairs")
    codes, word_seen = words_of(pairs, 4)
    say(len(codes), "Chinese words")
    held_out, pairs = pairs[: options.held_out], pairs[options.held_out :]
    zh, zh_ends, en, en_ends, stems = encode(pairs)
    del pairs
    say(len(zh), "characters", len(en), "stems in text", len(stems), "stems")
    ids, sentence = find_runs(zh, zh_ends, codes)
    training = len(zh_ends) - 1
    order, owners = [], []
    for n in range(LONGEST):
        places = np.flatnonzero(ids[: zh_ends[training], n] >= 0)
        order.append(ids[places, n])
        owners.append(sentence[places].astype(np.int32))
    order, owners = np.concatenate(order), np.concatenate(owners)
    by_run = np.argsort(order, kind="stable")
    runs, run_ends = owners[by_run], np.searchsorted(order[by_run], np.arange(len(codes) + 1))
    del order, owners, by_run
    frequency = np.bincount(en[: en_ends[training]], minlength=len(stems)).astype(np.float64)
    found, share = candidates(runs, run_ends, en, en_ends, frequency, float(training), 3000, 24)
    say("candidates", int((found >= 0).sum()))
    del runs
    occurrences = np.bincount(ids[: zh_ends[training]][ids[: zh_ends[training]] >= 0], minlength=len(codes))
    for round_ in range(options.rounds):
        # Geometric mean of both conditional probabilities: high only where each is the other's usual partner.
        score = share * np.sqrt(occurrences[:, None] / np.maximum(frequency[found], 1)).astype(np.float32)
        score[found < 0] = 0
        counts, mass = np.zeros_like(share), np.zeros(len(codes), np.float32)
        compete(ids, zh_ends, en, en_ends, 0, training, found, score, counts, mass)
        # Add-some in the denominator: a run seen a few times must not be certain of anything.
        share = counts / (mass[:, None] + 1.5)
        weak = (share < 0.015) | (counts < 2)
        found[weak], share[weak] = -1, 0
        say("round", round_, int((found >= 0).sum()))
    # A longer run that says no more than a shorter one inside it is dropped.
    place = {int(c): i for i, c in enumerate(codes)}
    for i, code in enumerate(codes):
        if (found[i] < 0).all() or int(code) < 65536:
            continue
        inner = [place[c] for c in parts_of(int(code)) if c in place and c > 65535]
        for k in np.flatnonzero(found[i] >= 0):
            best = max((float(share[j][found[j] == found[i, k]].max(initial=0)) for j in inner), default=0)
            if share[i, k] < max(options.floor, 1.25 * best):
                found[i, k], share[i, k] = -1, 0
    say("after pruning", int((found >= 0).sum()))
    rows, columns = np.nonzero(found >= 0)
    parts = dict(
        runs=codes, run_seen=np.minimum(word_seen, 2**32 - 1).astype(np.uint32), stems=np.array("\n".join(stems).encode("utf-8")),
        row=rows.astype(np.uint32), stem=found[rows, columns].astype(np.uint32),
        share=np.round(np.minimum(share[rows, columns], 1) * 255).astype(np.uint8),
        run_reliable=np.zeros(len(codes), np.uint8), stem_reliable=np.zeros(len(stems), np.uint8))
    np.savez_compressed(options.out, **parts)
    byte = lambda values: np.round(np.clip(values, 0, 1) * 255).astype(np.uint8)
    parts["run_reliable"], parts["stem_reliable"] = map(byte, reliabilities(options.out, held_out))
    np.savez_compressed(options.out, **parts)
    say("written", len(codes), "runs", len(rows), "entries", options.out.stat().st_size, "bytes")


if __name__ == "__main__":
    main()
