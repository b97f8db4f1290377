"""A comparison seen as Chinese beside English, whichever of the two is the draft."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar

from ..finding import Category, Finding, Severity
from .check import Comparison, Side
from .word_support import Support, support

Range = tuple[int, int]
T = TypeVar("T")


@dataclass
class Bilingual:
    """`chinese` can also be Japanese: its kanji, folded to simplified forms, are read as Chinese words."""

    pair: Comparison
    chinese: Side
    english: Side
    _runs: dict[Range, list[Range]] = field(default_factory=dict)

    @classmethod
    def of(cls, pair: Comparison) -> Bilingual | None:
        """None where the pair is not of Chinese (or Japanese) and English."""
        bases = pair.source.language.base, pair.target.language.base
        if bases[0] in ("zh", "ja") and bases[1] == "en":
            return cls(pair, pair.source, pair.target)
        if bases[0] == "en" and bases[1] in ("zh", "ja"):
            return cls(pair, pair.target, pair.source)
        return None

    @property
    def draft_is_english(self) -> bool:
        return self.english is self.pair.target

    def turned(self, one: T, other: T) -> tuple[T, T]:
        """What belongs to the Chinese and to the English side as what belongs to source and draft, or the other way round."""
        return (one, other) if self.draft_is_english else (other, one)

    @cached_property
    def simplified(self) -> str:
        """The Chinese text in simplified script, character for character."""
        from ..languages.folding import to_simplified

        return to_simplified(self.chinese.text)

    @cached_property
    def support(self) -> Support:
        return support(self.simplified, self.english.text)

    def near(self, chinese: Range, english: Range, reach: int = 10) -> bool:
        """Whether a place of one side is where the words around a place of the other side lead to."""
        if english not in self._runs:
            around = [w for w in self.support.words if w.share >= 0.05 and english[0] - 40 <= w.start <= english[1] + 40]
            around.sort(key=lambda w: min(abs(w.start - english[1]), abs(english[0] - w.end)))
            self._runs[english] = [w.run for w in around[:4]]
        runs = self._runs[english]
        first, last = chinese[0] - reach, chinese[1] + reach
        for start, end in runs:
            if first <= end and start <= last:
                return True
        here, there = (chinese[0] / max(1, len(self.simplified)), english[0] / max(1, len(self.english.text)))
        return not runs and abs(here - there) < 0.2

    def rendered(self, english: Range, chinese: Range, least: float = 0.0) -> float:
        """How much of a range of the Chinese the words of a range of the English render: summed shares, of words that have `least`."""
        return sum(w.share for w in self.support.words if w.share >= least and english[0] <= w.start < english[1] and w.run and chinese[0] <= w.run[0] < chinese[1])

    def finding(self, check: str, severity: Severity, message: str, chinese: Range | None, english: Range | None,
                confidence: float, category: Category = Category.MISTRANSLATION, suggestion: str = "", **evidence) -> Finding:
        return finding(self.pair, check, severity, message, *self.turned(chinese, english), confidence, category, suggestion, **evidence)


def finding(pair: Comparison, check: str, severity: Severity, message: str, source: Range | None, target: Range | None,
            confidence: float, category: Category = Category.MISTRANSLATION, suggestion: str = "", **evidence) -> Finding:
    """A finding from ranges of both sides' texts."""
    return Finding(
        check=check, category=category, severity=severity, message=message,
        source=pair.source.span(*source) if source else None, target=pair.target.span(*target) if target else None,
        confidence=round(min(0.99, max(0.01, confidence)), 2), witness=pair.witness, suggestion=suggestion, evidence=evidence)
