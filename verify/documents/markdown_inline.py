"""The words of one Markdown block: emphasis, links, images, tags and escapes read away, offsets kept."""

from __future__ import annotations

import html
import re

from .block import Pieces

_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_TICKS = re.compile(r"`+")
_TAG = re.compile(r"</?[A-Za-z][^<>]*>|<!--(?:[^-]|-(?!->))*-->|<[?!][^<>]*>")
_AUTOLINK = re.compile(r"<([A-Za-z][A-Za-z0-9+.-]{1,31}:[^<>\s]*|[^<>\s@]+@[^<>\s@]+)>")
_REFERENCE = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_DESTINATION = re.compile(r"""\(\s*(?:<[^<>\n]*>|[^\s()]*(?:\([^\s()]*\)[^\s()]*)*)(?:\s+(?:"[^"]*"|'[^']*'|\([^()]*\)))?\s*\)""")
_RUN = re.compile(r"\*+|_+|~~")
_LABEL = re.compile(r"\[([^\[\]]*)\]")


def add_words(pieces: Pieces, text: str, spans: list[tuple[int, int]], references: frozenset[str]) -> None:
    """Adds the words of `spans` (the lines of a block) to `pieces`. `references` are the link labels that the file defines."""
    joined: list[str] = []
    offsets: list[int] = []
    for start, end in spans:
        joined.append(text[start:end] + "\n")
        offsets.extend(range(start, end + 1))
    source = "".join(joined)
    dropped = bytearray(len(source))
    shut = bytearray(len(source))  # characters that no later rule may read as a mark
    _drop_code_and_tags(source, dropped, shut)
    _drop_links(source, dropped, shut, references)
    _drop_emphasis(source, dropped, shut)
    _add(pieces, source, offsets, dropped, shut)


def _fill(array: bytearray, start: int, end: int) -> None:
    array[start:end] = b"\1" * (end - start)


def _drop_code_and_tags(source: str, dropped: bytearray, shut: bytearray) -> None:
    closers: dict[int, list[int]] = {}
    runs = [(m.start(), m.end()) for m in _TICKS.finditer(source)]
    for start, end in reversed(runs):
        closers.setdefault(end - start, []).append(start)
    escapes = {m.start(): m for m in _ESCAPE.finditer(source)} if "\\" in source else {}
    at = 0
    for match in re.finditer(r"[\\`<]", source):
        start = match.start()
        if start < at:
            continue
        char = match.group()
        if char == "\\" and start in escapes:
            dropped[start] = 1
            _fill(shut, start, start + 2)
            at = start + 2
        elif char == "`":
            end = _TICKS.match(source, start).end()
            waiting = closers.get(end - start, [])
            while waiting and waiting[-1] <= start:
                waiting.pop()
            if waiting:
                close = waiting.pop()
                _fill(shut, start, close + end - start)
                _fill(dropped, start, end)
                _fill(dropped, close, close + end - start)
                at = close + end - start
            else:
                at = end
        elif char == "<":
            link = _AUTOLINK.match(source, start)
            tag = link or _TAG.match(source, start)
            if tag:
                _fill(shut, start, tag.end())
                _fill(dropped, start, tag.end())
                if link:
                    dropped[start + 1 : tag.end() - 1] = bytes(tag.end() - start - 2)
                at = tag.end()


def _drop_links(source: str, dropped: bytearray, shut: bytearray, references: frozenset[str]) -> None:
    opened: list[int] = []
    last_end = 0
    for match in re.finditer(r"[\[\]]", source):
        at = match.start()
        if shut[at] or at < last_end:
            continue
        if match.group() == "[":
            opened.append(at)
            continue
        if not opened:
            continue
        start = opened.pop()
        image = start > 0 and source[start - 1] == "!" and not shut[start - 1]
        end = _link_end(source, start, at, references)
        if end is None:
            continue
        if image or source[start + 1] == "^":  # a picture's description and a note's number are not words of the text
            _fill(dropped, start - image, end)
            _fill(shut, start - image, end)
        else:
            dropped[start] = 1
            _fill(dropped, at, end)
            _fill(shut, at, end)
        shut[start] = 1
        last_end = end


def _link_end(source: str, start: int, close: int, references: frozenset[str]) -> int | None:
    """Where a link ends whose text is between the brackets at `start` and `close`; None when these are only brackets."""
    if source.startswith("[^", start) and close > start + 2 and not re.search(r"\s", source[start:close]):
        return close + 1
    if source.startswith("(", close + 1):
        destination = _DESTINATION.match(source, close + 1)
        if destination:
            return destination.end()
    if source.startswith("[", close + 1):
        label = _LABEL.match(source, close + 1)
        if label and _normal(label[1] or source[start + 1 : close]) in references:
            return label.end()
    if close - start < 1000 and _normal(source[start + 1 : close]) in references:
        return close + 1
    return None


def _normal(label: str) -> str:
    return re.sub(r"\s+", " ", label.strip()).lower().upper()


def _drop_emphasis(source: str, dropped: bytearray, shut: bytearray) -> None:
    """Pairs of runs of * or _ or ~~: one that can open, one that can close. Marks that stand alone are text."""
    waiting: dict[str, list[tuple[int, int]]] = {"*": [], "_": [], "~": []}
    for match in _RUN.finditer(source):
        start, end = match.span()
        if shut[start]:
            continue
        before, after = source[start - 1 : start], source[end : end + 1]
        opens, closes = bool(after.strip()), bool(before.strip())
        if match.group()[0] == "_":  # not inside a word
            opens, closes = opens and not before.isalnum(), closes and not after.isalnum()
        stack = waiting[match.group()[0]]
        if closes and stack:
            first, last = stack.pop()
            length = min(last - first, end - start)
            _fill(dropped, last - length, last)
            _fill(dropped, start, start + length)
            if last - length > first:
                stack.append((first, last - length))
        elif opens:
            stack.append((start, end))


def _add(pieces: Pieces, source: str, offsets: list[int], dropped: bytearray, shut: bytearray) -> None:
    references = {}
    if "&" in source:
        for match in _REFERENCE.finditer(source):
            meant = html.unescape(match.group())
            if meant != match.group() and not shut[match.start()] and not any(dropped[match.start() : match.end()]):
                references[match.start()] = (match.end(), meant)
    marks = sorted([m.start() for m in re.finditer(b"\1+", dropped)] + list(references))
    at = 0
    for mark in marks:
        if mark < at:
            continue
        _add_run(pieces, source, offsets, at, mark)
        if mark in references:
            at, meant = references[mark]
            pieces.add(meant, offsets[mark], at - mark)
        else:
            at = dropped.find(0, mark)
            if at < 0:
                at = len(source)
    _add_run(pieces, source, offsets, at, len(source))


def _add_run(pieces: Pieces, source: str, offsets: list[int], start: int, end: int) -> None:
    """A run may span lines, where the offsets jump."""
    while start < end:
        line = source.find("\n", start, end)
        stop = end if line < 0 else line + 1
        pieces.add(source[start:stop], offsets[start])
        start = stop
