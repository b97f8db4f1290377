"""All that is known of each word of a pair, as numbers: what the models say, what the tables say, what the checks found.

One row a word of the English side, one a word of the Chinese side; `NAMES` says what each column is. NaN where the
evidence was not gathered or does not apply. `word_doubts.py` and `ranking.py` judge by these rows.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ..evidence.detector import Opinion, Suspicion
from ..finding import Finding
from ..languages.vocabulary import vocabulary
from .check import Comparison
from .sides import Bilingual
from .word_support import FUNCTION_WORDS

CHECKS = ("quotation", "negation", "number", "time", "modality", "hedge", "emphasis", "attribution", "name", "agent", "quantifier", "condition",
          "figurative", "omission", "addition")
TOPICS = ("negation", "modality", "hedge", "emphasis", "quantifier", "condition")
_WORD = re.compile(r"[A-Za-zÀ-ɏ]+(?:['’][A-Za-z]+)?|\d[\d,.]*%?|[^\w\s]")
_OTHER = re.compile(r"[A-Za-z]+|\d[\d.]*%?")

OWN = ("doubt", "left", "right", "under_most", "marked", "chance", "least", "next_chance", "share", "reliability", "link", "covered", "quoted",
       "capital", "digit", "function", "length", "place", "found_any", *(f"found_{name}" for name in CHECKS), *(f"topic_{name}" for name in TOPICS))
PAIR = ("words", "faithful", "judged", "forward", "backward", "doubt_mean", "doubt_most", "doubt_second", "opposite_most", "opposite_mean",
        "free_here", "free_there", "found_here", "found_there")
NAMES = OWN + PAIR


@dataclass(frozen=True)
class WordRows:
    """Of one side: its language ("zh", "en"), the half-open ranges of its words, and their rows [N, |NAMES|]."""

    base: str
    spans: tuple[tuple[int, int], ...]
    rows: np.ndarray


def word_rows(pair: Comparison, found: Sequence[Finding], opinion: Opinion) -> tuple[WordRows, WordRows] | None:
    """Rows of the source side and of the target side; None where the pair is not of Chinese and English."""
    both = Bilingual.of(pair)
    if both is None or both.chinese.language.base != "zh":
        return None
    english_draft = both.draft_is_english
    chinese, english = (opinion.source, opinion.target) if english_draft else (opinion.target, opinion.source)
    scores = [pair.evidence.get(name) for name in ("source_token_scores", "target_token_scores")]
    chinese_scores, english_scores = scores if english_draft else scores[::-1]
    spans = _chinese_words(both), [m.span() for m in _WORD.finditer(both.english.text)]
    sides = both.chinese, both.english
    own = [_own(both, side, words, suspicion, tokens, found, english=n == 1)
           for n, (side, words, suspicion, tokens) in enumerate(zip(sides, spans, (chinese, english), (chinese_scores, english_scores)))]
    estimate = pair.evidence.get("estimate")
    if estimate is not None and len(own[1]):
        own[1][:, OWN.index("marked")] = _highest(estimate.spans, _logit(estimate.marked), spans[1], len(both.english.text))
    made = []
    for n in (0, 1):
        whole = _whole(opinion, own[n], own[1 - n], (english_scores, chinese_scores), estimate)
        made.append(WordRows(("zh", "en")[n], tuple(spans[n]), np.hstack([own[n], np.broadcast_to(whole, (len(own[n]), len(PAIR)))])))
    return (made[0], made[1]) if english_draft else (made[1], made[0])


def _chinese_words(both: Bilingual) -> list[tuple[int, int]]:
    """Words of the table, figures and Latin words, in order."""
    words = [(unit.start, unit.end) for unit in both.support.units]
    return sorted(words + [m.span() for m in _OTHER.finditer(both.chinese.text)])


def _logit(chances) -> np.ndarray:
    chances = np.clip(np.asarray(chances, float), 1e-4, 1 - 1e-4)
    return np.log(chances / (1 - chances))


def _highest(spans, values, words, size: int, otherwise: float = -10.0) -> list[float]:
    """The highest value among the tokens that touch each word. Plain lists: numpy is slow with so few."""
    letters = [otherwise] * size
    for (start, end), value in zip(spans, values.tolist()):
        for at in range(start, end):
            if value > letters[at]:
                letters[at] = value
    return [max(letters[start:end]) for start, end in words]


def _own(both: Bilingual, side, words, suspicion: Suspicion, scores, found: Sequence[Finding], english: bool) -> np.ndarray:
    text, made = side.text, np.full((len(words), len(OWN)), np.nan)
    column = {name: made[:, i] for i, name in enumerate(OWN)}
    if not words:
        return made
    doubt = np.array(_highest(suspicion.spans, _logit(suspicion.chances), words, len(text)))
    column["doubt"][:] = doubt
    column["left"][1:], column["right"][:-1] = doubt[:-1], doubt[1:]
    column["under_most"][:] = doubt - doubt.max()
    if not english:
        column["marked"][:] = 0.0  # professionals mark the English
    if scores:
        total, least = [0.0] * len(text), [0.0] * len(text)
        for (start, end), chance in zip(scores.spans, scores.log_probs):
            if start < end:
                total[start] += chance
                least[start:end] = [chance] * (end - start)
        column["chance"][:] = [sum(total[start:end]) for start, end in words]
        column["least"][:] = [min(least[start:end]) for start, end in words]
        column["next_chance"][:-1] = column["chance"][1:]
    known = {(w.start, w.end): w for w in (both.support.words if english else both.support.units)}
    for i, span in enumerate(words):
        if word := known.get(span):
            column["share"][i] = word.share
            column["reliability"][i] = np.nan if word.reliability is None else word.reliability
    links = both.pair.links
    if links is not None and links.probability.size:
        at_target = english == both.draft_is_english
        ranges, best, covered = ((links.target_words, links.probability.max(0), links.target_covered) if at_target
                                 else (links.source_words, links.probability.max(1), links.source_covered))
        column["link"][:] = _highest(ranges, best, words, len(text))
        column["covered"][:] = _highest(ranges, covered, words, len(text))
    pieces = [text[start:end] for start, end in words]
    column["quoted"][:] = [side.quoted(*span) for span in words]
    column["capital"][:] = [p[0].isupper() for p in pieces]
    column["digit"][:] = [p[0].isdigit() for p in pieces]
    column["function"][:] = [p.lower() in FUNCTION_WORDS if english else len(p) == 1 for p in pieces]
    column["length"][:] = [len(p) for p in pieces]
    column["place"][:] = np.arange(len(words)) / len(words)
    _findings(both, side, words, found, column, english)
    _topics(both, side, words, column, english)
    return made


def _findings(both: Bilingual, side, words, found: Sequence[Finding], column, english: bool) -> None:
    for name in ("found_any", *(f"found_{check}" for check in CHECKS)):
        column[name][:] = 0.0
    at_target = english == both.draft_is_english
    for one in found:
        where = side.place(one.target if at_target else one.source)
        if where is None:
            continue
        for i, (start, end) in enumerate(words):
            if start < where[1] and where[0] < end:
                for name in ("found_any", f"found_{one.check}"):
                    if name in column:
                        column[name][i] = max(column[name][i], one.confidence)


def _topics(both: Bilingual, side, words, column, english: bool) -> None:
    """1: a word of the topic with a word of one of its senses opposite; 2: without; 0: no word of the topic."""
    opposite, text = both.chinese if english else both.english, side.text
    for topic in TOPICS:
        column[f"topic_{topic}"][:] = 0.0
        marks = vocabulary(side.language).find(topic, text)
        if not marks:
            continue
        answers = {sense for mark in vocabulary(opposite.language).find(topic, opposite.text) for sense in mark.senses}
        values = np.array([1.0 if answers & set(mark.senses) else 2.0 for mark in marks])
        column[f"topic_{topic}"][:] = _highest([(mark.start, mark.end) for mark in marks], values, words, len(text), 0.0)


def _whole(opinion: Opinion, here: np.ndarray, there: np.ndarray, scores, estimate) -> np.ndarray:
    at = OWN.index
    most = lambda values, n: float(np.sort(values)[-n]) if len(values) >= n else np.nan
    free = lambda side: float(np.nanmean(side[:, at("share")] < 0.02)) if len(side) and not np.isnan(side[:, at("share")]).all() else np.nan
    doubt, opposite = (side[:, at("doubt")] for side in (here, there))
    return np.array([
        len(here), opinion.faithful, np.nan if estimate is None else estimate.value, *(np.nan if one is None else one.mean for one in scores),
        doubt.mean() if len(doubt) else np.nan, most(doubt, 1), most(doubt, 2), most(opposite, 1), opposite.mean() if len(opposite) else np.nan,
        free(here), free(there), here[:, at("found_any")].sum(), there[:, at("found_any")].sum()])
