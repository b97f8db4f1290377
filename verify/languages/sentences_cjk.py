"""Sentence ends in Chinese and Japanese."""

from __future__ import annotations

import re

# Semicolons and colons do not end a sentence. A full stop in ASCII does after a Chinese character only.
_STOP = re.compile(
    r"(?:[。！？!?｡．]+|…{1,4}|(?<=[\u3040-\u30ff\u3400-\u9fff”’」』）)])\.(?=\s|$|[\u3400-\u9fff“「]))"
    r"(?P<more>[。！？!?…]*)(?P<close>[”’」』）)】》〉\"'＂]*)(?P<gap>\s*)"
)
_SHORTEST = 8  # characters before …… that can be a sentence
_CONTINUES = re.compile(r"[，,、；;：:。と]|などと|って|との|という|といった")
_CLAUSE = re.compile(r"[^。！？!?\n；;：:“「『‘]{0,40}")


def split(text: str, start: int, end: int, reports=None) -> list[tuple[int, int]]:
    """Ranges of the sentences in one paragraph.

    `reports(text, start, end)` says whether a clause attributes what stands before it: “……。”他说。 is one sentence.
    """
    found, begin = [], start
    for match in _STOP.finditer(text, start, end):
        if match.end() >= end:
            break
        if _ends(text, begin, match, end, reports):
            found.append((begin, match.start("gap")))
            begin = match.end()
    while begin < end and text[begin].isspace():
        begin += 1
    if begin < end:
        found.append((begin, end))
    return found


def _ends(text: str, begin: int, match: re.Match, end: int, reports) -> bool:
    mark = match.group()[:1]
    if _CONTINUES.match(text, match.end()):
        return False
    if mark in "!?" and re.match(r"[A-Za-z0-9]", text[match.end() : match.end() + 1]) and not match.group("gap"):
        return False
    if mark == "…" and not match.group("more").strip("…") and not match.group("close"):
        told = text[begin : match.start()]
        if len(told) < _SHORTEST:
            return False
        return sum(told.count(c) for c in "“「『") <= sum(told.count(c) for c in "”」』")  # in speech …… is a pause
    if match.group("close") and reports:
        clause = _CLAUSE.match(text, match.end(), end)
        return not reports(text, match.end(), clause.end())
    return True
