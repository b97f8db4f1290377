"""The second opinion: what the trained detector thinks of the checks' findings, and what it sees that they do not.

Vocabulary asks the question and knows the name of the difference; the detector (evidence/detector.py) has read both
texts and knows how odd a word is opposite them. A finding where the detector sees nothing loses confidence, one that
it shares gains, and only what is sure enough stays grave; a place that it alone doubts becomes a finding of the check whose kind of fault it looks like.
The weights are data, `suspicion.json`, fitted by `tools/fit_suspicion.py`.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from ..evidence.detector import Suspicion
from ..finding import Category, Finding, Severity
from .check import Comparison, Side
from .sides import Bilingual, finding
from .wording import MEANT

EVIDENCE = "suspicion"  # key of Comparison.evidence: (Suspicion of the source, Suspicion of the target)
_LEAST = 0.15  # a neighbour of a doubtful word that shares its doubt to this degree belongs to it
MINOR = frozenset({"emphasis"})  # kinds of fault that are never grave
SHOWN = 0.3  # findings less sure than this are nobody's business


@dataclass(frozen=True)
class Doubt:
    """A run of words of one side; `chance` is that of its most doubtful word, `kind` the likeliest sort of fault."""

    start: int
    end: int
    chance: float
    kind: str


def logit(chance: float) -> float:
    chance = min(max(chance, 1e-4), 1 - 1e-4)
    return math.log(chance / (1 - chance))


def sigmoid(odds: float) -> float:
    return 1 / (1 + math.exp(-odds))


@lru_cache(maxsize=1)
def weights() -> dict | None:
    path = Path(__file__).with_name("suspicion.json")
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else None


def doubts(side: Side, opinion: Suspicion, kinds: Sequence[str], least: float) -> list[Doubt]:
    """The runs of `side` with a word of at least `least`, most doubtful first."""
    text = side.text
    words: list[list] = []  # start, end, chance, kinds of the most doubtful token
    for (start, end), chance, kind in zip(opinion.spans, opinion.chances, opinion.kinds):
        if start == end:
            continue
        joined = words and words[-1][1] == start and side.language.spaced and text[start].isalnum() and text[start - 1].isalnum()
        if joined:
            words[-1][1] = end
            if chance > words[-1][2]:
                words[-1][2:] = [float(chance), kind]
        else:
            words.append([start, end, float(chance), kind])
    found, free = [], [True] * len(words)
    for top in sorted(range(len(words)), key=lambda i: -words[i][2]):
        if words[top][2] < least:
            break
        if not free[top]:
            continue
        first = last = top
        bar = max(_LEAST, words[top][2] / 3)
        while first > 0 and free[first - 1] and words[first - 1][2] >= bar and top - first < 8:
            first -= 1
        while last + 1 < len(words) and free[last + 1] and words[last + 1][2] >= bar and last - top < 8:
            last += 1
        free[first : last + 1] = [False] * (last + 1 - first)
        weight = sum(w[2] * w[3] for w in words[first : last + 1])
        found.append(Doubt(words[first][0], words[last][1], words[top][2], kinds[1 + int(weight.argmax())]))
    return found


def weigh(pair: Comparison, found: Iterable[Finding], checks: Sequence[str]) -> list[Finding]:
    """`found` with confidences settled, and the detector's own findings for `checks` that are on."""
    model, opinions = weights(), pair.evidence.get(EVIDENCE)
    found = list(found)
    if not model or not opinions:
        return found
    from ..evidence.detector import detector

    kinds = detector().kinds
    settled = [_settled(model, one, shared(pair, one, opinions)) for one in found]
    return settled + own(pair, opinions, kinds, settled, checks, model)


def _settled(model: dict, one: Finding, chance: float) -> Finding:
    confidence = round(settle(model, one.check, one.confidence, chance), 3)
    meant = nature(one)
    evidence = {name: value for name, value in one.evidence.items() if name != MEANT}
    grave = confidence >= model["grave"] or not meant >= Severity.MAJOR
    return one.with_(confidence=confidence, severity=meant if grave else Severity.MINOR, evidence=evidence)


def nature(one: Finding) -> Severity:
    """What a finding would weigh if it were sure."""
    return Severity(one.evidence.get(MEANT, one.severity.value))


def place(side: Side, span) -> tuple[int, int] | None:
    """The range in `side.text` of a file span."""
    if span is None:
        return None
    if not side.offsets:
        return span.start, span.end
    inside = [i for i, offset in enumerate(side.offsets) if span.start <= offset < span.end]
    return (inside[0], inside[-1] + 1) if inside else None


def shared(pair: Comparison, one: Finding, opinions: tuple[Suspicion, Suspicion]) -> float:
    """The detector's highest chance at the places of a finding."""
    places = [(place(side, span), opinion) for side, span, opinion in
              ((pair.source, one.source, opinions[0]), (pair.target, one.target, opinions[1]))]
    return max((opinion.of(*where) for where, opinion in places if where), default=0.0)


def settle(model: dict, check: str, confidence: float, chance: float) -> float:
    own, there, base = model["settle"].get(check, model["settle"]["*"])
    return sigmoid(own * logit(confidence) + there * logit(chance) + base)


def own(pair: Comparison, opinions, kinds: Sequence[str], known: Sequence[Finding], checks: Sequence[str], model: dict,
        shown: float = SHOWN) -> list[Finding]:
    """Findings of what no check has named."""
    slope, base = model["own"]
    least = sigmoid((logit(shown) - base) / slope)
    taken = [[place(side, span) for span in spans if span] for side, spans in
             ((pair.source, [f.source for f in known]), (pair.target, [f.target for f in known]))]
    touches = lambda doubt, places: any(p and p[0] < doubt.end and doubt.start < p[1] for p in places)
    there, here = (doubts(side, opinion, kinds, least / 2) for side, opinion in zip((pair.source, pair.target), opinions))
    made: list[Finding] = []
    if not any(doubt.chance >= least for doubt in (*there, *here)):
        return made
    answered = _answered(pair)
    for doubt in here:
        if doubt.chance < least or touches(doubt, taken[1]) or doubt.kind not in checks or touches(doubt, answered[1]):
            continue
        partner = None
        if doubt.kind not in ("addition", "quotation"):
            partner = next((d for d in there if not touches(d, taken[0])), None)
            if partner:
                there.remove(partner)
        made.append(_finding(pair, doubt.kind, partner, doubt, sigmoid(slope * logit(max(doubt.chance, partner.chance if partner else 0)) + base), model["grave"]))
    for doubt in there:
        kind = "omission" if doubt.kind == "addition" else doubt.kind
        if doubt.chance >= least and not touches(doubt, taken[0]) and kind in checks and not touches(doubt, answered[0]):
            made.append(_finding(pair, kind, doubt, None, sigmoid(slope * logit(doubt.chance) + base), model["grave"]))
    return made


def _answered(pair: Comparison) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Words of source and target that the word table finds rendered on the other side: no doubt alone outweighs that."""
    view = Bilingual.of(pair)
    if view is None:
        return [], []
    english = [(word.start, word.end) for word in view.support.words if word.covered]
    chinese = [(unit.start, unit.end) for unit in view.support.units if unit.covered]
    return (chinese, english) if view.draft_is_english else (english, chinese)


def _finding(pair: Comparison, kind: str, there: Doubt | None, here: Doubt | None, confidence: float, grave: float) -> Finding:
    cut = lambda side, doubt: side.text[doubt.start : doubt.end]
    category = Category.MISTRANSLATION
    if here is None:
        message = f"The draft does not seem to say “{cut(pair.source, there)}”."
        category = Category.OMISSION
    elif there is None:
        message = f"The source does not seem to bear out “{cut(pair.target, here)}”."
        category = Category.ADDITION if kind == "addition" else category
    else:
        message = f"“{cut(pair.target, here)}” does not seem to be what “{cut(pair.source, there)}” says."
    severity = Severity.MAJOR if confidence >= grave and kind not in MINOR else Severity.MINOR
    return finding(pair, kind, severity, message, (there.start, there.end) if there else None, (here.start, here.end) if here else None,
                   round(confidence, 3), category, detector=round(max(d.chance for d in (there, here) if d), 3))
