"""Plain text: paragraphs end at blank lines, and at every line end unless the file is hard-wrapped."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .block import HEADING, Block, whole
from .comments import masked

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|$)")
_WIDE = re.compile(r"[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\U00020000-\U0003ffff]")
_SENTENCE_END = re.compile(r"[。！？!?.…:：][”’」』\"')）】]*$")
_LIST_ITEM = re.compile(r"(?:[-*•·+]|\(?\d{1,3}[.)、]|[一二三四五六七八九十]{1,3}、)\s*\S")
_NARROWEST, _WIDEST = 40, 120  # columns that files are wrapped to
_KINSOKU = 4  # columns a line of Chinese or Japanese may stay short, so that the next begins with no closing mark


@dataclass
class _Line:
    text: str
    start: int
    end: int
    width: int  # columns
    indent: int


def blocks(text: str) -> list[Block]:
    """The paragraphs of a file, comments to the tool left out. A first one without a stop is the headline."""
    text = masked(text)
    paragraphs = _lines(text)
    width = _wrapped_at(paragraphs)
    found = []
    for lines in paragraphs:
        first = 0
        for index in range(1, len(lines) + 1):
            if index == len(lines) or not (width and _continues(lines[index - 1], lines[index], width)):
                found.append(whole(text, lines[first].start, lines[index - 1].end))
                first = index
    kept = [block for block in found if block]
    if len(kept) > 1 and len(kept[0].text) <= _WIDEST and not _SENTENCE_END.search(kept[0].text):
        kept[0].kind = HEADING
    return kept


def lines(text: str) -> list[tuple[int, int]]:
    """Ranges of the lines, without their ends; no empty last one."""
    found = []
    for match in _LINE.finditer(text):
        if match.start() < len(text):
            found.append((match.start(), match.start() + len(match.group().rstrip("\r\n"))))
    return found


def _lines(text: str) -> list[list[_Line]]:
    """The lines between blank ones."""
    paragraphs: list[list[_Line]] = [[]]
    for start, end in lines(text):
        line = text[start:end]
        bare = line.strip("\u200b\ufeff \t\u3000\xa0\f\v")
        if bare:
            width = len(bare) + len(_WIDE.findall(bare)) if len(bare) <= _WIDEST else len(bare)
            paragraphs[-1].append(_Line(bare, start, end, width, len(line) - len(line.lstrip())))
        elif "\u200b" in line or paragraphs[-1]:
            paragraphs.append([])
    return [paragraph for paragraph in paragraphs if paragraph]


def _wrapped_at(paragraphs: list[list[_Line]]) -> int:
    """The column that the file is wrapped at, or 0.

    A file filled greedily to a width has no line that could have taken the first word of the next one.
    """
    width = max((line.width for lines in paragraphs for line in lines if not _one_token(line.text)), default=0)
    if not _NARROWEST <= width <= _WIDEST:
        return 0
    breaks = [(a, b) for lines in paragraphs for a, b in zip(lines, lines[1:])]
    full = [(a, b) for a, b in breaks if _full(a, b, width)]
    if len(full) < 0.6 * len(breaks) or not any(not _SENTENCE_END.search(a.text) for a, _ in full):
        return 0
    # One break alone is as well a headline over a line of text.
    return width if len(full) > 1 or (full and full[0][1].text[0].islower()) else 0


def _one_token(text: str) -> bool:
    return not re.search(r"\s", text) and not _WIDE.search(text)


def _full(line: _Line, following: _Line, width: int) -> bool:
    if _WIDE.match(following.text):
        return line.width + 2 + _KINSOKU > width
    head = re.match(r"\S+?(?=\s|$|[\u2e80-\uff60])", following.text)
    return line.width + 1 + (len(head.group()) if head else 1) > width


def _continues(line: _Line, following: _Line, width: int) -> bool:
    if following.indent > line.indent or _LIST_ITEM.match(following.text):
        return False
    return _full(line, following, width)
