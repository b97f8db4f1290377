"""A sentence of the draft replaced in the text of its file, mark-up and line breaks around the words left alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from html import escape

from ..text import HIDDEN, Document, InputError, Segment, visible

EDITABLE = ("text", "markdown", "html", "srt")  # the formats whose file is its text
_ENTITY = re.compile(r"&(?:#\d+|#[xX][0-9a-fA-F]+|\w+);")


def edited(document: Document, index: int, words: str) -> Document:
    """The document as it reads when segment `index` says `words`; its `text` is what is to be saved.

    Only characters that differ are replaced, so tags and line breaks inside the sentence stay. Raises InputError
    where the format has no place for those words, for example `*` in Markdown, which would become mark-up.
    """
    from ..documents import read

    if document.format not in EDITABLE or document.path is None:
        raise InputError(document.name, f"a draft in the format {document.format} cannot be edited here", "Take the export with comments instead")
    segment = document.segments[index]
    words = " ".join(words.split())
    text = document.text
    for start, end, put in sorted(_changes(document, segment, words), reverse=True):
        text = text[:start] + put + text[end:]
    try:
        after = read(document.path, language=document.language, name=document.name, text=text)
    except InputError as error:
        raise InputError(document.name, f"cannot be read after this edit: {error.what}", error.cure) from None
    wanted = [words if i == index else s.text for i, s in enumerate(document.segments)]
    if _bare(wanted) != _bare([s.text for s in after.segments]):
        raise InputError(document.name, f"these words read differently in a {document.format} file",
                         "Leave out characters that are mark-up there, or edit the file itself")
    return replace(after, encoding=document.encoding, warnings=document.warnings)


def shown(text: str) -> str:
    """A sentence as it stands in the editing field: control characters by their number, so that they can be seen."""
    return visible(text)


def taken_back(shown_text: str, original: str) -> str:
    """What was typed over `shown(original)`, with the control characters of the original that are still there."""
    for char in set(HIDDEN.findall(original)):
        shown_text = shown_text.replace(visible(char), char)
    return shown_text


def _changes(document: Document, segment: Segment, words: str) -> Iterator[tuple[int, int, str]]:
    """File ranges and what is put there. Each character is deleted by itself: what stands between two stays."""
    from rapidfuzz.distance import Indel

    put = (lambda s: escape(s, quote=False)) if document.format == "html" else (lambda s: s)
    ends = [_end(document, segment, i) for i in range(len(segment.text))]
    for op in Indel.opcodes(segment.text, words):
        if op.tag == "delete":
            yield from ((segment.place(i, i + 1)[0], ends[i], "") for i in range(op.src_start, op.src_end))
        elif op.tag == "insert":
            place = ends[op.src_start - 1] if op.src_start else segment.start
            yield place, place, put(words[op.dest_start:op.dest_end])


def _end(document: Document, segment: Segment, index: int) -> int:
    """File offset after one character of the segment; an entity is several there."""
    start, end = segment.place(index, index + 1)
    entity = _ENTITY.match(document.text, start) if document.format in ("html", "markdown") else None
    return entity.end() if entity else end


def _bare(texts: list[str]) -> str:
    return re.sub(r"\s+", "", "".join(texts))
