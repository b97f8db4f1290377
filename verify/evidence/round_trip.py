"""Round trip: how near the back-translation comes to the original.

Evidence for the eye; poor as a judge, since it cannot say which of the two translations erred.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache


@dataclass(frozen=True)
class RoundTrip:
    """chrF (Popović 2015) and sentence BLEU (Papineni et al. 2002), both 0..100, as sacreBLEU computes them."""

    chrf: float
    bleu: float


@cache
def _metrics(language: str):
    from sacrebleu.metrics import BLEU, CHRF

    tokenize = {"zh": "zh", "ja": "char", "ko": "char"}.get(language.split("-")[0], "13a")
    return CHRF(), BLEU(tokenize=tokenize, effective_order=True)


def round_trip(back_translation: str, original: str, language: str) -> RoundTrip:
    """Compare a back-translation with the original it should resemble; `language` is the original's."""
    chrf, bleu = _metrics(language)
    return RoundTrip(
        round(chrf.sentence_score(back_translation, [original]).score, 2),
        round(bleu.sentence_score(back_translation, [original]).score, 2),
    )
