"""How often each vocabulary word goes without a counterpart in faithful translations.

Counted by `tools/fit_rates.py` on human translations and shipped as `rates.json`:
{language: {topic: {key: [asked, unanswered]}}}, where a key is a sense, "word:" and a vocabulary
entry, "tight:" and how literally the pair is translated (places.py), or sense ">" sense of the other language (the second counts how often the one was
rendered by the other).
"""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path

from ..languages.vocabulary import Mark

BELIEF = 12.0  # how many occurrences the sense's rate is worth beside the word's own
UNKNOWN = 0.3  # rate where nothing was counted
PRIOR = 0.1  # of the marked words in a text worth checking, how many were changed
# Published translations drop some nuances for good: the share of unanswered words that are no loss of meaning.
FREE = {"emphasis": 0.5, "hedge": 0.7}
CAUGHT = 0.8  # of the changed ones, how many show as unanswered


class Rates:
    def __init__(self, table: dict):
        self.table = table

    def _counts(self, language: str, topic: str) -> dict:
        """Japanese was not counted: the same senses of Chinese stand for it."""
        return self.table.get("zh" if language == "ja" else language, {}).get(topic, {})

    def unanswered(self, language: str, topic: str, mark: Mark, tightness: int = 0) -> float:
        """Probability, 0..1, that a faithful translation has no counterpart of this mark."""
        counts = self._counts(language, topic)
        general = _share([counts[sense] for sense in mark.asks if sense in counts])
        asked, missed = counts.get("word:" + mark.entry, (0, 0))
        own = (missed + BELIEF * general) / (asked + BELIEF)
        return min(1.0, own * self._looseness(counts, tightness)) * FREE.get(topic, 1.0)

    @staticmethod
    def _looseness(counts: dict, tightness: int) -> float:
        """How much more often than on average words of the topic go unanswered in pairs translated so freely."""
        classes = [counts.get(f"tight:{n}", (0, 0)) for n in (1, 2, 3)]
        return _share([classes[tightness - 1]]) / _share(classes) if tightness and any(n for n, _ in classes) else 1.0

    def rendered(self, languages: tuple[str, str], topic: str, source: Mark, target: Mark) -> float:
        """Probability, 0..1, that a faithful translation has the one mark's sense opposite the other's."""
        shares = []
        for language, mark, other in ((languages[0], source, target), (languages[1], target, source)):
            counts = self._counts(language, topic)
            for sense in mark.asks:
                asked = counts.get(sense, (0, 0))[0]
                met = sum(counts.get(f"{sense}>{opposite}", (0, 0))[1] for opposite in other.asks)
                shares.append((met + 0.5) / (asked + 10))
        return max(shares)


def _share(seen: list) -> float:
    asked, missed = (sum(n for n, _ in seen), sum(m for _, m in seen)) if seen else (0, 0)
    return (missed + UNKNOWN * 3) / (asked + 3)


def posterior(rate: float, prior: float = PRIOR) -> float:
    """Probability of a change, when in faithful texts this happens at `rate` (Bayes)."""
    return prior * CAUGHT / (prior * CAUGHT + (1 - prior) * max(rate, 0.002))


@lru_cache(maxsize=1)
def rates() -> Rates:
    path = Path(__file__).with_name("rates.json")
    return Rates(json.loads(path.read_text(encoding="utf-8")) if path.exists() else {})
