"""Train the detector: which words of a translation the other side does not bear out, learned from minimal pairs.

    python tools/train_detector.py --data pocket-build --start pocket-build/final.pt --out detector-build --minutes 50

A small encoder reads a Chinese and an English text as one sequence and says of every token of both whether it is part
of a fault, and of which kind. It starts from the pocket model's encoder and embeddings; the faults are those of
`distortions.py`. One attention head of a middle layer is guided by word links, so that the two texts meet early. As
an objective this is replaced-token detection (Clark et al. 2020) across languages. Resumable at any minute.
"""

from __future__ import annotations

import argparse
import json
import math
import time
from pathlib import Path

import numpy as np
import torch
from distortions import KINDS, Corpus, Distorter
from pocket_model import Stack, sinusoids
from torch import nn
from torch.nn import functional as F

from verify.bench.judgements import auc

# Share of the examples that each source gives; news and columns are nearest to what users check.
SHARES = {"nyt_study_notes": 0.17, "news_commentary_sample": 0.17, "un_samples": 0.08, "ai_challenger_valid": 0.08, "tatoeba_cmn": 0.06,
          "interviews_llm": 0.32, "tw_law": 0.06, "china_headlines_llm": 0.02, "news_rss_mt": 0.02, "python_docs": 0.01, "tf_docs": 0.01}
LONGEST = 150  # tokens of both sides together
GUIDED_LAYER = 2
HELD_OUT = 1500


class Detector(nn.Module):
    """`forward` of ids [B,T] returns logits [B,T,1+kinds] (fault or not; which kind) and the guided head's attention [B,T,T]."""

    def __init__(self, vocabulary: int, width: int, heads: int, inner: int, layers: int, pad: int, positions: int = 512):
        super().__init__()
        self.pad, self.width = pad, width
        self.shared = nn.Embedding(vocabulary, width, padding_idx=pad)
        self.encoder = Stack(layers, False, width, heads, inner, 0.0)
        self.head = nn.Linear(width, 1 + len(KINDS))
        self.register_buffer("positions", sinusoids(positions, width), persistent=False)

    def forward(self, ids):
        mask = (ids == self.pad)[:, None, None, :].float() * -1e4
        x = self.shared(ids) * math.sqrt(self.width) + self.positions[: ids.shape[1]]
        guided = None
        for number, layer in enumerate(self.encoder.layers):
            attended, weights = layer.self_attn(x, x, mask)
            if number == GUIDED_LAYER:
                guided = weights[:, 0]
            x = layer.self_attn_layer_norm(x + attended)
            x = layer.final_layer_norm(x + layer.fc2(F.silu(layer.fc1(x))))
        return self.head(x), guided


class Stream:
    """Batches of distorted pairs; the same numbers give the same batches."""

    def __init__(self, corpus: Corpus, confusions: Path, prefix: int, pad: int):
        self.corpus, self.prefix, self.pad = corpus, prefix, pad
        self.confusions = confusions
        length = np.diff(corpus.ends["zh"]) + np.diff(corpus.ends["en"])
        fits = (length <= LONGEST - 3) & (np.diff(corpus.ends["zh"]) >= 4) & (np.diff(corpus.ends["en"]) >= 4)
        near = np.isin(corpus.origin, [corpus.names.index(n) for n in ("nyt_study_notes", "news_commentary_sample")])
        held = np.random.default_rng(5).choice(np.flatnonzero(fits & near), HELD_OUT, replace=False)
        self.held_out = held
        free = fits.copy()
        free[held] = False
        self.rows = {n: np.flatnonzero(free & (corpus.origin == i)) for i, n in enumerate(corpus.names)}

    def examples(self, rows, seed: int):
        make = Distorter(self.corpus, self.confusions, seed) if not hasattr(self, "make") else self.make
        self.make = make
        make.rng = np.random.default_rng([9, seed])
        return [make(*self.corpus.pair(int(row))) for row in rows]

    def pool(self, seed: int, count: int):
        rng = np.random.default_rng([4, seed])
        return np.concatenate([rng.choice(self.rows[n], int(count * share)) for n, share in SHARES.items()])

    def batches(self, examples, tokens: int, seed: int):
        lengths = np.array([len(e.zh) + len(e.en) + 3 for e in examples])
        order = np.argsort(lengths + np.random.default_rng(seed).random(len(lengths)) * 4)
        made, start = [], 0
        while start < len(order):
            end = start
            while end < len(order) and lengths[order[end]] * (end + 1 - start) <= tokens:
                end += 1
            made.append([examples[i] for i in order[start : max(end, start + 1)]])
            start = max(end, start + 1)
        np.random.default_rng([seed, 1]).shuffle(made)
        return made

    def tensors(self, batch):
        """ids [B,T], kinds [B,T] (-1 where nothing is asked), links [B,T] (place of the other side's word, or -1)."""
        size = max(len(e.zh) + len(e.en) + 3 for e in batch)
        ids = np.full((len(batch), size), self.pad, np.int64)
        kinds, links = np.full_like(ids, -1), np.full_like(ids, -1)
        for n, e in enumerate(batch):
            z, t = len(e.zh), len(e.en)
            ids[n, : z + t + 3] = [self.prefix, *e.zh, 0, *e.en, 0]
            kinds[n, 1 : z + 1], kinds[n, z + 2 : z + 2 + t] = e.zh_bad, e.en_bad
            for j, i in enumerate(e.link):
                if i >= 0:
                    links[n, z + 2 + j], links[n, 1 + i] = 1 + i, z + 2 + j
        return torch.from_numpy(ids), torch.from_numpy(kinds), torch.from_numpy(links)


def loss_of(model, tensors, guide: float):
    """Mean loss a token, and log-odds and kinds of the asked tokens."""
    ids, kinds, links = tensors
    with torch.autocast("cpu", torch.bfloat16):
        logits, attention = model(ids)
    asked = kinds >= 0
    logits, kinds = logits[asked].float(), kinds[asked]
    bad = kinds > 0
    loss = F.binary_cross_entropy_with_logits(logits[:, 0], bad.float())
    if bad.any():
        loss = loss + 0.25 * F.cross_entropy(logits[bad][:, 1:], kinds[bad], reduction="sum") / asked.sum()
    if guide:
        linked = links >= 0
        found = attention.float().gather(2, links.clamp(min=0)[..., None])[..., 0][linked]
        loss = loss - guide * (found + 1e-4).log().mean()
    return loss, logits.detach(), kinds


@torch.no_grad()
def evaluate(model, stream, tokens: int):
    model.eval()
    total, odds, kinds = [], [], []
    for batch in stream.batches(stream.examples(stream.held_out, 10**6), tokens, 0):
        loss, logits, found = loss_of(model, stream.tensors(batch), 0.0)
        total.append(float(loss))
        odds.append(logits)
        kinds.append(found)
    model.train()
    logits, kinds = torch.cat(odds), torch.cat(kinds)
    bad = kinds > 0
    right = float((logits[bad][:, 2:].argmax(1) + 1 == kinds[bad]).float().mean())
    by_kind = {name: round(auc(logits[:, 0][(kinds == i) | ~bad].numpy(), bad[(kinds == i) | ~bad].numpy()), 3)
               for i, name in enumerate(KINDS) if i and (kinds == i).any()}
    return float(np.mean(total)), auc(logits[:, 0].numpy(), bad.numpy()), right, by_kind


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder of pocket_data.py and make_lexicon.py")
    parser.add_argument("--start", type=Path, required=True, help="the pocket model's final.pt (or resume.pt)")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--minutes", type=float, required=True, help="training time in all, over every resume")
    parser.add_argument("--rate", type=float, default=1.5e-3)
    parser.add_argument("--tokens", type=int, default=3500)
    parser.add_argument("--pool", type=int, default=8000)
    options = parser.parse_args()
    torch.manual_seed(3)
    started = torch.load(options.start, map_location="cpu", weights_only=True)["model"]
    vocabulary, width = started["shared.weight"].shape
    corpus = Corpus(options.data)
    prefix, pad = corpus.size + 1, corpus.size + 2
    layers = 1 + max(int(n.split(".")[2]) for n in started if n.startswith("encoder.layers."))
    shape = dict(vocabulary=vocabulary, width=width, heads=8, inner=started["encoder.layers.0.fc1.weight"].shape[0], layers=layers, pad=pad)
    model = Detector(**shape).train()
    model.load_state_dict({n: v.float() for n, v in started.items() if n.startswith(("shared.", "encoder."))}, strict=False)
    nn.init.zeros_(model.head.bias)
    nn.init.normal_(model.head.weight, std=0.02)
    stream = Stream(corpus, Path(__file__).with_name("confusions.toml"), prefix, pad)
    hidden = [p for n, p in model.named_parameters() if p.ndim == 2 and "shared" not in n and "head" not in n]
    rest = [p for n, p in model.named_parameters() if p.ndim != 2 or "shared" in n or "head" in n]
    makers = [torch.optim.Muon(hidden, lr=options.rate, momentum=0.95, weight_decay=0.01, adjust_lr_fn="match_rms_adamw"),
              torch.optim.AdamW(rest, lr=options.rate * 0.5, betas=(0.9, 0.98), weight_decay=0.0, fused=True)]
    state = dict(step=0, examples=0, seconds=0.0, pool=0)
    options.out.mkdir(parents=True, exist_ok=True)
    resume = options.out / "resume.pt"
    if resume.exists():
        saved = torch.load(resume, map_location="cpu", weights_only=True)
        model.load_state_dict(saved["model"])
        for maker, part in zip(makers, saved["optimisers"]):
            maker.load_state_dict(part)
        state = saved["state"]

    def save(path: Path) -> None:
        new = path.with_suffix(".new")
        torch.save(dict(model=model.state_dict(), shape=shape, optimisers=[m.state_dict() for m in makers], state=state), new)
        new.replace(path)

    log = (options.out / "train.jsonl").open("a")
    budget, mark, seen = options.minutes * 60, time.time(), []
    last = time.time()
    while state["seconds"] < budget:
        pool = stream.examples(stream.pool(state["pool"], options.pool), state["pool"])
        for batch in stream.batches(pool, options.tokens, state["pool"]):
            spent = state["seconds"] / budget
            if spent >= 1:
                break
            for maker, base in zip(makers, (1.0, 0.5)):
                for group in maker.param_groups:
                    group["lr"] = options.rate * base * min(1.0, spent / 0.02, max(0.02, (1 - spent) / 0.6))
            loss, _, _ = loss_of(model, stream.tensors(batch), 0.1 if spent < 0.4 else 0.03)
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            for maker in makers:
                maker.step()
                maker.zero_grad(set_to_none=True)
            seen.append(float(loss))
            now = time.time()
            state["seconds"] += now - mark
            mark = now
            state["step"] += 1
            state["examples"] += len(batch)
            if state["step"] % 50 == 0:
                print(f"{state['seconds'] / 60:6.1f} min step {state['step']} loss {np.mean(seen):.4f} examples/s {state['examples'] / state['seconds']:.0f}", flush=True)
                seen = []
            if now - last > 240 or state["step"] == 200:
                loss, auc, right, by_kind = evaluate(model, stream, options.tokens)
                save(resume)
                log.write(json.dumps(dict(state, loss=loss, auc=auc, kind=right)) + "\n")
                log.flush()
                print(f"        held-out loss {loss:.4f} AUC {auc:.4f} kind {right:.3f} {by_kind}", flush=True)
                last = mark = time.time()
        state["pool"] += 1
    save(resume)
    loss, auc, right, by_kind = evaluate(model, stream, options.tokens)
    torch.save(dict(model=model.state_dict(), shape=shape, state=state, held_out=dict(loss=loss, auc=auc, kind=right, by_kind=by_kind)), options.out / "final.pt")
    print(f"held-out loss {loss:.4f} AUC {auc:.4f} kind {right:.3f} {by_kind}; {state['examples']} examples, {state['seconds'] / 60:.0f} min")


if __name__ == "__main__":
    main()
