"""A stretch of a document as a reader is shown it: its clean text, and which characters are marked.

Shared by the renderers. Ranges are half-open; file offsets are those of `verify.text`.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

from ..text import Document, Segment

LIMIT = 700  # characters of an excerpt that is shown whole
AROUND = 160  # of a longer one, those shown around a mark

Piece = tuple[str, tuple]  # text, and the labels of the marks that cover it: () is unmarked text
Mark = tuple[int, int, object]  # a half-open range and its label


def clean_range(segment: Segment, start: int, end: int) -> tuple[int, int] | None:
    """The range of `segment.text` that file offsets [start, end) cover; None where they do not meet."""
    if segment.offsets is None:
        first, last = start - segment.start, end - segment.start
    else:
        first, last = bisect_left(segment.offsets, start), bisect_left(segment.offsets, end)
    first, last = max(0, first), min(len(segment.text), last)
    return (first, last) if first < last else None


def segments_at(document: Document, start: int, end: int) -> list[int]:
    """Indexes of the segments that [start, end) touches, in order."""
    found = []
    for index in range(bisect_right(document.segments, start, key=lambda s: s.end), len(document.segments)):
        if document.segments[index].start >= max(end, start + 1):
            break
        found.append(index)
    return found


def pieces(text: str, marks: Iterable[Mark]) -> list[Piece]:
    """`text` cut wherever a mark begins or ends; each piece carries the labels of all marks over it."""
    marks = list(marks)
    cuts = sorted({0, len(text), *(min(max(0, edge), len(text)) for mark in marks for edge in mark[:2])})
    return [(text[a:b], tuple(label for start, end, label in marks if start <= a and b <= end))
            for a, b in zip(cuts, cuts[1:], strict=False)]


def marked_segments(document: Document, indexes: Sequence[int], marks: Iterable[Mark]) -> list[Piece]:
    """The segments' text, joined, with the characters under `marks` (in file offsets) labelled.

    A blank parts segments of a spaced language, and paragraphs (a heading, say) of any.
    """
    from ..languages import get

    spaced = get(document.language).spaced
    marks = list(marks)
    out: list[Piece] = []
    paragraph = None
    for index in indexes:
        segment = document.segments[index]
        here = [(*found, label) for start, end, label in marks if (found := clean_range(segment, start, end))]
        if out and (spaced or segment.paragraph != paragraph):
            out.append((" ", ()))
        paragraph = segment.paragraph
        out += pieces(segment.text, here)
    return out


def clipped(parts: Sequence[Piece]) -> list[Piece]:
    """The same, with text far from any mark left out where the whole is over `LIMIT` characters."""
    if sum(len(text) for text, _ in parts) <= LIMIT:
        return list(parts)
    marked = [place for place, (_, labels) in enumerate(parts) if labels]
    if not marked:
        return [("".join(text for text, _ in parts)[:LIMIT] + " …", ())]
    out: list[Piece] = []
    for place, (text, labels) in enumerate(parts):
        head = AROUND if labels or place > marked[0] else 0
        tail = AROUND if labels or place < marked[-1] else 0
        if len(text) > head + tail + 3:
            text = text[:head] + " … " + text[len(text) - tail:]
        out.append((text, labels))
    return out

