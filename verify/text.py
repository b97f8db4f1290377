"""What is checked: spans, segments, quotes, documents. Imports nothing of ours.

Every offset is a count of Unicode characters in the file's text as decoded, half-open: [start, end).
For a DOCX the text is that of its paragraphs joined by line feeds.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path

LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{1,8})*")  # the shape of a language's code
# Would move the cursor, hide text or reorder it: C0 and C1 controls, bidi controls, line separators, lone surrogates;
# and the two characters that no XML file may hold.
HIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff\ufffe\uffff]")
NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # what XML 1.0 cannot hold


def visible(text: str) -> str:
    """`text` on one line, with every control character shown by its number: "\\u202e" as ‹U+202E›."""
    return HIDDEN.sub(lambda m: f"‹U+{ord(m[0]):04X}›", re.sub(r"[\t\r\n]+", " ", text))


def escaped(written: str) -> str:
    """JSON with those characters as \\uXXXX: the same value, and nothing that steers a terminal."""
    return HIDDEN.sub(lambda m: f"\\u{ord(m[0]):04x}", written)


@dataclass(frozen=True)
class Span:
    """A stretch of one document; `text` is what a reader sees there (mark-up removed)."""

    document: str
    start: int
    end: int
    text: str = ""


@dataclass(frozen=True)
class Segment:
    """A sentence or a heading: the unit that is aligned, translated and scored.

    `text` is clean (tags removed, entities resolved, white space folded), so it can be shorter than
    `end - start`; `offsets[i]` is the file offset of `text[i]`, and None means `start + i`.
    """

    text: str
    start: int
    end: int
    paragraph: int = 0
    kind: str = "text"  # "text", "heading", or "boilerplate": read, addressable, not aligned
    offsets: tuple[int, ...] | None = None

    def place(self, start: int, end: int) -> tuple[int, int]:
        """File offsets of `text[start:end]`."""
        if self.offsets is None:
            return self.start + start, self.start + end
        if not self.offsets:
            return self.start, self.end
        first = self.offsets[min(start, len(self.offsets) - 1)]
        return first, (self.offsets[end - 1] + 1 if end > start else first)


class QuoteKind(str, Enum):
    DIRECT = "direct"  # a whole utterance between marks
    PARTIAL = "partial"  # words of a speaker inside a sentence of the reporter
    SCARE = "scare"  # a term in marks, nobody's speech
    INDIRECT = "indirect"  # reported without marks: found only beside a counterpart with marks


@dataclass(frozen=True)
class Quote:
    """Words given as somebody's own. `start`/`end` are file offsets of the words inside the marks.

    A split quote ("We", he said, "agree.") is one Quote whose `parts` are the pieces in order.
    `segments` are the indexes of the segments it touches.
    """

    text: str
    start: int
    end: int
    kind: QuoteKind
    segments: tuple[int, ...] = ()
    speaker: str | None = None
    verb: str | None = None
    verb_span: tuple[int, int] | None = None
    parts: tuple[tuple[int, int], ...] = ()


@dataclass
class Document:
    """One text read from a file: the draft or a witness."""

    name: str
    language: str  # BCP 47 subset used here: en, zh, zh-Hant, ja, or any ISO 639-1 code
    text: str  # the file as decoded; offsets count its characters
    segments: list[Segment] = field(default_factory=list)
    quotes: list[Quote] = field(default_factory=list)
    path: Path | None = None
    format: str = "text"
    encoding: str = "utf-8"
    warnings: list[str] = field(default_factory=list)
    relays: str | None = None  # of a witness: the name of the one that it quotes
    origin: str = ""  # of a witness: where it came from, as its case says

    def line_of(self, offset: int) -> int:
        """1-based line number of a character offset."""
        return self.text.count("\n", 0, offset) + 1

    def column_of(self, offset: int) -> int:
        """1-based column of a character offset."""
        return offset - (self.text.rfind("\n", 0, offset) + 1) + 1


def relayed(name: str, relays: Mapping[str, str | None]) -> list[str]:
    """The names of those that a witness relays, nearest first, as far as one that comes again."""
    chain: list[str] = []
    while (name := relays[name]) and name not in chain:
        chain.append(name)
    return chain


class InputError(Exception):
    """Something the user gave cannot be used. Prints as one line `place: what. cure.`; exit code 2."""

    def __init__(self, place: str | Path, what: str, cure: str = "", line: int | None = None):
        self.place, self.what, self.cure, self.line = str(place), what.rstrip("."), cure.rstrip("."), line
        super().__init__(str(self))

    def __str__(self) -> str:
        place = f"{self.place}:{self.line}" if self.line else self.place
        return " ".join(filter(None, (f"{place}: {sentence(self.what)}", self.cure and sentence(self.cure))))


def sentence(words: str) -> str:
    """`words` with a full stop, unless they end a sentence already: a question keeps its mark."""
    return words if words.endswith(("?", "!", ".", "?)")) else f"{words}."
