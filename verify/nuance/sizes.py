"""How much, without a figure: 微升 as "soared", 翻倍 as "halved", 一名 as "several", 十余 as "dozens".

Both texts have a word of a topic, at one place and of opposed senses, and neither text has anything there that answers the other's word.
The words are data, `languages/sizes.toml`.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from ..finding import Finding, Severity
from ..languages import get
from ..languages.language import load_toml
from ..languages.vocabulary import Mark, Vocabulary
from .sides import Bilingual

FILE = "sizes.toml"
CONFIDENCE = {"degree": 0.6, "fold": 0.75, "count": 0.65}
SIZES = tuple(f"size: {topic}" for topic in CONFIDENCE)  # evidence of the findings


def missized(both: Bilingual) -> Iterator[Finding]:
    if both.chinese.language.base != "zh":
        return
    for topic, confidence in CONFIDENCE.items():
        chinese, english = _marks("zh", topic, both.chinese.text), _marks("en", topic, both.english.text)
        found = [(a, b) for a in chinese for b in english if _opposed(topic, a, b) and _near(both, a, b)
                 and not any(_says(a, o) and _near(both, a, o) for o in english) and not any(_says(b, o) and _near(both, o, b) for o in chinese)]
        if found:
            a, b = found[0]
            source, draft = both.turned(a, b)
            message = f"The source has “{source.text}”, the draft “{draft.text}”: {a.text} is {load_toml(FILE)['gloss'][a.asks[0]]}."
            yield both.finding("number", Severity.CRITICAL if topic == "fold" else Severity.MAJOR, message, (a.start, a.end), (b.start, b.end), confidence, by=f"size: {topic}")


def _opposed(topic: str, chinese: Mark, english: Mark) -> bool:
    return any(f"{a}-{b}" in _pairs(topic) or f"{b}-{a}" in _pairs(topic) and topic != "count" for a in chinese.asks for b in english.asks)


def _says(mark: Mark, other: Mark) -> bool:
    """Whether a word of the other text says what a word does."""
    return bool(set(mark.asks) & set(other.senses))


def _near(both: Bilingual, a: Mark, b: Mark) -> bool:
    return both.near((a.start, a.end), (b.start, b.end))


def _marks(base: str, topic: str, text: str) -> list[Mark]:
    return _vocabulary(base).find(topic, text)


@cache
def _vocabulary(base: str) -> Vocabulary:
    made = Vocabulary(get(base))
    made.topics = load_toml(FILE)[base]
    return made


@cache
def _pairs(topic: str) -> frozenset[str]:
    return frozenset(load_toml(FILE)["opposed"][topic].split())
