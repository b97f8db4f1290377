"""Markdown: blocks by markdown-it-py, words of a block by place, so that every character keeps its offset."""

from __future__ import annotations

import re

from . import html
from .block import BOILERPLATE, HEADING, TEXT, Block, Pieces, whole
from .markdown_inline import add_words

_FRONT_MATTER = re.compile(r"\ufeff?(?P<fence>---|\+\+\+)[ \t]*\r?\n(?s:.*?)\n(?P=fence)[ \t]*(?:\r?\n|$)")
_LINE_END = re.compile(r"\r\n|\n|\r")


def blocks(text: str) -> list[Block]:
    """The blocks of a file in order; front matter and code are boilerplate, marks and link addresses are left out."""
    from markdown_it import MarkdownIt

    found: list[Block | None] = []
    front = _FRONT_MATTER.match(text)
    begin = front.end() if front else 0
    if front:
        found.append(whole(text, 0, begin, BOILERPLATE))
    starts = [begin, *(match.end() for match in _LINE_END.finditer(text, begin))]
    starts.append(len(text) + 1)
    parser = MarkdownIt("commonmark").enable("table")
    parser.core.ruler.enableOnly(["normalize", "block"])
    environment: dict = {}
    tokens = parser.parse(text[begin:], environment)
    references = frozenset(environment.get("references", {}))
    heading, done = False, begin
    for token in tokens:
        if token.type == "heading_open":
            heading = True
        elif token.type == "heading_close":
            heading = False
        if not token.map:
            continue
        start, end = starts[token.map[0]], min(starts[token.map[1]], len(text))
        if token.type in ("fence", "code_block"):
            found.append(whole(text, start, end, BOILERPLATE))
        elif token.type == "html_block":
            found.extend(html.fragment(text, start, end))
        elif token.type == "inline":
            spans = _spans(text, token.content, max(start, done) if end > done else start, end)
            done = spans[-1][1] if spans else done
            pieces = Pieces()
            add_words(pieces, text, spans, references)
            found.append(pieces.block(HEADING if heading else TEXT))
        if token.type != "inline":
            done = max(done, start)
    return [block for block in found if block]


def _spans(text: str, content: str, start: int, end: int) -> list[tuple[int, int]]:
    """Where the lines of a token's content stand in `text[start:end]`, without what the block's mark-up adds to them."""
    spans = []
    for line in content.split("\n"):
        bare = line.strip()
        if not bare:
            continue
        at = text.find(bare, start, end)
        if at < 0:  # a table cell with \|
            bare = bare.replace("|", r"\|")
            at = text.find(bare, start, end)
        if at >= 0:
            spans.append((at, at + len(bare)))
            start = at + len(bare)
    return spans
