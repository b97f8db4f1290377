"""Fit what the evidence on each word costs a rendering: `verify/nuance/ranking.npz`.

    python tools/fit_ranking.py     # then tools/fit_quality.py, whose items it must not have seen

On those items of corpora/nuance that neither the detector nor fit_quality.py sees (parts.py): every distortion beside each faithful rendering of its
item, and now and then the rendering of another, the loss being that of their order alone (RankNet, Burges et al. 2005). The rendering that it was made from counts twice. Beside that one
alone a network learns that what is free is wrong: it then puts a literal distortion before a free rendering in four cases of five.
dev.jsonl tells how good it is.
Needs torch, at fitting time only; twenty minutes for what the models say, ten for the fit.
"""

from __future__ import annotations

import argparse
from functools import partial
from itertools import accumulate
from pathlib import Path

import numpy as np
import torch
from looking import in_shares, looks
from parts import items_for_doubts, renderings
from torch import nn
from torch.nn import functional as F

from verify.bench.nuance import load, nearest
from verify.nuance.ranking import SIDES, WHOLE, inputs, shipped, whole
from verify.nuance.word_evidence import NAMES, WordRows

REPO = Path(__file__).resolve().parents[1]
NUANCE = REPO / "corpora" / "nuance"
HIDDEN = 64
BATCH, EPOCHS, RATE, DECAY, DROPOUT = 128, 6, 2e-3, 0.02, 0.2
Sides = tuple[WordRows, WordRows]


def evidence(texts: list[tuple[str, str]], folder: Path) -> list[Sides | None]:
    return [look and look.rows for look in looks(texts, folder)]


def out_of_step(items: list[dict]) -> list[tuple[int, str]]:
    """Every eighth item by its number, and the rendering of another: without some of these, what has nothing to do with the source costs little."""
    return [(n, items[(n + 1) % len(items)]["good"][0]) for n in range(0, len(items), 8)]


def pairs(items: list[dict], folder: Path) -> tuple[list[Sides], np.ndarray]:
    """The rows of all renderings, and [N, 3] numbers: the faithful one, the distortion, and 1 where that was made from it, -1 where it is of another item."""
    strange = out_of_step(items)
    texts = renderings(items) + [(items[n]["zh"], en, None) for n, en in strange]
    made = list(in_shares(partial(evidence, folder=folder), [text[:2] for text in texts]))
    starts = list(accumulate((len(item["good"]) + len(item["bad"]) for item in items), initial=0))
    found = []
    for item, start in zip(items, starts):
        good = len(item["good"])
        for n, one in enumerate(item["bad"]):
            own = nearest(item["good"], one["en"])
            found += [(start + k, start + good + n, k == own) for k in range(good)]
    found += [(starts[n] + k, starts[-1] + m, -1) for m, (n, _) in enumerate(strange) for k in range(len(items[n]["good"]))]
    return made, np.array([(a, b, own) for a, b, own in found if made[a] and made[b]], int)


class Costs(nn.Module):
    """As `verify.nuance.ranking.Ranking`; see there."""

    def __init__(self, width: int):
        super().__init__()
        self.layers = nn.ModuleList([nn.Linear(width, HIDDEN), nn.Linear(HIDDEN, HIDDEN), nn.Linear(HIDDEN, 1)])
        self.layers[-1].bias.data.fill_(-3.0)  # most words cost nothing
        self.whole = nn.Linear(len(WHOLE), 1, bias=False)

    def forward(self, words: torch.Tensor, known: torch.Tensor, pair: torch.Tensor) -> torch.Tensor:
        for layer in self.layers[:-1]:
            words = F.dropout(F.silu(layer(words)), DROPOUT, self.training)
        return self.whole(pair)[:, 0] - (F.softplus(self.layers[-1](words)[..., 0]) * known).sum(1)


class Renderings:
    """Rows of renderings as padded tensors."""

    def __init__(self, made: list[Sides | None], scale: dict[str, np.ndarray]):
        self.words = [sides and np.vstack([inputs(one, scale["mean"], scale["deviation"]) for one in sides]).astype(np.float32) for sides in made]
        self.pairs = np.array([whole(sides or (), scale["whole_mean"], scale["whole_deviation"]) for sides in made], np.float32)

    def batch(self, some: np.ndarray) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        longest, width = max(len(self.words[i]) for i in some), self.words[some[0]].shape[1]
        words, known = np.zeros((len(some), longest, width), np.float32), np.zeros((len(some), longest), np.float32)
        for row, i in enumerate(some):
            words[row, : len(self.words[i])], known[row, : len(self.words[i])] = self.words[i], 1
        return torch.from_numpy(words), torch.from_numpy(known), torch.from_numpy(self.pairs[some])


def scale_of(made: list[Sides | None]) -> dict[str, np.ndarray]:
    """Means and deviations of both sides' columns, and of what is said of the whole pair."""
    sides = [np.vstack([one.rows for sides in made if sides for one in sides if one.base == base]) for base in SIDES]
    first = np.array([sides[0].rows[0][[NAMES.index(name) for name in WHOLE]] for sides in made if sides and len(sides[0].rows)])
    return {"mean": np.array([np.nanmean(rows, 0) for rows in sides]), "deviation": np.array([np.nanstd(rows, 0) for rows in sides]) + 1e-3,
            "whole_mean": np.nanmean(first, 0), "whole_deviation": np.nanstd(first, 0) + 1e-3}


def fit(data: Renderings, ordered: np.ndarray) -> Costs:
    torch.manual_seed(1)
    shuffle = np.random.default_rng(1)
    model = Costs(next(one.shape[1] for one in data.words if one is not None))
    optimiser = torch.optim.AdamW(model.parameters(), RATE, weight_decay=DECAY)
    rounds = -(-len(ordered) // BATCH)
    pace = torch.optim.lr_scheduler.OneCycleLR(optimiser, RATE, total_steps=EPOCHS * rounds)
    for epoch in range(EPOCHS):
        total, order = 0.0, shuffle.permutation(len(ordered))
        for some in (ordered[order[start : start + BATCH]] for start in range(0, len(ordered), BATCH)):
            loss = F.softplus(model(*data.batch(some[:, 1])) - model(*data.batch(some[:, 0]))).mean()
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            pace.step()
            total += loss.item() * len(some)
        print(f"epoch {epoch + 1} of {EPOCHS}: loss {total / len(ordered):.4f}", flush=True)
    return model.eval()


def preference(model: Costs, data: Renderings, ordered: np.ndarray) -> float:
    with torch.no_grad():
        gaps = [model(*data.batch(some[:, 0])) - model(*data.batch(some[:, 1])) for some in np.array_split(ordered, -(-len(ordered) // BATCH))]
    return float((torch.cat(gaps) > 0).float().mean())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--work", type=Path, default=REPO / "quality-build", help="folder of what the engine said")
    parser.add_argument("--out", type=Path, default=REPO / "verify" / "nuance" / "ranking.npz")
    options = parser.parse_args()
    made, ordered = pairs(items_for_doubts(NUANCE), options.work)
    held, held_ordered = pairs(load(NUANCE / "dev.jsonl"), options.work)
    scale = scale_of(made)
    model = fit(Renderings(made, scale), np.concatenate([ordered, ordered[ordered[:, 2] == 1]]))
    before = shipped() and np.array([np.nan if sides is None else shipped()(sides) for sides in held])  # a fit that is no better need not replace it
    for own, which in ((1, "from which the distortion was made"), (0, "in other words"), (-1, "beside another item's")):
        some = held_ordered[held_ordered[:, 2] == own]
        print(f"the faithful rendering {which} ranks higher in {preference(model, Renderings(held, scale), some):.3f} of {len(some)} pairs of dev.jsonl"
              + (f", by the ranking that ships {np.mean(before[some[:, 0]] > before[some[:, 1]]):.3f}" if before is not None else ""))
    layers = {f"{kind}_{n}": getattr(layer, kind).detach().numpy() for n, layer in enumerate(model.layers) for kind in ("weight", "bias")}
    arrays = {**scale, **layers, "whole": model.whole.weight.detach().numpy()[0]}
    np.savez_compressed(options.out, **{name: array.astype(np.float32) for name, array in arrays.items()})
    print(f"{options.out.name}: {options.out.stat().st_size / 1e3:.0f} kB")


if __name__ == "__main__":
    main()
