"""Where paragraphs end: blank lines do, a single line feed does unless the text is hard-wrapped."""

from __future__ import annotations

import re

_WIDEST_WRAP = 120
_LINE = re.compile(r"[^\n\r\u2028\u2029\x0b\x0c]*")


def split(text: str, spaced: bool = True) -> list[tuple[int, int]]:
    """Ranges of the paragraphs, without white space at their ends, none empty."""
    blocks: list[list[tuple[int, int]]] = [[]]
    for match in _LINE.finditer(text):
        start, end = _strip(text, match.start(), match.end())
        if start < end:
            blocks[-1].append((start, end))
        elif match.start() == match.end() and _is_break(text, match.end()):
            continue  # the empty match between a line and its line feed
        if _blank_line_follows(text, match.end()):
            blocks.append([])
    found = []
    for lines in blocks:
        if _wrapped(text, lines, spaced):
            found.append((lines[0][0], lines[-1][1]))
        else:
            found.extend(lines)
    return found


def _strip(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and (text[start].isspace() or text[start] == "\ufeff"):
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _is_break(text: str, at: int) -> bool:
    return at < len(text) and text[at] in "\n\r\u2028\u2029\x0b\x0c"


_BLANK = re.compile(r"(?:\r\n|\n|\r)[^\S\n\r]*(?:\r\n|\n|\r)|\u2029|\x0c")


def _blank_line_follows(text: str, at: int) -> bool:
    return _BLANK.match(text, at) is not None


def _wrapped(text: str, lines: list[tuple[int, int]], spaced: bool) -> bool:
    """Whether the lines are one paragraph filled greedily to a width: then no line could take the next one's head."""
    if len(lines) < 2:
        return False
    lengths = [end - start for start, end in lines]
    width = max(lengths)
    if width > _WIDEST_WRAP or width < (40 if spaced else 15):
        return False
    for (start, _), length in zip(lines[1:], lengths):
        if spaced:
            head = re.compile(r"\S+").match(text, start)
            if length + 1 + len(head.group()) <= width:
                return False
        elif length + 2 < width:
            return False
    # A heading over one line of text can look filled; a wrapped line rarely ends where a new one starts in capitals.
    return len(lines) > 2 or text[lines[1][0]].islower() or not spaced and lengths[1] < lengths[0]
