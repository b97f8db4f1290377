"""Who does what to whom, by the order of aligned words: actor and patient exchanged, passive made active.

English tells the roles by order and by "by"; Chinese by order and by 被, 由, 受, 把, 向. Two aligned words
that stand in English as subject and object the other way round, with no sign of a passive, have changed roles.
Two words that have each gone to the other's company have changed places.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ..languages.inflection import is_verb_form
from ..languages.vocabulary import Mark
from .check import Comparison
from .places import Places
from .senses import vocabulary_marks

SURE = 0.45  # link probability of a word that takes part
_BEGINNING = re.compile(r"\b\w")
_CLAUSE = re.compile(r"[，。；：！？,;:!?、]")
_MARKED = re.compile(r"被|由|受|遭|[获獲]|把|[将將]|向|[对對]|[给給]|[与與]|和|跟|[为為]|[让讓]|使|令|在|[从從]|以|[于於]|前|[后後]|的")
_OF_THE_NEXT = re.compile(r"(?:前|原|[该該]|[这這]|一?[名位])$")  # belong to the word they stand before
_SUFFERS = re.compile(r"^(?:\w{0,6}?[性子人者])?(?:[已曾疑也又都]|[当當][场場])?(?:惨)?(?:被|遭)(?:到|一?[名位])?(?:前)?$")
_TOWARDS = re.compile(r"^(?:\w{0,5}?)(?:(?P<to>向|[给給])|(?P<from>[从從]))(?:前)?$")
_PREPOSITION = re.compile(r"\b(?:by|of|from|with|under|to|for|in|at|on|against|into|over|among|between|than|as|and|or|who|which|that|whose)\s+(?:[\w'-]+\s+){0,2}$", re.IGNORECASE)
_BY = re.compile(r"\bby\s+(?:(?:the|a|an|its|his|her|their|our|this|that|local|some|several|many|other)\s+)?(?:[\w'-]+\s+){0,1}$", re.IGNORECASE)
_PASSIVE = re.compile(r"\b(?:be|is|are|was|were|been|being|am|get|gets|got)\s+(?:\w+\s+){0,2}$", re.IGNORECASE)
_AUXILIARY = frozenset({"be", "is", "are", "was", "were", "been", "being", "am", "do", "does", "did", "done", "doing",
                        "has", "have", "had", "having", "get", "gets", "got"})
_PASSIVES = frozenset({"be", "is", "are", "was", "were", "been", "being", "am", "get", "gets", "got", "had", "have", "has"})
_AFTER_VERB = re.compile(r"(?:which|who|whom|to)\s+(?:(?:the|a|an)\s+)?$", re.IGNORECASE)
_RECIPIENT = re.compile(r"(?:向|[对對]|[给給]|把|[将將]|跟|[请請]|[着著]令|命|要求|敦促|批[评評]|警告|告[诉訴])$")


@dataclass(frozen=True)
class Exchange:
    """What changed: words of the source and of the target, and what was seen."""

    source: Mark
    target: Mark
    seen: str  # "order", "marked", "by", "company"


@dataclass(frozen=True)
class _Word:
    i: int
    j: int
    source: tuple[int, int]
    target: tuple[int, int]


def exchanges(pair: Comparison) -> Iterator[Exchange]:
    """Signs of exchanged roles; a sign is not a proof."""
    places = pair.places
    if places.links is None or pair.source.language.spaced or not pair.target.language.spaced:
        return
    words = _certain(places)
    yield from _order(places, words)
    yield from _marked(places, words)
    yield from _by(places, words)
    yield from _company(places, words, vocabulary_marks(pair.source, "speaker"))


def _certain(places: Places) -> list[_Word]:
    """Content words aligned one to one, known to the lexicon, that occur once on either side."""
    table, source, target = places.table(0), *places.texts
    if not all(table.shape):
        return []
    best, back = table.argmax(1).tolist(), table.argmax(0).tolist()
    folded = target.lower()
    out = []
    for i, (a, b) in enumerate(places.words[0]):
        j = best[i]
        c, d = places.words[1][j]
        if b - a < 2 or d - c < 3 or back[j] != i or table[i, j] < SURE:
            continue
        word = target[c:d].lower()
        if source.count(source[a:b]) > 1 or folded.find(word, folded.find(word) + 1) >= 0 and _begun(folded, word) > 1:
            continue
        if places.translates(_mark(source, a, b), _mark(target, c, d)):
            out.append(_Word(i, j, (a, b), (c, d)))
    return out


def _begun(text: str, letters: str) -> int:
    """How many words of a text begin with these letters."""
    return sum(text.startswith(letters, match.start()) for match in _BEGINNING.finditer(text))


def _mark(text: str, start: int, end: int) -> Mark:
    return Mark(start, end, text[start:end], (), (), "")


def _verb(text: str, start: int, end: int) -> bool:
    return is_verb_form(text[start:end]) and not re.search(r"\b(?:the|a|an|its|his|her|their|our|of|this|that)\s+$", text[:start], re.IGNORECASE)


def _order(places: Places, words: list[_Word]) -> Iterator[Exchange]:
    """A verb B in one clause of the source, and B verb A in the target, active and without a preposition before A."""
    source, target = places.texts
    for left, right in [*zip(words, words[1:]), *zip(words, words[2:])]:
        between = source[left.source[1] : right.source[0]]
        if not 1 <= len(between) <= 14 or _CLAUSE.search(between) or _MARKED.search(_OF_THE_NEXT.sub("", between)):
            continue
        a, b = left.target, right.target
        if b[1] > a[0] or a[0] - b[1] > 45 or _CLAUSE.search(target, b[1], a[0]) or _PREPOSITION.search(target[: a[0]]):
            continue
        inner = [w for w in words if left.i < w.i < right.i]
        if any(not b[1] <= w.target[0] < a[0] for w in inner) or sum(b[1] <= w.target[0] < a[0] for w in words) != len(inner):
            continue
        verbs = [(b[1] + m.start(), b[1] + m.end()) for m in re.finditer(r"[A-Za-z]+", target[b[1] : a[0]])]
        verbs = [v for v in verbs if _verb(target, *v) and target[v[0] : v[1]].lower() not in _AUXILIARY]
        if verbs and not _PASSIVE.search(target[: verbs[0][0]]) and not _AFTER_VERB.search(target[: b[0]]):
            yield Exchange(_mark(source, left.source[0], right.source[1]), _mark(target, b[0], a[1]), "order")


def _marked(places: Places, words: list[_Word]) -> Iterator[Exchange]:
    """A 被 B beside an active "A verb B"; A 向 B beside "B verb … to A", A 从 B beside "B verb … from A"."""
    source, target = places.texts
    for left, right in zip(words, words[1:]):
        between, (a, b) = source[left.source[1] : right.source[0]], (left.target, right.target)
        first, last = sorted((a, b))
        joint = target[first[1] : last[0]]
        if not 1 <= len(joint) <= 60:
            continue
        suffers, way = first == a and _SUFFERS.search(between), first == b and _TOWARDS.search(between)
        if not (suffers or way) or _CLAUSE.search(joint) or _PREPOSITION.search(target[: first[0]]):
            continue
        if suffers:
            wrong = not re.search(r"\b(?:by|from|at the hands|after|when|that|as)\b", joint)
        else:
            wrong = re.search(rf"\b{'to' if way['to'] else 'from'}\s+(?:(?:the|a|an|its|his|her|their)\s+)?(?:[\w'’-]+\s+)?$", joint) is not None
        verbs = [(first[1] + m.start(), first[1] + m.end()) for m in re.finditer(r"[A-Za-z]+", joint)]
        verbs = [v for v in verbs if _verb(target, *v)]
        if wrong and verbs and not any(target[slice(*v)].lower() in _PASSIVES for v in verbs):
            yield Exchange(_mark(source, left.source[0], right.source[1]), _mark(target, first[0], last[1]), "marked")


def _by(places: Places, words: list[_Word]) -> Iterator[Exchange]:
    """A word that the source has as the receiver (向X, 对X) and the target as the doer (by X); or a passive whose
    doer the source names (被X) and the target replaces."""
    source, target = places.texts
    doers = [word for word in words if _BY.search(target[: word.target[0]])] if "by" in target.lower() else []
    if not doers:
        return
    named = [m.end() for m in re.finditer(r"被|遭到?|受到?", source)]
    for word in doers:
        start = target.rfind("by ", 0, word.target[0])
        if _RECIPIENT.search(source[: word.source[0]]):
            yield Exchange(_mark(source, max(0, word.source[0] - 1), word.source[1]), _mark(target, start, word.target[1]), "by")
        elif named and len(doers) == 1 and all(not at <= word.source[0] <= at + 5 for at in named):
            other = [w for w in words if any(at == w.source[0] for at in named)]
            if other and word.source[0] < min(named):
                yield Exchange(_mark(source, *other[0].source), _mark(target, start, word.target[1]), "by")


def _company(places: Places, words: list[_Word], people: list[Mark]) -> Iterator[Exchange]:
    """Two parties whose neighbours in the source are aligned with each other's neighbours in the target."""
    source, target = places.texts
    phrases = _phrases(words)
    parties = [any(m.start < w.source[1] and w.source[0] < m.end for w in phrase for m in people) for phrase in phrases]
    near = [_neighbours(source, phrase, phrases) for phrase in phrases]
    for m, one in enumerate(phrases):
        for n in range(m + 1, len(phrases)):
            two = phrases[n]
            mine, yours = [p for p in near[m] if p is not two], [p for p in near[n] if p is not one]
            if not mine or not yours or not (parties[m] and parties[n] or _kin(source, one, two)):
                continue
            kept = min(_gap(one, p) for p in mine), min(_gap(two, p) for p in yours)
            crossed = min(_gap(two, p) for p in mine), min(_gap(one, p) for p in yours)
            if max(crossed) <= 6 and sum(crossed) + 5 < sum(kept):
                yield Exchange(_mark(source, one[0].source[0], one[-1].source[1]), _mark(target, two[0].target[0], two[-1].target[1]), "company")


def _kin(source: str, one: list[_Word], two: list[_Word]) -> bool:
    """Words of one kind end alike: 急诊 and 门诊, 原告 and 被告."""
    return any(source[a.source[1] - 1] == source[b.source[1] - 1] for a in one for b in two)


def _phrases(words: list[_Word]) -> list[list[_Word]]:
    """Runs of words that stand side by side, in the same order, on both sides: they belong together."""
    out: list[list[_Word]] = []
    for word in words:
        if out and word.i - out[-1][-1].i == 1 and word.j - out[-1][-1].j == 1:
            out[-1].append(word)
        else:
            out.append([word])
    return out


def _gap(one: list[_Word], two: list[_Word]) -> int:
    """Words between two phrases of the target."""
    low, high = sorted((one, two), key=lambda phrase: phrase[0].j)
    return max(0, high[0].j - low[-1].j - 1)


def _neighbours(source: str, phrase: list[_Word], phrases: list[list[_Word]]) -> list[list[_Word]]:
    """The phrases nearest to a phrase in its clause of the source, at most one to each side."""
    out = []
    index = next(n for n, other in enumerate(phrases) if other is phrase)
    for other in phrases[max(0, index - 1) : index + 2]:
        if other is phrase:
            continue
        first, last = sorted((phrase, other), key=lambda p: p[0].i)
        if last[0].i - first[-1].i <= 5 and not _CLAUSE.search(source, first[-1].source[1], last[0].source[0]):
            out.append(other)
    return out
