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

import numpy as np
import optimiser
import shipped_weights
import torch
from pocket_model import ChunkedCrossEntropy, Marian, fast_half
from torch import nn

# How often a pair of each source is drawn, relative to its size; then for each direction.
# News and columns are nearest to what users check; manuals are kept for their digits and brackets.
WEIGHTS = {
    "ai_challenger_valid": (1.0, 1.0), "china_headlines_llm": (3.0, 1.0), "interviews_llm": (0.6, 1.0),
    "news_commentary_sample": (5.0, 5.0), "news_rss_mt": (1.0, 4.0), "nyt_study_notes": (5.0, 5.0),
    "python_docs": (0.2, 0.2), "tatoeba_cmn": (1.0, 1.0), "tf_docs": (0.2, 0.2), "tw_law": (0.25, 0.25),
    "un_samples": (2.0, 2.0),
}  # (en→zh, zh→en)

PRESETS = {
    "cpu": dict(width=256, heads=8, inner=1024, encoder_layers=5, decoder_layers=2, dropout=0.0,
                tokens=4500, chunk=512, rate=2.5e-3, pool=30_000),
    "gpu": dict(width=512, heads=8, inner=2048, encoder_layers=6, decoder_layers=3, dropout=0.1,
                tokens=50_000, chunk=16384, rate=1.5e-3, pool=400_000),
}
TO_ZH, TO_EN = 0, 1
SMOOTHING = 0.1


class Pairs:
    """Token ids of all pairs, with the two language tokens and padding after the tokeniser's pieces."""

    def __init__(self, folder: Path):
        data = np.load(folder / "ids.npz")
        self.ids = {side: data[side].astype(np.int64) for side in ("zh", "en")}
        self.ends = {side: data[f"{side}_ends"] for side in ("zh", "en")}
        self.origin, self.names = data["origin"], [str(name) for name in data["names"]]
        self.links = np.load(folder / "links.npz")["en_to_zh"]
        pieces = int(max(self.ids["zh"].max(), self.ids["en"].max())) + 1
        spm = folder / "spm.model"
        if spm.exists():
            import sentencepiece

            pieces = sentencepiece.SentencePieceProcessor(model_file=str(spm)).get_piece_size()
        self.pieces, self.eos = pieces, 0
        self.prefix = {TO_ZH: pieces, TO_EN: pieces + 1}
        self.pad = pieces + 2
        self.size = math.ceil((pieces + 3) / 8) * 8
        self.length = {side: np.diff(self.ends[side]) for side in ("zh", "en")}
        held = np.random.default_rng(7)
        near = np.isin(self.origin, [self.names.index(n) for n in
                                     ("interviews_llm", "news_commentary_sample", "nyt_study_notes", "tatoeba_cmn")])
        fits = (self.length["zh"] <= 150) & (self.length["en"] <= 150)
        self.held_out = held.choice(np.flatnonzero(near & fits), 600, replace=False)
        keep = fits.copy()
        keep[self.held_out] = False
        self.usable = np.flatnonzero(keep)
        weight = np.array([WEIGHTS[name] for name in self.names])[self.origin[self.usable]]
        self.chance = (weight / weight.sum()).ravel()

    def draw(self, rng, count: int, longest: int) -> np.ndarray:
        """Examples [count,2] of (pair, direction), no side longer than `longest` tokens."""
        picks = rng.choice(len(self.chance), int(count * 1.5), p=self.chance)
        rows, direction = self.usable[picks // 2], picks % 2
        fits = (self.length["zh"][rows] <= longest) & (self.length["en"][rows] <= longest)
        return np.stack([rows[fits], direction[fits]], 1)[:count]

    def batches(self, examples: np.ndarray, tokens: int, rng) -> list[np.ndarray]:
        """Batches of similar length, at most `tokens` padded tokens on the longer side."""
        longer = np.maximum(self.length["zh"], self.length["en"])[examples[:, 0]] + 2
        order = np.argsort(longer + rng.random(len(longer)) * 2)
        made, start = [], 0
        while start < len(order):
            end = start
            while end < len(order) and longer[order[end]] * (end + 1 - start) <= tokens:
                end += 1
            end = max(end, start + 1)
            made.append(examples[order[start:end]])
            start = end
        rng.shuffle(made)
        return made

    def tensors(self, batch: np.ndarray):
        """source [B,S], target input [B,T], labels [B,T] (padding: pad), links [B,T] (source place or -1)."""
        side = lambda row, name: slice(self.ends[name][row], self.ends[name][row + 1])
        sources, targets, links = [], [], []
        for row, direction in batch:
            zh, en = self.ids["zh"][side(row, "zh")], self.ids["en"][side(row, "en")]
            link = self.links[side(row, "en")]
            if direction == TO_ZH:
                inverse = np.full(len(zh), -1)
                inverse[link[link >= 0]] = np.flatnonzero(link >= 0)
                link = inverse
            source, target = (en, zh) if direction == TO_ZH else (zh, en)
            sources.append(np.concatenate([[self.prefix[direction]], source, [self.eos]]))
            targets.append(np.concatenate([target, [self.eos]]))
            links.append(np.concatenate([np.where(link >= 0, link + 1, -1), [len(source) + 1]]))
        def padded(rows, fill):
            out = np.full((len(rows), max(map(len, rows))), fill, np.int64)
            for index, row in enumerate(rows):
                out[index, : len(row)] = row
            return torch.from_numpy(out)
        labels = padded(targets, self.pad)
        target_in = torch.cat([torch.full((len(labels), 1), self.pad), labels[:, :-1]], 1)
        return padded(sources, self.pad), target_in, labels, padded(links, -1)


def run_batch(model, pairs, batch, settings, device, guide: float):
    """Sum of the loss over label tokens, sum of their negative log-likelihood, and their number."""
    source, target_in, labels, links = (x.to(device, non_blocking=True) for x in pairs.tensors(batch))
    with torch.autocast(device.type, torch.bfloat16, enabled=fast_half(device)):
        states, weights = model(source, target_in)
    real = labels != pairs.pad
    loss, nll = ChunkedCrossEntropy.apply(states[real], model.shared.weight, labels[real], SMOOTHING, settings["chunk"])
    if guide:
        linked = links >= 0
        found = weights[:, 0].float().gather(2, links.clamp(min=0)[..., None])[..., 0][linked]
        loss = loss - guide * (found + 1e-4).log().sum()
    return loss, nll, int(real.sum())


@torch.no_grad()
def held_out_loss(model, pairs, settings, device) -> float:
    model.eval()
    rng = np.random.default_rng(0)
    examples = np.array([(row, direction) for row in pairs.held_out for direction in (TO_ZH, TO_EN)])
    total = count = 0
    for batch in pairs.batches(examples, settings["tokens"], rng):
        _, nll, tokens = run_batch(model, pairs, batch, settings, device, 0.0)
        total, count = total + float(nll), count + tokens
    model.train()
    return total / count


def learning_rate(spent: float) -> float:
    """Share of the peak rate: warm-up 3%, flat to 50%, then down along a straight line."""
    return min(1.0, spent / 0.03, max(0.02, (1 - spent) / 0.5))


@torch.no_grad()
def bilingual_start(embedding: torch.Tensor, lexicon: Path) -> None:
    """Start words near their translations, and the two languages apart along one direction.

    A small budget is mostly spent on learning which words translate which; the lexicon knows already.
    """
    entries = np.load(lexicon)
    zh, en = (torch.from_numpy(entries[side].astype(np.int64)) for side in ("zh", "en"))
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
    parser.add_argument("--start", type=Path, help="folder of shipped weights to train on from")
    parser.add_argument("--patience", type=int, default=8, help="evaluations without a better held-out loss")
    options = parser.parse_args()
    settings = dict(PRESETS[options.preset])
    for change in options.set:
        name, value = change.split("=")
        settings[name] = type(settings[name])(value)
    torch.manual_seed(11)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    pairs = Pairs(options.data)
    shape = {k: settings[k] for k in ("width", "heads", "inner", "encoder_layers", "decoder_layers", "dropout")}
    model = Marian(pairs.size, pad=pairs.pad, **shape).to(device).train()
    if options.start:
        model.load_state_dict(shipped_weights.state(options.start), strict=False)
    else:
        bilingual_start(model.shared.weight, options.data / "lexicon.npz")
    makers = optimiser.makers(model, settings["rate"], 0.8, ("shared",))
    state = dict(step=0, examples=0, seconds=0.0, best=1e9, stale=0, pool=0, averaged=0)
    options.out.mkdir(parents=True, exist_ok=True)
    resume, average_file = options.out / "resume.pt", options.out / "average.pt"
    if resume.exists():
        saved = torch.load(resume, map_location=device, weights_only=True)
        model.load_state_dict(saved["model"])
        for maker, part in zip(makers, saved["optimisers"]):
            maker.load_state_dict(part)
        state = saved["state"]
    print(f"{sum(p.numel() for p in model.parameters()) / 1e6:.1f}M parameters, {len(pairs.usable)} pairs, from {state}", flush=True)
    budget = options.minutes * 60
    average = torch.load(average_file, map_location=device, weights_only=True) if average_file.exists() else None

    def save() -> None:
        torch.save(dict(model=model.state_dict(), optimisers=[m.state_dict() for m in makers], state=state), resume.with_suffix(".new"))
        resume.with_suffix(".new").replace(resume)

    log = (options.out / "train.jsonl").open("a")
    mark, seen_nll, seen_tokens, last_save = time.time(), 0.0, 0, time.time()
    while state["seconds"] < budget and state["stale"] < options.patience:
        rng = np.random.default_rng([3, state["pool"]])
        spent = state["seconds"] / budget
        # Short sentences first, for those who know none.
        longest = 150 if options.start else int(24 + 126 * min(1.0, max(0.0, (spent - 0.10) / 0.35)))
        for batch in pairs.batches(pairs.draw(rng, settings["pool"], longest), settings["tokens"], rng):
            spent = state["seconds"] / budget
            if spent >= 1:
                break
            for maker in makers:
                for group in maker.param_groups:
                    group["lr"] = settings["rate"] * learning_rate(spent)
            guide = 0.3 if spent < 0.3 and not options.start else 0.1
            loss, nll, tokens = run_batch(model, pairs, batch, settings, device, guide)
            (loss / tokens).backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            for maker in makers:
                maker.step()
                maker.zero_grad(set_to_none=True)
            seen_nll, seen_tokens = seen_nll + float(nll), seen_tokens + tokens
            now = time.time()
            state["seconds"] += now - mark
            mark = now
            state["step"] += 1
            state["examples"] += len(batch)
            if state["step"] % 100 == 0:
                print(f"{state['seconds'] / 60:6.1f} min step {state['step']} nll {seen_nll / seen_tokens:.3f} "
                      f"examples/s {state['examples'] / state['seconds']:.0f} longest {longest}", flush=True)
                seen_nll, seen_tokens = 0.0, 0
            if now - last_save > 240:
                held = held_out_loss(model, pairs, settings, device)
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
                last_save = mark = time.time()
        state["pool"] += 1
    save()
    final = held_out_loss(model, pairs, settings, device)
    chosen = model.state_dict()
    if average is not None:
        model.load_state_dict(average)
        averaged = held_out_loss(model, pairs, settings, device)
        print(f"held-out nll: last {final:.4f}, averaged {averaged:.4f}")
        chosen, final = (average, averaged) if averaged < final else (chosen, final)
    torch.save(dict(model=chosen, settings=settings, state=state, held_out=final), options.out / "final.pt")
    print(f"held-out nll {final:.4f} after {state['examples']} examples, {state['seconds'] / 60:.0f} min")


if __name__ == "__main__":
    main()
