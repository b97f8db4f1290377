"""Train the detector: which words of a translation the other side does not bear out, and how good the whole is.

    python tools/detector_data.py --data pocket-build --out detector-build/examples.jsonl.xz
    python tools/train_detector.py --data pocket-build --start verify/translate/pocket --out detector-build --replaced 6.7 --minutes 10.6

A small encoder reads a Chinese and an English text as one sequence. Of every token it says whether it is part of a
fault and of which kind (as an objective, replaced-token detection across languages: Clark et al. 2020), and whether a
professional would mark it; of the pair, how it ranks among renderings of the same source (`faithful`: right before
distorted), how professionals would judge it (`judged`), and how translators would score a translation into Chinese
(`estimated`).

For the first `--replaced` minutes it learns from training pairs that the pocket model changes (`replaced_tokens.py`),
which also guides one attention head by word links, so that the two texts meet early; then from the examples of
`detector_data.py`, mixed by `--shares`. The minutes are a GPU's. Resumable at any minute.
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path

import detector_examples
import numpy as np
import optimiser
import shipped_weights
import torch
from detector_examples import PAIR, SOME_KIND, TOKEN, Group, batches, tensors
from detector_model import Detector
from pocket_model import Marian, fast_half
from replaced_tokens import Corruptor
from torch import nn
from torch.nn import functional as F
from train_pocket import TO_EN, TO_ZH, Pairs

from verify.bench.judgements import auc

SHARES = {"mqm": 0.30, "nuance": 0.37, "synthetic": 0.20, "mlqe": 0.08, "demetr": 0.05}  # of the renderings
FAULT, MARKED = 0, len(TOKEN) - 1


def loss_of(model, batch: dict, guide: float):
    """The loss, and the outputs on tokens [B,T,·] and pairs [B,·]."""
    device = batch["ids"].device
    with torch.autocast(device.type, torch.bfloat16, enabled=fast_half(device)):
        tokens, pair, attention = model(batch["ids"], batch["sides"])
    tokens, pair = tokens.float(), pair.float()
    loss = token_loss(tokens, batch) + pair_loss(pair, batch)
    linked = batch["links"] >= 0
    if guide and linked.any():
        found = attention.float().gather(2, batch["links"].clamp(min=0)[..., None])[..., 0][linked]
        loss = loss - guide * (found + 1e-4).log().mean()
    return loss, tokens.detach(), pair.detach()


def token_loss(tokens, batch):
    loss = tokens.new_zeros(())
    asked = batch["bad"] >= 0
    if asked.any():
        logits, kinds = tokens[asked], batch["bad"][asked]
        loss = loss + 3 * F.binary_cross_entropy_with_logits(logits[:, FAULT], (kinds > 0).float())
        named = (kinds > 0) & (kinds != SOME_KIND)
        if named.any():
            loss = loss + 0.75 * F.cross_entropy(logits[named][:, 1:MARKED], kinds[named], reduction="sum") / asked.sum()
    judged = batch["marked"] >= 0
    if judged.any():
        loss = loss + F.binary_cross_entropy_with_logits(tokens[..., MARKED][judged], batch["marked"][judged])
    return loss


def pair_loss(pair, batch):
    """Order within a group (logistic, weighed by the step), and the value itself."""
    own = pair.gather(1, batch["task"][:, None])[:, 0]
    worth, faithful = batch["worth"], batch["task"] == PAIR.index("faithful")
    loss = own.new_zeros(())
    if faithful.any():
        loss = loss + 0.4 * F.binary_cross_entropy_with_logits(own[faithful], worth[faithful])
    if (~faithful).any():
        loss = loss + 0.5 * F.smooth_l1_loss(own[~faithful], worth[~faithful])
    step = worth[:, None] - worth[None]
    step = step * ((batch["group"][:, None] == batch["group"][None]) & (step > 0))
    if step.any():
        step = step.clamp(max=2)
        loss = loss + 1.2 * (step * F.softplus(own[None] - own[:, None])).sum() / step.sum()
    return loss


@torch.no_grad()
def evaluate(model, kept: dict, settings: dict, prefix: dict, pad: int) -> dict[str, float]:
    """Figures on what is never trained on. Of nuance and synthetic: area under the curve of tokens, how often the most
    doubtful token of a distorted rendering lies in the fault (`top`), preference; of mqm: area under the curve of marked
    tokens, Pearson, ranked pairs of a segment; of mlqe: Pearson."""
    model.eval()
    made = {}
    for name, groups in kept.items():
        odds, bad, marks, marked, worth, value, ranked, top = [], [], [], [], [], [], [], []
        for some in batches(groups, settings["tokens"], 0):
            batch = {name: value.to(model.positions.device) for name, value in tensors(some, prefix, pad).items()}
            _, tokens, pair = loss_of(model, batch, 0.0)
            batch, tokens, pair = {name: value.cpu() for name, value in batch.items()}, tokens.cpu(), pair.cpu()
            own = pair.gather(1, batch["task"][:, None])[:, 0]
            asked, judged = batch["bad"] >= 0, batch["marked"] >= 0
            odds.append(tokens[..., FAULT][asked])
            bad.append(batch["bad"][asked] > 0)
            marks.append(tokens[..., MARKED][judged])
            marked.append(batch["marked"][judged] > 0.5)
            worth.append(batch["worth"])
            value.append(own)
            better = (batch["group"][:, None] == batch["group"][None]) & (batch["worth"][:, None] > batch["worth"][None])
            ranked.append(((own[:, None] > own[None]).float() + 0.5 * (own[:, None] == own[None]).float())[better])
            faulty = (batch["bad"] > 0).any(1)
            if faulty.any():
                best = tokens[..., FAULT].masked_fill(batch["sides"] < 0, -1e4)[faulty].argmax(1, keepdim=True)
                top.append((batch["bad"][faulty].gather(1, best) > 0)[:, 0].float())
        odds, bad, marks, marked, worth, value, ranked = map(torch.cat, (odds, bad, marks, marked, worth, value, ranked))
        if bad.any():
            made[f"{name} tokens"] = auc(odds.numpy(), bad.numpy())
        if marked.any():
            made[f"{name} marked"] = auc(marks.numpy(), marked.numpy())
        if top:
            made[f"{name} top"] = float(torch.cat(top).mean())
        if len(ranked):
            made[f"{name} ranked"] = float(ranked.mean())
        if worth.std() > 0 and name in ("mqm", "mlqe"):
            made[f"{name} Pearson"] = float(np.corrcoef(worth.numpy(), value.numpy())[0, 1])
    model.train()
    return {name: round(number, 4) for name, number in made.items()}


class Mixture:
    """A pool of groups at a time, so many renderings of each source of examples."""

    def __init__(self, sources: dict[str, list[Group]], shares: dict[str, float]):
        self.sources, self.shares = sources, shares
        self.at = dict.fromkeys(sources, 0)
        self.order = {name: [] for name in sources}

    def pool(self, number: int, count: int) -> list:
        made = []
        for name, share in self.shares.items():
            made += self._some(name, int(count * share), np.random.default_rng([number, 7]))
        return made

    def _some(self, name: str, want: int, rng) -> list:
        """Whole groups in a shuffled order, all once before any comes again."""
        made, got = [], 0
        while got < want:
            if not self.order[name]:
                self.order[name] = list(rng.permutation(len(self.sources[name])))
            group = self.sources[name][self.order[name].pop()]
            if group.task == "faithful" and len(group.renderings) > 6:
                # Two right ones and four wrong ones at a time.
                sort = [[r for r in group.renderings if r.worth == w] for w in (1.0, 0.0)]
                group = Group("faithful", [some[i] for some, most in zip(sort, (2, 4)) for i in rng.permutation(len(some))[:most]])
            made.append(group)
            got += len(group.renderings)
        return made


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder of pocket_data.py and make_lexicon.py")
    parser.add_argument("--examples", type=Path, help="file of detector_data.py (by default examples.jsonl.xz in --out)")
    parser.add_argument("--start", type=Path, required=True, help="folder of shipped weights, or a final.pt of either trainer")
    parser.add_argument("--generator", type=Path, help="final.pt of the pocket model that guesses words (by default --start)")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--minutes", type=float, required=True, help="training time in all, over every resume")
    parser.add_argument("--replaced", type=float, default=0.0, help="how many of the minutes go to words that the pocket model replaces")
    parser.add_argument("--shares", help="mixture, such as synthetic=1 or mqm=0.5,nuance=0.5")
    parser.add_argument("--layers", type=int, default=99, help="take so many layers, from the lowest, of what it starts from")
    parser.add_argument("--rate", type=float, default=1.2e-3)
    parser.add_argument("--adam", action="store_true", help="no Muon, whose steps take a processor as long as the rest")
    parser.add_argument("--tokens", type=int, default=16_000, help="padded tokens a batch")
    parser.add_argument("--pool", type=int, default=8000, help="renderings drawn at a time")
    parser.add_argument("--dropout", type=float, default=0.1)
    parser.add_argument("--hidden", type=float, default=0.05, help="share of words of which only the place is seen")
    parser.add_argument("--every", type=float, default=15, help="seconds between evaluations")
    options = parser.parse_args()
    torch.manual_seed(3)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    shares = {k: float(v) for k, v in (part.split("=") for part in options.shares.split(","))} if options.shares else SHARES
    examples = detector_examples.load(options.examples or options.out / "examples.jsonl.xz")
    kept = {name: back for name, (_, back) in examples.items() if back}
    kept["mqm"] = kept["mqm"][::3]
    print({name: (len(groups), sum(len(g.renderings) for g in groups)) for name, (groups, _) in examples.items()}, flush=True)

    pairs = Pairs(options.data, device)
    started = shipped_weights.read(options.start)
    form = shipped_weights.shape(started)
    prefix = {"faithful": pairs.prefix[TO_EN], "judged": pairs.prefix[TO_EN], "estimated": pairs.prefix[TO_ZH]}
    shape = dict(vocabulary=len(started["shared.weight"]), width=form["width"], heads=form["heads"], inner=form["inner"],
                 layers=min(options.layers, form["encoder_layers"]), pad=pairs.pad)
    model = Detector(**shape, dropout=options.dropout, hidden=options.hidden)
    begin_heads(model, options.start)
    mine = model.state_dict()
    model.load_state_dict({n: v for n, v in started.items() if n in mine and v.shape == mine[n].shape}, strict=False)
    model.to(device).train()
    corruptor = Corruptor(pairs, generator(options.generator or options.start, pairs).to(device)) if options.replaced else None
    if device.type == "cuda":
        stacks = [model.encoder, *((corruptor.model.encoder, corruptor.model.decoder) if corruptor else ())]
        for layer in (layer for stack in stacks for layer in stack.layers):
            layer.compile(dynamic=True)
    apart = ("",) if options.adam else ("shared", "head", "pair", "pooled")  # every name begins with nothing
    both = optimiser.Both(model, options.rate, 0.5, apart)
    state = dict(step=0, examples=0, seconds=0.0, pool=0)
    options.out.mkdir(parents=True, exist_ok=True)
    resume = options.out / "resume.pt"
    if resume.exists():
        saved = torch.load(resume, map_location=device, weights_only=True)
        model.load_state_dict(saved["model"])
        both.load_state_dict(saved["optimisers"])
        state = saved["state"]

    def save(path: Path, **more) -> None:
        new = path.with_suffix(".new")
        torch.save(dict(model=model.state_dict(), shape=shape, state=state, **more), new)
        new.replace(path)

    settings = dict(tokens=options.tokens)
    mixture = Mixture({name: groups for name, (groups, _) in examples.items()}, shares)

    def drawn():
        """Batches of the phase that the clock is in: (examples as tensors on the device, how many)."""
        if state["seconds"] < options.replaced * 60:
            rng = np.random.default_rng([5, state["pool"]])
            for batch in pairs.batches(pairs.draw(rng, 100_000, 100), options.tokens, rng):
                yield corruptor(batch), len(batch.rows)
                if state["seconds"] >= options.replaced * 60:
                    return
        else:
            for some in batches(mixture.pool(state["pool"], options.pool), options.tokens, state["pool"]):
                yield {name: value.to(device) for name, value in tensors(some, prefix, pairs.pad).items()}, sum(len(g.renderings) for g in some)

    log = (options.out / "train.jsonl").open("a")
    budget, mark = options.minutes * 60, time.time()
    seen, last = torch.zeros(2, device=device), time.time()
    while state["seconds"] < budget:
        for batch, count in drawn():
            spent = state["seconds"] / budget
            if spent >= 1:
                break
            loss, _, _ = loss_of(model, batch, 0.1 if state["seconds"] < options.replaced * 60 else 0.03)
            both.step(loss, min(1.0, (state["step"] + 1) / 150, max(0.01, (1 - spent) / 0.7)))
            seen += torch.stack([loss.detach(), torch.ones_like(loss)])
            state["step"] += 1
            state["examples"] += count
            if state["step"] % 100 == 0:
                print(f"{state['seconds'] / 60:6.1f} min step {state['step']} loss {float(seen[0] / seen[1]):.4f} renderings/s {state['examples'] / max(1.0, state['seconds']):.0f}", flush=True)
                seen.zero_()
            now = time.time()
            state["seconds"] += now - mark
            mark = now
            if now - last > options.every:
                figures = evaluate(model, kept, settings, prefix, pairs.pad)
                save(resume, optimisers=both.state_dict())
                log.write(json.dumps(dict(state, **figures)) + "\n")
                log.flush()
                print(f"        {figures}", flush=True)
                last = mark = time.time()
        state["pool"] += 1
    figures = evaluate(model, kept, settings, prefix, pairs.pad)
    save(options.out / "final.pt", held_out=figures)
    print(f"{figures}; {state['examples']} renderings, {state['seconds'] / 60:.1f} min")


def generator(path: Path, pairs: Pairs) -> Marian:
    """The pocket model that guesses words, its shape read off its weights."""
    weights = shipped_weights.read(path)
    model = Marian(pairs.size, **shipped_weights.shape(weights), dropout=0.0, pad=pairs.pad)
    model.load_state_dict(weights, strict=False)
    return model.requires_grad_(False)


@torch.no_grad()
def begin_heads(model: Detector, start: Path) -> None:
    """The shipped heads where there are some, small numbers elsewhere."""
    nn.init.zeros_(model.head.bias)
    nn.init.normal_(model.head.weight, std=0.02)
    if (start / "head.npz").exists():
        with np.load(start / "head.npz") as shipped:
            if tuple(shipped["token_names"]) == TOKEN and tuple(shipped["pair_names"]) == PAIR:
                for name, layer in (("token", model.head), ("pooled", model.pooled), ("pair", model.pair)):
                    for part in ("weight", "bias"):
                        getattr(layer, part).copy_(torch.from_numpy(shipped[f"{name}_{part}"]))


if __name__ == "__main__":
    main()
