"""What the detector learns from: renderings of one source, grouped, with what is known of their tokens and their worth.

    python tools/detector_data.py --data pocket-build --out detector-build/examples.jsonl.xz

- `synthetic`: training pairs with faults that `distortions.py` put in, beside the same without, or alone without;
- `nuance`: faithful and distorted renderings written by hand (corpora/nuance/train.jsonl; kept back: some of tune.jsonl);
- `demetr`: machine translations and their perturbations (DEMETR, odd ids);
- `mqm`: machine translations as professionals judged them, with the places they marked (WMT20, WMT21);
- `mlqe`: English-Chinese machine translations with human scores.

The part of each that `parts.py` keeps back is returned apart.
"""

from __future__ import annotations

import argparse
import difflib
import json
import lzma
import re
from pathlib import Path

import detector_examples
import numpy as np
from detector_examples import SOME_KIND, UNKNOWN, Group, Rendering, fits
from distortions import CODE, Corpus, Distorter, Example
from parts import kept_back

from verify.bench.agreement import judged
from verify.bench.nuance import CHECK_OF
from verify.translate.pieces import fold_simplified, pieces

REPO = Path(__file__).resolve().parents[1]
SYNTHETIC = {"nyt_study_notes": 0.17, "news_commentary_sample": 0.17, "un_samples": 0.08, "ai_challenger_valid": 0.08, "tatoeba_cmn": 0.06,
             "interviews_llm": 0.32, "tw_law": 0.06, "china_headlines_llm": 0.02, "news_rss_mt": 0.02, "python_docs": 0.01, "tf_docs": 0.01}
LONGEST = 150  # tokens of both sides of a synthetic example
KEPT_ITEMS = 250  # of tune.jsonl, which is never learned from: enough to watch training by
MARKED = {"minor": 0.4, "major": 1.0, "critical": 1.0}  # how much of a mark an error of a professional is


class Texts:
    """Ids and character ranges as the shipped detector reads a text."""

    def __init__(self, spm: Path):
        self.pieces = pieces(spm)
        self.id = self.pieces.processor.piece_to_id

    def __call__(self, text: str, language: str) -> tuple[list[int], list[tuple[int, int]]]:
        tokens, spans = self.pieces.encode(fold_simplified(text, language))
        return [self.id(t) for t in tokens], spans

    def rendering(self, zh: str, en: str, worth: float, zh_bad=(), en_bad=(), marked=None, known: bool = True) -> Rendering:
        """`zh_bad`, `en_bad`: (start, end, kind) in characters; `marked`: (start, end, how much), None where nobody
        marked; `known`: whether tokens outside are right."""
        (z, z_at), (e, e_at) = self(zh, "zh-Hant"), self(en, "en")
        label = lambda at, bad, otherwise: [next((k for s, t, k in bad if s < b and a < t), otherwise) for a, b in at]
        base = 0 if known else UNKNOWN
        return Rendering(z, e, label(z_at, zh_bad, base), label(e_at, en_bad, base),
                         [UNKNOWN] * len(e) if marked is None else label(e_at, marked, 0.0), worth)


def nuance(path: Path, texts: Texts) -> list[Group]:
    made = []
    for item in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
        rows = [texts.rendering(item["zh"], en, 1.0) for en in item["good"]]
        for bad in item["bad"]:
            kind = CODE[CHECK_OF.get(bad["category"], bad["category"])]
            place = lambda text, span: [(text.index(span), text.index(span) + len(span), kind)] if span else []  # noqa: B023 - used in this turn only
            rows.append(texts.rendering(item["zh"], bad["en"], 0.0, place(item["zh"], bad["zh_span"]), place(bad["en"], bad["en_span"])))
        made.append(Group("faithful", rows))
    return made


def demetr(path: Path, texts: Texts) -> tuple[list[Group], list[Group]]:
    made: tuple[list, list] = [], []
    for row in lines(path):
        known = row["severity"] != "minor"  # case and commas are no faults of a word
        bad = changed(row["mt_sent"], row["pert_sent"]) if known else []
        # The machine translation may have faults of its own: nothing is known outside what was changed.
        pair = [texts.rendering(row["src_sent"], row["mt_sent"], 1.0, known=False),
                texts.rendering(row["src_sent"], row["pert_sent"], 0.0, en_bad=bad, known=False)]
        made[kept_back("demetr", str(row["id"]))].append(Group("faithful", pair))
    return made


def changed(before: str, after: str) -> list[tuple[int, int, int]]:
    """The words of `after` that `before` does not have there."""
    words = [m.span() for m in re.finditer(r"\S+", after)]
    codes = difflib.SequenceMatcher(None, before.split(), after.split(), autojunk=False).get_opcodes()
    return [(words[j][0], words[k - 1][1], SOME_KIND) for code, _, _, j, k in codes if code in ("replace", "insert") and k > j]


def mqm(folder: Path, texts: Texts) -> tuple[list[Group], list[Group]]:
    """Groups of up to six translations of a segment; worth is minus the log of the penalty, standardised by set."""
    made: tuple[list, list] = [], []
    for name in ("mqm-wmt20-news", "mqm-wmt21-news", "mqm-wmt21-ted"):
        rows = judged(folder / f"{name}.jsonl.xz")
        worth = -np.log1p([max(0.0, -row["mqm"]) for row in rows])
        worth = (worth - worth.mean()) / worth.std()
        groups: dict[str, list] = {}
        for row, value in zip(rows, worth):
            groups.setdefault(row["seg"], []).append((row, float(value)))
        for place, group in enumerate(groups.values()):
            np.random.default_rng(place).shuffle(group)
            back = kept_back("mqm", f"{name}:{group[0][0]['doc']}")
            for start in range(0, len(group), 6):
                some = []
                for row, value in group[start : start + 6]:
                    marked = [(e["start"], e["end"], MARKED[e["severity"]]) for e in row["errors"] if e["severity"] in MARKED] if "errors" in row else None
                    # Where professionals marked nothing, no word is a fault.
                    some.append(texts.rendering(row["zh"], row["en"], value, marked=marked, known="errors" in row and not row["errors"]))
                made[back].append(Group("judged", some))
    return made


def mlqe(path: Path, texts: Texts) -> tuple[list[Group], list[Group]]:
    made: tuple[list, list] = [], []
    for row in lines(path):
        if row["split"] != "test":
            one = texts.rendering(row["zh"], row["en"], max(-3.0, min(2.0, row["z_mean"])), known=False)
            made[kept_back("mlqe", row["en"])].append(Group("estimated", [one]))
    return made


def lines(path: Path) -> list[dict]:
    with lzma.open(path, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


class Synthetic:
    """Distorted training pairs; the same numbers give the same groups. 1,500 news pairs are never drawn."""

    def __init__(self, folder: Path):
        self.corpus = Corpus(folder)
        size = [np.diff(self.corpus.ends[side]) for side in ("zh", "en")]
        fits = (sum(size) <= LONGEST - 3) & (size[0] >= 4) & (size[1] >= 4)
        near = np.isin(self.corpus.origin, [self.corpus.names.index(n) for n in ("nyt_study_notes", "news_commentary_sample")])
        self.held_out = np.random.default_rng(5).choice(np.flatnonzero(fits & near), 1500, replace=False)
        fits[self.held_out] = False
        self.rows = {n: np.flatnonzero(fits & (self.corpus.origin == i)) for i, n in enumerate(self.corpus.names)}
        self.make = Distorter(self.corpus, Path(__file__).with_name("confusions.toml"), 0)

    def groups(self, seed: int, count: int, rows=None) -> list[Group]:
        rng = np.random.default_rng([4, seed])
        if rows is None:
            rows = np.concatenate([rng.choice(self.rows[n], max(1, int(count * share))) for n, share in SYNTHETIC.items()])
        self.make.rng = np.random.default_rng([9, seed])
        made = []
        for row in rows:
            pair = self.corpus.pair(int(row))
            one = self.make(*pair)
            rows = [self._rendering(one, 0.0 if any(one.zh_bad) or any(one.en_bad) else 1.0)]
            if not rows[0].worth:
                rows.append(self._rendering(Example(*pair), 1.0))
            made.append(Group("faithful", rows))
        return made

    @staticmethod
    def _rendering(one: Example, worth: float) -> Rendering:
        return Rendering(one.zh, one.en, one.zh_bad, one.en_bad, [UNKNOWN] * len(one.en), worth, one.link)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder of pocket_data.py and make_lexicon.py")
    parser.add_argument("--eval", type=Path, default=REPO.parent / "shared" / "eval", help="folder of the judgements")
    parser.add_argument("--nuance", type=Path, default=REPO / "corpora" / "nuance", help="folder of train.jsonl and tune.jsonl")
    parser.add_argument("--synthetic", type=int, default=100_000, help="distorted training pairs")
    parser.add_argument("--out", type=Path, required=True, help="such as detector-build/examples.jsonl.xz")
    options = parser.parse_args()
    texts, synthetic = Texts(options.data / "spm.model"), Synthetic(options.data)
    sources = {"nuance": (nuance(options.nuance / "train.jsonl", texts), nuance(options.nuance / "tune.jsonl", texts)[:KEPT_ITEMS]), "demetr": demetr(options.eval / "demetr-zh-odd.jsonl.xz", texts),
               "mqm": mqm(options.eval, texts), "mlqe": mlqe(options.eval / "mlqe-en-zh.jsonl.xz", texts),
               "synthetic": (synthetic.groups(0, options.synthetic), synthetic.groups(10**6, 0, synthetic.held_out[:500]))}
    sources = {name: tuple(fits(part) for part in parts) for name, parts in sources.items()}
    print({name: [sum(len(g.renderings) for g in part) for part in parts] for name, parts in sources.items()})
    options.out.parent.mkdir(parents=True, exist_ok=True)
    detector_examples.save(options.out, sources)


if __name__ == "__main__":
    main()
