"""Faults without end, made on the device: words of one side replaced by what the pocket model would guess without seeing
the words that they render, or dropped.

Replaced-token detection (Clark et al. 2020) across two languages. The model reads the source without the linked words
and guesses; what it also finds likely with them is a fair rendering and no fault.
"""

from __future__ import annotations

import torch
from detector_examples import PAIR, SOME_KIND, UNKNOWN
from distortions import CODE
from pocket_model import Marian, fast_half
from train_pocket import TO_ZH, Batch, Pairs

RIGHT, DROPPED = 0.35, 0.25  # share of pairs left as they are; of the others, those that lose words
FAIR = 0.08  # a guess as probable as this with the source in view is no fault
SPOTS, SPAN = (0.6, 0.25, 0.15), (0.6, 0.2, 0.1, 0.1)  # chances of one, two … faults a pair, and of one, two … tokens a fault


class Corruptor:
    def __init__(self, pairs: Pairs, generator: Marian):
        self.pairs, self.model = pairs, generator.eval()
        self.device = pairs.device
        self.dice = torch.Generator(self.device).manual_seed(17)

    def _random(self, *shape: int) -> torch.Tensor:
        return torch.rand(shape, generator=self.dice, device=self.device)

    def _choice(self, chances: tuple[float, ...], count: int) -> torch.Tensor:
        return torch.multinomial(torch.tensor(chances, device=self.device), count, replacement=True, generator=self.dice)

    @torch.no_grad()
    def __call__(self, batch: Batch) -> dict[str, torch.Tensor]:
        """What `detector_examples.tensors` returns, of these pairs; the side that the batch translates into is changed."""
        pairs, count = self.pairs, len(batch.rows)
        source, target_in, labels, links = pairs.tensors(batch)
        words = (labels != pairs.pad) & (labels != pairs.eos)
        links = links.where(words, torch.tensor(-1, device=self.device))
        size = words.sum(1)
        fate = self._random(count)
        wrong, dropped = fate > RIGHT, fate > 1 - (1 - RIGHT) * DROPPED
        spots = self._spots(words, size, ~dropped) & wrong[:, None]
        guess, changed = self._guess(source, target_in, labels, links, spots & ~dropped[:, None])
        target = labels.where(~changed, guess)
        gone = spots & dropped[:, None]
        # The other side: what is linked to a fault is part of it; of what is linked to nothing, nobody knows.
        other_size = (source != pairs.pad).sum(1) - 2
        place, inside = torch.arange(source.shape[1], device=self.device), source.shape[1]
        hit = lambda which: torch.zeros(count, inside + 1, dtype=torch.bool, device=self.device).scatter_(
            1, torch.where(which & (links >= 0), links, inside), True)[:, :inside]
        faulty = changed | gone
        kind = torch.where(dropped, CODE["omission"] if batch.direction != TO_ZH else CODE["addition"], SOME_KIND)[:, None]
        other_bad = torch.where(hit(faulty), kind, torch.where(hit(words) | ~faulty.any(1)[:, None], 0, UNKNOWN))
        other_bad = other_bad.where((place >= 1) & (place <= other_size[:, None]), torch.tensor(UNKNOWN, device=self.device))
        own_bad = torch.where(changed, SOME_KIND, 0)
        # Close the gaps.
        order = torch.sort((~words | gone).byte(), dim=1, stable=True).indices
        target, own_bad, links = (x.gather(1, order) for x in (target, own_bad, links))
        size = size - gone.sum(1)
        return self._joined(batch.direction, source[:, 1:-1], other_size, other_bad[:, 1:-1], target[:, :-1], size, own_bad[:, :-1], links[:, :-1] - 1, faulty.any(1))

    def _spots(self, words, size, replaced) -> torch.Tensor:
        """[B,T]: tokens to change; where words will be dropped, one spot only."""
        count, length = words.shape
        place = torch.arange(length, device=self.device)
        chosen = torch.zeros_like(words)
        number = self._choice(SPOTS, count) + 1
        for turn in range(len(SPOTS)):
            start = (self._random(count) * size).long()
            end = start + self._choice(SPAN, count) + 1 + (~replaced).long()
            on = (place >= start[:, None]) & (place < end[:, None]) & (number > turn)[:, None] & (replaced | (turn == 0))[:, None]
            chosen |= on
        return chosen & words

    def _guess(self, source, target_in, labels, links, spots):
        """(tokens [B,T], where they are faults [B,T]): drawn from the model that does not see the words linked to `spots`."""
        hidden = torch.zeros(len(source), source.shape[1] + 1, dtype=torch.bool, device=self.device)
        hidden.scatter_(1, torch.where(spots & (links >= 0), links, source.shape[1]), True)
        blind = source.masked_fill(hidden[:, :-1], self.pairs.pad)
        with torch.autocast(self.device.type, torch.bfloat16, enabled=fast_half(self.device)):
            states, _ = self.model(torch.cat([blind, source]), torch.cat([target_in, target_in]))
            unseen, seen = states[: len(source)][spots], states[len(source) :][spots]
            weight = self.model.shared.weight
            blind_chance, chance = (x @ weight.T for x in (unseen, seen))
        blind_chance, chance = blind_chance.float(), chance.float().softmax(-1)
        blind_chance[:, [0, 1]] = -1e4  # end and unknown
        blind_chance[:, self.pairs.pieces :] = -1e4
        blind_chance.scatter_(1, labels[spots][:, None], -1e4)
        drawn = torch.multinomial(blind_chance.softmax(-1), 1, generator=self.dice)
        fair = chance.gather(1, drawn)[:, 0] > FAIR
        guess, changed = labels.clone(), spots.clone()
        guess[spots] = torch.where(fair, labels[spots], drawn[:, 0])
        changed[spots] = ~fair
        return guess, changed

    def _joined(self, direction, source, source_size, source_bad, target, target_size, target_bad, links, wrong) -> dict[str, torch.Tensor]:
        """Both sides as one sequence, Chinese first. `links` [B,target]: place in the source or -1 and less."""
        count = len(source)
        (zh, zh_size, zh_bad), (en, en_size, en_bad) = ((target, target_size, target_bad), (source, source_size, source_bad)) if direction == TO_ZH else (
            (source, source_size, source_bad), (target, target_size, target_bad))
        length = int((zh_size + en_size).max()) + 3
        new = lambda fill: torch.full((count, length + 1), fill, device=self.device)  # one more column for what is outside
        ids, sides, bad, linked = new(self.pairs.pad), new(-1), new(UNKNOWN), new(-1)
        ids[:, 0] = self.pairs.prefix[1]
        where = []
        for side, tokens, size, labels, first in ((0, zh, zh_size, zh_bad, torch.ones_like(zh_size)), (1, en, en_size, en_bad, zh_size + 2)):
            place = torch.arange(tokens.shape[1], device=self.device).expand_as(tokens)
            at = torch.where(place < size[:, None], place + first[:, None], length)
            ids.scatter_(1, at, tokens)
            sides.scatter_(1, at, side)
            bad.scatter_(1, at, labels)
            ids.scatter_(1, (first + size)[:, None], self.pairs.eos)
            where.append(at)
        here, there = where if direction == TO_ZH else where[::-1]
        known = (links >= 0) & (here < length)
        mate = there.gather(1, links.clamp(min=0))
        linked.scatter_(1, torch.where(known, here, length), mate)
        linked.scatter_(1, torch.where(known, mate, length), here)
        ids, sides, bad, linked = (x[:, :length] for x in (ids, sides, bad, linked))
        return dict(ids=ids, sides=sides, bad=bad, links=linked, marked=torch.full(ids.shape, -1.0, device=self.device), worth=(~wrong).float(),
                    group=torch.arange(count, device=self.device), task=torch.full((count,), PAIR.index("faithful"), device=self.device))
