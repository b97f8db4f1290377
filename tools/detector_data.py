"""What the detector learns from: renderings of one source, grouped, with what is known of their tokens and their worth.

- `synthetic`: training pairs with faults that `distortions.py` put in, or none;
- `nuance`: faithful and distorted renderings written by hand (corpora/nuance/train.jsonl);
- `demetr`: machine translations and their perturbations (DEMETR, odd ids);
- `mqm`: machine translations as professionals judged them, with the places they marked (WMT20, WMT21);
- `mlqe`: English-Chinese machine translations with human scores.

The part of each that `parts.py` keeps back is returned apart.
"""

from __future__ import annotations

import difflib
import json
import lzma
import math
import re
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import torch
from distortions import CODE, Corpus, Distorter
from parts import kept_back

from verify.bench.agreement import judged
from verify.bench.nuance import CHECK_OF
from verify.translate.pieces import fold_simplified, pieces

SYNTHETIC = {"nyt_study_notes": 0.17, "news_commentary_sample": 0.17, "un_samples": 0.08, "ai_challenger_valid": 0.08, "tatoeba_cmn": 0.06,
             "interviews_llm": 0.32, "tw_law": 0.06, "china_headlines_llm": 0.02, "news_rss_mt": 0.02, "python_docs": 0.01, "tf_docs": 0.01}
LONGEST = 220  # tokens of both sides together; of the synthetic ones 150
UNKNOWN = -1  # label of a token of which nothing is asked
SOME_KIND = 99  # a fault of a kind that nobody has named
MARKED = {"minor": 0.4, "major": 1.0, "critical": 1.0}  # how much of a mark an error of a professional is


@dataclass
class Rendering:
    """Tokens of both sides and what is known of each: `*_bad` the kind of fault (0: none, UNKNOWN), `marked` how much
    professionals marked each English token (0..1, UNKNOWN); `worth` of the whole, by the group's measure."""

    zh: list[int]
    en: list[int]
    zh_bad: list[int]
    en_bad: list[int]
    marked: list[float]
    worth: float
    link: list[int] = field(default_factory=list)

    @property
    def size(self) -> int:
        return len(self.zh) + len(self.en) + 3


@dataclass
class Group:
    """Renderings of one source. `task` names the output that learns their worth: faithful (1 or 0), judged or
    estimated (a standard score)."""

    task: str
    renderings: list[Rendering]
    size: int = 0

    def __post_init__(self):
        self.size = max(r.size for r in self.renderings)


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


def nuance(path: Path, texts: Texts) -> tuple[list[Group], list[Group]]:
    made: tuple[list, list] = [], []
    for item in map(json.loads, path.open(encoding="utf-8")):
        rows = [texts.rendering(item["zh"], en, 1.0) for en in item["good"]]
        for bad in item["bad"]:
            kind = CODE[CHECK_OF.get(bad["category"], bad["category"])]
            place = lambda text, span: [(text.index(span), text.index(span) + len(span), kind)] if span else []  # noqa: B023 - used in this turn only
            rows.append(texts.rendering(item["zh"], bad["en"], 0.0, place(item["zh"], bad["zh_span"]), place(bad["en"], bad["en_span"])))
        made[kept_back("nuance", item["zh"])].append(Group("faithful", rows))
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

    def __init__(self, folder: Path, longest: int = 150):
        self.corpus = Corpus(folder)
        size = [np.diff(self.corpus.ends[side]) for side in ("zh", "en")]
        fits = (sum(size) <= longest - 3) & (size[0] >= 4) & (size[1] >= 4)
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
            one = self.make(*self.corpus.pair(int(row)))
            worth = 0.0 if any(one.zh_bad) or any(one.en_bad) else 1.0
            made.append(Group("faithful", [Rendering(one.zh, one.en, one.zh_bad, one.en_bad, [UNKNOWN] * len(one.en), worth, one.link)]))
        return made


def batches(groups: list[Group], tokens: int, seed: int) -> list[list[Group]]:
    """Groups of about one length, at most `tokens` padded tokens a batch."""
    rng = np.random.default_rng(seed)
    order = sorted(groups, key=lambda g: g.size + rng.random() * 6)
    made: list[list[Group]] = []
    count = 0
    for group in order:
        if not made or group.size * (count + len(group.renderings)) > tokens:
            made.append([])
            count = 0
        made[-1].append(group)
        count += len(group.renderings)
    rng.shuffle(made)
    return made


def tensors(batch: list[Group], prefix: dict[str, int], pad: int) -> dict[str, torch.Tensor]:
    """ids, sides, bad, links [B,T], marked [B,T]; worth [B], group [B] (its number), task [B] (place in PAIR)."""
    from detector_model import PAIR

    rows = [(number, group.task, one) for number, group in enumerate(batch) for one in group.renderings]
    size = max(one.size for _, _, one in rows)
    ids = np.full((len(rows), size), pad, np.int64)
    sides, bad, links = (np.full_like(ids, -1) for _ in range(3))
    marked = np.full(ids.shape, -1, np.float32)
    for n, (_, task, one) in enumerate(rows):
        z, t = len(one.zh), len(one.en)
        ids[n, : z + t + 3] = [prefix[task], *one.zh, 0, *one.en, 0]
        sides[n, 1 : z + 1], sides[n, z + 2 : z + 2 + t] = 0, 1
        bad[n, 1 : z + 1], bad[n, z + 2 : z + 2 + t] = one.zh_bad, one.en_bad
        marked[n, z + 2 : z + 2 + t] = one.marked
        for j, i in enumerate(one.link):
            if i >= 0:
                links[n, z + 2 + j], links[n, 1 + i] = 1 + i, z + 2 + j
    made = dict(ids=ids, sides=sides, bad=bad, links=links, marked=marked, worth=np.array([one.worth for *_, one in rows], np.float32),
                group=np.array([number for number, *_ in rows]), task=np.array([PAIR.index(task) for _, task, _ in rows]))
    return {name: torch.from_numpy(value) for name, value in made.items()}


def fits(groups: list[Group]) -> list[Group]:
    return [group for group in groups if group.size <= LONGEST and all(r.zh and r.en for r in group.renderings) and not math.isnan(group.renderings[0].worth)]
