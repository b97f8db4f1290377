"""The detector's network: the pocket model's encoder over both texts, with a head on tokens and one on the pair."""

from __future__ import annotations

import math

import torch
from detector_examples import PAIR, TOKEN
from pocket_model import Stack, sinusoids
from torch import nn
from torch.nn import functional as F

GUIDED_LAYER = 2
HIDDEN = 64


class Detector(nn.Module):
    """`forward` of ids [B,T] and sides [B,T] (0 Chinese, 1 English, -1 neither) returns token outputs [B,T,|TOKEN|],
    pair outputs [B,|PAIR|] and the guided head's attention [B,T,T]."""

    def __init__(self, vocabulary: int, width: int, heads: int, inner: int, layers: int, pad: int, positions: int = 512, dropout: float = 0.0, hidden: float = 0.0):
        """`hidden`: in training, the share of words of which only the place is seen, so that no text is learned by heart."""
        super().__init__()
        self.pad, self.width, self.dropout, self.hidden = pad, width, dropout, hidden
        self.shared = nn.Embedding(vocabulary, width, padding_idx=pad)
        self.encoder = Stack(layers, False, width, heads, inner, dropout)
        self.head = nn.Linear(width, len(TOKEN))
        self.pooled = nn.Linear(5 * width + 4, HIDDEN)
        self.pair = nn.Linear(HIDDEN, len(PAIR))
        self.register_buffer("positions", sinusoids(positions, width), persistent=False)

    def forward(self, ids, sides):
        drop = lambda y: F.dropout(y, self.dropout, self.training)
        mask = (ids == self.pad)[:, None, None, :].float() * -1e4
        words = self.shared(ids) * math.sqrt(self.width)
        if self.training and self.hidden:
            words = words * (torch.rand(ids.shape, device=ids.device) > self.hidden)[..., None]
        x = drop(words + self.positions[: ids.shape[1]])
        guided = None
        for number, layer in enumerate(self.encoder.layers):
            x, weights = layer(x, mask)
            if number == min(GUIDED_LAYER, len(self.encoder.layers) - 1):
                guided = weights[:, 0]
        tokens = self.head(x)
        return tokens, self.pair(F.silu(self.pooled(drop(pooled(x, tokens[..., 0], sides))))), guided


def pooled(states, faults, sides):
    """What the pair is judged by [B,5D+4]: the first state; the mean and the maximum of the states of each side; the
    log of the summed odds and the mean chance of a fault of each side. The same in numpy: verify/evidence/pair_reader.py."""
    parts = [states[:, 0]]
    numbers = []
    for side in (0, 1):
        on = sides == side
        count = on.sum(1, keepdim=True).clamp(min=1)
        parts += [(states * on[..., None]).sum(1) / count, states.masked_fill(~on[..., None], -1e4).amax(1)]
        numbers += [faults.masked_fill(~on, -1e4).logsumexp(1), (faults.sigmoid() * on).sum(1) / count[:, 0]]
    return torch.cat([*parts, torch.stack(numbers, 1)], 1)
