"""Files into documents: `read` takes any format to segments and quotes that know their place in the file.

A new format is one file with a function from text to blocks, and one line in `_READERS`.
"""

from __future__ import annotations

import re
from pathlib import Path

from ..text import Document, InputError
from . import boilerplate
from .block import BOILERPLATE, Block
from .comments import suppressions

_BY_SUFFIX = {
    ".txt": "text", ".text": "text", ".md": "markdown", ".markdown": "markdown", ".html": "html", ".htm": "html", ".xhtml": "html", ".shtml": "html",
    ".srt": "srt", ".docx": "docx", ".docm": "docx",
}
LONGEST = 5_000_000  # characters of text, some fifteen novels; a saved page of that many bytes is mostly pictures
_HTML = re.compile(r"\s*(?:<!--.{0,2000}?-->\s*|<\?xml[^<>]{0,200}>\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S)
_SRT = re.compile(r"\s*\d+[ \t]*\r?\n\s*\d+:\d+:\d+[,.]\d+\s*-->")


def read(path: str | Path, language: str | None = None, name: str | None = None, one_per_line: bool = False, text: str | None = None) -> Document:
    """The document in a file; "-" is standard input. With `text`, that text is read and `path` only names it.

    The format is told from the file's name and first characters; `one_per_line` takes each line as a segment.
    `language` is detected when not given. Raises InputError, with place and cure, for anything that is no
    readable text in one of the formats or is in another language than given.
    """
    place = "stdin" if str(path) == "-" else str(path)
    warnings: list[str] = []
    blocks: list[Block] | None = None
    encoding = "utf-8"
    suffix = Path(place).suffix.lower()
    if text is None:
        text, encoding, form, blocks = _decoded(path, place, suffix, warnings)
    else:
        form = _format(text, suffix)
    if one_per_line:
        form, blocks = "lines", None
    blocks = _blocks(text, form, place) if blocks is None else blocks
    if not any(block.text for block in blocks):
        raise InputError(place, "holds no text" if text.strip() else "is empty", "Give a file with text")
    if (length := sum(len(block.text) for block in blocks)) > LONGEST:
        raise InputError(place, f"is a text of {length / 1e6:.0f} million characters; one of {LONGEST // 1_000_000} million is read",
                         "Check it chapter by chapter, or use verify audit for whole corpora")
    return _document(blocks, text, place, form, encoding, language, name or Path(place).name, warnings, path)


def _decoded(path: str | Path, place: str, suffix: str, warnings: list[str]) -> tuple[str, str, str, list[Block] | None]:
    from . import docx, opening
    from .encoding import decode

    data = opening.read_bytes(path)
    if opening.container(data, place) == "docx":
        text, blocks = docx.read(data, place)
        return text, "utf-8", "docx", blocks
    if _BY_SUFFIX.get(suffix) == "docx":
        raise InputError(place, "is called .docx but is no DOCX (not a zip archive)", "Save it as .docx in a word processor, or rename it to what it is")
    text, encoding, found = decode(data, place)
    opening.refuse_binary(text, place)
    warnings.extend(found)
    return text, encoding, _format(text, suffix), None


def _format(text: str, suffix: str) -> str:
    """By content where that is certain, then by name: a page saved as .txt is a page."""
    named = _BY_SUFFIX.get(suffix, "")
    if _HTML.match(text[:10_000]):
        return "html"
    if named == "html":
        return "html"
    if named == "srt" or _SRT.match(text[:1000]):
        return "srt"
    return named or "text"


def _blocks(text: str, form: str, place: str) -> list[Block]:
    if form == "lines":
        from . import one_per_line

        return one_per_line.blocks(text)
    if form == "html":
        from . import html

        return html.blocks(text)
    if form == "markdown":
        from . import markdown

        return markdown.blocks(text)
    if form == "srt":
        from . import subtitles

        return subtitles.blocks(text, place)
    from . import plain

    return plain.blocks(text)


def _document(blocks: list[Block], text: str, place: str, form: str, encoding: str, language: str | None, name: str, warnings: list[str],
              path: str | Path) -> Document:
    from . import language_check
    from .segmenting import segments_and_quotes

    if form not in ("lines", "srt"):
        boilerplate.mark(blocks)
    content = [block.text for block in blocks if block.kind != BOILERPLATE]
    if not any(content):
        warnings.append("nothing but boilerplate was found; all of it is taken as text")
        for block in blocks:
            block.kind = "text" if block.text else block.kind
        content = [block.text for block in blocks if block.text]
    language = language_check.language_of("\n".join(content), language, place)
    segments, quotes = segments_and_quotes(blocks, language, text, place, one_per_line=form == "lines")
    warnings.extend(language_check.warnings(segments, language, text))
    return Document(name, language, text, segments, quotes, None if place == "stdin" else Path(path), form, encoding, warnings)


__all__ = ["read", "suppressions"]
