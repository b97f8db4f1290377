"""Train the detector: which words of a translation the other side does not bear out, and how good the whole is.

    python tools/train_detector.py --data pocket-build --start verify/evidence/detector --out detector-build --minutes 60

A small encoder reads a Chinese and an English text as one sequence. Of every token it says whether it is part of a
fault and of which kind (as an objective, replaced-token detection across languages: Clark et al. 2020), and whether a
professional would mark it; of the pair, how it ranks among renderings of the same source (`faithful`: right before
distorted), how professionals would judge it (`judged`), and how translators would score a translation into Chinese
(`estimated`). What it learns from is in `detector_data.py`; `--shares` mixes it. From nothing: start from the pocket
model with `--shares synthetic=1`, which also guides one attention head by word links, so that the two texts meet
early; then from that result with the default mixture. Resumable at any minute.
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path

import detector_data
import numpy as np
import optimiser
import shipped_weights
import torch
from detector_data import SOME_KIND, Synthetic, Texts, batches, fits, tensors
from detector_model import PAIR, TOKEN, Detector
from pocket_model import fast_half
from torch import nn
from torch.nn import functional as F

from verify.bench.judgements import auc

REPO = Path(__file__).resolve().parents[1]
SHARES = {"mqm": 0.40, "nuance": 0.31, "synthetic": 0.14, "mlqe": 0.10, "demetr": 0.05}  # of the renderings
FAULT, MARKED = 0, len(TOKEN) - 1
CPU = torch.device("cpu")


def loss_of(model, batch: dict, guide: float):
    """The loss, and the outputs on tokens [B,T,·] and pairs [B,·]."""
    with torch.autocast("cpu", torch.bfloat16, enabled=fast_half(CPU)):
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
            batch = tensors(some, prefix, pad)
            _, tokens, pair = loss_of(model, batch, 0.0)
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

    def __init__(self, sources: dict, shares: dict[str, float], synthetic: Synthetic | None):
        self.sources, self.shares, self.synthetic = sources, shares, synthetic
        self.at = dict.fromkeys(sources, 0)
        self.order = {name: [] for name in sources}

    def pool(self, number: int, count: int) -> list:
        made = []
        for name, share in self.shares.items():
            want = int(count * share)
            if name == "synthetic":
                made += self.synthetic.groups(number, want) if want else []
            else:
                made += self._some(name, want, np.random.default_rng([number, 7]))
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
                group = detector_data.Group("faithful", [some[i] for some, most in zip(sort, (2, 4)) for i in rng.permutation(len(some))[:most]])
            made.append(group)
            got += len(group.renderings)
        return made


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder of pocket_data.py and make_lexicon.py")
    parser.add_argument("--eval", type=Path, default=REPO.parent / "shared" / "eval", help="folder of the judgements")
    parser.add_argument("--nuance", type=Path, default=REPO / "corpora" / "nuance" / "train.jsonl")
    parser.add_argument("--start", type=Path, required=True, help="folder of shipped weights, or a final.pt")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--minutes", type=float, required=True, help="training time in all, over every resume")
    parser.add_argument("--shares", help="mixture, such as synthetic=1 or mqm=0.5,nuance=0.5")
    parser.add_argument("--rate", type=float, default=6e-4)
    parser.add_argument("--tokens", type=int, default=3000, help="padded tokens a batch")
    parser.add_argument("--pool", type=int, default=8000, help="renderings drawn at a time")
    parser.add_argument("--dropout", type=float, default=0.1)
    parser.add_argument("--trial", action="store_true", help="stop after 30 steps and one evaluation")
    options = parser.parse_args()
    torch.manual_seed(3)
    shares = {k: float(v) for k, v in (part.split("=") for part in options.shares.split(","))} if options.shares else SHARES
    texts = Texts(options.data / "spm.model")
    read = {"nuance": lambda: detector_data.nuance(options.nuance, texts), "demetr": lambda: detector_data.demetr(options.eval / "demetr-zh-odd.jsonl.xz", texts),
            "mqm": lambda: detector_data.mqm(options.eval, texts), "mlqe": lambda: detector_data.mlqe(options.eval / "mlqe-en-zh.jsonl.xz", texts)}
    sources, kept = {}, {}
    for name in shares:
        if name != "synthetic":
            sources[name], kept[name] = (fits(part) for part in read[name]())
    synthetic = Synthetic(options.data)
    kept["synthetic"] = synthetic.groups(10**6, 0, synthetic.held_out[:500])
    kept["mqm"] = kept.get("mqm", [])[::5]
    kept = {name: groups for name, groups in kept.items() if groups}
    print({name: (len(groups), sum(len(g.renderings) for g in groups)) for name, groups in sources.items()}, flush=True)

    started = shipped_weights.state(options.start) if options.start.is_dir() else torch.load(options.start, map_location="cpu", weights_only=True)["model"]
    vocabulary, width = started["shared.weight"].shape
    pad = synthetic.corpus.size + 2
    prefix = {"faithful": synthetic.corpus.size + 1, "judged": synthetic.corpus.size + 1, "estimated": synthetic.corpus.size}  # >>en<<, >>en<<, >>zh<<
    layers = 1 + max(int(n.split(".")[2]) for n in started if n.startswith("encoder.layers."))
    shape = dict(vocabulary=vocabulary, width=width, heads=8, inner=started["encoder.layers.0.fc1.weight"].shape[0], layers=layers, pad=pad)
    model = Detector(**shape, dropout=options.dropout).train()
    begin_heads(model, options.start)
    model.load_state_dict({n: v.float() for n, v in started.items() if n.startswith(("shared.", "encoder."))}, strict=False)
    makers = optimiser.makers(model, options.rate, 0.5, ("shared", "head", "pair", "pooled"))
    state = dict(step=0, examples=0, seconds=0.0, pool=0)
    options.out.mkdir(parents=True, exist_ok=True)
    resume = options.out / "resume.pt"
    if resume.exists():
        saved = torch.load(resume, map_location="cpu", weights_only=True)
        model.load_state_dict(saved["model"])
        for maker, part in zip(makers, saved["optimisers"]):
            maker.load_state_dict(part)
        state = saved["state"]

    def save(path: Path, **more) -> None:
        new = path.with_suffix(".new")
        torch.save(dict(model=model.state_dict(), shape=shape, state=state, **more), new)
        new.replace(path)

    settings = dict(tokens=options.tokens)
    mixture = Mixture(sources, shares, synthetic)
    log = (options.out / "train.jsonl").open("a")
    budget, mark, seen = options.minutes * 60, time.time(), []
    last = time.time()
    while state["seconds"] < budget and not (options.trial and state["step"] >= 30):
        for some in batches(mixture.pool(state["pool"], options.pool), options.tokens, state["pool"]):
            spent = state["seconds"] / budget
            if spent >= 1 or (options.trial and state["step"] >= 30):
                break
            for maker, base in zip(makers, (1.0, 0.5)):
                for group in maker.param_groups:
                    group["lr"] = options.rate * base * min(1.0, spent / 0.03, max(0.02, (1 - spent) / 0.7))
            loss, _, _ = loss_of(model, tensors(some, prefix, pad), 0.1 if spent < 0.4 else 0.03)
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            for maker in makers:
                maker.step()
                maker.zero_grad(set_to_none=True)
            seen.append(loss.item())
            now = time.time()
            state["seconds"] += now - mark
            mark = now
            state["step"] += 1
            state["examples"] += sum(len(g.renderings) for g in some)
            if state["step"] % (10 if options.trial else 50) == 0:
                print(f"{state['seconds'] / 60:6.1f} min step {state['step']} loss {np.mean(seen):.4f} renderings/s {state['examples'] / state['seconds']:.0f}", flush=True)
                seen = []
            if now - last > 600:
                figures = evaluate(model, kept, settings, prefix, pad)
                save(resume, optimisers=[m.state_dict() for m in makers])
                log.write(json.dumps(dict(state, **figures)) + "\n")
                log.flush()
                print(f"        {figures}", flush=True)
                last = mark = time.time()
        state["pool"] += 1
    save(resume, optimisers=[m.state_dict() for m in makers])
    figures = evaluate(model, kept, settings, prefix, pad)
    save(options.out / "final.pt", held_out=figures)
    print(f"{figures}; {state['examples']} renderings, {state['seconds'] / 60:.0f} min")


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
