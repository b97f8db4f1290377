"""Words turned into their opposite: 流出 → inflows, 不服 → accept, 上升 → fell."""

from __future__ import annotations

from collections.abc import Iterator

from ..languages.vocabulary import vocabulary
from .check import Comparison
from .rates import posterior
from .senses import Change, pairing
from .wording import senses

NEAR = 0.3  # closeness from which two words stand at one place
# Share of faithful pairs with two unpaired opposites at one place, by how literally the pair is translated.
CHANCE = {0: 0.1, 1: 0.1, 2: 0.06, 3: 0.04}


def opposites(pair: Comparison, kind: str) -> Iterator[Change]:
    """Unpaired words of opposite senses at one place; `kind`: "who" (parties) or "way" (directions)."""
    if "opposite" not in vocabulary(pair.source.language) or "opposite" not in vocabulary(pair.target.language):
        return
    found = pairing(pair, "opposite")
    table = senses()["opposite"]
    targets = found.alone(1)
    for s in found.alone(0):
        others = {table[sense]["of"] for sense in s.asks if table[sense]["kind"] == kind}
        near = [(found.places.closeness(s, t), t.start, t) for t in targets if others & set(t.asks)]
        if not near:
            continue
        closeness, _, t = max(near, key=lambda item: item[:2])
        if closeness >= NEAR and not found.places.translates(s, t):
            targets.remove(t)
            rate = CHANCE[found.places.tightness] * (1.6 - closeness)
            yield Change(s, t, posterior(rate), {"by": "opposite words at one place", "closeness": round(closeness, 2)})
