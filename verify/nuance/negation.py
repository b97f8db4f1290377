"""Negation: dropped, added, or moved: 未必, 并非, 不得不, 难免, 除非 and what English does instead.

Rules for what words say (contradictions, refusals, double and partial negations, what is denied); of every other negation,
`kept_negations.py` judges whether the other side has kept it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..finding import Finding, Severity
from ..languages.vocabulary import Mark, vocabulary
from .answered_negations import CLAUSE_END
from .check import Comparison
from .contradictions import contradicted
from .contrasts import exchanged
from .kept_marks import KEPT
from .kept_negations import head, judged
from .partial_negation import weakened
from .places import Places
from .refusal import refused
from .senses import Change
from .sides import Bilingual
from .undenied import denied, undenied
from .verbs import with_verb
from .wording import finding

_ELSE_NEVER = re.compile(r"[^.;:!?]{0,80}?\b(?:since|before|until)\b")
_FIRST = re.compile("首[次度见例]|第一次|头一[次回]|最[快早]|至早|以来|新[高低]")
LEAST = 0.3  # chance from which a negation is told as lost or put in
DOUBLED = "double negation"
LINK = 0.35  # link probability from which the negated word counts as translated
_ABOUT = 60, 20  # characters before and after a word in which a second negation of it may stand
HEADS = 3  # words after a negation among which its head is


class Negation:
    name = "negation"

    def __call__(self, pair: Comparison) -> Iterator[Finding]:
        if "negation" not in vocabulary(pair.source.language) or "negation" not in vocabulary(pair.target.language):
            return
        both = pair.bilingual
        ruled = [*contradicted(both, "negation"), *_halved(both), *refused(both), *exchanged(both), *undenied(both), *denied(both), *weakened(both)] if both else []
        # 拒绝 as "agreed to" is both a contradiction and a refusal that is gone. Contradictions stand first: they quote the word that is wrong.
        ruled = [f for n, f in enumerate(ruled) if not any(f.source and f.source == other.source for other in ruled[:n])]
        told = [(f.source, f.target) for f in ruled]
        affirming = affirmed(both) if both else []
        for side, mark, chance in judged(pair):
            own = (pair.source, pair.target)[side]
            if chance < LEAST or both and own is both.english and _ever_before(both, mark) or any(own is both.chinese and twice.start <= mark.start < twice.end for twice in affirming):
                continue
            start = own.span(mark.start, mark.end).start
            if any(spans[side] and spans[side].start <= start < spans[side].end for spans in told):
                continue
            source, target = (mark, head(pair, 0, mark)) if side == 0 else (head(pair, 1, mark), mark)
            yield _finding(pair, Change(source, target, chance, {"by": KEPT}), side, mark)
        yield from ruled


def _ever_before(both: Bilingual, mark: Mark) -> bool:
    """首次跌破 as "has not been below it since", 最快年中 as "not before": English denies what was before, the Chinese says first or earliest."""
    return bool(_ELSE_NEVER.match(both.english.text, mark.end) and _FIRST.search(both.chinese.text))


def _finding(pair: Comparison, change: Change, side: int, mark: Mark) -> Finding:
    word = mark.text if side == 0 else f"“{mark.text}”"
    other = change.target if side == 0 else change.source
    if side == 0:
        said = pair.target.text[slice(*with_verb(pair.target.text, other.start, other.end))] if other and pair.target.language.base == "en" else other and other.text
        message = f"The source negates with {word}; the draft " + (f"affirms “{said}”." if other else "has no negation there.")
        suggestion = "restore the negation"
    else:
        message = f"The draft negates with {word}; the source " + (f"affirms {other.text}." if other else "has no negation there.")
        suggestion = f"check “{mark.text}”: the source affirms"
    return finding("negation", "negation", pair, change, Severity.CRITICAL, message, suggestion)


def _halved(both: Bilingual) -> Iterator[Finding]:
    """A double negation of the Chinese of which the English keeps one half: 并非没有风险 as *without risk*."""
    text = both.english.text
    for mark in _doubled(both):
        word, about = _negations(both, mark)
        if word is None or len(about) != 1:
            continue
        (start, end), once = word, about[0]
        before = once.asks and once.end <= start and not CLAUSE_END.search(text, once.end, start)
        if not (before or once.start <= start < once.end):  # "not willing", or "unwilling", which is both
            continue
        twice, other = both.turned("source", "draft")
        message = f"The {twice} negates twice with {mark.text}, which affirms; the {other} negates once: “{text[once.start : end]}”."
        yield both.finding("negation", Severity.CRITICAL, message, (mark.start, mark.end), (once.start, once.end), 0.7,
                           suggestion="negate twice, or not at all", by=DOUBLED)


def affirmed(both: Bilingual) -> list[Mark]:
    """The double negations of the Chinese that English affirms: with both, or without either (并非没有 as "there is")."""
    return [mark for mark in _doubled(both) if len(_negations(both, mark)[1]) != 1]


def _doubled(both: Bilingual) -> list[Mark]:
    if both.chinese.language.base != "zh" or both.pair.places.links is None:
        return []
    return vocabulary(both.chinese.language).find("double_negation", both.chinese.text)


def _negations(both: Bilingual, mark: Mark) -> tuple[tuple[int, int] | None, list[Mark]]:
    """The English word for what a double negation of the Chinese negates, and the negations about it."""
    word = _rendered(both.pair.places, 0 if both.draft_is_english else 1, mark)
    if word is None:
        return None, []
    text, (start, end) = both.english.text, word
    every = vocabulary(both.english.language).find("double_negation", text)
    # A second negation, or a *but*, in the next clause is none of this word's.
    return word, [n for n in every if start - _ABOUT[0] <= n.start < end + _ABOUT[1] and not (n.start >= end and CLAUSE_END.search(text, end, n.end))]


def _rendered(places: Places, side: int, mark: Mark) -> tuple[int, int] | None:
    """The word of the other side that translates what a negation negates: the first word after it that has a translation, or, where
    nothing follows (订单不是没有), the last before it."""
    table, text = places.table(side), places.texts[side]
    stop = CLAUSE_END.search(text, mark.end)
    end = min(mark.end + 6, stop.start() if stop else len(text))
    negated = places.inside(side, mark.end, end)[:HEADS] if end > mark.end else places.inside(side, mark.start - 4, mark.start)[::-1]
    for i in negated:
        if table.shape[1] and table[i].max() >= LINK:
            return places.words[1 - side][int(table[i].argmax())]
    return None
