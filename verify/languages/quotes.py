"""Quotes of a text: pieces between marks joined, classed, and given a speaker."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ..text import Quote, QuoteKind
from .attribution import Attribution
from .marks import Piece, pieces

if TYPE_CHECKING:
    from .language import Language, Range

_WINDOW = 400  # characters of a sentence looked at on each side of a quote
_MOST_PIECES = 40  # of one quote
_MASK = "§"
_ENDINGS = tuple(".!?。！？…‥")
_TRAILING = "\"'”’」』» "
_LONGEST_NAME = 12  # characters
_OPENS_QUOTE = re.compile(r"[：:，,はも]\s*[“「『\"]")
_SHORT_WORDS, _SHORT_CHARACTERS = 4, 8  # a term, not a phrase


@dataclass
class _Group:
    """Pieces that are one quote."""

    pieces: list[Piece]
    attribution: Attribution | None = None

    @property
    def first(self) -> Piece:
        return self.pieces[0]

    @property
    def last(self) -> Piece:
        return self.pieces[-1]


class _Near:
    """Finds the pieces that touch a range."""

    def __init__(self, found: list[Piece]):
        self._found = found
        self._starts = [piece.start for piece in found]
        self._longest = max((piece.end - piece.start for piece in found), default=0)

    def to(self, start: int, end: int) -> list[Piece]:
        first, last = bisect_left(self._starts, start - self._longest), bisect_left(self._starts, end)
        return [piece for piece in self._found[first:last] if piece.end > start]


def find(language: Language, text: str, sentences: list[Range]) -> list[Quote]:
    """All quotes of `text`; see `Language.quotes`."""
    found = [piece for piece in pieces(text, language.spaced, sentences) if text[piece.start : piece.end].strip()]
    groups = _join(language, text, found)
    near = _Near(found)
    starts = [start for start, _ in sentences]
    quotes: list[Quote] = []
    previous: _Group | None = None
    for group in groups:
        window = _window(text, group, sentences, starts, near)
        masked = _masked(text, window, group, near)
        found_there = language.attribution(masked, *_places(group, window))
        if found_there is None and (longer := _next_sentence(text, window, sentences, starts)):
            masked = _masked(text, longer, group, near)
            found_there, window = language.attribution(masked, *_places(group, longer)), longer
        group.attribution = found_there.moved(window[0]) if found_there else None
        kind = _kind(language, text, group, masked, window)
        attribution = group.attribution or _inherited(text, group, previous, kind)
        if attribution and not attribution.speaker and previous and previous.attribution and "\n" not in text[previous.last.end : group.first.start]:
            attribution = replace(attribution, speaker=previous.attribution.speaker)  # pro-drop: and added "..."
        quotes.append(_quote(language, text, group, kind, attribution, sentences, starts))
        if group.first.depth == 0:
            group.attribution = attribution
            previous = group
    return quotes


def _join(language: Language, text: str, found: list[Piece]) -> list[_Group]:
    """Groups of pieces: reopened paragraphs, and quotes split by an attribution ("We", he said, "agree.")."""
    groups: list[_Group] = []
    last_at: dict[int, _Group] = {}  # depth -> the last group there
    for piece in found:
        before = last_at.get(piece.depth)
        if before and len(before.pieces) < _MOST_PIECES and (piece.reopened or _splits(language, text, before.last, piece)):
            before.pieces.append(piece)
        else:
            groups.append(_Group([piece]))
            last_at[piece.depth] = groups[-1]
    return groups


def _splits(language: Language, text: str, first: Piece, second: Piece) -> bool:
    """Whether only an attribution stands between two pieces."""
    gap = text[first.end + 1 : second.start - 1]
    if first.mark != second.mark or not 2 < len(gap) <= 90 or "\n" in gap or not first.closed:
        return False
    return language.splits_quote(text[first.end - 1 : second.start])


def _window(text: str, group: _Group, sentences: list[Range], starts: list[int], near: _Near) -> Range:
    """The sentence or sentences around the quote, inside the quote that holds it if one does."""
    start, end = group.first.start - 1, group.last.end + 1
    at = bisect_right(starts, max(start, 0)) - 1
    if at >= 0 and sentences[at][1] > start:
        begin = sentences[at][0]
        lead = sentences[at - 1] if at and not text[begin:start].strip() else None
        if lead and text[lead[1] - 1] in ":：":  # He said:⏎"..."
            begin = lead[0]
    else:
        begin = start
    at = bisect_right(starts, max(end - 1, 0)) - 1
    finish = max(end, sentences[at][1]) if at >= 0 else end
    for piece in near.to(group.first.start, group.last.end):
        if piece.depth < group.first.depth and piece.start <= group.first.start and group.last.end <= piece.end:
            begin, finish = max(begin, piece.start), min(finish, piece.end)
    return max(begin, start - _WINDOW), min(finish, end + _WINDOW, len(text))


def _next_sentence(text: str, window: Range, sentences: list[Range], starts: list[int]) -> Range | None:
    """The window and the sentence after it, when a quote makes the whole of its own sentence."""
    at = bisect_left(starts, window[1])
    if at >= len(sentences) or text[window[1] - 1] not in _TRAILING or text[window[0]] not in "\"“‘「『«":
        return None
    start, end = sentences[at]
    if start - window[1] > 1 or text[start] in "\"“‘「『«" or "\n" in text[window[1] : start]:
        return None
    return window[0], min(end, start + _WINDOW)


def _masked(text: str, window: Range, group: _Group, near: _Near) -> str:
    """The window with all quoted words blanked out, so that verbs in them report nothing."""
    start, end = window
    out = list(text[start:end])
    for piece in near.to(start, end):
        if piece.depth >= group.first.depth:
            for at in range(max(piece.start, start), min(piece.end, end)):
                out[at - start] = _MASK
    return "".join(out)


def _places(group: _Group, window: Range) -> Range:
    """Where the quote, marks included, stands in its window; a split one ends with its first piece."""
    return max(0, group.first.start - 1 - window[0]), group.first.end + 1 - window[0]


def _kind(language: Language, text: str, group: _Group, masked: str, window: Range) -> QuoteKind:
    first, last = group.first, group.last
    words = text[first.start : last.end].rstrip(_TRAILING + " ")
    size, short = (len(language.words(words)), _SHORT_WORDS) if language.spaced else (len(words), _SHORT_CHARACTERS)
    before = masked[: first.start - 1 - window[0]].rstrip()
    if _is_name(language, masked[last.end + 1 - window[0] :], before, words, size, group):
        return QuoteKind.SCARE
    introduced = before.endswith((":", "："))
    if len(group.pieces) > 1 or introduced and (size > 2 or words.endswith(_ENDINGS)):
        return QuoteKind.DIRECT
    if words.endswith(_ENDINGS) and (language.whole(text[first.start : last.end]) or not before):
        return QuoteKind.DIRECT
    attributed = group.attribution is not None
    # In Chinese news a fragment follows its verb, 称“基本符合预期”; a whole utterance takes a colon or comes first.
    before_verb = attributed and group.attribution.start is not None and group.attribution.start >= last.end
    if attributed and group.attribution.adjacent and (language.spaced or before_verb) and language.whole(text[first.start : last.end]):
        comma = text[first.start : last.end].rstrip().endswith((",", "，"))
        if comma or size > 2 or not before and size > 1:
            return QuoteKind.DIRECT
    if language.names_term(before[-24:]) and size <= short:
        return QuoteKind.SCARE
    return QuoteKind.PARTIAL if attributed or size > short else QuoteKind.SCARE


def _is_name(language: Language, after: str, before: str, words: str, size: int, group: _Group) -> bool:
    """Whether it is the name of a firm or a ship, whose manager may speak: 代理商「清流貿易」總經理蔡孟儒說：「…」."""
    if len(group.pieces) > 1 or size > _LONGEST_NAME or words.endswith(_ENDINGS) or before.endswith((":", "：")):
        return False
    kind = language.names_body(after)
    if kind and any(verb.end == len(before) for verb in language.reporting_verbs(before)):  # 他称“很好”，公司…
        return False
    # 「不会退让」总经理说: a title behind a quote can be its speaker's, unless that one goes on to speak, or the sentence began before.
    return kind == "body" or kind == "title" and (_OPENS_QUOTE.search(after) is not None or before[-1:].isalnum())


def _inherited(text: str, group: _Group, previous: _Group | None, kind: QuoteKind) -> Attribution | None:
    """A whole quote right after another one of the same paragraph goes on with its speaker."""
    if not previous or not previous.attribution or kind is not QuoteKind.DIRECT or group.first.depth:
        return None
    gap = text[previous.last.end : group.first.start]
    if "\n" in gap or len(gap) > 120:
        return None
    end = previous.attribution.end
    only_attribution = not gap.strip(_TRAILING + "“‘「『«") or end is not None and previous.last.end < end <= group.first.start
    if only_attribution and len(gap) - max(0, (end or 0) - previous.last.end) < 40:
        return Attribution(previous.attribution.speaker, None, None)
    return None


def _quote(language, text, group, kind, attribution, sentences, starts) -> Quote:
    parts = tuple((piece.start, piece.end) for piece in group.pieces)
    joined = (" " if language.spaced else "").join(text[a:b] for a, b in parts)
    touched: list[int] = []
    for a, b in parts:
        at = max(0, bisect_right(starts, a) - 1)
        while at < len(sentences) and sentences[at][0] < b:
            if sentences[at][1] > a and at not in touched:
                touched.append(at)
            at += 1
    speaker = attribution.speaker if attribution else None
    verb = attribution.verb if attribution else None
    span = (attribution.start, attribution.end) if attribution and attribution.verb else None
    return Quote(joined, parts[0][0], parts[-1][1], kind, tuple(touched), speaker, verb, span, parts)
