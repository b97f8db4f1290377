"""Muon for hidden matrices, Adam for the rest: what both trainers use."""

from __future__ import annotations

import torch
from pocket_model import fast_half
from torch import nn
from torch.optim import _muon


def makers(model: nn.Module, rate: float, share: float, apart: tuple[str, ...]) -> list[torch.optim.Optimizer]:
    """Muon (orthogonalised momentum) at `rate` for matrices, Adam at `share` of it for vectors and for parameters whose
    names begin with one of `apart`: embeddings, outputs."""
    hidden = lambda name, parameter: parameter.ndim == 2 and not name.startswith(apart)
    named = list(model.named_parameters())
    if not fast_half(named[0][1].device):
        _muon._zeropower_via_newtonschulz = orthogonal
    return [torch.optim.Muon([p for n, p in named if hidden(n, p)], lr=rate, momentum=0.95, weight_decay=0.01, adjust_lr_fn="match_rms_adamw"),
            torch.optim.AdamW([p for n, p in named if not hidden(n, p)], lr=rate * share, betas=(0.9, 0.98), weight_decay=0.0, fused=True)]


def orthogonal(matrix: torch.Tensor, coefficients, steps: int, eps: float) -> torch.Tensor:
    """Newton-Schulz in the matrix's own precision: torch's goes through bfloat16, which some processors crawl at."""
    a, b, c = coefficients
    tall = matrix.shape[0] > matrix.shape[1]
    x = matrix.T if tall else matrix
    x = x / x.norm().clamp(min=eps)
    for _ in range(steps):
        gram = x @ x.T
        x = a * x + (b * gram + c * gram @ gram) @ x
    return x.T if tall else x
