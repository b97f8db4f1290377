"""Segments to beads: which segments of the witness (source) stand beside which of the draft (target)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ..finding import Bead
from ..text import Document, Segment
from .band import find_band
from .forced import apart
from .moved import moved
from .search import Side, search
from .shed import shed
from .similarity import LexicalSimilarity, Similarity

Text = Document | Sequence[Segment] | Sequence[str]

PARAGRAPH, HEADING = 0.7, 3.0  # price in nats of joining two paragraphs, or a heading to a text, in one bead
BY_FORCE = 0.7  # score that the best of many wrong beads can reach
UNRELATED = 0.1  # relatedness below which a witness shares nothing with the draft: unrelated texts of any length stay there
FAINT = 0.05  # the same where nothing was translated back: by vocabulary alone a true original can look that unlike its draft

# Characters that say what one Chinese character says.
_DENSITY = {"zh": 1.0, "ja": 1.4, "ko": 1.6}
_SPACED = 3.8


def align(source: Text, target: Text, similarity: Similarity | None = None, *, source_language: str = "zh",
          target_language: str = "en", back_translations: Sequence[str] | None = None) -> list[Bead]:
    """Beads in the order of the target; a gap on either side is a bead with an empty side.

    Every segment is in exactly one. Source segments ascend too, but for a sentence that stands elsewhere in
    the other text: where neither has a counterpart on the common path, and surely each is the other's.

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
    sides = _side(source, s_places, s_texts), _side(target, t_places, t_texts)
    band = find_band(scores, sides[0].length, sides[1].length, _density(target_language) - _density(source_language))
    s_known, t_known = scores.information()
    rate = lambda p: float(probability(p.gain / max(1e-9, s_known[p.a:p.b].sum() + t_known[p.c:p.d].sum())))
    path = list(shed(search(scores, band, *sides), scores, (s_known, t_known)))
    path = moved(list(apart(path, (s_known, t_known))), scores, rate)
    return [Bead(tuple(s_places[p.a:p.b]), tuple(t_places[p.c:p.d]), round(rate(p), 4) if p.b > p.a and p.d > p.c else 0.0)
            for p in path]


def probability(share):
    """That a bead's sides belong together, from the share of their information that the other side explains.

    A logistic curve fitted to the gold beads of `benchmarks/alignment.py` against random ones (93% right).
    """
    return 1 / (1 + np.exp(-50.0 * (share + 0.054)))


def relatedness(source: Text, target: Text, beads: Sequence[Bead]) -> float:
    """How far two texts speak of the same, 0..1: the share of the smaller part's text in beads better than chance.

    A witness may hold only a part of the draft, or the draft of the witness: the side that is covered more
    counts. A bead of score ≤ `BY_FORCE` adds nothing, so that beads found by force do not add up. Unrelated
    texts stay under `UNRELATED`.
    """
    shares = []
    for side, text in (("source", source), ("target", target)):
        places, texts, _ = readable(text, "")
        length = dict(zip(places, map(len, texts)))
        held = sum(max(0.0, (bead.score - BY_FORCE) / (1 - BY_FORCE)) * sum(length.get(i, 0) for i in getattr(bead, side)) for bead in beads)
        shares.append(held / max(1, sum(length.values())))
    return max(shares)


def readable(text: Text, language: str) -> tuple[list[int], list[str], str]:
    """Places and texts of the segments that are aligned, and their language."""
    if isinstance(text, Document):
        return readable(text.segments, text.language)
    kept = [(i, s if isinstance(s, str) else s.text) for i, s in enumerate(text)
            if isinstance(s, str) or s.kind != "boilerplate"]
    return [i for i, _ in kept], [s for _, s in kept], language


def _side(text: Text, places: Sequence[int], texts: Sequence[str]) -> Side:
    segments = text.segments if isinstance(text, Document) else text
    seam = np.zeros(len(texts))
    kept = [segments[i] for i in places]
    if not isinstance(kept[0], str) and len({s.paragraph for s in kept}) < len(kept):  # else lines, not paragraphs
        for i, (one, two) in enumerate(zip(kept, kept[1:])):
            seam[i + 1] = HEADING if one.kind != two.kind else PARAGRAPH * (one.paragraph != two.paragraph)
    return Side(np.array([max(1, len(t)) for t in texts], float), seam)


def _density(language: str) -> float:
    return float(np.log(_DENSITY.get(language.split("-")[0], _SPACED)))
