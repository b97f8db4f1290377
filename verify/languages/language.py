"""What a language offers: sentence ends, quotes, numbers, times, and its vocabulary as data."""

from __future__ import annotations

import re
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..text import Quote
from ..toml_file import beside
from . import marks, paragraphs

if TYPE_CHECKING:
    from .attribution import Attribution
    from .quantities import Quantity
    from .speech import ReportingVerb
    from .times import TimeExpression

Range = tuple[int, int]


class Language:
    """General behaviour, for any language; `en`, `zh` and `ja` refine it. All ranges are half-open."""

    #: languages without white space between words have False
    spaced = True

    def __init__(self, code: str):
        self.code = code

    def __repr__(self) -> str:
        return f"Language({self.code!r})"

    @cached_property
    def base(self) -> str:
        """The code without script or region: zh-Hant → zh."""
        return self.code.split("-")[0]

    @cached_property
    def vocabulary(self) -> dict[str, Any]:
        """The parsed `verify/languages/<base>.toml`; empty for a language that has none."""
        return load_toml(f"{self.base}.toml")

    def sentences(self, text: str) -> list[Range]:
        """Ranges of the sentences, without white space at their ends; a paragraph break ends a sentence."""
        return [piece for block in paragraphs.split(text, self.spaced) for piece in self._split(text, *block)]

    def _split(self, text: str, start: int, end: int) -> list[Range]:
        from .sentences_spaced import split

        return split(text, start, end, self._attributes)

    def _attributes(self, text: str, start: int, end: int) -> bool:
        """Whether `text[start:end]`, a clause right after a closing quote mark, says whose words those were."""
        return False

    def quotes(self, text: str, sentences: list[Range] | None = None) -> list[Quote]:
        """Quotes in order of their start, an outer one before those inside it.

        `sentences` are the segments that `Quote.segments` counts; by default those of `sentences(text)`.
        """
        if not marks.OPENING.search(text):
            return []
        from .quotes import find

        return find(self, text, self.sentences(text) if sentences is None else sentences)

    def attribution(self, masked: str, start: int, end: int) -> Attribution | None:
        """Who says the quote `masked[start:end]`; the words of quotes are blanked out in `masked`."""
        return None

    def splits_quote(self, gap: str) -> bool:
        """Whether the text between two quoted pieces only says who speaks."""
        return False

    def whole(self, words: str) -> bool:
        """Whether quoted words can be a whole utterance by their beginning."""
        return words[:1].isupper() or not words[:1].isalpha() or not self.spaced

    def names_body(self, after: str) -> str:
        """What makes a term right before it a name: `body` (「清流贸易」公司), `title` (「清流贸易」总经理: a speaker, too, can have one), or nothing."""
        return ""

    def names_term(self, before: str) -> bool:
        """Whether the words before a quote introduce a term: so-called, known as."""
        return False

    def reporting_verbs(self, text: str) -> list[ReportingVerb]:
        """Verbs that report speech, in order."""
        return []

    def numbers(self, text: str) -> list[Quantity]:
        """Amounts by value, in order, none inside a date."""
        return []

    def dates(self, text: str) -> list[TimeExpression]:
        """Dates, durations and times, in order."""
        return []

    def words(self, text: str) -> list[Range]:
        """Ranges of the words; numbers and hyphenated words are one each."""
        from .words import spaced

        return spaced(text)

    def fold(self, text: str) -> str:
        """`text` normalised for matching, of the same length, so that offsets hold."""
        from .folding import fold_marks

        return fold_marks(text)


@cache
def patterns(name: str, *tables: str, frame: str = "{}", flags: int = re.I) -> dict[str, re.Pattern]:
    """The regular expressions of a table of a data file, each set into `frame` and compiled, by their keys; to be read only."""
    table: Any = load_toml(name)
    for key in tables:
        table = table[key]
    return {key: re.compile(frame.format(pattern), flags) for key, pattern in table.items()}


def word_patterns(name: str, base: str) -> dict[str, re.Pattern]:
    """`patterns` of a language's table of words: in English they match whole words only."""
    return patterns(name, base, frame=r"\b(?:{})\b" if base == "en" else "(?:{})")


@cache
def load_toml(name: str) -> dict[str, Any]:
    """A data file of this room, read once, to be read only; {} when there is none."""
    return beside(__file__, name) if Path(__file__).with_name(name).exists() else {}
