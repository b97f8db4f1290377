"""Blocks into the segments and quotes of a document."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from ..languages import get
from ..text import InputError, Quote, Segment
from .block import BOILERPLATE, Block

MAX_SEGMENT = 20_000  # characters; no sentence is longer, and no engine could translate it
_BETWEEN = "\n\n"  # the paragraphs of the text that quotes are looked for in


def segments_and_quotes(blocks: list[Block], language: str, text: str, place: str | Path, one_per_line: bool = False
                        ) -> tuple[list[Segment], list[Quote]]:
    """Segments in reading order, `paragraph` counting blocks, and the quotes of those that are not boilerplate.

    A quote that runs over paragraphs is found because all content is read as one text.
    Raises InputError for a stretch of MAX_SEGMENT characters without a sentence end.
    """
    room = get(language)
    segments: list[Segment] = []
    words: list[str] = []  # the content of all blocks ...
    starts: list[int] = []  # ... where each block begins in it
    contents: list[Block] = []
    sentences: list[tuple[int, int]] = []
    numbers: list[int] = []  # segment of each sentence
    length = 0
    for paragraph, block in enumerate(blocks):
        if block.kind == BOILERPLATE or not block.text:
            segments.append(_segment(block, 0, len(block.text), paragraph))
            continue
        whole = one_per_line or (block.kind != "text" and len(block.text) <= 300)
        ranges = [(0, len(block.text))] if whole else room.sentences(block.text) or [(0, len(block.text))]
        for start, end in ranges:
            if end - start > MAX_SEGMENT:
                line = text.count("\n", 0, block.offsets[start]) + 1
                raise InputError(place, f"{end - start} characters without a sentence end", "Break the line into sentences, or check that it is text", line)
            sentences.append((length + start, length + end))
            numbers.append(len(segments))
            segments.append(_segment(block, start, end, paragraph))
        words.append(block.text)
        starts.append(length)
        contents.append(block)
        length += len(block.text) + len(_BETWEEN)
    found = room.quotes(_BETWEEN.join(words), sentences)
    return segments, _placed(found, contents, starts, sentences, numbers)


def _segment(block: Block, start: int, end: int, paragraph: int) -> Segment:
    if start == end:
        return Segment("", block.offsets.start, block.offsets.start, paragraph, block.kind)
    offsets = block.offsets[start:end]
    direct = isinstance(offsets, range) or offsets[-1] - offsets[0] == end - start - 1 and len(set(offsets)) == end - start
    return Segment(block.text[start:end], offsets[0], block.end_of(end - 1), paragraph, block.kind, None if direct else tuple(offsets))


def _placed(quotes: list[Quote], blocks: list[Block], starts: list[int], sentences: list[tuple[int, int]], numbers: list[int]) -> list[Quote]:
    """Quotes of the joined text, with file offsets and segment indexes."""
    from bisect import bisect_left, bisect_right

    sentence_starts = [start for start, _ in sentences]
    sentence_ends = [end for _, end in sentences]

    def span(start: int, end: int) -> tuple[int, int]:
        first, last = bisect_right(starts, start) - 1, bisect_right(starts, max(start, end - 1)) - 1
        head, tail = blocks[first], blocks[last]
        begin = head.offsets[min(start - starts[first], len(head.text) - 1)]
        return begin, max(begin, tail.end_of(min(max(start, end - 1) - starts[last], len(tail.text) - 1)) if end > start else begin)

    placed = []
    for quote in quotes:
        parts = quote.parts or ((quote.start, quote.end),)
        touched = sorted({i for a, b in parts for i in range(bisect_right(sentence_ends, a), bisect_left(sentence_starts, b))})
        start, end = span(quote.start, quote.end)
        placed.append(replace(quote, start=start, end=end, segments=tuple(numbers[i] for i in touched), parts=tuple(span(a, b) for a, b in quote.parts),
                              verb_span=span(*quote.verb_span) if quote.verb_span else None))
    return placed
