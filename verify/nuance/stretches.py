"""Stretches that the other side does not account for, and what speaks for and against a real gap.

A stretch is a run of adjacent words without a partner in the word table. Alone that is weak evidence, since a free
rendering leaves words without partners too. So each stretch is weighed against the rest of the pair: a paraphrase
leaves unaccounted words on both sides at corresponding places, and in a free translation everywhere.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from .sides import Bilingual
from .word_support import FUNCTION_WORDS, Unit, Word

#: features of a stretch, in the order of `Stretch.features`
FEATURES = ("sum", "most", "words", "partner", "elsewhere", "there", "surplus", "quoted", "name", "joined", "modifier", "final",
            "linked", "linked_least", "linked_less", "clause", "open")
_JOINED = re.compile(r"[\s\-]*(?:(?:of|and|or|the|a|an|to|its|their|his|her)\s+)?")
_LEAD = re.compile(r"(?:\b(?:in|on|at|by|for|with|from|of|to|over|under|after|before|during|into|as|and|or|but|while|when|because|"
                   r"the|a|an|its|their|his|her|very|most|more|much|such|all|any|some|even|only|also|especially|including|particularly)\s+)+$", re.I)
_ADDS = re.compile(r"\b(?:and|or|including|especially|particularly|also|as well as)\b", re.I)
_PREPOSITION = re.compile(r"\b(?:in|on|at|by|for|with|from|of|to|over|under|after|before|during|into|as|while|when|because)\b", re.I)
_BEFORE_NOUN = re.compile(r"[\s\-]+(?!(?:" + "|".join(sorted(FUNCTION_WORDS)) + r")\b)[A-Za-z]", re.I)
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
    weights = [sum(w.weight for w in group) for group in groups]
    foreign = [u for u in support.units if not u.covered]
    linked = _link_features(view, True)
    out = []
    for group, weight in zip(groups, weights):
        lead = _LEAD.search(text[: group[0].start])
        start, end = (lead.start() if lead else group[0].start), group[-1].end
        leading = lead.group() if lead else ""
        partner = sum(u.weight for u in foreign if view.near((u.start, u.end), (group[0].start, end), 3))
        form = (bool(_ADDS.search(leading)), bool(_BEFORE_NOUN.match(text, end)) and not _PREPOSITION.search(leading), bool(_BORDER.match(text, end)))
        out.append(Stretch(*_with_hyphens(text, start, end), _features(
            [w.weight for w in group], partner, sum(weights) - weight, sum(u.weight for u in foreign), len(support.words),
            len(support.units) * _USUAL, view.english.quoted(start, end), all(text[w.start].isupper() for w in group), form)
            + linked(start, end) + (0.0, 1.0)))
    return out


def _with_hyphens(text: str, start: int, end: int) -> tuple[int, int]:
    """Words joined by hyphens are shown whole: year-on-year gains, and no "year gains"."""
    return start - len(re.search(r"(?:\w+-)*$", text[:start]).group()), end + len(re.match(r"(?:-\w+)*", text[end:]).group())


def chinese_stretches(view: Bilingual) -> list[Stretch]:
    """Runs of Chinese words that nothing in the English accounts for."""
    text, support = view.simplified, view.support
    groups: list[list[Unit]] = []
    for before, unit in zip([None, *support.units], support.units):
        if unit.covered or not unit.weight:
            continue
        if groups and groups[-1][-1] is before and before.end == unit.start:
            groups[-1].append(unit)
        else:
            groups.append([unit])
    weights = [sum(u.weight for u in group) for group in groups]
    foreign = [w for w in support.words if not w.covered]
    linked = _link_features(view, False)
    out = []
    for group, weight, clause in [*((g, w, False) for g, w in zip(groups, weights)), *_clauses(view, groups)]:
        start, end = clause if clause else (group[0].start, group[-1].end)
        held = [u for u in support.units if start <= u.start < end]
        partner = sum(w.weight for w in foreign if view.near((start, end), (w.start, w.end), 3))
        form = (text[start] in "并且和及与而但以还更也又", text[end : end + 1] in [*_LINKS] or text[end - 1] in _LINKS,
                (start == 0 or text[start - 1] in _STOPS) and (end == len(text) or text[end] in _STOPS))
        out.append(Stretch(start, end, _features(
            [u.weight for u in group], partner, sum(weights) - weight, sum(w.weight for w in foreign), len(support.units) * _USUAL,
            len(support.words), view.chinese.quoted(start, end), False, form)
            + linked(start, end) + (float(bool(clause)), weight / max(weight, sum(u.weight for u in held)))))
    return out


def _clauses(view: Bilingual, groups: list[list[Unit]]) -> list[tuple[list[Unit], float, tuple[int, int]]]:
    """Clauses of several words most of which lack a partner: chance partners of the others do not save them."""
    out = []
    for match in _CLAUSE.finditer(view.simplified):
        held = [u for u in view.support.units if match.start() <= u.start < match.end()]
        lost = [u for u in held if not u.covered and u.weight]
        weight = sum(u.weight for u in lost)
        if len(lost) >= 2 and weight >= 0.5 * sum(u.weight for u in held) and not any(g[0] is lost[0] and g[-1] is lost[-1] for g in groups):
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
    best = table.max(1)
    content = [i for i, (a, b) in enumerate(words) if text[a:b].isalnum() and text[a:b].lower() not in FUNCTION_WORDS]
    usual = float(best[content].mean()) if content else 0.0

    def features(start: int, end: int) -> tuple[float, float, float]:
        inside = [best[i] for i in content if words[i][0] < end and start < words[i][1]]
        if not inside:
            return unknown
        mean = float(sum(inside)) / len(inside)
        return mean, float(min(inside)), usual - mean

    return features
