"""Stretches that the other side does not account for, and what speaks for and against a real gap.

A stretch is a run of adjacent words without a partner in the word table. Alone that is weak evidence, since a free
rendering leaves words without partners too. So each stretch is weighed against the rest of the pair: a paraphrase
leaves unaccounted words on both sides at corresponding places, and in a free translation everywhere.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from .sides import Bilingual
from .word_support import FUNCTION_WORDS, Unit, Word

#: features of a stretch, in the order of `Stretch.features`
FEATURES = ("sum", "most", "words", "partner", "elsewhere", "there", "surplus", "quoted", "name", "joined", "modifier", "final",
            "linked", "linked_least", "linked_less", "clause", "open")
_JOINED = re.compile(r"[\s\-]*(?:(?:of|and|or|the|a|an|to|its|their|his|her)\s+)?")
_LEADS = frozenset(["in", "on", "at", "by", "for", "with", "from", "of", "to", "over", "under", "after", "before", "during", "into", "as", "and", "or", "but", "while", "when", "because",
                    "the", "a", "an", "its", "their", "his", "her", "very", "most", "more", "much", "such", "all", "any", "some", "even", "only", "also", "especially", "including", "particularly"])
_ADDS = re.compile(r"\b(?:and|or|including|especially|particularly|also|as well as)\b", re.I)
_PREPOSITION = re.compile(r"\b(?:in|on|at|by|for|with|from|of|to|over|under|after|before|during|into|as|while|when|because)\b", re.I)
_NEXT_WORD = re.compile(r"[\s\-]+([A-Za-z]\w*)")
_BORDER = re.compile(r"\s*(?:[,.;:!?\"”]|$)")
_CLAUSE = re.compile(r"[^，。；：！？“”「」]+")
_LINKS, _STOPS = "的地之", "，。；：、！？“”「」"
#: English content words for each Chinese word, about (human translations of news)
_USUAL = 0.95


@dataclass(frozen=True)
class Stretch:
    """`[start, end)` of one side's text; `features` are the numbers that `FEATURES` names."""

    start: int
    end: int
    features: tuple[float, ...]


def english_stretches(view: Bilingual) -> list[Stretch]:
    """Runs of English words that nothing in the Chinese accounts for."""
    text, support = view.english.text, view.support
    groups: list[list[Word]] = []
    for before, word in zip([None, *support.words], support.words):
        if word.covered:
            continue
        if groups and groups[-1][-1] is before and _JOINED.fullmatch(text[before.end : word.start]):
            groups[-1].append(word)
        else:
            groups.append([word])
    if not groups:
        return []
    weighed = [[w.weight for w in group] for group in groups]
    weights = [sum(group) for group in weighed]
    foreign = [((u.start, u.end), u.weight) for u in support.units if not u.covered]
    total, there = sum(weights), sum(nats for _, nats in foreign)
    linked = _link_features(view, True)
    out = []
    for group, each, weight in zip(groups, weighed, weights):
        first, end = group[0].start, group[-1].end
        start = _led(text, first)
        leading, following = text[start:first], _NEXT_WORD.match(text, end)
        partner = sum(nats for place, nats in foreign if view.near(place, (first, end), 3))
        form = (bool(_ADDS.search(leading)), bool(following) and following[1].lower() not in FUNCTION_WORDS and not _PREPOSITION.search(leading), bool(_BORDER.match(text, end)))
        out.append(Stretch(*_with_hyphens(text, start, end), _features(
            each, partner, total - weight, there, len(support.words),
            len(support.units) * _USUAL, view.english.quoted(start, end), all(text[w.start].isupper() for w in group), form)
            + linked(start, end) + (0.0, 1.0)))
    return out


def _led(text: str, start: int) -> int:
    """Where the small words begin that stand right before a word; word by word backwards, as a pattern would try everywhere."""
    while True:
        before = text[:start].rstrip()
        at = len(before)
        while at and (before[at - 1].isalnum() or before[at - 1] == "_"):
            at -= 1
        if len(before) == start or before[at:].lower() not in _LEADS:
            return start
        start = at


def _with_hyphens(text: str, start: int, end: int) -> tuple[int, int]:
    """Words joined by hyphens are shown whole: year-on-year gains, and no "year gains"."""
    if text[start - 1 : start] == "-":
        start -= len(re.search(r"(?:\w+-)*$", text[:start]).group())
    return start, end + len(re.match(r"(?:-\w+)*", text[end:]).group()) if text[end : end + 1] == "-" else end


def chinese_stretches(view: Bilingual) -> list[Stretch]:
    """Runs of Chinese words that nothing in the English accounts for."""
    text, support = view.simplified, view.support
    weigh = [unit.weight for unit in support.units]  # of each unit, worked out once
    groups: list[list[int]] = []  # numbers of units
    for n, unit in enumerate(support.units):
        if unit.covered or not weigh[n]:
            continue
        if groups and groups[-1][-1] == n - 1 and support.units[n - 1].end == unit.start:
            groups[-1].append(n)
        else:
            groups.append([n])
    weights = [sum(weigh[n] for n in group) for group in groups]
    foreign = [((w.start, w.end), w.weight) for w in support.words if not w.covered]
    total, there = sum(weights), sum(nats for _, nats in foreign)
    linked = _link_features(view, False)
    out = []
    for group, weight, clause in [*((g, w, None) for g, w in zip(groups, weights)), *_clauses(view, groups, weigh)]:
        start, end = clause if clause else (support.units[group[0]].start, support.units[group[-1]].end)
        held = weigh[slice(*_held(support.units, start, end))] if clause else [weigh[n] for n in group]
        partner = sum(nats for place, nats in foreign if view.near((start, end), place, 3))
        form = (text[start] in "并且和及与而但以还更也又", text[end : end + 1] in [*_LINKS] or text[end - 1] in _LINKS,
                (start == 0 or text[start - 1] in _STOPS) and (end == len(text) or text[end] in _STOPS))
        out.append(Stretch(start, end, _features(
            [weigh[n] for n in group], partner, total - weight, there, len(support.units) * _USUAL,
            len(support.words), view.chinese.quoted(start, end), False, form)
            + linked(start, end) + (float(bool(clause)), weight / max(weight, sum(held)))))
    return out


def _held(units: Sequence[Unit], start: int, end: int) -> tuple[int, int]:
    """Those of the units, which are in order, that begin in a range, as a range of their numbers."""
    at = lambda unit: unit.start
    return bisect_left(units, start, key=at), bisect_left(units, end, key=at)


def _clauses(view: Bilingual, groups: list[list[int]], weigh: list[float]) -> list[tuple[list[int], float, tuple[int, int]]]:
    """Clauses of several words most of which lack a partner: chance partners of the others do not save them."""
    units, out = view.support.units, []
    for match in _CLAUSE.finditer(view.simplified):
        first, last = _held(units, *match.span())
        lost = [n for n in range(first, last) if not units[n].covered and weigh[n]]
        weight = sum(weigh[n] for n in lost)
        if len(lost) >= 2 and weight >= 0.5 * sum(weigh[first:last]) and not any(g[0] == lost[0] and g[-1] == lost[-1] for g in groups):
            out.append((lost, weight, match.span()))
    return out


def _features(weights: list[float], partner: float, elsewhere: float, there: float, own: float, other: float, quoted: bool, name: bool,
              form: tuple[bool, bool, bool]) -> tuple[float, ...]:
    return (sum(weights), max(weights), float(len(weights)), min(partner, 12.0), elsewhere / max(4.0, own), there / max(4.0, other),
            max(-1.0, min(1.0, own / max(2.0, other) - 1)), float(quoted), float(name), *map(float, form))


def _link_features(view: Bilingual, english: bool) -> Callable[[int, int], tuple[float, float, float]]:
    """What the word alignment says of a stretch: mean and least coverage of its words, and how far under the text's mean."""
    links, unknown = view.pair.links, (0.5, 0.5, 0.0)
    if links is None:
        return lambda start, end: unknown
    of_source = english != view.draft_is_english
    words, text = (links.source_words, view.pair.source.text) if of_source else (links.target_words, view.pair.target.text)
    table = links.probability if of_source else links.probability.T
    if not words or not table.shape[1]:
        return lambda start, end: unknown
    best, pieces = table.max(1), [text[a:b] for a, b in words]
    content = [i for i, piece in enumerate(pieces) if piece.isalnum() and piece.lower() not in FUNCTION_WORDS]
    usual = float(best[content].mean()) if content else 0.0
    known = [(*words[i], value) for i, value in zip(content, best[content].tolist())]

    def features(start: int, end: int) -> tuple[float, float, float]:
        inside = [value for a, b, value in known if a < end and start < b]
        if not inside:
            return unknown
        mean = sum(inside) / len(inside)
        return mean, min(inside), usual - mean

    return features
