"""Clean the training pairs, train the joint tokeniser, write token ids.

    python tools/pocket_data.py --train ../shared/train --out pocket-build --vocab 16000

Writes `spm.model`, `ids.npz` (flat token ids of both sides, offsets, source file of each pair)
and `cleaning.json` (how many pairs each rule dropped, file by file). `--tokeniser verify/translate/pocket/spm.model`
keeps the tokeniser that ships, for training on from the weights that ship.
"""

from __future__ import annotations

import argparse
import json
import lzma
import re
import shutil
from collections import Counter
from pathlib import Path

import numpy as np
import sentencepiece

HAN = re.compile(r"[\u3400-\u9fff]")
LATIN = re.compile(r"[A-Za-z]")
SPACES = re.compile(r"\s+")

# Full-width letters and digits carry no meaning of their own; punctuation does and is kept.
FOLD_WIDTH = {code: code - 0xFEE0 for first, last in ((0xFF10, 0xFF19), (0xFF21, 0xFF3A), (0xFF41, 0xFF5A))
              for code in range(first, last + 1)}


def normalise(text: str) -> str:
    return SPACES.sub(" ", text.translate(FOLD_WIDTH)).strip()


def fault(zh: str, en: str) -> str | None:
    """The first rule that the pair breaks, or None. Thresholds are wide: only clear misfits go."""
    if not zh or not en:
        return "empty"
    if zh == en:
        return "identical"
    han, latin = len(HAN.findall(zh)), len(LATIN.findall(en))
    if han < 0.3 * len(zh.replace(" ", "")) or HAN.search(en):
        return "script"
    if latin < 0.5 * len(en.replace(" ", "")):
        return "script"
    words = len(en.split())
    if len(zh) > 200 or words > 110:
        return "too long"
    ratio = (han + 3) / (words + 3)
    if not 0.6 < ratio < 3.6:
        return "length ratio"
    return None


def read_pairs(folder: Path) -> tuple[list[tuple[str, str]], np.ndarray, list[str], dict]:
    """Cleaned (zh, en) pairs, the file number of each, the file names, and what was dropped."""
    pairs, origin, names, dropped = [], [], [], {}
    seen: set[tuple[str, str]] = set()
    for number, path in enumerate(sorted(folder.glob("*.tsv.xz"))):
        names.append(path.name.removesuffix(".tsv.xz"))
        count = Counter()
        with lzma.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                sides = line.rstrip("\n").split("\t")
                if len(sides) != 2:
                    count["not two columns"] += 1
                    continue
                zh, en = normalise(sides[0]), normalise(sides[1])
                reason = fault(zh, en) or ("duplicate" if (zh, en) in seen else None)
                if reason:
                    count[reason] += 1
                    continue
                seen.add((zh, en))
                pairs.append((zh, en))
                origin.append(number)
                count["kept"] += 1
        dropped[names[-1]] = dict(count)
    return pairs, np.array(origin, np.int16), names, dropped


def train_tokeniser(pairs, out: Path, vocabulary: int) -> sentencepiece.SentencePieceProcessor:
    corpus = out / "spm.txt"
    rng = np.random.default_rng(1)
    sample = rng.permutation(len(pairs))[:350_000]
    with corpus.open("w", encoding="utf-8") as file:
        for index in sample:
            file.write(pairs[index][0] + "\n" + pairs[index][1] + "\n")
    sentencepiece.SentencePieceTrainer.train(
        input=str(corpus), model_prefix=str(out / "spm"), vocab_size=vocabulary, model_type="unigram",
        character_coverage=0.9997, byte_fallback=True, split_digits=True,
        normalization_rule_name="identity", remove_extra_whitespaces=True,
        eos_id=0, unk_id=1, bos_id=-1, pad_id=-1, eos_piece="</s>",
        num_threads=2, max_sentencepiece_length=12, train_extremely_large_corpus=False,
        minloglevel=1)
    corpus.unlink()
    return sentencepiece.SentencePieceProcessor(model_file=str(out / "spm.model"))


def flatten(rows: list[list[int]]) -> tuple[np.ndarray, np.ndarray]:
    ends = np.cumsum([0] + [len(row) for row in rows])
    return np.concatenate([np.array(row, np.uint16) for row in rows]), ends.astype(np.int64)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--train", type=Path, required=True, help="folder of zh<TAB>en .tsv.xz files")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--vocab", type=int, default=16000)
    parser.add_argument("--tokeniser", type=Path, help="an spm.model to use instead of training one")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    pairs, origin, names, dropped = read_pairs(options.train)
    print(json.dumps(dropped, indent=1), len(pairs), flush=True)
    if options.tokeniser:
        shutil.copyfile(options.tokeniser, options.out / "spm.model")
        processor = sentencepiece.SentencePieceProcessor(model_file=str(options.out / "spm.model"))
    else:
        processor = train_tokeniser(pairs, options.out, options.vocab)
    zh, zh_ends = flatten(processor.encode([pair[0] for pair in pairs], num_threads=2))
    en, en_ends = flatten(processor.encode([pair[1] for pair in pairs], num_threads=2))
    np.savez(options.out / "ids.npz", zh=zh, zh_ends=zh_ends, en=en, en_ends=en_ends,
             origin=origin, names=np.array(names))
    (options.out / "cleaning.json").write_text(json.dumps(dropped, indent=1) + "\n")
    print(f"tokens a sentence: zh {len(zh) / len(pairs):.1f} en {len(en) / len(pairs):.1f}")


if __name__ == "__main__":
    main()
