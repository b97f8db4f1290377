"""Quote marks paired by what stands around them: pieces between marks, nested, unclosed or reopened."""

from __future__ import annotations

import re
import sys
from bisect import bisect_right
from dataclasses import dataclass

from . import paragraphs

_PAIRS = {"“": "”", "‘": "’", "「": "」", "『": "』", "«": "»", "„": "“”", "‚": "‘’", "‹": "›", "〝": "〞〟", "﹁": "﹂", "﹃": "﹄", "＂": "＂"}
OPENING = re.compile(f"[\"'{''.join(_PAIRS)}]")  # what one of stands before all quoted words; ’ only closes
_CLOSERS = frozenset("”’」』»“›〞〟﹂﹄")
_BEFORE_OPENING = frozenset("([{（【—–-/：:，,、。！？“‘「『\"'")


@dataclass(frozen=True)
class Piece:
    """The words between two marks: [start, end). `mark` is the opening one."""

    start: int
    end: int
    mark: str
    closed: bool = True
    reopened: bool = False  # continues a quote left open at the end of the paragraph before
    depth: int = 0


def pieces(text: str, spaced: bool, sentences: list[tuple[int, int]]) -> list[Piece]:
    """All quoted pieces in order of their start; an unclosed one ends with its sentence, or with its paragraph
    when the next paragraph reopens it."""
    blocks = paragraphs.split(text, spaced)
    found: list[Piece] = []
    pending = ""  # the mark of a quote left open by the paragraph before
    for number, (start, end) in enumerate(blocks):
        after = text[blocks[number + 1][0]] if number + 1 < len(blocks) else ""
        block, left_open = _block(text, start, end, spaced, pending, sentences, after)
        found += block
        pending = left_open
    return sorted(found, key=lambda piece: (piece.start, -piece.end))


def _block(text, start, end, spaced, pending, sentences, after):
    stack: list[tuple[int, str]] = []
    found: list[Piece] = []
    reopened_at = start + 1 if pending and text[start] == pending else -1
    left_open = ""

    def close(level: int, at: int, closed: bool = True) -> None:
        while len(stack) > level:
            begin, mark = stack.pop()
            complete = closed and len(stack) == level
            stop = at if complete else min(at, _sentence_end(begin, at, sentences))
            if begin < stop:
                found.append(Piece(begin, stop, mark, complete, begin == reopened_at, len(stack)))

    for at in range(start, end):
        char = text[at]
        if char == "'" or char == "’":
            role = _apostrophe(text, at, start, end, stack)
        elif char == '"':
            role = _straight(text, at, start, end, stack, spaced)
        elif char in _CLOSERS and any(char in _closers(mark) for _, mark in stack):
            role = "close"
        elif char in _PAIRS:
            role = "open"
        else:
            continue
        if role == "open":
            same = [level for level, (_, mark) in enumerate(stack) if mark == char]
            if same:  # the mark opens again before it closed: the first was never closed
                close(same[0], at, closed=False)
            stack.append((at + 1, char))
        elif role == "close":
            level = max(i for i, (_, mark) in enumerate(stack) if char in _closers(mark))
            close(level, at)
    if stack:
        if after and after == stack[0][1] and _opens_speech(text, stack[0][0], start):
            left_open = stack[0][1]
            begin, mark = stack[0]
            del stack[0]
            close(0, end, closed=False)
            found.append(Piece(begin, end, mark, False, begin == reopened_at, 0))
        else:
            close(0, end, closed=False)
    return found, left_open


def _closers(mark: str) -> str:
    return mark if mark in "\"'" else _PAIRS[mark]


def _opens_speech(text: str, begin: int, start: int) -> bool:
    """A quote that runs over several paragraphs opens a paragraph or stands after a colon or comma."""
    before = text[start : begin - 1].rstrip()
    return not before or before[-1] in ":：,，"


def _sentence_end(begin: int, limit: int, sentences) -> int:
    at = bisect_right(sentences, (begin, sys.maxsize)) - 1
    if at >= 0 and sentences[at][0] <= begin < sentences[at][1]:
        return min(sentences[at][1], limit)
    return limit


def _straight(text, at, start, end, stack, spaced) -> str:
    before = text[at - 1] if at > start else " "
    after = text[at + 1] if at + 1 < end else " "
    is_open = any(mark == '"' for _, mark in stack)
    if not is_open and before.isdigit() and not after.isalpha():
        return ""  # inches
    if spaced:
        opens = (before.isspace() or before in _BEFORE_OPENING and before not in ",.!?") and not after.isspace()
        if opens and not (is_open and (after in ".,;:!?)" or before in "—–-.'’‘")):
            return "open"
        if is_open:
            return "close"
        return "open" if not after.isspace() else ""
    return "close" if is_open else "open"


_NEXT_CLOSE = re.compile(r"(?:[,.!?;][’']|[’'](?=[,.;:!?)\]]|\s*$))")


def _apostrophe(text, at, start, end, stack) -> str:
    """Whether ' or ’ opens or closes a quote, or ("") is an apostrophe."""
    char = text[at]
    before = text[at - 1] if at > start else " "
    after = text[at + 1] if at + 1 < end else " "
    if before.isalnum() and after.isalnum() and before < "\u3000" and after < "\u3000":
        return ""
    opener = "‘" if char == "’" else "'"
    is_open = any(char in _closers(mark) for _, mark in stack)
    if char == "'" and (before.isspace() or before in _BEFORE_OPENING) and not after.isspace() and after not in ".,;:!?)":
        if re.match(r"\d0s|tis\b|twas\b|em\b|til\b|cause\b|n'\s|\d\d\b(?!')", text[at + 1 : at + 7]):
            return ""
        if not (is_open and before in "\"”’.!?,"):
            return "open" if re.compile(r"[’']").search(text, at + 1, end) else ""
    if not is_open:
        return ""
    if before in "sS" and after == " " and text[at + 2 : at + 3].islower():
        # traders' view: an apostrophe when the real closing mark still comes before the next opening one
        later = _NEXT_CLOSE.search(text, at + 1, end)
        if later and opener not in text[at + 1 : later.start()]:
            return ""
    return "close"
