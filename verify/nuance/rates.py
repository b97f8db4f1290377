"""How often each vocabulary word goes without a counterpart in faithful translations.

Counted by `tools/fit_rates.py` on human translations and shipped as `rates.json`:
{language: {topic: {sense: [asked, unanswered], "word:" + entry: [asked, unanswered]}}}.
"""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path

from ..languages.vocabulary import Mark

BELIEF = 12.0  # how many occurrences the sense's rate is worth beside the word's own
UNKNOWN = 0.3


class Rates:
    def __init__(self, table: dict):
        self.table = table

    def unanswered(self, language: str, topic: str, mark: Mark) -> float:
        """Probability, 0..1, that a faithful translation has no counterpart of this mark."""
        counts = self.table.get(language, {}).get(topic, {})
        seen = [counts[sense] for sense in mark.asks if sense in counts]
        asked, missed = (sum(n for n, _ in seen), sum(m for _, m in seen)) if seen else (0, 0)
        general = (missed + UNKNOWN * 3) / (asked + 3)
        own_asked, own_missed = counts.get("word:" + mark.entry, (0, 0))
        return (own_missed + BELIEF * general) / (own_asked + BELIEF)


@lru_cache(maxsize=1)
def rates() -> Rates:
    path = Path(__file__).with_name("rates.json")
    return Rates(json.loads(path.read_text(encoding="utf-8")) if path.exists() else {})
