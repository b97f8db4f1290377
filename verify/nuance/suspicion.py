"""The second opinion: what the trained detector thinks of the checks' findings, and what it sees that they do not.

Vocabulary asks the question and knows the name of the difference; the detector (evidence/detector.py) has read both
texts and knows how odd a word is opposite them, and what kind of fault it looks like. A finding where the detector sees
nothing, or something else, loses confidence, one that it shares gains, and only what is sure enough stays grave; a place
that no shown finding has named becomes one of the check whose kind of fault it looks like. The weights are those of two
logistic regressions, data in `suspicion.json`, fitted by `tools/fit_suspicion.py`.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from ..evidence.detector import Opinion, Suspicion
from ..finding import Category, Finding, Severity
from .amounts import agreement
from .check import Comparison, Side
from .contradictions import CONTRADICTIONS
from .contrasts import CONTRAST
from .counted_amounts import EXCHANGED, RECOUNTED
from .doubled import TWICE
from .exceptions import EXCEPTION
from .measures import MEASURE
from .negation import DOUBLED, affirmed
from .number import SCALE, VALUE
from .ownership import OWNERSHIP
from .partial_negation import NOT_ONLY, PARTIAL
from .quotation import MARKS
from .senses import pairing
from .sequences import SEQUENCE
from .sides import finding
from .time import POINT
from .time_relations import RELATIONS
from .time_words import rule
from .undenied import DENIED, UNDENIED
from .word_support import FUNCTION_WORDS
from .wording import MEANT

# Rules that are seldom wrong (docs/benchmarks.md counts their false alarms), which weights for all findings of a check cannot know.
PROVEN = (OWNERSHIP, RELATIONS, MEASURE, SEQUENCE, UNDENIED, DENIED, PARTIAL, NOT_ONLY, CONTRAST, DOUBLED, EXCEPTION, EXCHANGED, POINT, RECOUNTED, SCALE, TWICE, VALUE, *CONTRADICTIONS,
          *map(rule, ("bound", "day", "edge", "end_of", "ever", "frequency", "prompt", "recent", "season", "stage", "turn")))
EVIDENCE = "suspicion"  # key of Comparison.evidence: an Opinion
LEAST = 0.03  # a word less doubtful than this never makes a finding
_LEAST = 0.15  # a neighbour of a doubtful word that shares its doubt to this degree belongs to it
MINOR = frozenset({"emphasis"})  # kinds of fault that are never grave
SHOWN = 0.3  # findings less sure than this are nobody's business
_LETTERS = re.compile(r"[A-Za-z]+")
_SIGN = re.compile(r"[A-Z]{1,2}\$")
# Words that tell an editor nothing by themselves: of the function words those that neither deny, allow nor limit.
_GRAMMAR = FUNCTION_WORDS - {"not", "no", "nor", "if", "but", "so", "will", "would", "shall", "should", "can", "could", "may", "might", "must", "own", "just", "very", "over"}


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
    words: list[list] = []  # start, end, chance and place of the most doubtful token
    for token, ((start, end), chance) in enumerate(zip(opinion.spans, opinion.chances.tolist())):
        if start == end:
            continue
        joined = words and words[-1][1] == start and side.language.spaced and text[start].isalnum() and text[start - 1].isalnum()
        if joined:
            words[-1][1] = end
            if chance > words[-1][2]:
                words[-1][2:] = [chance, token]
        else:
            words.append([start, end, chance, token])
    found, free = [], [True] * len(words)
    for top in sorted((i for i, word in enumerate(words) if word[2] >= least), key=lambda i: -words[i][2]):
        if not free[top]:
            continue
        first = last = top
        bar = max(_LEAST, words[top][2] / 3)
        while first > 0 and free[first - 1] and words[first - 1][2] >= bar and top - first < 8:
            first -= 1
        while last + 1 < len(words) and free[last + 1] and words[last + 1][2] >= bar and last - top < 8:
            last += 1
        free[first : last + 1] = [False] * (last + 1 - first)
        weight = sum(w[2] * opinion.kinds[w[3]] for w in words[first : last + 1])
        found.append(Doubt(words[first][0], words[last][1], words[top][2], kinds[1 + int(weight.argmax())]))
    return found


def weigh(pair: Comparison, found: Iterable[Finding], checks: Sequence[str]) -> list[Finding]:
    """`found` with confidences settled, and the detector's own findings for `checks` that are on."""
    model, opinion = weights(), pair.evidence.get(EVIDENCE)
    found = list(found)
    if not model or not opinion:
        return found
    from ..evidence.detector import detector

    kinds = detector().kinds
    settled = [_settled(model, one, _sure(model, pair, one, opinion, kinds)) for one in found]
    shown = [one for one in settled if one.confidence >= SHOWN]
    more = [(doubted, confidence(model["own"], doubted.kind, doubted.features)) for doubted in doubted_places(pair, opinion, kinds, shown, checks)]
    return settled + [_finding(pair, doubted, round(sure, 3), model["grave"]) for doubted, sure in more if sure >= SHOWN]


def confidence(model: dict, kind: str, values: Sequence[float]) -> float:
    """Logistic: one weight a feature, one intercept a kind of finding."""
    return sigmoid(sum(w * x for w, x in zip(model["weights"], values)) + model["base"].get(kind, model["base"]["*"]))


def features(pair: Comparison, one: Finding, opinion: Opinion, kinds: Sequence[str]) -> tuple[float, ...]:
    """What a finding is judged by: log-odds of its own confidence; of the detector's highest chance at its places; log of
    how much that word looks like this kind of fault, against an even share; the detector's view of the whole pair."""
    places = [(side.place(span), suspicion) for side, span, suspicion in
              ((pair.source, one.source, opinion.source), (pair.target, one.target, opinion.target))]
    chance, likeness = max((suspicion.at(*where, kinds.index(one.check) - 1 if one.check in kinds else None) for where, suspicion in places if where),
                           default=(0.0, 1.0))
    return logit(one.confidence), logit(chance), math.log(likeness * (len(kinds) - 1) + 0.1), _whole(opinion)


def _whole(opinion: Opinion) -> float:
    return max(-5.0, min(5.0, opinion.faithful))


def _sure(model: dict, pair: Comparison, one: Finding, opinion: Opinion, kinds: Sequence[str]) -> float:
    settled = confidence(model["settle"], one.check, features(pair, one, opinion, kinds))
    if one.evidence.get("by") in PROVEN:
        return max(settled, one.confidence)
    # An editor signs for a quote word by word: a word of force lost there (the check calls it grave) is told on the check's own word. Of 4,824
    # faithful renderings of sentences with a quote that tells 60 more, all minor; of 689 with such a word lost or changed, 59.
    if one.check in MINOR and not one.target and nature(one) >= Severity.MAJOR:
        return max(settled, one.confidence)
    return settled


def _settled(model: dict, one: Finding, sure: float) -> Finding:
    sure, meant = round(sure, 3), nature(one)
    evidence = {name: value for name, value in one.evidence.items() if name != MEANT}
    grave = sure >= model["grave"] or not meant >= Severity.MAJOR
    return one.with_(confidence=sure, severity=meant if grave else Severity.MINOR, evidence=evidence)


def nature(one: Finding) -> Severity:
    """What a finding would weigh if it were sure."""
    return Severity(one.evidence.get(MEANT, one.severity.value))


@dataclass(frozen=True)
class Doubted:
    """A place that only the detector doubts, on the source side, the target side or both. `features`: log-odds of the
    highest chance; the view of the whole pair; whether the word table finds the words rendered; whether both sides are in doubt."""

    kind: str
    there: Doubt | None
    here: Doubt | None
    features: tuple[float, ...]


def doubted_places(pair: Comparison, opinion: Opinion, kinds: Sequence[str], known: Sequence[Finding], checks: Sequence[str]) -> list[Doubted]:
    """What the detector doubts and none of the `known` findings touches. What `_agreed` gives is not doubted: it was read."""
    taken = [[side.place(span) for span in spans if span] for side, spans in
             ((pair.source, [f.source for f in known]), (pair.target, [f.target for f in known]))]
    touches = lambda doubt, places: any(p and p[0] < doubt.end and doubt.start < p[1] for p in places)
    # A comma says nothing, nor does the S of S$: what the amount is worth, `number` compares.
    says = lambda side, doubt: any(map(str.isalnum, side.text[doubt.start : doubt.end])) and not _SIGN.fullmatch(side.text, doubt.start, doubt.end + 1)
    there, here = ([d for d in doubts(side, suspicion, kinds, LEAST) if says(side, d) and not touches(d, places)]
                   for side, suspicion, places in ((pair.source, opinion.source, taken[0]), (pair.target, opinion.target, taken[1])))
    made: list[Doubted] = []
    if not there and not here:
        return made
    answered, agreed = _answered(pair), _agreed(pair)
    within = lambda doubt, places: any(a <= doubt.start and doubt.end <= b for a, b in places)

    def add(kind: str, one: Doubt | None, other: Doubt | None) -> None:
        if kind in checks:
            both = [d for d in (one, other) if d]
            if all(within(d, agreed[0 if d is one else 1]) for d in both):
                return
            rendered = all(touches(d, answered[0 if d is one else 1]) for d in both)
            made.append(Doubted(kind, one, other, (logit(max(d.chance for d in both)), _whole(opinion), float(rendered), float(len(both) == 2))))

    for doubt in here:
        partner = None
        if doubt.kind not in ("addition", "quotation"):
            partner = next((d for d in there if d.kind == doubt.kind), None)
            if partner:
                there.remove(partner)
        if not (doubt.kind == "negation" and partner and _negation_kept(pair, partner)):
            add(doubt.kind, partner, doubt)
    for doubt in there:
        add("omission" if doubt.kind == "addition" else doubt.kind, doubt, None)
    return made


def _negation_kept(pair: Comparison, there: Doubt) -> bool:
    """Whether a doubtful word of the source is a negation that one of the draft answers: what else is doubted there is not that it negates."""
    found = pairing(pair, "negation")
    answered = (found.source[i] for i, _ in found.links)
    return any(m.asks and m.start < there.end and there.start < m.end for m in answered)


def _answered(pair: Comparison) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Words of source and target that the word table finds rendered on the other side: no doubt alone outweighs that."""
    view = pair.bilingual
    if view is None:
        return [], []
    english = [(word.start, word.end) for word in view.support.words if word.covered]
    chinese = [(unit.start, unit.end) for unit in view.support.units if unit.covered]
    return view.turned(chinese, english)


def _agreed(pair: Comparison) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Where source and target have the same amounts and times, and two negations of the Chinese that English affirms."""
    found, view = agreement(pair), pair.bilingual
    twice = view.turned([(mark.start, mark.end) for mark in affirmed(view)], []) if view else ([], [])
    return tuple([(both[side].start, both[side].end) for both in [*found.numbers, *found.times]] + twice[side] for side in (0, 1))


def readable(side: Side, doubt: Doubt) -> tuple[int, int]:
    """The range of a doubt; of English words of grammar alone, up to the next word that says something: "of" tells an editor nothing."""
    grammar = lambda word: word.lower() in _GRAMMAR
    end, words = doubt.end, _LETTERS.findall(side.text, doubt.start, doubt.end)
    if side.language.base == "en" and words and all(map(grammar, words)):
        following = re.match(r"(?: [A-Za-z]+){1,3}", side.text[end:])  # no further than the next punctuation mark
        for word in following[0].split() if following else ():
            end += 1 + len(word)
            if not grammar(word):
                return doubt.start, end
    return doubt.start, doubt.end


def _finding(pair: Comparison, doubted: Doubted, sure: float, grave: float) -> Finding:
    there, here, kind = doubted.there, doubted.here, doubted.kind
    places = [doubt and readable(side, doubt) for side, doubt in ((pair.source, there), (pair.target, here))]
    cut = lambda side, place: side.text[slice(*place)].strip(MARKS)
    category = Category.MISTRANSLATION
    if here is None:
        message = f"The draft does not seem to say “{cut(pair.source, places[0])}”."
        category = Category.OMISSION
    elif there is None:
        message = f"The source does not seem to bear out “{cut(pair.target, places[1])}”."
        category = Category.ADDITION if kind == "addition" else category
    else:
        message = f"“{cut(pair.target, places[1])}” does not seem to be what “{cut(pair.source, places[0])}” says."
    severity = Severity.MAJOR if sure >= grave and kind not in MINOR else Severity.MINOR
    return finding(pair, kind, severity, message, *places, sure, category, detector=round(max(d.chance for d in (there, here) if d), 3))
