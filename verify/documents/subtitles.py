"""SubRip subtitles (.srt): cues joined into sentences; numbers and times are not text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from ..text import InputError
from .block import Block, Pieces
from .comments import masked
from .plain import lines

TIMING = re.compile(r"\s*(\d{1,3}):(\d{1,2}):(\d{1,2})[,.](\d{1,3})\s*-->\s*(\d{1,3}):(\d{1,2}):(\d{1,2})[,.](\d{1,3})(?:\s.*)?$")
_CURE = "Write it as: 00:00:01,000 --> 00:00:02,500"
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,200}>|\{\\[^{}]{0,200}\}|[♪♫]")
_SPEAKER_CHANGE = re.compile(r"\s*[-–—]\s*\S|\s*>>")
_SENTENCE_END = re.compile(r"[。！？!?.…][”’」』\"')）】]*$")
_PAUSE = 4.0  # seconds without a cue that end a paragraph


@dataclass
class _Cue:
    line: int
    start: float
    end: float
    lines: list[tuple[int, int]]


def blocks(text: str, place: str | Path) -> list[Block]:
    """One block for what is said without a pause; a sentence may run over many cues.

    Subtitles without full stops have no sentences to join: there each cue is a block.
    Raises InputError with the line of a broken timing.
    """
    text = masked(text)
    cues = _cues(text, place)
    closed = sum(bool(_SENTENCE_END.search(_clean(text, cue))) for cue in cues)
    found: list[Block | None] = []
    pieces = Pieces()
    previous: _Cue | None = None
    for cue in cues:
        for index, (start, end) in enumerate(cue.lines):
            if previous is not None and (
                (index == 0 and (closed * 8 < len(cues) or cue.start - previous.end > _PAUSE)) or _SPEAKER_CHANGE.match(text, start, end)
            ):
                found.append(pieces.block())
                pieces = Pieces()
            _add(pieces, text, start, end)
            previous = cue
    found.append(pieces.block())
    return [block for block in found if block]


def _clean(text: str, cue: _Cue) -> str:
    return _TAG.sub("", text[cue.lines[-1][0] : cue.lines[-1][1]]).strip() if cue.lines else ""


def _add(pieces: Pieces, text: str, start: int, end: int) -> None:
    change = re.compile(r"\s*(?:[-–—]\s*|>>\s*)").match(text, start, end)
    at = change.end() if change else start
    for tag in _TAG.finditer(text, at, end):
        pieces.add(text[at : tag.start()], at)
        at = tag.end()
    pieces.add(text[at:end], at)
    pieces.add("\n", end)  # the line end: a blank, or nothing in Chinese


def _cues(text: str, place: str | Path) -> list[_Cue]:
    found: list[_Cue] = []
    spans = [(number, start, end) for number, (start, end) in enumerate(lines(text), 1)]
    bare = lambda span: text[span[1] : span[2]].strip("\u200b\ufeff \t")
    index = 0
    while index < len(spans):
        if not bare(spans[index]):
            index += 1
            continue
        if bare(spans[index]).isdigit() and index + 1 < len(spans) and bare(spans[index + 1]):
            index += 1
        number = spans[index][0]
        begin, end = _timing(bare(spans[index]), number, place)
        cue = _Cue(number, begin, end, [])
        index += 1
        while index < len(spans) and bare(spans[index]):
            if "-->" in bare(spans[index]):
                if cue.lines and text[cue.lines[-1][0] : cue.lines[-1][1]].strip().isdigit():
                    cue.lines.pop()  # the next cue's number: the blank line before it is missing
                break
            cue.lines.append(spans[index][1:])
            index += 1
        found.append(cue)
    if not found:
        raise InputError(place, "holds no subtitle", _CURE)
    return found


def _timing(line: str, number: int, place: str | Path) -> tuple[float, float]:
    found = TIMING.match(line[:200])
    if not found:
        raise InputError(place, f"no timing where a subtitle begins: {line[:40]!r}", _CURE, line=number)
    seconds = [int(h) * 3600 + int(m) * 60 + int(s) + int(f.ljust(3, "0")) / 1000 for h, m, s, f in (found.groups()[:4], found.groups()[4:])]
    if any(int(found[i]) > 59 for i in (2, 3, 6, 7)) or seconds[1] < seconds[0]:
        raise InputError(place, "the timing is impossible: " + line[:60], "Correct the times", line=number)
    return seconds[0], seconds[1]
