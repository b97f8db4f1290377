"""Train the pocket model, both directions in one network, on a CPU or a GPU, resumable at any minute.

    python tools/pocket_data.py --train ../shared/train --out pocket-build
    python tools/make_lexicon.py --data pocket-build --out pocket-build
    python tools/train_pocket.py --data pocket-build --out pocket-build --preset cpu --minutes 100
    python tools/export_pocket.py --data pocket-build --out verify/translate/pocket

The same command continues an interrupted run. The budget is in minutes of training: the learning rate
and the sentence lengths follow the share of it that is spent. `--start verify/translate/pocket` goes on from the
weights that ship (`pocket_data.py --tokeniser verify/translate/pocket/spm.model`), with all lengths and, if you
say so, a lower peak rate: `--set rate=1.2e-3`.
"""

from __future__ import annotations

import argparse
import json
import math
import time
from pathlib import Path
from typing import NamedTuple

import numpy as np
import optimiser
import shipped_weights
import torch
from pocket_model import ChunkedCrossEntropy, Marian, fast_half

# How often a pair of each source is drawn, relative to its size; then for each direction.
# News and columns are nearest to what users check, but a pair seen a hundred times teaches no more; manuals are kept
# for their digits and brackets.
WEIGHTS = {
    "ai_challenger_valid": (1.5, 1.5), "china_headlines_llm": (2.0, 1.0), "interviews_llm": (0.8, 1.0),
    "news_commentary_sample": (3.0, 3.0), "news_rss_mt": (1.0, 3.0), "nyt_study_notes": (3.0, 3.0),
    "python_docs": (0.25, 0.25), "tatoeba_cmn": (1.0, 1.0), "tf_docs": (0.25, 0.25), "tw_law": (0.35, 0.35),
    "un_samples": (2.0, 2.0),
}  # (en→zh, zh→en)

PRESETS = {
    "cpu": dict(width=256, heads=8, inner=1024, encoder_layers=5, decoder_layers=2, dropout=0.0,
                tokens=4500, chunk=512, rate=2.5e-3, pool=30_000, every=240.0),
    "gpu": dict(width=512, heads=8, inner=2048, encoder_layers=6, decoder_layers=3, dropout=0.1,
                tokens=40_000, chunk=16384, rate=2e-3, pool=400_000, every=25.0),
}
TO_ZH, TO_EN = 0, 1
SMOOTHING = 0.1
CPU = torch.device("cpu")
LONGEST = 150  # tokens of a side


class Batch(NamedTuple):
    rows: torch.Tensor  # on the device
    direction: int
    longest: dict[str, int]  # tokens of each side


class Pairs:
    """Token ids of all pairs on the device; batches are put together there, with the language tokens and padding."""

    def __init__(self, folder: Path, device: torch.device = CPU):
        data = np.load(folder / "ids.npz")
        self.device = device
        flat = lambda values: torch.from_numpy(values.astype(np.int32)).to(device)
        self.ids = {side: flat(data[side]) for side in ("zh", "en")}
        ends = {side: data[f"{side}_ends"] for side in ("zh", "en")}
        self.starts = {side: torch.from_numpy(ends[side][:-1]).to(device) for side in ends}
        self.length = {side: np.diff(ends[side]) for side in ends}
        self.sizes = {side: torch.from_numpy(self.length[side]).to(device) for side in ends}
        self.origin, self.names = data["origin"], [str(name) for name in data["names"]]
        self.links = flat(np.load(folder / "links.npz")["en_to_zh"])
        import sentencepiece

        pieces = sentencepiece.SentencePieceProcessor(model_file=str(folder / "spm.model")).get_piece_size()
        self.pieces, self.eos = pieces, 0
        self.prefix = {TO_ZH: pieces, TO_EN: pieces + 1}
        self.pad = pieces + 2
        self.size = math.ceil((pieces + 3) / 8) * 8
        held = np.random.default_rng(7)
        near = np.isin(self.origin, [self.names.index(n) for n in
                                     ("interviews_llm", "news_commentary_sample", "nyt_study_notes", "tatoeba_cmn")])
        fits = (self.length["zh"] <= LONGEST) & (self.length["en"] <= LONGEST)
        self.held_out = held.choice(np.flatnonzero(near & fits), 600, replace=False)
        keep = fits.copy()
        keep[self.held_out] = False
        self.usable = np.flatnonzero(keep)
        weight = np.array([WEIGHTS[name] for name in self.names])[self.origin[self.usable]]
        self.chance = (weight / weight.sum()).ravel().cumsum()

    def draw(self, rng, count: int, longest: int) -> np.ndarray:
        """Examples [count,2] of (pair, direction), no side longer than `longest` tokens."""
        picks = np.searchsorted(self.chance, rng.random(int(count * 1.5)) * self.chance[-1])
        rows, direction = self.usable[picks // 2], picks % 2
        fits = (self.length["zh"][rows] <= longest) & (self.length["en"][rows] <= longest)
        return np.stack([rows[fits], direction[fits]], 1)[:count]

    def batches(self, examples: np.ndarray, tokens: int, rng) -> list[Batch]:
        """Batches in one direction whose sources are of about one length, and their targets; at most `tokens` padded tokens
        on the longer side."""
        made = []
        for direction, (source, target) in ((TO_ZH, ("en", "zh")), (TO_EN, ("zh", "en"))):
            rows = examples[examples[:, 1] == direction, 0]
            there, here = self.length[source][rows] + 2, self.length[target][rows] + 1
            order = np.lexsort((here, there // 3))
            rows, longer, start = rows[order], np.maximum(there, here)[order], 0
            on_device = torch.from_numpy(rows).to(self.device)  # at once: a copy for each batch would wait for the one before
            while start < len(rows):
                wide = np.maximum.accumulate(longer[start : start + tokens // int(longer[start]) + 1])
                end = start + max(1, int(np.searchsorted(wide * np.arange(1, len(wide) + 1), tokens, "right")))
                longest = {side: int(self.length[side][rows[start:end]].max()) for side in ("zh", "en")}
                made.append(Batch(on_device[start:end], direction, longest))
                start = end
        order = rng.permutation(len(made))
        return [made[i] for i in order]

    def side(self, name: str, batch: Batch, flat: torch.Tensor | None = None):
        """Ids [B,T] (anything beyond the end), whether there is a token [B,T], lengths [B]; or of another flat array."""
        flat = self.ids[name] if flat is None else flat
        size = self.sizes[name][batch.rows]
        place = torch.arange(batch.longest[name], device=self.device)
        return flat[(self.starts[name][batch.rows, None] + place).clamp(max=len(flat) - 1)].long(), place < size[:, None], size

    def tensors(self, batch: Batch):
        """source [B,S], target input [B,T], labels [B,T] (padding: pad), links [B,T] (source place or -1)."""
        rows, direction = batch.rows, batch.direction
        sides = {name: self.side(name, batch) for name in ("zh", "en")}
        (there, there_on, there_size), (here, here_on, here_size) = (sides[n] for n in (("en", "zh") if direction == TO_ZH else ("zh", "en")))
        rim = lambda size: torch.full((len(rows), size), self.pad, device=self.device)
        source = torch.cat([rim(1).fill_(self.prefix[direction]), there.where(there_on, self.pad), rim(1)], 1)
        source.scatter_(1, there_size[:, None] + 1, self.eos)
        labels = torch.cat([here.where(here_on, self.pad), rim(1)], 1)
        labels.scatter_(1, here_size[:, None], self.eos)
        link, on, _ = self.side("en", batch, self.links)
        on &= link >= 0
        links = torch.full((len(rows), labels.shape[1] + 1), -1, device=self.device)  # the last column takes what is no link
        if direction == TO_EN:
            links[:, : link.shape[1]] = torch.where(on, link + 1, -1)
        else:
            place = torch.arange(link.shape[1], device=self.device).expand_as(link)
            links.scatter_(1, torch.where(on, link, links.shape[1] - 1), place + 1)
        links.scatter_(1, here_size[:, None], there_size[:, None] + 1)
        return source, torch.cat([rim(1), labels[:, :-1]], 1), labels, links[:, :-1]


def run_batch(model, pairs, batch, settings, guide: float):
    """Sum of the loss over label tokens, sum of their negative log-likelihood, and their number, as tensors."""
    source, target_in, labels, links = pairs.tensors(batch)
    with torch.autocast(pairs.device.type, torch.bfloat16, enabled=fast_half(pairs.device)):
        states, weights = model(source, target_in)
    real = labels != pairs.pad
    loss, nll = ChunkedCrossEntropy.apply(states.flatten(0, 1), model.shared.weight, labels.flatten(), real.flatten(), SMOOTHING, settings["chunk"])
    if guide:
        linked = links >= 0
        found = weights[:, 0].float().gather(2, links.clamp(min=0)[..., None])[..., 0]
        loss = loss - guide * ((found + 1e-4).log() * linked).sum()
    return loss, nll, real.sum()


@torch.no_grad()
def held_out_loss(model, pairs, settings) -> float:
    model.eval()
    rng = np.random.default_rng(0)
    examples = np.array([(row, direction) for row in pairs.held_out for direction in (TO_ZH, TO_EN)])
    total = count = 0
    for batch in pairs.batches(examples, settings["tokens"], rng):
        _, nll, tokens = run_batch(model, pairs, batch, settings, 0.0)
        total, count = total + float(nll), count + int(tokens)
    model.train()
    return total / count


def learning_rate(spent: float, step: int) -> float:
    """Share of the peak rate: warm-up of 300 steps, flat to 40% of the time, then down along a straight line."""
    return min(1.0, (step + 1) / 300, max(0.01, (1 - spent) / 0.6))


@torch.no_grad()
def bilingual_start(embedding: torch.Tensor, lexicon: Path) -> None:
    """Start words near their translations, and the two languages apart along one direction.

    A small budget is mostly spent on learning which words translate which; the lexicon knows already.
    """
    entries = np.load(lexicon)
    zh, en = (torch.from_numpy(entries[side].astype(np.int64)).to(embedding.device) for side in ("zh", "en"))
    chance = torch.from_numpy(np.exp(-entries["zh_given_en"].astype(np.float32) / 20)).to(embedding.device)
    drawn = torch.zeros_like(embedding)
    drawn.index_add_(0, en, embedding[zh] * chance[:, None])
    width = embedding.shape[1]
    reach = drawn.norm(dim=1, keepdim=True)
    known = reach[:, 0] > 0
    # Unit vectors: 0.75 cosine with what the lexicon says, the rest their own.
    mixed = 0.75 * drawn / reach.clamp(min=1e-6) + 0.66 * embedding
    embedding[known] = mixed[known]
    apart = torch.zeros(len(embedding), device=embedding.device)
    apart[zh] = 0.3
    apart[en] = -0.3
    direction = torch.randn(width, device=embedding.device)
    embedding += apart[:, None] * direction / direction.norm()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--preset", choices=PRESETS, default="cpu")
    parser.add_argument("--minutes", type=float, required=True, help="training time in all, over every resume")
    parser.add_argument("--set", action="append", default=[], metavar="NAME=VALUE", help="change one value of the preset")
    parser.add_argument("--start", type=Path, help="folder of shipped weights, or a final.pt, to train on from")
    parser.add_argument("--patience", type=int, default=8, help="evaluations without a better held-out loss")
    options = parser.parse_args()
    settings = dict(PRESETS[options.preset])
    for change in options.set:
        name, value = change.split("=")
        settings[name] = type(settings[name])(value)
    torch.manual_seed(11)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    pairs = Pairs(options.data, device)
    shape = {k: settings[k] for k in ("width", "heads", "inner", "encoder_layers", "decoder_layers", "dropout")}
    model = Marian(pairs.size, pad=pairs.pad, **shape).to(device).train()
    if options.start:
        model.load_state_dict(shipped_weights.read(options.start), strict=False)
    else:
        bilingual_start(model.shared.weight, options.data / "lexicon.npz")
    both = optimiser.Both(model, settings["rate"], 0.8, ("shared",))
    state = dict(step=0, examples=0, seconds=0.0, best=1e9, stale=0, pool=0, averaged=0)
    options.out.mkdir(parents=True, exist_ok=True)
    resume, average_file = options.out / "resume.pt", options.out / "average.pt"
    if resume.exists():
        saved = torch.load(resume, map_location=device, weights_only=True)
        model.load_state_dict(saved["model"])
        both.load_state_dict(saved["optimisers"])
        state = saved["state"]
    print(f"{sum(p.numel() for p in model.parameters()) / 1e6:.1f}M parameters, {len(pairs.usable)} pairs, from {state}", flush=True)
    budget = options.minutes * 60
    average = torch.load(average_file, map_location=device, weights_only=True) if average_file.exists() else None

    def save() -> None:
        torch.save(dict(model=model.state_dict(), optimisers=both.state_dict(), state=state), resume.with_suffix(".new"))
        resume.with_suffix(".new").replace(resume)

    if device.type == "cuda":
        for layer in [*model.encoder.layers, *model.decoder.layers]:
            layer.compile(dynamic=True)
    log = (options.out / "train.jsonl").open("a")
    mark, last = time.time(), time.time()
    seen = torch.zeros(2, device=device)  # likelihood and number of tokens; read now and then, since reading waits for the device
    while state["seconds"] < budget and state["stale"] < options.patience:
        rng = np.random.default_rng([3, state["pool"]])
        spent = state["seconds"] / budget
        # On a CPU short sentences first: it will not come to see many.
        longest = LONGEST if options.start or device.type != "cpu" else int(24 + (LONGEST - 24) * min(1.0, max(0.0, (spent - 0.10) / 0.35)))
        for batch in pairs.batches(pairs.draw(rng, settings["pool"], longest), settings["tokens"], rng):
            spent = state["seconds"] / budget
            if spent >= 1:
                break
            guide = 0.3 if spent < 0.3 and not options.start else 0.1
            loss, nll, tokens = run_batch(model, pairs, batch, settings, guide)
            both.step(loss / tokens, learning_rate(spent, state["step"]))
            seen += torch.stack([nll, tokens])
            state["step"] += 1
            state["examples"] += len(batch.rows)
            if state["step"] % 100 == 0:
                print(f"{state['seconds'] / 60:6.1f} min step {state['step']} nll {float(seen[0] / seen[1]):.3f} "
                      f"examples/s {state['examples'] / max(1.0, state['seconds']):.0f} longest {longest}", flush=True)
                seen.zero_()
            now = time.time()
            state["seconds"] += now - mark
            mark = now
            if now - last > settings["every"]:
                held = held_out_loss(model, pairs, settings)
                state["stale"] = 0 if held < state["best"] else state["stale"] + 1
                state["best"] = min(held, state["best"])
                if spent > 0.9:  # average the checkpoints of the last tenth
                    current = {k: v.float().clone() for k, v in model.state_dict().items()}
                    state["averaged"] += 1
                    average = current if average is None else {
                        k: average[k] + (current[k] - average[k]) / state["averaged"] for k in current}
                    torch.save(average, average_file)
                save()
                log.write(json.dumps(dict(state, held_out=held)) + "\n")
                log.flush()
                print(f"        held-out nll {held:.4f}", flush=True)
                last = mark = time.time()
        state["pool"] += 1
    save()
    final = held_out_loss(model, pairs, settings)
    chosen = model.state_dict()
    if average is not None:
        model.load_state_dict(average)
        averaged = held_out_loss(model, pairs, settings)
        print(f"held-out nll: last {final:.4f}, averaged {averaged:.4f}")
        chosen, final = (average, averaged) if averaged < final else (chosen, final)
    torch.save(dict(model=chosen, settings=settings, state=state, held_out=final), options.out / "final.pt")
    print(f"held-out nll {final:.4f} after {state['examples']} examples, {state['seconds'] / 60:.0f} min")


if __name__ == "__main__":
    main()
