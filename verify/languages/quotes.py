"""Quotes of a text: pieces between marks joined, classed, and given a speaker."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..text import Quote, QuoteKind
from .marks import pieces

if TYPE_CHECKING:
    from .language import Language


def find(language: "Language", text: str, sentences: list[tuple[int, int]]) -> list[Quote]:
    found = []
    for piece in pieces(text, language.spaced, sentences):
        start, end = piece.start, piece.end
        touched = tuple(i for i, (a, b) in enumerate(sentences) if a < end and start < b)
        words = text[start:end]
        if words.rstrip()[-1:] in tuple(".。!?！？…,，"):
            kind = QuoteKind.DIRECT
        else:
            kind = QuoteKind.PARTIAL if len(language.words(words)) > 4 else QuoteKind.SCARE
        found.append(Quote(words, start, end, kind, touched, parts=((start, end),)))
    return found
