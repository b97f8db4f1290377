"""Quote to quote: each quote of the draft beside its counterpart in a witness.

Order is free: a report often moves its quotes. A counterpart can be another quote, two or three quotes of the
witness in a row that the draft gives as one, or words that the witness reports without marks. A few words that no
lexicon knows for each other are a pair if they stand in the same place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import pairwise

import numpy as np

from ..finding import Bead, QuotePair
from ..text import Document, Quote, QuoteKind
from .bags import Bag
from .beads import probability
from .similarity import SHAPES, LexicalSimilarity
from .words import links

NEAR, FAR = 2.5, -1.5  # log odds of a counterpart in the same bead or next to it, and of one far from it
OWN = 2.0  # log odds of a quote whose best match in all of the draft is in this quote, or is not
SURE = 0.6  # probability from which two quotes, or a quote and reported words, are a pair
LIKE = 0.5  # likeness that the words must have of themselves: a place alone makes no pair, for an invented quote has one too
FACING = 0.2  # likeness that is enough where both stand in marks in one bead
IN_PLACE = 0.5  # probability of a pair that nothing but its place speaks for
IDIOM = 4  # words, or twice as many characters where no blanks part them, that may be put so freely
VERY_LIKE = 0.9  # likeness of the same words in another mouth
APART = 2  # segments between quotes that can be one quote of the draft
_CAPITALISED = re.compile(r"\b[A-Z][\w’'-]+(?<!^The)(?<!^An)(?<!^He)(?<!^She)(?<!^They)(?<!^It)")


def pair_quotes(draft: Document, witness: Document, beads: Sequence[Bead],
                back_translations: Sequence[str] | None = None) -> list[QuotePair]:
    """One pair for each quote of the draft, in its order; `source` is None where the witness has nothing like it.

    `beads` are those of `align(witness, draft)`; `back_translations` one for each draft segment. A source
    of kind INDIRECT is found in the witness without marks. `score` is the probability of the pair.
    """
    if not draft.quotes:
        return []
    units = _units(witness)
    odds = _odds(draft, witness, units, beads)
    chosen = _assign(odds, units, draft, witness)
    sources = {i: _joined([witness.quotes[q] for q in units[k]]) for i, k in chosen.items()}
    sources |= _in_place(sources, draft, witness, beads)
    pairs, unmarked = [], _Unmarked(witness)
    for index, quote in enumerate(draft.quotes):
        source, score = sources.get(index), _logistic(odds[index, chosen[index]]) if index in chosen else IN_PLACE if index in sources else 0.0
        if source is None and quote.kind in (QuoteKind.DIRECT, QuoteKind.PARTIAL):
            source, score = _reported(quote, draft, unmarked, beads)
            held = [i for i, other in sources.items() if source and other.start < source.end and source.start < other.end]
            if source and not all(_both(quote, draft.quotes[i], source.text, draft, witness) for i in held):
                source, score = None, 0.0
            elif source:
                sources[index] = source
        back = _back(quote, back_translations, witness.language)
        pairs.append(QuotePair(quote, source, witness.name, round(score, 4), back))
    return pairs


def _in_place(sources: Mapping[int, Quote], draft: Document, witness: Document, beads: Sequence[Bead]) -> dict[int, Quote]:
    """Sources of a few words each that stand in one bead with as many quotes without a source, one for one: "full of holes"
    and 残缺不全. Whoever reads them side by side sees whether they are the same; that no witness holds them would be too much said."""
    speech = lambda q: q.kind is not QuoteKind.SCARE
    free = [q for q in witness.quotes if speech(q) and not any(q.start < t.end and t.start < q.end for t in sources.values())]
    found: dict[int, Quote] = {}
    for bead in beads:
        ours = [i for i, q in enumerate(draft.quotes) if i not in sources and speech(q) and set(q.segments) <= {*bead.target}]
        theirs = [q for q in free if set(q.segments) <= {*bead.source}]
        if len(ours) == len(theirs):
            found |= {i: q for i, q in zip(ours, theirs) if _few(draft.quotes[i].text, draft.language) and _few(q.text, witness.language)}
    return found


def _few(text: str, language: str) -> bool:
    from ..languages import get

    return len(text.split()) <= IDIOM if get(language).spaced else len(text) <= 2 * IDIOM


def _units(witness: Document) -> list[tuple[int, ...]]:
    """Quotes of the witness, and runs of two or three that stand close together, as indexes."""
    quotes = witness.quotes
    units: list[tuple[int, ...]] = [(i,) for i in range(len(quotes))]
    for size in (2, 3):
        for first in range(len(quotes) - size + 1):
            run = quotes[first:first + size]
            if all(a.end <= b.start and a.segments and b.segments and b.segments[0] - a.segments[-1] <= APART
                   and QuoteKind.SCARE not in (a.kind, b.kind) for a, b in pairwise(run)):
                units.append(tuple(range(first, first + size)))
    return units


def _odds(draft: Document, witness: Document, units: Sequence[tuple[int, ...]], beads: Sequence[Bead]) -> np.ndarray:
    """Log odds that draft quote i and unit j are the same words: their likeness, and where they stand."""
    if not units:
        return np.zeros((len(draft.quotes), 0))
    shares = likeness([" ".join(witness.quotes[i].text for i in unit) for unit in units],
                      [quote.text for quote in draft.quotes], witness.language, draft.language).T
    odds = np.log(np.clip(shares, 1e-9, 1 - 1e-9)) - np.log(1 - np.clip(shares, 1e-9, 1 - 1e-9))
    partner = _partners(beads)
    facing = np.zeros(odds.shape, bool)
    # Where in the draft each quote of the witness would rather be: three words in a row can look like anything.
    places = [i for i, segment in enumerate(draft.segments) if segment.kind != "boilerplate"]
    wish = likeness([q.text for q in witness.quotes], [draft.segments[i].text for i in places], witness.language, draft.language)
    owner = [places[int(row.argmax())] for row in wish]
    across = [{s for j in quote.segments for s in partner.get(j, ())} for quote in draft.quotes]
    # The quotes of each side by the segments of the witness at which they stand.
    ours, theirs = _by_segment(across), _by_segment(quote.segments for quote in witness.quotes)
    for i, quote in enumerate(draft.quotes):
        opposite = across[i]
        facing_us = {q for s in opposite for q in theirs.get(s, ())}
        enough = len({q for s in opposite for q in ours[s]}) >= len(facing_us)
        beside = {s + step for s in opposite for step in (-1, 0, 1)}
        for k, unit in enumerate(units):
            facing[i, k] = len(unit) == 1 and bool(opposite & set(witness.quotes[unit[0]].segments))
            held = [bool(beside & set(witness.quotes[q].segments)) for q in unit]
            odds[i, k] += FAR + (NEAR - FAR) * np.mean(held)
            odds[i, k] += sum(OWN if owner[q] in quote.segments else -OWN for q in unit)
            if len(unit) > 1 and enough and facing_us.issuperset(unit):
                odds[i, k] = -np.inf  # each has one of its own
    # Both in marks and in one bead: then words that a lexicon hardly knows (骑虎难下 as "no way to back out") are the likelier reading.
    # Another quote there cannot take them too.
    return np.where(shares >= np.where(facing, FACING, LIKE), odds, -np.inf)


def _by_segment(quotes: Iterable[Iterable[int]]) -> dict[int, list[int]]:
    """The numbers of the quotes that stand at each segment."""
    found: dict[int, list[int]] = {}
    for number, segments in enumerate(quotes):
        for segment in segments:
            found.setdefault(segment, []).append(number)
    return found


def likeness(source: Sequence[str] | Bag, target: Sequence[str], source_language: str, target_language: str) -> np.ndarray:
    """Probability that each source text and each target text belong together: (len(source), len(target))."""
    scores = LexicalSimilarity(source_language, target_language).compare(source, target)
    s_known, t_known = scores.information()
    gains = scores.gains((0, len(source)), (0, len(target)))[0]
    return probability(gains / np.maximum(s_known[:, None] + t_known[None], 1e-9))


def _partners(beads: Sequence[Bead]) -> dict[int, tuple[int, ...]]:
    """Draft segment -> witness segments beside it."""
    return {j: bead.source for bead in beads for j in bead.target}


def _assign(odds: np.ndarray, units: Sequence[tuple[int, ...]], draft: Document, witness: Document) -> dict[int, int]:
    """Best first; a quote of the witness answers one of the draft, then another where both of them are its words."""
    least = np.log(SURE / (1 - SURE))
    ranked = sorted(((odds[i, k], -len(units[k]), int(i), int(k)) for i, k in np.argwhere(odds >= least)), reverse=True)
    chosen: dict[int, int] = {}
    for again in (False, True):
        for _, _, i, k in ranked:
            held = [j for j, unit in chosen.items() if set(units[unit]) & set(units[k])]
            if i not in chosen and (not held or again and all(
                    _both(draft.quotes[i], draft.quotes[j], " ".join(witness.quotes[q].text for q in units[k]), draft, witness) for j in held)):
                chosen[i] = k
    return chosen


def _both(quote: Quote, other: Quote, source: str, draft: Document, witness: Document) -> bool:
    """Whether words of the witness that `other` renders can be those of `quote` too: it says more of them, or the same again.

    What is unlike them is another quote, wherever it stands; so is what somebody else says, unless it is the very same.
    """
    if not _one_voice(quote.speaker or "", other.speaker or "") and likeness([source], [quote.text], witness.language, draft.language)[0, 0] < VERY_LIKE:
        return False
    scores = LexicalSimilarity(witness.language, draft.language).compare([source], [other.text, quote.text])
    alone, together = (scores.gains((0, 1), (0, n))[SHAPES.index((1, n)), 0, 0] for n in (1, 2))
    return bool(together > alone)


def _one_voice(one: str, other: str) -> bool:
    """Whether two speakers of an English draft can be one: he and she, or two names, cannot."""
    if {one.lower(), other.lower()} == {"he", "she"}:
        return False
    names, others = (set(_CAPITALISED.findall(who)) for who in (one, other))
    return not names or not others or bool(names & others)


def _joined(quotes: Sequence[Quote]) -> Quote:
    """Several quotes as one split quote."""
    first, last = quotes[0], quotes[-1]
    if len(quotes) == 1:
        return first
    parts = tuple(part for quote in quotes for part in (quote.parts or ((quote.start, quote.end),)))
    segments = tuple(sorted({s for quote in quotes for s in quote.segments}))
    return replace(first, text=" … ".join(quote.text for quote in quotes), end=last.end, parts=parts, segments=segments)


class _Unmarked:
    """The clauses of a witness that no marks hold only in part: where reported words are looked for."""

    def __init__(self, witness: Document):
        self.witness = witness
        self.marked: dict[int, list[Quote]] = {}  # the quotes of each segment
        for quote in witness.quotes:
            for i in quote.segments if quote.kind is not QuoteKind.SCARE else ():
                self.marked.setdefault(i, []).append(quote)

    @cached_property
    def places(self) -> list[tuple[int, int, int]]:
        """(segment, start, end) of each, offsets in the segment's text."""
        return [(i, a, b) for i, segment in enumerate(self.witness.segments) if segment.kind != "boilerplate"
                for a, b in _clauses(segment.text, self.witness.language)
                if not any(0 < _shared(q, segment.place(a, b)) <= 0.5 for q in self.marked.get(i, ()))]

    @cached_property
    def words(self) -> Bag:
        segments = self.witness.segments
        return Bag.read([segments[i].text[a:b] for i, a, b in self.places], self.witness.language)


def _reported(quote: Quote, draft: Document, unmarked: _Unmarked, beads: Sequence[Bead]) -> tuple[Quote | None, float]:
    """The words of the witness that say, without marks, what the quote says."""
    if not unmarked.places:
        return None, 0.0
    partner, witness = _partners(beads), unmarked.witness
    near = {s for j in quote.segments for s in partner.get(j, ())}
    shares = likeness(unmarked.words, [quote.text], witness.language, draft.language)[:, 0]
    odds = np.log(shares + 1e-9) - np.log(1 - shares + 1e-9) + np.array([NEAR if i in near else FAR for i, _, _ in unmarked.places])
    odds[shares < LIKE] = -np.inf
    best = int(odds.argmax())
    score = _logistic(odds[best])
    if score < SURE:
        return None, 0.0
    index, start, end = unmarked.places[best]
    segment = witness.segments[index]
    inside = [q for q in unmarked.marked.get(index, ()) if _shared(q, segment.place(start, end)) > 0.5]
    if inside:  # it has marks after all; what looked unlike was the rest of the quote
        return _joined(inside), score
    start, end = _trimmed(segment.text, start, end, quote.text, witness.language, draft.language)
    if start == end:
        return None, 0.0
    place = segment.place(start, end)
    verb = _verb(segment.text, start, end, witness.language)
    span = segment.place(verb.start, verb.end) if verb else None
    return Quote(segment.text[start:end], *place, QuoteKind.INDIRECT, (index,), verb=verb.lemma if verb else None,
                 verb_span=span, parts=(place,)), score


def _shared(quote: Quote, place: tuple[int, int]) -> float:
    """The part of a stretch of the file that a quote fills."""
    return (min(quote.end, place[1]) - max(quote.start, place[0])) / max(1, place[1] - place[0])


def _clauses(text: str, language: str) -> list[tuple[int, int]]:
    """Stretches between marks, alone and joined with those that follow; none that ends where the words of a speaker begin."""
    from ..languages import get

    cuts = [0] + [i + 1 for i, c in enumerate(text) if c in "，,；;：:、。！？" and i + 1 < len(text)] + [len(text)]
    cuts = sorted(set(cuts))
    if len(cuts) > 13:  # a very long sentence: take it as it is
        return [(0, len(text))]
    lead_ins = {v.end + 1 for v in get(language).reporting_verbs(text) if text[v.end:v.end + 1] in "，,：:"}
    return [(a, b) for n, a in enumerate(cuts) for b in cuts[n + 1:] if b not in lead_ins]


def _trimmed(text: str, start: int, end: int, quote: str, language: str, quote_language: str) -> tuple[int, int]:
    """The stretch without the reporting words before it and the marks around it."""
    linked = links(text[start:end], quote, language, quote_language)
    held = [a for a, _, _ in linked.links]
    verb = _verb(text[start:end], end - start, end - start, language)
    if verb and held and any(a >= verb.end for a, _ in held):
        after = [a for a, _ in held if a >= verb.end]
        if len(after) >= len(held) / 2:
            start += verb.end
    while start < end and text[start] in " ，,：:、。；;":
        start += 1
    while end > start and text[end - 1] in " ，,：:、。；;":
        end -= 1
    return start, end


def _verb(text: str, start: int, end: int, language: str):
    """The reporting verb nearest to a stretch of text, outside of it where there is one."""
    from ..languages import get

    verbs = get(language).reporting_verbs(text)
    outside = [v for v in verbs if v.end <= start or v.start >= end]
    return min(outside or verbs, key=lambda v: min(abs(v.end - start), abs(v.start - end)), default=None)


def _back(quote: Quote, back_translations: Sequence[str] | None, language: str) -> str:
    """The back-translation of the quote: the words between marks in it where there are any, else all of it."""
    if back_translations is None:
        return ""
    from ..languages import get

    room = get(language)
    joint = " " if room.spaced else ""
    parts = [back_translations[j] for j in quote.segments if back_translations[j]]
    if len(parts) > 1:  # marks that a machine sets sentence by sentence need not pair up: only what is before and after goes
        return joint.join([_after_mark(parts[0]), *parts[1:-1], _before_mark(parts[-1])])
    text = "".join(parts)
    inner = [q for q in room.quotes(text) if q.kind is not QuoteKind.SCARE] if text else []
    return joint.join(q.text for q in inner) if len(inner) == 1 else text


_OPENING, _CLOSING = "“「『«‘\"", "”」』»’\""


def _after_mark(text: str) -> str:
    """What follows the first opening mark; all of the text where it has none but at its end."""
    at = min((text.find(mark) for mark in _OPENING if mark in text), default=-1)
    return text[at + 1:].rstrip(_CLOSING) if 0 <= at < len(text) - 1 else text


def _before_mark(text: str) -> str:
    """What precedes the last closing mark; all of the text where it has none but at its start."""
    at = max((text.rfind(mark) for mark in _CLOSING), default=-1)
    return text[:at].lstrip(_OPENING) if at > 0 else text


def _logistic(odds: float) -> float:
    return float(1 / (1 + np.exp(-odds)))
