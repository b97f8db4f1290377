"""Lines that stand around an article and are not part of it, by the vocabulary of `boilerplate.toml`."""

from __future__ import annotations

import re
from functools import lru_cache

from ..toml_file import beside
from .block import BOILERPLATE, TEXT, Block

_BEFORE = re.compile(r"^[\s\W_]*", re.UNICODE)
_AFTER = re.compile(r"[\s\W_]*$", re.UNICODE)
_ENDS = re.compile(r"[。！？.!?][”’」』\"]?$")


def mark(blocks: list[Block]) -> None:
    """Sets the kind of text blocks that are boilerplate. Headings stay."""
    for block in blocks:
        if block.kind == TEXT and is_boilerplate(block.text):
            block.kind = BOILERPLATE


def is_boilerplate(line: str) -> bool:
    starts, short, holds, patterns, whole, limit = _vocabulary()
    head = line[:200].lower()
    if starts.match(head):
        return True
    if len(line) > limit or _width(line) > limit:
        return False
    if not _ENDS.search(head) and (short.match(head) or patterns.fullmatch(line)):
        return True
    return bool(holds.search(head)) or _bare(line) in whole


def _width(line: str) -> int:
    return sum(2 if "\u2e80" <= char <= "\uff60" else 1 for char in line)


def _bare(line: str) -> str:
    return _AFTER.sub("", _BEFORE.sub("", line.lower()))


@lru_cache(maxsize=1)
def _vocabulary() -> tuple[re.Pattern, re.Pattern, re.Pattern, re.Pattern, frozenset[str], int]:
    lines = beside(__file__, "boilerplate.toml")["lines"]
    any_of = lambda words: "(?:" + "|".join(re.escape(word.lower()) for word in words) + ")"
    begins = lambda words: re.compile(r"\s*[（(【\[<＜〔•·▲△◎●■★*>＞\-—–]*\s*" + any_of(words))
    return (begins(lines["starts"]), begins(lines["short"]), re.compile(any_of(lines["holds"])),
            re.compile("|".join(lines["patterns"])), frozenset(map(_bare, lines["whole"])), lines["short_limit"])
