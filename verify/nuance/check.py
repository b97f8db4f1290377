"""What a check is: it reads one comparison and writes findings."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from ..finding import Finding
from ..text import Span

if TYPE_CHECKING:
    from ..align.words import WordLinks
    from ..languages.language import Language
    from .answered_negations import Negations
    from .places import Places
    from .sides import Bilingual


@dataclass(frozen=True)
class Side:
    """One side of a bead: its clean text, and the way back to file offsets.

    `text` joins the bead's segments (one blank between them in spaced languages). `quotes` are the
    quotes that touch it, as half-open ranges of `text`.
    """

    text: str
    language: Language
    document: str = ""
    offsets: tuple[int, ...] = ()  # file offset of each character of `text`; empty: text is the file
    quotes: tuple[tuple[int, int], ...] = ()

    def span(self, start: int, end: int) -> Span:
        """The file's span of `text[start:end]`."""
        first = self.offsets[start] if self.offsets else start
        last = self.offsets[end - 1] + 1 if self.offsets and end > start else (first if self.offsets else end)
        return Span(self.document, first, last, self.text[start:end])

    def place(self, span: Span | None) -> tuple[int, int] | None:
        """The range in `text` of a file span; None where the text does not hold it."""
        if span is None:
            return None
        if not self.offsets:
            return span.start, span.end
        inside = [i for i, offset in enumerate(self.offsets) if span.start <= offset < span.end]
        return (inside[0], inside[-1] + 1) if inside else None

    def quoted(self, start: int, end: int) -> bool:
        return bool(self.quotes) and any(a <= start and end <= b for a, b in self.quotes)


@dataclass
class Comparison:
    """A bead as the checks see it: witness side, draft side, and the evidence there is.

    `evidence` is what the models said (`one_pair.from_models`); a check works without it (then its confidence is
    that of its vocabulary alone).
    """

    source: Side
    target: Side
    links: WordLinks | None = None  # word alignment source↔target, None where there is no lexicon
    evidence: dict = field(default_factory=dict)
    witness: str = ""
    today: datetime.date | None = None  # the date line: what "yesterday" counts from, on both sides

    @cached_property
    def places(self) -> Places:
        """Lookups by the word alignment, made once for all checks."""
        from .places import Places

        return Places(self)

    @cached_property
    def negations(self) -> Negations:
        """What denies on both sides and how well it is answered, made once for the check and the word rows."""
        from .answered_negations import negations

        return negations(self)

    @cached_property
    def bilingual(self) -> Bilingual | None:
        """The pair as its Chinese and its English side, made once for all checks; None where it has no two such."""
        from .sides import Bilingual

        return Bilingual.of(self)


class Check(Protocol):
    """One file, one class."""

    name: str

    def __call__(self, pair: Comparison) -> Iterator[Finding]: ...
