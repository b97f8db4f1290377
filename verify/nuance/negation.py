"""Negation: dropped, added, or moved: 未必, 并非, 不得不, 难免, 除非 and what English does instead.

A negation word proves nothing by itself (不影响 is "leave untouched"); what it negates does: if the word
after 不 is aligned with an English word, that English word should be negated too, and the other way round.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..finding import Finding, Severity
from ..languages.vocabulary import Mark, vocabulary
from .answered_negations import CLAUSE_END, REACH
from .check import Comparison
from .contradictions import contradicted
from .contrasts import exchanged
from .partial_negation import weakened
from .places import OCCUPIED, Places
from .rates import posterior, rates
from .refusal import refused
from .senses import Change, pairing, vocabulary_marks
from .sides import Bilingual
from .undenied import denied, undenied
from .verbs import with_verb
from .wording import finding

_ELSE_NEVER = re.compile(r"[^.;:!?]{0,80}?\b(?:since|before|until)\b")
_FIRST = re.compile("首[次度见例]|第一次|头一[次回]|最[快早]|至早|以来|新[高低]")
_BEFORE = {True: 12, False: 2}  # a word so close before a negation can be governed too ("matters not", 去不成)
# Of the negations that show so, how many were changed: one that pairs with another may be that one, moved.
PRIORS = {"alone-bare": 0.12, "alone-free": 0.08, "paired-bare": 0.008}
DOUBLED = "double negation"
LINK = 0.35  # link probability from which the negated word counts as translated
_ABOUT = 60, 20  # characters before and after a word in which a second negation of it may stand
# An English word that says nothing of what is affirmed.
_FUNCTION = re.compile(r"(?:an?|the|to|of|in|on|at|by|for|with|as|that|this|it|its|he|she|his|her|they|their|is|are|was|were|be|been|and|or|last)$", re.I)
HEADS = 3  # words after a negation among which its head is


class Negation:
    name = "negation"

    def __call__(self, pair: Comparison) -> Iterator[Finding]:
        if "negation" not in vocabulary(pair.source.language) or "negation" not in vocabulary(pair.target.language):
            return
        known = rates()
        both = pair.bilingual
        ruled = [*contradicted(both, "negation"), *_halved(both), *refused(both), *exchanged(both), *undenied(both), *denied(both), *weakened(both)] if both else []
        # 拒绝 as "agreed to" is both a contradiction and a refusal that is gone. Contradictions stand first: they quote the word that is wrong.
        ruled = [f for n, f in enumerate(ruled) if not any(f.source and f.source == other.source for other in ruled[:n])]
        told = [(f.source, f.target) for f in ruled]
        for side, mark, context, head, tightness in unanswered(pair):
            own = (pair.source, pair.target)[side].span(mark.start, mark.end)
            if any(spans[side] and spans[side].start <= own.start < spans[side].end for spans in told):
                continue
            language = (pair.source, pair.target)[side].language.base
            rate = known.in_context(language, "negation", mark, context, tightness)
            evidence = {"by": "vocabulary and word alignment", "context": context, "same_in_faithful_texts": round(rate, 4)}
            source, target = (mark, head) if side == 0 else (head, mark)
            yield _finding(pair, Change(source, target, posterior(rate, PRIORS[context]), evidence), side, mark)
        yield from ruled


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


def unanswered(pair: Comparison) -> Iterator[tuple[int, Mark, str, Mark | None, int]]:
    """(side, negation, context, counterpart of what it negates, tightness) for each negation that looks lost or added.

    The context says what was seen, for `rates.py`: "alone" or "paired" by vocabulary, then "bare" (what it
    negates is aligned with an affirmed word), or "free" (what it negates is not aligned).
    """
    places, every = pair.places, [vocabulary_marks(side, "negation") for side in (pair.source, pair.target)]
    chinese = 1 if places.spaced[0] else 0
    both = pair.bilingual
    affirming = affirmed(both) if both else []
    found = pairing(pair, "negation", lambda side, topic: pair.negations.marks[side is pair.target])
    for side, marks, others in ((0, found.source, found.target), (1, found.target, found.source)):
        alone = set(found.alone(side))
        for mark in marks:
            if not mark.asks or side == chinese and any(twice.start <= mark.start < twice.end for twice in affirming):
                continue
            if side != chinese and _ever_before(places.texts[side], places.texts[chinese], mark):
                continue
            own = [m for m in every[side] if m is not mark]
            kept, head = _head(places, side, mark, own, [other for other in others if side != chinese or other.asks or not _renders(places, side, own, other)])
            paired = "alone" if mark in alone else "paired"
            if kept or (paired == "paired" and head is None):
                continue
            yield side, mark, f"{paired}-{'bare' if head else 'free'}", head, places.tightness


def _ever_before(english: str, chinese: str, mark: Mark) -> bool:
    """首次跌破 as "has not been below it since", 最快年中 as "not before": English denies what was before, the Chinese says first or earliest."""
    return bool(_ELSE_NEVER.match(english, mark.end) and _FIRST.search(chinese))


def _renders(places: Places, side: int, marks: list[Mark], other: Mark) -> bool:
    """Whether a loose negation opposite translates one of these marks: *uneven* is 不均, and keeps no 并不 beside it."""
    table = places.table(1 - side)
    for j in places.inside(1 - side, other.start, other.end) if table.shape[1] else ():
        i = int(table[j].argmax())
        start, end = places.words[side][i]
        if table[j, i] >= OCCUPIED and any(m.start < end and start < m.end for m in marks):
            return True
    return False


def _head(places: Places, side: int, mark: Mark, own_marks: list[Mark], others: list[Mark]) -> tuple[bool, Mark | None]:
    """Whether something aligned with the negation or what it governs is negated opposite; if not, the affirmed word.

    `own_marks` are the other negations of the mark's side: what translates one of them keeps that one (不反对 as *opposed*).
    """
    if places.links is None:
        return False, None
    text, spaced = places.texts[side], places.spaced[side]
    table, words = places.table(side), places.words[1 - side]
    own = places.inside(side, mark.start, mark.end)
    behind, behind_there = (one.language.base == "ja" for one in ((places.pair.source, places.pair.target)[n] for n in (side, 1 - side)))
    after = text[mark.end : mark.end + REACH[spaced]] if not behind else ""  # of Japanese the mark takes in its word
    stop = CLAUSE_END.search(after)
    end = mark.end + (stop.start() if stop else len(after))
    governed = [i for i in places.inside(side, mark.end, end) if i not in own]
    # 没有否认 as *denied*: what translates another negation of the Chinese keeps nothing else. Of the English, *not without* renders one 不无.
    spent = {words[int(table[i].argmax())] for m in own_marks for i in places.inside(side, m.start, m.end) if not spaced and table.shape[1] and table[i].max() >= LINK}
    others = [o for o in others if o.asks or not any(a < o.end and o.start < b for a, b in spent)]
    affirmed = None
    for rank, i in enumerate([*own, *governed]):
        if not table.shape[1]:
            break
        j = int(table[i].argmax())
        if table[i, j] < LINK:
            continue
        start, stop_at = words[j]
        # What a second negation of this side accounts for is taken; so is, far from the head, a noun or verb that is
        # negative in itself: *ban* renders 禁令, and keeps no 不 that stands before another verb.
        taken = rank >= len(own) + HEADS or any(m.start < places.words[side][i][1] and places.words[side][i][0] < m.end for m in own_marks)
        # Grammar says nothing of what a word negative in itself does: 尚无 aligned with the *the* of *boycott the bill* is not kept.
        function = _FUNCTION.match(places.texts[1 - side], start, stop_at)
        if any(_governs(places.texts[1 - side], places.spaced[1 - side], behind_there, other, start, stop_at) for other in others
               if not (taken or function) or other.asks and not (taken and other.start < stop_at and start < other.end)):
            return True, None
        if affirmed is None and (behind or i not in own) and rank < len(own) + HEADS and table[i, j] > 0.5 and len(places.texts[1 - side][start:stop_at]) > 1 and not function:
            affirmed = Mark(start, stop_at, places.texts[1 - side][start:stop_at], (), (), "")
    return False, affirmed


def _governs(text: str, spaced: bool, behind: bool, negation: Mark, start: int, end: int) -> bool:
    """Whether a negation word of `text` can govern the word at start:end. `behind`: in its language it stands behind that word."""
    if negation.start < end and start < negation.end:
        return True
    if end <= negation.start:
        return (bool(negation.asks) or behind) and negation.start - end <= _BEFORE[spaced]
    reach = REACH[spaced] if negation.asks else REACH[spaced] // 2
    return start - negation.end <= reach and not CLAUSE_END.search(text, negation.end, start)
