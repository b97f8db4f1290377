"""What an amount measures: 平均 beside "up to", 中位数 beside "average", 累计 beside "a day".

Both texts have the amount, and each has a word beside it for what it is; of neither word has the other text one that answers.
The words are data, `languages/measures.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ..finding import Finding, Severity
from ..languages.language import load_toml, word_patterns
from ..languages.quantities import Quantity
from .amounts import agreeing
from .sides import Bilingual, Range

MEASURE = "measure"
CONFIDENCE = 0.7
BEFORE, AROUND = 24, 60  # characters before a Chinese amount, and on each side of an English one, in which its word stands
_STOP = re.compile(r"[，。；：！？]|[.;:!?]\s")


def mismeasured(both: Bilingual) -> Iterator[Finding]:
    if both.chinese.language.base != "zh":
        return
    chinese, english = both.simplified, both.english.text
    told = lambda base, name: name in _words(base) and _words(base)[name].search(chinese if base == "zh" else english)
    for *amounts, _ in agreeing(both.pair):
        a, b = both.turned(*amounts)
        here = _last(chinese, a)
        if here is None or told("en", here[0]):
            continue
        for name, place in _near(english, b):
            if name in _contradicts(here[0]) and not told("zh", name):
                ranges = (here[1][0], a.end), (min(place[0], b.start), max(place[1], b.end))
                words = both.chinese.text[slice(*here[1])], english[slice(*place)]
                source, draft = both.turned(*words)
                yield both.finding("number", Severity.MAJOR, f"The source has “{source}” beside this amount, the draft “{draft}”.", *ranges, CONFIDENCE, by=MEASURE)
                break


def _last(text: str, q: Quantity) -> tuple[str, Range] | None:
    """The last word of a measure before a Chinese amount, in its clause."""
    start = max([m.end() for m in _STOP.finditer(text, 0, q.start)] + [q.start - BEFORE, 0])
    found = [(m.span(), name) for name, words in _words("zh").items() for m in words.finditer(text, start, q.start)]
    return max(found)[::-1] if found else None


def _near(text: str, q: Quantity) -> list[tuple[str, Range]]:
    """The words of measures around an English amount, the nearest first."""
    start = max([m.end() for m in _STOP.finditer(text, 0, q.start)] + [q.start - AROUND, 0])
    stop = _STOP.search(text, q.end)
    end = min(stop.start() if stop else len(text), q.end + AROUND)
    found = [(name, m.span()) for name, words in _words("en").items() for m in words.finditer(text, start, end)]
    return sorted(found, key=lambda one: max(one[1][0] - q.end, q.start - one[1][1]))


def _words(base: str) -> dict[str, re.Pattern]:
    return word_patterns("measures.toml", base)


@cache
def _contradicts(name: str) -> frozenset[str]:
    return frozenset(load_toml("measures.toml")["contradicts"].get(name, "").split())
