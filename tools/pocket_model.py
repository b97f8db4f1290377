"""A lean Marian transformer for training: same parameters and names as transformers' MarianMTModel.

Post-norm layers, swish, sinusoidal positions, one embedding matrix for encoder, decoder and output
(Junczys-Dowmunt et al. 2018). Written apart from transformers for speed on a CPU: plain batched
matrix products for attention, and a cross-entropy that never holds all logits at once.
"""

from __future__ import annotations

import math

import torch
from torch import nn
from torch.nn import functional as F


def fast_half(device: torch.device) -> bool:
    """Whether bfloat16 pays: on a GPU, and on a CPU with instructions for it. Without them a product takes fifty times
    as long as in float32."""
    return device.type != "cpu" or torch.cpu._is_avx512_bf16_supported() or torch.cpu._is_amx_tile_supported()


def sinusoids(length: int, width: int) -> torch.Tensor:
    """Marian's table [length, width]: sines in the first half, cosines in the second."""
    rates = torch.exp(torch.arange(0, width, 2) * (-math.log(10000.0) / width))
    angles = torch.arange(length)[:, None] * rates[None]
    return torch.cat([angles.sin(), angles.cos()], dim=1)


class Attention(nn.Module):
    def __init__(self, width: int, heads: int):
        super().__init__()
        self.heads = heads
        self.q_proj = nn.Linear(width, width)
        self.k_proj = nn.Linear(width, width)
        self.v_proj = nn.Linear(width, width)
        self.out_proj = nn.Linear(width, width)

    def forward(self, queries, memory, mask):
        """queries [B,T,D], memory [B,S,D], additive mask [B,1,T or 1,S] -> ([B,T,D], weights [B,H,T,S])."""
        batch, length, width = queries.shape
        split = lambda x: x.view(batch, -1, self.heads, width // self.heads).transpose(1, 2)
        q, k, v = split(self.q_proj(queries)), split(self.k_proj(memory)), split(self.v_proj(memory))
        scores = q @ k.transpose(2, 3) * (width // self.heads) ** -0.5 + mask
        weights = scores.softmax(-1).to(v.dtype)
        mixed = (weights @ v).transpose(1, 2).reshape(batch, length, width)
        return self.out_proj(mixed), weights


class Layer(nn.Module):
    def __init__(self, width: int, heads: int, inner: int, dropout: float, decoder: bool):
        super().__init__()
        self.dropout = dropout
        self.self_attn = Attention(width, heads)
        self.self_attn_layer_norm = nn.LayerNorm(width)
        if decoder:
            self.encoder_attn = Attention(width, heads)
            self.encoder_attn_layer_norm = nn.LayerNorm(width)
        self.fc1 = nn.Linear(width, inner)
        self.fc2 = nn.Linear(inner, width)
        self.final_layer_norm = nn.LayerNorm(width)

    def forward(self, x, mask, memory=None, memory_mask=None):
        """The states and the attention that they took last [B,H,T,S]: to the memory where there is one."""
        drop = lambda y: F.dropout(y, self.dropout, self.training)
        attended, weights = self.self_attn(x, x, mask)
        x = self.self_attn_layer_norm(x + drop(attended))
        if memory is not None:
            attended, weights = self.encoder_attn(x, memory, memory_mask)
            x = self.encoder_attn_layer_norm(x + drop(attended))
        x = self.final_layer_norm(x + drop(self.fc2(F.silu(self.fc1(x)))))
        return x, weights


class Stack(nn.Module):
    def __init__(self, layers: int, decoder: bool, width, heads, inner, dropout):
        super().__init__()
        self.layers = nn.ModuleList(Layer(width, heads, inner, dropout, decoder) for _ in range(layers))


class Marian(nn.Module):
    """`forward` returns decoder states [B,T,D] and the last layer's cross-attention [B,H,T,S]."""

    def __init__(self, vocabulary: int, width: int, heads: int, inner: int, encoder_layers: int,
                 decoder_layers: int, dropout: float, pad: int, positions: int = 512):
        super().__init__()
        self.pad, self.dropout, self.width = pad, dropout, width
        self.shared = nn.Embedding(vocabulary, width, padding_idx=pad)
        self.encoder = Stack(encoder_layers, False, width, heads, inner, dropout)
        self.decoder = Stack(decoder_layers, True, width, heads, inner, dropout)
        self.register_buffer("final_logits_bias", torch.zeros(1, vocabulary))
        self.register_buffer("positions", sinusoids(positions, width), persistent=False)
        for module in self.modules():
            if isinstance(module, nn.Linear):
                nn.init.xavier_uniform_(module.weight)
                nn.init.zeros_(module.bias)
        nn.init.normal_(self.shared.weight, std=width ** -0.5)
        with torch.no_grad():
            self.shared.weight[pad].zero_()

    def embed(self, ids):
        x = self.shared(ids) * math.sqrt(self.width) + self.positions[: ids.shape[1]]
        return F.dropout(x, self.dropout, self.training)

    def forward(self, source, target_in):
        low = -1e4
        blank = (source == self.pad)[:, None, None, :].float() * low
        x = self.embed(source)
        for layer in self.encoder.layers:
            x, _ = layer(x, blank)
        length = target_in.shape[1]
        causal = torch.full((length, length), low, device=source.device).triu(1)[None, None]
        y = self.embed(target_in)
        weights = None
        for layer in self.decoder.layers:
            y, weights = layer(y, causal, x, blank)
        return y, weights


def smoothed(logits, labels, real, smoothing: float):
    """Summed label-smoothed cross-entropy over rows that are `real`, their summed negative log-likelihood, and the
    gradient of the first by the logits [N,V]."""
    half, logits = logits.dtype, logits.float()
    normaliser = logits.logsumexp(1, keepdim=True)
    gold = logits.gather(1, labels[:, None])
    loss = ((normaliser - (1 - smoothing) * gold - smoothing * logits.mean(1, keepdim=True)) * real[:, None]).sum()
    hit = torch.arange(logits.shape[1], device=logits.device)[None] == labels[:, None]
    gradient = ((logits - normaliser).exp() - smoothing / logits.shape[1] - hit * (1 - smoothing)) * real[:, None]
    return loss, ((normaliser - gold) * real[:, None]).sum(), gradient.to(half)


class ChunkedCrossEntropy(torch.autograd.Function):
    """Label-smoothed cross-entropy of states [N,D] against tied weights [V,D]; gradients made on the way.

    Holding [N,V] logits of a batch costs a gigabyte of memory traffic; chunks stay near the cache.
    """

    fused = staticmethod(torch.compile(smoothed, dynamic=True))

    @staticmethod
    def forward(context, states, weight, labels, real, smoothing: float, chunk: int):
        half = torch.bfloat16 if fast_half(weight.device) else torch.float32
        parts = ChunkedCrossEntropy.fused if weight.device.type == "cuda" else smoothed
        w = weight.to(half)
        grad_states = torch.empty_like(states, dtype=half)
        grad_weight = torch.zeros(weight.shape, dtype=torch.float32, device=weight.device)
        loss = nll = 0.0
        for start in range(0, len(labels), chunk):
            on = slice(start, start + chunk)
            h = states[on].to(half)
            more, more_nll, grad = parts(h @ w.T, labels[on], real[on], smoothing)
            loss, nll = loss + more, nll + more_nll
            grad_states[on] = grad @ w
            grad_weight += (grad.T @ h).float()
        context.save_for_backward(grad_states, grad_weight)
        context.mark_non_differentiable(nll)
        return loss, nll

    @staticmethod
    def backward(context, upstream, _):
        grad_states, grad_weight = context.saved_tensors
        return grad_states * upstream.to(grad_states.dtype), grad_weight * upstream, None, None, None, None
