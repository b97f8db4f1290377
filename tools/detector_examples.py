"""Renderings that the detector learns from, as tokens and labels: in groups, in files, in batches.

`detector_data.py` makes them from texts; training needs nothing but these.
"""

from __future__ import annotations

import json
import lzma
import math
from dataclasses import asdict, dataclass, field
from pathlib import Path

import numpy as np
import torch
from distortions import KINDS

LONGEST = 220  # tokens of both sides together; of the synthetic ones 150
UNKNOWN = -1  # label of a token of which nothing is asked
SOME_KIND = 99  # a fault of a kind that nobody has named
TOKEN = ("fault", *KINDS, "marked")  # outputs a token: log-odds of a fault; its kinds; log-odds that a professional marks it
PAIR = ("faithful", "judged", "estimated")  # outputs a pair: see tools/train_detector.py


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


def save(path: Path, sources: dict[str, tuple[list[Group], list[Group]]]) -> None:
    """One group a line, xz: its source, whether it is kept back from training, its renderings."""
    with lzma.open(path, "wt", preset=2) as file:
        for name, parts in sources.items():
            for back, groups in enumerate(parts):
                for group in groups:
                    file.write(json.dumps([name, back, group.task, [list(asdict(r).values()) for r in group.renderings]], separators=(",", ":")) + "\n")


def load(path: Path) -> dict[str, tuple[list[Group], list[Group]]]:
    """What `save` wrote: for each source of examples the groups to train on and those kept back."""
    made: dict[str, tuple[list, list]] = {}
    with lzma.open(path, "rt") as file:
        for line in file:
            name, back, task, rows = json.loads(line)
            made.setdefault(name, ([], []))[back].append(Group(task, [Rendering(*row) for row in rows]))
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
