"""HTML into tokens that know their place in the file, in one pass and linear time.

The parsers that keep a tree forget offsets, and the standard library's tokenizer takes quadratic time
on unclosed mark-up, so this reads tags as the WHATWG tokenizer does, as far as text needs it.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_NAME = re.compile(r"[A-Za-z][^\s/>]*")
_ATTRIBUTE = re.compile(r"""[\s/]*(?:([^\s/>=][^\s/>=]*)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"'][^\s>]*|["'][^\s>]*)?))?|=)""")
_TAG_END = re.compile(r"[\s/]*>")
_REFERENCE = re.compile(r"&(?:#[0-9]{1,7};?|#[xX][0-9a-fA-F]{1,6};?|[A-Za-z][A-Za-z0-9]{1,31};?)")
_RAW = {"script", "style", "xmp", "iframe", "noembed", "noframes"}  # hold no mark-up; not text either
_ESCAPABLE = {"textarea", "title"}  # hold text with references, but no tags


@dataclass
class Token:
    """`kind` is "text", "open", "close" or "comment"; `text` is what a reader sees, one character for a reference."""

    kind: str
    start: int
    end: int
    name: str = ""
    attributes: dict[str, str] = field(default_factory=dict)
    text: str = ""


def tokens(text: str, start: int = 0, end: int | None = None) -> Iterator[Token]:
    """Tokens of `text[start:end]`. The text of scripts and styles is left out."""
    end = len(text) if end is None else end
    at = start
    while at < end:
        opening = text.find("<", at, end)
        if opening < 0:
            yield from _text(text, at, end)
            return
        if opening > at:
            yield from _text(text, at, opening)
        following = text[opening + 1 : opening + 3]
        if following.startswith("!"):
            at = yield from _comment(text, opening, end)
        elif following.startswith("?") or (following.startswith("/") and len(following) == 2):
            at = yield from _end_tag(text, opening, end)
        elif following[:1].isalpha() and following[:1].isascii():
            at = yield from _start_tag(text, opening, end)
        else:
            yield Token("text", opening, opening + 1, text="<")
            at = opening + 1


def _comment(text: str, opening: int, end: int):
    if text.startswith("<!--", opening):
        close = text.find("-->", opening + 2, end)
        after = close + 3
    else:
        close = text.find(">", opening, end)
        after = close + 1
    after = after if close >= 0 else end
    yield Token("comment", opening, after)
    return after


def _end_tag(text: str, opening: int, end: int):
    close = text.find(">", opening, end)
    after = close + 1 if close >= 0 else end
    name = _NAME.match(text, opening + 2, end)
    if name and text[opening + 1] == "/":
        yield Token("close", opening, after, name.group().lower())
    else:
        yield Token("comment", opening, after)
    return after


def _start_tag(text: str, opening: int, end: int):
    found = _NAME.match(text, opening + 1, end)
    name, at = found.group().lower(), found.end()
    attributes: dict[str, str] = {}
    while not (close := _TAG_END.match(text, at, end)):
        attribute = _ATTRIBUTE.match(text, at, end)
        if not attribute or attribute.end() == at:
            yield Token("comment", opening, end)  # the file ends inside the tag
            return end
        if attribute[1] and attribute[1].lower() not in attributes:
            attributes[attribute[1].lower()] = attribute[2] or attribute[3] or attribute[4] or ""
        at = attribute.end()
    at = close.end()
    yield Token("open", opening, at, name, attributes)
    if name in _RAW or name in _ESCAPABLE:
        closing = re.compile(rf"</{name}(?=[\s/>])", re.I).search(text, at, end)
        stop = closing.start() if closing else end
        if name in _ESCAPABLE:
            yield from _text(text, at, stop)
        return stop
    return at


def _text(text: str, start: int, end: int) -> Iterator[Token]:
    at = start
    if text.find("&", start, end) >= 0:
        for reference in _REFERENCE.finditer(text, start, end):
            meant = html.unescape(reference.group())
            if meant == reference.group():
                continue
            # Without a semicolon only a part of the name may count: &notit is ¬it.
            tail = _common_tail(reference.group(), meant) if not reference.group().endswith(";") else 0
            if reference.start() > at:
                yield Token("text", at, reference.start(), text=text[at : reference.start()])
            at = reference.end() - tail
            yield Token("text", reference.start(), at, text=meant[: len(meant) - tail] if tail else meant)
    if at < end:
        yield Token("text", at, end, text=text[at:end])


def _common_tail(reference: str, meant: str) -> int:
    length = 0
    while length < len(meant) - 1 and reference[-1 - length] == meant[-1 - length]:
        length += 1
    return length
