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
       "capital", "digit", "function", "length", "place", "found_any", *(f"found_{name}" for name in CHECKS), *(f"topic_{name}" for name in TOPICS), "answered")
PAIR = ("words", "faithful", "judged", "forward", "backward", "doubt_mean", "doubt_most", "doubt_second", "opposite_most", "opposite_mean",
        "free_here", "free_there", "found_here", "found_there", "denials_here", "hints_here", "denials_there", "hints_there")
NAMES = OWN + PAIR
_AT, _FOUND = {name: at for at, name in enumerate(NAMES)}, OWN.index("found_any")


@dataclass(frozen=True)
class WordRows:
    """Of one side: its language ("zh", "en"), the half-open ranges of its words, and their rows [N, |NAMES|]."""

    base: str
    spans: tuple[tuple[int, int], ...]
    rows: np.ndarray


def word_rows(pair: Comparison, found: Sequence[Finding], opinion: Opinion) -> tuple[WordRows, WordRows] | None:
    """Rows of the source side and of the target side; None where the pair is not of Chinese and English."""
    both = pair.bilingual
    if both is None or both.chinese.language.base != "zh":
        return None
    english_draft = both.draft_is_english
    chinese, english = (opinion.source, opinion.target) if english_draft else (opinion.target, opinion.source)
    scores = [pair.evidence.get(name) for name in ("source_token_scores", "target_token_scores")]
    chinese_scores, english_scores = scores if english_draft else scores[::-1]
    spans = _chinese_words(both), [m.span() for m in _WORD.finditer(both.english.text)]
    sides = both.chinese, both.english
    estimate = pair.evidence.get("estimate")
    made = [_rows(both, side, words, suspicion, tokens, estimate, found, english=n == 1)
            for n, (side, words, suspicion, tokens) in enumerate(zip(sides, spans, (chinese, english), (chinese_scores, english_scores)))]
    known = opinion.faithful, np.nan if estimate is None else estimate.value, *(np.nan if one is None else one.mean for one in (english_scores, chinese_scores))
    seen = [_seen(rows) for rows in made]
    denials = both.turned(*pair.negations.counts)
    for rows, (mean, most, second, free, told), other, here, there in zip(made, seen, seen[::-1], denials, denials[::-1]):
        rows[:, len(OWN):] = (len(rows), *known, mean, most, second, other[1], other[0], free, other[3], told, other[4], *here, *there)
    made = [WordRows(("zh", "en")[n], tuple(spans[n]), rows) for n, rows in enumerate(made)]
    return (made[0], made[1]) if english_draft else (made[1], made[0])


def _chinese_words(both: Bilingual) -> list[tuple[int, int]]:
    """Words of the table, figures and Latin words, in order."""
    words = [(unit.start, unit.end) for unit in both.support.units]
    return sorted(words + [m.span() for m in _OTHER.finditer(both.chinese.text)])


def _logit(chances) -> np.ndarray:
    chances = np.minimum(np.maximum(np.asarray(chances, float), 1e-4), 1 - 1e-4)
    return np.log(chances / (1 - chances))


def _highest(spans, values: Sequence[float], words, otherwise: float = -10.0) -> list[float]:
    """The highest value among the spans that touch each word, both in order. Plain lists: numpy is slow with so few."""
    made, first, last = [otherwise] * len(words), 0, len(words)
    for (start, end), value in zip(spans, values):
        while first < last and words[first][1] <= start:
            first += 1
        at = first
        while at < last and words[at][0] < end:
            if value > made[at] and start < end:
                made[at] = value
            at += 1
    return made


def _rows(both: Bilingual, side, words, suspicion: Suspicion, scores, estimate, found: Sequence[Finding], english: bool) -> np.ndarray:
    """[N, |NAMES|] with the columns of `OWN` filled in."""
    text, rows = side.text, np.full((len(words), len(NAMES)), np.nan)
    if not words:
        return rows
    doubt = _highest(suspicion.spans, _logit(suspicion.chances).tolist(), words)
    top, unknown = max(doubt), [np.nan] * len(words)
    column = {"doubt": doubt, "left": [np.nan, *doubt[:-1]], "right": [*doubt[1:], np.nan], "under_most": [one - top for one in doubt]}
    if not english:
        column["marked"] = [0.0] * len(words)  # professionals mark the English
    elif estimate is not None:
        column["marked"] = _highest(estimate.spans, _logit(estimate.marked).tolist(), words)
    if scores:
        total, least = [0.0] * len(text), [0.0] * len(text)
        for (start, end), chance in zip(scores.spans, scores.log_probs):
            if start < end:
                total[start] += chance
                least[start:end] = [chance] * (end - start)
        column["chance"] = [sum(total[start:end]) for start, end in words]
        column["least"] = [min(least[start:end]) for start, end in words]
        column["next_chance"] = [*column["chance"][1:], np.nan]
    known = {(w.start, w.end): w for w in (both.support.words if english else both.support.units)}
    known = [known.get(span) for span in words]
    column["share"] = [np.nan if word is None else word.share for word in known]
    column["reliability"] = [np.nan if word is None or word.reliability is None else word.reliability for word in known]
    links = both.pair.links
    if links is not None and links.probability.size:
        at_target = english == both.draft_is_english
        ranges, best, covered = ((links.target_words, links.probability.max(0), links.target_covered) if at_target
                                 else (links.source_words, links.probability.max(1), links.source_covered))
        column["link"] = _highest(ranges, best.tolist(), words)
        column["covered"] = _highest(ranges, covered.tolist(), words)
    pieces = [text[start:end] for start, end in words]
    column["quoted"] = [side.quoted(*span) for span in words] if side.quotes else [False] * len(words)
    column["capital"] = [p[0].isupper() for p in pieces]
    column["digit"] = [p[0].isdigit() for p in pieces]
    column["function"] = [p.lower() in FUNCTION_WORDS for p in pieces] if english else [len(p) == 1 for p in pieces]
    column["length"] = [len(p) for p in pieces]
    column["place"] = [n / len(words) for n in range(len(words))]
    rows[:, :_FOUND] = np.array([column.get(name, unknown) for name in OWN[:_FOUND]], float).T  # one array of them all: small ones are dear
    rows[:, _FOUND : len(OWN)] = 0.0
    _findings(both, side, words, found, rows, english)
    _topics(both, side, words, rows, english)
    _answered(both, side, words, rows)
    return rows


def _findings(both: Bilingual, side, words, found: Sequence[Finding], rows: np.ndarray, english: bool) -> None:
    at_target = english == both.draft_is_english
    for one in found:
        where = side.place(one.target if at_target else one.source)
        if where is None:
            continue
        columns = [_AT[name] for name in ("found_any", f"found_{one.check}") if name in _AT]
        for i, (start, end) in enumerate(words):
            if start < where[1] and where[0] < end:
                for column in columns:
                    rows[i, column] = max(rows[i, column], one.confidence)


def _topics(both: Bilingual, side, words, rows: np.ndarray, english: bool) -> None:
    """1: a word of the topic with a word of one of its senses opposite; 2: without; 0: no word of the topic."""
    opposite, text = both.chinese if english else both.english, side.text
    for topic in TOPICS:
        marks = vocabulary(side.language).find(topic, text)
        if not marks:
            continue
        answers = {sense for mark in vocabulary(opposite.language).find(topic, opposite.text) for sense in mark.senses}
        values = [2.0 if answers.isdisjoint(mark.senses) else 1.0 for mark in marks]
        rows[:, _AT[f"topic_{topic}"]] = _highest([(mark.start, mark.end) for mark in marks], values, words, 0.0)


def _answered(both: Bilingual, side, words, rows: np.ndarray) -> None:
    """How well a negation is answered; NaN for other words."""
    at = int(side is both.pair.target)
    marks, values = both.pair.negations.marks[at], both.pair.negations.answered[at]
    column = _highest([(mark.start, mark.end) for mark in marks], values, words, -1.0)
    rows[:, _AT["answered"]] = [np.nan if value < 0 else value for value in column]


def _seen(rows: np.ndarray) -> tuple[float, ...]:
    """Of a side, for both: mean, highest and second highest doubt, share of words without support (NaN where none is known), what the checks found."""
    doubt, shares = rows[:, _AT["doubt"]], rows[:, _AT["share"]].tolist()
    highest = [np.nan, np.nan, *sorted(doubt.tolist())]
    free = sum(share < 0.02 for share in shares) / len(shares) if any(share == share for share in shares) else np.nan
    return (doubt.mean() if len(doubt) else np.nan, highest[-1], highest[-2] if len(doubt) > 1 else np.nan, free, rows[:, _AT["found_any"]].sum())
