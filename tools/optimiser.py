"""Muon for hidden matrices, Adam for the rest: what both trainers use."""

from __future__ import annotations

from collections import defaultdict

import torch
from pocket_model import fast_half
from torch import nn

NEWTON_SCHULZ = (3.4445, -4.7750, 2.0315)  # of its quintic iteration, by the author


class Muon(torch.optim.Optimizer):
    """Orthogonalised Nesterov momentum (Jordan 2024), its step as large as Adam's would be (Liu et al. 2025).

    torch's takes matrices one by one, which leaves a GPU waiting for launches, and goes through bfloat16, which some
    processors crawl at: here all of one shape go together, in what the device is fast at.
    """

    def __init__(self, parameters, lr: float):
        super().__init__(parameters, dict(lr=lr, momentum=0.95, weight_decay=0.01))

    @torch.no_grad()
    def step(self) -> None:
        for group in self.param_groups:
            shapes = defaultdict(list)
            for p in group["params"]:
                if p.grad is not None:
                    shapes[p.shape].append(p)
            for (rows, columns), some in shapes.items():
                for p in some:
                    if "momentum" not in self.state[p]:
                        self.state[p]["momentum"] = torch.zeros_like(p)
                grads, kept = [p.grad for p in some], [self.state[p]["momentum"] for p in some]
                torch._foreach_lerp_(kept, grads, 1 - group["momentum"])
                ahead = torch._foreach_lerp(grads, kept, group["momentum"])
                steps = orthogonal(torch.stack(ahead)).to(some[0].dtype)
                torch._foreach_mul_(some, 1 - group["lr"] * group["weight_decay"])
                torch._foreach_add_(some, list(steps.unbind()), alpha=-group["lr"] * 0.2 * max(rows, columns) ** 0.5)


def orthogonal(matrices: torch.Tensor) -> torch.Tensor:
    """[N,R,C] → matrices with the same singular vectors and singular values near 1 (Newton-Schulz)."""
    a, b, c = NEWTON_SCHULZ
    tall = matrices.shape[1] > matrices.shape[2]
    x = matrices.to(torch.bfloat16) if fast_half(matrices.device) else matrices
    x = x.mT if tall else x
    x = x / x.norm(dim=(1, 2), keepdim=True).clamp(min=1e-7)
    for _ in range(5):
        gram = x @ x.mT
        x = a * x + (b * gram + c * gram @ gram) @ x
    return x.mT if tall else x


class Both:
    """Muon at `rate` for matrices, Adam at `share` of it for vectors and for parameters whose names begin with one of
    `apart`: embeddings, outputs."""

    def __init__(self, model: nn.Module, rate: float, share: float, apart: tuple[str, ...]):
        hidden = lambda name, parameter: parameter.ndim == 2 and not name.startswith(apart)
        named = list(model.named_parameters())
        matrices, rest = ([p for n, p in named if hidden(n, p) is which] for which in (True, False))
        makers = [(Muon(matrices, lr=rate), rate)] if matrices else []
        makers.append((torch.optim.AdamW(rest, lr=rate * share, betas=(0.9, 0.98), weight_decay=0.0, fused=True), rate * share))
        self._model = model
        self._makers, self._peaks = zip(*makers)

    def step(self, loss: torch.Tensor, share: float) -> None:
        """Learn from a loss, at a share of the peak rates."""
        loss.backward()
        nn.utils.clip_grad_norm_(self._model.parameters(), 1.0)
        for maker, peak in zip(self._makers, self._peaks):
            for group in maker.param_groups:
                group["lr"] = peak * share
            maker.step()
            maker.zero_grad(set_to_none=True)

    def state_dict(self) -> list[dict]:
        return [maker.state_dict() for maker in self._makers]

    def load_state_dict(self, parts: list[dict]) -> None:
        for maker, part in zip(self._makers, parts):
            maker.load_state_dict(part)
