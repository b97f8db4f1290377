"""Figures of speech: a word taken at its face value (亮黄牌 → licence plate), or an idiom that means something else.

The phrases, what they mean and their false friends are data: `verify/languages/figures.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from ..finding import Category, Finding, Severity
from ..languages.language import load_toml
from ..languages.vocabulary import Mark, either, unspaced
from .check import Comparison
from .places import Places
from .rates import posterior

# Share of faithful pairs that show each sign, by how literally the pair is translated (0: no alignment).
FALSE_FRIEND = 0.02  # a false friend is there and no wording that means the phrase
IMAGE = 0.05  # the bare image is there and no wording that means the phrase
FAR = 0.2  # closeness below which a wording belongs to something else in the sentence
UNKNOWN_WORDING = 0.2  # neither: a free rendering, or one that says something else


class Phrases:
    """All figures of speech, filed by the character they begin with: one expression of them all tries each of them everywhere."""

    def __init__(self):
        table = load_toml("figures.toml")["zh"]
        filed: dict[str, dict[str, list[str]]] = {}
        for phrase in sorted(table, key=lambda phrase: -max(map(len, phrase.split("|")))):
            for part in phrase.split("|"):
                filed.setdefault(part[0], {}).setdefault(phrase, []).append(unspaced(part))
        self._filed = {first: (re.compile("|".join("(" + "|".join(parts) + ")" for parts in some.values())), list(some)) for first, some in filed.items()}
        self._words = table

    def find(self, text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[re.Match, re.Pattern | None, re.Pattern | None]]:
        """Each phrase of text[start:end], the longest where two begin, with its meanings and its false friends."""
        end = len(text) if end is None else end
        for at in range(start, end):
            if at < start or text[at] not in self._filed:
                continue
            pattern, phrases = self._filed[text[at]]
            if match := pattern.match(text, at, end):
                start = match.end()
                yield match, *map(_wordings, self._words[phrases[match.lastindex - 1]])


phrases = lru_cache(maxsize=1)(Phrases)


@lru_cache(maxsize=1)
def _images() -> dict[str, re.Pattern]:
    return {character: _wordings(words) for character, words in load_toml("figures.toml")["images"].items()}


@cache  # some thousand, of which a text needs a few
def _wordings(field: str) -> re.Pattern | None:
    return either(field) if field.strip() else None


class Figurative:
    name = "figurative"

    def __call__(self, pair: Comparison) -> Iterator[Finding]:
        if pair.source.language.base != "zh" or pair.target.language.base != "en":
            return
        places, draft = pair.places, pair.target.text
        for match, meanings, friends in phrases().find(pair.source.language.fold(pair.source.text)):
            mark = Mark(*match.span(), pair.source.text[slice(*match.span())], (), (), "")
            if meanings and any(_in_place(places, mark, m) for m in meanings.finditer(draft)):
                continue
            wrong, rate = _wrong(places, mark, draft, friends)
            if wrong is None and meanings is None:
                continue
            yield self._finding(pair, mark, wrong, rate)

    @staticmethod
    def _finding(pair: Comparison, mark: Mark, wrong: re.Match | None, rate: float) -> Finding:
        said = f"the draft takes it at its word: “{wrong.group()}”" if wrong else "the draft has none of its usual meanings"
        confidence = posterior(rate)
        return Finding(
            "figurative", Category.MISTRANSLATION, Severity.MAJOR if wrong and confidence >= 0.5 else Severity.MINOR,
            f"{mark.text} is a figure of speech; {said}.", pair.source.span(mark.start, mark.end),
            pair.target.span(*wrong.span()) if wrong else None, round(confidence, 3),
            suggestion="say what it means", evidence={"by": "figures of speech"})


def _in_place(places: Places, mark: Mark, found: re.Match) -> bool:
    """Whether a wording stands where the phrase can be expected, as far as the alignment knows."""
    return places.closeness(mark, Mark(found.start(), found.end(), found.group(), (), (), "")) >= FAR


def _wrong(places: Places, mark: Mark, draft: str, friends: re.Pattern | None) -> tuple[re.Match | None, float]:
    """The false friend or bare image nearest to where the phrase is expected, and how often faithful pairs have one."""
    images = [_images()[c] for c in mark.text if c in _images()]
    for patterns, rate in (([friends] if friends else [], FALSE_FRIEND), (images, IMAGE)):
        found = [m for p in patterns for m in p.finditer(draft)]
        if found:
            near = lambda m: places.closeness(mark, Mark(m.start(), m.end(), m.group(), (), (), ""))
            return max(found, key=near), rate
    return None, UNKNOWN_WORDING
